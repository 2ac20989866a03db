"""How much of a change in the memory is left after k timesteps, all networks on one axis."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from lstm_core.analysis.memory_left import MemoryLeft
from lstm_core.record import Array

from ..words import memory_answer as answer_words
from .comparison_style import (
    ComparedNetwork,
    Panel,
    Values,
    stacked_panels,
    timestep_label,
    timestep_line,
)
from .influence import LOG_AXIS, decade_limits, gate_line_name

HEIGHT = 300  # pixels


def memory_left_curves(
    curves: tuple[tuple[ComparedNetwork, MemoryLeft], ...],
    lags: int,
    *,
    cue: tuple[int, str] | None = None,
    dark: bool = False,
) -> go.Figure:
    """Return a line per network over k on a logarithmic axis, and a dashed one of its gates alone.

    The axis ends at `lags` timesteps, so that it is the same wherever the stage rests. `cue` is the
    lag at which what has to be kept was read, and what it is called; a dotted line stands there.
    What is exactly 0 has no place on such an axis and is left out.
    """
    lines = [line for network, left in curves for line in _lines(network, left, dark)]
    limits = decade_limits([np.asarray(line["y"]) for line in lines])
    y: Values = {**LOG_AXIS, "range": limits, "title": {"text": answer_words.LEFT_AXIS}}
    t = curves[0][1].timestep
    x: Values = {
        "title": {"text": answer_words.LAG_AXIS.format(t=t)},
        "range": [-0.5, lags + 0.5],
        "showgrid": False,
    }
    marks, labels = [], []
    if cue is not None:
        marks = [timestep_line(cue[0], dark)]
        labels = [timestep_label(cue[0], cue[1], dark, left=cue[0] > lags / 2)]
    panel = Panel(traces=lines, y=y, height=HEIGHT)
    return stacked_panels(
        [panel], x, dark=dark, hovermode="x unified", shapes=marks, annotations=labels
    )


def _lines(network: ComparedNetwork, left: MemoryLeft, dark: bool) -> list[Values]:
    """The curve of a network, and of what its gates alone keep where it has one that does."""
    lines = [_line(network.title, left.lags, left.left, network.line(dark))]
    if left.gates_alone is not None:
        style = {**network.line(dark, dash="dash"), "width": 1.5}
        lines.append(_line(gate_line_name(network), left.lags, left.gates_alone, style))
    return lines


def _line(name: str, x: Array, y: Array, style: Values) -> Values:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": x,
        "y": np.where((y > 0) & np.isfinite(y), y, np.nan),
        "line": style,
        "hovertemplate": answer_words.LEFT_HOVER,
    }
