"""What an activation function is, and the sigmoid that all cells share."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..record import Array, record

Function = Callable[[Array, Array], object]
Derivative = Callable[[Array, Array], Array]


@record
class Activation:
    """One activation function y = a(z), elementwise.

    `apply(z, out)` writes a(z) into `out` (which may be `z` itself) and allocates nothing big;
    `derivative(z, y)` is da/dz, from whichever of z and y = a(z) is handier.
    """

    spelling: str
    equation: str
    low: float
    high: float
    apply: Function
    derivative: Derivative

    def __call__(self, z: Array) -> Array:
        """Return a(z) as a new array of z's shape and dtype."""
        out = np.empty_like(z)
        self.apply(z, out)
        return out


def sigmoid(z: Array, out: Array) -> None:
    """Write σ(z) = 1 / (1 + exp(-z)) = (tanh(z/2) + 1) / 2, which never overflows."""
    np.multiply(z, 0.5, out=out)
    np.tanh(out, out=out)
    out *= 0.5
    out += 0.5
