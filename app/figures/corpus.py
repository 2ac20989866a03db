"""A corpus as pictures: matches aligned, gates, an event, units that go together, a projection."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from lstm_core.corpus import GateOverview, Matches, Projection, SearchIndex
from lstm_core.corpus.search import Aligned
from lstm_core.record import Array
from lstm_core.vocabulary import signal

from .. import theme
from ..words import figures as figure_words
from ..words import sequences as words
from ..words.formatting import visible
from ..words.phrases import said
from .plotly_text import plain

HEIGHT = 340  # pixels
ROW = 16
MOST_LABELS = 10  # that have a colour of their own
MOST_POINTS = 5000


def aligned_heatmap(
    index: SearchIndex, result: Matches, around: Aligned, *, dark: bool = False
) -> go.Figure:
    """Return the matches one below another, aligned where they begin, in the signal's colours.

    A cell is the mean of the units of the hypothesis; hovering reads what was read there.
    """
    name = result.hypothesis.signal
    shown = signal(index.plan.kind, name)
    low, high = _range(index, name, around.values)
    count, width = around.values.shape
    names = index.survey.names
    figure = go.Figure(
        go.Heatmap(
            z=around.values,
            x=np.arange(width) - around.before,
            y=[f"{k + 1}" for k in range(count)],
            zmin=low,
            zmax=high,
            colorscale=theme.colour_scale(name, low < 0, dark),
            colorbar={"title": {"text": shown.symbol}, "thickness": 12, "outlinewidth": 0},
            text=[_texts(index, row) for row in around.read],
            customdata=[[plain(names[match.sequence])] * width for match in result.best],
            hovertemplate=words.MATCH_HOVER,
            hoverongaps=False,
        ),
        theme.plot_layout(dark),
    )
    figure.add_vline(x=-0.5, line_width=1, line_color=theme.palette(dark)["muted"])
    figure.update_layout(height=min(120 + ROW * count, 620), showlegend=False)
    figure.update_xaxes(title=words.FROM_BEGINNING, showgrid=False)
    figure.update_yaxes(title=words.MATCH, autorange="reversed", showgrid=False)
    return figure


def _texts(index: SearchIndex, row: Array) -> list[str]:
    """What one match reads at each position, "" outside its sequence."""
    if index.plan.alphabet:
        return [plain(visible(index.plan.alphabet[k])) if k >= 0 else "" for k in row.tolist()]
    return [", ".join(f"{v:.3g}" for v in step if np.isfinite(v)) for step in row.tolist()]


def _range(index: SearchIndex, name: str, values: Array) -> tuple[float, float]:
    """A gate's own range; a signed signal's is symmetric and as wide as its values."""
    shown = signal(index.plan.kind, name)
    if shown.low is not None and shown.low >= 0:
        return 0.0, 1.0
    reached = float(np.nanmax(np.abs(values), initial=0)) or 1.0
    return -reached, reached


def gates_by_unit(index: SearchIndex, overview: GateOverview, *, dark: bool = False) -> go.Figure:
    """Return the mean of every gate of every unit, gates down, units across."""
    titles = [said(signal(index.plan.kind, name).title) for name in overview.gates]
    figure = go.Figure(
        go.Heatmap(
            z=overview.units,
            x=np.arange(overview.units.shape[1]),
            y=titles,
            zmin=0,
            zmax=1,
            colorscale=theme.colour_scale(overview.gates[0], False, dark),
            colorbar={"thickness": 12, "outlinewidth": 0},
            hovertemplate=words.GATE_HOVER,
        ),
        theme.plot_layout(dark),
    )
    figure.update_layout(height=140 + 40 * len(titles))
    figure.update_xaxes(title=figure_words.UNIT, showgrid=False)
    figure.update_yaxes(autorange="reversed", automargin=True)
    return figure


def gates_over_sequences(
    index: SearchIndex, overview: GateOverview, *, dark: bool = False
) -> go.Figure:
    """Return how the mean of each gate is distributed over the sequences."""
    figure = go.Figure(layout=theme.plot_layout(dark))
    for name, means in zip(overview.gates, overview.sequences, strict=True):
        counts, edges = np.histogram(means, bins=40, range=(0, 1))
        figure.add_scatter(
            x=(edges[:-1] + edges[1:]) / 2,
            y=counts,
            mode="lines",
            line={"shape": "hvh", "width": 2, "color": theme.signal_colour(name, dark)},
            name=said(signal(index.plan.kind, name).title),
        )
    figure.update_layout(height=HEIGHT, legend={"orientation": "h", "y": 1.16})
    figure.update_xaxes(title=words.MEAN_GATE, range=[0, 1])
    figure.update_yaxes(title=words.SEQUENCES_COUNTED, rangemode="tozero")
    return figure


def around_event(
    index: SearchIndex, mean: Array, name: str, before: int, *, dark: bool = False
) -> go.Figure:
    """Return the mean of a signal around an event (W, H): units down, timesteps across."""
    low, high = _range(index, name, mean)
    shown = signal(index.plan.kind, name)
    figure = go.Figure(
        go.Heatmap(
            z=mean.T.astype(np.float32),
            x=np.arange(len(mean)) - before,
            y=np.arange(mean.shape[1]),
            zmin=low,
            zmax=high,
            colorscale=theme.colour_scale(name, low < 0, dark),
            colorbar={"title": {"text": shown.symbol}, "thickness": 12, "outlinewidth": 0},
            hoverongaps=False,
        ),
        theme.plot_layout(dark),
    )
    figure.add_vline(x=0, line_width=1, line_dash="dot", line_color=theme.palette(dark)["ink"])
    figure.update_layout(height=min(max(HEIGHT, 22 * mean.shape[1]), 620))
    figure.update_xaxes(title=words.FROM_EVENT, showgrid=False)
    figure.update_yaxes(title=figure_words.UNIT, autorange="reversed", showgrid=False)
    return figure


def units_together(order: Array, correlations: Array, *, dark: bool = False) -> go.Figure:
    """Return which units rise and fall together: correlations, -1 to 1, in their order."""
    names = [str(unit) for unit in order]
    figure = go.Figure(
        go.Heatmap(
            z=correlations,
            x=names,
            y=names,
            zmin=-1,
            zmax=1,
            colorscale=theme.colour_scale("hidden_state", True, dark),
            colorbar={"thickness": 12, "outlinewidth": 0},
        ),
        theme.plot_layout(dark),
    )
    figure.update_layout(height=460)
    figure.update_xaxes(title=figure_words.UNIT, type="category", showgrid=False)
    figure.update_yaxes(
        title=figure_words.UNIT, type="category", autorange="reversed", showgrid=False
    )
    return figure


def drawn_points(sequences: int) -> np.ndarray:
    """Return which of so many sequences `projected` draws, (n,) in their order: all, or a sample.

    The sample is drawn by chance, always the same: every k-th would show one kind alone of
    sequences that take turns.
    """
    if sequences <= MOST_POINTS:
        return np.arange(sequences)
    return np.sort(np.random.default_rng(0).choice(sequences, MOST_POINTS, replace=False))


def projected(
    projection: Projection, names: Sequence[str], groups: Sequence[str], *, dark: bool = False
) -> go.Figure:
    """Return the sequences as points on the two main directions, a marker for each group.

    The largest groups have a colour and a shape of their own; the others share one. Those of
    `drawn_points` are drawn. Plotly's WebGL markers could draw more, but none at all in a browser
    without WebGL.
    """
    figure = go.Figure(layout=theme.plot_layout(dark))
    kinds, counts = np.unique(np.array(groups, object).astype(str), return_counts=True)
    largest = kinds[np.argsort(-counts, kind="stable")][:MOST_LABELS].tolist()
    hues = [*theme.SIGNAL_HUES]
    shapes = ("circle", "diamond", "square", "cross", "x", "triangle-up", "star")
    placed = np.array([largest.index(g) if g in largest else -1 for g in groups])
    drawn = drawn_points(len(placed))
    for k in range(-1 if (placed < 0).any() else 0, len(largest)):
        where = drawn[placed[drawn] == k]
        colour = theme.palette(dark)["muted"] if k < 0 else theme.signal_colour(hues[k % 6], dark)
        figure.add_scatter(
            x=projection.points[where, 0],
            y=projection.points[where, 1],
            mode="markers",
            marker={"size": 7, "color": colour, "symbol": shapes[k % len(shapes)], "opacity": 0.75},
            name=plain(words.OTHERS if k < 0 else largest[k] or words.UNLABELLED),
            customdata=where,
            text=[plain(names[n]) for n in where.tolist()],
            hovertemplate="%{text}<extra>%{fullData.name}</extra>",
        )
    shares = [words.direction(k + 1, float(share)) for k, share in enumerate(projection.explained)]
    figure.update_layout(height=420, legend={"orientation": "h", "y": 1.12})
    figure.update_xaxes(title=shares[0])
    figure.update_yaxes(title=shares[1])
    return figure
