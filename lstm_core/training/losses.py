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
    rows, size = logits.shape[:-1], logits.shape[-1]
    targets = np.asarray(targets)
    checked_targets(readout, rows, targets)
    flat = targets.reshape(-1) if targets.shape == rows else targets.reshape(-1, size).T
    w = None if weights is None else checked_weights(weights, rows).reshape(-1)
    by_label = logits.reshape(-1, size).T.copy()
    value, d_logits = feature_major_loss(loss, readout, by_label, flat, w)
    return value, d_logits.T.reshape(logits.shape)


def checked_targets(readout: Readout, rows: tuple[int, ...], targets: Array) -> None:
    """Raise ValueError unless targets are places or numbers for logits (*rows, K)."""
    size = len(readout.labels)
    places = readout.activation == "softmax" and np.issubdtype(targets.dtype, np.integer)
    if targets.shape != (*rows, size) and not (places and targets.shape == rows):
        raise ValueError(f"targets are {targets.shape}: expected {(*rows, size)}")


def checked_weights(weights: Array, rows: tuple[int, ...]) -> Array:
    """Return the weights as an array, or raise ValueError for a shape that is not `rows`."""
    weights = np.asarray(weights)
    if weights.shape != rows:
        raise ValueError(f"weights are {weights.shape}: expected {rows}")
    return weights


def feature_major_loss(
    loss: Loss, readout: Readout, logits: Array, targets: Array, weights: Array | None
) -> tuple[float, Array]:
    """Return L and ∂L/∂logits (K, M), which is written over the logits.

    M counts all timesteps of all sequences; `targets` are (K, M) or places (M,), `weights`
    (M,) or None for one each.
    """
    share, counts = _shares(weights, logits)
    if loss == "cross_entropy" and readout.activation == "softmax" and targets.ndim == 1:
        each = _softmax_of_places(logits, _places(targets, counts, len(logits)), share)
        return float(np.sum(each * share, dtype=np.float64)), logits
    y = _dense(readout, logits, targets)
    y = (y if counts is None else np.where(counts, y, 0)).astype(logits.dtype, copy=False)
    if loss == "cross_entropy":
        each, d_logits = _cross_entropy(readout, logits, y)
    elif loss == "squared_error":
        each, d_logits = _squared_error(readout, logits, y)
    else:
        raise ValueError(f"loss is {loss!r}: expected cross_entropy or squared_error")
    np.multiply(d_logits, share, out=logits)
    return float(np.sum(each * share, dtype=np.float64)), logits


def _shares(weights: Array | None, logits: Array) -> tuple[Array, Array | None]:
    """The share w/Σw of each timestep in the loss, (M,), and which count at all; None: all."""
    count = logits.shape[1]
    total = float(count if weights is None else weights.sum())
    if not total > 0:
        raise ValueError(f"weights sum to {total:g}: expected something to learn from")
    if weights is None:
        return np.full(count, 1 / total, logits.dtype), None
    return (weights / total).astype(logits.dtype, copy=False), weights > 0


def _places(targets: Array, counts: Array | None, labels: int) -> Array:
    """Targets (M,) with place 0 where they don't count, or ValueError for one that isn't there."""
    if counts is not None:
        targets = np.where(counts, targets, 0)
    if targets.size and not (targets.min() >= 0 and targets.max() < labels):
        raise ValueError(
            f"targets reach from {targets.min()} to {targets.max()}: "
            f"expected the places of labels, 0..{labels - 1}"
        )
    return targets


def _softmax_of_places(logits: Array, places: Array, share: Array) -> Array:
    """ℓ (M,) of a softmax; the logits become ∂L/∂logits."""
    logits -= logits.max(axis=0)
    timesteps = np.arange(len(places))
    right = logits[places, timesteps]
    np.exp(logits, out=logits)
    sums = logits.sum(axis=0)
    logits *= share / sums
    logits[places, timesteps] -= share
    each: Array = np.log(sums) - right
    return each


def _dense(readout: Readout, logits: Array, targets: Array) -> Array:
    """Targets as (K, M), in the scale of the network."""
    if targets.ndim == 1:
        return np.equal(np.arange(len(logits))[:, np.newaxis], targets)
    if readout.activation == "linear" and readout.scale is not None:
        offset = np.zeros(len(logits)) if readout.offset is None else readout.offset
        return (targets - offset[:, np.newaxis]) / readout.scale[:, np.newaxis]
    return targets


def _cross_entropy(readout: Readout, logits: Array, y: Array) -> tuple[Array, Array]:
    if readout.activation == "softmax":
        shifted = logits - logits.max(axis=0)
        powers = np.exp(shifted)
        sums = powers.sum(axis=0)
        each = -np.sum(y * (shifted - np.log(sums)), axis=0)
        return each, powers / sums * y.sum(axis=0) - y
    if readout.activation == "sigmoid":
        each = np.sum(np.logaddexp(0, logits) - y * logits, axis=0)
        return each, activation("sigmoid")(logits) - y
    raise ValueError("cross_entropy of a linear readout: expected squared_error")


def _squared_error(readout: Readout, logits: Array, y: Array) -> tuple[Array, Array]:
    if readout.activation == "softmax":
        raise ValueError("squared_error of a softmax readout: expected cross_entropy")
    p = logits if readout.activation == "linear" else activation("sigmoid")(logits)
    wrong = p - y
    d_logits = wrong * (2 / len(logits))
    if readout.activation == "sigmoid":
        d_logits *= p * (1 - p)
    return np.mean(wrong * wrong, axis=0), d_logits
