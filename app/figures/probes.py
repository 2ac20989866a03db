"""What the units are about: a row for each property, and a property drawn over one unit."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from lstm_core.analysis.probes import Probe, Property
from lstm_core.record import Array

from .. import theme
from ..words import figures as figure_words
from ..words import probes as words
from ..words.phrases import said
from .comparison_style import TimeSpan
from .plotly_text import plain

HEIGHT = 260  # pixels


def probe_table(probes: Sequence[Probe]) -> pd.DataFrame:
    """Return a row for each property, as the best unit tells it in the part held out."""
    told = {
        "property": [said(probe.name) for probe in probes],
        "unit": [probe.best for probe in probes],
        "correlation": [float(probe.correlation[probe.best]) for probe in probes],
        "chance": [probe.chance for probe in probes],
        "accuracy": [float(probe.accuracy[probe.best]) for probe in probes],
        "ridge": [probe.ridge for probe in probes],
        "told": [words.YES if probe.is_told else words.NO for probe in probes],
    }
    return pd.DataFrame({words.COLUMNS[name]: values for name, values in told.items()})


def property_over_unit(
    values: Array,
    shown: Property,
    unit: int,
    signal: str,
    tokens: tuple[str, ...] = (),
    *,
    dark: bool = False,
) -> go.Figure:
    """Return one unit's signal (T,) as a line, and the property as an area behind it.

    Each has its own scale: the unit's at the left, the property's at the right.
    """
    when, muted = np.arange(len(values)), theme.palette(dark)["muted"]
    colour, name = theme.signal_colour(signal, dark), plain(said(shown.name))
    figure = go.Figure(layout=theme.plot_layout(dark))
    figure.add_scatter(
        x=when,
        y=shown.values,
        yaxis="y2",
        mode="lines",
        line={"shape": "hvh", "width": 1, "color": muted},
        fill="tozeroy",
        name=name,
    )
    figure.add_scatter(
        x=when,
        y=values,
        mode="lines",
        line={"shape": "hvh", "width": 2.5, "color": colour},
        name=figure_words.unit(unit),
    )
    span = TimeSpan(first=0, last=len(values) - 1, tokens=tokens)
    right = {
        "overlaying": "y",
        "side": "right",
        "showgrid": False,
        "title": {"text": name, "standoff": 8},
        "tickmode": "auto",  # round numbers of its own, not those beside the left axis's
        "nticks": 5,
        "automargin": True,
    }
    figure.update_layout(
        height=HEIGHT,
        margin={**theme.MARGINS, "r": theme.MARGINS["l"]},  # for the second axis
        xaxis=span.axis(figure_words.TIMESTEP),
        yaxis={"title": {"text": figure_words.unit(unit), "standoff": 8}, "automargin": True},
        yaxis2=right,
        legend={"orientation": "h", "y": 1.18},
    )
    return figure
