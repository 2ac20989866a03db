"""The stage in a browser: what it shows is what the network computed, however it is moved."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from app import theme
from app.stage import Scene

from .server import running
from .stage_script import HOSTILE, UNITS, made
from .watch import Pages

LSTM_PHASES = ["forget", "input", "update", "output"]


@pytest.fixture(scope="session")
def stage_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A page with nothing but the stage."""
    log = tmp_path_factory.mktemp("stage") / "log.txt"
    quiet = ("--browser.gatherUsageStats", "false")
    with running("tests/browser/stage_script.py", log, *quiet) as server:
        yield server.url
        assert "Traceback" not in server.said()


@pytest.fixture
def shown(page: Page, stage_url: str) -> Callable[..., Page]:
    """Open the stage: `shown("cell=gru&t=5")`."""

    def show(query: str = "", on: Page = page) -> Page:
        on.goto(f"{stage_url}/?{query}")
        expect(root(on)).to_be_visible(timeout=60_000)
        on.wait_for_timeout(300)
        return on

    return show


def root(page: Page) -> Locator:
    return page.locator("[data-timestep]")


def at(page: Page, t: int, unit: int | None = None, phase: str = "complete") -> None:
    """The root says where we are."""
    expect(root(page)).to_have_attribute("data-timestep", str(t))
    expect(root(page)).to_have_attribute("data-phase", phase)
    if unit is not None:
        expect(root(page)).to_have_attribute("data-unit", str(unit))


def number(text: str) -> float:
    return float(text.replace("−", "-").strip("()"))


def numbers_in(text: str) -> list[float]:
    return [number(n) for n in re.findall(r"[−-]?\d+\.\d+", text)]


def now(page: Page, signal: str) -> float:
    """The number at the right of a signal's heatmap."""
    return number(page.locator(f'.now-number[data-signal="{signal}"]').inner_text())


def report(page: Page) -> dict[str, Any]:
    """What Python has heard."""
    return dict(json.loads(page.get_by_test_id("stCode").inner_text()))


def hears(page: Page, **expected: Any) -> None:
    """Python comes to hear this."""
    for name, value in expected.items():
        wanted = f'"{name}": {json.dumps(value)}'
        expect(page.get_by_test_id("stCode")).to_contain_text(wanted)


def heatmap(page: Page, signal: str) -> Locator:
    return page.locator(f'.panel[data-signal="{signal}"] canvas.heatmap')


def cell_place(page: Page, scene: Scene, signal: str, t: int, unit: int) -> tuple[float, float]:
    """The middle of a cell of a heatmap that shows the whole run in file order."""
    heatmap(page, signal).scroll_into_view_if_needed()
    box = heatmap(page, signal).bounding_box()
    assert box is not None
    rows = scene.trace.series(signal).shape[-1]
    return (
        box["x"] + (t + 0.5) / scene.timesteps * box["width"],
        box["y"] + (unit + 0.5) / rows * box["height"],
    )


def colour_of_cell(page: Page, signal: str, t: int, unit: int, timesteps: int, rows: int) -> Any:
    """The colour that the heatmap's canvas really has at the middle of a cell."""
    script = """(canvas, [x, y]) => [...canvas.getContext('2d').getImageData(
        Math.floor(x * canvas.width), Math.floor(y * canvas.height), 1, 1).data].slice(0, 3)"""
    share = [(t + 0.5) / timesteps, (unit + 0.5) / rows]
    return np.array(heatmap(page, signal).evaluate(script, share))


