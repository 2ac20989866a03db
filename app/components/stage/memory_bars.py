"""The bars "Written at" of a long run, of whose start the browser has no exact numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from lstm_core.analysis import contributions
from lstm_core.analysis.pooling import pool, pooling_factor
from lstm_core.record import Array, read_only
from lstm_core.run.trace import Trace

from ..shared.payload import Packer
from .settings import MEAN_OF_UNITS

MOST_BARS = 1200  # about a screen's width

_last: WeakKeyDictionary[Trace, tuple[int, int, Array]] = WeakKeyDictionary()  # t, unit, bars


def written_at(trace: Trace, t: int, unit: int) -> Array:
    """Return what each timestep's write contributes to a unit's memory at `t`, (T,).

    Of all units (MEAN_OF_UNITS) the sum of its sizes. Timesteps that are not read by then are 0,
    and so is what is no finite number. Raises as `contributions` does.
    """
    parts = contributions(trace, t)
    if unit == MEAN_OF_UNITS:
        written = np.abs(parts.written).sum(axis=1, dtype=np.float64)
    else:
        written = parts.written[:, unit].astype(np.float64)
    bars = np.zeros(len(trace))
    bars[parts.timesteps] = np.nan_to_num(written, posinf=0, neginf=0)
    return bars


def _bars_of(trace: Trace, t: int, unit: int) -> Array:
    """What `written_at` returns; the last of each run is kept, since a zoom asks for it again."""
    last = _last.get(trace)
    if last is None or last[:2] != (t, unit):
        last = _last[trace] = (t, unit, read_only(written_at(trace, t, unit)))
    return last[2]


def pack_bars(packer: Packer, trace: Trace, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Pack the bars that were asked for: the cursor's `t`, the `unit`, and `window`.

    The window is the first timestep in sight and the last + 1. All three are clamped to the run.
    `largest` is the largest size of a bar of the whole run, `total` the sum of all sizes, and
    `signed` says whether some bar goes down. Where the window is wider than MOST_BARS, `factor`
    timesteps share a place: `high` has the highest of them, `low` the lowest.
    """
    timesteps = len(trace)
    t = min(max(int(asked["t"]), 0), timesteps - 1)
    unit = min(max(int(asked["unit"]), MEAN_OF_UNITS), trace.parameters.hidden_size - 1)
    first = min(max(int(asked["window"][0]), 0), timesteps - 1)
    end = min(max(int(asked["window"][1]), first + 1), timesteps)
    factor = pooling_factor(end - first, MOST_BARS)
    start, stop = first // factor * factor, min(timesteps, -(-end // factor) * factor)
    bars = _bars_of(trace, t, unit)
    bins = pool(bars[start:stop], factor)
    sizes = np.abs(bars)
    return {
        "t": t,
        "unit": unit,
        "start": start,
        "stop": stop,
        "factor": factor,
        "low": packer.add(bins.low),
        "high": packer.add(bins.high),
        "largest": float(sizes.max()),
        "total": float(sizes.sum()),
        "signed": bool((bars < 0).any()),
    }
