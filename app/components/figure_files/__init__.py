"""Files of Plotly's pictures: each mode bar offers PNG, SVG and the data as CSV."""

from __future__ import annotations

from pathlib import Path

from ...words import take_along as words
from ..shared.registration import component

SCRIPT = Path(__file__).parent / "js" / "figure_files.js"
KEY = "figure-files"


def offer_figure_files() -> None:
    """Have all pictures of the page that is open offer their files, those to come among them."""
    labels = {
        "png": words.SAVE_FIGURE_PNG,
        "svg": words.SAVE_FIGURE_SVG,
        "csv": words.SAVE_FIGURE_CSV,
    }
    component("figure_files", SCRIPT)(key=KEY, data=labels)
