"""A threshold that parts a signal's values in two, suggested from their distribution.

Source: Otsu, "A Threshold Selection Method from Gray-Level Histograms", 1979: the threshold at
which the variance between the two classes is largest.
"""

from __future__ import annotations

import numpy as np

from ..record import Array
from .index import SearchIndex

BLOCKS = 4  # that are looked at
BINS = 256


def distribution(index: SearchIndex, signal: str) -> tuple[Array, Array]:
    """Return how often a signal lies between two edges: edges (257,) and counts (256,).

    Edges are those of the coarsest unit. It counts all units, in at most `BLOCKS` blocks that are
    spread evenly over the corpus.
    """
    levels = index.plan.of(signal)
    edges = (np.arange(BINS + 1) - levels.offset) * levels.coarsest
    places = np.unique(np.linspace(0, len(index.blocks) - 1, BLOCKS).astype(int))
    counts = np.zeros(BINS, np.int64)
    ratios = np.rint(levels.coarsest / levels.steps).astype(np.int64)
    for block in (index.blocks[k] for k in places):
        for unit, ratio in enumerate(ratios.tolist()):
            of_unit = np.bincount(block.codes[signal][unit], minlength=BINS)
            bins = (np.arange(BINS) - levels.offset) // ratio + levels.offset
            np.add.at(counts, bins, of_unit)
    return edges, counts


def suggested_threshold(index: SearchIndex, signal: str) -> float:
    """Return the edge of a level that parts the signal's values best in two (Otsu's).

    Of a signal that goes below zero the values above it are parted, where there are any: what is
    on is then strongly positive.
    """
    edges, counts = distribution(index, signal)
    above = np.where(edges[:-1] >= 0, counts, 0)
    return float(edges[otsu(above if np.count_nonzero(above) > 1 else counts)])


def otsu(counts: Array) -> int:
    """Return k such that counts[:k] and counts[k:] differ most; half-way between equal ones."""
    total = counts.sum()
    below = np.cumsum(counts)[:-1].astype(np.float64)
    weighted = np.cumsum(counts * np.arange(len(counts)))
    with np.errstate(divide="ignore", invalid="ignore"):
        gap = weighted[:-1] / below - (weighted[-1] - weighted[:-1]) / (total - below)
        between = np.nan_to_num(below * (total - below) * gap**2)
    best = np.flatnonzero(between == between.max())
    return int(best[len(best) // 2]) + 1
