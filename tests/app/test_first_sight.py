"""The first screen of an address: where there is one, and that it is what the page will show."""

from __future__ import annotations

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

from .pages import component, opened, texts, whole_app

DRAWN = [
    "",
    "demo=reber",
    "demo=reber&t=3&unit=2&all_units=1",
    "demo=first_letter&cell=gru",
    "demo=temporal_order&seed=7&t=4",
    "demo=adding&present=1&details=values",
    "demo=counter&sequence=nonsense&t=none",
    "language=zh",
]


def screen(query: str, page: str = "") -> FirstScreen | None:
    return first_sight.first_screen(page, dict(parse_qsl(query)))


def drawn(query: str) -> FirstScreen:
    found = screen(query)
    assert found is not None
    return found


@pytest.mark.parametrize("query", DRAWN)
def test_what_is_drawn_first_is_what_the_page_sends_when_it_is_opened(query: str) -> None:
    app = opened(whole_app(), dict(parse_qsl(query)))
    code = dict(parse_qsl(query)).get("language", "en")
    with speaking(code):
        first = drawn(query)
    assert first.scene.payload == component(app, "stage").bytes
    assert first_parcel(first.scene, first.settings) == component(app, "courier").bytes
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


def test_only_explore_is_drawn_first() -> None:
    assert [screen("", page) for page in ("learn", "memory", "train", "model")] == [None] * 4


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
        html = first_screen_html(first)
        scene, _ = unpack(first.scene.payload)
    assert named <= {*first.doors, first.new, first.copy, first.heading}
    assert all(name in html for name in named)
    assert scene["changed"]["language"] == code


def test_data_of_a_screen_are_no_markup_and_its_texts_are_escaped() -> None:
    first = drawn("")
    data = first_screen_data(first)
    assert data.count("<") == 4  # two elements
    html = first_screen_html(FirstScreen(**{**vars_of(first), "question": "<b>?"}))
    assert "<b>" not in html
    assert "&lt;b&gt;?" in html


def vars_of(first: FirstScreen) -> dict[str, Any]:
    return {name: getattr(first, name) for name in first.__dataclass_fields__}
