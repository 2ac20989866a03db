"""The scenes that the stage plays, each packed once for all sessions."""

from __future__ import annotations

from ..components.stage import Scene, build_scene
from ..words import common as words
from .events import run_events
from .opened_view import OpenedView
from .reaches import network_reaches
from .sequence_strip import strip_key, strip_of
from .shared_store import store
from .subjects import Uploaded
from .what_if import spell_changes


def scene(opened: OpenedView) -> Scene:
    """Return what the stage plays for a view."""
    view = opened.view
    place = (view.layer, view.direction, spell_changes(view.changes))
    key = ("scene", *strip_key(opened.subject, opened.sequence), *place)
    return store.get_or_compute(key, lambda: _packed(opened))


def _packed(opened: OpenedView) -> Scene:
    strip = strip_of(opened.subject, opened.sequence, opened.run)
    events = run_events(opened.subject, opened.sequence, opened.run)
    reaches = network_reaches(opened.subject, opened.view.layer, opened.view.direction)
    note = _layer_note(opened)
    return build_scene(opened.trace, strip, layer_note=note, events=events, reaches=reaches)


def _layer_note(opened: OpenedView) -> str:
    """Which layer and direction is on the stage, where there is more than one; else ""."""
    subject, layers = opened.subject, opened.subject.model.layers
    others = subject.whole.layers if isinstance(subject, Uploaded) else layers
    if len(others) == 1 and not layers[0].bidirectional:
        return ""
    direction = words.DIRECTIONS[opened.view.direction].lower()
    return f"{layers[opened.view.layer].name}, {direction}"
