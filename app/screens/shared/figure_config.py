"""What a reader can do with a Plotly picture: its bar, and the files that it hands out."""

from __future__ import annotations

from typing import Any

SHARPNESS = 300 / 96  # dots of a PNG for a pixel of the page: 300 an inch, as the stage's pictures


def figure_config(name: str) -> dict[str, Any]:
    """Return the configuration of a picture whose files are called `name`."""
    return {
        "displaylogo": False,
        "toImageButtonOptions": {"filename": name, "scale": SHARPNESS},
    }
