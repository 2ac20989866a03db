"""Every language knows what the core says of itself on a page, and nothing that it doesn't say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import numpy as np
import pytest

from app.session import subjects
from app.session.demos import demo, demo_names, twin, twin_names
from app.session.probing import properties_of
from app.words.language import ENGLISH, LANGUAGES, speaking
from app.words.phrases import said
from lstm_core.analysis.text_properties import text_properties
from lstm_core.demo import Demo
from lstm_core.studies import read_study, read_table
from lstm_core.tasks import LENGTHS, Task, make_task
from lstm_core.vocabulary import VOCABULARIES
from tests.app.pages import ROOT
from tests.app.test_languages import OTHERS, module

STUDIES = ROOT / "assets" / "studies"
NAMES = re.compile(r"[^a-zA-Z]*|LSTM|GRU|n = \d+|chrono")  # the same in every language


@cache
def core_texts() -> frozenset[str]:
    """All texts of the core that a page can show, but for what a reader's own file says."""
    texts = {*signal_texts(), *demo_texts(), *task_texts(), *study_texts(), *made_up_texts()}
    return frozenset(filter(None, texts))


def signal_texts() -> Iterator[str]:
    for cell in VOCABULARIES.values():
        yield cell.title
        for signal in cell.signals:
            yield from (signal.title, signal.meaning)


def demo_texts() -> Iterator[str]:
    for name in demo_names():
        shown = demo(name)
        yield from (shown.title, shown.question, shown.summary)
        for example in shown.examples:
            yield from (example.sequence.name, example.note)
            yield from (event.label for event in shown.truth.events(example.sequence))
        for one in (shown, *(twin(name, each) for each in twin_names(name))):
            yield from certificate_texts(one)
        found = properties_of(shown, shown.examples[0].sequence)
        yield from (one.name for one in found if one.name not in shown.model.encoder.input_names)


def certificate_texts(network: Demo) -> Iterator[str]:
    yield from (network.title, network.provenance.criterion)
    yield from (name.replace("_", " ") for name in network.provenance.reached)


def task_texts() -> Iterator[str]:
    for name, length in LENGTHS.items():
        yield length.counts
        lengths = {length.usual, length.shortest} if length.usual else {None}
        for task in (make_task(name, each) for each in lengths):
            yield from (task.title, task.question, task.criterion)
            yield from event_texts(task)


def event_texts(task: Task) -> Iterator[str]:
    for seed in range(2):
        drawn = task.random_sequence(np.random.default_rng(seed))
        yield from (event.label for event in task.events(drawn))


def study_texts() -> Iterator[str]:
    study = read_study((STUDIES / "variants.json").read_bytes())
    yield from (study.title, study.criterion, *(variant.name for variant in study.variants))
    yield from (row.title for row in read_table((STUDIES / "tasks.json").read_bytes()).rows)


def made_up_texts() -> Iterator[str]:
    for example in (
        subjects.RANDOM_SYMBOLS,
        subjects.SYMBOLS_IN_ORDER,
        subjects.RANDOM_NUMBERS,
        subjects.ZEROS,
        subjects.WATCHED,
    ):
        yield from example.values()
    yield from (subjects.FRESH_NAME.format(k=1), subjects.FRESH_NOTE)
    yield from ("unit", "timestep", "time", "reads")  # columns of the tables of values
    yield from (one.name for one in text_properties(tuple("a b\n")))


def parts_of(text: str, folder: str) -> Iterator[str]:
    """The phrases and patterns by which a language says a text."""
    core, demos = module(folder, "core"), module(folder, "demos")
    if text in core.PHRASES or text in demos.PHRASES:
        yield text
        return
    for pattern in core.PATTERNS:
        spelled = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+?)", re.escape(pattern))
        if found := re.fullmatch(spelled, text):
            yield pattern
            for part in found.groups():
                yield from parts_of(part, folder)
            return


@pytest.mark.parametrize("folder", OTHERS)
def test_a_language_knows_every_text_of_the_core_and_no_other(folder):
    used = {text: set(parts_of(text, folder)) for text in core_texts()}
    assert {text for text in used if not used[text] and not NAMES.fullmatch(text)} == set()
    core, demos = module(folder, "core"), module(folder, "demos")
    assert {*core.PHRASES, *core.PATTERNS, *demos.PHRASES} - set().union(*used.values()) == set()


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != ENGLISH.code])
def test_a_pattern_says_its_parts_in_the_same_language(code):
    with speaking(code):
        parts = said("Standard RNN"), said("asks for the sum"), said("A to remember")
        assert parts[0] in said("Standard RNN, 26 units")
        assert parts[1] in said("asks for the sum, A to remember")
        assert parts[2] in said("asks for the sum, A to remember")
    assert said("Standard RNN, 26 units") == "Standard RNN, 26 units"


def test_what_the_core_does_not_say_stays_as_it_is():
    for code in LANGUAGES:
        with speaking(code):
            assert said("LSTM") == "LSTM"
            assert said("my own name") == "my own name"
