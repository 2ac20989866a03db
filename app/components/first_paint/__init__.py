"""Tells Python that the browser has drawn its stage: what is heavy may come now.

Plotly is five times as much to fetch and to start as all the rest of a page; sent along with a
stage it would come first, and the reader would look at nothing.
"""

from __future__ import annotations

from pathlib import Path

from ..shared.registration import component, only_rerun, reported

SCRIPT = Path(__file__).parent / "js" / "first_paint.js"


def wait_for_paint(key: str, stage: str) -> bool:
    """Ask the browser, and return whether the stage of the key `stage` has been drawn.

    Where it is not yet, the fragment around this runs again as soon as it is.
    """
    component("painted", SCRIPT)(key=key, data={"stage": stage}, on_painted_change=only_rerun)
    return is_painted(key)


def is_painted(key: str) -> bool:
    """Return whether the browser has said so."""
    return bool(reported(key, "painted"))
