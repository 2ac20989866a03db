"""Activations: their values, their ranges, their slopes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lstm_core.activations import HARD_SIGMOID, HARD_SIGMOID_SIXTH, activation

SPELLINGS = (
    "sigmoid",
    "tanh",
    "relu",
    "identity",
    "softsign",
    "softplus",
    HARD_SIGMOID,
    HARD_SIGMOID_SIXTH,
    "affine(1.5, -0.25)",
    "scaled_tanh(1.7159, 0.6667)",
    "leaky_relu(0.1)",
    "thresholded_relu(0.5)",
    "elu(0.7)",
    *("gelu", "gelu_tanh", "silu", "hard_silu", "mish", "selu", "exponential", "log_sigmoid"),
    *("hard_tanh", "tanh_shrink", "sparse_plus", "celu(0.7)", "clipped_relu(2.3)"),
    *("squareplus(4.0)", "soft_shrink(0.5)", "hard_shrink(0.5)", "threshold(0.5, -1.0)"),
)
spellings = st.sampled_from(SPELLINGS)
numbers = st.floats(-30, 30)


@given(spellings, numbers)
def test_values_stay_in_the_range_that_is_said(spelling, z):
    a = activation(spelling)
    assert a.low <= a(np.array([z]))[0] <= a.high


@given(spellings, st.floats(-3, 3).filter(lambda z: min(abs(z - k) for k in (0, 0.5)) > 1e-3))
def test_the_derivative_is_the_slope(spelling, z):
    a, step = activation(spelling), 1e-6
    corners = {"hard_sigmoid": (2.5, 3), "hard_tanh": (1,), "clipped_relu": (2.3,)}
    corners |= {"hard_silu": (3,), "soft_shrink": (0.5,), "hard_shrink": (0.5,)}
    corners |= {"sparse_plus": (1,)}  # where the slope itself has a corner
    for k in corners.get(spelling.partition("(")[0], ()):
        assume(abs(abs(z) - k) > 1e-3)  # where there is no slope
    at = np.array([z])
    slope = (a(at + step) - a(at - step)) / (2 * step)
    np.testing.assert_allclose(a.derivative(at, a(at)), slope, rtol=1e-6, atol=1e-8)


@given(spellings, st.lists(numbers, min_size=1, max_size=5))
def test_applied_in_place_is_applied(spelling, values):
    a, z = activation(spelling), np.array(values)
    expected = a(z)
    a.apply(z, z)
    assert np.array_equal(z, expected)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_float32_stays_float32(spelling):
    z = np.linspace(-2, 2, 5, dtype=np.float32)
    a = activation(spelling)
    assert a(z).dtype == np.float32
    assert a.derivative(z, a(z)).dtype == np.float32


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_spelling_is_kept(spelling):
    assert activation(activation(spelling).spelling).spelling == activation(spelling).spelling


@given(numbers)
def test_sigmoid_is_the_textbook_formula(z):
    value = activation("sigmoid")(np.array([z]))
    np.testing.assert_allclose(value, [1 / (1 + np.exp(-z))], rtol=0, atol=1e-15)


def test_sigmoid_does_not_overflow():
    assert activation("sigmoid")(np.array([-1e9, 1e9])).tolist() == [0, 1]


@pytest.mark.parametrize(
    ("spelling", "z", "y"),
    [
        (HARD_SIGMOID, 1.0, 0.7),
        (HARD_SIGMOID_SIXTH, 1.0, 1 / 6 + 0.5),
        (HARD_SIGMOID, 2.6, 1.0),
        (HARD_SIGMOID, -2.6, 0.0),
        ("hard_sigmoid", 1.0, 0.7),
        ("leaky_relu(0.1)", -2.0, -0.2),
        ("thresholded_relu(1.5)", 1.4, 0.0),
        # torch 2.x and Keras 3 print these
        ("gelu", -1.0, -0.15865525393145707),
        ("gelu_tanh", -1.0, -0.15880800939172324),
        ("silu", -1.0, -0.2689414213699951),
        ("mish", -1.0, -0.30340146137410895),
        ("selu", -1.0, -1.1113307378125625),
        ("hard_silu", 1.0, 2 / 3),
    ],
)
def test_known_values(spelling, z, y):
    assert activation(spelling)(np.array([z])) == pytest.approx([y], abs=1e-15)


@pytest.mark.parametrize(
    "spelling", ["", "softmax", "tanh(2)", "elu(1, 2)", "elu(x)", "__import__"]
)
def test_what_names_no_activation_is_refused(spelling):
    with pytest.raises(ValueError, match="activation is .*: expected one of sigmoid"):
        activation(spelling)
