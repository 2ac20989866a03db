"""What Streamlit's own controls hold, and how the reader's page looks."""

from __future__ import annotations

from typing import Any

import streamlit as st


def widget_value(key: str) -> Any:
    """Return what a control holds; None before it is first shown."""
    return st.session_state.get(key)


def set_widget(key: str, value: Any) -> None:
    """Set a control that is not yet shown in this run, so that it follows the view."""
    if st.session_state.get(key) != value:
        st.session_state[key] = value


def is_dark() -> bool:
    """Return whether the reader's page is dark."""
    return bool(st.context.theme.type == "dark")
