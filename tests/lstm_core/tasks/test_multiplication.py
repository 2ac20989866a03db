"""The multiplication problem, as the 1997 paper specifies it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from lstm_core.sequence import number_sequence
from lstm_core.tasks import adding, multiplication
from lstm_core.tasks.multiplication import Multiplication

from ..strategies import seeds
from .oracles import Oracle


def drawn(seed: int, count: int = 20):
    return multiplication.multiplication(np.random.default_rng(seed), count, 100, np.float64)


@given(seeds)
def test_values_are_between_zero_and_one(seed):
    values = drawn(seed).inputs[:, :, 0]
    assert values.min() >= 0
    assert values.max() <= 1


@given(seeds)
def test_lengths_and_marks_are_those_of_the_adding_problem(seed):
    added = adding.adding(np.random.default_rng(seed), 20, 100, np.float64)
    assert np.array_equal(drawn(seed).inputs[:, :, 1], added.inputs[:, :, 1])
    assert np.array_equal(drawn(seed).lengths, added.lengths)


@given(seeds)
def test_the_target_is_the_product_of_the_marked(seed):
    sequences = drawn(seed)
    for k in range(len(sequences.lengths)):
        rows = sequences.rows(k)
        one, other = [value if t else 1.0 for t, (value, mark) in enumerate(rows) if mark == 1]
        assert sequences.targets[k] == pytest.approx(one * other)
        assert multiplication.target(rows) == pytest.approx(one * other)


def test_a_marked_first_timestep_counts_as_one():
    rows = np.zeros((100, 2))
    rows[[0, 20], 1] = 1
    rows[[0, 20], 0] = 0.8, 0.6
    assert multiplication.target(rows) == pytest.approx(0.6)
    cue = Multiplication().cue(number_sequence(rows))
    assert (cue.timestep, cue.value) == (0, 1.0)
    assert (cue.then.timestep, cue.then.value) == pytest.approx((20, 0.6))


@pytest.mark.parametrize("marked", [[], [3], [3, 4, 5]])
def test_without_two_marks_there_is_no_target(marked):
    rows = np.zeros((100, 2))
    rows[marked, 1] = 1
    assert np.isnan(Multiplication().targets(number_sequence(rows))).all()


def test_products_of_even_numbers_have_a_quarter_for_their_mean():
    targets = drawn(0, count=20_000).targets
    assert targets.mean() == pytest.approx(0.25 + 0.1 * (1 / 2 - 1 / 4), abs=0.01)


@pytest.mark.parametrize(("slip", "right"), [(0.039, True), (-0.041, False)])
def test_a_prediction_may_err_by_less_than_four_hundredths(slip, right):
    oracle = Oracle(Multiplication(), lambda outputs: outputs + slip)
    found = Multiplication().right(oracle, np.random.default_rng(0), 10)
    assert found.tolist() == [right] * 10


def test_too_few_timesteps_are_named():
    with pytest.raises(ValueError, match="timesteps are 9: expected at least 10"):
        multiplication.multiplication(np.random.default_rng(0), 1, 9)
