"""Which way each earlier timestep moves one output: signed derivatives as heatmaps."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from lstm_core.record import Array, record

from .. import theme
from ..words import memory as memory_words
from .comparison_style import SMALL, Panel, TimeSpan, Values, stacked_panels
from .plotly_text import plain

LINEAR = 1e-3  # below this share of the largest number the colours grow linearly
SMALLEST = 1e-300  # derivatives below this are exactly 0 (see lstm_core.analysis.jacobians)
ROW, LEAST, MOST = 13, 96, 300  # pixels: of a row of cells, and of one heatmap
TITLE_TOP = 30
MOST_NAMES = 16


@record
class DerivativeMap:
    """One heatmap: derivatives (s, R) of one number by R others at timesteps s."""

    title: str
    signal: str  # whose colours
    timesteps: Array  # (s,)
    values: Array  # (s, R)
    names: tuple[str, ...] = ()  # of the R; () counts them as units


def derivative_heatmaps(
    sheets: tuple[DerivativeMap, ...], span: TimeSpan, *, dark: bool = False
) -> go.Figure:
    """Return a heatmap per sheet, one above the other, over one axis of time.

    Colours are asinh of the number, symmetric about 0 and the same in all sheets: from the
    largest of all (rounded up to 1, 2 or 5 times a power of ten) down to a thousandth of it an
    order of magnitude has one step of colour. On hover stands the number itself.
    """
    bound = round_bound([sheet.values for sheet in sheets])
    panels = [
        Panel(
            traces=[_heatmap(sheet, bound, k == 0, dark)],
            y=_side(sheet),
            height=min(max(ROW * sheet.values.shape[1], LEAST), MOST),
            title=plain(sheet.title),
        )
        for k, sheet in enumerate(sheets)
    ]
    axis = span.axis(memory_words.READ_AT)
    return stacked_panels(panels, axis, dark=dark, top=TITLE_TOP, showlegend=False)


def round_bound(values: list[Array]) -> float:
    """Return the largest magnitude, rounded up to 1, 2 or 5 times a power of ten.

    What is too small for that (below 1e-300) is as good as nothing, whose bound is 1.
    """
    sizes = [np.abs(v[np.isfinite(v)]).max(initial=0) for v in values]
    largest = float(max(sizes, default=0.0))
    if largest < SMALLEST:
        return 1.0
    decade = 10.0 ** np.floor(np.log10(largest))
    return float(next(step * decade for step in (1, 2, 5, 10) if largest <= step * decade * 1.0001))


def asinh_scaled(values: Array, bound: float) -> Array:
    """Return asinh(v / (LINEAR·bound)), scaled so that ±bound is ±1."""
    unit = LINEAR * bound
    places: Array = np.arcsinh(values / unit) / np.arcsinh(1 / LINEAR)
    return places


def _heatmap(sheet: DerivativeMap, bound: float, bar: bool, dark: bool) -> Values:
    marks = np.array([-1, -0.03, 0, 0.03, 1]) * bound
    return {
        "type": "heatmap",
        "x": sheet.timesteps,
        "y": np.arange(sheet.values.shape[1]),
        "z": asinh_scaled(sheet.values.T, bound).astype(np.float32),
        "customdata": np.ascontiguousarray(sheet.values.T),
        "zmin": -1,
        "zmax": 1,
        "colorscale": theme.colour_scale(sheet.signal, True, dark),
        "showscale": bar,
        "colorbar": {
            "tickvals": asinh_scaled(marks, bound).tolist(),
            "ticktext": [f"{mark:.2g}".replace("-", "−") for mark in marks],
            "tickfont": {"size": SMALL},
            "thickness": 10,
            "outlinewidth": 0,
            "x": 1.01,
        },
        "hovertemplate": memory_words.DERIVATIVE_HOVER,
        "name": sheet.title,
    }


def _side(sheet: DerivativeMap) -> Values:
    """The axis beside a heatmap: names where they fit, otherwise numbers and what they count."""
    axis: Values = {"autorange": "reversed", "nticks": 6, "showgrid": False}
    if sheet.names and len(sheet.names) <= MOST_NAMES:
        axis["tickvals"] = list(range(len(sheet.names)))
        axis["ticktext"] = [plain(name) for name in sheet.names]
        axis["tickfont"] = {"size": SMALL}
    else:
        axis["title"] = {"text": memory_words.INPUT if sheet.names else memory_words.UNIT}
    return axis
