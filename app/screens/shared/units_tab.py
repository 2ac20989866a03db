"""The tab about all units: how long each remembers, how often it writes, when its gates are shut.

What the reader wants to find out: which units remember for long, which forget at once, which do
nothing; and to go to any of them.
"""

from __future__ import annotations

from html import escape
from typing import Any, cast

import streamlit as st

from ...figures.unit_facts import saturation_scatter, time_scale_table
from ...session import state
from ...session.opened_view import OpenedView
from ...session.run_facts import run_facts
from ...words import probes as probe_words
from ...words import unit_page as unit_words
from ...words import why as words
from ...words.phrases import said
from .figure_config import figure_config
from .probes_part import what_they_are_about
from .responses_part import what_moves_them

SCATTER, TABLE = "saturation", "time-scales"
TABLE_HEIGHT = 460  # pixels


def units(opened: OpenedView) -> None:
    """Show how long the units remember, or what they are about."""
    part = st.segmented_control(
        probe_words.PART,
        list(probe_words.PARTS),
        format_func=probe_words.PARTS.__getitem__,
        default="scales",
        key="units-part",
        required=True,
        label_visibility="collapsed",
    )
    unit = opened.view.unit
    if unit >= 0:
        st.button(
            unit_words.read_closely(unit),
            icon=":material/menu_book:",
            key="read-closely",
            on_click=_read_closely,
        )
    parts = {
        "scales": _time_scales,
        "probes": what_they_are_about,
        "responses": what_moves_them,
    }
    parts[str(part)](opened)


def _read_closely() -> None:
    state.change_view(details="unit_page")


def _time_scales(opened: OpenedView) -> None:
    """Show the table of all units, and how often their keeping gates are saturated."""
    scales, cell = run_facts(opened).scales, opened.trace.vocabulary
    titles = {signal.name: said(signal.title) for signal in cell.recorded}
    gate_title = titles.get(cell.keeping_gate or "", "")
    help_text = words.UNITS_HELP.format(gate=gate_title.lower())
    note = help_text if gate_title else words.NO_UNITS_NUMBERS
    st.html(f'<p class="note">{escape(note)}</p>')
    frame = time_scale_table(scales, cell)
    lives = [words.UNITS_COLUMNS[k] for k in ("half_life", "shortest", "usual", "longest")]
    shares = [
        c
        for c in frame.columns
        if c not in (words.UNIT_COLUMN, *lives, words.UNITS_COLUMNS["shows"])
    ]
    formats: dict[str, Any] = {
        **dict.fromkeys(lives, st.column_config.NumberColumn(format="%.1f")),
        **dict.fromkeys(shares, st.column_config.NumberColumn(format="percent")),
    }
    st.dataframe(
        frame,
        height=TABLE_HEIGHT if len(frame) > 12 else "auto",
        column_config=formats,
        hide_index=True,
        key=TABLE,
        on_select=_pick_row,
        selection_mode="single-row",
    )
    for gate in scales.saturation:
        if gate.signal == cell.keeping_gate:
            figure = saturation_scatter(
                gate, gate_title.lower(), unit=opened.view.unit, dark=state.is_dark()
            )
            st.plotly_chart(
                figure,
                theme=None,
                key=SCATTER,
                on_select=_pick_point,
                selection_mode="points",
                config=figure_config("saturation"),
            )
            st.html(f'<p class="note">{escape(words.SATURATION_NOTE)}</p>')


def _pick_row() -> None:
    """Select the unit of the row that was clicked."""
    rows = _selection(TABLE).get("rows", [])
    if rows:
        _select(int(rows[0]))


def _pick_point() -> None:
    """Select the unit of the point that was clicked."""
    points = _selection(SCATTER).get("points", [])
    if points:
        _select(int(points[0]["point_index"]))


def _selection(key: str) -> dict[str, Any]:
    """What the reader has selected in a table or figure."""
    return cast(dict[str, Any], (state.widget_value(key) or {}).get("selection", {}))


def _select(unit: int) -> None:
    state.change_view(unit=unit)
    st.rerun()
