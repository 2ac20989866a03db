"""A corpus at a glance: what every unit's gates do, what happens around an event, who is alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from ..record import Array, record
from .index import SearchIndex

SAMPLE = 20_000  # timesteps from which correlations are computed


@record
class GateOverview:
    """How open each gate is: mean over all timesteps, by unit, and its quartiles over sequences.

    `units` (gates, H) and `sequences` (gates, N) are means, 0..1.
    """

    gates: tuple[str, ...]
    units: Array
    sequences: Array


def gate_overview(index: SearchIndex) -> GateOverview:
    """Return the mean of every gate, for each unit and for each sequence of a corpus."""
    units, sequences = [], []
    for name in index.plan.gates:
        levels = index.plan.of(name)
        totals, means = np.zeros(len(levels.steps)), []
        for block, edges in zip(index.blocks, index.edges, strict=True):
            codes = block.codes[name]
            totals += codes.sum(axis=1, dtype=np.int64)
            if len(edges) > 1:
                by_time = codes.sum(axis=0, dtype=np.int64) / len(codes)
                lengths = np.diff(edges)
                means.append(np.add.reduceat(by_time, edges[:-1]) / lengths)
        middle = (0.5 - levels.offset) * levels.steps  # of a level, above its lower edge
        units.append(totals / index.timesteps * levels.steps + middle)
        sequences.append(np.concatenate(means) * levels.steps[0] + middle[0])
    width = len(index.plan.of("hidden_state").steps)
    return GateOverview(
        gates=index.plan.gates,
        units=np.array(units) if units else np.zeros((0, width)),
        sequences=np.array(sequences) if sequences else np.zeros((0, len(index))),
    )


def average_around(
    index: SearchIndex, events: Iterable[tuple[int, int]], signal: str, before: int, after: int
) -> tuple[Array, int]:
    """Return the mean of a signal around events, (before + after + 1, H), and how many there are.

    `events` are sequences and timesteps; the event itself is row `before`. What lies outside a
    sequence does not count; a row at which nothing lies is NaN.
    """
    levels = index.plan.of(signal)
    sums = np.zeros((before + after + 1, len(levels.steps)))
    counts, number = np.zeros((before + after + 1, 1)), 0
    for sequence, t in events:
        place = index.place(sequence)
        low, high = max(t - before, 0), min(t + after + 1, len(place))
        there = slice(low - t + before, high - t + before)
        sums[there] += levels.values(index.codes(signal, place)[:, low:high].T)
        counts[there] += 1
        number += 1
    with np.errstate(invalid="ignore", divide="ignore"):
        return sums / counts, number


def sampled(index: SearchIndex, signal: str) -> Array:
    """Return the levels of timesteps spread evenly over a corpus, (H, at most `SAMPLE`)."""
    every = max(1, -(-index.timesteps // SAMPLE))
    parts = [block.codes[signal][:, ::every] for block in index.blocks if block.timesteps]
    return np.concatenate(parts, axis=1)


def clustered_units(index: SearchIndex, signal: str) -> tuple[Array, Array]:
    """Return how units go together: an order (H,), and their correlations in that order, (H, H).

    Units that rise and fall together, or against each other, stand side by side: the order is by
    the angle between the two main directions of the correlations. A unit that never changes is
    correlated with none.
    """
    values = sampled(index, signal).astype(np.float64)
    values -= values.mean(axis=1, keepdims=True)
    sizes = np.sqrt((values**2).sum(axis=1, keepdims=True))
    values = np.divide(values, sizes, out=np.zeros_like(values), where=sizes > 0)
    correlations = values @ values.T
    order = _by_angle(correlations)
    return order, correlations[np.ix_(order, order)]


def _by_angle(correlations: Array) -> Array:
    """The order of units round the circle of the two main directions, cut at the widest gap.

    Source: Friendly, "Corrgrams", 2002.
    """
    if len(correlations) < 3:
        return np.arange(len(correlations))
    _, vectors = np.linalg.eigh(correlations)
    angles = np.arctan2(vectors[:, -2], vectors[:, -1])
    order = np.argsort(angles, kind="stable")
    gaps = np.diff(angles[order], append=angles[order[0]] + 2 * np.pi)
    return np.roll(order, -int(gaps.argmax()) - 1)


@record
class Projection:
    """Sequences on two axes, (N, 2): the main directions of their mean hidden states.

    `explained` (2,) is the share of the variance along each.
    """

    points: Array
    explained: Array


def projection(means: Sequence[Array] | Array) -> Projection:
    """Return rows (N, P) projected on their two main directions (PCA).

    A direction's sign is such that its largest part is positive. A row that is not finite has no
    place, NaN, and moves no other.
    """
    rows = np.asarray(means, np.float64)
    finite: Array = np.asarray(np.isfinite(rows).all(axis=1))
    values = rows[finite] - rows[finite].sum(axis=0) / max(1, finite.sum())
    _, sizes, directions = np.linalg.svd(values.T @ values, hermitian=True)
    first = directions[:2]
    strongest = np.abs(first).argmax(axis=1)
    first = first * np.where(first[np.arange(len(first)), strongest] < 0, -1, 1)[:, np.newaxis]
    points = np.full((len(rows), 2), np.nan)
    points[finite] = 0
    points[finite, : len(first)] = values @ first.T
    total = sizes.sum() or 1.0
    explained = np.zeros(2)
    explained[: len(first)] = sizes[:2] / total
    return Projection(points=points, explained=explained)
