"""The scenes of two runs side by side: A, B, and where it can be said B - A; packed once."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lstm_core.analysis.alignment import NOTHING, difference_along, memory_along
from lstm_core.analysis.ordering import time_scales
from lstm_core.record import Array
from lstm_core.run.trace import Trace
from lstm_core.tasks import Event
from lstm_core.vocabulary import Signal

from ..components.stage import (
    GroupMember,
    MemoryAlong,
    Scene,
    blank_strip,
    build_aligned_scene,
    events_along,
    strip_along,
    unit_orders,
)
from ..words import pair as words
from ..words.language import spoken
from ..words.phrases import said
from .events import run_events
from .pairs import Pair, Side
from .reaches import network_reaches
from .sequence_strip import strip_key, strip_of
from .shared_store import store
from .store import Key
from .view import View
from .what_if import spell_changes


def pair_members(pair: Pair, view: View) -> tuple[GroupMember, ...]:
    """Return the stages of a pair: both runs, and their difference where units are the same."""
    return store.get_or_compute(("pair", *pair_key(pair, view)), lambda: _members(pair, view))


def pair_key(pair: Pair, view: View) -> Key:
    """Return what names a pair, in the language that is spoken."""
    sides = (pair.first, pair.second)
    keys = [part for side in sides for part in (side.name, *strip_key(side.subject, side.sequence))]
    changes = (spell_changes(view.changes), view.held)
    return (*keys, view.layer, view.direction, *changes, pair.how, spoken().code)


def _members(pair: Pair, view: View) -> tuple[GroupMember, ...]:
    orders = {id(side): unit_orders(side.trace, time_scales(side.trace)) for side in _sides(pair)}
    if pair.alike:
        orders[id(pair.second)] = orders[id(pair.first)]
    reaches = _reaches(pair, view)
    members = [
        GroupMember(
            scene=_scene(pair, side, orders[id(side)], reaches[id(side)]),
            title=f"{letter} · {said(side.name)}",
            reads=True,
        )
        for letter, side in zip((words.A, words.B), _sides(pair), strict=True)
    ]
    if pair.alike:
        difference = _difference(pair, orders[id(pair.first)])
        members.append(GroupMember(scene=difference, title=words.DIFFERENCE))
    return tuple(members)


def _sides(pair: Pair) -> tuple[Side, Side]:
    return pair.first, pair.second


def _reaches(pair: Pair, view: View) -> dict[int, dict[str, Array]]:
    """How far each unit goes in the colours of each stage; alike where the units are the same.

    So a colour means one number in both runs, however far one of them goes.
    """
    reaches = {}
    for side in _sides(pair):
        layer = min(view.layer, len(side.run.layers) - 1)
        name = _memory(side.trace).name
        known = network_reaches(side.subject, layer, view.direction)
        own = np.abs(side.trace.series(name)).max(axis=0)
        reaches[id(side)] = {**known, name: np.maximum(own, known.get(name, 0))}
    if pair.alike:
        first, second = (reaches[id(side)] for side in _sides(pair))
        both = {name: np.maximum(first[name], second[name]) for name in first}
        return dict.fromkeys(reaches, both)
    return reaches


def _scene(pair: Pair, side: Side, orders: dict[str, Array], reaches: dict[str, Array]) -> Scene:
    places = pair.alignment.first if side is pair.first else pair.alignment.second
    memory = MemoryAlong(
        trace=side.trace,
        signal=_memory(side.trace),
        values=memory_along(side.trace, places),
    )
    return build_aligned_scene(
        memory,
        strip_along(strip_of(side.subject, side.sequence, side.run), places),
        orders,
        places,
        events=events_along(_events(side), places, parting_event(pair)),
        reaches=reaches,
    )


def _events(side: Side) -> tuple[Event, ...]:
    return run_events(side.subject, side.sequence, side.run)


def parting_event(pair: Pair) -> Event | None:
    """Return the event of the place at which the runs part; None where they never do."""
    if pair.parting is None:
        return None
    return Event(timestep=pair.parting.place, label=words.part_here(pair.parting.unit))


def _memory(trace: Trace) -> Signal:
    known = {signal.name: signal for signal in trace.vocabulary.recorded}
    return known[trace.vocabulary.memory]


def _difference(pair: Pair, orders: dict[str, Array]) -> Scene:
    first, second = pair.first.trace, pair.second.trace
    signal = _memory(first)
    values = difference_along(first, second, pair.alignment)
    about = replace(
        signal,
        title=words.DIFFERENCE,
        symbol=words.difference_symbol(signal.symbol),
        meaning=words.DIFFERENCE_MEANING,
        low=None,
        high=None,
    )
    memory = MemoryAlong(trace=first, signal=about, values=values)
    both = pair.alignment.pairs
    return build_aligned_scene(
        memory,
        blank_strip(len(both)),
        orders,
        np.where(both, np.arange(len(both)), NOTHING),
        by_place=True,
        events=[event] if (event := parting_event(pair)) else [],
    )
