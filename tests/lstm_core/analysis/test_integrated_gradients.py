"""Integrated gradients split a logit's difference from a baseline over all inputs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core import Layer, Model, Readout
from lstm_core.analysis import integrated_gradients
from lstm_core.training import initial_lstm

from ..strategies import seeds
from ..training.test_objective import models

T = 5


@settings(max_examples=15)
@given(st.data(), seeds, st.integers(0, T - 1), st.sampled_from([None, 1]), st.booleans())
def test_the_attributions_add_up_to_the_difference_from_the_baseline(data, seed, t, against, zero):
    rng = np.random.default_rng(seed)
    model = data.draw(models("softmax", rng))
    inputs, start = rng.normal(0, 1, (T, 2)), rng.normal(0, 1, (T, 2))
    if zero:
        start = np.zeros((T, 2))
    found = integrated_gradients(model, inputs, t, 0, against, None if zero else start)

    def logit(x: np.ndarray) -> float:
        logits = model.readout.logits(model.run_inputs(x).layers[-1].outputs)[t]
        return float(logits[0] - (0 if against is None else logits[against]))

    difference = logit(inputs) - logit(start)
    assert found.difference == pytest.approx(difference, rel=1e-9, abs=1e-9)
    assert found.attribution.shape == (T, 2)
    assert abs(found.attribution.sum() - difference) <= 1e-6 * max(1, abs(difference))
    assert found.completeness_error <= 1e-6 * max(1, abs(difference))
    assert found.by_timestep.sum() == pytest.approx(difference, abs=1e-5)


def a_forward_model(dtype: type) -> Model:
    rng = np.random.default_rng(3)
    readout = Readout(
        kernel=rng.normal(0, 1, (4, 3)).astype(dtype),
        bias=np.zeros(3, dtype),
        activation="softmax",
        labels=("a", "b", "c"),
    )
    cell = initial_lstm(rng, 2, 4, dtype=dtype)
    return Model(layers=(Layer(name="lstm", forward=cell),), readout=readout)


def test_an_input_that_comes_later_or_equals_the_baseline_gets_nothing() -> None:
    inputs = np.random.default_rng(0).normal(0, 1, (6, 2))
    start = np.zeros((6, 2))
    start[1] = inputs[1]
    found = integrated_gradients(a_forward_model(np.float64), inputs, 3, 1, baseline=start)
    assert not found.attribution[[1, 4, 5]].any()
    assert found.attribution[[0, 2, 3]].all()


def test_what_comes_later_is_not_read_by_a_model_that_reads_forwards() -> None:
    model, inputs = a_forward_model(np.float64), np.random.default_rng(0).normal(0, 1, (6, 2))
    found = integrated_gradients(model, inputs, 3, 1)
    unknown = inputs.copy()
    unknown[4:] = np.nan
    again = integrated_gradients(model, unknown, 3, 1)
    np.testing.assert_array_equal(again.attribution, found.attribution)
    assert again.completeness_error == found.completeness_error


def test_a_float32_model_is_complete_too() -> None:
    inputs = np.random.default_rng(0).normal(0, 3, (30, 2)).astype(np.float32)
    found = integrated_gradients(a_forward_model(np.float32), inputs, 29, 0, against=2)
    assert found.completeness_error <= 1e-6 * max(1, abs(found.difference))


def test_a_baseline_of_another_shape_is_refused() -> None:
    with pytest.raises(ValueError, match=r"baseline is \(5, 2\): expected \(6, 2\)"):
        integrated_gradients(
            a_forward_model(np.float64), np.zeros((6, 2)), 0, 0, baseline=np.zeros((5, 2))
        )
