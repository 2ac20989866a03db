"""What the reader brought: a sequence that no link can carry, and a model file."""

from __future__ import annotations

import dataclasses
from typing import Any

from lstm_core.sequence import Sequence

from ..shared_store import store
from ..store import Key
from ..view import Source, View
from .current_view import forget_view
from .pages import opened_page, page_value, remember_for_page

_UPLOAD, _COLUMNS, _MODEL = "held", "columns", "model"


def hold_upload(network: str, name: str, sequence: Sequence) -> None:
    """Hold a sequence that no link can carry, until another one takes its place.

    The session keeps its parts, which are arrays and texts: they outlive an edit of the program,
    and cost nothing where they are views of the file that Streamlit keeps anyway.
    """
    parts = {field.name: getattr(sequence, field.name) for field in dataclasses.fields(sequence)}
    held = {"network": network, "name": name, "parts": parts, "id": sequence.id}
    store.put(_key(held), sequence)
    remember_for_page(_UPLOAD, held)


def held_upload(network: str, view: View) -> Sequence | None:
    """Return the sequence held for this network and view; None where there is none."""
    held = page_value(_UPLOAD)
    if not held or view.source != Source(kind="upload", value=held["name"]):
        return None
    if network != held["network"]:
        return None
    return store.get_or_compute(_key(held), lambda: Sequence(**held["parts"]))


def _key(held: dict[str, Any]) -> Key:
    """The key under which the store keeps the sequence, so that it is fingerprinted once."""
    return ("upload", held["id"], held["name"])


def remember_columns(columns: tuple[str, ...], chosen: tuple[str, ...]) -> None:
    """Remember which columns the uploaded file has, and which of them are read."""
    remember_for_page(_COLUMNS, (columns, chosen))


def file_columns() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the columns of the uploaded file, and those that are read."""
    columns: tuple[tuple[str, ...], tuple[str, ...]] = page_value(_COLUMNS, ((), ()))
    return columns


def hold_model(file: str, name: str) -> None:
    """Remember which file is open on the page of the reader's own model; the view begins anew."""
    remember_for_page(_MODEL, {"file": file, "name": name, "layer": 0, "settled": {}})
    forget_view()


def held_model() -> dict[str, Any] | None:
    """Return the words that say which model is open; None on a page that is about demos.

    "file" is its fingerprint, "name" its name, "layer" the place in the file of a layer of the
    chain on the stage, "settled" what the reader has said that the file does not say.
    """
    model: dict[str, Any] | None = page_value(_MODEL)
    return model if opened_page() == "model" else None


def change_model(**words: Any) -> None:
    """Change some of the words that say which model is open."""
    remember_for_page(_MODEL, {**page_value(_MODEL), **words})
