"""The web page: thin, over lstm_core. Installed it is the package `gatescope`.

`gatescope.html(trace)` and `gatescope.show(trace)` are the stage outside the app; see `notebook`.
`gatescope.capture(model)` records a model of another framework; see `lstm_core.capture`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lstm_core.capture import capture

    from .notebook import StagePage, demo, html, show

__all__ = ["StagePage", "capture", "demo", "html", "show"]


def __getattr__(name: str) -> Any:
    """Import what is asked for when it is: the command and the tests need none of it."""
    if name == "capture":
        from lstm_core.capture import capture

        return capture
    if name in __all__:
        from . import notebook

        return getattr(notebook, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
