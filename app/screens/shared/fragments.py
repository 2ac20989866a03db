"""The names of the parts of a page that run alone, so that each can have another run again."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from ...session import state

STAGE = "stage"
ROW, QUESTION = "row", "question"  # the controls above the stage, and what is asked
SEARCH = "search"  # of the page Sequences
TABS, PANEL = "tabs", "panel"  # all tabs, and what is in the open one


def whole_page() -> None:
    """End a callback with a run of the whole page, also where its control stands in a fragment."""
    context = get_script_run_ctx()
    if context is not None and context.fragment_ids_this_run:
        st.rerun()


def open_panel() -> str:
    """Return the part that holds the open panel and spells the view into the address.

    A page whose details a lesson link leaves out has no panel: its tabs, of which nothing is seen,
    spell the address.
    """
    return TABS if "details" in state.current_view().hidden else PANEL
