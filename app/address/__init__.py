"""The address bar as a control: it spells the view, and a button copies it.

Streamlit's own way of writing the address makes an entry in the browser's history each time;
a reader who stepped fifty times would have to go back fifty times to leave the page.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import streamlit as st

HTML = '<div class="address"><button type="button"></button><span role="status"></span></div>'


@cache
def _component() -> Any:
    here = Path(__file__).parent
    return st.components.v2.component(
        "gatescope_address",
        html=HTML,
        css=(here / "address.css").read_text("utf-8"),
        js=(here / "address.js").read_text("utf-8"),
    )


def address(spelled: dict[str, str], *, label: str, copied: str, failed: str) -> None:
    """Show the button, and write these parameters into the browser's address.

    `label` is the button's text; `copied` and `failed` are said after it was pressed.
    """
    query = urlencode(spelled)
    _component()(
        key="address",
        data={"query": query, "label": label, "copied": copied, "failed": failed},
    )
