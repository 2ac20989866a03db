"""The sentence under the drawing: its numbers are those of the trace, and they add up."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.components.stage import MEAN_OF_UNITS, NumberStrip, SymbolStrip
from app.components.stage.captions import caption, origin_of, phases
from app.components.stage.captions.caption import MARKUP, SLOT
from app.components.stage.captions.clauses import openness
from app.components.stage.captions.digits import fixed, number_of
from app.components.stage.scene import describe_cell
from app.session.demos import demo
from app.session.sequence_strip import strip_of
from app.words.captions import templates
from app.words.language import LANGUAGES, speaking
from lstm_core import Clamp, unroll
from lstm_core.analysis.origins import INITIAL, MAJORITY, origins
from lstm_core.sequence import symbol_sequence
from tests.lstm_core.strategies import (
    cell_parameters,
    gru_parameters,
    lstm_parameters,
    rnn_parameters,
    runs,
)

from .scenes import make_lstm

ENGLISH = templates()
NUMBER = re.compile(r"−?\d+\.\d+(?:e[+-]\d+)?")
HELD = re.compile(r"state of unit \d+ is held")
PLAIN_CELLS = st.one_of(lstm_parameters(plain=True), gru_parameters(), rnn_parameters())


def strip_for(trace: Any, **more: Any) -> SymbolStrip:
    return SymbolStrip(tokens=tuple("ab"[t % 2] for t in range(len(trace))), **more)


@st.composite
def moments(draw: st.DrawFn, cells: Any = None) -> tuple[Any, int, int]:
    """A run without batch axes, one of its timesteps, and one of its units."""
    parameters, inputs, initial = draw(runs(cells))
    if inputs.ndim > 2:  # the first of the batch
        first = (0,) * (inputs.ndim - 2)
        inputs, initial = inputs[first], None
    trace = unroll(parameters, inputs, initial)
    t = draw(st.integers(0, len(trace) - 1))
    return trace, t, draw(st.integers(0, parameters.hidden_size - 1))


def decimals(text: str) -> list[str]:
    """Every number with decimals that a sentence prints, percentages left out."""
    signed = text.replace("subtracts ", "adds −")
    return list(NUMBER.findall(re.sub(r"[\d.]+\u00a0%", "", signed)))


def is_printed(value: float, text: str) -> bool:
    """Whether a sentence prints a number as near as its decimals allow."""
    return any(
        abs(number_of(n) - value) <= 0.51 * float(Decimal(1).scaleb(-len(n.partition(".")[2])))
        for n in decimals(text)
    )


def values_of(trace: Any, t: int, unit: int) -> list[float]:
    """All that a sentence may print of a timestep."""
    step = trace[t]
    values = [trace.state.memory[t, unit], trace.previous.memory[t, unit]]
    if trace.kind != "rnn":
        values += [step.retained[unit], step.written[unit]]
    if trace.kind == "lstm":
        squashed = trace.intermediates(slice(t, t + 1))["squashed"][0, unit]
        values.append(step.output_gate[unit] * squashed)
    return [float(value) for value in values]


@settings(max_examples=60)
@given(moments(PLAIN_CELLS))
def test_the_numbers_in_the_sentence_are_those_of_the_trace_and_none_is_missing(moment: Any):
    trace, t, unit = moment
    text = caption(trace, strip_for(trace), t, unit)
    values = values_of(trace, t, unit)
    for number in decimals(text):
        assert any(is_printed(value, number) for value in values), (number, text)
    memory, carried, *terms = values
    small = abs(memory) < 1e4
    assert not small or is_printed(memory, text), text
    assert not small or carried == 0 or "Next to nothing" in text or is_printed(carried, text), text
    for value in terms if small else ():
        assert abs(value) < 0.001 or is_printed(value, text), (value, text)


@settings(max_examples=60)
@given(moments(st.one_of(lstm_parameters(), gru_parameters())))
def test_what_is_kept_and_what_is_added_make_what_is_held_as_printed(moment: Any):
    trace, t, unit = moment
    text = caption(trace, strip_for(trace), t, unit)
    kept = re.search(r"(?:that is|keeps all of) (−?[\d.]+\d)\b|keeps (−?[\d.]+\d) of", text)
    added = re.search(r"(adds|subtracts) ([\d.]+): (−?[\d.]+\d) is", text)
    if not kept or not added or "e+" in text:
        return
    sign = 1 if added[1] == "adds" else -1
    before, change, after = (
        Decimal(found.replace("−", "-")) for found in (kept[1] or kept[2], added[2], added[3])
    )
    assert before + sign * change == after, text


@settings(max_examples=30)
@given(moments(), st.booleans())
def test_no_template_is_left_open_in_any_phase(moment: Any, mean: bool):
    trace, t, unit = moment
    names = phases(trace.kind, describe_cell(trace))
    chosen = MEAN_OF_UNITS if mean else unit
    for phase in ("complete", *names):
        text = caption(trace, strip_for(trace), t, chosen, phase)
        assert text.endswith(".")
        assert not set("{}[]|") & set(text), text


def test_a_phase_says_nothing_of_what_comes_after_it():
    trace = unroll(make_lstm(), np.ones((4, 2), np.float32))
    strip = strip_for(trace, asks="follow", expected=(("b",),) * 4, correct=np.ones(4))
    said = [caption(trace, strip, 2, 0, phase) for phase in ("forget", "input", "update", "output")]
    assert ["Reads" in text for text in said] == [True, False, False, False]
    assert ["output gate" in text for text in said] == [False, False, False, True]
    assert ["network" in text for text in said] == [False, False, False, True]
    memory = float(trace.cell_state[2, 0])
    assert [is_printed(memory, text) for text in said] == [False, False, True, False]


@settings(max_examples=40)
@given(moments(cell_parameters()))
def test_a_write_is_named_only_where_it_is_at_least_half_of_what_is_held(moment: Any):
    trace, t, unit = moment
    origin = origin_of(trace, t, unit)
    if trace.kind == "rnn":
        assert origin is None
        return
    known = origins(trace)
    timestep, share = int(known.timestep[t, unit]), float(known.share[t, unit])
    if abs(share - MAJORITY) < 1e-5:
        return  # on the border rounding decides
    if origin is not None:
        assert known.known[t, unit]
        assert origin.timestep == timestep
        assert origin.share == pytest.approx(share, abs=1e-5)
        assert f"at timestep {timestep}" in caption(trace, strip_for(trace), t, unit)
    elif known.known[t, unit]:
        assert timestep in (t, INITIAL) or abs(trace.state.memory[t, unit]) < 1e-3


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (-0.1, "turned around"),
        (0.0, "shut"),
        (0.05, "nearly shut"),
        (0.15, "about a quarter open"),
        (0.374, "about a quarter open"),
        (0.375, "about half open"),
        (0.625, "about three quarters open"),
        (0.85, "nearly open"),
        (0.95, "open"),
        (1.0, "open"),
    ],
)
def test_the_word_for_how_open_a_gate_is_follows_the_stated_thresholds(value: float, word: str):
    assert openness(value, ENGLISH) == word


@pytest.mark.parametrize(
    ("asks", "expected", "legal", "verdict", "sentence"),
    [
        ("follow", "TV", "TV", 1, "The network expects T or V, and V came."),
        ("follow", "TP", "TP", 1, "The network expects T or P, rightly."),
        ("follow", "T", "TP", 0, "The network expects T. Wrong: T or P may follow."),
        ("follow", "", "P", 0, "The network expects nothing. Wrong: P may follow."),
        ("follow", "T", "", -1, "The network expects T."),
        ("guess", "V", "V", 1, "The network's first guess is V, and V came."),
        ("guess", "T", "V", -1, "The network's first guess is T, but V came."),
        ("answer", "T", "", -1, "The network would answer T, but nothing is asked yet."),
        ("answer", "T", "T", 1, "The network answers T: right."),
        ("answer", "T", "P", 0, "The network answers T: wrong, P is right."),
        (
            "answer",
            "",
            "P",
            0,
            "The network is sure of no answer, which counts as wrong: P is right.",
        ),
    ],
)
def test_prediction_truth_and_verdict_are_part_of_the_sentence(
    asks: Any, expected: str, legal: str, verdict: int, sentence: str
):
    trace = unroll(make_lstm(), np.zeros((2, 2), np.float32))
    strip = SymbolStrip(
        tokens=("X", "V"),
        asks=asks,
        expected=(tuple(expected),) * 2,
        legal=(tuple(legal),) * 2,
        correct=np.array([verdict, -1]),
    )
    assert caption(trace, strip, 0, 0).endswith(sentence)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("AcddeE", "The network answers A: right."),
        ("AcddeEcd", "The network would answer A. What is right is not known: the task makes"),
        ("AcdBcE", "The network is sure of no answer. What is right is not known: the task makes"),
    ],
)
def test_of_a_sequence_of_the_reader_s_own_the_verdict_is_said_or_that_nobody_knows_it(
    text: str, sentence: str
):
    network = demo("first_letter")
    sequence = symbol_sequence(text)
    run = network.model.run(sequence)
    strip = strip_of(network, sequence, run)
    assert sentence in caption(run.layers[0].forward, strip, len(text) - 1, 0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_sentence_with_the_same_slots(language: str):
    with speaking(language):
        sentences = templates()
    assert sentences.keys() == ENGLISH.keys()
    for key, template in sentences.items():
        assert set(SLOT.findall(template)) == set(SLOT.findall(ENGLISH[key])), key
        assert not set("[]|*") & set(MARKUP.sub("", template)), key


@given(st.floats(-1e4, 1e4), st.integers(0, 6))
def test_a_written_number_is_the_nearest_of_its_decimals(value: float, digits: int):
    assert abs(number_of(fixed(value, digits)) - value) <= 0.5 * 10**-digits + 1e-9
    assert fixed(value, digits).count("−") == (number_of(fixed(value, digits)) < 0)


@settings(max_examples=40)
@given(moments(PLAIN_CELLS), st.sampled_from([0.375, -2.5]))
def test_a_memory_that_is_held_is_said_to_be_and_no_gate_to_have_made_it(moment: Any, value: float):
    plain, t, unit = moment
    clamp = Clamp(signal=plain.vocabulary.memory, value=value, units=(unit,), first=t, last=t)
    trace = unroll(plain.parameters, plain.input, interventions=(clamp,))
    for phase in ("complete", {"lstm": "update", "gru": "mix", "rnn": "update"}[plain.kind]):
        text = caption(trace, strip_for(trace), t, unit, phase)
        assert HELD.search(text)
        assert is_printed(value, text)
        assert not re.search(r"\b(keeps|adds|subtracts|writes|kept)\b", text), text
    assert "with" in caption(trace, strip_for(trace), t, MEAN_OF_UNITS).lower()
    other = caption(trace, strip_for(trace), t, (unit + 1) % plain.parameters.hidden_size)
    assert plain.parameters.hidden_size == 1 or not HELD.search(other)


def test_what_is_left_of_a_held_memory_is_not_said_to_have_been_written():
    clamp = Clamp(signal="cell_state", value=40.0, units=(0,), first=1, last=2)
    trace = unroll(make_lstm(), np.ones((4, 2), np.float32), interventions=(clamp,))
    said = caption(trace, strip_for(trace), 3, 0)
    share = ENGLISH["origin_almost_all_held"].format(who="unit 0", timestep=2)
    assert share in said
    assert "was written" not in said


@pytest.mark.parametrize(("units", "said"), [(1, "over 1 unit:"), (2, "over 2 units:")])
def test_one_unit_is_not_called_units(units: int, said: str):
    trace = unroll(make_lstm(hidden=units), np.ones((4, 2), np.float32))
    assert said in caption(trace, strip_for(trace), 2, MEAN_OF_UNITS)


@pytest.mark.parametrize(
    ("output", "said"), [("y0", "predicts y0 = 0.250"), ("", "predicts 0.250")]
)
def test_which_of_several_outputs_is_predicted_is_said(output: str, said: str):
    trace = unroll(make_lstm(), np.ones((4, 2), np.float32))
    strip = NumberStrip(
        columns=("a", "b"), values=trace.input, output=output, predicted=np.full(4, 0.25)
    )
    assert said in caption(trace, strip, 2, 0).replace("*", "")
