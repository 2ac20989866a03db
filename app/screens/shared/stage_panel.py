"""The stage on a page: its scene, its settings, and what is redrawn when it comes to rest.

A pulled gate reruns the stage's own fragment and the open panel's, not the page. The browser has
asked for the changed run itself by then (`session.pulled_runs`), and shows it already.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import streamlit as st

from lstm_core.record import record

from ...components.stage import last_brush, last_pull, stage
from ...incidents import contained
from ...session import state
from ...session.opened_view import OpenedView
from ...session.scenes import scene
from ...session.steps_first import steps
from ...session.what_if import after_pull
from ...words.formatting import paragraph
from .fragments import SEARCH, STAGE, open_panel
from .opening import open_now
from .what_if_outcome import what_if_summary


@record
class Brushing:
    """What a page does with a stretch of time that the reader marks on the stage.

    `now` returns the one that is marked, both ends included, or None where none is asked for.
    `take` keeps another one: "first", "last" and "signal", see `last_brush`.
    """

    now: Callable[[OpenedView], tuple[int, int] | None]
    take: Callable[[dict[str, Any]], None]


@st.fragment(key=STAGE)
@contained
@steps.first
def play(brushing: Brushing | None = None) -> None:
    """Show the stage, and below it what is changed; the open panel follows it.

    Above it the sentence would move the gate that was just pulled away from under the hand.
    """
    opened = open_now()
    shown = scene(opened, pulls=True)
    brushed = brushing.now(opened) if brushing else None
    stage(
        shown,
        opened.view,
        key=state.stage_key(),
        on_pull=_pull,
        on_brush=(lambda: _brush(brushing)) if brushing and brushed else None,
        brushed=brushed,
        followed=True,
    )
    if opened.view.changes:
        said = paragraph(what_if_summary(opened))
        st.html(f'<p class="question">{escape(said)}</p>')


def _brush(brushing: Brushing) -> None:
    """Have the search go on from a stretch of time that the reader marked.

    The open panel spells it into the address.
    """
    brushing.take(last_brush(state.stage_key()))
    st.rerun([STAGE, SEARCH, open_panel()])


def _pull() -> None:
    """Have the run go on from a gate that the reader pulled, or let go."""
    after = after_pull(last_pull(state.stage_key()))
    if after is None:
        return
    changes, t = after
    state.change_view(changes=changes, t=t)
    st.rerun([STAGE, open_panel()])
