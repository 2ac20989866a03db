"""The browser's address spells the view, and a button copies it.

Streamlit's own way of writing the address makes an entry in the browser's history each time;
a reader who stepped fifty times would have to go back fifty times to leave the page.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import streamlit as st

BUTTON = '<div class="address"><button type="button"></button><span role="status"></span></div>'


def spell_address(spelled: dict[str, str]) -> None:
    """Write these parameters into the browser's address."""
    _component("spell")(key="address", data={"query": urlencode(spelled)})


def copy_button(*, label: str, copied: str, failed: str) -> None:
    """Show a button that copies the address; `copied` or `failed` is said when it was pressed."""
    _component("copy")(key="copy", data={"label": label, "copied": copied, "failed": failed})


@cache
def _component(name: str) -> Any:
    """The component of this name; its script, and its style where it has one, stand beside."""
    return st.components.v2.component(
        f"gatescope_{name}",
        html=BUTTON if name == "copy" else None,
        css=_text("copy.css") if name == "copy" else None,
        js=_text(f"{name}.js"),
    )


def _text(name: str) -> str:
    return (Path(__file__).parent / name).read_text("utf-8")
