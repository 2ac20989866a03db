"""Every lesson can be read, everything it says is true of the networks, and bad ones are named."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest

from app.lessons import (
    LessonError,
    RunNumbers,
    Step,
    claim,
    filled,
    lesson,
    lesson_names,
    pieces,
    read_lesson,
)
from app.session.lesson_steps import open_step
from app.session.view import View
from lstm_core import unroll
from lstm_core.analysis import contributions
from lstm_core.training import initial_lstm
from tests.app.pages import ROOT

STEPS = [(name, k) for name in lesson_names() for k in range(len(lesson(name).steps))]


def opened(step: Step):
    return open_step(step, View(t=step.timestep, unit=step.unit))


def numbers(step: Step) -> RunNumbers:
    shown = opened(step)
    return RunNumbers(
        trace=shown.trace,
        predictions=shown.run.predictions,
        labels=shown.subject.model.readout.labels,
        unit=step.unit,
        symbols=shown.sequence.symbols or (),
    )


@pytest.mark.parametrize(("name", "place"), STEPS)
def test_a_step_stands_where_it_says_and_all_it_claims_is_true(name: str, place: int):
    step = lesson(name).steps[place]
    shown, run = opened(step), numbers(step)
    assert shown.sequence.name == step.sequence
    assert (shown.view.t, shown.view.unit) == (step.timestep, step.unit)
    for text in step.claims:
        assert claim(text).holds(run), text
    spoken = [*step.paragraphs, step.task]
    if step.question is not None:
        spoken += [step.question.ask, step.question.because]
        assert step.timestep < step.question.reveal < len(shown.trace)
    for text in spoken:
        assert not re.search(r"[{}]", filled(text, run))
    if step.until_timestep is not None:
        assert step.timestep < step.until_timestep < len(shown.trace)
        assert not step.finished(step.timestep, step.unit, answered=False)


def read(text: str) -> str:
    """A text as it is read: what links say, without where they lead."""
    return "".join(words for words, _ in pieces(text))


def test_the_story_tells_what_an_lstm_is_about_in_its_own_order():
    steps = lesson("story").steps
    told = [" ".join([step.title, *map(read, step.paragraphs)]).lower() for step in steps]
    ideas = (
        "chain of repeating modules",
        "single tanh layer",
        "kind of rnn that learns long-term dependencies",
        "remembering for long is their default",
        "four that work together",
        "conveyor belt, with only minor linear interactions",
        "gates regulate what is removed",
        "decides what to throw away",
        "what new information to store",
        "output",
    )
    places = [next(k for k, text in enumerate(told) if idea in text) for idea in ideas]
    assert places == sorted(places)


def test_the_story_is_right_about_the_five_networks_of_each_kind_that_were_trained():
    studies = json.loads((ROOT / "assets" / "studies" / "tasks.json").read_text("utf-8"))
    (row,) = [row for row in studies["rows"] if row["task"] == "temporal_order_6a"]
    wrong = {cell: [run["wrong"] for run in row["cells"][cell]["runs"]] for cell in row["cells"]}
    assert len(wrong["lstm"]) == len(wrong["rnn"]) == 5
    assert max(wrong["lstm"]) == 0 < min(wrong["rnn"])


def test_what_the_lesson_says_of_probes_is_what_the_readme_says_and_measures():
    readme = (ROOT / "README.md").read_text("utf-8")
    said = lesson("whose").steps[-1].text
    for unit, name in ((133, "depth of brackets"), (57, "inside quotes")):
        row = re.search(rf"\| Python source \| {name} \| {unit} \| (\S+) \| (\S+) \|", readme)
        assert row is not None
        assert all(number in said for number in row.groups())


def run() -> RunNumbers:
    rng = np.random.default_rng(0)
    trace = unroll(initial_lstm(rng, 2, 3), rng.normal(0, 1, (6, 2)))
    return RunNumbers(
        trace=trace, predictions=np.full((6, 2), 0.5), labels=("a", "b"), unit=1, symbols=("x",) * 6
    )


def test_numbers_in_braces_are_those_of_the_run():
    gate = float(run().trace.forget_gate[4, 1])
    before = float(run().trace.cell_state[3, 1])
    assert filled("{forget_gate 4}", run()) == f"{gate:.3f}"
    assert filled("{forget_gate 4 %}", run()) == f"{100 * gate:.1f} %"
    assert filled("{previous_memory 4}", run()).replace("−", "-") == f"{before:.3f}"
    assert filled("{probability b 2} of {token 0}", run()) == "50.0 % of “x”"


def test_what_is_left_of_a_write_is_its_contribution():
    parts = contributions(run().trace, 4)
    sizes = np.abs(parts.written[:, 1])
    assert run().values("written_at_2 4") == pytest.approx([parts.written[2, 1]])
    assert run().values("share_of_2 4 %") == pytest.approx([sizes[2] / sizes.sum()])
    assert run().values("written_at_4 1..3").tolist() == [0, 0, 0]


@pytest.mark.parametrize(
    "place",
    [
        "share_of_6 1",
        "forget_gate 6",
        "forget_gate 3..2",
        "no_gate 1",
        "probability z 1",
        "forget_gate",
        "|c 1",
    ],
)
def test_what_the_run_does_not_have_is_refused(place: str):
    with pytest.raises(ValueError, match="expected|has"):
        run().values(place)


def test_a_claim_is_false_where_one_timestep_breaks_it():
    gate = run().trace.forget_gate[:, 1]
    low, high = sorted(gate)[:2]
    assert claim(f"forget_gate 0..5 >= {low - 1e-4:.4f}").holds(run())
    assert not claim(f"forget_gate 0..5 >= {(low + high) / 2:.6f}").holds(run())
    with pytest.raises(ValueError, match="expected a place"):
        claim("forget_gate is open")


GOOD = """title = "T"
order = 1
minutes = 1

[[steps]]
title = "S"
network = "first_letter"
sequence = "A at once"
text = "x"
"""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("\ntitle = \n", r"bad\.toml is no TOML: .*line 2"),
        (GOOD.replace("order = 1", ""), "line 1: order: expected it to be there"),
        (GOOD.replace('title = "S"', "title = 3"), "line 5: title: expected a text"),
        (GOOD + "colour = 1\n", "line 5: colour: expected no such key"),
        (GOOD + 'task = "do"\n', "line 5: until: expected a task together with"),
        (
            GOOD + '[steps.question]\nask="?"\noptions=["a"]\nright="b"\nreveal=1\nbecause="."\n',
            "line 5: right: expected one of a",
        ),
        (GOOD.split("[[steps]]", maxsplit=1)[0] + "steps = []\n", "steps: expected at least one"),
    ],
)
def test_a_lesson_that_cannot_be_read_names_the_line(text: str, message: str):
    assert read_lesson("good", GOOD).steps[0].title == "S"
    with pytest.raises(LessonError, match=message):
        read_lesson("bad", text)
