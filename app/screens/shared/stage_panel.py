"""The stage on a page: its scene, its settings, and what is redrawn when it comes to rest.

A pulled gate reruns the stage's own fragment and the open panel's, not the page. The browser has
asked for the changed run itself by then (`session.pulled_runs`), and shows it already.
"""

from __future__ import annotations

from html import escape

import streamlit as st

from ...components.stage import last_pull, stage
from ...incidents import contained
from ...session import state
from ...session.scenes import scene
from ...session.what_if import after_pull
from ...words.formatting import paragraph
from .fragments import PANEL, STAGE
from .opening import open_now
from .what_if_outcome import what_if_summary


@st.fragment(key=STAGE)
@contained
def play() -> None:
    """Show the stage, and below it what is changed; the open panel follows it.

    Above it the sentence would move the gate that was just pulled away from under the hand.
    """
    opened = open_now()
    shown = scene(opened, pulls=True)
    stage(shown, opened.view, key=state.stage_key(), on_pull=_pull, followed=True)
    if opened.view.changes:
        said = paragraph(what_if_summary(opened))
        st.html(f'<p class="question">{escape(said)}</p>')


def _pull() -> None:
    """Have the run go on from a gate that the reader pulled, or let go."""
    after = after_pull(last_pull(state.stage_key()))
    if after is None:
        return
    changes, t = after
    state.change_view(changes=changes, t=t)
    st.rerun([STAGE, PANEL])
