"""One signal of a run for close reading: hover, box zoom, picture export."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from lstm_core.record import Array
from lstm_core.vocabulary import Signal

from .. import theme
from ..words import figures as figure_words
from ..words.phrases import said
from .plotly_text import plain

TEXT_CELLS = 40_000
"""With more cells than this, hovering reads no token: a text per cell would be too heavy."""
MOST_TICKS = 60
ROW_HEIGHT, LOWEST, HIGHEST = 22, 260, 760  # pixels


def signal_heatmap(
    series: Array,
    signal: Signal,
    *,
    first: int = 0,
    tokens: tuple[str, ...] = (),
    dark: bool = False,
) -> go.Figure:
    """Return a heatmap of `series` (T, H): units down, timesteps across.

    `first` is the timestep of the first column; `tokens` (T) say what was read at each. The
    colours' range is the signal's own, or the run's where the signal has none; a signed signal
    is centred on 0. Takes no cursor: a step does not redraw it.
    """
    timesteps, units = series.shape
    low, high = colour_range(series, signal)
    readable = bool(tokens) and series.size <= TEXT_CELLS
    heatmap = go.Heatmap(
        z=np.ascontiguousarray(series.T, np.float32),
        x=np.arange(first, first + timesteps),
        y=np.arange(units),
        zmin=low,
        zmax=high,
        colorscale=theme.colour_scale(signal.name, low < 0, dark),
        colorbar={"title": {"text": signal.symbol}, "thickness": 12, "outlinewidth": 0},
        text=[[plain(token) for token in tokens]] * units if readable else None,
        hovertemplate=_hover(signal, readable),
        name=said(signal.title),
    )
    layout = {**theme.plot_layout(dark)}
    layout["xaxis"] = {**layout["xaxis"], **_time_axis(first, timesteps, tokens)}  # type: ignore[dict-item]
    layout["yaxis"] = {
        **layout["yaxis"],  # type: ignore[dict-item]
        "title": {"text": figure_words.UNIT},
        "autorange": "reversed",
        "showgrid": False,
        "dtick": 1 if units <= 24 else None,
    }
    height = min(max(ROW_HEIGHT * units + 110, LOWEST), HIGHEST)
    return go.Figure(heatmap, layout).update_layout(height=height, showlegend=False)


def colour_range(series: Array, signal: Signal) -> tuple[float, float]:
    """Return the signal's own range, wide enough for these values; signed ranges are symmetric.

    A cell state has no range of its own, and an unusual activation may leave the usual one.
    """
    reached = float(np.abs(series).max(initial=0)) or 1.0
    if signal.low is None or signal.high is None:
        return -reached, reached
    if signal.low < 0:
        bound = max(signal.high, reached)
        return -bound, bound
    return min(0.0, float(series.min(initial=0))), max(signal.high, reached)


def _hover(signal: Signal, readable: bool) -> str:
    token = figure_words.READS_HOVER if readable else ""
    return figure_words.CELL_HOVER.format(title=said(signal.title), token=token)


def _time_axis(first: int, timesteps: int, tokens: tuple[str, ...]) -> dict[str, object]:
    """Timesteps as numbers, with the symbol read below each where it fits."""
    axis: dict[str, object] = {"title": {"text": figure_words.TIMESTEP}, "showgrid": False}
    if tokens and timesteps <= MOST_TICKS:
        axis["tickvals"] = list(range(first, first + timesteps))
        axis["ticktext"] = [plain(token) for token in tokens]
        axis["tickangle"] = 0
        axis["title"] = {"text": figure_words.READ_BY_TIMESTEP}
    return axis
