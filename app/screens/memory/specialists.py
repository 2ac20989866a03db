"""What is meant for specialists: folded in, and computed only once it is unfolded."""

from __future__ import annotations

from html import escape

import streamlit as st

from ...incidents import contained
from ...session import state
from ...session.view import LIKELIEST
from ...words import memory as memory_words
from ...words import memory_answer as answer_words
from . import files, influence, recall, studies
from .networks import Comparison

UNFOLDED = "specialists"


@contained
def specialists(shown: Comparison) -> None:
    """Show recall by lag, influence through time, gains and studies, where they are unfolded."""
    view = shown.opened.view
    state.set_widget(UNFOLDED, view.specialists or view.output != LIKELIEST)
    folder = st.expander(answer_words.SPECIALISTS, key=UNFOLDED, on_change=_fold)
    if folder.open:
        with folder:
            recall.recall(shown)
            st.html(f'<h2 class="part">{escape(memory_words.WHY)}</h2>')
            influence.influence(shown)
            influence.gains(shown)
            studies.studies()
            files.studies_lines(shown)


def _fold() -> None:
    """Remember whether it is unfolded; of what is folded in nothing is chosen."""
    unfolded = bool(state.widget_value(UNFOLDED))
    state.change_view(specialists=unfolded, **({} if unfolded else {"output": LIKELIEST}))
