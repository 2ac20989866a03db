"""The first screen: it plays before Streamlit has come, and goes on in Streamlit's page as it is.

Streamlit's main script is held back, so that the reader is always there before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from app.words import common as words

from .details import details_say
from .test_accessible import RUN, axe, nothing_moved, ours
from .watch import Pages

__all__ = ["axe"]

SCRIPT = re.compile(r"/first-sight\.\w+\.js$")
STREAMLIT = re.compile(r"/static/js/index\.\w+\.js$")


def held_back(page: Page, url: str) -> Callable[[], None]:
    """Open a page without Streamlit; what is returned lets it come."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(STREAMLIT, hold)
    page.goto(url, wait_until="commit")

    def release() -> None:
        for route in held:
            route.continue_()
        page.unroute(STREAMLIT)

    return release


def in_the_page(page: Page, key: str = "stage", stages: int = 1) -> None:
    """The first screen is gone, and its stages stand in Streamlit's page."""
    expect(page.locator("#first-sight")).to_have_count(0, timeout=60_000)
    expect(page.locator(f".st-key-{key}[data-drawn]")).to_have_count(1)
    expect(page.locator("[data-timestep]")).to_have_count(stages)
    expect(page.locator("h1")).to_have_count(1)


def box(page: Page) -> dict[str, Any]:
    found = page.locator("[data-timestep]").first.bounding_box()
    assert found is not None
    return dict(found)


@pytest.mark.parametrize("width", [1280, 390])
def test_steps_that_were_taken_before_streamlit_came_are_kept(
    pages: Pages, app_url: str, axe: str, width: int
) -> None:
    page = pages.open(width=width, height=844, touch=width < 500)
    release = held_back(page, f"{app_url}/?demo=first_letter&t=3&unit=0")
    step = page.get_by_role("button", name="Next step")
    expect(step).to_be_in_viewport(ratio=1, timeout=60_000)
    expect(page.get_by_role("heading", level=1)).to_have_text(words.HEADLINES["lstm"])
    expect(page.locator("[data-timestep]")).to_have_attribute("data-timestep", "3")
    step.focus()
    step.press("Enter")
    step.press("Enter")
    expect(page.locator("[data-timestep]")).to_have_attribute("data-timestep", "5")
    expect(page.locator(".sentence")).to_contain_text("Reads")
    page.evaluate(axe)
    assert ours(page.evaluate(RUN)) == []
    before = box(page)
    release()
    in_the_page(page)
    assert box(page) == pytest.approx(before, abs=1)
    expect(step).to_be_focused()
    expect(page.locator("[data-timestep]")).to_have_attribute("data-timestep", "5")
    expect(page).to_have_url(re.compile(r"[?&]t=5\b"))
    nothing_moved(page)
    details_say(page, words.here(5, 24, "d", 0).split(",")[0])


def test_a_gate_that_was_pulled_before_streamlit_came_stays_pulled_and_its_card_open(
    page: Page, app_url: str
) -> None:
    release = held_back(page, f"{app_url}/?demo=first_letter&t=3&unit=0")
    gate = page.locator(".pull[data-signal=forget_gate]")
    expect(gate).to_be_visible(timeout=60_000)
    gate.press("PageDown")
    expect(gate).to_have_class(re.compile(r"\bheld\b"))
    gate.press("Enter")
    card = page.locator(".term-card")
    expect(card).to_be_visible()
    release()
    in_the_page(page)
    expect(card).to_be_visible()
    expect(gate).to_have_class(re.compile(r"\bheld\b"))
    expect(page).to_have_url(re.compile("whatif=forget_gate"))
    expect(gate).to_have_class(re.compile(r"\bheld\b"))


def test_the_networks_of_memory_play_in_step_before_streamlit_has_come(
    page: Page, app_url: str
) -> None:
    release = held_back(page, f"{app_url}/memory?demo=adding&t=3&units=0,0")
    stages = page.locator("[data-timestep]")
    expect(stages).to_have_count(2, timeout=60_000)
    stages.first.press("ArrowRight")
    for stage in (stages.first, stages.last):
        expect(stage).to_have_attribute("data-timestep", "4")
    before, key = box(page), page.locator(".key-good").first
    drawn = key.bounding_box()  # its line is no element of its own
    release()
    in_the_page(page, "memory-stage", stages=2)
    assert box(page) == pytest.approx(before, abs=1)
    assert key.bounding_box() == pytest.approx(drawn, abs=1)
    expect(stages.last).to_have_attribute("data-timestep", "4")
    expect(page).to_have_url(re.compile(r"[?&]t=4\b"))
    nothing_moved(page)


def test_a_page_without_a_stage_is_shown_as_it_is(page: Page, app_url: str) -> None:
    release = held_back(page, app_url)
    expect(page.get_by_role("button", name="Next step")).to_be_visible(timeout=60_000)
    page.evaluate("history.replaceState(null, '', 'model')")
    release()
    expect(page.get_by_test_id("stFileUploaderDropzone")).to_be_visible(timeout=60_000)
    expect(page.locator("#first-sight")).to_have_count(0)


def test_where_the_screens_script_does_not_come_the_page_is_seen_all_the_same(
    pages: Pages, app_url: str
) -> None:
    page = pages.open()
    pages.watch(page).accept("ERR_FAILED")
    page.route(SCRIPT, lambda route: route.abort())
    page.goto(app_url)
    at_once = "animation-delay: 0s !important; animation-duration: 0s !important"
    page.add_style_tag(content=f"#first-sight, #first-sight ~ #root {{ {at_once} }}")
    expect(page.locator("#first-sight")).to_be_hidden()
    step = page.locator("#root").get_by_role("button", name="Next step")
    expect(step).to_be_visible(timeout=60_000)
    page.unroute(SCRIPT)
