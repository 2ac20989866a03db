"""Which model file of the reader's is open, and what they have said about it."""

from __future__ import annotations

from typing import Any

from .current_view import forget_view
from .pages import opened_page, page_value, remember_for_page

_MODEL = "model"


def hold_model(file: str, name: str) -> None:
    """Remember which file is open on the page of the reader's own model; the view begins anew."""
    remember_for_page(_MODEL, {"file": file, "name": name, "layer": 0, "answers": {}})
    forget_view()


def held_model() -> dict[str, Any] | None:
    """Return which model is open, as plain values; None on a page that is about demos.

    "file" is its fingerprint, "name" its name, "layer" the place in the file of a layer of the
    chain on the stage, "answers" what the reader has said that the file does not say.
    """
    model: dict[str, Any] | None = page_value(_MODEL)
    return model if opened_page() == "model" else None


def change_model(**changes: Any) -> None:
    """Change some of the values that say which model is open."""
    remember_for_page(_MODEL, {**page_value(_MODEL), **changes})
