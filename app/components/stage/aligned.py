"""Scenes of runs that stand side by side: each plays its memory, place by place of an alignment.

All of them are as long as the alignment is. Where a run reads nothing its stage shows the state in
which it was left, and says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from lstm_core.analysis.alignment import NOTHING
from lstm_core.record import Array
from lstm_core.tasks import Event
from lstm_core.tasks.events import in_order

from ..shared.payload import Packer
from .played import MemoryAlong
from .scene import Scene, packed_scene
from .settings import STAGE_DEFAULTS
from .strips import UNKNOWN, NumberStrip, Strip, StripLine, SymbolStrip


def build_aligned_scene(
    memory: MemoryAlong,
    strip: Strip,
    orders: Mapping[str, Array],
    places: Array,
    *,
    events: Sequence[Event] = (),
    reaches: Mapping[str, Array] | None = None,
    by_place: bool = False,
) -> Scene:
    """Pack a memory along an alignment for a stage of a group; `strip` is of as many places.

    `places` (n,) are the timesteps that are read at each, `NOTHING` where none is. `events` are by
    place, see `events_along`. With `by_place` the axis counts places: what is shown belongs to
    both runs. See `build_scene` for the rest.
    """
    packer = Packer()
    plain = np.array_equal(places, np.arange(len(places)))
    header = {
        "settings": STAGE_DEFAULTS,
        "note": "",
        "changed": None,
        "places_read": None if plain else packer.add(places.astype(np.int32)),
        "by_place": by_place and not plain,
        "gaps": [] if plain else gaps(places),
    }
    return packed_scene(packer, header, memory, strip, orders, events=events, reaches=reaches)


def gaps(places: Array) -> list[list[int]]:
    """Return the stretches in which nothing is read, [first, last + 1] each."""
    edges = np.diff((places == NOTHING).astype(np.int8), prepend=0, append=0)
    stretches = zip(np.flatnonzero(edges == 1), np.flatnonzero(edges == -1), strict=True)
    return [[int(first), int(stop)] for first, stop in stretches]


def events_along(events: Sequence[Event], places: Array, more: Event | None) -> tuple[Event, ...]:
    """Return the events of a run by place of an alignment, with one more."""
    at = {int(timestep): place for place, timestep in enumerate(places)}
    along = [Event(timestep=at[e.timestep], label=e.label) for e in events if e.timestep in at]
    return in_order([more, *along])


def strip_along(strip: Strip, places: Array) -> Strip:
    """Return a strip by place of an alignment, with nothing where nothing was read."""
    read = [int(timestep) for timestep in places]
    extra = tuple(_line_along(line, places) for line in strip.extra)
    times = _texts_along(strip.times, read)
    if isinstance(strip, NumberStrip):
        return replace(
            strip,
            values=_numbers_along(strip.values, places),
            predicted=None if strip.predicted is None else _numbers_along(strip.predicted, places),
            truth=None if strip.truth is None else _numbers_along(strip.truth, places),
            extra=extra,
            times=times,
        )
    verdicts = strip.verdicts[np.maximum(places, 0)]
    return replace(
        strip,
        tokens=_texts_along(strip.tokens, read),
        predicted=_texts_along(strip.predicted, read),
        correct=np.where(places == NOTHING, UNKNOWN, verdicts),
        expected=(),
        legal=(),
        extra=extra,
        times=times,
    )


def blank_strip(timesteps: int) -> SymbolStrip:
    """Return the strip of a stage above which nothing stands."""
    return SymbolStrip(tokens=("",) * timesteps)


def _texts_along(texts: tuple[str, ...], read: list[int]) -> tuple[str, ...]:
    return tuple("" if t == NOTHING else texts[t] for t in read) if texts else ()


def _numbers_along(numbers: Array, places: Array) -> Array:
    """Numbers (T, ...) by place, NaN where nothing was read."""
    along = numbers[np.maximum(places, 0)].astype(np.float64)
    along[places == NOTHING] = np.nan
    return along


def _line_along(line: StripLine, places: Array) -> StripLine:
    labels = _texts_along(line.labels, [int(timestep) for timestep in places])
    return replace(line, values=_numbers_along(line.values, places), labels=labels)
