"""The choice of the language: each is called what it is called in itself.

The browser is also told in which language the document is, so that what reads it aloud does so
in that language's voice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from ..shared.registration import component, reported

HERE = Path(__file__).parent
KEY = "language"
MARKUP = '<div class="languages" role="group"></div>'


def language_choice(
    names: Mapping[str, str], spoken: str, *, label: str, on_choice: Callable[[], None]
) -> None:
    """Show a button for each language, by its code; that of `spoken` is pressed.

    `on_choice` is called when the reader has pressed another one, see `chosen_language`.
    """
    choice = component(
        "language", HERE / "js" / "language.js", HERE / "css" / "language.css", MARKUP
    )
    data = {"names": dict(names), "spoken": spoken, "label": label}
    choice(key=KEY, data=data, on_chosen_change=on_choice)


def chosen_language() -> str:
    """Return the code of the language that the reader has chosen last; "" before."""
    chosen: dict[str, str] = reported(KEY, "chosen") or {}
    return chosen.get("code", "")
