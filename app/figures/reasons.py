"""Why the network predicts what it does: by timestep, by input, by write."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from lstm_core.record import Array

from .. import theme
from ..words import figures as figure_words
from ..words import reasons as words
from ..words.formatting import visible
from .comparison_style import Panel, TimeSpan, stacked_panels, timestep_line
from .plotly_text import plain

PANEL_HEIGHT, HEIGHT = 92, 420  # pixels
MOST_LINES = 24  # of the fan


def reasons_table(
    timesteps: Array, tokens: tuple[str, ...], answers: dict[str, Array]
) -> pd.DataFrame:
    """Return a row for each of some timesteps, and a column for each answer about them, (n,)."""
    columns: dict[str, list[object]] = {words.COLUMNS["timestep"]: timesteps.tolist()}
    if tokens:
        read = [visible(tokens[t]) for t in timesteps]
        columns[words.COLUMNS["reads"]] = list(read)
    for name, values in answers.items():
        columns[words.COLUMNS[name]] = values.tolist()
    return pd.DataFrame(columns)


def answers_by_timestep(
    answers: dict[str, Array],
    tested: tuple[Array, Array],
    t: int,
    tokens: tuple[str, ...] = (),
    *,
    dark: bool = False,
) -> go.Figure:
    """Return each answer (T,) as bars over time, one below the other, and the test as points.

    `tested` are timesteps and what leaving their writes out takes away.
    """
    span = TimeSpan(first=0, last=len(next(iter(answers.values()))) - 1, tokens=tokens)
    panels = [_bars(name, values, dark) for name, values in answers.items()]
    if np.isfinite(tested[1]).any():
        panels.append(_points(*tested, dark))
    return stacked_panels(
        panels,
        span.axis(figure_words.TIMESTEP),
        dark=dark,
        showlegend=False,
        shapes=[timestep_line(t, dark)],
        clickmode="event+select",
    )


def _bars(name: str, values: Array, dark: bool) -> Panel:
    """Bars in two colours, as numbers on a scale of two: so Plotly checks two, not one a bar."""
    colour, below = theme.signal_colour("cell_state", dark), theme.palette(dark)["below_zero"]
    bars = {
        "type": "bar",
        "x": np.arange(len(values)),
        "y": values,
        "marker": {
            "color": (values >= 0).astype(np.uint8),
            "colorscale": [[0, below], [1, colour]],
            "cmin": 0,
            "cmax": 1,
            "line": {"width": 0},
        },
        "hovertemplate": figure_words.BAR_HOVER,
    }
    return Panel(traces=[bars], y={}, height=PANEL_HEIGHT, title=words.COLUMNS[name])


def _points(timesteps: Array, values: Array, dark: bool) -> Panel:
    points = {
        "type": "scatter",
        "mode": "markers",
        "x": timesteps,
        "y": values,
        "marker": {"color": theme.palette(dark)["ink"], "size": 8, "symbol": "diamond"},
        "hovertemplate": figure_words.WITHOUT_HOVER,
    }
    return Panel(traces=[points], y={}, height=PANEL_HEIGHT, title=words.COLUMNS["removed"])


def by_input(attribution: Array, names: tuple[str, ...], *, dark: bool = False) -> go.Figure:
    """Return the integrated gradients (T, D) as a heatmap, one row for each input."""
    return _heatmap(attribution.T, [plain(name) for name in names], dark)


def written_and_seen(matrix: Array, unit: int, *, dark: bool = False) -> go.Figure:
    """Return who wrote what a unit holds, (T, T): seen at t (down), written at s (across)."""
    shown = np.where(np.tri(len(matrix), dtype=bool) | (matrix != 0), matrix, np.nan)
    figure = _heatmap(shown, None, dark, reverse=True)
    return figure.update_layout(
        xaxis_title_text=figure_words.WRITTEN_AT,
        yaxis_title_text=figure_words.unit_at_timestep(unit),
    )


def _heatmap(
    values: Array, names: list[str] | None, dark: bool, reverse: bool = False
) -> go.Figure:
    bound = float(np.nanmax(np.abs(values), initial=0)) or 1.0
    heatmap = go.Heatmap(
        y=names,
        z=values,
        zmin=-bound,
        zmax=bound,
        colorscale=theme.colour_scale("cell_state", signed=True, dark=dark),
        colorbar={"thickness": 12},
        hovertemplate="%{x}, %{y}: %{z:.4f}<extra></extra>",
    )
    figure = go.Figure(heatmap, theme.plot_layout(dark))
    few = HEIGHT if names is None else min(HEIGHT, 120 + 26 * len(names))
    figure.update_layout(height=few, xaxis_title_text=figure_words.TIMESTEP)
    return figure.update_yaxes(autorange="reversed") if reverse or names else figure


def survival_fan(left: Array, written: Array, first: int, unit: int, *, dark: bool) -> go.Figure:
    """Return the share of each unit's write that is left, (T, H), from timestep `first` on.

    Drawn are the units that wrote most, `written` (H,), and the chosen one in front.
    """
    most = np.argsort(-np.abs(written))[:MOST_LINES]
    grey, colour = theme.palette(dark)["muted"], theme.signal_colour("cell_state", dark)
    when = np.arange(first, first + len(left))
    figure = go.Figure(layout=theme.plot_layout(dark))
    for k in [int(k) for k in most if k != unit] + ([unit] if unit >= 0 else []):
        chosen = k == unit
        line = {"color": colour if chosen else grey, "width": 3 if chosen else 1}
        figure.add_scatter(
            x=when,
            y=left[:, k],
            line=line,
            opacity=1.0 if chosen else 0.45,
            mode="lines",
            name=figure_words.unit(k),
            hovertemplate=figure_words.unit_hover(k),
        )
    figure.update_layout(
        height=HEIGHT - 90, showlegend=False, xaxis_title_text=figure_words.TIMESTEP
    )
    return figure.update_yaxes(range=[-0.02, 1.04], title_text=words.FAN, tickformat=".0%")
