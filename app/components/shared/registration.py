"""Components as Streamlit gets them, and what comes back from them."""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import streamlit as st

from .modules import join_modules
from .stylesheets import join_stylesheets

CARD = '<div class="gatescope"></div>'
"""The markup of a component that draws everything itself, inside this element."""


def show_state_as_it_is() -> None:
    """Let the state of components be read as it is stored; once for a process.

    Streamlit shows it with the triggers of the component added, of which ours have none, as an
    instance of a class that it makes for each reading: fifty a step, each a circle of 26 objects,
    which were nearly all the garbage that Python's collector had to search for.
    """
    with suppress(ImportError):  # another Streamlit, which shows it in its own way
        module: Any = import_module("streamlit.components.v2.bidi_component.main")
        module.make_bidi_component_presenter = lambda *_, **__: None


@cache
def component(
    name: str,
    script: Path,
    stylesheet: Path | None = None,
    html: str | None = None,
    *,
    isolated: bool = True,
) -> Any:
    """Register a component and return what mounts it: `component(...)(key=..., data=...)`.

    `script` and `stylesheet` are the entries; what they import comes along. They are read once
    in the life of the process. One that is not `isolated` has the page's own styles.
    """
    show_state_as_it_is()
    return st.components.v2.component(
        f"gatescope_{name}",
        html=html,
        css=join_stylesheets(stylesheet) if stylesheet else None,
        js=join_modules(script),
        isolate_styles=isolated,
    )


def reported(key: str, name: str) -> Any:
    """Return what the component mounted under `key` last reported as `name`; None before."""
    return (st.session_state.get(key) or {}).get(name)


def only_rerun() -> None:
    """Do nothing: the callback of a report that is read when the page runs again anyway."""
