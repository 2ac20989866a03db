"""Long time lag 2a: two sequences that differ in their first symbol and their last."""

from __future__ import annotations

import unicodedata
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.sequence import symbol_sequence
from lstm_core.tasks.common import string_of
from lstm_core.tasks.long_lag import BETWEEN, LongLag

from ..strategies import seeds
from .oracles import Oracle

lags = st.integers(2, len(BETWEEN) + 1)


@given(lags, seeds)
def test_the_last_symbol_repeats_the_first_after_the_lag(lag, seed):
    task = LongLag(length=lag)
    sequence = string_of(task.random_sequence(np.random.default_rng(seed)))
    assert sequence[0] in "xy"
    assert sequence[lag] == sequence[0]
    assert len(sequence) == lag + 1
    assert len(task.labels) == lag + 1  # p + 1 symbols, as in the paper


@given(lags)
def test_there_are_two_sequences_and_between_the_ends_they_are_the_same(lag):
    rng = np.random.default_rng(0)
    one, other = {string_of(LongLag(length=lag).random_sequence(rng)) for _ in range(60)}
    assert one[1:-1] == other[1:-1]
    assert len(set(one[1:-1])) == lag - 1


def test_each_symbol_is_one_character_that_stays_the_same_when_text_is_normalised():
    assert unicodedata.normalize("NFKC", BETWEEN) == BETWEEN
    assert len(set(BETWEEN)) == len(BETWEEN)


@given(st.integers(1, 9), seeds)
def test_a_batch_has_as_many_of_both_sequences(size, seed):
    firsts = LongLag(length=5).batch(np.random.default_rng(seed), size).inputs[:, 0]
    x, y, *rest = firsts.sum(axis=0)
    assert abs(x - y) == size % 2
    assert not any(rest)


def test_where_a_batch_is_odd_either_may_be_one_more():
    rng = np.random.default_rng(0)
    drawn = Counter(LongLag(length=5).batch(rng, 1).inputs[0, 0].argmax() for _ in range(400))
    assert sorted(drawn) == [0, 1]
    assert drawn[0] / 400 == pytest.approx(0.5, abs=0.1)


@given(st.integers(3, 40), seeds)
def test_the_last_symbol_counts_as_much_as_all_others_together(lag, seed):
    weights = LongLag(length=lag).batch(np.random.default_rng(seed), 3).weights
    assert np.array_equal(weights[:, -1], weights[:, :-1].sum(axis=1))


@given(st.integers(2, 40), seeds)
def test_each_symbol_is_followed_by_the_next(lag, seed):
    task = LongLag(length=lag)
    sequence = string_of(task.random_sequence(np.random.default_rng(seed)))
    assert task.targets(symbol_sequence(sequence)) == (*map(frozenset, sequence[1:]), frozenset())


def test_what_follows_something_else_nobody_knows():
    task = LongLag(length=5)
    assert task.targets(symbol_sequence("xabda")) == (
        *map(frozenset, "abc"),
        frozenset(),
        frozenset(),
    )
    assert not any(task.targets(symbol_sequence("ab")))
    assert task.targets(symbol_sequence("")) == ()
    assert task.cue(symbol_sequence("ab")) is None


@pytest.mark.parametrize(("slip", "right"), [(0.24, True), (0.26, False)])
def test_an_output_may_err_by_less_than_a_quarter(slip, right):
    task = LongLag(length=10)
    oracle = Oracle(task, lambda outputs: np.abs(outputs - slip))
    assert task.right(oracle, np.random.default_rng(0), 10).tolist() == [right] * 10


def test_who_guesses_the_first_symbol_is_right_half_the_time():
    task = LongLag(length=10)

    def guess(outputs):
        outputs[-1] = np.eye(len(task.labels))[0]
        return outputs

    right = task.right(Oracle(task, guess), np.random.default_rng(0), 2000)
    assert right.mean() == pytest.approx(0.5, abs=0.04)


@pytest.mark.parametrize("lag", [1, len(BETWEEN) + 2])
def test_a_lag_without_symbols_is_named(lag):
    with pytest.raises(ValueError, match=f"length is {lag}: expected 2 to"):
        LongLag(length=lag)
