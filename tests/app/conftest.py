"""What tests of pages without a browser share."""

from __future__ import annotations

import pytest
import streamlit as st


@pytest.fixture
def server_follows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the server say what a browser would say by itself: its figures say the same."""
    from app.screens.shared import browser_tabs, values_tab
    from app.screens.shared.labels import here
    from app.screens.shared.opening import open_now

    monkeypatch.setattr(browser_tabs, "_arithmetic_content", lambda opened: None)
    monkeypatch.setattr(browser_tabs, "_prediction_content", lambda opened: None)
    for module in (browser_tabs, values_tab):
        monkeypatch.setattr(module, "values_follow", lambda opened: False)
    monkeypatch.setattr(browser_tabs, "panel", lambda content, key: st.html(here(open_now())))
