"""The browser's address spells the view, and a button copies it.

Streamlit's own way of writing the address makes an entry in the browser's history each time;
a reader who stepped fifty times would have to go back fifty times to leave the page.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from urllib.parse import urlencode

from ..shared.registration import component

HERE = Path(__file__).parent
BUTTON = (
    '<div class="address"><button type="button">{label}</button><span role="status"></span></div>'
)


def spell_address(spelled: dict[str, str]) -> None:
    """Write these parameters into the browser's address."""
    spell = component("spell", HERE / "js" / "spell.js")
    spell(key="address", data={"query": urlencode(spelled)})


def copy_button(*, label: str, copied: str, failed: str) -> None:
    """Show a button that copies the address; `copied` or `failed` is said when it was pressed."""
    html = BUTTON.format(label=escape(label))
    copy = component("copy", HERE / "js" / "copy.js", HERE / "css" / "copy.css", html)
    copy(key="copy", data={"label": label, "copied": copied, "failed": failed})
