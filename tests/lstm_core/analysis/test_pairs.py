"""The matrix of all pairs is what `influence` says about each timestep, all at once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core import RNNParameters, unroll
from lstm_core.analysis import pairs as module
from lstm_core.analysis.influence import influence
from lstm_core.analysis.pairs import pairs, pairs_cost

from ..strategies import cell_parameters, draw_state, draw_weights, seeds

T = 7


@settings(max_examples=40)
@given(
    cell_parameters(),
    seeds,
    st.booleans(),
    st.none() | st.integers(0, T),
    st.sampled_from([1, 60, 2**21]),
)
def test_pairs_are_the_influence_on_every_timestep(parameters, seed, reverse, window, at_once):
    rng = np.random.default_rng(seed)
    inputs = draw_weights(rng, (T, parameters.input_size), parameters.dtype)
    trace = unroll(parameters, inputs, draw_state(parameters, (), rng), reverse=reverse)
    expected = np.full((T, T), np.nan)
    for t in range(T):
        found = influence(trace, t, None if window is None else window + 1)
        curve = found.hidden if found.cell is None else found.cell
        expected[t, found.timesteps] = curve.norm / np.sqrt(curve.units.shape[1])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "NUMBERS_AT_ONCE", at_once)
        norms = pairs(trace, window)
    np.testing.assert_allclose(norms, expected, rtol=1e-9, atol=1e-14)
    np.testing.assert_array_equal(np.diag(norms), 1)


def a_trace(timesteps: int, hidden: int = 2):
    parameters = RNNParameters(
        kernel=np.ones((1, hidden)),
        recurrent_kernel=np.full((hidden, hidden), 0.1),
        bias=np.zeros(hidden),
    )
    return unroll(parameters, np.ones((timesteps, 1)), lengths=np.array(timesteps - 2))


def test_padding_is_in_no_pair():
    found = pairs(a_trace(8))
    assert np.isnan(found[6:]).all()
    assert np.isnan(found[:, 6:]).all()
    assert np.isfinite(found[np.tril_indices(6)]).all()


def test_the_cost_is_rows_times_weights_of_every_pair():
    assert pairs_cost(a_trace(8)) == (6 * 7 / 2) * 2 * 4
    assert pairs_cost(a_trace(8), window=1) == (6 + 5) * 2 * 4


def test_what_would_take_too_long_is_refused():
    with pytest.raises(
        ValueError, match=r"pairs need 1.1e\+11 multiplications: expected at most 3e\+10"
    ):
        pairs(a_trace(502, hidden=96))


def test_a_window_below_nothing_is_named():
    with pytest.raises(ValueError, match="window is -1: expected at least 0"):
        pairs(a_trace(8), -1)
