"""A lesson by keyboard alone: do what it asks, go on, answer before it is seen."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from app.lessons import lesson
from app.words import learn as words

from .test_explore_reach import tab_to

STORY = lesson("story").steps
FIRST = 30_000  # milliseconds that a page of a cold server may take to appear


def press(page: Page, label: str, times: int = 1) -> None:
    """Go to a control with the Tab key, and press Enter."""
    tab_to(page, label)
    for _ in range(times):
        page.keyboard.press("Enter")


def test_the_story_is_walked_by_keyboard_alone(page, app_url):
    page.goto(f"{app_url}/learn")
    expect(page.get_by_role("heading", name=STORY[0].title)).to_be_visible(timeout=FIRST)
    expect(page.locator("button.step")).to_be_enabled(timeout=FIRST)
    press(page, "Next step (right arrow)", times=STORY[0].until_timestep)
    expect(page.get_by_text(words.DONE)).to_be_visible()
    press(page, words.NEXT)
    expect(page.get_by_role("heading", name=STORY[1].title)).to_be_visible()
    press(page, words.NEXT)
    question = STORY[2].question
    expect(page.get_by_role("heading", name=STORY[2].title)).to_be_visible()
    expect(page.get_by_text(words.RIGHT)).to_be_hidden()
    tab_to(page, question.options[0])
    page.keyboard.press("ArrowDown")
    expect(page.get_by_text(words.RIGHT)).to_be_visible()
    expect(page).to_have_url(re.compile(f"t={question.reveal}.*step=2"))
