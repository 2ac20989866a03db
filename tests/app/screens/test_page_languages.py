"""Every page in every language: nothing on it is left in English, and the choice is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import copy
from functools import cache
from html import escape
from typing import get_args

import pytest
from streamlit.testing.v1 import AppTest

from app.session.demos import demo, demo_names, twin, twin_names
from app.session.view import Details
from app.words import common as words
from app.words import your_model as model_words
from app.words.language import ENGLISH, LANGUAGES, speaking
from tests.app.pages import link, one_page, opened, press, ran, texts, whole_app

OTHERS = [code for code in LANGUAGES if code != ENGLISH.code]
TEXT = re.compile(r'"((?:[^"\\]|\\.)*)"')
TAG = re.compile(r"<(style|script).*?</\1>|<[^>]*>", re.DOTALL)
# Words of which nearly every English sentence has one.
SMALL = r"the|and|which|what|with|every|this|is|are|of|for|from|that|not|but"
ENGLISH_WORDS = re.compile(rf"[^.:;|\"]*\b(?:(?:{SMALL})\b|(?:timestep|unit) \d)[^.:;|\"]*")
# A template's slots; a place in a file; Python.
NOT_SAID = re.compile(r"\{\w+\}|and \d+ more tensors|\bfor \w+ in \w+")
PROGRAMS = ("js_content", "css_content", "html_content")  # of a component: what is not said
SCREENS = ("explore", "learn", "memory", "train", "your_model")


def shown(app: AppTest) -> Iterator[str]:
    """What the page shows and sends: HTML without its tags, labels, options, figures, payloads.

    Lines of Python, which are no language's, are left out.
    """
    for element in app:
        if element.type == "code":
            continue
        proto = copy(getattr(element, "proto", None))
        for program in PROGRAMS:
            if hasattr(proto, program):
                proto.ClearField(program)
        for found in TEXT.findall(str(proto)):
            text = found.encode("latin-1", "ignore").decode("unicode_escape", "ignore")
            yield "" if text.startswith("$$ID") else TAG.sub(" ", text)


@cache
def english_by_design() -> frozenset[str]:
    """What stays English in every language: what certificates say of how a network was made."""
    networks = [demo(name) for name in demo_names()]
    networks += [twin(each.name, name) for each in networks for name in twin_names(each.name)]
    certificates = [network.provenance for network in networks]
    texts = [(each.training, each.published, each.licence) for each in certificates]
    return frozenset(text for each in texts for text in each if text)


def english_left(app: AppTest) -> set[str]:
    """What of the page is English, but for what is so by design."""
    found: set[str] = set()
    for text in shown(app):
        for kept in english_by_design():
            text = text.replace(escape(kept), "")  # noqa: PLW2901
        found |= {part.strip() for part in ENGLISH_WORDS.findall(NOT_SAID.sub("", text))}
    return found


def in_language(name: str, code: str, **address: str) -> AppTest:
    """The page alone, as an address opens it in a language."""
    app = one_page(name, before="from app.session import state\nstate.settle_language()")
    return opened(app, {"language": code, **address})


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("name", SCREENS)
def test_a_page_in_another_language_has_no_english_left(name, code):
    with speaking(code):  # as the labels do that this thread computes of the page's lists
        app = in_language(name, code)
        if name == "your_model":
            press(app, model_words.TRY)
    assert english_left(app) == set()


@pytest.mark.parametrize("place", range(len(OTHERS)))
def test_the_tabs_below_the_stage_have_no_english_left(place):
    with speaking(OTHERS[place]):
        app = in_language("explore", OTHERS[place])
        for tab in get_args(Details)[place :: len(OTHERS)]:  # each tab in one of the languages
            app.query_params["details"] = tab
            assert english_left(ran(app.run())) == set(), tab


@pytest.mark.parametrize("code", OTHERS)
def test_the_language_of_an_address_stays_in_it_and_is_spoken(code):
    with speaking(code):
        app = opened(whole_app(), {"language": code})
        assert link(app)["language"] == code
        assert words.HEADLINES["lstm"] in texts(app)
        app.query_params.clear()  # a link within the app says no language
        assert link(ran(app.run()))["language"] == code


def test_english_is_not_written_and_what_is_not_offered_is_english():
    app = opened(whole_app(), {"language": "tlh"})
    assert "language" not in link(app)
    assert words.HEADLINES["lstm"] in texts(app)
