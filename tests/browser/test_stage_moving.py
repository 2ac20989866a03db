"""The stage in a browser: moved by keys, pointer, buttons and by itself, and what is told of it."""

from __future__ import annotations

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from app.components.stage.captions import caption

from .stage_page import (
    at,
    cell_place,
    hears,
    heatmap,
    now,
    numbers_in,
    report,
    root,
)
from .stage_script import UNITS, made
from .watch import Pages

LSTM_PHASES = ["forget", "input", "update", "output"]


def test_keys_step_jump_and_select(shown):
    page = shown("unit=2")
    for key, t in [
        ("ArrowRight", 1),
        ("Shift+ArrowRight", 11),
        ("ArrowLeft", 10),
        ("Shift+ArrowLeft", 0),
        ("ArrowLeft", 0),
        ("End", 39),
        ("ArrowRight", 39),
        ("Home", 0),
    ]:
        page.keyboard.press(key)
        at(page, t)
    page.keyboard.press("ArrowDown")
    at(page, 0, 3)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    at(page, 0, 1)
    page.keyboard.press("m")
    at(page, 0, -1)


def test_keys_are_left_to_whoever_is_typing(shown):
    page = shown("t=5")
    box = page.get_by_label("Something to type")
    box.fill("fv")
    box.press("Home")
    box.press("ArrowRight")
    box.type(" m?")
    expect(box).to_have_value("f m?v")
    at(page, 5, 2)
    expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()


def test_the_stage_can_be_used_by_tab_enter_and_space_alone(shown):
    page = shown("t=5")
    page.get_by_role("button", name="Next step").focus()
    page.keyboard.press("Space")
    at(page, 6)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name=re.compile("^Play"))).to_be_focused()
    for _ in range(2):  # past the first timestep
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Back one timestep")).to_be_focused()
    page.keyboard.press("Enter")
    at(page, 5)
    page.keyboard.press("Tab")
    expect(page.get_by_role("slider", name="Timestep")).to_be_focused()
    page.keyboard.press("ArrowRight")
    at(page, 6)


def test_buttons_and_scrubber_move_too(shown):
    page = shown()
    page.get_by_role("button", name="Next step").click()
    at(page, 1)
    page.get_by_role("slider", name="Timestep").fill("25")
    at(page, 25)
    page.get_by_role("button", name="Back one timestep").click()
    at(page, 24)
    page.get_by_role("button", name="First timestep").click()
    at(page, 0)


def test_playing_shows_every_timestep_once_and_stops_at_the_end(shown):
    page = shown("timesteps=30")
    page.get_by_label("Speed, timesteps per second").select_option("60")
    root(page).evaluate(
        """node => { window.seen = [node.dataset.timestep];
           new MutationObserver(() => window.seen.push(node.dataset.timestep))
             .observe(node, {attributeFilter: ['data-timestep']}); }"""
    )
    page.keyboard.press("Space")
    at(page, 29)
    expect(page.get_by_role("button", name=re.compile("^Play"))).to_be_visible()
    seen = [int(t) for t in page.evaluate("window.seen")]
    assert sorted(set(seen)) == list(range(30))
    assert seen == sorted(seen)


@pytest.mark.parametrize("speed", [2, 60])
def test_playing_tells_python_nothing_until_it_pauses(shown, speed: int):
    page = shown("timesteps=400")
    page.get_by_label("Speed, timesteps per second").select_option(str(speed))
    hears(page, speed=speed)
    runs = report(page)["runs"]
    page.keyboard.press("Space")
    page.wait_for_timeout(1600)
    assert report(page)["runs"] == runs
    page.keyboard.press("Space")
    t = int(root(page).get_attribute("data-timestep") or 0)
    assert t > 0
    hears(page, t=t)
    assert report(page)["runs"] == runs + 1


