"""The choice of the language: what is said follows it, and the address keeps it."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from app.words import common as words
from app.words import pages as page_words
from app.words import stage as stage_words
from app.words.language import ENGLISH, LANGUAGES, speaking

OTHERS = [code for code in LANGUAGES if code != ENGLISH.code]


def said_in(page: Page, code: str) -> None:
    """Headline, controls, sentence and document speak this language."""
    with speaking(code):
        expect(page.locator(".headline")).to_have_text(words.HEADLINES["lstm"])
        expect(page.locator(".stage .step").last).to_have_text(stage_words.TABLE["next_step"])
        expect(page.locator(".stage .steps .first").last).to_have_attribute(
            "title", stage_words.TABLE["first"]
        )
        unit = stage_words.TABLE["unit"].format(unit=0)
    expect(page.locator(".stage .sentence").last).to_contain_text(unit)
    expect(page.locator("html")).to_have_attribute("lang", code)


def test_a_chosen_language_is_spoken_everywhere_and_kept(page: Page, app_url: str) -> None:
    page.goto(f"{app_url}/?t=3&unit=0")
    said_in(page, ENGLISH.code)
    for code in OTHERS:
        page.get_by_role("button", name=LANGUAGES[code].name, exact=True).click()
        said_in(page, code)
        expect(page).to_have_url(re.compile(f"[?&]language={code}"))
        expect(page.locator("[data-timestep='3']").first).to_be_visible()
    page.reload()
    said_in(page, code)
    with speaking(code):
        title = page_words.TITLES["learn"]
    page.get_by_role("link", name=title, exact=True).click()
    expect(page).to_have_url(re.compile(f"/learn.*[?&]language={code}"))
    expect(page).to_have_title(re.compile(title))
