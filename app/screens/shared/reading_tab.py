"""The tab Close reading: one signal as a picture, and one unit's signals as lines."""

from __future__ import annotations

from html import escape
from typing import Any

import streamlit as st

from ...session import state
from ...session.opened_view import OpenedView
from ...words import common as words
from ...words.formatting import visible
from ...words.phrases import said
from .figure_config import figure_config
from .labels import tokens
from .search_offer import search_offer

PICTURE_STEPS = 2000  # timesteps in one picture for close reading


def reading(opened: OpenedView) -> None:
    """Show one signal as a heatmap and the selected unit's signals as lines, to zoom into."""
    from ...figures.heatmap import signal_heatmap
    from ...figures.lines import unit_lines

    trace, view = opened.trace, opened.view
    first, last = _window(view.t, len(trace))
    search_offer(opened)
    signals = {s.name: s for s in trace.vocabulary.signals}
    name = st.selectbox(
        words.SIGNAL,
        list(signals),
        format_func=lambda n: said(signals[n].title),
        key=f"signal-{trace.kind}",
        width=260,
    )
    if last - first < len(trace):
        st.html(f'<p class="note">{escape(words.window(first, last - 1, len(trace)))}</p>')
    signal, dark = signals[name], state.is_dark()
    read = tuple(visible(token) for token in tokens(opened)[first:last])
    heatmap = signal_heatmap(
        trace.series(name)[first:last], signal, first=first, tokens=read, dark=dark
    )
    _picture(heatmap, f"{opened.subject.name}-{name}")
    if view.unit >= 0:
        st.html(f"<h2>{escape(words.unit_lines_title(view.unit))}</h2>")
        lines = unit_lines(trace, view.unit, first=first, last=last, dark=dark)
        _picture(lines, f"{opened.subject.name}-unit-{view.unit}")


def _picture(figure: Any, name: str) -> None:
    from ...figures.picture_numbers import picture_numbers

    config = figure_config(name)
    st.plotly_chart(figure, theme=None, key=f"picture-{name}", config=config)
    st.html(picture_numbers(figure))


def _window(t: int, timesteps: int) -> tuple[int, int]:
    """The timesteps in the picture: all, or a stretch around `t` that moves in large steps."""
    if timesteps <= PICTURE_STEPS:
        return 0, timesteps
    half = PICTURE_STEPS // 2
    first = min(max(t // half * half - half // 2, 0), timesteps - PICTURE_STEPS)
    return first, first + PICTURE_STEPS
