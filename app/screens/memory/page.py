"""Memory: the long-term dependency, measured on trained networks.

What the reader wants to find out here, the teacher who wants to show it and the student who
doubts it, in this order:

1. What has to be kept here, and for how long? Who still has it?    two stages in step
2. Does a standard RNN really forget, or only in this sequence?     the answer, as measured
3. Why?                                                             one curve: what is left
4. How do I show somebody else?                                     Copy link

and whoever asks further unfolds "For specialists":

5. From when on?                                                    recall by lag
6. Is the comparison fair?                                          how each was trained
7. What moves the answer, and which way?                            signed derivatives
8. Do gradients vanish or explode on the way?                       the gain of each step
9. What of an LSTM does it, and is one lucky run enough?            variants and their spread
10. Is it so on other tasks too?                                    the table

At the end stands what can be taken along: the runs as files, and lines of Python.
"""

from __future__ import annotations

from html import escape

import streamlit as st

from ...components.first_paint import wait_for_paint
from ...components.stage import follow, stages
from ...session import state
from ...session.view import CHOICES, spell
from ...words import memory as memory_words
from ...words.phrases import said
from ..shared import links
from ..shared import toolbar as row
from ..shared.history import spell_into_history
from . import networks, question, results
from . import toolbar as memory_row
from .answer import answer
from .files import files
from .specialists import specialists
from .why import why

CHOSEN = CHOICES | {"alike", "third"}
PICTURES, PAINTED = "pictures", "memory-painted"  # a fragment; where the browser says it is drawn


def page() -> None:
    """Show the page."""
    state.open_page("memory")
    if not results.compared_demos():
        st.html(f'<p class="question">{escape(memory_words.NONE)}</p>')
        return
    shown = networks.open_now()
    networks.remember(shown)
    memory_row.controls(shown)
    _question(shown)
    row.sentences(shown.opened, question.must_keep(shown))
    _play(shown)
    _pictures()


@st.fragment(key=PICTURES)
def _pictures() -> None:
    """Show answer and curve once the stages stand, and bring the address up to date."""
    if state.page_is_behind():
        st.rerun()
    shown = networks.open_now()
    view = shown.opened.view
    spell_into_history(state.in_address({**spell(view), "t": str(view.t)}), CHOSEN, always=("t",))
    follow(state.stage_key(), ("t", "units"), on_report=state.follow_stage)
    if wait_for_paint(PAINTED, state.stage_key()):
        answer(shown)
        why(shown)
        specialists(shown)
        links.teaching(said(shown.demo.title), view.hidden)
        files(shown)


def _question(shown: networks.Comparison) -> None:
    """Show the page's question, and what is compared."""
    st.html(
        f'<h1 class="part">{escape(memory_words.FORGETS)}</h1>'
        f'<p class="question">{escape(question.comparison(shown))}</p>'
    )


def _play(shown: networks.Comparison) -> None:
    """Show the stages; what follows them are the pictures below."""
    members, view = networks.members(shown), shown.opened.view
    stages(members, view, key=state.stage_key(), followed=True)
