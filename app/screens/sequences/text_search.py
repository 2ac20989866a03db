"""Words and patterns in what was read: where they stand, and what the units do there."""

from __future__ import annotations

import re
from html import escape

import pandas as pd
import streamlit as st

from ...session import state
from ...session.corpora import kept
from ...session.corpora.patterns import TooLongError, places_of
from ...words import sequences as words
from . import chosen
from .chosen import ShownCorpus

TABLE = "text-table"
MOST = 200  # places that are listed
LONGEST = 200  # signs of a pattern


def text_search(shown: ShownCorpus) -> None:
    """Ask for a pattern and list where it stands; of numbers there is none."""
    if not shown.index.plan.alphabet:
        return
    st.html(f'<h2 class="part">{escape(words.TEXT_HEAD)}</h2>')
    pattern = st.text_input(
        words.PATTERN, key="text-pattern", help=words.PATTERN_HELP, max_chars=LONGEST, width=360
    )
    if not pattern:
        return
    try:
        places = kept.computed(
            shown.index, "pattern", (pattern,), lambda: places_of(shown.index, pattern, MOST)
        )
    except re.error as problem:
        st.html(f'<p class="problem" role="alert">{escape(words.no_pattern(str(problem)))}</p>')
        return
    except TooLongError:
        st.html(f'<p class="problem" role="alert">{escape(words.PATTERN_TOO_LONG)}</p>')
        return
    st.html(f'<p class="finding" role="status">{escape(words.places(len(places), MOST))}</p>')
    if not places:
        return
    names = shown.index.survey.names
    frame = pd.DataFrame(
        [(names[sequence], t, text) for sequence, t, text in places],
        columns=[words.MATCH_COLUMNS[name] for name in ("name", "first", "read")],
    )
    st.dataframe(
        frame,
        key=TABLE,
        hide_index=True,
        height=240 if len(frame) > 6 else "auto",
        on_select=lambda: _pick(shown, places),
        selection_mode="single-row",
    )
    with st.container(horizontal=True, key="text-open", vertical_alignment="bottom"):
        st.number_input(words.PLACE, 1, len(places), key="text-number", width=140)
        st.button(words.OPEN_MATCH, key="text-show", on_click=_show, args=(shown, places))


def _pick(shown: ShownCorpus, places: list[tuple[int, int, str]]) -> None:
    selection = (state.widget_value(TABLE) or {}).get("selection", {})
    rows = selection.get("rows", [])
    if rows and rows[0] < len(places):
        chosen.show(shown, places[rows[0]][0], places[rows[0]][1])


def _show(shown: ShownCorpus, places: list[tuple[int, int, str]]) -> None:
    sequence, t, _ = places[int(state.widget_value("text-number") or 1) - 1]
    chosen.show(shown, sequence, t)
