"""Variants of the LSTM: the learning curve of each, and how long each of its seeds takes."""

from __future__ import annotations

from textwrap import wrap

import numpy as np
import plotly.graph_objects as go

from lstm_core.studies import Study, Variant

from .. import theme
from ..words import memory as memory_words
from ..words.formatting import thousands
from ..words.phrases import said
from .comparison_style import SYMBOLS, ComparedNetwork, Panel, Values, stacked_panels
from .plotly_text import plain

ROW, TOP = 46, 12  # pixels: of one variant, and above all of them
FULL = 0.8  # of a row: the height of a success of 1
STEPS = (1, 2, 5)
LONGEST = 18  # letters of a name in one line


def learning_curves(study: Study, *, dark: bool = False) -> go.Figure:
    """Return a row per variant: its success over updates, median and range over the seeds.

    In each row the floor is 0 and a thin line 1: all rows have one scale.
    """
    count = len(study.variants)
    traces = [
        trace
        for k, variant in enumerate(study.variants)
        for trace in _learning(variant, count - 1 - k, dark)
    ]
    x = {"title": {"text": memory_words.UPDATES}, "rangemode": "tozero"}
    return _rows(traces, x, study, dark)


def _learning(variant: Variant, floor: int, dark: bool) -> list[Values]:
    """The lines at 0 and 1, the band and the median of one variant that stands on `floor`."""
    network = ComparedNetwork(kind=variant.kind, title=variant.name)
    updates, lowest, median, highest = variant.spread()
    shared: Values = {"type": "scatter", "showlegend": False, "mode": "lines"}
    quiet = {"color": theme.palette(dark)["line"], "width": 1}
    ends = [updates[0], updates[-1]]
    levels = [
        {**shared, "x": ends, "y": [floor + y] * 2, "line": quiet, "hoverinfo": "skip"}
        for y in (0.0, FULL)
    ]
    band = {
        **shared,
        "x": np.concatenate([updates, updates[::-1]]),
        "y": floor + FULL * np.concatenate([highest, lowest[::-1]]),
        "fill": "toself",
        "fillcolor": network.shade(dark),
        "line": {"width": 0},
        "hoverinfo": "skip",
    }
    line = {
        **shared,
        "x": updates,
        "y": floor + FULL * median,
        "customdata": np.stack([median, lowest, highest], axis=1),
        "line": network.line(dark, shape="linear"),
        "name": plain(said(variant.name)),
        "hovertemplate": memory_words.LEARNING_HOVER,
    }
    return [*levels, band, line]


def seed_dots(study: Study, *, dark: bool = False) -> go.Figure:
    """Return a row per variant: a dot per seed at its sequences to success, logarithmic.

    A seed that never succeeded stands as a cross in a column of its own at the right; the
    timestep_line stroke is the median over all seeds, where at least half of them succeeded.
    """
    needed = [run.sequences_to_success for v in study.variants for run in v.runs]
    reached = [sequences for sequences in needed if sequences is not None] or [1]
    low, high = np.log10(min(reached)), np.log10(max(reached))
    never = float(10 ** (high + 0.15 * max(high - low, 1)))
    count = len(study.variants)
    traces = [
        trace
        for k, variant in enumerate(study.variants)
        for trace in _seeds(variant, count - 1 - k + FULL / 2, never, dark)
    ]
    ticks = [step * 10**d for d in range(9) for step in STEPS]
    ticks = [tick for tick in ticks if min(reached) <= tick <= max(reached)]
    x = {
        "type": "log",
        "title": {"text": memory_words.SEQUENCES_TO_SUCCESS},
        "tickvals": [*ticks, never],
        "ticktext": [*(thousands(tick) for tick in ticks), memory_words.NEVER],
        "tickangle": 0,
        "range": [low - 0.08 * max(high - low, 1), np.log10(never) + 0.08 * max(high - low, 1)],
    }
    return _rows(traces, x, study, dark)


def _seeds(variant: Variant, height: float, never: float, dark: bool) -> list[Values]:
    """The median of one variant as a stroke, and its seeds as dots, around `height`."""
    network, runs = ComparedNetwork(kind=variant.kind, title=variant.name), variant.runs
    steps = [run.sequences_to_success or never for run in runs]
    lost = [run.sequences_to_success is None for run in runs]
    colour, middle = theme.network_colour(network.kind, dark), float(np.median(steps))
    shared: Values = {"type": "scatter", "showlegend": False}
    stroke = {
        **shared,
        "x": [middle, middle],
        "y": [height - FULL / 2, height + FULL / 2],
        "mode": "lines",
        "line": {"color": colour, "width": 2},
        "hoverinfo": "skip",
    }
    dots = {
        **shared,
        "x": steps,
        "y": height + 0.14 * (np.arange(len(runs)) - (len(runs) - 1) / 2),
        "mode": "markers",
        "name": plain(said(variant.name)),
        "marker": {
            "color": colour,
            "size": 9,
            "symbol": ["x-thin" if gone else SYMBOLS[network.kind] for gone in lost],
            "line": {"color": colour, "width": [2 if gone else 0 for gone in lost]},
        },
        "customdata": [
            memory_words.seed_outcome(r.seed, r.sequences_to_success, r.wrong, r.of) for r in runs
        ],
        "hovertemplate": "%{fullData.name}<br>%{customdata}<extra></extra>",
    }
    return [dots] if middle >= never else [stroke, dots]


def _rows(traces: list[Values], x: Values, study: Study, dark: bool) -> go.Figure:
    """A figure with the variants' names beside their rows."""
    names = [said(variant.name) for variant in study.variants]
    count = len(names)
    y = {
        "tickvals": [count - 1 - k + FULL / 2 for k in range(count)],
        "ticktext": ["<br>".join(map(plain, wrap(name, LONGEST))) for name in names],
        "range": [-0.15, count],
        "showgrid": False,
        "automargin": True,
        "fixedrange": True,
    }
    panel = Panel(traces=traces, y=y, height=ROW * count)
    return stacked_panels([panel], x, dark=dark, top=TOP, margin={"l": 8}, hovermode="closest")
