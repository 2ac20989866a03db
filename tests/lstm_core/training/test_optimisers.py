"""Optimisers: one update is the equation of its docstring, for gradients of any size."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.training import SGD, Adam
from lstm_core.training.optimisers import clipped

from ..strategies import seeds


@given(st.floats(1e-12, 1e6), st.sampled_from([-1.0, 1.0]))
def test_the_first_step_of_adam_is_the_gradient_over_its_size_and_epsilon(size, sign):
    weights, gradients = {"w": np.array([1.0])}, {"w": np.array([sign * size])}
    adam = Adam(epsilon=1e-6)
    moved, _ = adam.update(weights, gradients, adam.start(weights), 0.1)
    expected = 1.0 - 0.1 * sign * size / (size + 1e-6)
    assert moved["w"][0] == pytest.approx(expected, rel=1e-12)


@given(seeds, st.floats(0, 0.99), st.floats(0.5, 0.9999), st.floats(1e-9, 1e-1))
def test_adam_is_its_equations(seed, beta1, beta2, epsilon):
    rng = np.random.default_rng(seed)
    adam = Adam(beta1=beta1, beta2=beta2, epsilon=epsilon)
    w = rng.normal(size=3)
    weights, m, v = {"w": w}, np.zeros(3), np.zeros(3)
    memory = adam.start(weights)
    for t in range(1, 6):
        gradient = rng.normal(0, 1e-3, 3)
        weights, memory = adam.update(weights, {"w": gradient}, memory, 0.05)
        m = beta1 * m + (1 - beta1) * gradient
        v = beta2 * v + (1 - beta2) * gradient**2
        w = w - 0.05 * (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + epsilon)
        np.testing.assert_allclose(weights["w"], w, rtol=1e-9, atol=1e-12)
        assert memory.updates == t


@pytest.mark.parametrize("optimiser", [SGD(momentum=0.5), Adam()])
def test_an_update_leaves_what_it_was_given_as_it_was(optimiser):
    weights, gradients = {"a": np.ones((2, 2)), "b": np.zeros(3)}, {}
    for name, array in weights.items():
        gradients[name] = np.full_like(array, 2)
    before = optimiser.start(weights)
    moved, after = optimiser.update(weights, gradients, before, 0.1)
    again, _ = optimiser.update(moved, gradients, after, 0.1)
    assert np.array_equal(weights["a"], np.ones((2, 2)))
    assert np.array_equal(gradients["b"], np.full(3, 2.0))
    assert not before.first["a"].any()
    assert {name: array.shape for name, array in again.items()} == {"a": (2, 2), "b": (3,)}


def test_gradients_are_shortened_only_where_they_are_too_long():
    gradients = {"a": np.array([3.0]), "b": np.array([4.0])}
    for longest in (5.0, 6.0, None):
        same, length = clipped(gradients, longest)
        assert length == 5
        assert same == gradients
    shorter, _ = clipped(gradients, 2.5)
    assert shorter == {"a": np.array([1.5]), "b": np.array([2.0])}
