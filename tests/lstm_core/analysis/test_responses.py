"""An impulse, a step and a sine: of a leaky integrator all three are known in closed form."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core import LSTMParameters, unroll
from lstm_core.analysis import response
from lstm_core.analysis.responses import settling_time
from lstm_core.training import initial_lstm

ZERO, ONE = np.zeros(1), np.ones(1)


def leaky(*keeps: float):
    """Units y = a y₋ + x with the factors `keeps`."""

    def run(inputs):
        y, series = np.zeros(len(keeps)), []
        for x in inputs[:, 0]:
            y = np.array(keeps) * y + x
            series.append(y)
        return np.array(series)

    return run


@given(st.floats(0.05, 0.95))
@settings(max_examples=15)
def test_an_impulse_decays_with_the_factor_that_the_unit_keeps(keep):
    found = response(leaky(keep), ZERO, ONE, "impulse")
    np.testing.assert_allclose(found.deviation[:, 0], keep ** np.arange(200), atol=1e-12)
    assert found.gain == pytest.approx([1.0])
    near = int(found.settling[0])
    assert keep**near <= 0.05 < keep ** (near - 1)


@given(st.floats(0.05, 0.9), st.floats(-2, 2), st.floats(-3, 3))
@settings(max_examples=15)
def test_a_step_ends_at_the_sum_of_all_impulses_from_wherever_it_began(keep, rest, by):
    found = response(leaky(keep), np.array([rest]), np.array([rest + by]), "step")
    assert found.gain == pytest.approx([by / (1 - keep)], rel=1e-6, abs=1e-9)


@given(st.floats(-0.8, 0.8), st.integers(2, 40))
@settings(max_examples=15)
def test_the_gain_of_a_sine_is_that_of_the_transfer_function(keep, period):
    found = response(leaky(keep), ZERO, ONE, "sine", period=period)
    turn = np.exp(-2j * np.pi / period)
    half = 0.0 if period == 2 else 1 / abs(1 - keep * turn)  # of two timesteps a sine has only 0s
    assert found.gain == pytest.approx([half], abs=1e-9)
    assert found.settling is None


def test_an_lstm_whose_gates_stand_still_is_a_leaky_integrator():
    drawn = initial_lstm(np.random.default_rng(0), 1, 2, dtype=np.float64)
    logits = np.array([20.0, 20, 1, -1, 0, 0, 0, 0])  # i open, f at σ(1) and σ(-1)
    cell = LSTMParameters(
        kernel=np.zeros_like(drawn.kernel), recurrent_kernel=0 * drawn.recurrent_kernel, bias=logits
    )
    kernel = cell.kernel.copy()
    kernel[0, 4:6] = 1e-4  # a candidate so small that tanh is the identity
    cell = cell.replace(kernel=kernel)
    found = response(lambda x: unroll(cell, x).series("cell_state"), ZERO, ONE, "step")
    keep = 1 / (1 + np.exp(-logits[2:4]))
    np.testing.assert_allclose(found.gain, 1e-4 / (1 - keep), rtol=1e-6)


def test_what_a_memory_does_by_itself_is_no_part_of_its_response():
    def drifting(inputs):
        return leaky(0.5)(inputs) + np.arange(len(inputs))[:, np.newaxis]

    assert response(drifting, ZERO, ONE, "step").gain == pytest.approx([2.0])


def test_a_unit_that_keeps_everything_never_settles_and_one_that_is_not_moved_has():
    kept = response(leaky(1.0, 0.0), ZERO, ONE, "impulse")
    assert kept.settling.tolist() == [np.inf, 1]
    assert settling_time(np.zeros((50, 1)), ends_at_zero=True).tolist() == [0]


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ({"kind": "impulse", "timesteps": 1}, "timesteps is 1: expected at least 2"),
        ({"kind": "sine", "period": 1}, "period is 1: expected 2..100"),
        ({"kind": "sine", "period": 101}, "period is 101: expected 2..100"),
    ],
)
def test_what_cannot_be_fed_is_refused(choice, message):
    with pytest.raises(ValueError, match=message):
        response(leaky(0.5), ZERO, ONE, **choice)
