"""The ways to the page Sequences: from a moment on the stage, and from a file of sequences."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

import streamlit as st

from ...session import state
from ...session.corpus_names import FRESH, UPLOAD, spelled
from ...session.opened_view import OpenedView
from ...session.uploads import Upload
from ...session.view import spell
from ...words import sequences as words
from ...words import uploads as upload_words

USUAL = 2000  # fresh sequences that are surveyed unless the reader says how many


def search_offer(opened: OpenedView) -> None:
    """Show a link to the page Sequences at this moment; of a demo or what was trained here."""
    if state.held_model() is None:
        corpus = state.searched_corpus() or spelled(FRESH, USUAL)
        _link(opened, corpus, words.SEARCH_ALL)


def survey_offer(opened: OpenedView, upload: Upload, count: int) -> None:
    """Show a link to the survey of all sequences of a file, where it holds several."""
    if count > 1:
        _link(opened, spelled(UPLOAD, upload=upload.id), upload_words.survey_all(count))


def _link(opened: OpenedView, corpus: str, text: str) -> None:
    if "pages" in opened.view.hidden:
        return
    view = opened.view.replace(details="", corpus=corpus)
    of_demo = state.held_model() is None  # else the address names no demo
    address = state.in_address(spell(view) if of_demo else {"corpus": corpus})
    to = escape(f"sequences?{urlencode(address)}")
    st.html(f'<p class="note"><a href="{to}" target="_self">{escape(text)}</a></p>')