def test_a_rest_is_one_report_and_one_run_however_much_changed(shown):
    page = shown()
    page.wait_for_timeout(600)
    assert report(page) == {"runs": 1}  # nothing is reported by itself
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "v"):
        page.keyboard.press(key)
    hears(page, t=2, unit=3, veil=False)
    page.wait_for_timeout(500)
    assert report(page)["runs"] == 2
    at(page, 2, 3)


def test_slow_motion_goes_through_the_timestep_in_its_own_order(shown):
    page = shown("t=3")
    page.keyboard.press("f")
    at(page, 3, phase="forget")
    expect(page.locator('.panel[data-signal="forget_gate"]')).to_have_attribute("data-state", "lit")
    expect(page.locator('.panel[data-signal="cell_state"]')).to_have_attribute(
        "data-state", "ahead"
    )
    for phase in LSTM_PHASES[1:]:
        page.keyboard.press("ArrowRight")
        at(page, 3, phase=phase)
    page.keyboard.press("ArrowRight")
    at(page, 4, phase="forget")
    page.keyboard.press("ArrowLeft")
    at(page, 3, phase="output")
    page.keyboard.press("f")
    at(page, 3)


def test_a_phase_says_and_shows_only_what_is_known_by_then(shown):
    page, scene = shown("t=3&unit=2&slow=1"), made()
    trace = scene.trace
    for phase in LSTM_PHASES:
        at(page, 3, phase=phase)
        expect(page.locator(".sentence")).to_have_text(caption(trace, scene.strip, 3, 2, phase))
        over = phase == "output"
        state = page.locator('.now-number[data-signal="hidden_state"]')
        expect(state).to_have_text(re.compile(r"\d") if over else "")
        shows = page.locator('[data-lights="output"] .number')
        assert [number.is_visible() for number in shows.all()] == [over] * shows.count()
        expect(page.locator(".module .in-product")).to_be_visible(
            visible=phase in ("update", "output")
        )
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Home")
    at(page, 0, phase="output")


def test_the_first_phase_has_its_own_arithmetic_and_the_voice_tells_no_more(shown):
    page = shown("t=3&unit=2&slow=1")
    gate, carried, kept = numbers_in(page.locator(".equation").first.locator("span").inner_text())
    assert gate * carried == pytest.approx(kept, abs=0.00051)
    for key in ("ArrowRight", "ArrowLeft"):
        page.keyboard.press(key)
    voice = page.get_by_role("status").filter(has_text="1 of 4: forget")
    expect(voice).to_contain_text("Forget gate")
    expect(voice).not_to_contain_text("Hidden state")


@pytest.mark.parametrize(
    ("kind", "phases"),
    [
        ("lstm", LSTM_PHASES),
        ("gru", ["reset", "candidate", "update", "mix"]),
        ("rnn", ["update"]),
        ("none", ["input", "update", "output"]),
        ("coupled", ["input", "forget", "update", "output"]),
        ("peephole", LSTM_PHASES),
    ],
)
def test_every_cell_has_phases_of_its_own_with_their_arithmetic_beside_what_is_lit(
    shown, kind: str, phases: list[str]
):
    page = shown(f"cell={kind}&t=1&slow=1")
    beside = page.locator(".module .arithmetic").filter(visible=True)
    for phase in phases:
        at(page, 1, phase=phase)
        said = numbers_in(page.locator(".sentence").inner_text())
        expect(beside).to_have_count(BESIDE.get(phase, 1))
        for text in beside.all_text_contents():
            *terms, made = numbers_in(text)
            assert made in said or phase == "mix"
            assert made == pytest.approx(made_of(text, terms), abs=0.0011)
        page.keyboard.press("ArrowRight")
    at(page, 2, phase=phases[0])


BESIDE = {"reset": 0, "candidate": 0, "mix": 2}  # a gate alone stands in its box


