"""The stage in a browser: what it shows is what the network computed, in any light and size."""

from __future__ import annotations

import numpy as np
import pytest
from playwright.sync_api import expect

from app import theme
from app.components.stage.captions import caption

from .stage_page import (
    at,
    cell_place,
    colour_of_cell,
    heatmap,
    now,
    number,
    numbers_in,
    root,
)
from .stage_script import HOSTILE, UNITS, made
from .watch import Pages

KINDS = ["lstm", "gru", "rnn", "coupled", "none", "peephole", "projected"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_numbers_are_the_traces_and_the_equation_adds_up_to_the_memory(shown, kind: str):
    page, scene = shown(f"cell={kind}&t=11&unit=3"), made(kind)
    for signal in scene.trace.vocabulary.recorded:
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


@pytest.mark.parametrize("query", ["cell=lstm", "cell=gru&unit=-1", "cell=rnn", "strip=numbers"])
def test_what_happens_is_said_under_the_drawing_at_every_step(shown, query: str):
    page = shown(f"{query}&t=11")
    options = dict(pair.split("=") for pair in query.split("&"))
    scene = made(options.get("cell", "lstm"), strip=options.get("strip", "symbols"))
    unit = int(options.get("unit", 2))
    for t in (11, 12, 13):
        sentence = caption(scene.trace, scene.strip, t, unit)
        expect(page.locator(".sentence")).to_have_text(sentence)
        page.keyboard.press("ArrowRight")
    voice = page.get_by_role("status").filter(has_text="Timestep 14")
    expect(voice).to_contain_text(caption(scene.trace, scene.strip, 14, unit))


def test_the_mean_over_units_is_the_mean_of_the_terms(shown):
    page, scene = shown("t=11&unit=-1"), made()
    filled = page.locator(".equation").first.locator("span").inner_text()
    kept, written, total = numbers_in(filled)
    assert kept == pytest.approx(scene.trace.retained[11].mean(), abs=0.00051)
    assert written == pytest.approx(scene.trace.written[11].mean(), abs=0.00051)
    assert total == pytest.approx(scene.trace.cell_state[11].mean(), abs=0.00051)


@pytest.mark.parametrize(
    ("kind", "kept", "written"), [("lstm", "f·c₋", "i·g"), ("gru", "z·h₋", "(1 − z)·n")]
)
def test_over_all_units_the_drawing_says_that_it_shows_means_of_products(
    shown, kind, kept, written
):
    page, scene = shown(f"cell={kind}&t=11&unit=-1"), made(kind)
    drawing = page.locator(".module")
    expect(drawing.get_by_text(f"kept, mean of {kept}")).to_be_visible()
    said = drawing.get_by_text(f"written, mean of {written} = ").text_content() or ""
    assert numbers_in(said)[-1] == pytest.approx(scene.trace.written[11].mean(), abs=0.00051)
    expect(page.locator(".equations")).to_contain_text("not the product of means")
    page.keyboard.press("ArrowDown")
    expect(drawing.get_by_text(f"kept {kept}")).to_be_visible()


TEXTS = """drawing => [...drawing.querySelectorAll("text")]
    .filter((text) => text.textContent)
    .map((text) => {
        const { left, right, top, bottom } = text.getBoundingClientRect();
        return [text.textContent, left, right, top + 3, bottom - 3];  // letters are less high
    })"""


@pytest.mark.parametrize("kind", ["lstm", "gru", "peephole"])
def test_at_no_width_do_two_texts_of_the_drawing_collide(pages: Pages, shown, kind: str):
    page = shown(f"cell={kind}&t=11&unit=-1", pages.open(width=1280))
    for width in (1280, 853, 820, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(300)  # the drawing is laid out anew
        texts = page.locator(".module").evaluate(TEXTS)
        for k, (one, left, right, top, bottom) in enumerate(texts):
            for other, *box in texts[:k]:
                beside = right <= box[0] or box[1] <= left or bottom <= box[2] or box[3] <= top
                assert beside, (width, one, other)


def test_each_layer_of_the_drawing_has_one_name_and_its_own(shown):
    names = "all => all.map(g => [g.querySelector('.gate-title').textContent, g.textContent])"
    for kind in ("lstm", "gru", "rnn"):
        layers = shown(f"cell={kind}").locator(".module g:has(> .gate)")
        titles = layers.locator("> title").all_text_contents()
        assert len(titles) == layers.count()
        for (name, _), title in zip(layers.evaluate_all(names), titles, strict=True):
            assert title.startswith(f"{name}: ")


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


def test_every_control_has_a_name(shown):
    page = shown()
    controls = root(page).locator("button, select, input")
    name = "c => c.getAttribute('aria-label') ?? c.labels?.[0]?.textContent"
    names = controls.evaluate_all(f"all => all.map({name})")
    assert len(names) >= 12
    assert all(names)


def test_hovering_reads_signal_unit_timestep_token_and_value(shown):
    page, scene = shown(), made()
    page.mouse.move(*cell_place(page, scene, "input_gate", 12, 4))
    tooltip = page.get_by_role("tooltip")
    value = f"{scene.trace.input_gate[12, 4]:.4f}"
    for text in ("Input gate, unit 4", "timestep 12", "“c”", f"i = {value}"):
        expect(tooltip).to_contain_text(text)


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


DIMMED = """(veil) => {
  const stage = veil.getRootNode(), { top } = veil.getBoundingClientRect();
  const corners = veil.style.clipPath.replace(/^polygon\\(/, "").split(", ");
  const heights = corners.map((corner) => parseFloat(corner.split(" ")[1]));
  const rows = heights.flatMap((from, k) => (k % 4 ? [] : [[top + from, top + heights[k + 2]]]));
  const words = [...stage.querySelectorAll(".board .label")].filter((label) => label.textContent);
  const isDimmed = (word) => {
    const box = word.getBoundingClientRect(), middle = (box.top + box.bottom) / 2;
    return rows.some(([above, below]) => above < middle && middle < below);
  };
  return [words.length, words.filter(isDimmed).map((word) => word.textContent)];
}"""


def test_on_a_phone_the_veil_leaves_the_titles_between_the_rows_as_they_are(shown, pages):
    page = shown("t=0", pages.open(width=390))
    titles, dimmed = page.locator(".veil").evaluate(DIMMED)
    assert titles > 2
    assert dimmed == []


def test_the_backward_direction_runs_from_right_to_left_and_says_so(shown):
    page, scene = shown("reverse=1&t=20"), made(reverse=True)
    expect(page.locator(".note")).to_contain_text("runs from right to left")
    page.get_by_role("button", name="Next step").click()
    at(page, 19)
    kept = numbers_in(page.locator(".equation").first.locator("span").inner_text())[-3]
    assert kept == pytest.approx(scene.trace.retained[19, 2], abs=0.00051)
    page.keyboard.press("ArrowRight")
    at(page, 20)


@pytest.mark.parametrize("reduced", [False, True])
def test_nothing_glides_for_who_asks_for_less_motion(pages, shown, reduced):
    page = shown("", on=pages.open(reduced_motion=reduced))
    gliding = page.locator(".module .chevrons, .module [data-state]").evaluate_all(
        "all => all.filter(e => parseFloat(getComputedStyle(e).transitionDuration) > 0).length"
    )
    assert (gliding == 0) == reduced


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
