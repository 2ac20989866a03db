"""An exercise's answer follows from what is given, and is what the network computed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.analysis.exercises import TOLERANCE, exercises
from tests.browser.stage_script import made

TRACES = {kind: made(kind).trace for kind in ("lstm", "gru", "rnn", "peephole")}
SERIES = {"c": "cell_state", "h": "hidden_state"}


@given(st.sampled_from(sorted(TRACES)), st.integers(0, 9999))
def test_the_answer_is_the_networks_own_number_up_to_the_rounding_of_what_is_given(kind, seed):
    trace = TRACES[kind]
    signals = {s.symbol: s.name for s in trace.vocabulary.signals} | SERIES
    for exercise in exercises(trace, seed):
        name = signals[exercise.asked]
        recorded = trace.series(name)[exercise.timestep, exercise.unit]
        size = 1 + sum(abs(value) for _, value in exercise.givens)
        assert exercise.answer == pytest.approx(recorded, abs=0.006 * size)
        assert all(round(value, 2) == value for _, value in exercise.givens)


@given(st.integers(0, 9999))
def test_a_seed_draws_the_same_exercises_for_everybody(seed):
    assert str(exercises(TRACES["lstm"], seed)) == str(exercises(TRACES["lstm"], seed))


def test_an_answer_is_right_within_the_tolerance_and_no_further():
    exercise = exercises(TRACES["lstm"], 3)[1]
    assert exercise.kind == "state"
    f, before, i, g = (value for _, value in exercise.givens)
    assert exercise.answer == f * before + i * g
    for sign in (-1, 1):
        assert exercise.is_right(exercise.answer + sign * TOLERANCE)
        assert not exercise.is_right(exercise.answer + sign * 1.1 * TOLERANCE)
    assert not exercise.is_right(np.nan)
