"""The page Sequences in a browser: surveyed, opened, searched, exported, by mouse and by keys."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from app.words import sequences as words

from .test_accessible import RUN, SMALL, axe, ours  # noqa: F401
from .test_explore import at_rest

COUNT = 2000


def begin(page: Page, app_url: str, demo: str) -> None:
    """Open the page on a demo, when its stage is there."""
    page.goto(f"{app_url}/sequences?demo={demo}")
    expect(page.locator(".stage[data-timestep]").first).to_be_visible(timeout=60_000)


def button(page: Page, name: str):
    """The button of this name; one with a tooltip is there twice."""
    return page.get_by_role("button", name=name, exact=True).first


def is_surveyed(page: Page, count: int) -> None:
    """Wait until all sequences are surveyed, and their rows are there."""
    expect(page.get_by_text(words.rows(count, count)).last).to_be_visible(timeout=90_000)


def on_stage(page: Page, name: str) -> None:
    """Wait until a sequence of this name is on the stage."""
    heading = page.get_by_role("heading", name=re.compile(f"{words.on_stage('')}.*{name}"))
    expect(heading.last).to_be_visible()


def first_row(page: Page, key: str) -> None:
    """Click the box at the left of a table's first row."""
    table = page.locator(f".st-key-{key} [data-testid=stDataFrame]").last
    expect(table.locator("canvas").first).to_be_visible()
    at_rest(page)  # a table that is drawn anew forgets a click
    table.click(position={"x": 20, "y": 52})


def brush(page: Page, begin: float, end: float) -> tuple[int, int]:
    """Drag over the memory on the stage between two shares of its width; return the timesteps."""
    memory = page.locator(".stage .strip-canvas").last
    at_rest(page)
    memory.scroll_into_view_if_needed()
    box = memory.bounding_box()
    assert box is not None
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + begin * box["width"], y)
    page.mouse.down()
    page.mouse.move(box["x"] + (begin + end) / 2 * box["width"], y)
    page.mouse.move(box["x"] + end * box["width"], y)
    page.mouse.up()
    timesteps = int(page.locator(".stage .scrub").first.get_attribute("max") or 0) + 1
    return int(begin * timesteps), int(end * timesteps)


def is_searched(page: Page, first: int, last: int) -> bool:
    """Wait until the search is about these timesteps, and the stage has them marked."""
    for end, t in (("first", first), ("last", last)):
        expect(page.locator(f".st-key-search-{end} input").last).to_have_value(str(t))
    return page.locator(".stage .brushed").first.is_visible()


def test_a_survey_is_sorted_filtered_opened_searched_and_exported_by_mouse(
    page: Page,
    app_url: str,
    axe: str,  # noqa: F811
    screenshot,
) -> None:
    begin(page, app_url, "temporal_order")
    button(page, words.SURVEY).click()
    is_surveyed(page, COUNT)
    page.get_by_label(words.FILTER).last.fill("seed 12.7$")
    page.get_by_label(words.FILTER).last.press("Enter")
    expect(page.get_by_text(words.rows(10, COUNT)).last).to_be_visible()
    page.get_by_role("combobox", name=words.SORT).last.click()
    page.get_by_role("option", name=words.SURVEY_COLUMNS["number"]).click()
    page.get_by_text(words.UPWARDS).last.click()
    expect(page.get_by_label(words.NUMBER, exact=True).last).to_have_value("1207")
    first_row(page, "survey-table")
    on_stage(page, "1207")
    expect(page.get_by_text(re.compile("matches in all sequences")).last).to_be_visible()
    brushed = brush(page, 0.2, 0.4)
    assert is_searched(page, *brushed)
    screenshot(page, "search")
    at_rest(page)
    page.reload()
    expect(page.get_by_text(words.rows(COUNT, COUNT)).last).to_be_visible()
    on_stage(page, "1207")
    assert is_searched(page, *brushed)  # the address says so; no unit may be on throughout
    page.goto(f"{app_url}/sequences?demo=temporal_order&corpus=fresh.{COUNT}&seed=1207")
    on_stage(page, "1207")
    with page.expect_download() as download:
        page.get_by_role("button", name=words.EXPORT_CSV).last.click()
    exported = Path(download.value.path()).read_text("utf-8").splitlines()
    assert exported[0].split(",")[:2] == [words.MATCH_COLUMNS["rank"], words.MATCH_COLUMNS["name"]]
    wanted = exported[1].split(",")[1].removeprefix("seed ")
    first_row(page, "match-table")
    on_stage(page, wanted)
    page.evaluate(axe)
    assert ours(page.evaluate(RUN)) == []
    assert page.evaluate(SMALL) == []
    page.get_by_role("radio", name=words.OVERVIEWS["states"]).click()
    at_rest(page)
    point = page.locator(".st-key-corpus-points .point").last
    point.scroll_into_view_if_needed()
    box = point.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.get_by_role("heading", name=f"seed {wanted}").last).to_be_hidden()
    screenshot(page, "points")


def test_the_same_by_keys_alone(page: Page, app_url: str) -> None:
    begin(page, app_url, "reber")
    count = page.get_by_label(words.COUNT).last
    count.fill("300")
    count.press("Enter")
    button(page, words.SURVEY).press("Enter")
    is_surveyed(page, 300)
    sort = page.get_by_role("combobox", name=words.SORT).last
    sort.press("Enter")
    for _ in range(5):  # down to the number
        sort.press("ArrowDown")
    sort.press("Enter")
    upwards = page.get_by_role("checkbox", name=words.UPWARDS).last
    upwards.press(" ")
    expect(page.get_by_label(words.NUMBER, exact=True).last).to_have_value("0")
    page.get_by_label(words.FILTER).last.fill("seed 4.$")
    page.get_by_label(words.FILTER).last.press("Enter")
    expect(page.get_by_label(words.NUMBER, exact=True).last).to_have_value("40")
    number = page.get_by_label(words.NUMBER, exact=True).last
    number.fill("41")
    number.press("Enter")
    button(page, words.OPEN).press("Enter")
    on_stage(page, "41")
    expect(page.get_by_text(re.compile("in all sequences")).last).to_be_visible()
    at_rest(page)
    with page.expect_download() as download:
        page.get_by_role("button", name=words.EXPORT_CSV).last.press("Enter")
    assert Path(download.value.path()).read_text("utf-8").startswith(words.MATCH_COLUMNS["rank"])
    stage = page.locator(".stage[data-timestep]").first
    stage.press("Home")
    for _ in range(3):
        stage.press("Shift+ArrowRight")
    assert is_searched(page, 0, 3)
    last = page.locator(".st-key-search-last input").last
    last.press("ArrowDown")
    last.press("Enter")
    assert is_searched(page, 0, 2)
    pattern = page.get_by_label(words.PATTERN).last
    pattern.fill("BTBT.*SE")
    pattern.press("Enter")
    expect(page.get_by_text(re.compile(r"\d+ places")).last).to_be_visible()
    page.locator(".st-key-text-show button").first.press("Enter")
    expect(page.get_by_role("heading", name=words.on_stage("")).last).to_be_visible()
