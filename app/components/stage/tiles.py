"""Tiles: a stretch of the run, exact or pooled, with every signal and the strip above.

An exact tile holds the numbers themselves (float32). A coarse tile holds, for each bin of
`factor` timesteps, each unit's lowest and highest value as one byte between that unit's own
lowest and highest of the whole run: enough to paint, never used to read a number out.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from lstm_core.analysis.pooling import Pooled, pool, pooling_factor
from lstm_core.record import Array, record

from ..shared.payload import Packer
from .played import MemoryAlong, Played
from .strips import Strip, describe_strip

COLUMNS = 1200  # beyond about a screen's width of timesteps: bins
FIRST_BYTES = 6_000_000  # an exact tile that comes with the scene
DETAIL_BYTES = 2_000_000  # an exact tile that is sent while the reader waits


@record
class Extent:
    """What one signal does over the whole run, by unit: (R,) each, finite."""

    low: Array
    high: Array
    mean: Array


def pool_signals(trace: Played, start: int, stop: int) -> dict[str, Pooled]:
    """Return every recorded signal of timesteps start..stop-1 in at most COLUMNS bins."""
    factor = pooling_factor(stop - start, COLUMNS)
    names = (signal.name for signal in trace.vocabulary.recorded)
    return {name: pool(trace.series(name)[start:stop], factor) for name in names}


def extents(trace: Played, pooled: dict[str, Pooled]) -> dict[str, Extent]:
    """Return lowest, highest and mean of every recorded signal, by unit.

    `pooled` is the whole run; lowest and highest of its bins are those of the run.
    """
    return {name: _extent(bins, trace.series(name)) for name, bins in pooled.items()}


def _extent(bins: Pooled, series: Array) -> Extent:
    statistics = (bins.low.min(axis=0), bins.high.max(axis=0), series.mean(axis=0))
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
    pooled: dict[str, Pooled],
    strip: Strip,
    known: dict[str, Extent],
    start: int,
    stop: int,
) -> Any:
    """Pack timesteps start..stop-1, pooled by `pool_signals`, for painting."""
    factor = pooling_factor(stop - start, COLUMNS)
    planes = {}
    for name, bins in pooled.items():
        sides = {"low": bins.low} if factor == 1 else {"low": bins.low, "high": bins.high}
        planes[name] = {side: packer.add(_bytes(v, known[name])) for side, v in sides.items()}
    return {
        "start": start,
        "stop": stop,
        "factor": factor,
        "coarse": planes,
        "strip": describe_strip(packer, strip, start, stop, factor),
    }


def _bytes(values: Array, extent: Extent) -> Array:
    """Values as 0..255 between each unit's own lowest and highest."""
    width = extent.high - extent.low
    scaled = (values - extent.low) * (255 / np.where(width > 0, width, 1))
    return np.rint(np.nan_to_num(np.clip(scaled, 0, 255))).astype(np.uint8)
