"""What a press on Train begins, and what follows it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st


def then_all(act: Callable[..., None], *args: object) -> None:
    """Do what a control is for, and have the whole page follow.

    A press takes the focus from the workbench, which reports in the same instant; of both
    together Streamlit would run the workbench's fragment alone.
    """
    act(*args)
    st.rerun()
