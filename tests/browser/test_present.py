"""The stage alone, for a room: large, stepped by a clicker, in the address, and left by Escape."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from .watch import Pages

READ_FROM_AFAR = 16  # pixels
SIZES = """() => {
    const sizes = [];
    const look = (place) => place.childNodes.forEach((node) => {
        const { parentElement: element } = node;
        if (node.nodeType === Node.TEXT_NODE && node.data.trim() && element.checkVisibility())
            sizes.push([parseFloat(getComputedStyle(element).fontSize) * element.currentCSSZoom,
                node.data.trim()]);
        if (node.shadowRoot) look(node.shadowRoot);
        look(node);
    });
    look(document.querySelector("[data-presented]"));
    return sizes;
}"""


def stage(page: Page):
    return page.locator("[data-timestep]").first


@pytest.mark.parametrize("width", [1920, 1280])
def test_a_link_shows_the_stage_alone_and_a_clicker_steps_it(
    pages: Pages, app_url: str, width: int
) -> None:
    page = pages.open(width=width, height=1080)
    page.goto(f"{app_url}/?demo=reber&present=1&t=3&unit=0")
    expect(stage(page)).to_be_visible(timeout=60_000)
    expect(stage(page)).to_have_attribute("data-timestep", "3")
    expect(page.get_by_role("tab").first).to_be_hidden()
    box = stage(page).bounding_box()
    assert box is not None
    assert (box["x"], box["y"], box["width"]) == (0, 0, width)
    page.keyboard.press("PageDown")
    expect(stage(page)).to_have_attribute("data-timestep", "4")
    page.keyboard.press("PageUp")
    expect(stage(page)).to_have_attribute("data-timestep", "3")
    small = [(size, text) for size, text in page.evaluate(SIZES) if size < READ_FROM_AFAR]
    assert small == []
    symbols = page.get_by_role("img", name="reads:", exact=False).bounding_box()
    assert symbols is not None
    middle = symbols["y"] + symbols["height"] / 2
    page.mouse.click(symbols["x"] + symbols["width"] * 6.5 / 24, middle)
    expect(stage(page)).to_have_attribute("data-timestep", "6")
    page.keyboard.press("Escape")
    expect(page.get_by_role("tab").first).to_be_visible()
    expect(page).not_to_have_url(re.compile("present"))


def test_a_button_presents_and_takes_back(page: Page, app_url: str) -> None:
    page.goto(f"{app_url}/?demo=reber&t=3&unit=0")
    present = page.get_by_role("button", name="Present", exact=False)
    expect(page.get_by_role("tab").first).to_be_visible(timeout=60_000)
    present.click()
    expect(page.get_by_role("tab").first).to_be_hidden()
    expect(page).to_have_url(re.compile("present=1"))
    expect(present).to_have_attribute("aria-pressed", "true")
    present.click()
    expect(page.get_by_role("tab").first).to_be_visible()
    expect(page).not_to_have_url(re.compile("present"))