def made_of(text: str, terms: list[float]) -> float:
    """What the arithmetic beside a lit gate makes of its numbers."""
    if "tanh" in text:
        return float(np.tanh(terms[0]))
    first, second = terms
    if "1 −" in text:
        first = 1 - first
    return first * second if "×" in text else first + second


def test_the_numbers_on_the_belt_are_written_as_in_the_sentence(shown):
    page = shown("t=3&unit=2")
    for _ in range(6):
        said = page.locator(".sentence").inner_text()
        for number in page.locator(".module .on-state-line").all_text_contents():
            assert number.removeprefix("−") in said, said
        page.keyboard.press("ArrowRight")


def test_a_click_selects_the_unit_everywhere(shown):
    page, scene = shown("t=2&unit=0"), made()
    page.mouse.click(*cell_place(page, scene, "output_gate", 9, 6))
    at(page, 9, 6)
    assert now(page, "cell_state") == pytest.approx(scene.trace.cell_state[9, 6], abs=0.00051)
    expect(page.get_by_label("Unit (up and down arrows)")).to_have_value("6")


def test_a_reordered_unit_is_still_the_same_unit(shown):
    page, scene = shown("t=9&unit=6"), made()
    page.get_by_label("Order of the units").select_option("similarity")
    hears(page, order="similarity")
    at(page, 9, 6)
    assert now(page, "candidate") == pytest.approx(scene.trace.candidate[9, 6], abs=0.00051)


def test_a_wheel_with_ctrl_zooms_time_about_the_pointer_and_whole_run_leads_back(shown):
    page, scene = shown(), made()
    x, y = cell_place(page, scene, "forget_gate", 20, 4)
    whole = page.get_by_role("button", name="Show the whole run")
    expect(whole).to_be_hidden()
    page.mouse.move(x, y)
    page.keyboard.down("Control")
    for _ in range(4):
        page.mouse.wheel(0, -200)
        page.wait_for_timeout(80)
    page.keyboard.up("Control")
    expect(whole).to_be_visible()
    page.mouse.move(x + 1, y)
    expect(page.get_by_role("tooltip")).to_contain_text("timestep 20")  # zoomed about the pointer
    page.mouse.move(x + 200, y)
    shown_now = page.get_by_role("tooltip").inner_text()
    assert int(re.findall(r"timestep (\d+)", shown_now)[0]) < 20 + 200 / (1100 / 40)
    whole.click()
    expect(whole).to_be_hidden()


@pytest.mark.parametrize("zoomed", [False, True])
def test_a_plain_wheel_over_a_heatmap_scrolls_the_page(pages: Pages, shown, zoomed: bool):
    page, scene = shown("", pages.open(height=500)), made()
    if zoomed:
        page.get_by_role("button", name="Zoom in").click()
        expect(page.locator(".stretch")).to_have_text("timesteps 0 to 26")
    canvas = heatmap(page, "input_gate").evaluate_handle("canvas => canvas")
    canvas.evaluate("canvas => canvas.scrollIntoView({ block: 'center' })")
    page.mouse.move(*cell_place(page, scene, "input_gate", 5, 4))
    for turn in (300, -300):
        before = canvas.evaluate("canvas => canvas.getBoundingClientRect().y")
        page.mouse.wheel(0, turn)
        moved = "([c, y, turn]) => (y - c.getBoundingClientRect().y) * turn > 0"
        page.wait_for_function(moved, arg=[canvas, before, turn])
    expect(page.get_by_role("button", name="Show the whole run")).to_be_visible(visible=zoomed)


def test_buttons_zoom_in_and_out_about_now(shown):
    page, stretch = shown("t=30"), "timesteps"
    for name, said in (("Zoom in", "10 to 36"), ("Zoom in", "16 to 34"), ("Zoom out", "10 to 36")):
        page.get_by_role("button", name=name).click()
        expect(page.locator(".stretch")).to_have_text(f"{stretch} {said}")
    page.get_by_role("button", name="Zoom out").click()
    expect(page.get_by_role("button", name="Show the whole run")).to_be_hidden()


