"""Two sequences stand side by side, and where their runs part is found."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core import Clamp, LSTMState, unroll
from lstm_core.analysis.alignment import (
    NOTHING,
    aligned,
    difference_along,
    memory_along,
    parting,
)
from lstm_core.training import initial_lstm

symbols = st.lists(st.integers(0, 3), min_size=1, max_size=8).map(np.array)
texts = st.lists(st.integers(0, 3), max_size=12).map(np.array)


def distance(a: list[int], b: list[int]) -> int:
    """Levenshtein's recursion, word for word."""
    if not a or not b:
        return len(a) + len(b)
    same = distance(a[:-1], b[:-1]) + (a[-1] != b[-1])
    return min(same, distance(a[:-1], b) + 1, distance(a, b[:-1]) + 1)


@given(texts, texts)
def test_every_timestep_of_both_stands_once_and_in_order(a: np.ndarray, b: np.ndarray) -> None:
    for how in ("position", "edits"):
        found = aligned(a, b, how)  # type: ignore[arg-type]
        for places, sequence in ((found.first, a), (found.second, b)):
            np.testing.assert_array_equal(places[places != NOTHING], np.arange(len(sequence)))
        assert ((found.first != NOTHING) | (found.second != NOTHING)).all()
        pairs = found.pairs
        differ = a[found.first[pairs]] != b[found.second[pairs]]
        assert found.cost == int(differ.sum()) + int((~pairs).sum())


@given(st.lists(st.integers(0, 2), max_size=5), st.lists(st.integers(0, 2), max_size=5))
def test_the_fewest_edits_are_found(a: list[int], b: list[int]) -> None:
    assert aligned(np.array(a), np.array(b)).cost == distance(a, b)


def test_what_one_sequence_has_more_stands_beside_nothing() -> None:
    found = aligned(np.array([1, 2, 3, 4]), np.array([1, 3, 4]))
    assert found.first.tolist() == [0, 1, 2, 3]
    assert found.second.tolist() == [0, NOTHING, 1, 2]


def test_two_runs_part_where_what_they_read_does() -> None:
    cell = initial_lstm(np.random.default_rng(0), 2, 4, dtype=np.float64)
    inputs = np.random.default_rng(1).normal(size=(9, 2))
    other = inputs.copy()
    other[5] = -4 * other[5]
    first, second = unroll(cell, inputs), unroll(cell, other)
    alignment = aligned(np.arange(9), np.arange(9), "position")
    found = parting(first, second, alignment, "cell_state")
    assert found is not None
    assert found.place == found.first == found.second == 5
    apart = second.cell_state[5] - first.cell_state[5]
    assert found.unit == np.abs(apart).argmax()
    assert found.difference == pytest.approx(apart[found.unit])
    assert parting(first, first, alignment, "cell_state") is None


@pytest.mark.parametrize("reverse", [False, True])
@settings(max_examples=20)
@given(a=symbols, b=symbols, seed=st.integers(0, 99))
def test_a_run_keeps_its_memory_where_it_reads_nothing_and_begins_with_its_first(
    a: np.ndarray, b: np.ndarray, seed: int, reverse: bool
) -> None:
    cell = initial_lstm(np.random.default_rng(seed), 4, 3, dtype=np.float64)
    start = LSTMState(hidden_state=np.full(3, 0.5), cell_state=np.arange(3.0))
    first, second = (unroll(cell, np.eye(4)[s], start, reverse=reverse) for s in (a, b))
    alignment = aligned(a, b)
    walk = range(len(alignment))[::-1] if reverse else range(len(alignment))
    rests = [start.cell_state, start.cell_state]
    for k in walk:
        for which, (run, places) in enumerate(
            ((first, alignment.first), (second, alignment.second))
        ):
            if places[k] != NOTHING:
                rests[which] = run.cell_state[places[k]]
            np.testing.assert_array_equal(memory_along(run, places)[k], rests[which])
        apart = difference_along(first, second, alignment)[k]
        np.testing.assert_array_equal(apart, rests[1] - rests[0])


def test_runs_that_read_backwards_part_where_they_first_read_otherwise() -> None:
    cell = initial_lstm(np.random.default_rng(0), 2, 4, dtype=np.float64)
    inputs = np.random.default_rng(1).normal(size=(9, 2))
    other = inputs.copy()
    other[5] = -4 * other[5]
    first, second = (unroll(cell, x, reverse=True) for x in (inputs, other))
    found = parting(first, second, aligned(np.arange(9), np.arange(9), "position"), "cell_state")
    assert found is not None
    assert found.place == found.first == 5


@pytest.mark.parametrize(("value", "parts"), [(0.91, False), (0.89, True)])
def test_runs_part_where_they_differ_by_more_than_a_tenth_of_the_largest(
    value: float, parts: bool
) -> None:
    cell, inputs = initial_lstm(np.random.default_rng(0), 2, 3), np.zeros((5, 2))
    held = Clamp(signal="cell_state", value=1.0)
    moved = Clamp(signal="cell_state", value=value, units=(2,), first=3, last=3)
    first = unroll(cell, inputs, interventions=(held,))
    second = unroll(cell, inputs, interventions=(held, moved))
    found = parting(first, second, aligned(np.arange(5), np.arange(5), "position"), "cell_state")
    assert (None if found is None else (found.first, found.unit)) == ((3, 2) if parts else None)


def test_sequences_that_are_too_long_are_not_aligned_by_edits() -> None:
    with pytest.raises(ValueError, match="expected at most 2000"):
        aligned(np.zeros(2001), np.zeros(3))
