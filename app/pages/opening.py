"""From what the session remembers to what is loaded: the first line of every page."""

from __future__ import annotations

from app import loading, state
from app.view import Source


def open_now() -> loading.Opened:
    """Return what the reader looks at now, loaded."""
    view = state.current_view()
    kept = state.held(view)
    if kept is None:
        return loading.open_view(view, None)
    sequence, sequence_id = kept
    source = Source(kind="upload", value=view.source.value)
    found = loading.Found(source=source, sequence=sequence, sequence_id=sequence_id)
    return loading.open_view(view, found)
