"""What all figures that compare networks share: the lines of each, panels and axes.

Figures are written as plain values and made at once: Plotly checks each value that is changed
afterwards along with all others, which takes longer than to draw them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from lstm_core.record import record

from .. import theme
from ..words.formatting import visible
from .plotly_text import plain

SYMBOLS = {"lstm": "circle", "rnn": "x", "gru": "diamond"}
LEGEND = {"orientation": "h", "yanchor": "bottom", "y": 1, "x": 0, "xanchor": "left"}
MOST_TOKENS = 40  # more letters would touch each other on a telephone
TOP, BOTTOM, GAP = 40, 48, 34  # pixels: above and below all panels, and between them
SMALL = 12  # pixels: names of rows, letters below the axis

Values = dict[str, Any]


@record
class ComparedNetwork:
    """One of the networks: its kind of cell ("lstm", "gru" or "rnn"), and its name in a legend."""

    kind: str
    title: str

    def line(self, dark: bool, **more: Any) -> Values:
        """Return the style of its line."""
        return {"color": theme.network_colour(self.kind, dark), "width": 2.5, **more}

    def shade(self, dark: bool) -> str:
        """Return its colour, nearly transparent, for a band."""
        red, green, blue = bytes.fromhex(theme.network_colour(self.kind, dark)[1:])
        return f"rgba({red},{green},{blue},0.18)"


@record
class TimeSpan:
    """The timesteps that a picture shows, first and last, and what was read at each if symbols."""

    first: int
    last: int
    tokens: tuple[str, ...] = ()

    def axis(self, title: str) -> Values:
        """Return the axis of time: the same wherever the stage rests, so that nothing jumps."""
        axis: Values = {
            "title": {"text": plain(title)},
            "range": [self.first - 0.5, self.last + 0.5],
            "showgrid": False,
        }
        few = 0 < len(self.tokens) <= MOST_TOKENS
        if few and all(len(token) == 1 for token in self.tokens):
            axis["tickvals"] = list(range(self.first, self.last + 1))
            axis["ticktext"] = [plain(visible(token)) for token in self.tokens]
            axis["tickangle"] = 0
            axis["tickfont"] = {"size": SMALL}
        return axis


@record
class Panel:
    """One of the pictures that stand one above the other: traces, their own axis, a title."""

    traces: Sequence[Values]
    y: Values
    height: float  # pixels
    title: str = ""


def stacked_panels(
    panels: Sequence[Panel], x: Values, *, dark: bool, top: int = TOP, **layout: Any
) -> go.Figure:
    """Return a figure of panels from top to bottom, over one axis `x` that stands below the last.

    `top` are the pixels above them, for a legend; `layout` is what else it has.
    """
    inside = sum(panel.height for panel in panels) + GAP * (len(panels) - 1)
    shared = theme.plot_layout(dark)
    quiet: Values = dict(shared.pop("xaxis"))  # type: ignore[call-overload]
    whole: Values = {**shared, "legend": LEGEND, "height": inside + top + BOTTOM, **layout}
    whole["margin"] = {**theme.MARGINS, "t": top, "b": BOTTOM, **layout.get("margin", {})}
    traces, titles, above = [], [], 0.0
    for k, panel in enumerate(panels, start=1):
        name, lowest = str(k) if k > 1 else "", k == len(panels)
        upper, lower = 1 - above / inside, 1 - (above + panel.height) / inside
        own = x if lowest else {**x, "title": {"text": ""}, "showticklabels": False}
        matches = {"matches": "x"} if k > 1 else {}
        whole[f"xaxis{name}"] = {**quiet, **own, **matches, "anchor": f"y{name}"}
        domain = {"domain": [max(lower, 0), upper], "anchor": f"x{name}"}
        whole[f"yaxis{name}"] = {**quiet, **panel.y, **domain}
        traces += [{**trace, "xaxis": f"x{name}", "yaxis": f"y{name}"} for trace in panel.traces]
        titles += [_title(panel.title, upper)] if panel.title else []
        above += panel.height + GAP
    whole["annotations"] = [*titles, *layout.get("annotations", ())]
    return go.Figure({"data": traces, "layout": whole})


def _title(text: str, y: float) -> Values:
    """A title at the left above a panel."""
    at = {"x": 0, "xanchor": "left", "xref": "paper", "y": y, "yanchor": "bottom", "yref": "paper"}
    return {**at, "text": text, "showarrow": False, "font": {"size": 13}}


def timestep_line(at: float, dark: bool) -> Values:
    """Return a dotted line at a timestep through all panels."""
    ink = theme.palette(dark)["muted"]
    line = {"color": ink, "width": 1.5, "dash": "dot"}
    ends = {"x0": at, "x1": at, "xref": "x", "y0": 0, "y1": 1, "yref": "paper"}
    return {"type": "line", "layer": "below", "line": line, **ends}


def timestep_label(at: float, text: str, dark: bool, *, left: bool) -> Values:
    """Return a text at the foot of such a line, to its left or to its right."""
    place = {"x": at, "xref": "x", "y": 0, "yref": "paper", "yanchor": "bottom"}
    font = {"size": SMALL, "color": theme.palette(dark)["muted"]}
    side = "right" if left else "left"
    return {**place, "text": text, "showarrow": False, "xanchor": side, "font": font}
