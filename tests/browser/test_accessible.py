"""Every page for everybody: axe finds nothing that is ours, and nothing moves while a page opens.

axe-core checks WCAG 2.2 AA and its own best practice. What Streamlit draws and we cannot change
is named in THEIRS, each with its reason.
"""

from __future__ import annotations

import csv
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from app.session.opened_view import open_view
from app.session.view import Source, View
from app.words import common as words
from app.words import take_along
from tests.javascript.tools import ROOT, NoToolsError, provide_tools

from .watch import Pages

PAGES = {
    "": "Explore",
    "learn": "Learn",
    "memory": "Memory",
    "train": "Train",
    "sequences": "Sequences",
    "model": "Your model",
}
READY = {
    "": ".stage[data-timestep] .heatmap, .cards",
    "learn": ".stage[data-timestep]",
    "memory": ".js-plotly-plot, .numbers-of",
    "train": ".bench[data-kept]",
    "sequences": ".stage[data-timestep]",
    "model": '[data-testid="stFileUploaderDropzone"]',
}
THEIRS = {
    # the uploader's own drop zone: a section with a role that its label contradicts
    ("presentation-role-conflict", "stFileUploaderDropzone"),
    # the tooltip of a button, which hangs outside the page
    ("region", "data-floating-ui-portal"),
    ("region", "stFloatingOverlayPortal"),
}
RUN = """async () => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const rules = { "target-size": { enabled: true } };
    const { violations } = await axe.run(document, { runOnly: tags, rules });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html, any, all, none }) =>
        [id, html, [...any, ...all, ...none].map((check) => check.message).join("; ")]));
}"""
SMALL = """() => {
    const targets = ".card button, .card select, .card input, summary, .address button";
    const small = [];
    const look = (place) => place.querySelectorAll("*").forEach((node) => {
        if (node.shadowRoot) look(node.shadowRoot);
        if (!node.matches(targets) || node.type === "checkbox") return;  // its label is the target
        const { width, height } = node.getBoundingClientRect();
        const seen = width && node.checkVisibility();
        if (seen && Math.min(width, height) < 24) small.push([node.outerHTML, width, height]);
    });
    look(document);
    return small;
}"""

SHIFTS = """() => new Promise((resolve) => {
    new PerformanceObserver((list) => resolve(list.getEntries().map(({ value, sources }) =>
        [value, ...sources.map(({ node }) => node?.outerHTML?.slice(0, 160) ?? "text")])))
        .observe({ type: "layout-shift", buffered: true });
    setTimeout(() => resolve([]), 500);
})"""
MOST_SHIFT = 0.05  # of the whole opening; 0.1 passes for good


