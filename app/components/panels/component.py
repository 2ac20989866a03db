"""The Streamlit side of a panel: what is sent, once."""

from __future__ import annotations

from pathlib import Path

from ..shared.registration import CARD, component

HERE = Path(__file__).parent


def panel(content: bytes, *, key: str) -> None:
    """Show a panel as it was packed, such as by `packed_arithmetic`, in the page's own style."""
    shown = component("panel", HERE / "js" / "panels.js", html=CARD, isolated=False)
    shown(key=key, data=content)
