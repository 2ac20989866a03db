"""Tiles: a stretch of the run, exact or pooled, with every signal and the strip above.

An exact tile holds the numbers themselves (float32). A coarse tile holds, for each bin of
`factor` timesteps, each unit's lowest and highest value as one byte between that unit's own
lowest and highest of the whole run: enough to paint, never used to read a number out.

A long run is pooled once, in bins of STEP timesteps, and wide tiles are cut from these: the bins of
a tile begin at multiples of its factor, a multiple of STEP, so that both ways give the same bytes.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np

from lstm_core.analysis.pooling import Pooled, pool, pool_again, pooling_factor
from lstm_core.record import Array, record

from ..shared.payload import Packer
from .played import MemoryAlong, Played
from .strips import Strip, describe_strip

COLUMNS = 1200  # beyond about a screen's width of timesteps: bins
FIRST_BYTES = 6_000_000  # an exact tile that comes with the scene
DETAIL_BYTES = 900_000  # an exact tile that is sent while the reader waits
COARSE_BYTES = 900_000  # a coarse one, with an exact one beside it: fewer bins,
LEAST_COLUMNS = 480  # but so many at least
STEP = 8  # timesteps that share a bin of a run that is pooled once
DIRECT = 3 * STEP  # up to this factor bins are cut from the run itself, which is as quick
BLOCK = 1024  # bins that become bytes at once


@record
class Extent:
    """What one signal does over the whole run, by unit: (R,) each, finite."""

    low: Array
    high: Array
    mean: Array


@record
class Overview:
    """What a run does as a whole: each recorded signal's extent, and its bins of STEP as bytes.

    A run that is short enough to be cut from itself has no bins.
    """

    extents: dict[str, Extent]
    bins: dict[str, Pooled]


def overview(trace: Played) -> Overview:
    """Return what a run does as a whole; every value of it is read once or twice."""
    factor = coarse_factor(len(trace), COLUMNS)
    known, kept = {}, {}
    for signal in trace.vocabulary.recorded:
        series = trace.series(signal.name)
        bins = pool(series, min(factor, STEP))
        known[signal.name] = _extent(bins, series)
        if factor > DIRECT:
            kept[signal.name] = _as_bytes(bins, known[signal.name])
    return Overview(extents=known, bins=kept)


def coarse_factor(timesteps: int, columns: int) -> int:
    """How many timesteps share a bin, so that about `columns` are enough; see STEP and DIRECT."""
    factor = pooling_factor(timesteps, columns)
    return factor if factor <= DIRECT else STEP * pooling_factor(factor, STEP)


def _extent(bins: Pooled, series: Array) -> Extent:
    low, high = np.fmin.reduce(bins.low), np.fmax.reduce(bins.high)
    statistics = (low, high, series.mean(axis=0))
    low, high, mean = (np.nan_to_num(values).astype(np.float32) for values in statistics)
    return Extent(low=low, high=high, mean=mean)


def exact_planes(trace: Played, start: int, stop: int) -> dict[str, Array]:
    """Return what the drawing needs to be right at timesteps start..stop-1, each (T, ·).

    Every recorded signal, what lies between them, and `carried`, the memory that came in (c₋,
    or h₋ where there is no cell state). So the drawing knows neither activations nor directions.
    Of a memory that stands beside another, which has no drawing, it is that memory alone.
    """
    at = slice(start, stop)
    planes = {signal.name: trace.series(signal.name)[at] for signal in trace.vocabulary.recorded}
    if isinstance(trace, MemoryAlong):
        return planes
    return {**planes, "carried": trace.previous.memory[at], **trace.intermediates(at)}


def bytes_per_timestep(trace: Played) -> int:
    """How many bytes one timestep of an exact tile takes."""
    return 4 * sum(int(plane.shape[-1]) for plane in exact_planes(trace, 0, 1).values())


def detail_timesteps(trace: Played) -> int:
    """How many timesteps an exact tile has that is sent on demand: at least 16."""
    return max(16, DETAIL_BYTES // bytes_per_timestep(trace))


def is_small(trace: Played) -> bool:
    """Whether the whole run can be sent as it is."""
    size = len(trace) * bytes_per_timestep(trace)
    return len(trace) <= COLUMNS and size <= FIRST_BYTES


def exact_tile(packer: Packer, trace: Played, strip: Strip, start: int, stop: int) -> Any:
    """Pack timesteps start..stop-1 as they are."""
    planes = exact_planes(trace, start, stop)
    return {
        "start": start,
        "stop": stop,
        "factor": 1,
        "exact": {name: packer.add(values) for name, values in planes.items()},
        "strip": describe_strip(packer, strip, start, stop, 1),
    }


def coarse_tile(
    packer: Packer,
    trace: Played,
    strip: Strip,
    known: Overview,
    window: tuple[int, int],
    signals: Collection[str],
    columns: int = 0,
) -> Any:
    """Pack `signals` of the timesteps `window`, first and last + 1, for painting.

    It has about as many bins as `columns`, or COLUMNS. They are whole: the tile may begin and end
    beyond the window.
    """
    factor = coarse_factor(window[1] - window[0], columns or COLUMNS)
    start = window[0] // factor * factor
    stop = min(len(trace), -(-window[1] // factor) * factor)
    planes = {}
    for name in signals:
        bins = _bins(trace, known, name, start, stop, factor)
        missing = bins.low > bins.high
        sides = {"low": np.where(missing, 0, bins.low), "high": bins.high}
        planes[name] = {
            side: packer.add(values)
            for side, values in sides.items()
            if factor > 1 or side == "low"  # where a bin is one timestep both are the same
        }
    return {
        "start": start,
        "stop": stop,
        "factor": factor,
        "coarse": planes,
        "strip": describe_strip(packer, strip, start, stop, factor),
    }


def coarse_columns(trace: Played, signals: Collection[str], exact: int = 0) -> int:
    """How many bins a tile of these signals has that is sent while the reader waits.

    With it come so many timesteps of an exact one.
    """
    cells = sum(int(trace.series(name).shape[-1]) for name in signals)
    left = COARSE_BYTES - exact * bytes_per_timestep(trace)
    return min(COLUMNS, max(LEAST_COLUMNS, left // (2 * cells)))


def _bins(trace: Played, known: Overview, name: str, start: int, stop: int, factor: int) -> Pooled:
    """Bins of a signal as bytes: of the run that was pooled, or of the run itself."""
    if factor % STEP or name not in known.bins:
        return _as_bytes(pool(trace.series(name)[start:stop], factor), known.extents[name])
    kept, at = known.bins[name], slice(start // STEP, -(-stop // STEP))
    return pool_again(Pooled(factor=STEP, low=kept.low[at], high=kept.high[at]), factor // STEP)


def _as_bytes(bins: Pooled, extent: Extent) -> Pooled:
    """Bins as 0..255 between each unit's own lowest and highest.

    It keeps the order of values, so that pooling may come before or after. A bin of nothing but
    NaN has its low above its high, and vanishes among others.
    """
    low, high = (_bytes(values, extent) for values in (bins.low, bins.high))
    missing = np.isnan(bins.low)
    if missing.any():
        low[missing], high[missing] = 255, 0
    return Pooled(factor=bins.factor, low=low, high=high)


def _bytes(values: Array, extent: Extent) -> Array:
    """Values as 0..255 between each unit's own lowest and highest; NaN as 0."""
    width = extent.high - extent.low
    scale = 255 / np.where(width > 0, width, 1)
    found = np.empty(values.shape, np.uint8)
    for first in range(0, len(values), BLOCK):  # each stays in the processor's cache
        scaled = (values[first : first + BLOCK] - extent.low) * scale
        np.fmin(np.fmax(scaled, 0, out=scaled), 255, out=scaled)
        found[first : first + BLOCK] = np.rint(scaled, out=scaled)
    return found
