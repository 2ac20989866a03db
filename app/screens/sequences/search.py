"""The search: a range of the sequence on the stage, and where else its units do the same."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from html import escape
from typing import Any, get_args

import streamlit as st

from lstm_core.corpus import (
    CorpusError,
    Hypothesis,
    Matches,
    hypothesis_at,
    matches,
    suggested_range,
)
from lstm_core.corpus.search import Outside, aligned
from lstm_core.corpus.thresholds import suggested_threshold
from lstm_core.vocabulary import signal

from ...figures.corpus import aligned_heatmap
from ...figures.picture_numbers import picture_numbers
from ...figures.survey import match_table, position_counts
from ...session import state
from ...session.corpora import kept
from ...session.opened_view import OpenedView
from ...words import sequences as words
from ...words.phrases import said
from ..shared.figure_config import figure_config
from . import chosen
from .chosen import ShownCorpus

TABLE = "match-table"
SHOWN = 40  # matches in the picture


def search(shown: ShownCorpus, opened: OpenedView) -> None:
    """Ask for the range, say what it is about, and show where else it is so."""
    st.html(
        f'<h2 class="part">{escape(words.SEARCH_HEAD)}</h2>'
        f'<p class="note">{escape(words.SEARCH_NOTE)}</p>'
    )
    number = chosen.number_on_stage(shown, opened)
    if number is None:
        st.html(f'<p class="note">{escape(words.NOT_OF_CORPUS)}</p>')
        return
    try:
        hypothesis = _hypothesis(shown, number, opened)
    except CorpusError:
        st.html(f'<p class="note" role="status">{escape(words.NO_UNITS)}</p>')
        return
    wanted = _at_least(hypothesis)
    key = (json.dumps(asdict(wanted)),)
    result = kept.computed(shown.index, "matches", key, lambda: matches(shown.index, wanted))
    _say(hypothesis, result)
    _results(shown, result)


def _hypothesis(shown: ShownCorpus, number: int, opened: OpenedView) -> Hypothesis:
    """What the reader's range says; CorpusError where that is nothing.

    The range begins as that of the unit on the stage, around its timestep.
    """
    index, plan = shown.index, shown.index.plan
    with st.container(horizontal=True, key="search-signal-row", vertical_alignment="bottom"):
        picked = st.selectbox(
            words.SIGNAL,
            [one.signal for one in plan.levels],
            format_func=lambda n: said(signal(plan.kind, n).title),
            key="search-signal",
            width=180,
        )
        name = str(picked)
        threshold = _threshold(shown, name)
    last = len(index.read(number)) - 1
    view = opened.view
    near = suggested_range(index, number, name, threshold, min(view.t, last), view.unit)
    with st.container(horizontal=True, key="search-range", vertical_alignment="bottom"):
        begin, end = (
            _timestep(label, at, last, f"search-{label}-{number}-{name}-{near}")
            for label, at in zip((words.FIRST, words.LAST), near, strict=True)
        )
        outside: Outside = st.selectbox(
            words.OUTSIDE,
            get_args(Outside),
            format_func=words.OUTSIDES.__getitem__,
            key="search-outside",
            width=200,
        )
    return hypothesis_at(index, number, begin, end, name, threshold, outside)


def _timestep(label: str, at: int, last: int, key: str) -> int:
    return int(st.number_input(label, 0, last, value=at, step=1, key=key, width=150))


def _threshold(shown: ShownCorpus, name: str) -> float:
    """A threshold to drag, first where the signal's distribution suggests it."""
    levels = shown.index.plan.of(name)
    low, high = levels.range
    suggested = kept.computed(
        shown.index, "threshold", (name,), lambda: suggested_threshold(shown.index, name)
    )
    return float(
        st.slider(
            words.THRESHOLD,
            low,
            high,
            value=suggested,
            step=levels.coarsest,
            help=words.suggested(suggested),
            key=f"search-threshold-{name}-{suggested:.6f}",
            width=420,
        )
    )


def _at_least(hypothesis: Hypothesis) -> Hypothesis:
    """The hypothesis, with as many of its units on as the reader asks for."""
    count = len(hypothesis.units)
    if count == 1:
        return hypothesis
    least = st.number_input(
        words.LEAST, 1, count, value=count, step=1, key=f"search-least-{count}", width=220
    )
    return replace(hypothesis, least=int(least))


def _say(hypothesis: Hypothesis, outcome: Matches) -> None:
    about = words.hypothesis(hypothesis.units, hypothesis.length, hypothesis.threshold)
    result = words.matched(outcome.total, outcome.chance, len(hypothesis.units))
    st.html(f'<p class="finding" role="status">{escape(about)} {escape(result)}</p>')


def _results(shown: ShownCorpus, result: Matches) -> None:
    if not result.best:
        return
    frame = match_table(shown.index, result)
    st.dataframe(
        frame,
        key=TABLE,
        hide_index=True,
        height=280 if len(frame) > 7 else "auto",
        on_select=lambda: _pick(shown, result),
        selection_mode="single-row",
    )
    with st.container(horizontal=True, key="match-open", vertical_alignment="bottom"):
        st.number_input(words.MATCH, 1, len(result.best), key="match-number", width=140)
        st.button(words.OPEN_MATCH, key="match-show", on_click=_show, args=(shown, result))
        st.download_button(
            words.EXPORT_CSV,
            frame.to_csv(index=False),
            "matches.csv",
            "text/csv",
            on_click="ignore",
        )
        st.download_button(
            words.EXPORT_JSON,
            lambda: _as_json(shown, result),
            "matches.json",
            "application/json",
            on_click="ignore",
        )
    top = replace(result, best=result.best[:SHOWN])
    around = aligned(shown.index, top)
    figure = aligned_heatmap(shown.index, top, around, dark=state.is_dark())
    st.plotly_chart(figure, theme=None, key="matches-aligned", config=figure_config("matches"))
    st.html(picture_numbers(figure))
    counts = position_counts(shown.index, around)
    st.html(f'<p class="note">{escape(words.COUNTS_NOTE)}</p>')
    st.dataframe(counts, key="match-counts", hide_index=True)


def _pick(shown: ShownCorpus, result: Matches) -> None:
    selection = (state.widget_value(TABLE) or {}).get("selection", {})
    rows = selection.get("rows", [])
    if rows and rows[0] < len(result.best):
        match = result.best[rows[0]]
        chosen.show(shown, match.sequence, match.first)


def _show(shown: ShownCorpus, result: Matches) -> None:
    match = result.best[int(state.widget_value("match-number") or 1) - 1]
    chosen.show(shown, match.sequence, match.first)


def _as_json(shown: ShownCorpus, result: Matches) -> str:
    names = shown.index.survey.names
    about: dict[str, Any] = {
        "hypothesis": asdict(result.hypothesis),
        "total": result.total,
        "expected by chance": result.chance,
        "matches": [{"name": names[one.sequence], **asdict(one)} for one in result.best],
    }
    return json.dumps(about, indent=1, ensure_ascii=False)
