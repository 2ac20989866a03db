"""The first screen of an address: where there is one, and that it is what the page will show."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

import pytest

from app import first_sight
from app.components.first_sight import FirstScreen, first_screen_data, first_screen_html
from app.components.stage.component import first_parcel
from app.container import unpack
from app.session import demos
from app.words import common as words
from app.words.language import LANGUAGES, speaking

from .pages import component, one_page, opened, texts, whole_app

EXPLORE = [
    "",
    "demo=reber",
    "demo=reber&t=3&unit=2&all_units=1",
    "demo=first_letter&cell=gru",
    "demo=temporal_order&seed=7&t=4",
    "demo=adding&present=1&details=values",
    "demo=counter&sequence=nonsense&t=none",
    "language=zh",
]
MEMORY = ["", "demo=adding&t=7", "demo=first_letter&third=1&alike=size", "seed=3&units=1,2"]


def screen(query: str, page: str = "") -> FirstScreen | None:
    return first_sight.first_screen(page, dict(parse_qsl(query)))


def drawn(query: str, page: str = "") -> FirstScreen:
    found = screen(query, page)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("page", "query"), [*(("", query) for query in EXPLORE), *(("memory", q) for q in MEMORY)]
)
def test_what_is_drawn_first_is_what_the_page_sends_when_it_is_opened(
    page: str, query: str
) -> None:
    app = opened(one_page(page) if page else whole_app(), dict(parse_qsl(query)))
    code = dict(parse_qsl(query)).get("language", "en")
    with speaking(code):
        first = drawn(query, page)
    assert first.shown.payload == component(app, "stage").bytes
    assert first_parcel(first.shown, first.settings, first.key) == component(app, "courier").bytes
    assert {first.heading, first.question} <= set(plain(texts(app)))


def plain(html: str) -> list[str]:
    """The texts of elements that hold nothing but a text."""
    return [part.rpartition(">")[2] for part in html.replace("&#x27;", "'").split("</")]


@pytest.mark.parametrize(
    "query",
    [
        "text=ABBA",
        "demo=reber&upload=mine.csv",
        "demo=reber&session=0123",
        "whatif=forget_gate:0:0:3-3",
        "demo=lstm-of-somebody",
        "embed=true",
        "demo=python",  # whose scene is large
    ],
)
def test_where_more_than_the_address_says_what_is_shown_nothing_is_drawn(query: str) -> None:
    assert screen(query) is None


def test_no_other_page_is_drawn_first() -> None:
    assert [screen("", page) for page in ("learn", "train", "model")] == [None] * 3


@pytest.mark.parametrize("query", ["text=aXcYd", "demo=lstm-of-somebody"])
def test_of_memory_nothing_is_drawn_where_it_will_say_why_it_shows_something_else(
    query: str,
) -> None:
    assert screen(query, "memory") is None


def test_a_network_that_cannot_be_loaded_leaves_the_document_standing(monkeypatch, caplog) -> None:
    def broken(name: str) -> Any:
        raise ValueError("sha256")

    monkeypatch.setattr(demos, "demo", broken)
    assert screen("demo=adding&seed=3") is None
    assert "sha256" in caplog.text


@pytest.mark.parametrize("code", LANGUAGES)
def test_all_controls_are_called_what_they_are_called_on_the_page(code: str) -> None:
    with speaking(code):
        first = drawn("demo=reber")
        named = {words.TYPE, words.UPLOAD, words.NEW, words.COPY, words.HEADLINES["lstm"]}
        html = first_screen_html(first, logo="", pages={})
        scene, _ = unpack(first.shown.payload)
    assert all(name in html for name in named)
    assert scene["changed"]["language"] == code


def test_data_of_a_screen_are_no_markup_and_its_texts_are_escaped() -> None:
    first = drawn("")
    data = first_screen_data(first)
    assert data.count("<") == 4  # two elements
    html = first_screen_html(replace(first, question="<b>?"), logo="", pages={})
    assert "<b>" not in html
    assert "&lt;b&gt;?" in html
