"""The stage on a page: its scene, its settings, and what is redrawn when it comes to rest."""

from __future__ import annotations

import streamlit as st

from ...components.stage import last_pull, stage
from ...session import state
from ...session.opened_view import OpenedView
from ...session.scenes import scene
from ...session.what_if import let_go, pulled, read_pull
from . import details


def play(opened: OpenedView) -> None:
    """Show the stage; the panel of `details.tabs` follows it."""
    key = state.stage_key()
    shown = scene(opened, pulls=True)
    stage(shown, opened.view, key=key, on_change=_follow, on_pull=_pull)


def _follow() -> None:
    """Redraw the open panel alone, not the page."""
    state.follow_stage()
    st.rerun(details.PANEL)


def _pull() -> None:
    """Have the run go on from a gate that the reader pulled, or let go."""
    pull = read_pull(last_pull(state.stage_key()))
    if pull is None:
        return
    clamp, t, is_let_go = pull
    changes = state.current_view().changes
    after = let_go(changes, clamp, t) if is_let_go else pulled(changes, clamp, t)
    state.change_view(changes=after, t=t)
