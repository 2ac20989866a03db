"""Search for the places at which some units do what they do here.

A hypothesis says of some units that one signal is at or above a threshold over some timesteps,
and below it just before and just after. A match is a longest run of timesteps of one sequence at
which at least so many of the units are on. Matches are ranked by how many of the units are on
throughout and off just outside, then by how near their length is to the hypothesis's, then by how
few other units are on throughout.

How many matches chance would give is counted, not assumed: the series of each unit is turned by an
amount of its own against the others, which leaves every unit its own runs and undoes what the
units do together. Of one unit alone nothing is undone: chance gives what there is.

Source: Strobelt, Gehrmann, Pfister & Rush, "LSTMVis", 2018 (select and match).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Literal

import numpy as np

from ..record import Array, record
from .blocks import Block
from .index import SearchIndex
from .levels import Levels
from .plan import CorpusError

TURNS = 2  # times that the units are turned against each other
SHORT = 16  # timesteps of runs that are looked at step by step
MOST = 100  # matches that are ranked by the other units too
RATIO = 2  # a match may be half as long as the hypothesis, or twice
Outside = Literal["both", "before", "after", "neither"]


@record
class Hypothesis:
    """`units` of `signal` are at or above `threshold`: `length` timesteps, off just outside.

    A match has at least `least` of the units on, and `shortest` to `longest` timesteps. `outside`
    says on which sides of it the units are to be off.
    """

    signal: str
    threshold: float
    units: tuple[int, ...]
    length: int
    least: int
    shortest: int
    longest: int
    outside: Outside = "both"

    def check(self) -> None:
        """Raise CorpusError for a hypothesis that says nothing."""
        if not self.units:
            raise CorpusError(
                "No unit is on throughout the range and off just outside it: choose another range, "
                "signal or threshold, or fewer sides on which it is off."
            )
        if not 1 <= self.least <= len(self.units):
            raise CorpusError(f"{self.least} units are asked for: expected 1 to {len(self.units)}.")


@record
class Match:
    """A run of timesteps of one sequence, both ends included.

    Of the hypothesis's units `exact` are on throughout, and off outside as it says; `others` is
    how many further units are on throughout.
    """

    sequence: int
    first: int
    last: int
    exact: int
    others: int

    def __len__(self) -> int:
        """How many timesteps it has."""
        return self.last - self.first + 1


@record
class Matches:
    """The best matches, `total` of all there are, and how many `chance` would give."""

    hypothesis: Hypothesis
    best: tuple[Match, ...]
    total: int
    chance: float


def hypothesis_at(
    index: SearchIndex,
    sequence: int,
    first: int,
    last: int,
    signal: str,
    threshold: float,
    outside: Outside = "both",
) -> Hypothesis:
    """Return what a range of timesteps of one sequence says, both ends included.

    Its units are those that are on throughout the range and off at the timestep before and at the
    one after, on the sides that `outside` names and where there is such a timestep. The threshold
    is moved to the nearest edge of all levels. Raises CorpusError for a range that is not inside
    the sequence, and where there is no unit.
    """
    levels = index.plan.of(signal)
    codes = index.codes(signal, index.place(sequence))
    return hypothesis_of(levels, codes, first, last, threshold, outside)


def hypothesis_of(
    levels: Levels,
    codes: Array,
    first: int,
    last: int,
    threshold: float,
    outside: Outside = "both",
) -> Hypothesis:
    """Return what `hypothesis_at` does, of a run that need not be in the index.

    `codes` (H, T) are the levels of the signal that `levels` names. Raises CorpusError likewise.
    """
    timesteps = codes.shape[-1]
    if not 0 <= first <= last < timesteps:
        raise CorpusError(
            f"The range is {first} to {last}: expected timesteps between 0 and {timesteps - 1}."
        )
    threshold = levels.nearest_edge(threshold)
    on = codes >= levels.first_codes(threshold)[:, np.newaxis]
    alike = on[:, first : last + 1].all(axis=1)
    if first > 0 and outside in ("both", "before"):
        alike &= ~on[:, first - 1]
    if last + 1 < timesteps and outside in ("both", "after"):
        alike &= ~on[:, last + 1]
    units = tuple(np.flatnonzero(alike).tolist())
    length = last - first + 1
    return Hypothesis(
        signal=levels.signal,
        threshold=threshold,
        units=units,
        length=length,
        least=max(len(units), 1),
        shortest=ceil(length / RATIO),
        longest=length * RATIO,
        outside=outside,
    )


def suggested_range(
    index: SearchIndex, sequence: int, signal: str, threshold: float, t: int, unit: int = -1
) -> tuple[int, int]:
    """Return the range near a timestep at which a unit is on, both ends included.

    It is the unit's longest run of timesteps around `t`, or else the one nearest to it. Where the
    unit is never on, or is -1, it is the unit that is furthest above the threshold at `t`, or
    anywhere; where no unit is ever on, `t` itself.
    """
    levels = index.plan.of(signal)
    return range_of(levels, index.codes(signal, index.place(sequence)), threshold, t, unit)


def range_of(
    levels: Levels, codes: Array, threshold: float, t: int, unit: int = -1
) -> tuple[int, int]:
    """Return what `suggested_range` does, of a run with the levels `codes`, (H, T)."""
    above = (
        codes.astype(np.int64) - levels.first_codes(levels.nearest_edge(threshold))[:, np.newaxis]
    )
    if not 0 <= unit < len(above) or above[unit].max() < 0:
        unit = int(above[:, t].argmax())
        if above[unit, t] < 0:
            unit = int(above.max(axis=1).argmax())
    on = np.concatenate([[False], above[unit] >= 0, [False]])
    if not on.any():
        return t, t
    first, stop = np.flatnonzero(~on[:-1] & on[1:]), np.flatnonzero(on[:-1] & ~on[1:])
    away = np.maximum(np.maximum(first - t, t - stop + 1), 0)
    nearest = int(away.argmin())
    return int(first[nearest]), int(stop[nearest]) - 1


def matches(index: SearchIndex, hypothesis: Hypothesis, most: int = MOST) -> Matches:
    """Return the best matches of a hypothesis over all sequences, at most `most`."""
    rng = np.random.default_rng(0)
    passing: list[_Runs] = []
    chance = 0
    for number in range(len(index.blocks)):
        series = _series(index, number, hypothesis)
        passing.append(_runs(index, number, hypothesis, series))
        for _ in range(TURNS):
            starts, _ = _run_bounds(_turned(series, rng), index.edges[number], hypothesis)
            chance += len(starts)
    total = sum(len(runs.first) for runs in passing)
    return Matches(
        hypothesis=hypothesis,
        best=_ranked(index, hypothesis, passing, most),
        total=total,
        chance=chance / TURNS,
    )


@record
class _Runs:
    """The matches in one block, as arrays: where they begin and end there, and how exact."""

    block: int
    first: Array
    last: Array
    exact: Array


def _series(index: SearchIndex, number: int, hypothesis: Hypothesis) -> list[Array]:
    """Of each unit of the hypothesis when it is on in one block, (T,) bool each."""
    codes = index.blocks[number].codes[hypothesis.signal]
    edges = index.plan.of(hypothesis.signal).first_codes(hypothesis.threshold)
    if max(hypothesis.units) >= len(codes):
        raise CorpusError(
            f"unit is {max(hypothesis.units)}: expected units between 0 and {len(codes) - 1}."
        )
    return [codes[unit] >= edges[unit] for unit in hypothesis.units]


def _together(series: list[Array]) -> Array:
    """How many of the series are on at each timestep, (T,)."""
    counts = np.zeros(len(series[0]), np.uint8 if len(series) < 256 else np.uint16)
    for one in series:
        np.add(counts, one.view(np.uint8), out=counts)
    return counts


def _turned(series: list[Array], rng: np.random.Generator) -> Array:
    """How many are on at each timestep where each series but the first is turned by an amount."""
    counts = _together(series[:1])
    if len(series) > 255:
        counts = counts.astype(np.uint16)
    for one in series[1:]:
        by = int(rng.integers(len(one))) if len(one) else 0
        turned = one.view(np.uint8)
        np.add(counts[by:], turned[: len(one) - by], out=counts[by:])
        np.add(counts[:by], turned[len(one) - by :], out=counts[:by])
    return counts


def _run_bounds(counts: Array, edges: Array, hypothesis: Hypothesis) -> tuple[Array, Array]:
    """Where the runs of a block begin and where they end, the end excluded.

    `counts` (T,) are how many of the units are on at each timestep.
    """
    on = counts >= hypothesis.least
    before = np.empty(len(on), bool)
    before[:1] = False
    before[1:] = on[:-1]
    before[edges[:-1][edges[:-1] < len(on)]] = False  # no run goes over a sequence's end
    starts = np.flatnonzero(on & ~before)
    after = np.empty(len(on), bool)
    after[-1:] = False
    after[:-1] = on[1:]
    after[edges[1:][edges[1:] > 0] - 1] = False
    stops = np.flatnonzero(on & ~after) + 1
    lengths = stops - starts
    fits = (lengths >= hypothesis.shortest) & (lengths <= hypothesis.longest)
    return starts[fits], stops[fits]


def _runs(index: SearchIndex, number: int, hypothesis: Hypothesis, series: list[Array]) -> _Runs:
    edges = index.edges[number]
    first, stop = _run_bounds(_together(series), edges, hypothesis)
    outside = hypothesis.outside
    is_edge = np.zeros(int(edges[-1]) + 1, bool)
    is_edge[edges] = True
    begins = is_edge[first] | (outside in ("after", "neither"))
    ends = is_edge[stop] | (outside in ("before", "neither"))
    exact = np.zeros(len(first), np.int64)
    for one in series:
        off_before = begins | ~one[np.maximum(first - 1, 0)]
        off_after = ends | ~one[np.minimum(stop, len(one) - 1)]
        held = off_before & off_after
        if hypothesis.least < len(series) and len(first):
            held &= _throughout(one, first, stop)
        exact += held
    return _Runs(block=number, first=first, last=stop - 1, exact=exact)


def _throughout(series: Array, first: Array, stop: Array) -> Array:
    """Whether a series (T,) is on throughout each run."""
    longest = int((stop - first).max())
    if longest <= SHORT:
        throughout = series[first].copy()
        for step in range(1, longest):
            throughout &= series[np.minimum(first + step, stop - 1)]
        return throughout
    before = np.concatenate([[0], np.cumsum(series, dtype=np.int32)])
    all_on: Array = before[stop] - before[first] == stop - first
    return all_on


def _ranked(
    index: SearchIndex, hypothesis: Hypothesis, passing: Sequence[_Runs], most: int
) -> tuple[Match, ...]:
    """The best matches of all blocks, in their order."""
    block = np.concatenate([np.full(len(runs.first), runs.block) for runs in passing])
    first, last, exact = (
        np.concatenate([getattr(runs, name) for runs in passing])
        for name in ("first", "last", "exact")
    )
    away = np.abs(last - first + 1 - hypothesis.length)
    nearest = np.arange(len(first))
    if len(first) > most:  # those that are worse than so many need not be put in order
        worse = (len(hypothesis.units) - exact) * (1 + int(away.max())) + away
        nearest = np.flatnonzero(worse <= np.partition(worse, most)[most])
    order = np.lexsort((first[nearest], block[nearest], away[nearest], -exact[nearest]))
    nearest = nearest[order[:most]]
    block, first, last, exact, away = (a[nearest] for a in (block, first, last, exact, away))
    others = np.array(
        [_others(index, hypothesis, *run) for run in zip(block, first, last, strict=True)], np.int64
    )
    order = np.lexsort((np.arange(len(nearest)), others, away, -exact))
    columns = (values[order].tolist() for values in (block, first, last, exact, others))
    return tuple(_match(index, *values) for values in zip(*columns, strict=True))


def _others(index: SearchIndex, hypothesis: Hypothesis, block: int, first: int, last: int) -> int:
    """How many units outside the hypothesis are on throughout a run."""
    edges = index.plan.of(hypothesis.signal).first_codes(hypothesis.threshold)
    codes = index.blocks[block].codes[hypothesis.signal][:, first : last + 1]
    on = (codes >= edges[:, np.newaxis]).all(axis=1)
    return int(np.delete(on, hypothesis.units).sum())


def _match(index: SearchIndex, block: int, first: int, last: int, exact: int, others: int) -> Match:
    edges = index.edges[block]
    k = int(np.searchsorted(edges, first, side="right")) - 1
    return Match(
        sequence=int(index.starts[block]) + k,
        first=first - int(edges[k]),
        last=last - int(edges[k]),
        exact=exact,
        others=others,
    )


@record
class Aligned:
    """What stands around matches: timesteps -`before` … `after` - 1 from where each begins.

    `read` (M, W) are places in the alphabet, -1 outside a sequence, or (M, W, D) numbers, NaN
    outside. `values` (M, W) is the mean of the hypothesis's units, NaN outside.
    """

    before: int
    read: Array
    values: Array


def aligned(index: SearchIndex, matched: Matches, before: int = 5, after: int = 15) -> Aligned:
    """Return what the best matches read and do, one row each, aligned where they begin."""
    count, width = len(matched.best), before + after
    numbers = not index.plan.alphabet
    columns = _columns(index.blocks)
    read = np.full((count, width, columns), np.nan) if numbers else np.full((count, width), -1)
    values = np.full((count, width), np.nan, np.float32)
    levels, units = index.plan.of(matched.hypothesis.signal), list(matched.hypothesis.units)
    for k, match in enumerate(matched.best):
        place = index.place(match.sequence)
        low, high = max(match.first - before, 0), min(match.first + after, len(place))
        there = slice(low - match.first + before, high - match.first + before)
        read[k, there] = index.read(match.sequence)[low:high]
        codes = index.codes(matched.hypothesis.signal, place)[:, low:high]
        values[k, there] = levels.values(codes.T)[:, units].mean(axis=1)
    return Aligned(before=before, read=read, values=values)


def _columns(blocks: Sequence[Block]) -> int:
    return next((block.read.shape[1] for block in blocks if block.read.ndim > 1), 0)
