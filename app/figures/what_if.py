"""A changed run beside the one as it was: one unit's memory, and the difference of all units."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from lstm_core.record import Array

from .. import theme
from ..words import figures as figure_words
from ..words import what_if as words

HEIGHT = 460  # pixels


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
    figure = make_subplots(
        rows=2,
        cols=1,
        shared_xaxes=True,
        vertical_spacing=0.08,
        subplot_titles=("", words.DIFFERENCE),
    )
    colour = theme.signal_colour(signal, dark)
    named = names or (words.BEFORE, words.AFTER)
    for values, name, dash in zip((before, after), named, ("dot", "solid"), strict=True):
        line = {"color": colour, "width": 2, "shape": "hvh", "dash": dash}
        shown = values.mean(axis=1) if unit < 0 else values[:, unit]
        figure.add_trace(
            go.Scatter(x=when, y=shown, name=name, mode="lines", line=line), row=1, col=1
        )
    difference = np.asarray(after - before, np.float64)
    bound = float(np.nanmax(np.abs(difference), initial=0)) or 1.0
    heatmap = go.Heatmap(
        x=when,
        z=difference.T,
        zmin=-bound,
        zmax=bound,
        colorscale=theme.colour_scale(signal, signed=True, dark=dark),
        colorbar={"len": 0.45, "y": 0.22, "thickness": 12},
        hovertemplate=figure_words.DIFFERENCE_HOVER,
    )
    figure.add_trace(heatmap, row=2, col=1)
    shared = theme.plot_layout(dark)
    axis = shared.pop("xaxis")
    shared.pop("yaxis")
    figure.update_layout(shared, height=HEIGHT, legend={"orientation": "h", "y": 1.1})
    figure.update_xaxes(axis).update_yaxes(axis)
    figure.update_yaxes(
        title_text=figure_words.UNIT,
        autorange="reversed",
        dtick=max(1, before.shape[1] // 8),
        row=2,
        col=1,
    )
    figure.update_xaxes(title_text=figure_words.TIMESTEP, row=2, col=1)
    return figure
