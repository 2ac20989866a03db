"""The referee of every derivative: what a function says a little to either side, and no more.

    D(h) = (f(x + h·d) - f(x - h·d)) / 2h          f'(x)·d = (4·D(h) - D(2h)) / 3 + O(h⁴)

Plain central differences are off by h²·f'''/6, which in a run that explodes is more than the 1e-6
that we ask for. Source: Richardson 1911.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

SHIFT = 1e-6  # h: rounding costs some 1e-9 of f, and hardly any kink is so near
PRECISION = 1e-6

Function = Callable[[np.ndarray], Any]
Arrays = Mapping[str, np.ndarray]


def slope_along(function: Function, at: np.ndarray, direction: np.ndarray) -> Any:
    """f'(x)·d at x = `at`, in f's shape; all in float64."""
    near, far = (
        function(at + step * direction) - function(at - step * direction)
        for step in (SHIFT, 2 * SHIFT)
    )
    return (8 * near - far) / (12 * SHIFT)


def has_kink(function: Function, at: np.ndarray, direction: np.ndarray, scale: float) -> bool:
    """Whether the slope changes so near that differences to either side say nothing of it.

    Where f is smooth, D(h) and D(2h) agree to rounding.
    """
    near, far = (
        (function(at + step * direction) - function(at - step * direction)) / (2 * step)
        for step in (SHIFT, 2 * SHIFT)
    )
    return not np.allclose(near, far, rtol=PRECISION, atol=PRECISION * scale)


def assert_derivative(
    found: np.ndarray | None,
    function: Function,
    at: np.ndarray,
    scale: float | None = None,
    directions: int = 3,
    kinks: bool = False,
) -> None:
    """Assert that `found` (*f's shape, *x's shape) is ∂f/∂x at x = `at`.

    To 1e-6 of the slope and of `scale`, None for the largest element of `found` or 1. It is asked
    for along directions of random signs: every element counts in each, so one that is wrong
    makes them all wrong. Where f has `kinks`, a direction with one at hand is left out.
    """
    assert found is not None
    if scale is None:
        scale = max(1.0, np.abs(found).max(initial=0))
    rng = np.random.default_rng(at.size)
    for _ in range(directions):
        direction = rng.choice([-1.0, 1.0], at.shape)
        if kinks and has_kink(function, at, direction, scale):
            continue
        expected = slope_along(function, at, direction)
        assert found.shape == np.shape(expected) + at.shape
        np.testing.assert_allclose(
            np.tensordot(found, direction, at.ndim),
            expected,
            rtol=PRECISION,
            atol=PRECISION * scale,
        )


def assert_derivatives(
    found: Arrays,
    function: Callable[[Arrays], float],
    at: Arrays,
    scale: float,
    directions: int = 3,
    kinks: bool = False,
) -> None:
    """Assert that `found` are the derivatives of a number f by all arrays of `at`, moved together.

    Of which array one is wrong is looked for only where one is.
    """
    assert set(found) == set(at)
    for name, array in at.items():
        assert found[name].shape == array.shape, name
    names = sorted(at)
    ends = np.cumsum([at[name].size for name in names])[:-1]

    def laid_out(values: np.ndarray) -> Arrays:
        parts = zip(names, np.split(values, ends), strict=True)
        return {name: part.reshape(at[name].shape) for name, part in parts}

    together, start = (np.concatenate([of[name].ravel() for name in names]) for of in (found, at))
    of_all = lambda values: function(laid_out(values))  # noqa: E731
    try:
        assert_derivative(together, of_all, start, scale, directions, kinks)
    except AssertionError:
        for name in names:
            print(name)  # the last one that is printed is wrong
            of_one = lambda array, name=name: function({**at, name: array})  # noqa: E731
            assert_derivative(found[name], of_one, at[name], scale, directions, kinks)
        raise
