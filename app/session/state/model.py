"""Which model file of the reader's is open, and what they have said about it."""

from __future__ import annotations

from typing import Any

from .. import uploads
from .current_view import address_word, forget_view
from .pages import opened_page, page_value, remember_for_page
from .uploads import own_session_token, session_token

_MODEL, _OPENED, _SHOWS_OWN = "model", "opened-models", "shows-own-model"


def hold_model(file: str, name: str) -> None:
    """Remember which file is open on the page of the reader's own model; the view begins anew."""
    remember_model(file, name)
    _hold({"file": file, "name": name, "layer": 0, "answers": {}})
    forget_view()


def remember_model(file: str, name: str) -> None:
    """Remember a file beside those that were opened: it can stand beside the one on the stage."""
    others = {known: called for known, called in opened_models().items() if known != file}
    remember_for_page(_OPENED, {**others, file: name})


def opened_models() -> dict[str, str]:
    """Return the model files that this session has opened, names by fingerprint, oldest first."""
    opened: dict[str, str] = page_value(_OPENED, {})
    return opened


def held_model() -> dict[str, Any] | None:
    """Return which model is open, as plain values; None on a page that is about demos.

    "file" is its fingerprint, "name" its name, "layer" the place in the file of a layer of the
    chain on the stage, "answers" what the reader has said that the file does not say. After a
    reload it is the one that was open before. The page Sequences shows it where the address names
    no demo, unless the reader has chosen another network there.
    """
    if opened_page() == "sequences":
        shows_own = page_value(_SHOWS_OWN)  # as the reader chose there, else what they came with
        if shows_own is None:
            shows_own = not address_word("demo")
        return own_model() if shows_own else None
    if opened_page() != "model":
        return None
    model: dict[str, Any] | None = page_value(_MODEL)
    return model or uploads.open_model(session_token())


def own_model() -> dict[str, Any] | None:
    """Return the reader's own model that is open, on whichever page; None where none is."""
    return uploads.open_model(session_token())


def show_own_model(own: bool) -> None:
    """Have the open page, where it shows any network, show the reader's own one, or not."""
    remember_for_page(_SHOWS_OWN, own)


def change_model(**changes: Any) -> None:
    """Change some of the values that say which model is open."""
    _hold({**(held_model() or {}), **changes})


def _hold(model: dict[str, Any]) -> None:
    """Remember it in the session, and under its token for the session that a reload begins."""
    remember_for_page(_MODEL, model)
    uploads.keep_open_model(own_session_token(), model)
