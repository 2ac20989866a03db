"""The search: a stretch of the sequence on the stage, and where else its units do the same.

It runs alone: a stretch that is brushed, and whatever is chosen here, redraws the stage's mark and
the search, not the page.
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from html import escape
from typing import Any, get_args

import streamlit as st

from lstm_core.corpus import CorpusError, Hypothesis, Matches, SearchIndex, hypothesis_of, matches
from lstm_core.corpus.search import Outside, aligned
from lstm_core.vocabulary import signal

from ...figures.corpus import aligned_heatmap
from ...figures.picture_numbers import picture_numbers
from ...figures.survey import match_table, position_counts
from ...incidents import contained
from ...session import state
from ...session.corpora import kept
from ...session.heavy_runs import in_turn
from ...session.opened_view import OpenedView
from ...words import sequences as words
from ...words.phrases import said
from ..shared import opening
from ..shared.figure_config import figure_config
from ..shared.fragments import SEARCH, STAGE, open_panel
from ..shared.stage_panel import Brushing
from . import chosen, stretch
from .chosen import ShownCorpus

TABLE = "match-table"
SHOWN = 40  # matches in the picture
PER_UNIT = 4e-9  # seconds of a search per timestep and unit, measured on one core
FIRST, LAST = "search-first", "search-last"
BRUSHING = Brushing(now=stretch.marked_now, take=stretch.take)


@st.fragment(key=SEARCH)
@contained
def search() -> None:
    """Ask for the range, say what it is about, and show where else it is so."""
    opened = opening.open_now()
    shown = chosen.corpus(opened)
    if shown is None or not len(shown.index):
        return
    st.html(
        f'<h2 class="part">{escape(words.SEARCH_HEAD)}</h2>'
        f'<p class="note">{escape(words.SEARCH_NOTE)}</p>'
    )
    try:
        hypothesis = _hypothesis(shown, opened)
    except CorpusError:
        st.html(f'<p class="note" role="status">{escape(words.NO_UNITS)}</p>')
        return
    if hypothesis is None:
        st.html(f'<p class="note">{escape(words.OTHER_LAYER)}</p>')
        return
    wanted = _at_least(hypothesis)
    key = (json.dumps(asdict(wanted)),)
    result = kept.computed(shown.index, "matches", key, lambda: _found(shown.index, wanted))
    _say(hypothesis, result)
    _results(shown, result)


def _found(index: SearchIndex, wanted: Hypothesis) -> Matches:
    """The matches; a search that takes long waits its turn, whoever steps never does."""
    seconds = PER_UNIT * index.timesteps * len(wanted.units)
    return in_turn(seconds, lambda: matches(index, wanted))


def _hypothesis(shown: ShownCorpus, opened: OpenedView) -> Hypothesis | None:
    """What the marked stretch says; CorpusError where that is nothing, None of another layer."""
    plan = shown.index.plan
    with st.container(horizontal=True, key="search-signal-row", vertical_alignment="bottom"):
        name = st.selectbox(
            words.SIGNAL,
            [one.signal for one in plan.levels],
            format_func=lambda n: said(signal(plan.kind, n).title),
            key=stretch.SIGNAL,
            on_change=_again,
            width=180,
        )
        threshold = _threshold(shown, str(name))
    found, levels = stretch.range_now(shown, opened), stretch.codes(shown, opened, str(name))
    if found is None or levels is None:
        return None
    first, last = found
    for key, value in ((FIRST, first), (LAST, last)):
        state.set_widget(key, value)
    with st.container(horizontal=True, key="search-range", vertical_alignment="bottom"):
        for label, key in ((words.FIRST, FIRST), (words.LAST, LAST)):
            end = levels.shape[-1] - 1
            st.number_input(label, 0, end, step=1, key=key, on_change=_type, args=(key,), width=150)
        outside: Outside = st.selectbox(
            words.OUTSIDE,
            get_args(Outside),
            format_func=words.OUTSIDES.__getitem__,
            key="search-outside",
            width=200,
        )
    return hypothesis_of(plan.of(str(name)), levels, first, last, threshold, outside)


def _type(changed: str) -> None:
    """Take a range by its numbers; its other end goes along where it has to."""
    first, last = (int(state.widget_value(key) or 0) for key in (FIRST, LAST))
    if first > last:
        first, last = (first, first) if changed == FIRST else (last, last)
    chosen.mark(first, last)
    st.rerun([STAGE, SEARCH, open_panel()])


def _again() -> None:
    """Draw the mark and the search anew."""
    st.rerun([STAGE, SEARCH])


def _threshold(shown: ShownCorpus, name: str) -> float:
    """A threshold to drag, first where the signal's distribution suggests it."""
    levels = shown.index.plan.of(name)
    low, high = levels.range
    usual = stretch.suggested(shown, name)
    return float(
        st.slider(
            words.THRESHOLD,
            low,
            high,
            value=usual,
            step=levels.coarsest,
            help=words.suggested(usual),
            key=stretch.threshold_key(name, usual),
            on_change=_again,
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
        _jump(shown, result, rows[0])


def _show(shown: ShownCorpus, result: Matches) -> None:
    _jump(shown, result, int(state.widget_value("match-number") or 1) - 1)


def _jump(shown: ShownCorpus, result: Matches, place: int) -> None:
    """Put a match on the stage, marked: the search goes on from there, and the page with it."""
    match = result.best[place]
    chosen.show(shown, match.sequence, match.first, match.last)
    st.rerun()


def _as_json(shown: ShownCorpus, result: Matches) -> str:
    names = shown.index.survey.names
    about: dict[str, Any] = {
        "hypothesis": asdict(result.hypothesis),
        "total": result.total,
        "expected by chance": result.chance,
        "matches": [{"name": names[one.sequence], **asdict(one)} for one in result.best],
    }
    return json.dumps(about, indent=1, ensure_ascii=False)
