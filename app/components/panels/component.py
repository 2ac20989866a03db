"""The Streamlit side of a panel: what is sent, once."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from ..shared.registration import CARD, component

HERE = Path(__file__).parent


def panel(content: bytes, *, key: str, width: Literal["stretch", "content"] = "stretch") -> None:
    """Show a panel as it was packed, such as by `packed_arithmetic`, in the page's own style."""
    shown = component("panel", HERE / "js" / "panels.js", html=CARD, isolated=False)
    shown(key=key, data=content, width=width)
