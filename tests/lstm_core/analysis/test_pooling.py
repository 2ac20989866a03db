from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.analysis.pooling import BLOCK, FEW, pool, pool_again, pooling_factor

lengths = st.integers(1, 200)
factors = st.integers(1, 50)


def series(timesteps: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(timesteps, 3)).astype(np.float32)


@given(lengths, factors, st.integers(0, 2**32 - 1))
def test_every_value_lies_in_the_range_of_its_own_bin(timesteps: int, factor: int, seed: int):
    values = series(timesteps, seed)
    pooled = pool(values, factor)
    bins = np.arange(timesteps) // factor
    assert np.all(pooled.low[bins] <= values)
    assert np.all(values <= pooled.high[bins])


@given(lengths, factors)
def test_both_ends_of_a_range_are_values_of_its_bin(timesteps: int, factor: int):
    values = series(timesteps)
    pooled = pool(values, factor)
    for k, (low, high) in enumerate(zip(pooled.low, pooled.high, strict=True)):
        own = values[k * factor : (k + 1) * factor]
        assert all(low[u] in own[:, u] and high[u] in own[:, u] for u in range(3))


@given(lengths, st.integers(1, 9), st.integers(1, 9), st.sampled_from([0, 1, 5]))
def test_pooled_in_two_steps_is_pooled_at_once(timesteps: int, first: int, then: int, gaps: int):
    values = series(timesteps)
    if gaps:
        values[:: gaps + 1] = np.nan
        values[:20] = np.nan
    twice, once = pool_again(pool(values, first), then), pool(values, first * then)
    assert twice.factor == once.factor
    np.testing.assert_array_equal(twice.low, once.low)
    np.testing.assert_array_equal(twice.high, once.high)


@pytest.mark.parametrize("factor", [2, FEW, FEW + 1])
def test_many_bins_are_each_what_they_are_alone(factor: int):
    gates = np.random.default_rng(factor).normal(size=(600 * factor, 2, 150))
    pooled = pool(gates[:, 1], factor)  # as a gate stands among the others
    assert pooled.low.size > BLOCK
    for k, (low, high) in enumerate(zip(pooled.low, pooled.high, strict=True)):
        own = gates[k * factor : (k + 1) * factor, 1]
        np.testing.assert_array_equal(low, own.min(axis=0))
        np.testing.assert_array_equal(high, own.max(axis=0))


@given(lengths, st.integers(1, 60))
def test_pooled_runs_fit_the_columns_they_are_given(timesteps: int, columns: int):
    pooled = pool(series(timesteps), pooling_factor(timesteps, columns))
    assert 1 <= len(pooled.low) <= columns


@pytest.mark.parametrize("at", [0, 5_003, 9_999])
@pytest.mark.parametrize("spike", [7.0, -7.0])
def test_a_spike_of_one_timestep_survives(at: int, spike: float):
    values = np.zeros((10_000, 1))
    values[at] = spike
    pooled = pool(values, 97)
    assert spike in (pooled.low[at // 97, 0], pooled.high[at // 97, 0])


def test_missing_numbers_are_left_out_unless_there_is_nothing_else():
    values = np.array([[np.nan], [2.0], [np.nan], [np.nan], [5.0]])
    pooled = pool(values, 2)
    np.testing.assert_array_equal(pooled.low, [[2.0], [np.nan], [5.0]])
    np.testing.assert_array_equal(pooled.high, [[2.0], [np.nan], [5.0]])


@pytest.mark.parametrize(("timesteps", "factor"), [(0, 1), (5, 0), (5, -2)])
def test_nothing_to_pool_is_refused(timesteps: int, factor: int):
    with pytest.raises(ValueError, match="expected at least 1"):
        pool(series(timesteps), factor)


def test_bins_are_not_pooled_by_less_than_one():
    with pytest.raises(ValueError, match="count is 0, bins 5: expected at least 1 each"):
        pool_again(pool(series(5), 1), 0)


def test_a_screen_without_columns_is_refused():
    with pytest.raises(ValueError, match="columns is 0"):
        pooling_factor(10, 0)
