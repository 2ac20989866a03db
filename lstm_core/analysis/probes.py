"""What a unit is about: how well it tells properties of what is read, in a part held out.

For a property y (numbers, or 0 and 1) and a signal x of H units, over T timesteps:

- correlation of each unit with y, in the part that is fitted and in the part that is held out;
- for properties of 0 and 1 the one threshold that tells them best in the fitted part, and its
  balanced accuracy in the other, (right of the 0s + right of the 1s) / 2; of long runs in 2**17
  timesteps that lie evenly;
- ridge regression from all units, w = (XᵀX + λI)⁻¹ Xᵀy, and its correlation in the other part.

By chance alone some unit of many agrees with y. So the property is cut into blocks, the blocks are
shuffled, which leaves its own rhythm as it is, and the largest correlation of any unit with that is
`chance`: the 95th percentile over the shuffles.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from ..record import Array, record

CHUNK = 2**15  # timesteps at once
LEVELS = 128  # at which a threshold may lie, between a unit's lowest and highest value
AT_ONCE = 8  # properties of 0 and 1 that are counted together
PENALTY = 1e-3  # λ, of the mean variance of a unit, times the timesteps
QUANTILE = 0.95
TINY = 1e-12  # a variance below is none
MOST_COUNTED = 2**17  # timesteps in which thresholds are found


@record
class Property:
    """Something that is true of each timestep: a number, or 1 and 0 for yes and no. (T,)."""

    name: str
    values: Array

    @property
    def is_binary(self) -> bool:
        """Whether every value is 0 or 1."""
        return bool(np.isin(self.values, (0, 1)).all())


@record
class Probe:
    """How well the H units of a signal tell one property.

    `fitted` and `correlation` (H,) are correlations in the fitted part and in the one held out,
    `chance` what the best of all units reaches there by chance. `threshold` (H,) and `accuracy`
    (H,), held out, are NaN for a property that is not of 0 and 1. `ridge` is the correlation of
    all units together, held out, and `ridge_chance` that by chance.
    """

    name: str
    fitted: Array
    correlation: Array
    chance: float
    threshold: Array
    accuracy: Array
    ridge: float
    ridge_chance: float

    @property
    def best(self) -> int:
        """The unit with the strongest correlation in the fitted part."""
        return int(np.abs(self.fitted).argmax())

    @property
    def is_told(self) -> bool:
        """Whether that unit, held out, has the same sign and is better than chance."""
        held_out, fitted = self.correlation[self.best], self.fitted[self.best]
        return bool(held_out * fitted > 0 and abs(held_out) > self.chance)


def probes(
    series: Array,
    properties: Sequence[Property],
    rng: np.random.Generator,
    *,
    fitted: float = 2 / 3,
    shuffles: int = 20,
    block: int | None = None,
) -> tuple[Probe, ...]:
    """Return how well a signal (T, H) tells each property, the best told first.

    The first `fitted` share of the timesteps is fitted, the rest held out. `block` is the length
    of the blocks that are shuffled; None is a fortieth of the part held out, at least 10. Raises
    ValueError for a property of another length, and where a part has fewer than two timesteps.
    """
    timesteps = len(series)
    for one in properties:
        if one.values.shape != (timesteps,):
            raise ValueError(f"{one.name} has {one.values.shape}: expected ({timesteps},)")
    border = round(fitted * timesteps)
    if border < 2 or timesteps - border < 2:
        raise ValueError(f"{timesteps} timesteps are too few: expected two in either part")
    if not properties:
        return ()
    values = np.stack([one.values for one in properties], axis=1).astype(np.float32)
    early = _Moments(series[:border], values[:border])
    late_values = _with_shuffles(values[border:], rng, shuffles, block)
    late = _Moments(series[border:], late_values)
    thresholds, accuracies = _thresholds(series, values, border)
    weights = _ridge(early)
    ranked = [
        _probe(one.name, k, len(properties), early, late, weights[:, k], thresholds, accuracies)
        for k, one in enumerate(properties)
    ]
    return tuple(sorted(ranked, key=lambda probe: -abs(probe.correlation[probe.best])))


class _Moments:
    """Means, variances and covariances of units (T, H) and values (T, P), in one pass."""

    def __init__(self, series: Array, values: Array):
        self.timesteps = len(series)
        mean = series.mean(axis=0, dtype=np.float64).astype(np.float32)
        centred = values - values.mean(axis=0, dtype=np.float64).astype(np.float32)
        units, properties = series.shape[1], values.shape[1]
        self.gram = np.zeros((units, units))
        self.cross = np.zeros((units, properties))
        for at in _chunks(self.timesteps):
            rows = np.asarray(series[at], np.float32) - mean
            self.gram += rows.T @ rows
            self.cross += rows.T @ centred[at]
        self.spread = np.einsum("tp,tp->p", centred, centred, dtype=np.float64)

    def correlation(self) -> Array:
        """Each unit with each property, (H, P); 0 where one of them does not vary."""
        return _ratio(self.cross, np.sqrt(np.outer(self.gram.diagonal(), self.spread)))

    def of_sum(self, weights: Array, columns: slice) -> Array:
        """The correlation of a weighted sum of all units with some properties."""
        variance = float(weights @ self.gram @ weights)
        size = np.sqrt(max(variance, 0.0) * self.spread[columns])
        return _ratio(weights @ self.cross[:, columns], size)


def _ratio(above: Array, below: Array) -> Array:
    result: Array = np.divide(above, below, out=np.zeros_like(above), where=below > TINY)
    return result


def _chunks(timesteps: int) -> Iterator[slice]:
    return (slice(start, start + CHUNK) for start in range(0, timesteps, CHUNK))


def _with_shuffles(
    values: Array, rng: np.random.Generator, shuffles: int, block: int | None
) -> Array:
    """The properties (T, P), and behind them the same with shuffled blocks: (T, P + shuffles·P)."""
    length = max(10, len(values) // 40) if block is None else block
    starts = np.arange(0, len(values), length)
    time = np.arange(len(values))
    orders = [
        np.concatenate([time[s : s + length] for s in rng.permutation(starts)])
        for _ in range(shuffles)
    ]
    return np.concatenate([values, *(values[order] for order in orders)], axis=1)


def _ridge(moments: _Moments) -> Array:
    """The weights of all units for each property, (H, P)."""
    gram = moments.gram
    penalty = PENALTY * max(float(gram.diagonal().mean()), TINY)
    weights: Array = np.linalg.solve(gram + penalty * np.eye(len(gram)), moments.cross)
    return weights


def _probe(
    name: str,
    k: int,
    properties: int,
    early: _Moments,
    late: _Moments,
    weights: Array,
    thresholds: Array,
    accuracies: Array,
) -> Probe:
    """The k-th property: its column, and those of its shuffles."""
    shuffled = slice(properties + k, None, properties)
    held_out = late.correlation()
    by_chance = np.abs(held_out[:, shuffled]).max(axis=0)
    together = late.of_sum(weights, slice(k, k + 1))
    ridge_by_chance = np.abs(late.of_sum(weights, shuffled))
    return Probe(
        name=name,
        fitted=early.correlation()[:, k],
        correlation=held_out[:, k],
        chance=float(np.quantile(by_chance, QUANTILE)) if by_chance.size else 0.0,
        threshold=thresholds[:, k],
        accuracy=accuracies[:, k],
        ridge=float(together[0]),
        ridge_chance=float(np.quantile(ridge_by_chance, QUANTILE)) if by_chance.size else 0.0,
    )


def _thresholds(series: Array, values: Array, border: int) -> tuple[Array, Array]:
    """The best threshold of each unit for each property, and its accuracy held out, (H, P)."""
    every = -(-len(series) // MOST_COUNTED)
    series, values, border = series[::every], values[::every], -(-border // every)
    shape = (series.shape[1], values.shape[1])
    thresholds, accuracies = np.full(shape, np.nan), np.full(shape, np.nan)
    low, high = series.min(axis=0), series.max(axis=0)
    step = np.where(high > low, high - low, 1) / LEVELS
    binary = np.flatnonzero(np.isin(values, (0, 1)).all(axis=0))
    for group in (binary[k : k + AT_ONCE] for k in range(0, len(binary), AT_ONCE)):
        early, late = (
            _counts(series[at], values[at][:, group], low, step)
            for at in (slice(0, border), slice(border, None))
        )
        for column, k in enumerate(group):
            level, above = _best_level(early[column])
            thresholds[:, k] = low + (level + 1) * step
            accuracy = _balanced(late[column])
            here = accuracy[np.arange(len(level)), level]
            accuracies[:, k] = np.where(above, here, 1 - here)
    return thresholds, accuracies


def _counts(series: Array, values: Array, low: Array, step: Array) -> Array:
    """How often a unit is at a level while a property is 0 or 1: (P, H, LEVELS, 2)."""
    kinds = 2 ** values.shape[1]
    kind = values.astype(np.int64) @ (2 ** np.arange(values.shape[1]))
    counts = np.zeros((series.shape[1], LEVELS * kinds), np.int64)
    for at in _chunks(len(series)):
        level = ((series[at] - low) / step).astype(np.int16).clip(0, LEVELS - 1)
        codes = np.ascontiguousarray(level.T).astype(np.int64)
        codes *= kinds
        codes += kind[at]
        for unit, row in enumerate(codes):
            counts[unit] += np.bincount(row, minlength=LEVELS * kinds)
    counts = counts.reshape(series.shape[1], LEVELS, kinds)
    yes = (np.arange(kinds)[:, np.newaxis] >> np.arange(values.shape[1])) & 1  # (kinds, P)
    ones, all_of = np.moveaxis(counts @ yes, -1, 0), counts.sum(axis=-1)
    return np.stack([all_of - ones, ones], axis=-1)


def _balanced(counts: Array) -> Array:
    """The balanced accuracy of "1 above the level", (H, LEVELS), from counts (H, LEVELS, 2)."""
    total = counts.sum(axis=1, keepdims=True)
    below = counts.cumsum(axis=1) / np.maximum(total, 1)
    accuracy: Array = (below[..., 0] + 1 - below[..., 1]) / 2
    return accuracy


def _best_level(counts: Array) -> tuple[Array, Array]:
    """The level that tells best, (H,), and whether the 1s are above it."""
    accuracy = _balanced(counts)
    level = np.abs(accuracy - 0.5).argmax(axis=1)
    return level, accuracy[np.arange(len(level)), level] >= 0.5
