"""Plotly's pictures that are kept: it takes longer to make one than all else that a rest costs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...session import state
from ...session.shared_store import store
from ...session.store import Key
from ...words.language import spoken


def kept_picture(name: str, key: Key, make: Callable[[bool], Any]) -> Any:
    """Return the picture `name` of what `key` names, made once in each language and mode.

    `make` is told whether the page is dark. Nobody changes what it returns.
    """
    dark = state.is_dark()
    return store.get_or_compute(("picture", name, *key, dark, spoken().code), lambda: make(dark))
