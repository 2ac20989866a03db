"""The signals of one unit over time, as lines: the cell state above, the gates below."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from lstm_core.run.trace import Trace
from lstm_core.vocabulary import Signal

from .. import theme
from ..words import figures as figure_words
from ..words.phrases import said

HEIGHT = 420  # pixels
LEGEND = {"orientation": "h", "yanchor": "bottom", "y": 1.02, "x": 0}


def unit_lines(
    trace: Trace, unit: int, *, first: int = 0, last: int | None = None, dark: bool = False
) -> go.Figure:
    """Return a line per recorded signal of `unit`, from timestep `first` up to `last`.

    Signals with a range of their own share the lower axis; one without (a cell state) has the
    upper one to itself. Takes no cursor: a step does not redraw it.
    """
    last = len(trace) if last is None else last
    free = [s for s in trace.vocabulary.recorded if s.low is None]
    ranged = [s for s in trace.vocabulary.recorded if s.low is not None and _is_per_unit(trace, s)]
    rows = [group for group in (free, ranged) if group]
    figure = make_subplots(rows=len(rows), cols=1, shared_xaxes=True, vertical_spacing=0.06)
    for row, group in enumerate(rows, start=1):
        for signal in group:
            figure.add_trace(_line(trace, signal, unit, first, last, dark), row=row, col=1)
    shared = theme.plot_layout(dark)
    axis = shared.pop("xaxis")
    shared.pop("yaxis")
    figure.update_layout(shared, height=HEIGHT, hovermode="x unified", legend=LEGEND)
    figure.update_xaxes(axis).update_yaxes(axis)
    figure.update_xaxes(title_text=figure_words.TIMESTEP, row=len(rows), col=1)
    return figure


def _is_per_unit(trace: Trace, signal: Signal) -> bool:
    """Whether each unit has a value of its own (a projected hidden state is narrower)."""
    return int(trace.series(signal.name).shape[-1]) == trace.parameters.hidden_size


def _line(trace: Trace, signal: Signal, unit: int, first: int, last: int, dark: bool) -> go.Scatter:
    return go.Scatter(
        x=np.arange(first, last),
        y=np.asarray(trace.series(signal.name)[first:last, unit], np.float32),
        name=f"{said(signal.title)} {signal.symbol}",
        mode="lines",
        line={"color": theme.signal_colour(signal.name, dark), "width": 2, "shape": "hvh"},
        hovertemplate="%{y:.3f}",
    )
