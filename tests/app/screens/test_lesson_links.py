"""Lesson links of every page: what they leave out, and that the address keeps it."""

from __future__ import annotations

import json
from typing import Literal

import pytest

from app.screens.shared.links import CONTROLS
from app.screens.train import run_panel
from app.words import common as words
from app.words import learn as learn_words
from app.words import teaching as teaching_words
from app.words import train as train_words
from tests.app.still_trainer import StillTrainer

from ..pages import component, link, one_page, opened

RECIPE = {"task": "temporal_order_6a", "length": "20", "units": "3", "updates": "8", "batch": "2"}
PAGES = {
    "learn": ({"step": "1"}, learn_words.LESSON),
    "train": (RECIPE, train_words.TASK),
    "sequences": ({"demo": "reber"}, words.DEMO),
}


@pytest.fixture(autouse=True)
def _still(monkeypatch) -> None:
    still = StillTrainer()
    monkeypatch.setattr(run_panel, "trainer", lambda: still)


def labels(app) -> list[str]:
    """What can be chosen on the page."""
    groups = [group.proto.label for group in app.button_group]
    return groups + [one.label for one in (*app.selectbox, *app.number_input)]


@pytest.mark.parametrize("name", PAGES)
def test_what_a_lesson_link_leaves_out_is_not_there_and_stays_in_the_address(name: str) -> None:
    address, choice = PAGES[name]
    whole = opened(one_page(name), address)
    assert choice in labels(whole)
    app = opened(one_page(name), {**address, "hide": "network"})
    assert choice not in labels(app)
    assert link(app)["hide"] == "network"
    assert address.items() <= link(app).items()
    app.run()
    assert choice not in labels(app)
    assert link(app)["hide"] == "network"


@pytest.mark.parametrize("name", ["learn", "train"])
def test_a_page_without_tabs_offers_lesson_links_at_its_end(
    name: Literal["learn", "train"],
) -> None:
    app = opened(one_page(name), PAGES[name][0])
    made = json.loads(component(app, "gatescope_lesson_link").json)
    assert tuple(made["controls"]) == CONTROLS[name]
    assert made["controls"]["network"] == teaching_words.CONTROLS_OF[name]["network"]
    without = opened(one_page(name), {**PAGES[name][0], "hide": "link"})
    shown = [one.proto.component_name for one in without.get("bidi_component")]
    assert not any("lesson_link" in one for one in shown)
