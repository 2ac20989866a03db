"""Influence through time as curves: the memory and the input of each earlier timestep."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from lstm_core.analysis.curve import Curve
from lstm_core.analysis.influence import Influence
from lstm_core.record import Array
from lstm_core.vocabulary import signal, vocabulary

from ..words import memory as memory_words
from .comparison_style import (
    ComparedNetwork,
    Panel,
    TimeSpan,
    Values,
    stacked_panels,
    timestep_label,
    timestep_line,
)

HEIGHT, GAINS_HEIGHT, LEGEND_TOP = 170, 200, 66  # pixels
FLOOR = 1e-12  # where the axis ends at the latest

Seen = tuple[tuple[ComparedNetwork, Influence], ...]


def influence_curves(
    seen: Seen, span: TimeSpan, *, t: int, cue: int | None = None, dark: bool = False
) -> go.Figure:
    """Return two panels over s on a logarithmic axis, all networks on one axis each.

    Above ‖∂c_t/∂c_s‖ of an LSTM, ‖∂h_t/∂h_s‖ of the others, as a share of that at s = t; dashed
    what the gates alone keep, ‖Π f‖ or ‖Π z‖. Below ‖∂h_t/∂x_s‖ as it is. What is exactly 0 has
    no place on such an axis and is left out. Dotted lines stand at `t`, and at `cue`, where what
    has to be remembered was read.
    """
    memories = [line for network, i in seen for line in _memory_lines(network, i, dark)]
    inputs = [
        _line(network.title, i.timesteps, i.input.norm, network.line(dark), showlegend=False)
        for network, i in seen
    ]
    panels = [
        Panel(
            traces=traces,
            y={**LOG_AXIS, "range": decade_limits([trace["y"] for trace in traces])},
            height=HEIGHT,
            title=title,
        )
        for traces, title in (
            (memories, memory_words.MEMORY_PANEL),
            (inputs, memory_words.INPUT_PANEL),
        )
    ]
    marks = [(t, memory_words.AT_T)]
    if cue is not None and span.first <= cue <= span.last and cue != t:
        marks.append((cue, memory_words.AT_CUE))
    middle = (span.first + span.last) / 2
    return stacked_panels(
        panels,
        span.axis(memory_words.READ_AT),
        dark=dark,
        top=LEGEND_TOP,
        hovermode="x unified",
        legend=HIGH_LEGEND,
        shapes=[timestep_line(at, dark) for at, _ in marks],
        annotations=[timestep_label(at, text, dark, left=at > middle) for at, text in marks],
    )


LOG_AXIS: Values = {"type": "log", "exponentformat": "power", "dtick": 3}
GAIN_TICKS = [step * 10.0**d for d in range(-6, 7) for step in (1, 2, 5)]
HIGH_LEGEND = {"orientation": "h", "yanchor": "bottom", "y": 1.06, "x": 0, "xanchor": "left"}


def _memory_lines(network: ComparedNetwork, influence: Influence, dark: bool) -> list[Values]:
    """The curve of the memory, and of what the gates alone would keep of it."""
    memory = memory_curve(influence)
    lines = [
        _line(
            network.title,
            influence.timesteps,
            memory.relative,
            network.line(dark),
            customdata=memory.norm,
            hovertemplate=memory_words.MEMORY_HOVER,
        )
    ]
    if influence.kept_relative is not None:
        name, line = gate_line_name(network), network.line(dark, dash="dash")
        lines.append(
            _line(name, influence.timesteps, influence.kept_relative, {**line, "width": 1.5})
        )
    return lines


def gate_line_name(network: ComparedNetwork) -> str:
    """Return the name of the line of what the gate that keeps the memory would keep alone."""
    gate = vocabulary(network.kind).keeping_gate
    symbol = "" if gate is None else signal(network.kind, gate).symbol
    return memory_words.gates_alone(network.title, symbol)


def _line(name: str, x: Array, y: Array, line: Values, **more: object) -> Values:
    shown = np.where(y > 0, y, np.nan)
    plain = {"type": "scatter", "mode": "lines", "hovertemplate": "%{y:.2e}"}
    return {**plain, "x": x, "y": shown, "name": name, "line": line, **more}


def memory_curve(influence: Influence) -> Curve:
    """Return the curve of what remembers: the cell state's, or the hidden state's."""
    return influence.hidden if influence.cell is None else influence.cell


def decade_limits(values: list[Array]) -> list[float]:
    """Return the ends of a logarithmic axis, as powers of ten that rarely change.

    The lower end is 1e-3, 1e-6, 1e-9 or 1e-12, the upper at least 10 and at most 1e6.
    """
    positive = np.concatenate([np.ravel(v) for v in values]) if values else np.ones(1)
    positive = positive[np.isfinite(positive) & (positive > 0)]
    low, high = (positive.min(), positive.max()) if positive.size else (1.0, 1.0)
    lower = 3 * np.floor(np.log10(max(low, FLOOR)) / 3)
    return [float(min(lower, -3)) - 0.2, float(np.clip(np.ceil(np.log10(high)), 1, 6)) + 0.2]


def gain_curves(
    gains: tuple[tuple[ComparedNetwork, Array], ...], span: TimeSpan, *, dark: bool = False
) -> go.Figure:
    """Return σ_max of each timestep's Jacobian for each network, with a line at 1.

    Each (n,) belongs to the last n timesteps of `span`. It has no cursor.
    """
    lines = [
        _line(
            network.title,
            np.arange(span.last + 1 - len(values), span.last + 1),
            values,
            network.line(dark, shape="hvh"),
            hovertemplate="%{y:.3g}",
        )
        for network, values in gains
    ]
    positive = np.concatenate([values[values > 0] for _, values in gains] or [np.ones(1)])
    low, high = np.log10(min(positive.min(), 0.5)), np.log10(max(positive.max(), 2))
    y: Values = {
        "type": "log",
        "tickvals": GAIN_TICKS,
        "range": [max(low, -6) - 0.05, min(high, 6) + 0.05],
        "title": {"text": memory_words.GAIN},
    }
    unit_gain = {
        **timestep_line(0, dark),
        "x0": 0,
        "x1": 1,
        "xref": "paper",
        "y0": 1,
        "y1": 1,
        "yref": "y",
    }
    panel = Panel(traces=lines, y=y, height=GAINS_HEIGHT)
    axis = span.axis(memory_words.READ_AT)
    return stacked_panels([panel], axis, dark=dark, hovermode="x unified", shapes=[unit_gain])
