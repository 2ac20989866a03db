"""What Streamlit's own controls hold, and how the reader's page looks."""

from __future__ import annotations

from typing import Any

import streamlit as st

from ...words.language import spoken


def widget_value(key: str) -> Any:
    """Return what a control holds; None before it is first shown."""
    return st.session_state.get(key)


def set_widget(key: str, value: Any) -> None:
    """Set a control that is not yet shown in this run, so that it follows the view.

    A list is known to the browser by the words of its entries: in another language than before
    it is told them again, or it would hold an entry that is none.
    """
    language, said_in = spoken().code, f"{key}-said-in"
    if st.session_state.get(key) != value or st.session_state.get(said_in, language) != language:
        st.session_state[key] = value
    st.session_state[said_in] = language


def is_dark() -> bool:
    """Return whether the reader's page is dark."""
    return bool(st.context.theme.type == "dark")
