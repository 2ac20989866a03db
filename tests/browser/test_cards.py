"""Cards of the drawing's parts, and words of a lesson that speak of them."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from app.words import glossary

from .stage_page import numbers_in, root

START = "?demo=reber&sequence=Keep+T+in+mind&t=12&unit=0"
FORGET = glossary.entries()["lstm.forget_gate"]
FOCUSED = "node => node.getRootNode().activeElement === node"


def part(page: Page, name: str) -> Locator:
    return page.locator(f".drawing [data-part={name}]")


def opened(page: Page, url: str) -> Locator:
    """The card, once the page is there; it is not open yet."""
    page.goto(url)
    expect(part(page, "forget_gate")).to_be_visible(timeout=60_000)
    return page.locator(".term-card")


def bottom(node: Locator) -> float:
    """Where a node ends on the page, in pixels from the top."""
    box = node.bounding_box()
    assert box is not None
    return box["y"] + box["height"]


def test_a_part_is_read_about_by_keyboard_and_its_numbers_follow_the_timestep(page, app_url):
    card = opened(page, f"{app_url}/{START}")
    part(page, "forget_gate").press("Enter")
    expect(card.get_by_role("heading", name=FORGET.title)).to_be_visible()
    for text in (FORGET.purpose, FORGET.elsewhere, FORGET.misreading):
        expect(card).to_contain_text(text)
    assert bottom(card) <= page.locator(".sentence").bounding_box()["y"]  # what it is about
    terms = card.locator(".terms")
    expect(terms).to_contain_text("f·c₋")
    gate, carried, kept = numbers_in(terms.inner_text())[-3:]
    assert abs(gate * carried - kept) < 0.002
    page.keyboard.press("ArrowRight")  # a key of the stage, of which the card is a part
    expect(card.locator(".here")).to_contain_text("timestep 13")
    card.locator(".notation").select_option("joined")
    expect(card.locator(".equation")).to_have_text("f = σ([h₋, x]·Wf + bf)")
    expect(page).to_have_url(re.compile("notation=joined"))
    page.get_by_role("tablist").first.evaluate("tabs => tabs.scrollIntoView()")
    expect(page.locator("[data-block=forget_gate] .equation").first).to_have_text(
        "f = σ([h₋, x]·Wf + bf)"
    )
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    assert part(page, "forget_gate").evaluate(FOCUSED)


def test_a_card_is_opened_by_touch_within_a_telephone_and_leads_to_all_words(
    pages, app_url, screenshot
):
    page = pages.open(width=390, height=844, touch=True, dark=True, reduced_motion=True)
    card = opened(page, f"{app_url}/{START}")
    part(page, "add").tap()
    expect(card).to_be_in_viewport()
    box = card.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    screenshot(page, "card")
    card.get_by_role("button", name=glossary.interface()["glossary"]).tap()
    words = page.locator("dialog.glossary")
    expect(words).to_contain_text(glossary.entries()["vanishing"].purpose)
    page.keyboard.press("Escape")
    expect(words).to_be_hidden()
    expect(root(page)).to_be_visible()


def test_a_word_of_a_lesson_lights_up_its_part_and_opens_its_card(page, app_url):
    card = opened(page, f"{app_url}/learn?step=4")
    word = page.locator("button.of-part[data-part=cell_state]").first
    word.hover()
    expect(part(page, "cell_state")).to_have_class(re.compile(r"\blit\b"))
    page.mouse.move(0, 0)
    expect(part(page, "cell_state")).not_to_have_class(re.compile(r"\blit\b"))
    word.press("Enter")
    expect(card).to_contain_text(glossary.entries()["lstm.cell_state"].purpose)
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(word).to_be_focused()
    all_words = page.locator(".all-words")
    all_words.locator("summary").click()
    expect(all_words.get_by_text(glossary.entries()["probe"].purpose)).to_be_visible()
