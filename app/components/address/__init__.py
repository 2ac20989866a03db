"""The browser's address spells the view, and a button copies it.

Streamlit's own way of writing the address makes an entry in the browser's history each time;
a reader who stepped fifty times would have to go back fifty times to leave the page. Here only a
choice makes one, and going back undoes it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from hashlib import blake2b
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

from streamlit.runtime.scriptrunner import get_script_run_ctx

from ..shared.registration import component, only_rerun, reported

HERE = Path(__file__).parent
KEY = "address"
BUTTON = '<div class="address"><button type="button"></button><span role="status"></span></div>'


def spell_address(
    spelled: dict[str, str],
    *,
    choices: Collection[str] = (),
    always: Collection[str] = (),
    on_return: Callable[[], None] = only_rerun,
) -> None:
    """Write these parameters into the browser's address.

    Where one of `choices` has another value than before, that is a new entry in the browser's
    history. The settings of a stage are written by the browser as the reader moves; `always` are
    those of them that are spelled with their defaults, too. `on_return` is called when the reader
    has moved to another entry of the page.
    """
    spell = component("spell", HERE / "js" / "spell.js")
    chosen = {name: value for name, value in spelled.items() if name in choices}
    data = {
        "query": urlencode(spelled),
        "choice": urlencode(chosen),
        "session": _session(),
        "always": list(always),
        "answered": _returned().get("moment", 0),
    }
    spell(key=KEY, data=data, on_returned_change=on_return)


def _session() -> str:
    """What tells this session from any other, and says nothing else of it."""
    context = get_script_run_ctx(suppress_warning=True)
    return blake2b((context.session_id if context else "").encode(), digest_size=8).hexdigest()


def returned_address() -> dict[str, str]:
    """Return the parameters of the entry to which the reader has moved last."""
    query: str = _returned().get("query", "")
    return dict(parse_qsl(query.removeprefix("?"), keep_blank_values=True))


def _returned() -> dict[str, Any]:
    return reported(KEY, "returned") or {}


def copy_button(*, label: str, copied: str, failed: str) -> None:
    """Show a button that copies the address; `copied` or `failed` is said when it was pressed."""
    copy = component("copy", HERE / "js" / "copy.js", HERE / "css" / "copy.css", BUTTON)
    copy(key="copy", data={"label": label, "copied": copied, "failed": failed})
