"""From what the session remembers to what is loaded: the first line of every page."""

from __future__ import annotations

from app import loading, state
from app.view import View


def open_now() -> loading.Opened:
    """Return what the reader looks at now, loaded; the session remembers what is really shown."""
    view = state.current_view()
    opened = loading.open_view(view, _held(view))
    state.settle(opened.view.replace(source=opened.found.source), opened.found.problem)
    return opened


def _held(view: View) -> loading.Found | None:
    """The session's own sequence, where the view asks for it."""
    kept = state.held(view)
    if kept is None:
        return None
    sequence, sequence_id = kept
    return loading.Found(source=view.source, sequence=sequence, sequence_id=sequence_id)