def test_keys_are_the_pages_until_the_reader_is_in_the_stage(pages: Pages, shown):
    page = shown("t=5", pages.open(height=500))
    page.get_by_role("button", name="A longer run").focus()
    for key in ("ArrowRight", "End", "m", "ArrowDown"):
        page.keyboard.press(key)
    at(page, 5, 2)
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("End")
    at(page, 5, 2)
    page.locator(".drawing").click(position={"x": 3, "y": 3})
    root(page).evaluate("node => node.blur()")  # what was clicked last is enough
    page.keyboard.press("End")
    at(page, 39, 2)


def test_single_characters_can_be_switched_off_and_the_browser_remembers_it(pages: Pages, shown):
    page = shown("t=5")
    page.keyboard.press("?")
    switch = page.get_by_role("checkbox", name="Single characters")
    expect(switch).to_be_checked()
    switch.uncheck()
    page.keyboard.press("Escape")
    for key in ("m", "f", "v", "?"):
        page.keyboard.press(key)
    page.keyboard.press("ArrowRight")  # which prints nothing
    at(page, 6, 2)
    shown("t=7")
    page.keyboard.press("m")
    at(page, 7, 2)
    page.get_by_role("button", name="Keys").click()
    switch.check()
    page.keyboard.press("Escape")
    root(page).focus()
    page.keyboard.press("m")
    at(page, 7, -1)


def test_dragging_a_zoomed_run_pans_it(shown):
    page, scene = shown("t=20"), made()
    for _ in range(3):
        page.keyboard.press("+")
    page.wait_for_timeout(100)
    x, y = cell_place(page, scene, "forget_gate", 20, 4)
    page.mouse.move(x, y)
    before = page.get_by_role("tooltip").inner_text()
    page.mouse.down()
    page.mouse.move(x - 300, y, steps=4)
    page.mouse.up()
    page.mouse.move(x - 299, y)
    page.mouse.move(x, y)
    after = page.get_by_role("tooltip").inner_text()
    first, second = (int(re.findall(r"timestep (\d+)", s)[0]) for s in (before, after))
    assert second > first
    at(page, 20)


def test_a_new_scene_keeps_the_unit_and_the_timestep(shown):
    page = shown("t=7&unit=5")
    page.keyboard.press("ArrowRight")
    hears(page, t=8)
    page.get_by_role("button", name="A longer run").click()
    expect(page.get_by_role("slider", name="Timestep")).to_have_attribute("max", "59")
    at(page, 8, 5)


def test_a_rerun_with_the_same_scene_touches_nothing(shown):
    page = shown("t=7&unit=5")
    heatmap(page, "cell_state").evaluate("node => node.dataset.mark = 'same element'")
    page.keyboard.press("ArrowRight")
    hears(page, t=8)
    at(page, 8, 5)
    expect(heatmap(page, "cell_state")).to_have_attribute("data-mark", "same element")


def test_the_page_can_move_the_stage_and_the_reader_moves_on(shown):
    page = shown("t=3")
    page.keyboard.press("End")
    hears(page, t=39)
    page.get_by_role("button", name="Go to 9").click()
    at(page, 9)
    root(page).focus()
    page.keyboard.press("ArrowRight")
    at(page, 10)
    hears(page, t=10)


def test_a_stage_that_is_mounted_anew_goes_on_where_it_was(shown):
    page = shown("t=3")
    page.keyboard.press("End")
    page.keyboard.press("ArrowDown")
    hears(page, t=39)
    unit = page.locator("[data-timestep]").get_attribute("data-unit")
    page.get_by_role("button", name="In another place").click()
    expect(page.locator("[class*='st-key-another'] [data-timestep]")).to_be_visible()
    at(page, 39)
    expect(page.locator("[data-timestep]")).to_have_attribute("data-unit", unit or "")


