"""Temporal order, as the 1997 paper specifies it."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.sequence import symbol_sequence
from lstm_core.tasks.common import string_of
from lstm_core.tasks.temporal_order import ALPHABET, PLACES, TemporalOrder

from ..strategies import seeds
from .oracles import Oracle

both = st.sampled_from([TemporalOrder(symbols=2), TemporalOrder(symbols=3)])


@given(both, seeds)
def test_a_sequence_has_100_to_110_symbols_from_e_to_b(task, seed):
    sequence = string_of(task.random_sequence(np.random.default_rng(seed)))
    assert 100 <= len(sequence) <= 110
    assert (sequence[0], sequence[-1]) == ("E", "B")
    assert set(sequence[1:-1]) <= set("abcdXY")


@given(both, seeds)
def test_x_or_y_stands_where_the_paper_says_and_nowhere_else(task, seed):
    sequence = string_of(task.random_sequence(np.random.default_rng(seed)))
    found = [t for t, symbol in enumerate(sequence) if symbol in "XY"]
    assert len(found) == task.symbols
    for t, start in zip(found, PLACES[task.symbols], strict=True):
        assert 100 * start <= t <= 100 * start + 10


@given(both, seeds)
def test_the_class_spells_the_symbols_in_their_order(task, seed):
    sequence = string_of(task.random_sequence(np.random.default_rng(seed)))
    *before, last = task.targets(symbol_sequence(sequence))
    assert last == {"".join(symbol for symbol in sequence if symbol in "XY")}
    assert not any(before)


@pytest.mark.parametrize("symbols", PLACES)
def test_every_class_and_every_distractor_is_drawn_equally_often(symbols):
    task = TemporalOrder(symbols=symbols)
    rows, classes = task.draw(np.random.default_rng(0), 2000)
    drawn = Counter(classes.tolist())
    assert sorted(drawn) == list(range(2**symbols))
    assert min(drawn.values()) / 2000 == pytest.approx(0.5**symbols, abs=0.04)
    letters = np.bincount(np.concatenate(rows), minlength=len(ALPHABET))[2:6]
    assert letters / letters.sum() == pytest.approx(0.25, abs=0.01)


@given(both, seeds)
def test_only_the_last_timestep_is_asked(task, seed):
    batch = task.batch(np.random.default_rng(seed), 6)
    assert batch.weights is not None
    assert np.array_equal(np.argwhere(batch.weights)[:, 1], batch.lengths - 1)


@pytest.mark.parametrize(("slip", "right"), [(0.29, True), (0.31, False)])
def test_an_output_may_err_by_less_than_three_tenths(slip, right):
    task = TemporalOrder()
    oracle = Oracle(task, lambda outputs: np.abs(outputs - slip))
    assert task.right(oracle, np.random.default_rng(1), 10).tolist() == [right] * 10


@pytest.mark.parametrize("sequence", ["EaXB", "EaXbYcXB", "EaXbYc", ""])
def test_without_two_symbols_and_an_end_nothing_is_asked(sequence):
    assert not any(TemporalOrder().targets(symbol_sequence(sequence)))


def test_another_length_scales_the_places():
    rng = np.random.default_rng(2)
    sequences = [string_of(TemporalOrder(length=50).random_sequence(rng)) for _ in range(200)]
    assert {len(sequence) for sequence in sequences} == set(range(50, 56))
    first = [min(s.find(c) for c in "XY" if c in s) for s in sequences]
    assert (min(first), max(first)) == (5, 10)


@pytest.mark.parametrize(
    ("wrong", "told"), [({"symbols": 4}, "symbols are 4"), ({"length": 19}, "length is 19")]
)
def test_what_there_is_not_is_named(wrong, told):
    with pytest.raises(ValueError, match=told):
        TemporalOrder(**wrong)
