"""The scenes that the stage plays, each packed once for all sessions."""

from __future__ import annotations

import numpy as np

from lstm_core.tasks import Event
from lstm_core.tasks.events import in_order

from ..components.stage import Changed, Scene, build_scene
from ..words import common as words
from ..words import what_if as what_if_words
from ..words.language import spoken
from .changed_run import earlier_values
from .events import run_events
from .opened_view import OpenedView
from .own_sequence import digest
from .pulled_runs import keep_unchanged
from .reaches import network_reaches
from .runs import run_key
from .sequence_strip import strip_key, strip_of
from .shared_store import store
from .subjects import Uploaded
from .what_if import GoOn, of_kind, spell_changes


def scene(opened: OpenedView, *, pulls: bool = False) -> Scene:
    """Return what the stage plays for a view; with `pulls` the reader can pull gates."""
    view = opened.view
    place = (view.layer, view.direction, spell_changes(view.changes), pulls, spoken().code)
    key = ("scene", *strip_key(opened.subject, opened.sequence), *place)
    return store.get_or_compute(key, lambda: _packed(opened, pulls))


def _packed(opened: OpenedView, pulls: bool) -> Scene:
    strip = strip_of(opened.subject, opened.sequence, opened.run)
    events = _events(opened)
    reaches = network_reaches(opened.subject, opened.view.layer, opened.view.direction)
    note = _layer_note(opened)
    return build_scene(
        opened.trace,
        strip,
        layer_note=note,
        events=events,
        reaches=reaches,
        changed=_changed(opened) if pulls else None,
    )


def _events(opened: OpenedView) -> tuple[Event, ...]:
    """What matters in the run, and where the network begins to read its own predictions."""
    events = run_events(opened.subject, opened.sequence, opened.run)
    begins = len(opened.sequence) - sum(g.timesteps for g in of_kind(opened.view.changes, GoOn))
    if begins == len(opened.sequence):
        return events
    return in_order([*events, Event(timestep=begins, label=what_if_words.GOES_ON)])


def _changed(opened: OpenedView) -> Changed:
    """The run as it was, beside the one that the reader made of it."""
    view, unchanged = opened.view, opened.before or opened
    words = (*run_key(opened.subject, opened.unchanged_sequence), str(view.layer), view.direction)
    base = digest("\n".join(words))
    keep_unchanged(base, unchanged)
    if not view.changes:
        return Changed(base=base)
    before = opened.unchanged_trace.series(opened.trace.vocabulary.memory)
    if opened.origin is not None:
        before = earlier_values(before, opened.origin)
    return Changed(
        base=base,
        spelled=spell_changes(view.changes),
        before=before.astype(np.float32),
    )


def _layer_note(opened: OpenedView) -> str:
    """Which layer and direction is on the stage, where there is more than one; else ""."""
    subject, layers = opened.subject, opened.subject.model.layers
    others = subject.whole.layers if isinstance(subject, Uploaded) else layers
    if len(others) == 1 and not layers[0].bidirectional:
        return ""
    direction = words.DIRECTIONS[opened.view.direction].lower()
    return f"{layers[opened.view.layer].name}, {direction}"
