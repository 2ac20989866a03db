"""From what the session remembers to what is loaded: the first line of every page."""

from __future__ import annotations

import dataclasses

from app import loading, state
from app.view import View
from lstm_core.analysis.ordering import longest_first, time_scales


def open_now() -> loading.Opened:
    """Return what the reader looks at now, loaded; the session remembers what is really shown.

    Who comes without a word in the address lands in the middle of the run, where there is
    something on the belt, and on the unit that remembers longest.
    """
    bare = state.arrived_bare()
    view = state.current_view()
    opened = loading.open_view(view, _held(view))
    if bare:
        middle, unit = len(opened.trace) // 2, int(longest_first(time_scales(opened.trace))[0])
        opened = dataclasses.replace(opened, view=opened.view.replace(t=middle, unit=unit))
    state.settle(opened.view.replace(source=opened.found.source), opened.found.problem)
    return opened


def _held(view: View) -> loading.Found | None:
    """The session's own sequence, where the view asks for it."""
    kept = state.held(view)
    if kept is None:
        return None
    sequence, sequence_id = kept
    return loading.Found(source=view.source, sequence=sequence, sequence_id=sequence_id)
