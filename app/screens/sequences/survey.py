"""The survey as a table: sorted, filtered, and a row of it on the stage."""

from __future__ import annotations

from hashlib import blake2b
from html import escape
from typing import Any

import numpy as np
import streamlit as st

from lstm_core.record import Array

from ...figures.survey import memory_line, survey_table
from ...session import state
from ...session.corpora import kept
from ...session.corpora.patterns import names_with
from ...words import sequences as words
from . import chosen
from .chosen import ShownCorpus

TABLE = "survey-table"
MOST = 2000  # rows that are shown at a time
HEIGHT = 420  # pixels
LONGEST = 200  # signs of a pattern
ORDERS = ("unlike", "loss", "memory", "saturated", "timesteps", "number")


def survey(shown: ShownCorpus) -> None:
    """Show the survey, what filters and sorts it, and what is in it in one sentence."""
    survey = shown.index.survey
    skipped = sum(block.skipped for block in shown.index.blocks)
    problem = next((block.problem for block in shown.index.blocks if block.problem), "")
    said = words.surveyed(len(survey), shown.index.timesteps, skipped, problem)
    st.html(f'<h2 class="part">{escape(words.SURVEY_HEAD)}</h2><p class="note">{escape(said)}</p>')
    if not len(survey):
        return
    with st.container(horizontal=True, key="survey-filters", vertical_alignment="bottom"):
        rows = _sorted(shown, _filtered(shown))
    st.html(f'<p class="note" role="status">{escape(words.rows(len(rows), len(survey)))}</p>')
    rows = rows[:MOST]
    st.dataframe(
        survey_table(shown.index, rows, _pictures(shown, rows)),
        key=TABLE,
        hide_index=True,
        height=HEIGHT if len(rows) > 10 else "auto",
        column_config=_formats(),
        on_select=lambda: _pick(shown, rows),
        selection_mode="single-row",
    )
    _by_number(shown, rows)
    with st.expander(words.COLUMNS_HEAD):
        st.html(f'<p class="note">{escape(words.COLUMNS_NOTE)}</p>')


def _pictures(shown: ShownCorpus, rows: Array) -> list[list[float]]:
    """The small pictures of these sequences, kept while the same are shown in the same order."""
    key = blake2b(rows.tobytes(), digest_size=12).hexdigest()
    return kept.computed(
        shown.index, "pictures", (key,), lambda: [memory_line(shown.index, int(k)) for k in rows]
    )


def _formats() -> dict[str, Any]:
    columns = words.SURVEY_COLUMNS
    numbers = {"loss": "%.3f", "memory": "%.2f", "unlike": "%.2f", "saturated": "percent"}
    formats: dict[str, Any] = {
        columns[name]: st.column_config.NumberColumn(format=shape)
        for name, shape in numbers.items()
    }
    formats[columns["picture"]] = st.column_config.LineChartColumn(width="small")
    return formats


def _filtered(shown: ShownCorpus) -> Array:
    """The numbers of the sequences that the reader wants to see."""
    survey = shown.index.survey
    keep = np.ones(len(survey), bool)
    text = st.text_input(
        words.FILTER, key="survey-filter", help=words.FILTER_HELP, max_chars=LONGEST, width=240
    )
    if text:
        keep &= np.isin(np.arange(len(survey)), _named(shown, text))
    labels = sorted(set(survey.labels) - {""})
    if 1 < len(labels) <= 100:
        wanted = st.multiselect(words.LABELS, labels, key="survey-labels", width=240)
        if wanted:
            keep &= np.isin(np.array(survey.labels, object), wanted)
    known = bool((survey.right >= 0).any())
    if known and st.checkbox(words.ONLY_WRONG, key="survey-wrong"):
        keep &= survey.right == 0
    return np.flatnonzero(keep)


def _named(shown: ShownCorpus, pattern: str) -> list[int]:
    """The numbers of the sequences whose names a text or an expression is about."""
    names = shown.index.survey.names
    return kept.computed(shown.index, "names", (pattern,), lambda: names_with(names, pattern))


def _sorted(shown: ShownCorpus, rows: Array) -> Array:
    """The same numbers in the order that the reader chose; what is unknown comes last."""
    survey = shown.index.survey
    columns = {name: getattr(survey, name) for name in ORDERS if name != "number"}
    there = [n for n in ORDERS if n == "number" or np.isfinite(columns[n]).any()]
    by = st.selectbox(
        words.SORT,
        there,
        format_func=words.SURVEY_COLUMNS.__getitem__,
        key="survey-sort",
        width=240,
    )
    upwards = st.checkbox(words.UPWARDS, key="survey-upwards")
    values = rows if by == "number" else columns[str(by)][rows]
    signed = values if upwards else -values.astype(np.float64)
    ordered: Array = rows[np.argsort(signed, kind="stable")]
    return ordered


def _pick(shown: ShownCorpus, rows: Array) -> None:
    selection = (state.widget_value(TABLE) or {}).get("selection", {})
    picked = selection.get("rows", [])
    if picked and picked[0] < len(rows):
        chosen.show(shown, int(rows[picked[0]]))


def _by_number(shown: ShownCorpus, rows: Array) -> None:
    """The way by keyboard: a number, and a button."""
    if not len(rows):
        return
    with st.container(horizontal=True, key="survey-open", vertical_alignment="bottom"):
        st.number_input(
            words.NUMBER,
            0,
            len(shown.index) - 1,
            value=int(rows[0]),
            step=1,
            key=f"survey-number-{int(rows[0])}",
            width=160,
        )
        st.button(
            words.OPEN,
            key="survey-show",
            help=words.OPEN_HELP,
            on_click=_show_number,
            args=(shown, f"survey-number-{int(rows[0])}"),
        )


def _show_number(shown: ShownCorpus, key: str) -> None:
    chosen.show(shown, int(state.widget_value(key) or 0))
