"""The sunspot series, and the simpler ways to forecast it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.sequence import number_sequence
from lstm_core.tasks.sunspots import STRETCH, Sunspots, autoregression, lagged, root_mean_square

from ..strategies import seeds

SERIES = Sunspots.load(Path(__file__).parents[3] / "assets/demos/sunspots/sunspots.csv")


def test_the_series_is_309_consecutive_years_of_known_values():
    assert np.array_equal(SERIES.years, np.arange(1700, 2009))
    known = {1700: 5.0, 1715: 27.0, 1957: 190.2, 2008: 2.9}
    for year, value in known.items():
        assert SERIES.between(year, year) == pytest.approx(value)
    assert SERIES.values.min() >= 0


@given(seeds)
def test_a_random_sequence_is_a_stretch_of_the_series(seed):
    stretch = SERIES.random_sequence(np.random.default_rng(seed))
    assert stretch.numbers.shape == (STRETCH, 1)
    starts = range(len(SERIES.values) - STRETCH + 1)
    values = SERIES.values[:, np.newaxis]
    assert any(np.array_equal(values[k : k + STRETCH], stretch.numbers) for k in starts)


@given(st.integers(1700, 2000), st.integers(5, 300))
def test_the_target_is_the_year_after(first, years):
    last = min(first + years, 2008)
    targets = SERIES.targets(number_sequence(SERIES.between(first, last)))
    expected = SERIES.between(first + 1, last + 1)
    assert np.array_equal(targets[: len(expected)], expected)
    assert np.isnan(targets[-1, 0]) == (last == 2008)


def test_where_a_few_values_occur_twice_nobody_knows_which_year_comes_next():
    assert SERIES.between(1700, 1701).tolist() == [[5.0], [11.0]]
    again = [k for k in range(300) if SERIES.values[k : k + 2].tolist() == [5.0, 11.0]]
    assert len(again) > 1
    assert np.isnan(SERIES.targets(number_sequence(SERIES.between(1700, 1701)))[-1, 0])


@given(st.lists(st.floats(0, 200), min_size=1, max_size=30))
def test_what_comes_after_a_sequence_of_ones_own_nobody_knows(values):
    targets = SERIES.targets(number_sequence([*values, 1234.5]))
    assert np.array_equal(targets[:-2, 0], values[1:])
    assert np.isnan(targets[-1, 0])


@given(st.floats(-1.5, 1.5), st.floats(-0.9, -0.2), st.floats(-5, 5))
def test_an_autoregression_finds_the_numbers_that_made_a_series(first, second, offset):
    x = [1.0, 2.0]
    for _ in range(60):
        x.append(offset + first * x[-1] + second * x[-2])
    values = np.array(x)
    if np.ptp(values[-20:]) < 1e-3 or np.abs(values).max() > 1e6:
        return  # a series that has died down or run away tells little
    said = lagged(values, 2) @ autoregression(values, 2)
    np.testing.assert_allclose(said, values[2:], atol=1e-6 * np.abs(values).max())


def test_lagged_rows_are_one_and_the_years_before_latest_first():
    rows = lagged(np.arange(5.0), 2)
    assert rows.tolist() == [[1, 1, 0], [1, 2, 1], [1, 3, 2]]


def test_root_mean_square_is_in_the_errors_unit():
    assert root_mean_square(np.array([3.0, -4.0])) == pytest.approx(np.sqrt(12.5))
