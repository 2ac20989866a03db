"""The Explore page for everybody: keyboard alone, a phone, a dark room, a slow look."""

from __future__ import annotations

import re
from collections.abc import Iterator

from playwright.sync_api import Page, expect

from app.figures.values import timesteps_table, units_table
from app.session.demos import DEMOS
from app.session.opened_view import open_view
from app.session.view import Source, View
from app.words import common as words
from app.words import take_along as take_along_words
from lstm_core.demo import list_demos, load_demo

from .test_explore import START, at_rest, explore, here, stage

FOCUSED = """() => {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  if (!element || element === document.body) return null;
  const label = element.getAttribute("aria-label") || element.labels?.[0]?.innerText;
  const text = element.innerText ?? "";
  return label || (text.length < 60 && text) || element.tagName;  // a scroller holds the page
}"""


def focused(page: Page) -> str:
    return page.evaluate(FOCUSED) or ""


def reached(page: Page, steps: int = 60) -> list[str]:
    """What the Tab key reaches, in order, once around the page."""
    seen = []
    for _ in range(steps):
        page.keyboard.press("Tab")
        seen.append(focused(page))
    return seen


def tab_to(page: Page, label: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if label in focused(page):
            return
    raise AssertionError(f"the Tab key never reached {label!r}")


def test_the_keyboard_alone_reaches_every_control(page, app_url):
    explore(page, app_url)
    seen = " | ".join(reached(page))
    own = (words.DEMO, words.SEQUENCE, words.TYPE, words.UPLOAD, words.NEW, words.COPY)
    for label in (*own, words.TABS["arithmetic"], "Play", "Next step", "Timestep"):
        assert label in seen


def test_a_sequence_is_typed_and_run_by_keyboard_alone(page, app_url):
    explore(page, app_url)
    tab_to(page, words.TYPE)
    page.keyboard.press("Enter")
    expect(page.get_by_label(words.TYPED_LABEL)).to_be_visible()
    tab_to(page, words.TYPED_LABEL)
    page.keyboard.press("Control+a")
    page.keyboard.type("BPBPVVEPE")
    page.keyboard.press("Control+Enter")
    expect(page).to_have_url(re.compile("text=BPBPVVEPE"))


def test_tabs_are_switched_by_keyboard_alone(page, app_url):
    explore(page, app_url)
    tab_to(page, words.TABS["arithmetic"])
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_text(words.EXPECTS)).to_be_visible()
    expect(page).to_have_url(re.compile("details=prediction"))


WIDTHS = (1920, 1280, 390)  # what is not laid out anew for a narrower window stands out of it
ALL_TABS = words.TABS | words.TRAINING
FITS = """() => {
    const main = document.querySelector("[data-testid=stMain]");
    const page = document.documentElement;
    return page.scrollWidth <= innerWidth && main.scrollWidth <= main.clientWidth;
}"""
OTHER_ADDRESS = """query => {
    history.replaceState(null, "", query);
    dispatchEvent(new PopStateEvent("popstate"));
}"""


def fits(page: Page) -> None:
    """Nothing comes to stand out of the window at its right."""
    page.wait_for_function(FITS)


