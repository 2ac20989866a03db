"""What every control of the page Train does after its own action."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st


def then_all(act: Callable[..., None], *args: object) -> None:
    """Run the action of a control, then rerun the whole page.

    A press takes the focus from the workbench, which reports in the same instant; of both
    together Streamlit would run the workbench's fragment alone.
    """
    act(*args)
    st.rerun()