KINDS = ["lstm", "gru", "rnn", "coupled", "none", "peephole", "projected"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_numbers_are_the_traces_and_the_equation_adds_up_to_the_memory(shown, kind: str):
    page, scene = shown(f"cell={kind}&t=11&unit=3"), made(kind)
    for signal in scene.trace.words.recorded:
        values = scene.trace.series(signal.name)
        if values.shape[-1] == UNITS:  # a projected hidden state is not of one unit
            assert now(page, signal.name) == pytest.approx(values[11, 3], abs=0.00051)
    if kind == "rnn":
        return  # it keeps nothing, and adds to nothing
    memory = scene.trace.series("hidden_state" if kind == "gru" else "cell_state")[11, 3]
    filled = page.locator(".equation").first.locator("span").inner_text()
    kept, written, total = numbers_in(filled.split("=", 1)[1])
    assert total == pytest.approx(memory, abs=0.00051)
    assert kept + written == pytest.approx(total, abs=1e-9)
    assert kept == pytest.approx(scene.trace.retained[11, 3], abs=0.00051)


def test_the_mean_over_units_is_the_mean_of_the_terms(shown):
    page, scene = shown("t=11&unit=-1"), made()
    filled = page.locator(".equation").first.locator("span").inner_text()
    kept, written, total = numbers_in(filled)
    assert kept == pytest.approx(scene.trace.retained[11].mean(), abs=0.00051)
    assert written == pytest.approx(scene.trace.written[11].mean(), abs=0.00051)
    assert total == pytest.approx(scene.trace.cell_state[11].mean(), abs=0.00051)


def test_a_projected_hidden_state_is_not_said_to_be_one_units(shown):
    page = shown("cell=projected&t=4")
    expect(page.locator(".equation").last).to_contain_text("then projected to h")
    expect(page.locator('.now-number[data-signal="hidden_state"]')).to_have_text("")


def test_a_stem_is_as_thick_as_its_gate_is_open(shown):
    page, scene = shown("t=6&unit=5"), made()
    for gate in ("forget_gate", "input_gate", "output_gate"):
        width = float(page.locator(f'[data-stem="{gate}"]').get_attribute("stroke-width") or 0)
        assert width / 13 == pytest.approx(scene.trace.series(gate)[6, 5], abs=0.001)


@pytest.mark.parametrize("dark", [False, True])
def test_a_cells_colour_is_its_value_on_the_themes_scale(pages: Pages, shown, dark: bool):
    page, scene = shown("", pages.open(dark=dark)), made()
    for name, signed in (("forget_gate", False), ("output_gate", False), ("candidate", True)):
        ramp = theme.ramp(name, signed, dark, 256)
        values = scene.trace.series(name)
        for t, unit in ((0, 0), (7, 3), (20, 5), (39, UNITS - 1)):
            value = values[t, unit]
            level = round(255 * float((value + 1) / 2 if signed else value))
            expected = [int(ramp[level][k : k + 2], 16) for k in (1, 3, 5)]
            actual = colour_of_cell(page, name, t, unit, 40, UNITS)
            assert np.abs(actual - expected).max() <= 6, (name, t, unit)


def test_keys_step_jump_and_select_without_a_click_first(shown):
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
    page.get_by_role("button", name="Back one timestep").focus()
    page.keyboard.press("Enter")
    at(page, 4)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name=re.compile("^Play"))).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    at(page, 5)
    page.keyboard.press("Tab")
    expect(page.get_by_role("slider", name="Timestep")).to_be_focused()
    page.keyboard.press("ArrowRight")
    at(page, 6)


def test_every_control_has_a_name(shown):
    page = shown()
    controls = root(page).locator("button, select, input")
    names = controls.evaluate_all("all => all.map(c => c.getAttribute('aria-label'))")
    assert len(names) >= 12
    assert all(names)


def test_buttons_and_scrubber_move_too(shown):
    page = shown()
    page.get_by_role("button", name="Step one timestep").click()
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


@pytest.mark.parametrize(
    ("kind", "phases"),
    [
        ("gru", ["reset", "candidate", "update", "mix"]),
        ("rnn", ["update"]),
        ("none", ["input", "update", "output"]),
    ],
)
def test_every_cell_has_phases_of_its_own(shown, kind: str, phases: list[str]):
    page = shown(f"cell={kind}&t=1")
    page.keyboard.press("f")
    for phase in phases:
        at(page, 1, phase=phase)
        page.keyboard.press("ArrowRight")
    at(page, 2, phase=phases[0])


def test_hovering_reads_signal_unit_timestep_token_and_value(shown):
    page, scene = shown(), made()
    page.mouse.move(*cell_place(page, scene, "input_gate", 12, 4))
    tooltip = page.get_by_role("tooltip")
    value = f"{scene.trace.input_gate[12, 4]:.4f}"
    for text in ("Input gate, unit 4", "timestep 12", "“c”", f"i = {value}"):
        expect(tooltip).to_contain_text(text)


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


