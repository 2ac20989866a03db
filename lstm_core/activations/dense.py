"""The activations that dense layers brought, and that Keras lets a recurrent layer take.

All are elementwise. Sources: `keras.activations` (Keras 3) and `torch.nn`, which agree on
every one that both have.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from ..record import Array
from .common import Activation, Derivative, sigmoid

SELU_SCALE, SELU_ALPHA = 1.0507009873554805, 1.6732632423543772
GELU_CUBIC = 0.044715
"""The weight of z³ in the approximation of the normal distribution by tanh."""

_erf = np.frompyfunc(math.erf, 1, 1)


def _named(
    spelling: str,
    equation: str,
    bounds: tuple[float, float],
    value: Callable[[Array], Array],
    derivative: Derivative,
) -> Activation:
    """Return the activation whose values `value` returns as a new array."""
    return Activation(
        spelling=spelling,
        equation=equation,
        low=bounds[0],
        high=bounds[1],
        apply=lambda z, out: np.copyto(out, value(z), casting="same_kind"),
        derivative=lambda z, y: np.asarray(derivative(z, y)).astype(y.dtype, copy=False),
    )


def _sigmoid(z: Array) -> Array:
    out = np.empty_like(z)
    sigmoid(z, out)
    return out


def _normal(z: Array) -> Array:
    """Return the standard normal distribution function Φ(z) = (1 + erf(z/√2)) / 2."""
    erf: Array = np.asarray(_erf(z * math.sqrt(0.5))).astype(z.dtype)
    return 0.5 * (1 + erf)


def _normal_density(z: Array) -> Array:
    density: Array = np.exp(-0.5 * z * z) / math.sqrt(2 * math.pi)
    return density


def _normal_by_tanh(z: Array) -> Array:
    """Return (1 + tanh(√(2/π)·(z + 0.044715·z³))) / 2, which is close to Φ(z)."""
    inner = math.sqrt(2 / math.pi) * (z + GELU_CUBIC * z * z * z)
    share: Array = 0.5 * (1 + np.tanh(inner))
    return share


def _gelu_tanh_slope(z: Array, y: Array) -> Array:
    share = _normal_by_tanh(z)
    inner_slope = math.sqrt(2 / math.pi) * (1 + 3 * GELU_CUBIC * z * z)
    slope: Array = share + 2 * z * share * (1 - share) * inner_slope
    return slope


def _silu_slope(z: Array, y: Array) -> Array:
    share = _sigmoid(z)
    slope: Array = share + y * (1 - share)
    return slope


def _mish_slope(z: Array, y: Array) -> Array:
    squashed = np.tanh(np.logaddexp(z, 0))
    slope: Array = squashed + z * _sigmoid(z) * (1 - squashed * squashed)
    return slope


def _sparse_plus(z: Array) -> Array:
    return np.where(z < 1, 0.25 * np.maximum(z + 1, 0) ** 2, z)


FIXED = {
    made.spelling: made
    for made in (
        _named(
            "gelu",
            "z·Φ(z)",
            (-0.17, np.inf),
            value=lambda z: z * _normal(z),
            derivative=lambda z, y: _normal(z) + z * _normal_density(z),
        ),
        _named(
            "gelu_tanh",
            "z·(1 + tanh(√(2/π)·(z + 0.044715·z³)))/2",
            (-0.1701, np.inf),
            value=lambda z: z * _normal_by_tanh(z),
            derivative=_gelu_tanh_slope,
        ),
        _named(
            "silu",
            "z·σ(z)",
            (-0.2785, np.inf),
            value=lambda z: z * _sigmoid(z),
            derivative=_silu_slope,
        ),
        _named(
            "hard_silu",
            "z·clip(z/6 + 0.5, 0, 1)",
            (-0.375, np.inf),
            value=lambda z: z * np.clip(z / 6 + 0.5, 0, 1),
            derivative=lambda z, y: np.where(z <= -3, 0, np.where(z >= 3, 1, z / 3 + 0.5)),
        ),
        _named(
            "mish",
            "z·tanh(log(1 + exp(z)))",
            (-0.309, np.inf),
            value=lambda z: z * np.tanh(np.logaddexp(z, 0)),
            derivative=_mish_slope,
        ),
        _named(
            "selu",
            "1.0507·(z if z ≥ 0 else 1.6733·(exp(z) - 1))",
            (-SELU_SCALE * SELU_ALPHA, np.inf),
            value=lambda z: (
                SELU_SCALE * np.where(z >= 0, z, SELU_ALPHA * np.expm1(np.minimum(z, 0)))
            ),
            derivative=lambda z, y: np.where(z >= 0, SELU_SCALE, y + SELU_SCALE * SELU_ALPHA),
        ),
        _named(
            "exponential",
            "exp(z)",
            (0.0, np.inf),
            value=np.exp,
            derivative=lambda z, y: y,
        ),
        _named(
            "log_sigmoid",
            "log(σ(z))",
            (-np.inf, 0.0),
            value=lambda z: -np.logaddexp(-z, 0),
            derivative=lambda z, y: -np.expm1(y),
        ),
        _named(
            "hard_tanh",
            "clip(z, -1, 1)",
            (-1.0, 1.0),
            value=lambda z: np.clip(z, -1, 1),
            derivative=lambda z, y: np.abs(z) < 1,
        ),
        _named(
            "tanh_shrink",
            "z - tanh(z)",
            (-np.inf, np.inf),
            value=lambda z: z - np.tanh(z),
            derivative=lambda z, y: (z - y) ** 2,
        ),
        _named(
            "sparse_plus",
            "0 up to -1, (z + 1)²/4 up to 1, then z",
            (0.0, np.inf),
            value=_sparse_plus,
            derivative=lambda z, y: np.clip(0.5 * z + 0.5, 0, 1),
        ),
    )
}


def _celu(alpha: float = 1.0) -> Activation:
    return _named(
        f"celu({alpha!r})",
        f"z if z ≥ 0 else {alpha:g}·(exp(z/{alpha:g}) - 1)",
        (-abs(alpha), np.inf),
        value=lambda z: np.where(z >= 0, z, alpha * np.expm1(np.minimum(z, 0) / alpha)),
        derivative=lambda z, y: np.where(z >= 0, 1, y / alpha + 1),
    )


def _clipped_relu(alpha: float = 6.0) -> Activation:
    return _named(
        f"clipped_relu({alpha!r})",
        f"clip(z, 0, {alpha:g})",
        (0.0, alpha),
        value=lambda z: np.clip(z, 0, alpha),
        derivative=lambda z, y: (z > 0) & (z < alpha),
    )


def _squareplus(beta: float = 4.0) -> Activation:
    return _named(
        f"squareplus({beta!r})",
        f"(z + √(z² + {beta:g}))/2",
        (0.0, np.inf),
        value=lambda z: 0.5 * (z + np.sqrt(z * z + beta)),
        derivative=lambda z, y: 0.5 * (1 + z / np.sqrt(z * z + beta)),
    )


def _soft_shrink(alpha: float = 0.5) -> Activation:
    return _named(
        f"soft_shrink({alpha!r})",
        f"z less {alpha:g}, towards 0",
        (-np.inf, np.inf),
        value=lambda z: z - np.clip(z, -alpha, alpha),
        derivative=lambda z, y: np.abs(z) > alpha,
    )


def _hard_shrink(alpha: float = 0.5) -> Activation:
    return _named(
        f"hard_shrink({alpha!r})",
        f"z if |z| > {alpha:g} else 0",
        (-np.inf, np.inf),
        value=lambda z: np.where(np.abs(z) > alpha, z, 0),
        derivative=lambda z, y: np.abs(z) > alpha,
    )


def _threshold(alpha: float, beta: float) -> Activation:
    return _named(
        f"threshold({alpha!r}, {beta!r})",
        f"z if z > {alpha:g} else {beta:g}",
        (min(alpha, beta), np.inf),
        value=lambda z: np.where(z > alpha, z, beta),
        derivative=lambda z, y: z > alpha,
    )


FAMILIES: dict[str, Callable[..., Activation]] = {
    "celu": _celu,
    "clipped_relu": _clipped_relu,
    "squareplus": _squareplus,
    "soft_shrink": _soft_shrink,
    "hard_shrink": _hard_shrink,
    "threshold": _threshold,
}
