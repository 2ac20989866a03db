"""The Memory page in a browser: networks in step, and pictures that follow without a jump."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from app.words import common as words
from app.words import memory as memory_words
from app.words import memory_answer as answer_words

PLOTS = ".js-plotly-plot"
START = "?demo=reber&text=BTBTXSETE&t=6&third=1&alike=size"
LEFT, RECALL, GAINS = ".st-key-picture-left", ".st-key-picture-recall", ".st-key-picture-gains"


def memory(page: Page, app_url: str, query: str = START) -> Page:
    """Open the page at an address and wait until stages, answer and curve stand."""
    page.goto(f"{app_url}/memory{query}")
    expect(stages(page)).to_be_visible(timeout=60_000)
    expect(page.locator(f"{LEFT} {PLOTS}").first).to_be_visible(timeout=60_000)
    return page


def unfold(page: Page) -> None:
    """Unfold what is meant for specialists, and wait until its last picture stands."""
    page.get_by_text(answer_words.SPECIALISTS, exact=True).first.click()
    expect(page.locator(f".st-key-picture-seeds {PLOTS}").first).to_be_visible(timeout=60_000)


def stages(page: Page) -> Locator:
    return page.locator("[data-timestep]").first


def tops(page: Page) -> list[float]:
    """Where every picture begins, in the page's own measure."""
    return page.evaluate(
        f"[...document.querySelectorAll('{PLOTS}')].map(p => Math.round("
        "p.getBoundingClientRect().top + document.querySelector('[data-testid=stMain]').scrollTop))"
    )


def test_the_stages_play_in_step_and_the_pictures_of_influence_follow_without_a_jump(
    page, app_url, screenshot
):
    memory(page, app_url)
    expect(page.locator(".judged").first).to_contain_text("the GRU still holds P or T")
    unfold(page)
    expect(page).to_have_url(re.compile(r"[?&]specialists=1(&|$)"))
    for title in ("LSTM, 12 units", "Standard RNN, 12 units", "GRU, 12 units"):
        expect(page.get_by_text(title).first).to_be_visible()
    page.evaluate(f"document.querySelectorAll('{PLOTS}').forEach(p => p.mark = 'mine')")
    before = tops(page)
    stages(page).focus()
    page.keyboard.press("ArrowLeft")
    page.locator(".here").first.evaluate("line => line.scrollIntoView()")
    expect(page.locator(".here")).to_contain_text(memory_words.here(5, 9, "S", 600))
    expect(page).to_have_url(re.compile(r"[?&]t=5(&|$)"))
    expect(page.locator(PLOTS)).to_have_count(len(before))
    assert tops(page) == before
    for still in (RECALL, GAINS):  # which no step redraws
        assert page.locator(f"{still} {PLOTS}").first.evaluate("p => p.mark") == "mine"
    screenshot(page, "follows")


def test_the_page_is_found_beside_explore_and_its_stages_come_before_its_pictures(page, app_url):
    page.goto(app_url)
    expect(stages(page)).to_be_visible(timeout=60_000)
    page.get_by_role("link", name=memory_words.TITLE).click()
    when_drawn = page.wait_for_function(
        """() => window[Symbol.for("gatescope")]?.stages.has("memory-stage") && {
          fetched: performance.getEntriesByType("resource").filter((e) => /plotly/i.test(e.name)),
        }"""
    )
    assert when_drawn.json_value()["fetched"] == []
    expect(page.get_by_role("heading", name=memory_words.FORGETS)).to_be_visible()
    expect(page.locator(f"{LEFT} {PLOTS}").first).to_be_visible(timeout=60_000)
    # the network that was explored comes along
    expect(page).to_have_url(re.compile(r"/memory\?demo=first_letter&.*t=\d+"))
    page.get_by_role("button", name=words.NEW, exact=False).last.click()
    expect(page).to_have_url(re.compile(r"seed=\d+.*t=\d+"), timeout=30_000)
    expect(page.locator(f"{LEFT} {PLOTS}").first).to_be_visible(timeout=60_000)
    page.go_back()  # which undoes the choice of a sequence
    expect(page).to_have_url(re.compile(r"/memory\?(?!.*seed=)"))
    expect(page.get_by_role("heading", name=memory_words.FORGETS)).to_be_visible()


def test_the_page_fits_a_phone_in_the_dark_and_the_widest_window_in_the_light(
    pages, app_url, screenshot
):
    page = pages.open(width=390, dark=True, touch=True)
    memory(page, app_url, "?demo=temporal_order&third=1&specialists=1")
    expect(page.locator(f".st-key-picture-seeds {PLOTS}").first).to_be_visible(timeout=60_000)
    fits(page, 390)
    screenshot(page, "390-dark")
    page.set_viewport_size({"width": 1920, "height": 900})
    page.emulate_media(color_scheme="light")
    page.wait_for_function(  # which the pictures follow
        f"() => [...document.querySelectorAll('{PLOTS}')].some(p => p.clientWidth > 390)"
    )
    fits(page, 1920)
    screenshot(page, "1920-light")


def fits(page: Page, width: int) -> None:
    """Assert that neither the page nor a picture is wider than its window."""
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.get_by_test_id("stMain").evaluate("e => e.scrollWidth - e.clientWidth") <= 0
    for k in range(page.locator(PLOTS).count()):
        box = page.locator(PLOTS).nth(k).bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
