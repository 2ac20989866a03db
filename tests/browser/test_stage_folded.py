"""The folded board: the chosen unit's memory, when it was written, and the way to all the rest."""

from __future__ import annotations

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from lstm_core.analysis.decomposition import contributions

from .stage_page import at, hears, number, root
from .stage_script import made

BARS = """(canvas) => {
    const { width, height } = canvas;
    const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
    return Array.from({ length: width }, (_, x) => {
        let high = 0;
        for (let y = 0; y < height; y += 1) high += data[4 * (y * width + x) + 3] > 200;
        return high;
    });
}"""


LIT = """(canvas) => {
    const { width } = canvas;
    const { data } = canvas.getContext('2d').getImageData(0, 0, width, 1);
    const opaque = (t) => data[4 * Math.floor(((t + 0.5) / 40) * width) + 3] > 0;
    return [...Array(40).keys()].filter(opaque);
}"""


def row(page: Page, title: str) -> Locator:
    return page.locator(".strip-row").filter(has_text=title)


def fold(page: Page) -> Locator:
    return page.locator("button.unfold")  # its name says what a press would do


def test_a_folded_board_shows_the_chosen_units_memory_and_unfolds_to_all_signals(shown):
    page, scene = shown("all_units=0&t=11&unit=3"), made()
    memory = row(page, "Cell state")
    for unit in (3, 4):
        at(page, 11, unit)
        shown_now = number(memory.locator(".now-number").inner_text())
        assert shown_now == pytest.approx(scene.trace.cell_state[11, unit], abs=0.00051)
        page.keyboard.press("ArrowDown")
    expect(page.locator(".panel")).to_have_count(0)
    expect(fold(page)).to_have_attribute("aria-expanded", "false")
    fold(page).click()
    expect(page.locator(".panel")).to_have_count(6)
    expect(memory.locator("canvas")).to_have_count(0)
    hears(page, all_units=True)
    at(page, 11, 5)
    fold(page).click()
    expect(page.locator(".panel")).to_have_count(0)
    expect(page.get_by_label("Unit (up and down arrows)")).to_have_value("5")


def test_a_bar_stands_at_each_timestep_whose_write_is_still_held_and_the_largest_is_highest(shown):
    page, scene = shown("all_units=0&t=9&unit=3"), made()
    for t in (9, 10):
        at(page, t)
        written = np.abs(contributions(scene.trace, t).written[:, 3])
        columns = row(page, "Written at").locator("canvas").evaluate(BARS)
        heights = [max(columns[k * len(columns) // 40 :][: len(columns) // 40]) for k in range(40)]
        assert int(np.argmax(heights)) == int(written.argmax())
        assert max(heights[t + 1 :]) <= min(heights[: t + 1])  # nothing is written yet
        lit = row(page, "reads").locator("canvas").evaluate(LIT)  # what wrote a tenth or more
        assert lit == np.flatnonzero(written >= 0.1 * written.sum()).tolist()
        page.keyboard.press("ArrowRight")
    at(page, 11)
    page.keyboard.press("m")
    expect(row(page, "Written at").locator(".now-number")).to_have_text("all units")
    sizes = np.abs(contributions(scene.trace, 11).written).sum(axis=1)
    lit = row(page, "reads").locator("canvas").evaluate(LIT)
    assert lit == np.flatnonzero(sizes >= 0.1 * sizes.sum()).tolist()


def test_of_a_long_run_the_server_adds_up_the_bars_where_the_reader_rests(shown):
    page, scene = shown("timesteps=20000&all_units=0&t=12345&unit=3"), made(timesteps=20_000)
    bars = row(page, "Written at")
    said = bars.locator(".now-number")
    for t in (12_345, 12_346):
        at(page, t)
        expect(said).to_have_text("from server")
        columns = bars.locator("canvas").evaluate(BARS)
        largest = int(np.abs(contributions(scene.trace, t).written[:, 3]).argmax())
        assert np.argmax(columns) == pytest.approx((largest + 0.5) / 20_000 * len(columns), abs=2)
        page.keyboard.press("ArrowRight")
    page.keyboard.press("m")
    expect(said).to_have_text("all units, from server")
    page.keyboard.press("Home")  # from here on the start is among the exact numbers
    at(page, 0)
    expect(said).to_have_text("all units")


def test_a_click_on_a_bar_goes_to_its_timestep(shown):
    page = shown("all_units=0&t=30&unit=3")
    canvas = row(page, "Written at").locator("canvas")
    box = canvas.bounding_box()
    assert box is not None
    canvas.click(position={"x": box["width"] * 7.5 / 40, "y": box["height"] / 2}, force=True)
    at(page, 7, 3)


def test_a_cell_that_keeps_nothing_has_no_row_of_writes(shown):
    page = shown("cell=rnn&all_units=0&t=5")
    expect(row(page, "Hidden state")).to_be_visible()
    expect(row(page, "Written at")).to_have_count(0)


def test_the_modules_before_and_after_stand_beside_the_open_one(shown):
    page = shown("all_units=0&t=5&unit=3")
    for key, before, after in (
        ("ArrowRight", "timestep 4", "timestep 6"),
        ("Home", "timestep 5", "timestep 7"),
        ("End", "the start", "timestep 1"),
        ("f", "timestep 38", "the end"),
    ):
        expect(page.locator(".ghost-text").first).to_have_text(before)
        expect(page.locator(".ghost-text").last).to_have_text(after)
        page.keyboard.press(key)
    expect(root(page)).to_be_visible()
