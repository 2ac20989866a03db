"""The part of the tab Units that says what they are about, each property with held-out numbers.

What the reader wants to find out: whether there is a unit for brackets, for snow, for the first
letter; and to see it beside the property.
"""

from __future__ import annotations

from functools import partial
from html import escape
from typing import Any

import streamlit as st

from ...figures import probes as figures
from ...session import state
from ...session.opened_view import OpenedView
from ...session.probing import probed, properties_of
from ...words import phrases
from ...words import probes as words
from .figure_config import figure_config
from .labels import tokens

TABLE = "probes"
LONGEST = 2000  # timesteps of the picture
PERCENT, DECIMALS = "percent", "%.2f"


def what_they_are_about(opened: OpenedView) -> None:
    """Show the properties that are told best, and one of them over the chosen unit."""
    signal = _signal(opened)
    result = probed(opened, signal)
    if result is None:
        st.html(f"<p>{escape(words.TOO_LITTLE)}</p>")
        return
    told = next((probe for probe in result.probes if probe.is_told), None)
    said = words.nothing()
    if told is not None:
        strength = float(told.correlation[told.best])
        said = words.best(phrases.said(told.name), told.best, strength, told.chance)
    st.html(f'<p class="finding">{escape(said)}</p>')
    st.dataframe(
        figures.probe_table(result.probes),
        key=TABLE,
        hide_index=True,
        column_config=_formats(),
        on_select=partial(_pick, [probe.best for probe in result.probes]),
        selection_mode="single-row",
    )
    _drawn(opened, signal, [probe.name for probe in result.probes])
    note = f"{words.CLICK} {words.probed(result.sequences, result.timesteps)} {words.NOTE}"
    st.html(f'<p class="note">{escape(note)}</p>')


def _signal(opened: OpenedView) -> str:
    cell = opened.trace.vocabulary
    titles = {s.name: phrases.said(s.title) for s in cell.recorded}
    names = [cell.memory, *(name for name in titles if name != cell.memory)]
    return str(
        st.selectbox(
            words.SIGNAL,
            names,
            format_func=titles.__getitem__,
            key=f"probed-{cell.memory}",
            width=220,
        )
    )


def _formats() -> dict[str, Any]:
    numbers = ("correlation", "chance", "ridge")
    formats = {words.COLUMNS[n]: st.column_config.NumberColumn(format=DECIMALS) for n in numbers}
    accuracy = st.column_config.NumberColumn(format=PERCENT)
    return {**formats, words.COLUMNS["accuracy"]: accuracy}


def _pick(units: list[int]) -> None:
    """Select the unit that tells the property of the row."""
    selection = (state.widget_value(TABLE) or {}).get("selection", {})
    rows = selection.get("rows", [])
    if rows and rows[0] < len(units):
        state.change_view(unit=units[rows[0]])
        st.rerun()


def _drawn(opened: OpenedView, signal: str, names: list[str]) -> None:
    """One property over the chosen unit, on the sequence of the stage."""
    unit, series = opened.view.unit, opened.trace.series(signal)
    here = {one.name: one for one in properties_of(opened.subject, opened.sequence)}
    offered = [name for name in names if name in here]
    if not 0 <= unit < series.shape[1] or len(series) > LONGEST or not offered:
        return
    name = st.selectbox(words.PROPERTY, offered, key="probe-drawn", width=300)
    figure = figures.property_over_unit(
        series[:, unit], here[name], unit, signal, tokens(opened), dark=state.is_dark()
    )
    st.plotly_chart(figure, theme=None, key="probe-picture", config=figure_config("probe-picture"))
