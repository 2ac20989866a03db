"""The run with a pulled gate, as the browser asks for it: ahead of the page.

Whoever pulls a gate waits for one thing, the changed run. So the stage asks the server for it by
itself, in one request, and the page follows. A scene names the run as it was (`Changed.base`), and
what can be pulled is kept under that name as long as it is used.
"""

from __future__ import annotations

from collections.abc import Mapping

from .opened_view import OpenedView, with_changes
from .shared_store import store
from .what_if import after_pull


def keep_unchanged(base: str, opened: OpenedView) -> None:
    """Keep an unchanged run under the name that its scenes have for it."""
    store.get_or_compute(("unchanged", base), lambda: opened)


def pulled_run(asked: Mapping[str, str]) -> OpenedView | None:
    """Return the run with a gate pulled; None where the request makes no sense, or it is not kept.

    `asked` has "base" and what `after_pull` reads, all as texts; "value" is "" where the gate was
    let go.
    """
    opened: OpenedView | None = store.get(("unchanged", asked.get("base", "")))
    after = after_pull({**asked, "value": asked.get("value") or None})
    if opened is None or after is None:
        return None
    changes, t = after
    return with_changes(opened, opened.view.replace(changes=changes, t=t))
