"""Losses: their gradients are their slopes, and every way to write a target says the same."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core import Readout
from lstm_core.training.losses import loss_of_logits

from ..slopes import assert_derivative
from ..strategies import seeds

LOSSES = [
    ("cross_entropy", "softmax"),
    ("cross_entropy", "sigmoid"),
    ("squared_error", "linear"),
    ("squared_error", "sigmoid"),
]


def readout(activation: str, outputs: int = 3, scaled: bool = False) -> Readout:
    return Readout(
        kernel=np.zeros((1, outputs)),
        bias=np.zeros(outputs),
        activation=activation,
        labels=tuple(map(str, range(outputs))),
        offset=np.arange(outputs) + 1.0 if scaled else None,
        scale=np.arange(outputs) + 2.0 if scaled else None,
    )


@settings(max_examples=20)
@pytest.mark.parametrize(("loss", "activation"), LOSSES)
@given(seed=seeds, scaled=st.booleans(), weighted=st.booleans())
def test_the_gradient_of_numbers_as_targets_is_the_slope_of_the_loss(
    loss, activation, seed, scaled, weighted
):
    rng = np.random.default_rng(seed)
    read = readout(activation, scaled=scaled and activation == "linear")
    logits, targets = rng.normal(0, 2, (2, 4, 3)), rng.uniform(0, 1, (2, 4, 3))
    weights = rng.uniform(0, 1, (2, 4)) if weighted else None
    value_of = lambda z: loss_of_logits(loss, read, z, targets, weights)[0]  # noqa: E731
    assert_derivative(loss_of_logits(loss, read, logits, targets, weights)[1], value_of, logits)


@given(seeds, st.booleans())
def test_a_label_is_a_share_of_one_for_it_and_none_for_the_others(seed, weighted):
    rng = np.random.default_rng(seed)
    logits, places = rng.normal(0, 2, (2, 4, 3)), rng.integers(0, 3, (2, 4))
    weights = rng.uniform(0, 1, (2, 4)) if weighted else None
    value, gradient = loss_of_logits("cross_entropy", readout("softmax"), logits, places, weights)
    shares = np.eye(3)[places]
    dense, of_shares = loss_of_logits("cross_entropy", readout("softmax"), logits, shares, weights)
    assert dense == pytest.approx(value, rel=1e-12)
    np.testing.assert_allclose(of_shares, gradient, rtol=1e-10, atol=1e-14)


@pytest.mark.parametrize(("loss", "activation"), LOSSES)
def test_only_the_ratio_of_weights_counts(loss, activation):
    rng = np.random.default_rng(0)
    logits, targets = rng.normal(0, 2, (5, 3)), rng.uniform(0, 1, (5, 3))
    weights = rng.uniform(0, 1, 5)
    one = loss_of_logits(loss, readout(activation), logits, targets, weights)
    other = loss_of_logits(loss, readout(activation), logits, targets, 7 * weights)
    assert other[0] == pytest.approx(one[0], rel=1e-12)
    np.testing.assert_allclose(other[1], one[1], rtol=1e-12)


@pytest.mark.parametrize(("targets", "reach"), [([0, 1, 3], "0 to 3"), ([-1, 1, 2], "-1 to 2")])
def test_a_place_that_no_label_has_is_named(targets, reach):
    with pytest.raises(ValueError, match=rf"targets reach from {reach}: expected .* 0\.\.2"):
        loss_of_logits("cross_entropy", readout("softmax"), np.zeros((3, 3)), np.array(targets))


def test_the_logits_that_are_handed_in_stay_as_they_are():
    logits = np.arange(6.0).reshape(2, 3)
    loss_of_logits("cross_entropy", readout("softmax"), logits, np.array([0, 1]))
    assert np.array_equal(logits, np.arange(6.0).reshape(2, 3))
