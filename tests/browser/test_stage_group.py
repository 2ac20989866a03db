"""Stages that play in step: one transport, one time, each its own unit, whatever is done."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from app import theme
from app.components.stage import Scene

from .stage_page import hears, visit
from .stage_script import SIGNALS, belief, member
from .watch import Pages

SPELLED = ("lstm-8", "rnn-17", "gru-9")
GROUP = "group=" + ",".join(SPELLED)


@pytest.fixture
def shown(page: Page, stage_url: str) -> Callable[..., Page]:
    """Open the stages, and put the focus on the first: `shown("t=5")`."""

    def show(query: str = "", on: Page = page, group: str = GROUP) -> Page:
        visit(on, stage_url, f"{group}&{query}")
        expect(on.locator(".group")).to_be_visible(timeout=60_000)
        expect(on.get_by_role("status").first).to_be_attached()
        on.wait_for_timeout(300)
        members(on).first.focus()
        return on

    return show


def members(page: Page) -> Locator:
    return page.locator(".member")


def in_step(page: Page, t: int, units: tuple[int, ...] | None = None, count: int = 3) -> None:
    """Every stage says that it is at t, and every drawn cursor stands in one line there."""
    expect(page.locator(f'.member[data-timestep="{t}"]')).to_have_count(count)
    boxes = [cursor.bounding_box() for cursor in page.locator(".cursor").all()]
    places = [(box["x"], box["width"]) for box in boxes if box]
    assert len(places) == count
    np.testing.assert_allclose(places, [places[0]] * count, atol=0.01)
    if units is not None:
        shown = members(page).evaluate_all("all => all.map(m => Number(m.dataset.unit))")
        assert tuple(shown) == units


def runs(page: Page) -> int:
    return int(json.loads(page.get_by_test_id("stCode").inner_text())["runs"])


def scene(k: int, timesteps: int = 40) -> Scene:
    return member(SPELLED[k], timesteps).scene


def heatmap(page: Page, k: int, signal: str) -> Locator:
    return members(page).nth(k).locator(f'.panel[data-signal="{signal}"] canvas.heatmap')


def click_cell(page: Page, k: int, signal: str, t: int, unit: int, timesteps: int = 40) -> None:
    """Click the middle of a cell of a heatmap that shows the whole run in file order."""
    heatmap(page, k, signal).scroll_into_view_if_needed()
    box = heatmap(page, k, signal).bounding_box()
    assert box is not None
    rows = scene(k).trace.series(signal).shape[-1]
    place = {
        "x": (t + 0.5) / timesteps * box["width"],
        "y": (unit + 0.5) / rows * box["height"],
    }
    heatmap(page, k, signal).click(position=place)  # type: ignore[arg-type]


def columns(page: Page) -> set[tuple[float, float]]:
    """Where heatmaps begin, and how wide they are."""
    boxes = [canvas.bounding_box() for canvas in page.locator("canvas.heatmap").all()]
    return {(round(box["x"], 1), round(box["width"], 1)) for box in boxes if box}


def watch_frames(page: Page) -> None:
    """From now on note in every frame which timestep each stage shows."""
    page.locator(".member").first.evaluate(
        """first => { const all = [...first.getRootNode().querySelectorAll('.member')];
           window.seen = [];
           const look = () => { window.seen.push(all.map(m => Number(m.dataset.timestep)));
             if (window.seen.at(-1)[0] < 39) requestAnimationFrame(look); };
           requestAnimationFrame(look); }"""
    )


def test_stages_share_one_transport_one_time_axis_and_show_what_their_member_names(shown):
    page = shown("t=20")
    in_step(page, 20, (-1, -1, -1))
    for name in ("Play", "Next step", "Back one timestep", "First timestep"):
        expect(page.get_by_role("button", name=re.compile(f"^{name}"))).to_have_count(1)
    expect(page.get_by_role("slider", name="Timestep")).to_have_count(1)
    expect(page.get_by_role("button", name="Slow motion")).to_have_count(0)
    expect(page.locator(".drawing")).to_have_count(0)
    expect(page.locator(".equation")).to_have_count(0)
    assert len(columns(page)) == 1
    for k, spelled in enumerate(SPELLED):
        stage, kind = members(page).nth(k), spelled.split("-")[0]
        expect(stage.locator(".title")).to_have_text(member(spelled, 40).title)
        named = stage.locator(".panel").evaluate_all("all => all.map(p => p.dataset.signal)")
        assert tuple(named) == SIGNALS[kind]
        for signal in SIGNALS[kind]:
            said = stage.locator(f'.now-number[data-signal="{signal}"]').inner_text()
            mean = scene(k).trace.series(signal)[20].mean()
            assert float(said.replace("−", "-")) == pytest.approx(mean, abs=0.00051)
        # what was read stands above all of them, what is expected beside each
        rows = stage.locator(".strip-row .row-title").all_inner_texts()
        assert rows == (["reads"] if k == 0 else []) + ["may follow", "knows the first"]
    # time zooms in all of them alike
    whole = heatmap(page, 2, "hidden_state").evaluate("c => c.toDataURL()")
    for _ in range(3):
        page.get_by_role("button", name="Zoom in").click()
    expect(page.get_by_role("button", name="Show the whole run")).to_be_visible()
    in_step(page, 20)
    assert heatmap(page, 2, "hidden_state").evaluate("c => c.toDataURL()") != whole
    page.get_by_role("button", name="Show the whole run").click()
    in_step(page, 20)
    expect(page.get_by_role("button", name="Show the whole run")).to_be_hidden()
    assert heatmap(page, 2, "hidden_state").evaluate("c => c.toDataURL()") == whole


def test_keys_scrubber_clicks_and_playing_move_all_of_them_and_tell_python_once(shown):
    page = shown()
    page.keyboard.press("End")
    in_step(page, 39)
    page.keyboard.press("f")  # slow motion is not for stages in step
    page.keyboard.press("ArrowLeft")
    in_step(page, 38, (-1, -1, -1))
    click_cell(page, 1, "hidden_state", 9, 15)
    in_step(page, 9, (-1, 15, -1))
    page.keyboard.press("ArrowDown")  # the stage that was clicked has the focus
    page.keyboard.press("ArrowRight")
    in_step(page, 10, (-1, 16, -1))
    hears(page, t=10, units=[-1, 16, -1])
    before = runs(page)
    click_cell(page, 2, "update_gate", 20, 4)
    in_step(page, 20, (-1, 16, 4))
    hears(page, t=20, units=[-1, 16, 4])
    assert runs(page) == before + 1  # one report, not one for each stage
    page.get_by_role("slider", name="Timestep").fill("31")
    in_step(page, 31, (-1, 16, 4))
    hears(page, t=31)
    page.get_by_label("Speed, timesteps per second").select_option("60")
    hears(page, speed=60)
    page.keyboard.press("Home")
    hears(page, t=0)
    after = runs(page)
    watch_frames(page)
    page.keyboard.press("Space")
    in_step(page, 39, (-1, 16, 4))
    hears(page, t=39)
    assert runs(page) == after + 1  # nothing was told while playing
    seen = page.evaluate("window.seen")
    assert len(seen) > 20
    assert all(len(set(moment)) == 1 for moment in seen)  # never at two times
    page.get_by_role("button", name="Go to 9").click()
    in_step(page, 9, (-1, 16, 4))


def test_stages_mounted_anew_go_on_where_they_were_and_take_other_members(shown):
    page = shown("t=3")
    page.keyboard.press("End")
    click_cell(page, 1, "hidden_state", 30, 5)
    page.keyboard.press("v")
    hears(page, t=30, units=[-1, 5, -1], veil=False)
    page.get_by_role("button", name="In another place").click()
    expect(page.locator("[class*='st-key-another'] .group")).to_be_visible()
    expect(page.locator(".group")).to_have_count(1)
    in_step(page, 30, (-1, 5, -1))
    expect(page.locator(".veil").first).to_be_hidden()
    members(page).first.focus()
    page.keyboard.press("ArrowLeft")
    in_step(page, 29)
    hears(page, t=29)
    # two other networks, one of them with a run that ends at 24: it rests there
    page.get_by_role("button", name="Two others").click()
    expect(members(page)).to_have_count(2)
    expect(members(page).first).to_have_attribute("data-timestep", "29")
    expect(members(page).last).to_have_attribute("data-timestep", "24")
    expect(members(page).last).to_have_attribute("data-unit", "5")
    page.get_by_role("button", name="First timestep").click()
    in_step(page, 0, count=2)
    members(page).first.focus()
    page.keyboard.press("Shift+ArrowRight")
    in_step(page, 10, count=2)
    page.keyboard.press("End")
    expect(members(page).first).to_have_attribute("data-timestep", "39")
    expect(members(page).last).to_have_attribute("data-timestep", "24")
    # the keys of the shorter one move the time of both
    members(page).last.locator("canvas.heatmap").first.click(position={"x": 3, "y": 3})
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    expect(members(page).first).to_have_attribute("data-timestep", "38")
    expect(members(page).last).to_have_attribute("data-timestep", "24")


def test_what_is_known_is_drawn_and_said_on_a_stage_alone_too(page: Page, stage_url: str):
    line = belief(40)
    page.goto(f"{stage_url}/?extra=1&t=11")
    row = page.locator(".extra-row")
    now = row.locator(".now-number")
    expect(now).to_have_text(f"P {line.values[11]:.2f}", timeout=60_000)
    page.locator("[data-timestep]").focus()
    page.keyboard.press("Home")
    expect(now).to_have_text("T 1.00")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(now).to_have_text("P –")
    # ink at t as high as the share is; where nobody knows only the dashed line at a half
    heights = row.locator("canvas").evaluate(
        """canvas => { const pen = canvas.getContext('2d');
           return [0, 3, 12, 39].map(t => {
             const x = Math.floor((t + 0.5) / 40 * canvas.width);
             const { data } = pen.getImageData(x, 0, 1, canvas.height);
             const first = [...Array(canvas.height).keys()].find(y => data[4 * y + 3] > 60);
             return 1 - first / canvas.height; }); }"""
    )
    drawn = np.array(heights)[[0, 2, 3]]
    np.testing.assert_allclose(drawn, line.values[[0, 12, 39]], atol=0.12)
    assert heights[1] < 0.56


@pytest.mark.parametrize(("width", "dark"), [(390, False), (1280, True)])
def test_stages_fit_light_dark_and_any_width(pages: Pages, shown, width: int, dark: bool):
    page = shown("t=30", pages.open(width=width, dark=dark, touch=width == 390))
    in_step(page, 30)
    assert len(columns(page)) == 1
    expect(page.locator(".group")).to_have_attribute("data-mode", "dark" if dark else "light")
    outer = page.locator(".group").bounding_box()
    assert outer is not None
    parts = page.locator(".group").locator("button, select, input, canvas, .title, .now-number")
    for box in [b for b in (part.bounding_box() for part in parts.all()) if b]:
        assert box["x"] >= outer["x"] - 1
        assert box["x"] + box["width"] <= outer["x"] + outer["width"] + 1
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth + 1")
    colour = (
        members(page)
        .last.locator(".panel strong")
        .last.evaluate("node => getComputedStyle(node).color")
    )
    hue = theme.signal_colour("update_gate", dark)
    assert colour == f"rgb({', '.join(str(int(hue[k : k + 2], 16)) for k in (1, 3, 5))})"
