"""Pictures that are kept are made once, and anew for what they show otherwise."""

from __future__ import annotations

import pytest

from app.screens.shared.kept_picture import kept_picture
from app.session import state
from app.session.shared_store import store
from app.words.language import speaking


def test_a_picture_is_made_once_for_each_thing_mode_and_language(monkeypatch: pytest.MonkeyPatch):
    store.clear()
    dark = False
    monkeypatch.setattr(state, "is_dark", lambda: dark)
    made: list[bool] = []

    def make(is_dark: bool) -> list[bool]:
        made.append(is_dark)
        return [is_dark]

    assert kept_picture("bars", ("a", 1), make) is kept_picture("bars", ("a", 1), make)
    assert made == [False]
    kept_picture("bars", ("a", 2), make)
    kept_picture("lines", ("a", 1), make)
    with speaking("es"):
        kept_picture("bars", ("a", 1), make)
    dark = True
    assert kept_picture("bars", ("a", 1), make) == [True]
    assert made == [False, False, False, False, True]
