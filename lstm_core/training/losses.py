"""How wrong the predictions are, and which way is better: L and ∂L/∂logits.

    L = Σ w·ℓ / Σ w          over batch and timesteps, w ≥ 0 the weight of each

    cross_entropy   ℓ = -Σₖ yₖ·log pₖ                      softmax readout
                    ℓ = -Σₖ yₖ·log pₖ + (1 - yₖ)·log(1 - pₖ)   sigmoid readout
    squared_error   ℓ = 1/K Σₖ (pₖ - yₖ)²                  linear or sigmoid readout

Both cross-entropies have the gradient p - y, so nothing cancels or overflows. A squared error
of a linear readout is measured in the scaled numbers that the network computes in.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from ..activations import activation
from ..model import Readout
from ..record import Array

Loss = Literal["cross_entropy", "squared_error"]


def loss_of_logits(
    loss: Loss,
    readout: Readout,
    logits: Array,
    targets: Array,
    weights: Array | None = None,
) -> tuple[float, Array]:
    """Return L and ∂L/∂logits (..., T, K).

    `targets` are (..., T, K), in the units of the predictions (values before scaling,
    probabilities), or for a softmax (..., T) integers, the right label's place. `weights`
    (..., T) are ≥ 0, None for one each; where the weight is 0 the target may be anything.
    Raises ValueError where loss and readout do not go together, where shapes do not fit, and
    where all weights are zero.
    """
    w = np.ones(logits.shape[:-1], logits.dtype) if weights is None else np.asarray(weights)
    if w.shape != logits.shape[:-1]:
        raise ValueError(f"weights are {w.shape}: expected {logits.shape[:-1]}")
    total = float(w.sum())
    if not total > 0:
        raise ValueError(f"weights sum to {total:g}: expected something to learn from")
    y = _dense(readout, logits, np.asarray(targets))
    y = np.where(w[..., np.newaxis] > 0, y, 0).astype(logits.dtype, copy=False)
    share = (w / total).astype(logits.dtype, copy=False)
    if loss == "cross_entropy":
        each, d_logits = _cross_entropy(readout, logits, y)
    elif loss == "squared_error":
        each, d_logits = _squared_error(readout, logits, y)
    else:
        raise ValueError(f"loss is {loss!r}: expected cross_entropy or squared_error")
    d_logits *= share[..., np.newaxis]
    return float(np.sum(each * share, dtype=np.float64)), d_logits


def _dense(readout: Readout, logits: Array, targets: Array) -> Array:
    """Targets as (..., T, K), in the scale of the network."""
    places = readout.activation == "softmax" and np.issubdtype(targets.dtype, np.integer)
    if places and targets.shape == logits.shape[:-1]:
        return np.equal(targets[..., np.newaxis], np.arange(logits.shape[-1]))
    if targets.shape != logits.shape:
        raise ValueError(f"targets are {targets.shape}: expected {logits.shape}")
    if readout.activation == "linear" and readout.scale is not None:
        offset = 0 if readout.offset is None else readout.offset
        return (targets - offset) / readout.scale
    return targets


def _cross_entropy(readout: Readout, logits: Array, y: Array) -> tuple[Array, Array]:
    if readout.activation == "softmax":
        shifted = logits - logits.max(axis=-1, keepdims=True)
        powers = np.exp(shifted)
        sums = powers.sum(axis=-1, keepdims=True)
        each = -np.sum(y * (shifted - np.log(sums)), axis=-1)
        return each, powers / sums * y.sum(axis=-1, keepdims=True) - y
    if readout.activation == "sigmoid":
        each = np.sum(np.logaddexp(0, logits) - y * logits, axis=-1)
        return each, activation("sigmoid")(logits) - y
    raise ValueError("cross_entropy of a linear readout: expected squared_error")


def _squared_error(readout: Readout, logits: Array, y: Array) -> tuple[Array, Array]:
    if readout.activation == "softmax":
        raise ValueError("squared_error of a softmax readout: expected cross_entropy")
    p = logits if readout.activation == "linear" else activation("sigmoid")(logits)
    wrong = p - y
    d_logits = wrong * (2 / logits.shape[-1])
    if readout.activation == "sigmoid":
        d_logits *= p * (1 - p)
    return np.mean(wrong * wrong, axis=-1), d_logits
