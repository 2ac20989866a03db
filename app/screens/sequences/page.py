"""Sequences: many sequences of one network, surveyed, searched, and one of them on the stage.

What the reader wants to find out here, in this order:

1. Which of my sequences is unlike the rest, and which does it get wrong?     the survey
2. What happens in this one?                                                 a click: the stage
3. Where else do these units do this?                                        the search
4. Where does this text stand?                                               words and patterns
5. What do all of them have in common?                                       the overviews
"""

from __future__ import annotations

from html import escape

import streamlit as st

from lstm_core.corpus import CorpusError

from ...session import state
from ...session.opened_view import OpenedView
from ...words import sequences as words
from ..shared import details, opening, stage_panel, toolbar, upload_preview
from . import chosen, corpus_choice, making_progress, overviews, search, survey, text_search
from .chosen import ShownCorpus


def page() -> None:
    """Show the page."""
    state.open_page("sequences")
    chosen.open_local_corpus()
    opened = opening.open_now()
    opening.remember(opened)
    st.html(f"<h1 class='headline'>{escape(words.HEADLINE)}</h1>")
    corpus_choice.controls(opened)
    toolbar.problem()
    upload_preview.preview(corpus_choice.survey_upload)
    making_progress.progress(opened)
    corpus = _corpus(opened)
    if corpus is None:
        said = words.NOT_KEPT if opened.view.corpus else words.NOTHING_YET
        st.html(f'<p class="note">{escape(said)}</p>')
    else:
        survey.survey(corpus)
    st.html(f'<h2 class="part">{escape(words.on_stage(chosen.called(opened)))}</h2>')
    stage_panel.play(search.BRUSHING)
    if corpus is not None:
        search.search()
        text_search.text_search(corpus)
        overviews.overviews(corpus)
    st.html(f'<h2 class="part">{escape(words.DETAILS)}</h2>')
    details.tabs()


def _corpus(opened: OpenedView) -> ShownCorpus | None:
    try:
        return chosen.corpus(opened)
    except CorpusError as problem:
        st.html(f'<p class="problem" role="alert">{escape(str(problem))}</p>')
        return None