def test_the_wheel_zooms_time_and_leaves_the_rest_to_the_page(shown):
    page, scene = shown(), made()
    x, y = cell_place(page, scene, "forget_gate", 20, 4)
    whole = page.get_by_role("button", name="Show the whole run")
    expect(whole).to_be_hidden()
    page.mouse.move(x, y)
    for _ in range(4):
        page.mouse.wheel(0, -200)
        page.wait_for_timeout(80)
    expect(whole).to_be_visible()
    page.mouse.move(x + 1, y)
    expect(page.get_by_role("tooltip")).to_contain_text("timestep 20")  # zoomed about the pointer
    page.mouse.move(x + 200, y)
    shown_now = page.get_by_role("tooltip").inner_text()
    assert int(re.findall(r"timestep (\d+)", shown_now)[0]) < 20 + 200 / (1100 / 40)
    whole.click()
    expect(whole).to_be_hidden()


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


def test_the_stage_follows_a_change_from_light_to_dark(shown):
    page, scene = shown(), made()
    expect(root(page)).to_have_attribute("data-mode", "light")
    heatmap(page, "cell_state").evaluate("node => node.dataset.mark = 'same element'")
    page.keyboard.press("End")
    page.emulate_media(color_scheme="dark")
    expect(root(page)).to_have_attribute("data-mode", "dark")
    at(page, 39)
    expect(heatmap(page, "cell_state")).to_have_attribute("data-mark", "same element")
    ramp = theme.ramp("forget_gate", False, True, 256)
    level = ramp[round(255 * float(scene.trace.forget_gate[3, 3]))]
    actual = colour_of_cell(page, "forget_gate", 3, 3, 40, UNITS)
    assert np.abs(actual - [int(level[k : k + 2], 16) for k in (1, 3, 5)]).max() <= 6


def test_the_veil_covers_the_future_and_can_be_lifted(shown):
    page = shown("t=10")
    veil = page.locator(".veil")
    cursor, cover = page.locator(".cursor").bounding_box(), veil.bounding_box()
    assert cursor is not None
    assert cover is not None
    assert cover["x"] == pytest.approx(cursor["x"] + cursor["width"], abs=3)
    page.keyboard.press("v")
    expect(veil).to_be_hidden()


def test_the_backward_direction_runs_from_right_to_left_and_says_so(shown):
    page, scene = shown("reverse=1&t=20"), made(reverse=True)
    expect(page.locator(".note")).to_contain_text("runs from right to left")
    page.get_by_role("button", name="Step one timestep").click()
    at(page, 19)
    kept = numbers_in(page.locator(".equation").first.locator("span").inner_text())[-3]
    assert kept == pytest.approx(scene.trace.retained[19, 2], abs=0.00051)
    page.keyboard.press("ArrowRight")
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
    page.get_by_role("button", name="A longer run").focus()
    page.keyboard.press("ArrowRight")
    at(page, 10)
    hears(page, t=10)


@pytest.mark.parametrize("reduced", [False, True])
def test_nothing_glides_for_who_asks_for_less_motion(pages, shown, reduced):
    page = shown("", on=pages.open(reduced_motion=reduced))
    gliding = page.locator(".module .chevrons, .module [data-state]").evaluate_all(
        "all => all.filter(e => parseFloat(getComputedStyle(e).transitionDuration) > 0).length"
    )
    assert (gliding == 0) == reduced


def test_a_stage_that_is_mounted_anew_goes_on_where_it_was(shown):
    page = shown("t=3")
    page.keyboard.press("End")
    page.keyboard.press("ArrowDown")
    hears(page, t=39)
    unit = page.locator("[data-timestep]").get_attribute("data-unit")
    page.get_by_role("button", name="In another place").click()
    expect(page.locator(".st-key-another [data-timestep]")).to_be_visible()
    at(page, 39)
    expect(page.locator("[data-timestep]")).to_have_attribute("data-unit", unit or "")


def test_strange_tokens_are_text_and_can_be_seen(shown):
    page = shown("strip=hostile&timesteps=8")
    readout = page.locator(".readout")
    for t, text in enumerate(
        ["<img src=x onerr", "␣", "↵", "⇥", None, "𝄞", "a&amp;b", "</script>"]
    ):
        if text is not None:
            expect(readout).to_contain_text(text)
        at(page, t)
        page.keyboard.press("ArrowRight")
    assert page.locator("img").count() == 0
    assert len(HOSTILE) == 8


