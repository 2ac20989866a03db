"""What stands around the layers: slopes are slopes, and windows are what their definition says."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core.experiment import model_of, recommended
from lstm_core.model import (
    Convolved,
    Dense,
    Normalised,
    Pooled,
    Scaled,
    SequenceError,
    stages_gradient,
)
from lstm_core.model.over_time import applied
from tests.lstm_core.strategies import seeds

ACTIVATIONS = st.sampled_from(["identity", "tanh", "gelu", "leaky_relu(0.2)", "softplus"])


@settings(max_examples=25)
@given(seed=seeds, named=st.lists(ACTIVATIONS, min_size=3, max_size=3))
def test_the_gradient_of_stages_is_their_slope(seed, named):
    rng = np.random.default_rng(seed)
    stages = (
        Dense(kernel=rng.normal(size=(3, 4)), bias=rng.normal(size=4), activation=named[0]),
        Normalised(scale=rng.normal(size=4), offset=rng.normal(size=4), activation=named[1]),
        Scaled(scale=rng.normal(size=4), offset=rng.normal(size=4), activation=named[2]),
    )
    values, direction, weight = rng.normal(size=3), rng.normal(size=3), rng.normal(size=4)
    ahead, behind = (applied(stages, values + s * direction) @ weight for s in (1e-6, -1e-6))
    gradient = stages_gradient(stages, values, weight)
    assert gradient @ direction == pytest.approx((ahead - behind) / 2e-6, rel=1e-3, abs=1e-4)


@settings(max_examples=25)
@given(
    seed=seeds,
    timesteps=st.integers(7, 12),
    window=st.integers(1, 3),
    stride=st.integers(1, 3),
    dilation=st.integers(1, 2),
    before=st.integers(0, 2),
)
def test_a_convolution_is_the_sum_over_its_window(
    seed, timesteps, window, stride, dilation, before
):
    rng = np.random.default_rng(seed)
    kernel, bias = rng.normal(size=(window, 2, 3)), rng.normal(size=3)
    x = rng.normal(size=(timesteps, 2))
    stage = Convolved(
        kernel=kernel, bias=bias, stride=stride, dilation=dilation, padding=(before, 1)
    )
    y = stage.apply(x)
    wide = np.vstack([np.zeros((before, 2)), x, np.zeros((1 + window * dilation + stride, 2))])
    for t, row in enumerate(y):
        taps = (wide[t * stride + k * dilation] @ kernel[k] for k in range(window))
        np.testing.assert_allclose(row, bias + sum(taps), atol=1e-12)
    reach = (window - 1) * dilation + 1
    assert len(y) == (timesteps + before + 1 - reach) // stride + 1
    assert stage.keeps_time == (stride == 1 and before + 1 == reach - 1)


def test_pooling_takes_no_number_from_beyond_the_ends():
    x = np.array([[-1.0], [-2.0], [-4.0]])
    around = {"size": 1, "window": 3, "stride": 1, "padding": None}
    assert Pooled(of="max", **around).apply(x).ravel().tolist() == [-1, -1, -2]
    assert Pooled(of="mean", **around).apply(x).ravel() == pytest.approx([-1.5, -7 / 3, -3])


def test_a_sequence_that_is_shorter_than_a_window_is_refused_in_a_sentence():
    stage = Convolved(kernel=np.zeros((5, 1, 1)), bias=np.zeros(1))
    with pytest.raises(SequenceError, match=r"has 4 timesteps: .* windows of 5"):
        stage.apply(np.zeros((4, 1)))


def test_parts_that_do_not_fit_are_refused():
    model = model_of(recommended("adding"))
    stage = Dense(kernel=np.zeros((3, 2)), bias=np.zeros(2))
    with pytest.raises(ValueError, match="takes 3, not"):
        dataclasses.replace(model, back=(stage,))
    with pytest.raises(ValueError, match="expected a readout"):
        dataclasses.replace(model, back=(stage,), readout=None)
    with pytest.raises(ValueError, match="two directions"):
        dataclasses.replace(model, reads_ends=True)
