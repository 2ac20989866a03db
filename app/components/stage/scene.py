"""A scene: one trace and the strip above it, packed for the browser."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from hashlib import sha256
from typing import Any

import numpy as np

from lstm_core.analysis.ordering import by_similarity, longest_first, time_scales
from lstm_core.analysis.origins import MAJORITY, NOTICEABLE
from lstm_core.record import Array, record
from lstm_core.run.trace import Trace
from lstm_core.tasks import Event
from lstm_core.vocabulary import Signal

from ... import theme
from ...words import captions
from ...words import stage as stage_words
from ...words.language import spoken
from ...words.phrases import said
from ..shared.payload import Packer
from ..shared.spoken import browser_words
from .cards import describe_cards
from .memory_bars import pack_bars
from .played import Played
from .settings import STAGE_DEFAULTS
from .strips import NumberStrip, Strip, SymbolStrip, strip_words
from .tiles import (
    Extent,
    Overview,
    coarse_columns,
    coarse_tile,
    detail_timesteps,
    exact_tile,
    is_small,
    overview,
)

__all__ = ["Changed", "NumberStrip", "Scene", "Strip", "SymbolStrip", "build_scene", "cut_details"]

Window = tuple[int, int]  # timesteps, first and last + 1


@record
class Changed:
    """What a changed run is beside the run as it was.

    `base` names the run as it was, and `spelled` are all changes of it, as an address says them.
    `before` (T, H) is the memory as it was at the timesteps of this run, NaN where it read
    something else.
    """

    base: str
    spelled: str = ""
    before: Array | None = None


@record
class Scene:
    """Everything the stage needs to play one trace; immutable, made by `build_scene`.

    `id` is the hash of what it holds. `payload` is what the browser gets at once; `trace`,
    `strip` and `overview` stay on the server, where what the reader looks at in a long run is cut
    from.
    """

    id: str
    payload: bytes
    trace: Played
    strip: Strip
    overview: Overview

    @property
    def timesteps(self) -> int:
        """T."""
        return len(self.trace)


def build_scene(
    trace: Trace,
    strip: Strip,
    *,
    layer_note: str = "",
    events: Sequence[Event] = (),
    reaches: Mapping[str, Array] | None = None,
    changed: Changed | None = None,
) -> Scene:
    """Pack the trace of one sequence, (T, ·) without batch axes, for the stage.

    `layer_note` says in a few words what is seen where there is a choice ("layer 2, backward").
    The sentences are in the language that is spoken.
    `events` are the timesteps that matter, in order: they are marked, and one can jump to them.
    `reaches` says of signals without a range of their own, by name, how far each unit goes from
    zero over the network's sequences, (H,): then the colours of all of them mean the same.
    `changed` lets the reader pull gates, and says what is changed; None: nothing can be.
    Raises ValueError for a batch, for no timesteps, or where the strip is not as long as the
    trace.
    """
    if trace.input.ndim != 2 or not len(trace):
        raise ValueError(f"inputs are {trace.input.shape}: expected (timesteps, input_size)")
    if strip.timesteps != len(trace):
        raise ValueError(f"strip has {strip.timesteps} timesteps: expected {len(trace)}")
    packer = Packer()
    header = {
        "settings": STAGE_DEFAULTS,
        "note": layer_note,
        "cell": describe_cell(trace),
        "captions": _captions(),
        "words": browser_words(stage_words.TABLE),
        "cards": describe_cards(trace),
        "held": _held(trace),
        "changed": _changed(packer, changed, is_small(trace)),
    }
    orders = unit_orders(trace, time_scales(trace))
    return packed_scene(packer, header, trace, strip, orders, events=events, reaches=reaches)


def packed_scene(
    packer: Packer,
    header: Mapping[str, Any],
    played: Played,
    strip: Strip,
    orders: Mapping[str, Array],
    *,
    events: Sequence[Event] = (),
    reaches: Mapping[str, Array] | None = None,
) -> Scene:
    """Pack what a stage plays, behind what else its `header` says; see `build_scene`.

    `orders` are those in which the units can stand, (H,) each.
    """
    whole = (0, len(played))
    seen = overview(played)
    known = seen.extents
    if is_small(played):
        tile = exact_tile(packer, played, strip, *whole)
    else:
        tile = coarse_tile(packer, played, strip, seen, whole, [*known])
    full = {
        **header,
        "kind": played.vocabulary.kind,
        "title": said(played.vocabulary.title),
        "timesteps": len(played),
        "reverse": played.reverse,
        "hidden_size": played.parameters.hidden_size,
        "signals": [
            _describe(packer, s, known[s.name], (reaches or {}).get(s.name))
            for s in played.vocabulary.recorded
        ],
        "orders": {name: packer.add(order) for name, order in orders.items()},
        "strip": strip_words(strip),
        "events": [[event.timestep, said(event.label)] for event in events],
        "detail_timesteps": detail_timesteps(played),
        "tiles": [tile],
        "colours": _colours(played, known),
    }
    scene_id = sha256(packer.pack(full)).hexdigest()[:24]
    return Scene(
        id=scene_id,
        payload=packer.pack({**full, "id": scene_id}),
        trace=played,
        strip=strip,
        overview=seen,
    )


def _changed(packer: Packer, changed: Changed | None, whole: bool) -> dict[str, Any] | None:
    """What the browser must know of a changed run; the memory as it was, where runs are whole."""
    if changed is None:
        return None
    before = packer.add(changed.before) if whole and changed.before is not None else None
    return {
        "base": changed.base,
        "spelled": changed.spelled,
        "language": spoken().code,
        "before": before,
    }


def _held(trace: Trace) -> list[dict[str, Any]]:
    """What interventions hold while the cell runs."""
    return [
        {"signal": c.signal, "units": c.units, "first": c.first or 0, "last": c.last}
        for c in trace.interventions
    ]


def describe_cell(trace: Trace) -> dict[str, Any]:
    """Return which cell of the literature is drawn: the options that change the drawing."""
    options = dict(trace.parameters.options())
    for name in ("activation", "recurrent_activation", "output_activation"):
        if name in options:
            options[name] = _name(str(options[name]))
    return options


def _name(spelling: str) -> str:
    """An activation as the drawing says it: σ for sigmoid, else its name without numbers."""
    name = spelling.partition("(")[0].strip()
    return {"sigmoid": "σ", "hard_sigmoid": "hard σ"}.get(name, name.replace("_", " "))


def _captions() -> dict[str, Any]:
    """What the browser makes sentences of: templates, and the thresholds of words about sizes."""
    return {
        "sentences": captions.templates(),
        "openness": captions.OPENNESS,
        "origin": {
            "majority": MAJORITY,
            "almost_all": captions.ORIGIN_ALMOST_ALL,
            "noticeable": NOTICEABLE,
        },
    }


def unit_orders(trace: Trace, scales: Array) -> dict[str, Array]:
    """Return the orders in which the H units can stand, each (H,): which unit stands where."""
    return {
        "file": np.arange(trace.parameters.hidden_size),
        "time_scale": longest_first(scales),
        "similarity": by_similarity(trace.state.memory),
    }


def value_range(signal: Signal, extent: Extent) -> tuple[float, float]:
    """Return the fixed range of a signal's colours.

    The vocabulary's, unless the run leaves it (another activation, a projection) or the signal
    has none of its own: then what the run reached, symmetric about zero where it is signed.
    """
    low, high = float(extent.low.min()), float(extent.high.max())
    if signal.low is not None and signal.high is not None:
        if signal.low <= low and high <= signal.high:
            return signal.low, signal.high
        if signal.low == 0 <= low:
            return 0.0, high
    reach = max(abs(low), abs(high)) or 1.0
    return -reach, reach


def _describe(
    packer: Packer, signal: Signal, extent: Extent, shared: Array | None
) -> dict[str, Any]:
    """What the browser must know of a signal; `shared` is how far its units go in all runs."""
    low, high = value_range(signal, extent)
    reaches = np.maximum(np.abs(extent.low), np.abs(extent.high))
    if shared is not None:
        reaches, high = shared, max(high, float(shared.max()))
        low = -high
    return {
        "name": signal.name,
        "title": said(signal.title),
        "symbol": signal.symbol,
        "meaning": said(signal.meaning),
        "role": signal.role,
        "unbounded": signal.low is None,
        "low": low,
        "high": high,
        "typical": max(float(np.median(reaches)) / 2, high / 200),
        "rows": len(extent.low),
        "unit_low": packer.add(extent.low),
        "unit_high": packer.add(extent.high),
        "unit_mean": packer.add(extent.mean),
    }


def _colours(trace: Played, known: dict[str, Extent]) -> dict[str, object]:
    signals = trace.vocabulary.recorded
    signed = tuple(value_range(signal, known[signal.name])[0] < 0 for signal in signals)
    return _stage_colours(tuple(signal.name for signal in signals), signed)


@cache
def _stage_colours(names: tuple[str, ...], signed: tuple[bool, ...]) -> dict[str, object]:
    """What `theme.stage_colours` returns: for the few kinds of cells that there are."""
    return theme.stage_colours(names, signed)


def cut_details(
    scene: Scene,
    view: Window | None,
    exact: Window | None,
    extra: dict[str, Any],
    signals: Collection[str] | None = None,
    bars: Mapping[str, Any] | None = None,
) -> bytes:
    """Pack what the reader is looking at in a long run.

    An exact tile of the timesteps `exact` (first, last + 1), cut to what may be sent at once, and
    a coarse one of `view` with these `signals`; None: all of them. Both are clamped to the run; a
    window that is None is here already. `bars` asks for what each timestep's write left in a
    memory, see `pack_bars`; a cell that keeps nothing has none. `extra` joins the header.
    """
    packer, tiles = Packer(), []
    timesteps = len(scene.trace)
    start, stop = 0, 0
    if exact:
        start, stop = _clamped(exact, timesteps)
        stop = min(stop, start + detail_timesteps(scene.trace))
        tiles.append(exact_tile(packer, scene.trace, scene.strip, start, stop))
    if view:
        window = _clamped(view, timesteps)
        names = [name for name in scene.overview.extents if signals is None or name in signals]
        if names and not start <= window[0] < window[1] <= stop:
            columns = coarse_columns(scene.trace, names, stop - start)
            played, strip, seen = scene.trace, scene.strip, scene.overview
            tiles.append(coarse_tile(packer, played, strip, seen, window, names, columns))
    document = {"id": scene.id, "tiles": tiles, **extra}
    if bars and isinstance(scene.trace, Trace) and scene.trace.vocabulary.keeping_gate:
        document["bars"] = pack_bars(packer, scene.trace, bars)
    return packer.pack(document)


def _clamped(window: Window, timesteps: int) -> Window:
    """A window inside the run with at least one timestep."""
    start = min(max(int(window[0]), 0), timesteps - 1)
    return start, min(max(int(window[1]), start + 1), timesteps)
