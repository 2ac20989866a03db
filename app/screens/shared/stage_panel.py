"""The stage on a page: what it plays, how it is set, and who follows when it comes to rest."""

from __future__ import annotations

import streamlit as st

from ...components.stage import StageSettings, stage
from ...session import loading, state
from . import details


def play(opened: loading.Opened) -> None:
    """Show the stage; the panel of `details.tabs` follows it."""
    stage(loading.scene(opened), _settings(opened), key=state.stage_key(), on_change=_follow)


def _follow() -> None:
    """Have only the open panel follow, not the page."""
    st.rerun(details.PANEL)


def _settings(opened: loading.Opened) -> StageSettings:
    view = opened.view
    return StageSettings(
        t=view.t,
        unit=view.unit,
        order=view.order,
        speed=view.speed,
        veil=view.veil,
        slow=view.slow,
        scale=view.scale,
    )