def test_the_list_of_keys_keeps_the_focus_and_escape_closes_it(shown):
    page = shown("t=5")
    help_ = page.get_by_role("dialog", name="Keys")
    page.get_by_role("button", name="Keys").click()
    expect(help_).to_be_visible()
    expect(help_).to_contain_text("slow motion")
    inside = help_.evaluate_handle("dialog => dialog")
    for key in ("Tab", "Tab", "Tab", "Shift+Tab"):
        page.keyboard.press(key)
        focused = "dialog => { const at = dialog.getRootNode().activeElement; "
        focused += "return !at || dialog.contains(at); }"  # none: the browser's own bars
        assert inside.evaluate(focused)
    page.keyboard.press("ArrowRight")
    at(page, 5, 2)
    page.get_by_role("checkbox", name="Single characters").focus()
    page.keyboard.press("Escape")
    expect(help_).to_be_hidden()
    expect(page.get_by_role("button", name="Keys")).to_be_focused()


def test_a_tap_selects_on_a_phone(pages: Pages, shown):
    page = shown("", pages.open(width=390, height=844, touch=True))
    box = heatmap(page, "cell_state").bounding_box()
    assert box is not None
    heatmap(page, "cell_state").tap(position={"x": 2, "y": box["height"] * 4.5 / UNITS})
    at(page, 0, 4)


WATCH_FLOW = """chevrons => {
    chevrons.animate = (frames, options) => {
        window.flows = [...(window.flows ?? []), frames.map(({ transform }) => transform)];
        return Element.prototype.animate.call(chevrons, frames, options);
    };
}"""
AT_REST = """async chevrons => {
    await Promise.all(chevrons.getAnimations().map((animation) => animation.finished));
    return [chevrons.style.transform, chevrons.getAnimations().length];
}"""


def test_the_cell_states_line_flows_forwards_with_every_step_and_then_rests(shown):
    page = shown("t=3")
    chevrons = page.locator(".module .chevrons")
    chevrons.evaluate(WATCH_FLOW)
    ends: list[float] = []
    for t in (4, 5, 6):
        page.keyboard.press("ArrowRight")
        at(page, t)
        start, end = (pixels(frame) for frame in page.evaluate("flows.at(-1)"))
        assert end > start
        assert not ends or (start - ends[-1]) % 28 == 0  # chevrons stand 28 pixels apart
        stand, held = chevrons.evaluate(AT_REST)
        assert held == 0  # else all that is painted after them is in layers of its own
        assert (pixels(stand) - end) % 28 == 0
        ends.append(end)


def pixels(transform: str) -> float:
    return float(transform.removeprefix("translateX(").removesuffix("px)"))


def test_in_slow_motion_values_travel_and_are_as_large_as_their_numbers(pages: Pages, shown):
    page, scene = shown("t=3&unit=2"), made()
    page.keyboard.press("f")
    scales = "b => b.getAnimations()[0].effect.getKeyframes().map(k => k.transform)"
    for phase, count in zip(LSTM_PHASES[1:], (1, 2, 1), strict=True):
        page.keyboard.press("ArrowRight")
        at(page, 3, phase=phase)
        expect(page.locator(".module .bead")).to_have_count(count)
    page.keyboard.press("ArrowRight")
    at(page, 4, phase="forget")
    sizes = [float(k.split("scale(")[1].strip(")")) for k in page.locator(".bead").evaluate(scales)]
    kept = [scene.trace.retained[4, 2], scene.trace.cell_state[3, 2]]
    reach = np.abs(scene.trace.cell_state).max()
    small, large = 3 + 8 * np.sqrt(np.abs(kept) / reach)
    assert sizes == pytest.approx([large, large, small], abs=0.02)
    still = shown("t=3", pages.open(reduced_motion=True))
    still.keyboard.press("f")
    still.keyboard.press("ArrowRight")
    at(still, 3, phase="input")
    expect(still.locator(".module .bead")).to_have_count(0)
