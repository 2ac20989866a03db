"""The glossary: one entry for each part of a drawing, in every language, and its equations."""

from __future__ import annotations

from html import escape

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.components.stage.cards import PHASES, describe_cards
from app.figures.arithmetic import arithmetic_cards
from app.figures.glossary import glossary_of_all
from app.lessons import lesson, lesson_names, pieces
from app.words import glossary
from app.words.glossary.__main__ import FILE, written
from app.words.notation import in_notation
from lstm_core.analysis.arithmetic import unit_arithmetic
from lstm_core.run.unroll import unroll
from lstm_core.vocabulary import VOCABULARIES
from tests.lstm_core.strategies import cell_parameters, draw_weights, seeds


def test_every_part_of_a_drawing_has_an_entry_and_every_entry_of_a_cell_is_a_part():
    parts = {f"{kind}.{part}" for kind, phases in PHASES.items() for part in phases}
    assert {key for key in glossary.entries() if glossary.kind_of(key)} == parts
    for kind, cell in VOCABULARIES.items():
        assert {signal.name for signal in cell.recorded} <= PHASES[kind].keys()


def test_the_documentation_has_the_entries_of_today():
    document = FILE.read_text(encoding="utf-8")
    assert written(document) == document, "run python -m app.words.glossary"


def test_all_entries_stand_in_one_list():
    html = glossary_of_all()
    for entry in glossary.entries().values():
        assert f"<dt>{escape(entry.title)}</dt>" in html


@pytest.mark.parametrize(
    ("notation", "text"),
    [
        ("split", "f = σ(x·Wf + h₋·Uf + p·c₋ + bf)"),
        ("cs224n", "f = σ(x·Uf + h₋·Wf + p·c₋ + bf)"),
        ("joined", "f = σ([h₋, x]·Wf + p·c₋ + bf)"),
        ("names", "f = σ(x·kernel_f + h₋·recurrent_kernel_f + p·c₋ + bias_f)"),
    ],
)
def test_a_notation_changes_letters_alone(notation, text):
    assert in_notation("f = σ(x·Wf + h₋·Uf + p·c₋ + bf)", notation) == text


def test_what_a_notation_has_no_form_for_stays_as_it_is():
    reset_after = "n = tanh(x·Wn + bn + r·(h₋·Un + bu))"
    assert in_notation(reset_after, "joined") == reset_after
    assert in_notation(reset_after, "cs224n") == "n = tanh(x·Un + bn + r·(h₋·Wn + bu))"
    for notation in ("split", "cs224n", "joined", "names"):
        assert in_notation("c = f·c₋ + i·g", notation) == "c = f·c₋ + i·g"


@settings(max_examples=20)
@given(cell_parameters(), seeds, st.integers(1, 3))
def test_a_card_has_the_equation_of_the_very_cell(parameters, seed, timesteps):
    rng = np.random.default_rng(seed)
    inputs = draw_weights(rng, (timesteps, parameters.input_size), parameters.dtype)
    trace = unroll(parameters, inputs)
    cards = describe_cards(trace)
    equations = {part["id"]: part["equations"]["split"] for part in cards["parts"]}
    for block in unit_arithmetic(trace, 0, 0):
        if block.signal.name != trace.vocabulary.memory:
            assert equations[block.signal.name] == block.equation
        html = arithmetic_cards((block,), ("x",) * 99, dark=False, notation="names")
        assert escape(in_notation(block.equation, "names")) in html
    assert cards["words"].keys() >= set(cards["notations"])


def test_words_of_lessons_speak_of_parts_that_the_drawing_has():
    for name in lesson_names():
        for step in lesson(name).steps:
            kind = step.network.partition("/")[2].partition("_")[0] or "lstm"
            for paragraph in (*step.paragraphs, step.task):
                for _, part in pieces(paragraph):
                    assert not part or part in PHASES[kind], (name, step.title, part)


def test_a_text_without_links_is_one_piece_and_brackets_alone_are_none():
    assert pieces("a [b] (c) {d}") == (("a [b] (c) {d}", ""),)
    assert pieces("the [forget gate](forget_gate).") == (
        ("the ", ""),
        ("forget gate", "forget_gate"),
        (".", ""),
    )
    assert pieces("") == ()
