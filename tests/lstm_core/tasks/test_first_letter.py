"""First letter: one letter to remember, and others that mean nothing."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core.sequence import symbol_sequence
from lstm_core.tasks.common import string_of
from lstm_core.tasks.first_letter import ALPHABET, FirstLetter, errors

from ..strategies import seeds
from .oracles import Oracle

tasks = st.integers(1, 60).map(lambda length: FirstLetter(length=length))


@settings(max_examples=50)
@given(tasks, seeds)
def test_a_sequence_is_a_or_b_then_letters_without_meaning_then_e(task, seed):
    sequence = string_of(task.random_sequence(np.random.default_rng(seed)))
    assert sequence[0] in "AB"
    assert set(sequence[1:-1]) <= set("cde")
    assert sequence[-1] == "E"
    assert len(sequence) <= task.length + 1


@settings(max_examples=50)
@given(tasks, seeds)
def test_only_the_end_is_asked_and_there_the_first_letter(task, seed):
    sequence = string_of(task.random_sequence(np.random.default_rng(seed)))
    *before, last = task.targets(symbol_sequence(sequence))
    assert last == {sequence[0]}
    assert not any(before)
    batch = task.batch(np.random.default_rng(seed), 6)
    assert np.array_equal(np.argwhere(batch.weights)[:, 1], batch.lengths - 1)


@settings(max_examples=50)
@given(st.lists(st.integers(1, 40), min_size=1, max_size=8), seeds)
def test_sequences_of_given_lags_have_them(lags, seed):
    batch = FirstLetter().of_lags(np.random.default_rng(seed), np.array(lags))
    assert batch.lengths.tolist() == [lag + 1 for lag in lags]
    ends = [row[lag].argmax() for row, lag in zip(batch.inputs, lags, strict=True)]
    assert {ALPHABET[k] for k in ends} == {"E"}


def test_every_lag_every_answer_and_every_distractor_is_drawn_equally_often():
    task = FirstLetter(length=4)
    batch = task.batch(np.random.default_rng(0), 4000)
    lags = Counter((batch.lengths - 1).tolist())
    assert sorted(lags) == [1, 2, 3, 4]
    assert min(lags.values()) / 4000 == pytest.approx(1 / 4, abs=0.02)
    assert batch.inputs[:, 0].mean(axis=0)[:2] == pytest.approx(1 / 2, abs=0.03)
    letters = batch.inputs[:, 1:].sum(axis=(0, 1))[2:5]
    assert letters / letters.sum() == pytest.approx(1 / 3, abs=0.03)


@pytest.mark.parametrize(("slip", "right"), [(0.09, True), (0.11, False)])
def test_an_output_may_err_by_less_than_a_tenth(slip, right):
    task = FirstLetter(length=20)
    oracle = Oracle(task, lambda outputs: np.abs(outputs - slip))
    assert task.right(oracle, np.random.default_rng(1), 10).tolist() == [right] * 10
    batch = task.batch(np.random.default_rng(2), 10)
    assert errors(oracle, batch) == pytest.approx(slip)


@pytest.mark.parametrize("sequence", ["", "A", "cdE", "AcBdE", "AcdEc", "AcEdE", "EcdE"])
def test_of_any_other_sequence_nothing_is_known(sequence):
    assert not any(FirstLetter().targets(symbol_sequence(sequence)))


def test_a_length_without_a_lag_is_refused():
    with pytest.raises(ValueError, match="length is 0: expected a lag of at least 1 timestep"):
        FirstLetter(length=0)