def every_width(page: Page) -> Iterator[int]:
    """Make the window narrower and narrower, and last as wide as it was."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        yield width
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})


def test_the_page_fits_its_window_in_the_light_and_in_the_dark(pages, app_url, screenshot):
    page = explore(pages.open(width=WIDTHS[0]), app_url)
    for k, demo in enumerate(list_demos(DEMOS)):
        page.evaluate(OTHER_ADDRESS, f"/?demo={demo}&t={8 + k}")
        title = load_demo(DEMOS / demo).title
        expect(page.get_by_role("combobox", name=words.DEMO)).to_have_value(title)
        expect(stage(page)).to_have_attribute("data-timestep", f"{8 + k}")
        for mode in ("light", "dark"):
            page.emulate_media(color_scheme=mode)
            expect(page.locator("[data-mode]").first).to_have_attribute("data-mode", mode)
            for width in every_width(page):
                fits(page)
                screenshot(page, f"{demo}-{mode}-{width}")


def test_every_tab_fits_its_window(pages, app_url, screenshot):
    page = explore(pages.open(width=WIDTHS[0]), app_url, f"{START}&t=4&unit=1")
    for details, name in ALL_TABS.items():
        tab = page.get_by_role("tab", name=name)
        tab.click()
        expect(tab).to_have_attribute("aria-selected", "true")
        panel = page.get_by_role("tabpanel").filter(visible=True)
        expect(panel).not_to_be_empty()
        at_rest(page)
        panel.scroll_into_view_if_needed()
        for width in every_width(page):
            fits(page)
            screenshot(page, f"{details}-{width}")


def test_in_the_dark_the_page_is_dark_and_its_text_light(pages, app_url):
    page = explore(pages.open(dark=True), app_url)
    lightness = """(selector) => {
      const style = getComputedStyle(document.querySelector(selector));
      const of = (colour) => colour.match(/[\\d.]+/g).slice(0, 3).map(Number);
      const sum = (three) => three.reduce((a, b) => a + b) / 3;
      return [sum(of(style.color)), sum(of(style.backgroundColor))];
    }"""
    ink, paper = page.evaluate(lightness, '[data-testid="stApp"]')
    assert ink > 200
    assert paper < 60


def test_plotly_is_fetched_only_when_its_tab_is_opened(page, app_url):
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    explore(page, app_url, START + "&t=4&unit=1")
    here(page, words.here(4, 9, "X", 1))
    assert not any("plotly" in url.lower() for url in fetched)
    page.get_by_role("tab", name=words.TABS["reading"]).click()
    expect(page.locator(".js-plotly-plot")).to_have_count(2, timeout=30_000)
    assert any("plotly" in url.lower() for url in fetched)


def test_a_step_leaves_the_pictures_for_close_reading_alone(page, app_url):
    explore(page, app_url, START + "&t=4&unit=1&details=reading")
    expect(page.locator(".js-plotly-plot")).to_have_count(2, timeout=30_000)
    page.evaluate("document.querySelectorAll('.js-plotly-plot').forEach(p => p.mark = 'mine')")
    stage(page).focus()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile(r"[?&]t=5(&|$)"))
    marks = "[...document.querySelectorAll('.js-plotly-plot')].map(p => p.mark)"
    assert page.evaluate(marks) == ["mine", "mine"]


def test_the_table_shows_where_the_stage_is_and_can_be_taken_home_from_there(
    page, app_url, screenshot
):
    explore(page, app_url, START + "&t=3&unit=1&details=values")
    trace = open_view(View(demo="reber", source=Source(kind="text", value="BTBTXSETE"))).trace
    here(page, words.here(3, 9, "T", 1))
    stage(page).focus()
    page.keyboard.press("ArrowRight")
    here(page, words.here(4, 9, "X", 1))
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="1", exact=True))
    numbers = [f"{value:.4f}" for value in units_table(trace, 4).loc[1]]
    expect(row.get_by_role("cell")).to_have_text(numbers)
    expect(row).to_have_attribute("aria-current", "true")
    screenshot(page, "units")
    name, text = taken(page, words.DOWNLOAD_TABLE)
    assert (name, text) == ("reber-timestep-4.csv", units_table(trace, 4).to_csv())
    page.get_by_text(words.TABLES["timesteps"]).click()
    expect(page.get_by_role("columnheader", name="reads")).to_be_visible()
    expect(page.get_by_role("columnheader", name="unit")).to_have_count(0)
    screenshot(page, "timesteps")
    name, text = taken(page, words.DOWNLOAD_TABLE)
    tokens = tuple("BTBTXSETE")
    assert (name, text) == ("reber-unit-1.csv", timesteps_table(trace, 1, tokens).to_csv())


def test_what_is_taken_home_beside_the_table_is_of_where_the_reader_is(page, app_url, tmp_path):
    explore(page, app_url, START + "&t=3&unit=1&details=values")
    here(page, words.here(3, 9, "T", 1))
    at_rest(page)
    stage(page).focus()
    page.keyboard.press("ArrowRight")
    here(page, words.here(4, 9, "X", 1))
    with page.expect_download() as download:  # a finger is slower than a test
        page.get_by_role("button", name=take_along_words.SAVE_PAGE).click(delay=500)
    download.value.save_as(tmp_path / "page.html")
    page.get_by_text(take_along_words.SNIPPET).click()
    expect(page.get_by_test_id("stCode")).to_contain_text("t=4, unit=1")
    stage(page).focus()
    page.keyboard.press("ArrowRight")  # of which the lines tell, too, while they are unfolded
    expect(page.get_by_test_id("stCode")).to_contain_text("t=5, unit=1")
    page.goto((tmp_path / "page.html").as_uri())
    expect(stage(page)).to_have_attribute("data-timestep", "4")


def taken(page: Page, label: str) -> tuple[str, str]:
    """The name of a file that a button hands out, and what is in it."""
    with page.expect_download() as download:
        page.get_by_role("button", name=label).click()
    return download.value.suggested_filename, download.value.path().read_text("utf-8")


def test_keys_jump_from_one_event_to_the_next_and_say_what_it_is(page, app_url):
    explore(page, app_url, "?demo=reber&text=BTBTXSETE&t=3")
    card, label = stage(page), page.locator(".event-label")
    expect(page.locator(".marks [data-event]")).to_have_count(2)
    expect(label).to_be_hidden()
    page.locator(".scrub").focus()
    for key, t, said in (("e", "7", "T again"), ("Shift+E", "1", "T to remember")):
        page.keyboard.press(key)
        expect(card).to_have_attribute("data-timestep", t)
        expect(label).to_have_text(said)
        below = label.bounding_box()["y"] - page.locator("canvas.axis").bounding_box()["y"]
        assert below >= 22  # the numbers of the axis stand above it
        expect(page.locator(".scrub")).to_have_attribute("aria-valuetext", re.compile(said))
    page.keyboard.press("Shift+E")  # there is none before
    expect(card).to_have_attribute("data-timestep", "1")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("the next event")
