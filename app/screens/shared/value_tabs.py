"""The tabs for reading closely: the values as a table, one signal as a picture."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any, Literal

import streamlit as st

from ...figures.values import run_table, timesteps_table, units_table
from ...session import state
from ...session.opened_view import OpenedView
from ...words import common as words
from ...words.formatting import visible
from ...words.phrases import said
from . import take_along
from .figure_config import figure_config
from .labels import here, tokens
from .search_offer import search_offer

PICTURE_STEPS = 2000  # timesteps in one picture for close reading
FEW_ROWS, TABLE_HEIGHT = 16, 460  # a longer table scrolls, in so many pixels
WHOLE_RUN = 500_000  # timesteps times units up to which the whole run can be downloaded


def values(opened: OpenedView) -> None:
    """Show the numbers of this timestep or of this unit as a table, to read and to take home."""
    trace, view = opened.trace, opened.view
    texts = (tokens(opened), opened.sequence.times or ())
    st.html(here(opened))
    rows = st.segmented_control(
        words.TABLE_LABEL,
        list(words.TABLES),
        format_func=words.TABLES.__getitem__,
        default="units",
        key="rows",
        required=True,
        label_visibility="collapsed",
    )
    if rows == "timesteps" and view.unit >= 0:
        name = f"unit-{view.unit}"
        frame = timesteps_table(trace, view.unit, *texts)
    else:
        name = f"timestep-{view.t}"
        frame = units_table(trace, view.t)
    height: Literal["auto"] | int = "auto" if len(frame) <= FEW_ROWS else TABLE_HEIGHT
    numbers = frame.select_dtypes("number").columns
    columns: dict[str, Any] = {
        name: st.column_config.NumberColumn(said(name), format="%.4f")
        if name in numbers
        else st.column_config.Column(said(name))
        for name in frame.columns
    }
    columns["_index"] = st.column_config.Column(said(str(frame.index.name)))
    st.dataframe(frame, height=height, column_config=columns)
    with st.container(horizontal=True):
        stem = f"{take_along.file_stem(opened)}-{name}"
        _download(words.DOWNLOAD_TABLE, frame.to_csv, f"{stem}.csv")
        if len(trace) * trace.parameters.hidden_size <= WHOLE_RUN:
            _download(
                words.DOWNLOAD_ALL,
                lambda: run_table(trace, *texts).to_csv(index=False),
                f"{take_along.file_stem(opened)}-run.csv",
            )
        take_along.trace_and_page(opened)
    take_along.python(opened)


def _download(label: str, make: Callable[[], str], name: str) -> None:
    """Show a download button whose file is made when it is pressed."""
    st.download_button(label, make, file_name=name, mime="text/csv", on_click="ignore")


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