def test_numbers_are_drawn_with_what_was_predicted_and_what_was_true(shown):
    page, scene = shown("strip=numbers&t=5"), made(strip="numbers")
    rows = page.locator(".strip-row .now-number")
    expect(rows).to_have_count(3)
    for k in range(2):
        assert number(rows.nth(k).inner_text()) == pytest.approx(
            scene.strip.values[5, k], abs=0.00051
        )
    assert number(rows.nth(2).inner_text()) == pytest.approx(scene.strip.predicted[5], abs=0.00051)


def test_a_long_run_says_that_it_is_pooled_and_still_reads_out_exact_numbers(shown):
    page, scene = shown("timesteps=30000&t=12345&unit=3"), made(timesteps=30_000)
    expect(page.locator(".footnote")).to_contain_text("30,000 timesteps are pooled")
    expect(page.locator('.now-number[data-signal="forget_gate"]')).not_to_have_text("…")
    for t, key in ((12345, "ArrowRight"), (12346, "End"), (29_999, "Home"), (0, "ArrowRight")):
        at(page, t)
        output = page.locator('.now-number[data-signal="forget_gate"]')
        expect(output).not_to_have_text("…")
        assert now(page, "forget_gate") == pytest.approx(scene.trace.forget_gate[t, 3], abs=0.00051)
        page.keyboard.press(key)


def test_the_voice_says_where_we_are_and_what_the_numbers_are(shown):
    page, scene = shown("t=4&unit=1"), made()
    page.keyboard.press("ArrowRight")
    voice = page.get_by_role("status").filter(has_text="Timestep 5 of 39")
    expect(voice).to_contain_text("unit 1")
    expect(voice).to_contain_text(f"Forget gate {scene.trace.forget_gate[5, 1]:.2f}")


def test_the_list_of_keys_opens_and_closes_by_key(shown):
    page = shown()
    help_ = page.get_by_role("dialog", name="Keys")
    page.keyboard.press("?")
    expect(help_).to_be_visible()
    expect(help_).to_contain_text("slow motion")
    page.keyboard.press("Escape")
    expect(help_).to_be_hidden()


@pytest.mark.parametrize("kind", ["lstm", "gru", "rnn", "peephole"])
def test_a_phone_shows_everything_without_scrolling_sideways(pages: Pages, shown, kind: str):
    page = shown(f"cell={kind}&t=30", pages.open(width=390, height=844, touch=True))
    overflow = page.evaluate(
        "[...document.querySelectorAll('[data-testid=stMain], html')]"
        ".some(n => n.scrollWidth > n.clientWidth + 1)"
    )
    assert not overflow
    outer = root(page).bounding_box()
    assert outer is not None
    parts = root(page).locator("button, select, input, canvas.heatmap, .drawing svg, .equation")
    for box in [b for b in (p.bounding_box() for p in parts.all() if p.is_visible()) if b]:
        assert box["x"] >= outer["x"] - 1
        assert box["x"] + box["width"] <= outer["x"] + outer["width"] + 1
    cursor = page.locator(".cursor").bounding_box()
    assert cursor is not None
    assert outer["x"] < cursor["x"] < outer["x"] + outer["width"]  # time has scrolled to now


def test_a_tap_selects_on_a_phone(pages: Pages, shown):
    page = shown("", pages.open(width=390, height=844, touch=True))
    box = heatmap(page, "cell_state").bounding_box()
    assert box is not None
    heatmap(page, "cell_state").tap(position={"x": 2, "y": box["height"] * 4.5 / UNITS})
    at(page, 0, 4)


def test_texts_of_the_drawing_do_not_overlap(pages: Pages, shown):
    page = shown("t=11&unit=3", pages.open(width=390))
    for width in (390, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(200)  # drawn anew
        boxes = page.locator(".module text").evaluate_all(
            """all => all.filter(n => n.textContent.trim()).map(n => {
                 const r = n.getBoundingClientRect();
                 return [n.textContent, r.left, r.top + 3, r.right, r.bottom - 3]; })"""
        )
        for k, (one, *a) in enumerate(boxes):
            for other, *b in boxes[k + 1 :]:
                apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
                assert apart, f"{one!r} and {other!r} overlap at width {width}"
