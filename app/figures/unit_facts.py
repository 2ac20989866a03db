"""The time scales of all units: a table, and how often each gate is open and shut as a scatter."""

from __future__ import annotations

from textwrap import wrap

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from lstm_core.analysis import Saturation, TimeScales
from lstm_core.record import Array
from lstm_core.vocabulary import CellVocabulary

from .. import theme
from ..words import figures as figure_words
from ..words import why as words
from ..words.phrases import said

HEIGHT = 420  # pixels
TITLE_LETTERS = 42  # of a line of the title: what a telephone has room for
TITLE_HEIGHT = 52  # pixels
MARGIN = 0.03  # of the axes beyond 0 and 1, so that no point is cut


def time_scale_table(scales: TimeScales, cell: CellVocabulary) -> pd.DataFrame:
    """Return a row per unit: half-lives in timesteps, how often it writes, its gates' saturation.

    Shares are 0..1. An LSTM with a projection has no column of what the unit shows: its outputs
    are not its units.
    """
    columns: dict[str, Array] = {}
    if scales.half_life is not None and scales.half_life_quantiles is not None:
        columns[words.UNITS_COLUMNS["half_life"]] = scales.half_life
        for name, values in zip(
            ("shortest", "usual", "longest"), scales.half_life_quantiles, strict=True
        ):
            columns[words.UNITS_COLUMNS[name]] = values
    if scales.write_frequency is not None:
        columns[words.UNITS_COLUMNS["writes"]] = scales.write_frequency
    titles = {signal.name: said(signal.title) for signal in cell.recorded}
    for gate in scales.saturation:
        columns[words.OPEN_SHARE.format(title=titles[gate.signal])] = gate.open
        columns[words.SHUT_SHARE.format(title=titles[gate.signal])] = gate.shut
    units = len(next(iter(columns.values()), scales.dead))
    if len(scales.dead) == units:
        shows = np.where(scales.dead, "dead", np.where(scales.always_on, "always_on", "varies"))
        columns[words.UNITS_COLUMNS["shows"]] = np.array([words.SHOWS[s] for s in shows], object)
    return pd.DataFrame({words.UNIT_COLUMN: np.arange(units), **columns})


def saturation_scatter(
    gate: Saturation, title: str, *, unit: int = -1, dark: bool = False
) -> go.Figure:
    """Return a point per unit: the share of timesteps at which its gate is shut and open.

    The selected `unit` is ringed; below 0 none is.
    """
    shared = theme.plot_layout(dark)
    axis = shared.pop("xaxis")
    shared.pop("yaxis")
    ring = np.arange(len(gate.open)) == unit
    figure = go.Figure(
        go.Scatter(
            x=gate.shut,
            y=gate.open,
            mode="markers",
            customdata=np.arange(len(gate.open)),
            marker={
                "color": theme.signal_colour(gate.signal, dark),
                "size": np.where(ring, 16, 9),
                "opacity": 0.75,
                "line": {"color": theme.palette(dark)["ink"], "width": np.where(ring, 3, 0)},
            },
            hovertemplate=figure_words.GATE_HOVER,
        )
    )
    lines = wrap(words.SATURATION_TITLE.format(gate=title), TITLE_LETTERS)
    heading = {"text": "<br>".join(lines), "font": {"size": 14}, "x": 0, "xanchor": "left"}
    margin = {**theme.MARGINS, "t": TITLE_HEIGHT}
    figure.update_layout(shared, height=HEIGHT, title=heading, margin=margin)
    whole = {"range": [-MARGIN, 1 + MARGIN], "tickformat": ".0%"}
    figure.update_xaxes(axis, **whole, title=words.SATURATION_AXES[0])
    figure.update_yaxes(axis, **whole, title=words.SATURATION_AXES[1])
    return figure
