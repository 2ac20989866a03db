"""The way from a moment on the stage to the search for it in all sequences."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

import streamlit as st

from ...session import state
from ...session.corpus_names import FRESH, spelled
from ...session.opened_view import OpenedView
from ...session.view import spell
from ...words import sequences as words

USUAL = 2000  # fresh sequences that are surveyed unless the reader says how many


def search_offer(opened: OpenedView) -> None:
    """Show a link to the page Sequences at this moment; of a demo or what was trained here."""
    if state.held_model() is not None or "pages" in opened.view.hidden:
        return
    corpus = state.searched_corpus() or spelled(FRESH, USUAL)
    address = state.in_address(spell(opened.view.replace(details="", corpus=corpus)))
    to = escape(f"sequences?{urlencode(address)}")
    said = f'<a href="{to}" target="_self">{escape(words.SEARCH_ALL)}</a>'
    st.html(f'<p class="note">{said}</p>')
