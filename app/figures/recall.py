"""How well a probe reads a symbol from a network's state, by the time since it was read."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from lstm_core.analysis.recall import Recall

from .. import theme
from ..words import memory as memory_words
from .comparison_style import ComparedNetwork, Panel, Values, stacked_panels

HEIGHT = 240  # pixels
SURE = 1.96  # standard errors: where 95 of 100 such measurements lie


def recall_curves(
    recalls: tuple[tuple[ComparedNetwork, Recall], ...], *, dark: bool = False
) -> go.Figure:
    """Return a line per network: what its probe scores on held-out sequences, by lag.

    The band is ± 1.96 standard errors over the held-out sequences; the dotted line is what a
    guess scores, which is the same for all.
    """
    bands = [_band(network, recall, dark) for network, recall in recalls]
    lines = [_line(network, recall, dark) for network, recall in recalls]
    first = recalls[0][1]
    y = {"title": {"text": memory_words.MEASURES[first.measure]}, "range": [-0.03, 1.05]}
    panel = Panel(traces=[*bands, *lines, _chance(first, dark)], y=y, height=HEIGHT)
    x = {"title": {"text": memory_words.LAG}, "rangemode": "tozero"}
    return stacked_panels([panel], x, dark=dark, hovermode="x unified")


def _line(network: ComparedNetwork, recall: Recall, dark: bool) -> Values:
    return {
        "type": "scatter",
        "x": recall.lags,
        "y": recall.score,
        "customdata": recall.tested,
        "name": network.title,
        "mode": "lines",
        "line": network.line(dark),
        "hovertemplate": memory_words.RECALL_HOVER,
    }


def _band(network: ComparedNetwork, recall: Recall, dark: bool) -> Values:
    known = np.isfinite(recall.score)
    lags, score = recall.lags[known], recall.score[known]
    reach = SURE * recall.standard_error[known]
    return {
        "type": "scatter",
        "x": np.concatenate([lags, lags[::-1]]),
        "y": np.clip(np.concatenate([score + reach, (score - reach)[::-1]]), 0, 1),
        "fill": "toself",
        "fillcolor": network.shade(dark),
        "line": {"width": 0},
        "mode": "lines",
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _chance(recall: Recall, dark: bool) -> Values:
    return {
        "type": "scatter",
        "x": recall.lags,
        "y": recall.chance,
        "name": memory_words.CHANCE,
        "mode": "lines",
        "line": {"color": theme.palette(dark)["muted"], "width": 1.5, "dash": "dot"},
        "hovertemplate": "%{y:.2f}",
    }