@pytest.fixture(scope="module")
def axe() -> str:
    """The script of axe-core; where it cannot be had the tests fail and say so."""
    try:
        provide_tools()
    except NoToolsError as problem:
        pytest.fail(str(problem), pytrace=False)
    return (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")


def ours(found: list[Any]) -> list[Any]:
    """What axe found, without what is Streamlit's own."""
    return [
        (rule, html[:160], why)
        for rule, html, why in found
        if not any(rule == known and part in html for known, part in THEIRS)
    ]


def nothing_moved(page: Page) -> None:
    """What was seen while the page opened stayed where it was."""
    shifts = page.evaluate(SHIFTS)
    assert sum(value for value, *_ in shifts) <= MOST_SHIFT, shifts


def test_on_a_phone_nothing_moves_and_the_next_step_is_on_the_first_screen(
    pages: Pages, app_url: str
) -> None:
    page = pages.open(width=390, height=844, touch=True)
    page.goto(app_url)
    step = page.get_by_role("button", name="Next step")
    expect(step).to_be_visible(timeout=60_000)
    expect(page.locator(READY[""]).first).to_be_visible()
    expect(step).to_be_in_viewport(ratio=1)
    expect(page.locator(".cards")).to_have_count(1)
    nothing_moved(page)


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_on_any_page(pages: Pages, app_url: str, axe: str, path: str) -> None:
    page = pages.open()
    page.goto(f"{app_url}/{path}")
    expect(page.locator(READY[path]).first).to_be_visible(timeout=60_000)
    expect(page).to_have_title(words.page_title(PAGES[path]))
    expect(page.locator("h1")).to_have_count(1)
    page.wait_for_timeout(1500)  # what follows the stage
    nothing_moved(page)
    page.evaluate(axe)
    for mode in ("light", "dark"):
        page.emulate_media(color_scheme=mode)
        expect(page.locator('[data-testid="stApp"]')).to_have_css("color-scheme", mode)
        page.wait_for_timeout(300)  # figures and the stage are drawn anew
        assert ours(page.evaluate(RUN)) == [], mode
        assert page.evaluate(SMALL) == [], mode
        if path == "":
            page.locator(".drawing [data-part=forget_gate]").press("Enter")
            expect(page.locator(".term-card")).to_be_visible()
            assert ours(page.evaluate(RUN)) == [], f"{mode}, with a card"
            assert page.evaluate(SMALL) == [], f"{mode}, with a card"
            page.keyboard.press("Escape")


def test_what_is_drawn_is_also_said(page: Page, app_url: str) -> None:
    page.goto(f"{app_url}/?demo=reber&text=BTBTXSETE&details=reading&unit=1")
    strip = page.get_by_role("img", name="reads: B T B T X S E T E")
    expect(strip).to_be_visible(timeout=60_000)
    numbers = page.get_by_text(words.NUMBERS)
    expect(numbers).to_have_count(2, timeout=30_000)
    numbers.last.click()
    expect(page.get_by_role("columnheader", name="Cell state c")).to_be_visible()
    take_files_of_the_heatmap(page)


def take_files_of_the_heatmap(page: Page) -> None:
    """The bar of a picture hands out the numbers that it draws, and the drawing with its texts."""
    opened = open_view(View(demo="reber", source=Source(kind="text", value="BTBTXSETE")))
    signal = opened.trace.vocabulary.signals[0]
    with page.expect_download() as table:
        page.get_by_role("button", name=take_along.SAVE_FIGURE_CSV).first.click()
    with table.value.path().open(newline="") as file:
        rows = list(csv.reader(file))[1:]
    drawn = np.array([row[3] for row in rows], float).reshape(-1, len(opened.trace))
    np.testing.assert_allclose(drawn, opened.trace.series(signal.name).T, atol=1e-5)
    with page.expect_download() as picture:
        page.get_by_role("button", name=take_along.SAVE_FIGURE_SVG).first.click()
    drawing = ElementTree.parse(picture.value.path()).getroot()
    namespace = drawing.tag.removesuffix("svg")
    texts = {"".join(node.itertext()) for node in drawing.iter(f"{namespace}text")}
    assert {"0", "timestep"} & texts, texts
    ground = bytes.fromhex(drawing[0].get("fill", "#").removeprefix("#"))
    assert min(ground) > 245, "dark texts bring the light ground that they were drawn for"
    bar = {stop.get("stop-color") for stop in drawing.iter(f"{namespace}stop")}
    assert len(bar) > 2, "the colour bar keeps its colours"
    bars = {node.get("fill") for node in drawing.iter(f"{namespace}rect")}
    assert any(fill and fill.startswith("url(") for fill in bars), bars
    with page.expect_download() as dots:
        page.get_by_role("button", name=take_along.SAVE_FIGURE_PNG).first.click()
    head = dots.value.path().read_bytes()[:64]
    assert head.startswith(b"\x89PNG")
    assert head.partition(b"pHYs")[2][:4] == (11811).to_bytes(4, "big"), "300 dots an inch"


def test_the_pages_links_show_where_the_focus_is(page: Page, app_url: str) -> None:
    page.goto(f"{app_url}/model")
    link = page.get_by_role("link", name="Train")
    expect(link).to_be_visible(timeout=60_000)
    page.keyboard.press("Tab")
    for _ in range(12):
        if link.evaluate("node => node === document.activeElement"):
            break
        page.keyboard.press("Tab")
    outline = "node => getComputedStyle(node).outlineStyle"
    assert link.evaluate(outline) == "solid"


def test_in_forced_colours_what_is_pressed_is_highlighted_and_pictures_keep_theirs(shown) -> None:
    page = shown("t=5")
    page.emulate_media(forced_colors="active")
    try:
        veil = page.get_by_role("button", name="Veil")
        plain = page.get_by_role("button", name="Slow motion")
        ground = "node => getComputedStyle(node).backgroundColor"
        assert veil.evaluate(ground) != plain.evaluate(ground)
        adjusted = "node => getComputedStyle(node).forcedColorAdjust"
        assert page.locator(".drawing").evaluate(adjusted) == "none"
    finally:
        page.emulate_media(forced_colors="none")
