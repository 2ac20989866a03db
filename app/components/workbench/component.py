"""The Streamlit side of the workbench: one component, told again at every look.

The browser keeps every checkpoint it was sent, so that scrubbing through training waits for
nobody. What it lacks it asks for (`missing`), some at a time; what it shows it reports at rest.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

HERE = Path(__file__).parent
STAGE = HERE.parent / "stage"
SHARED = {
    "css": ("00_card",),
    "js": (
        "00_payload",
        "11_numbers",
        "20_colours",
        "21_painting",
        "22_theme",
        "30_dom",
        "31_layout",
    ),
}
"""The stage's own files that the workbench is made with, too; they come first."""

NEWEST = -1


def workbench(
    payload: bytes, *, key: str = "workbench", on_report: Callable[[], None] | None = None
) -> None:
    """Show what `pack` packed; `on_report` is called when the browser has chosen or asks."""
    _component()(key=key, data=payload, on_report_change=on_report or _nothing)


def last_choice(run: str, key: str = "workbench") -> dict[str, Any]:
    """Return what the browser last said of this run: "update" (`NEWEST` follows), "missing".

    "moment" differs from report to report.
    """
    report = (st.session_state.get(key) or {}).get("report") or {}
    if report.get("run") != run:
        return {"update": NEWEST, "missing": [], "moment": None}
    return dict(report)


def _nothing() -> None:
    """Let a rerun happen without doing more."""


@cache
def _component() -> Any:
    return st.components.v2.component(
        "gatescope_workbench",
        html='<div class="gatescope"></div>',
        css=_joined("css"),
        js=_joined("js"),
    )


def _joined(kind: str) -> str:
    """All scripts or stylesheets as one text: each kind is one module, in one scope."""
    shared = [STAGE / kind / f"{name}.{kind}" for name in SHARED[kind]]
    files = [*shared, *sorted((HERE / kind).glob(f"*.{kind}"))]
    return "\n".join(file.read_text("utf-8") for file in files)
