"""The tab Values: the numbers of a run as a table, to read and to take home.

The table follows the stage in the browser, which also makes a file of it. Where a run is too large
for that the server shows it, as `figures.values` has it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import pandas as pd
import streamlit as st

from ...components.panels import Rows, panel
from ...figures.values import run_table, timesteps_table, units_table
from ...session import state
from ...session.opened_view import OpenedView
from ...session.panels import values_file_panel, values_panel
from ...words import common as words
from ...words.phrases import said
from . import take_along
from .browser_tabs import here_line, values_follow
from .labels import here, tokens

FEW_ROWS, TABLE_HEIGHT = 16, 460  # a longer table scrolls, in so many pixels
WHOLE_RUN = 500_000  # timesteps times units up to which the whole run can be downloaded


def values(opened: OpenedView) -> None:
    """Show the numbers of this timestep or of this unit as a table, to read and to take home."""
    show = _by_browser if values_follow(opened) else _by_server
    show(opened)
    take_along.python(opened)


def _by_browser(opened: OpenedView) -> None:
    """Have the browser show the table and hand it out."""
    here_line()
    rows, stage = _choose_rows(), state.stage_key()
    panel(values_panel(opened, rows, stage), key="values-panel")
    with st.container(horizontal=True):
        stem = take_along.file_stem(opened)
        panel(values_file_panel(opened, rows, stage, stem), key="values-file", width="content")
        _whole_run(opened)
        take_along.trace_and_page(opened)


def _by_server(opened: OpenedView) -> None:
    """Show the table as it is now, and offer it."""
    st.html(here(opened))
    frame, name = _table_now(opened, _choose_rows())
    _show(frame)
    with st.container(horizontal=True):
        _download(words.DOWNLOAD_TABLE, frame.to_csv, f"{take_along.file_stem(opened)}-{name}.csv")
        _whole_run(opened)
        take_along.trace_and_page(opened)


def _choose_rows() -> Rows:
    """Return what the rows of the table are, which the reader chooses here."""
    choices: list[Rows] = ["units", "timesteps"]
    return st.segmented_control(
        words.TABLE_LABEL,
        choices,
        format_func=words.TABLES.__getitem__,
        default="units",
        key="rows",
        required=True,
        label_visibility="collapsed",
    )


def _table_now(opened: OpenedView, rows: Rows) -> tuple[pd.DataFrame, str]:
    """The table, and the name of its file; while no unit is chosen its rows are all units."""
    view = opened.view
    if rows == "units" or view.unit < 0:
        return units_table(opened.trace, view.t), f"timestep-{view.t}"
    return timesteps_table(opened.trace, view.unit, *_texts(opened)), f"unit-{view.unit}"


def _texts(opened: OpenedView) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tokens(opened), opened.sequence.times or ()


def _show(frame: pd.DataFrame) -> None:
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


def _whole_run(opened: OpenedView) -> None:
    """Offer the values of all units at all timesteps, of a run that is not too large."""
    trace = opened.trace
    if len(trace) * trace.parameters.hidden_size <= WHOLE_RUN:
        _download(
            words.DOWNLOAD_ALL,
            lambda: run_table(trace, *_texts(opened)).to_csv(index=False),
            f"{take_along.file_stem(opened)}-run.csv",
        )


def _download(label: str, make: Callable[[], str], name: str) -> None:
    """Show a download button whose file is made when it is pressed."""
    st.download_button(label, make, file_name=name, mime="text/csv", on_click="ignore")
