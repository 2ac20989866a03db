"""The stage on a page: its scene, its settings, and what is redrawn when it comes to rest."""

from __future__ import annotations

import streamlit as st

from ...components.stage import stage
from ...session import state
from ...session.opened_view import OpenedView
from ...session.scenes import scene
from . import details


def play(opened: OpenedView) -> None:
    """Show the stage; the panel of `details.tabs` follows it."""
    stage(scene(opened), opened.view, key=state.stage_key(), on_change=_follow)


def _follow() -> None:
    """Redraw the open panel alone, not the page."""
    state.follow_stage()
    st.rerun(details.PANEL)
