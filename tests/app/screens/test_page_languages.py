"""Every page in every language: nothing on it is left in English, and the choice is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from app.session.demos import demo, demo_names, twin, twin_names
from app.words import common as words
from app.words import your_model as model_words
from app.words.language import ENGLISH, LANGUAGES, speaking
from tests.app.pages import link, one_page, opened, press, ran, texts, whole_app

OTHERS = [code for code in LANGUAGES if code != ENGLISH.code]
TEXT = re.compile(r'"((?:[^"\\]|\\.)*)"')
TAG = re.compile(r"<(style|script).*?</\1>|<[^>]*>", re.DOTALL)
ENGLISH_WORDS = re.compile(
    r"[^.:;|\"]*\b(?:the|and|which|what|with|every|this|is|are|from|timestep|unit)\b[^.:;|\"]*"
)
SCREENS = ("explore", "learn", "memory", "train", "your_model")


def shown(app: AppTest) -> Iterator[str]:
    """What the page shows and sends: HTML without its tags, labels, options, figures, payloads."""
    for element in app:
        for found in TEXT.findall(str(getattr(element, "proto", ""))):
            text = found.encode("latin-1", "ignore").decode("unicode_escape", "ignore")
            yield TAG.sub(" ", text)


def english_by_design() -> set[str]:
    """What stays English in every language: what certificates say of how a network was made."""
    networks = [demo(name) for name in demo_names()]
    networks += [twin(each.name, name) for each in networks for name in twin_names(each.name)]
    return {
        text
        for network in networks
        for text in (network.provenance.training, network.provenance.published)
    }


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("name", SCREENS)
def test_a_page_in_another_language_has_no_english_left(name, code):
    app = one_page(name, before="from app.session import state\nstate.settle_language()")
    opened(app, {"language": code})
    if name == "your_model":
        with speaking(code):
            app = press(app, model_words.TRY)
    kept = english_by_design()
    left = {
        english.strip()
        for text in shown(app)
        if not any(text.strip() and text.strip() in each for each in kept)
        for english in ENGLISH_WORDS.findall(text)
    }
    assert left == set()


@pytest.mark.parametrize("code", OTHERS)
def test_the_language_of_an_address_stays_in_it_and_is_spoken(code):
    app = opened(whole_app(), {"language": code})
    assert link(app)["language"] == code
    with speaking(code):
        assert words.HEADLINES["lstm"] in texts(app)
    app.query_params.clear()  # a link within the app says no language
    app = ran(app.run())
    assert link(app)["language"] == code


def test_english_is_not_written_and_what_is_not_offered_is_english():
    app = opened(whole_app(), {"language": "tlh"})
    assert "language" not in link(app)
    assert words.HEADLINES["lstm"] in texts(app)
