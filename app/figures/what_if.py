"""A changed run beside the one as it was: one unit's memory, and the difference of all units.

The figure is written as plain values and made at once, see `comparison_style`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from lstm_core.record import Array

from .. import theme
from ..words import figures as figure_words
from ..words import what_if as words

HEIGHT = 460  # pixels
ABOVE, BELOW = [0.54, 1.0], [0.0, 0.46]  # shares of the height that lines and heatmap have


def changed_memory(
    before: Array,
    after: Array,
    unit: int,
    signal: str,
    *,
    first: int = 0,
    names: tuple[str, str] | None = None,
    dark: bool = False,
) -> go.Figure:
    """Return the memory (T, H) of one unit in both runs, and the difference of all units below.

    Below 0, `unit` is the mean over units. Timesteps begin with `first`. `names` are those of the
    two runs, in the legend: as it was, and changed, where there are none.
    """
    when = np.arange(first, first + len(before))
    colour = theme.signal_colour(signal, dark)
    named = names or (words.BEFORE, words.AFTER)
    traces: list[dict[str, Any]] = [
        {
            "type": "scatter",
            "mode": "lines",
            "name": name,
            "xaxis": "x",
            "yaxis": "y",
            "line": {"color": colour, "width": 2, "shape": "hvh", "dash": dash},
            "x": when,
            "y": values.mean(axis=1) if unit < 0 else values[:, unit],
        }
        for values, name, dash in zip((before, after), named, ("dot", "solid"), strict=True)
    ]
    traces.append(_difference(np.asarray(after - before, np.float64), when, signal, dark))
    return go.Figure({"data": traces, "layout": _layout(before.shape[1], dark)})


def _difference(difference: Array, when: Array, signal: str, dark: bool) -> dict[str, Any]:
    """The heatmap of what is different, (T, H)."""
    bound = float(np.nanmax(np.abs(difference), initial=0)) or 1.0
    return {
        "type": "heatmap",
        "xaxis": "x2",
        "yaxis": "y2",
        "x": when,
        "z": difference.T,
        "zmin": -bound,
        "zmax": bound,
        "colorscale": theme.colour_scale(signal, signed=True, dark=dark),
        "colorbar": {"len": 0.45, "y": 0.22, "thickness": 12},
        "hovertemplate": figure_words.DIFFERENCE_HOVER,
    }


def _layout(units: int, dark: bool) -> dict[str, Any]:
    """The lines above, the heatmap below, over one axis of time."""
    shared: dict[str, Any] = theme.plot_layout(dark)
    axis = shared["xaxis"]
    title = {
        "text": words.DIFFERENCE,
        "showarrow": False,
        "font": {"size": 16},
        "x": 0.5,
        "xanchor": "center",
        "xref": "paper",
        "y": BELOW[1],
        "yanchor": "bottom",
        "yref": "paper",
    }
    return {
        **shared,
        "height": HEIGHT,
        "legend": {"orientation": "h", "y": 1.1},
        "annotations": [title],
        "xaxis": {**axis, "anchor": "y", "matches": "x2", "showticklabels": False},
        "yaxis": {**axis, "anchor": "x", "domain": ABOVE},
        "xaxis2": {**axis, "anchor": "y2", "title": {"text": figure_words.TIMESTEP}},
        "yaxis2": {
            **axis,
            "anchor": "x2",
            "domain": BELOW,
            "title": {"text": figure_words.UNIT},
            "autorange": "reversed",
            "dtick": max(1, units // 8),
        },
    }
