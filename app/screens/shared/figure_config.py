"""What a reader can do with a Plotly picture: its bar, and the files that it hands out."""

from __future__ import annotations

from typing import Any


def figure_config(name: str) -> dict[str, Any]:
    """Return the configuration of a picture whose files are called `name`."""
    return {
        "displaylogo": False,
        "modeBarButtonsToRemove": ["toImage"],  # ours stands in the bar, see figure_files.js
        "toImageButtonOptions": {"filename": name},
    }
