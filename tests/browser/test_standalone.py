"""The stage as one file: it plays from disk, with the network cut, as the app does."""

from __future__ import annotations

import math
import struct
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
from playwright.sync_api import Page, expect

import app
from lstm_core import load_model
from lstm_core.run.trace import Trace

from .stage_page import at, now
from .test_accessible import RUN, SMALL, axe, ours
from .watch import Pages

__all__ = ["axe"]  # the fixture

ADDING = Path(__file__).parents[2] / "assets" / "demos" / "adding" / "weights.npz"


def test_a_page_in_one_file_is_stepped_without_a_network_and_shows_the_runs_numbers(
    pages: Pages, tmp_path: Path, screenshot, axe: str
):
    inputs = np.random.default_rng(0).random((40, 2)).astype(np.float32)
    trace = load_model(ADDING).run(inputs).layers[0].forward
    file = tmp_path / "stage.html"
    file.write_text(app.html(trace, columns=("value", "mark"), title="Adding", t=7, unit=2))
    page = pages.open()
    page.context.set_offline(True)
    page.goto(file.as_uri())
    at(page, 7, unit=2)
    page.locator("[data-timestep]").first.focus()
    page.keyboard.press("ArrowRight")
    at(page, 8, unit=2)
    for signal in ("cell_state", "forget_gate", "hidden_state"):
        assert abs(now(page, signal) - trace.series(signal)[8, 2]) <= 0.00051
    look_at_pictures(page, trace)
    page.evaluate(axe)
    for mode in ("light", "dark"):
        page.emulate_media(color_scheme=mode)
        expect(page.locator(".stage")).to_have_attribute("data-mode", mode)
        assert ours(page.evaluate(RUN)) == [], mode
        assert page.evaluate(SMALL) == [], mode
    at(page, 8, unit=2)
    page.keyboard.press("Space")
    expect(page.locator("[data-timestep='39']").first).to_be_visible()
    screenshot(page, "end")


def look_at_pictures(page: Page, trace: Trace) -> None:
    """A picture of the stage has the numbers as text, and so many dots that print needs no more."""
    with page.expect_download() as svg:
        page.get_by_role("button", name="Save this picture as SVG").click()
    picture = ElementTree.parse(svg.value.path()).getroot()
    assert svg.value.suggested_filename == "lstm-timestep-8.svg"
    texts = ["".join(text.itertext()) for text in picture.iter("{http://www.w3.org/2000/svg}text")]
    for signal in ("cell_state", "forget_gate"):
        number = f"{abs(trace.series(signal)[8, 2]):.3f}"
        assert any(number in text for text in texts), (number, texts)
    with page.expect_download() as png:
        page.get_by_role("button", name="Save this picture as PNG").click()
    content = png.value.path().read_bytes()
    width, height = struct.unpack(">II", content[16:24])
    assert (width, height) == tuple(
        math.floor(int(picture.get(side, 0)) * 300 / 96 + 0.5) for side in ("width", "height")
    )
    at_pixels = content.index(b"pHYs")
    assert struct.unpack(">IIB", content[at_pixels + 4 : at_pixels + 13]) == (11811, 11811, 1)
    page.locator("[data-timestep]").first.focus()


def test_the_frame_of_a_notebook_plays_it_too(pages: Pages, tmp_path: Path):
    trace = load_model(ADDING).run(np.ones((5, 2), np.float32)).layers[0].forward
    file = tmp_path / "notebook.html"
    frame = app.show(trace, live=False, t=1)._repr_html_()
    file.write_text(f"<!DOCTYPE html><meta charset=utf-8>{frame}")
    page = pages.open()
    page.goto(file.as_uri())
    frame = page.frame_locator("iframe")
    stage = frame.locator("[data-timestep]").first
    expect(stage).to_have_attribute("data-timestep", "1")
    frame.get_by_role("button", name="Next step").click()
    expect(stage).to_have_attribute("data-timestep", "2")
