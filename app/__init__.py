"""The web page: thin, over lstm_core. Installed it is the package `gatescope`.

`gatescope.html(trace)` and `gatescope.show(trace)` are the stage outside the app; see `notebook`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .notebook import StagePage, html, show

__all__ = ["StagePage", "html", "show"]


def __getattr__(name: str) -> Any:
    """Import what is asked for when it is: the command and the tests need none of it."""
    if name in __all__:
        from . import notebook

        return getattr(notebook, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
