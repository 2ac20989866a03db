"""Weights to begin with: what each way promises, and the same seed the same weights."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core import LSTMVariant
from lstm_core.training import initial_gru, initial_lstm, initial_rnn
from lstm_core.training.initial import glorot, orthogonal

from ..strategies import seeds

sizes = st.integers(1, 8)


@given(seeds, sizes, sizes)
def test_orthogonal_weights_keep_lengths(seed, rows, columns):
    weights = orthogonal(np.random.default_rng(seed), rows, columns)
    assert weights.shape == (rows, columns)
    shorter = weights if rows <= columns else weights.T
    np.testing.assert_allclose(shorter @ shorter.T, np.eye(len(shorter)), atol=1e-12)


def test_orthogonal_weights_prefer_no_rotation_to_another():
    rng = np.random.default_rng(0)
    draws = np.array([orthogonal(rng, 3, 3) for _ in range(2000)])
    traces = np.trace(draws, axis1=1, axis2=2)
    # Over all rotations and reflections, the trace has mean 0 and mean square 1.
    assert np.abs(draws.mean(axis=0)).max() < 0.06
    assert abs(traces.mean()) < 0.1
    assert np.mean(traces**2) == pytest.approx(1, abs=0.15)


@given(seeds, sizes, sizes)
def test_glorot_weights_stay_within_their_bound(seed, rows, columns):
    weights = glorot(np.random.default_rng(seed), rows, columns)
    assert np.abs(weights).max() <= np.sqrt(6 / (rows + columns))


def test_glorot_weights_have_the_variance_that_glorot_asks_for():
    weights = glorot(np.random.default_rng(0), 200, 300)
    assert weights.var() == pytest.approx(2 / 500, rel=0.02)


@given(seeds, sizes, sizes)
def test_each_block_of_a_recurrent_kernel_is_orthogonal(seed, input_size, hidden_size):
    parameters = initial_lstm(
        np.random.default_rng(seed), input_size, hidden_size, dtype=np.float64
    )
    for block in parameters.split(parameters.recurrent_kernel).values():
        np.testing.assert_allclose(block @ block.T, np.eye(hidden_size), atol=1e-12)


@pytest.mark.parametrize("forget_bias", [0.0, 1.0, 2.0])
def test_only_the_forget_gate_has_a_bias(forget_bias):
    parameters = initial_lstm(np.random.default_rng(0), 3, 5, forget_bias=forget_bias)
    biases = parameters.split(parameters.bias)
    assert np.all(biases.pop("forget_gate") == forget_bias)
    assert not any(bias.any() for bias in biases.values())


@given(seeds, st.floats(3, 1000))
def test_chrono_forgets_over_every_time_scale_up_to_the_longest(seed, longest):
    parameters = initial_lstm(np.random.default_rng(seed), 1, 20, chrono=longest, dtype=np.float64)
    biases = parameters.split(parameters.bias)
    np.testing.assert_array_equal(biases["input_gate"], -biases["forget_gate"])
    forget = 1 / (1 + np.exp(-biases["forget_gate"]))
    lags = 1 / (1 - forget)  # σ(log u) = u / (1 + u): forgets in 1 + u timesteps
    assert np.all((lags >= 2 - 1e-9) & (lags <= longest + 1e-9))


@pytest.mark.parametrize("forget", ["none", "coupled"])
def test_chrono_without_a_forget_gate_sets_the_input_gate_alone(forget):
    parameters = initial_lstm(
        np.random.default_rng(0), 1, 6, chrono=50, variant=LSTMVariant(forget=forget)
    )
    biases = parameters.split(parameters.bias)
    assert np.all(biases["input_gate"] < 0)
    assert not biases["candidate"].any()


def test_chrono_of_a_gru_sets_what_keeps():
    parameters = initial_gru(np.random.default_rng(0), 1, 6, chrono=50)
    assert np.all(parameters.split(parameters.bias)["update_gate"] > 0)


@pytest.mark.parametrize("longest", [2, 0, -3])
def test_a_time_lag_too_short_for_chrono_is_named(longest):
    with pytest.raises(ValueError, match=f"chrono is {longest}: expected a time lag of more"):
        initial_lstm(np.random.default_rng(0), 1, 2, chrono=longest)


@pytest.mark.parametrize("make", [initial_lstm, initial_gru, initial_rnn])
def test_the_same_seed_begins_with_the_same_weights(make):
    first, second, other = (make(np.random.default_rng(s), 3, 4) for s in (7, 7, 8))
    assert np.array_equal(first.kernel, second.kernel)
    assert not np.array_equal(first.kernel, other.kernel)
    assert first.dtype == np.float32


def test_every_option_of_an_lstm_can_be_begun():
    parameters = initial_lstm(np.random.default_rng(0), 3, 4, peepholes=True, output_size=2)
    assert parameters.peephole is not None
    assert parameters.output_size == 2
    assert initial_gru(np.random.default_rng(0), 3, 4, reset_after=False).recurrent_bias is None
