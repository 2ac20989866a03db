"""The activations of recurrent cells: those of the ONNX operators LSTM, GRU and RNN."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..record import Array
from .common import Activation, Function, sigmoid


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


FIXED = {
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

FAMILIES: dict[str, Callable[..., Activation]] = {
    "hard_sigmoid": _hard_sigmoid,
    "affine": _affine,
    "scaled_tanh": _scaled_tanh,
    "leaky_relu": _leaky_relu,
    "thresholded_relu": _thresholded_relu,
    "elu": _elu,
    "softsign": _softsign,
    "softplus": _softplus,
}
