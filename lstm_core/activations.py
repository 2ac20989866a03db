"""Activation functions, each with its derivative and its range, found by their spelling.

A spelling is a name, with numbers in brackets where the function takes them:
`"tanh"`, `"hard_sigmoid(0.2, 0.5)"`. Strings keep models, files and URLs simple.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

import numpy as np

from .record import Array, record

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


def _affine_clip(alpha: float, beta: float, low: float, high: float) -> Function:
    def apply(z: Array, out: Array) -> None:
        np.multiply(z, alpha, out=out)
        out += beta
        np.clip(out, low, high, out=out)

    return apply


def _hard_sigmoid(alpha: float = 0.2, beta: float = 0.5) -> Activation:
    return Activation(
        spelling=f"hard_sigmoid({alpha!r}, {beta!r})",
        equation=f"clip({alpha:g}·z + {beta:g}, 0, 1)",
        low=0.0,
        high=1.0,
        apply=_affine_clip(alpha, beta, 0.0, 1.0),
        derivative=lambda z, y: np.where((y > 0) & (y < 1), alpha, 0.0).astype(y.dtype),
    )


def _affine(alpha: float = 1.0, beta: float = 0.0) -> Activation:
    return Activation(
        spelling=f"affine({alpha!r}, {beta!r})",
        equation=f"{alpha:g}·z + {beta:g}",
        low=-np.inf,
        high=np.inf,
        apply=_affine_clip(alpha, beta, -np.inf, np.inf),
        derivative=lambda z, y: np.full_like(y, alpha),
    )


def _scaled_tanh(alpha: float = 1.0, beta: float = 1.0) -> Activation:
    def apply(z: Array, out: Array) -> None:
        np.multiply(z, beta, out=out)
        np.tanh(out, out=out)
        out *= alpha

    return Activation(
        spelling=f"scaled_tanh({alpha!r}, {beta!r})",
        equation=f"{alpha:g}·tanh({beta:g}·z)",
        low=-abs(alpha),
        high=abs(alpha),
        apply=apply,
        derivative=lambda z, y: beta * (alpha - y * y / alpha),
    )


def _leaky_relu(alpha: float = 0.01) -> Activation:
    def apply(z: Array, out: Array) -> None:
        np.copyto(out, np.where(z >= 0, z, alpha * z))

    return Activation(
        spelling=f"leaky_relu({alpha!r})",
        equation=f"z if z ≥ 0 else {alpha:g}·z",
        low=-np.inf,
        high=np.inf,
        apply=apply,
        derivative=lambda z, y: np.where(z >= 0, 1.0, alpha).astype(y.dtype),
    )


def _thresholded_relu(alpha: float = 1.0) -> Activation:
    def apply(z: Array, out: Array) -> None:
        np.copyto(out, np.where(z > alpha, z, 0))

    return Activation(
        spelling=f"thresholded_relu({alpha!r})",
        equation=f"z if z > {alpha:g} else 0",
        low=-np.inf,
        high=np.inf,
        apply=apply,
        derivative=lambda z, y: np.where(z > alpha, 1.0, 0.0).astype(y.dtype),
    )


def _elu(alpha: float = 1.0) -> Activation:
    def apply(z: Array, out: Array) -> None:
        np.copyto(out, np.where(z >= 0, z, alpha * np.expm1(np.minimum(z, 0))))

    return Activation(
        spelling=f"elu({alpha!r})",
        equation=f"z if z ≥ 0 else {alpha:g}·(exp(z) - 1)",
        low=-abs(alpha),
        high=np.inf,
        apply=apply,
        derivative=lambda z, y: np.where(z >= 0, 1.0, y + alpha).astype(y.dtype),
    )


def _softsign() -> Activation:
    def apply(z: Array, out: Array) -> None:
        np.divide(z, 1 + np.abs(z), out=out)

    return Activation(
        spelling="softsign",
        equation="z / (1 + |z|)",
        low=-1.0,
        high=1.0,
        apply=apply,
        derivative=lambda z, y: (1 - np.abs(y)) ** 2,
    )


def _softplus() -> Activation:
    def apply(z: Array, out: Array) -> None:
        np.logaddexp(z, 0, out=out)

    return Activation(
        spelling="softplus",
        equation="log(1 + exp(z))",
        low=0.0,
        high=np.inf,
        apply=apply,
        derivative=lambda z, y: -np.expm1(-y),
    )


_FIXED = {
    "sigmoid": Activation(
        spelling="sigmoid",
        equation="σ(z) = 1 / (1 + exp(-z))",
        low=0.0,
        high=1.0,
        apply=sigmoid,
        derivative=lambda z, y: y * (1 - y),
    ),
    "tanh": Activation(
        spelling="tanh",
        equation="tanh(z)",
        low=-1.0,
        high=1.0,
        apply=lambda z, out: np.tanh(z, out=out),
        derivative=lambda z, y: 1 - y * y,
    ),
    "relu": Activation(
        spelling="relu",
        equation="max(z, 0)",
        low=0.0,
        high=np.inf,
        apply=lambda z, out: np.maximum(z, 0, out=out),
        derivative=lambda z, y: (y > 0).astype(y.dtype),
    ),
    "identity": Activation(
        spelling="identity",
        equation="z",
        low=-np.inf,
        high=np.inf,
        apply=lambda z, out: np.copyto(out, z),
        derivative=lambda z, y: np.ones_like(y),
    ),
}

_FAMILIES: dict[str, Callable[..., Activation]] = {
    "hard_sigmoid": _hard_sigmoid,
    "affine": _affine,
    "scaled_tanh": _scaled_tanh,
    "leaky_relu": _leaky_relu,
    "thresholded_relu": _thresholded_relu,
    "elu": _elu,
    "softsign": _softsign,
    "softplus": _softplus,
}

HARD_SIGMOID = "hard_sigmoid(0.2, 0.5)"
"""clip(0.2·z + 0.5, 0, 1): Keras up to 2, tf.keras and ONNX's default."""

HARD_SIGMOID_SIXTH = "hard_sigmoid(0.16666666666666666, 0.5)"
"""clip(z/6 + 0.5, 0, 1): Keras 3 and PyTorch."""


@lru_cache(maxsize=256)
def activation(spelling: str) -> Activation:
    """Return the activation spelled `spelling`.

    Names: sigmoid, tanh, relu, identity, softsign, softplus, and with numbers (each has a
    default) hard_sigmoid(α, β), affine(α, β), scaled_tanh(α, β), leaky_relu(α),
    thresholded_relu(α), elu(α). The families and their defaults are those of the ONNX
    operators LSTM, GRU and RNN.

    Raises ValueError for a spelling that names no activation.
    """
    match = re.fullmatch(r"\s*([a-z_]+)\s*(?:\(([^()]*)\))?\s*", spelling)
    if match:
        name, numbers = match.groups()
        if name in _FIXED and numbers is None:
            return _FIXED[name]
        if name in _FAMILIES:
            try:
                return _FAMILIES[name](*(float(n) for n in (numbers or "").split(",") if n.strip()))
            except (TypeError, ValueError):
                pass
    known = ", ".join([*_FIXED, *_FAMILIES])
    raise ValueError(f"activation is {spelling!r}: expected one of {known}")
