"""Tells Python that the browser has drawn its stage: what is heavy may come now.

Plotly is five times as much to fetch and to start as all the rest of a page; sent along with a
stage it would come first, and the reader would look at nothing.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st


def wait_for_paint(key: str, stage: str) -> bool:
    """Ask the browser, and return whether the stage of the key `stage` has been drawn.

    Where it is not yet, the fragment around this runs again as soon as it is.
    """
    _component()(key=key, data={"stage": stage}, on_painted_change=_nothing)
    return painted(key)


def painted(key: str) -> bool:
    """Return whether the browser has said so."""
    return bool((st.session_state.get(key) or {}).get("painted"))


def _nothing() -> None:
    """Let a rerun happen without doing more."""


@cache
def _component() -> Any:
    script = (Path(__file__).parent / "painted.js").read_text("utf-8")
    return st.components.v2.component("gatescope_painted", js=script)
