"""The stage as one file: it plays from disk, with the network cut, as the app does."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from playwright.sync_api import expect

import app
from lstm_core import load_model

from .stage_page import at, now
from .watch import Pages

ADDING = Path(__file__).parents[2] / "assets" / "demos" / "adding" / "weights.npz"


def test_a_page_in_one_file_is_stepped_without_a_network_and_shows_the_runs_numbers(
    pages: Pages, tmp_path: Path, screenshot
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
    page.keyboard.press("Space")
    expect(page.locator("[data-timestep='39']").first).to_be_visible()
    screenshot(page, "end")


def test_the_frame_of_a_notebook_plays_it_too(pages: Pages, tmp_path: Path):
    trace = load_model(ADDING).run(np.ones((5, 2), np.float32)).layers[0].forward
    file = tmp_path / "notebook.html"
    file.write_text(f"<!DOCTYPE html><meta charset=utf-8>{app.show(trace, t=1)._repr_html_()}")
    page = pages.open()
    page.goto(file.as_uri())
    frame = page.frame_locator("iframe")
    stage = frame.locator("[data-timestep]").first
    expect(stage).to_have_attribute("data-timestep", "1")
    frame.get_by_role("button", name="Next step").click()
    expect(stage).to_have_attribute("data-timestep", "2")
