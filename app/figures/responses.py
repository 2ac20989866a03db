"""Responses of the units: a table of gains and settling times, and one unit's three curves."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from lstm_core.analysis import Response
from lstm_core.analysis.responses import Disturbance
from lstm_core.record import Array

from .. import theme
from ..words import responses as words
from .comparison_style import Panel, TimeSpan, stacked_panels

PANEL_HEIGHT = 110  # pixels


def response_table(responses: Mapping[Disturbance, Response]) -> pd.DataFrame:
    """Return a row for each unit: how far each disturbance moves it, and when it has settled."""
    names = words.COLUMNS
    columns = {names["unit"]: np.arange(len(responses["impulse"].gain))}
    for kind, one in responses.items():
        columns[names[kind]] = one.gain
        if one.settling is not None:
            columns[names[f"{kind}_settles"]] = one.settling
    return pd.DataFrame(columns)


def unit_response(
    responses: Mapping[Disturbance, Response],
    unit: int,
    signal: str,
    titles: Mapping[str, str],
    *,
    dark: bool = False,
) -> go.Figure:
    """Return one unit's deviation after each disturbance, one curve below the other."""
    panels = [
        Panel(
            traces=[_line(one.deviation[:, unit], theme.signal_colour(signal, dark))],
            y={},
            height=PANEL_HEIGHT,
            title=titles[kind],
        )
        for kind, one in responses.items()
    ]
    span = TimeSpan(first=0, last=len(next(iter(responses.values())).weights) - 1)
    return stacked_panels(panels, span.axis(words.TIME), dark=dark, showlegend=False)


def _line(values: Array, colour: str) -> dict[str, object]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": np.arange(len(values)),
        "y": values,
        "line": {"color": colour, "width": 2, "shape": "hvh"},
        "hovertemplate": "%{x}: %{y:.4f}<extra></extra>",
    }
