"""The Streamlit side of the workbench: one component, told again at every look.

The browser keeps every checkpoint it was sent, so that scrubbing through training waits for
nobody. What it lacks it asks for (`missing`), some at a time; what it shows it reports at rest.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..shared.registration import CARD, component, only_rerun, reported

HERE = Path(__file__).parent

NEWEST = -1


def workbench(
    payload: bytes, *, key: str = "workbench", on_report: Callable[[], None] | None = None
) -> None:
    """Show what `pack` packed; `on_report` is called when the browser has chosen or asks."""
    bench = component(
        "workbench", HERE / "js" / "workbench.js", HERE / "css" / "workbench.css", CARD
    )
    bench(key=key, data=payload, on_report_change=on_report or only_rerun)


def last_choice(run: str, key: str = "workbench") -> dict[str, Any]:
    """Return what the browser last said of this run: "update" (`NEWEST` follows), "missing".

    "moment" differs from report to report.
    """
    report = reported(key, "report") or {}
    if report.get("run") != run:
        return {"update": NEWEST, "missing": [], "moment": None}
    return dict(report)
