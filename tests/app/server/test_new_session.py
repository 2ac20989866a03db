"""The theme of the message that begins a run is read once, and is what Streamlit would say."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from streamlit import config
from streamlit.proto.NewSession_pb2 import NewSession
from streamlit.runtime import app_session

from app.server.new_session import NAME, remember_theme, remembered

SECTIONS = ("theme", "theme.light", "theme.dark", "theme.sidebar")
POPULATE = getattr(app_session, NAME)


def message(populate: Any) -> NewSession:
    """What Streamlit says of the theme, in its own order."""
    made = NewSession()
    theme = made.custom_theme
    for section, part in zip(
        SECTIONS, (theme, theme.light, theme.dark, theme.sidebar), strict=True
    ):
        populate(part, section)
    return made


@contextmanager
def option(name: str, value: object) -> Iterator[None]:
    before = config.get_option(name)
    config._set_option(name, value, "a test")
    try:
        yield
    finally:
        config._set_option(name, before, "a test")


def test_it_says_what_streamlit_says_the_first_time_and_each_time_after() -> None:
    with option("theme.primaryColor", "#123456"), option("theme.dark.linkColor", "#654321"):
        ours, theirs = remembered(POPULATE), message(POPULATE)
        assert theirs.custom_theme.dark.link_color == "#654321"
        for _ in range(3):
            made = message(ours)
            assert made == theirs
            assert made.custom_theme.HasField("light") == theirs.custom_theme.HasField("light")


def test_without_a_theme_the_message_has_none() -> None:
    assert message(remembered(POPULATE)) == message(POPULATE)


def test_a_section_is_read_once_until_streamlit_reads_its_options_anew() -> None:
    read, options = list[str](), dict[str, Any]()

    def populate(theme: Any, section: str) -> None:
        read.append(section)
        theme.primary_color = f"#{len(read)}"

    ours = remembered(populate, lambda: options)
    assert [message(ours).custom_theme.primary_color for _ in range(2)] == ["#1", "#1"]
    assert read == list(SECTIONS)
    options = {}
    assert message(ours).custom_theme.primary_color == "#5"


def test_streamlit_is_replaced_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app_session, NAME, POPULATE)
    remember_theme()
    replaced = getattr(app_session, NAME)
    assert replaced is not POPULATE
    remember_theme()
    assert getattr(app_session, NAME) is replaced


def test_another_streamlit_is_left_alone(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.delattr(app_session, NAME)
    with caplog.at_level(logging.WARNING, "gatescope"):
        remember_theme()
    assert "has another name" in caplog.text
