"""A hand-out has the same page twice: with blanks, and with the network's own numbers."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from app.figures.handout import Handout, handout
from app.words import teaching as words
from app.words.formatting import short
from lstm_core.analysis.arithmetic import unit_arithmetic
from lstm_core.analysis.exercises import exercises
from tests.browser.stage_script import made


@pytest.mark.parametrize("kind", ["lstm", "gru", "rnn"])
def test_what_is_to_be_filled_in_stands_on_the_page_with_the_solutions_alone(kind: str):
    trace = made(kind).trace
    content = Handout(
        title="<b>A run</b>",
        question="What comes?",
        trace=trace,
        tokens=tuple("abcde" * 8),
        t=7,
        unit=2,
        exercises=exercises(trace, 3),
        number=3,
    )
    html = handout(content, "en")
    blank, solved = html.split("<section>")[1:]
    assert "<b>A run" not in html
    assert words.solutions("&lt;b&gt;A run&lt;/b&gt;") in solved
    for name in (*trace.vocabulary.blocks, trace.vocabulary.memory):
        number = f">{short(float(trace.series(name)[7, 2]))}</text>"
        assert number in solved
        assert number not in blank
    for exercise in content.exercises:
        assert f"{exercise.equation} = {short(exercise.answer)}" in solved
    cells = [len(re.findall(r"<td[^>]*></td>", page)) for page in (blank, solved)]
    gates = [] if kind == "rnn" else trace.vocabulary.blocks
    assert cells == [6 + len(gates), 0]  # timesteps 7 to 12 of unit 2, and its gates at 7
    for gate in gates:
        assert f">{short(float(trace.series(gate)[8, 2]))}</td>" in blank
    for block in unit_arithmetic(trace, 7, 2):
        assert f">a = {short(block.preactivation)}</text>" in blank
    assert handout(replace(content, t=0), "en").count("<section>") == 2
