"""A lesson by keyboard alone: do what it asks, go on, answer before it is seen."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from app.lessons import lesson
from app.words import learn as words

from .test_explore import at_rest
from .test_explore_reach import tab_to

STORY = lesson("story").steps
END = """node => {
  const text = document.createRange();
  text.selectNodeContents(node);
  return text.getBoundingClientRect().bottom;
}"""
PAINTED = "() => new Promise(requestAnimationFrame).then(() => new Promise(requestAnimationFrame))"
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


def test_on_a_phone_a_step_brings_the_sentence_out_from_under_the_buttons(pages, app_url):
    page = pages.open(width=390, height=844, touch=True)
    page.goto(f"{app_url}/learn")
    expect(page.locator("button.step")).to_be_enabled(timeout=FIRST)
    at_rest(page)
    sentence, buttons = page.locator(".sentence"), page.locator(".steps")
    assert sentence.evaluate(END) > buttons.bounding_box()["y"]  # they cover it at first
    page.locator("button.step").tap()
    expect(page.locator("[data-timestep]").first).to_have_attribute("data-timestep", "1")
    sentence.evaluate(PAINTED)
    assert sentence.evaluate(END) <= buttons.bounding_box()["y"]
