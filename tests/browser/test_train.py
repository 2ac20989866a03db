"""The page Train in a browser: a network learns before one's eyes, and goes along."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
from playwright.sync_api import Locator, Page, expect

from app.words import train as train_words
from lstm_core import load_model
from lstm_core.experiment import model_of, read

from .test_explore import at_rest

RECIPE = {"task": "temporal_order_6a", "units": "4", "updates": "100000", "batch": "4"}
RECIPE |= {"length": "20", "seed": "3"}
PATIENCE = 60_000  # ms: the machine may have others to train


def arrive(page: Page, app_url: str) -> Page:
    """Come by a link to a recipe."""
    page.goto(f"{app_url}/train?{'&'.join(f'{name}={word}' for name, word in RECIPE.items())}")
    expect(bench(page)).to_have_attribute("data-state", "untrained", timeout=PATIENCE)
    at_rest(page)
    return page


def bench(page: Page) -> Locator:
    return page.locator(".bench")


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).click()


def is_now(page: Page, state: str) -> None:
    expect(bench(page)).to_have_attribute("data-state", state, timeout=PATIENCE)


def shown(page: Page, update: int) -> None:
    expect(bench(page)).to_have_attribute("data-shown", str(update), timeout=PATIENCE)


def pictures(page: Page) -> list[str]:
    """The heatmaps and the gradient below them, pixel by pixel."""
    canvases = page.locator("canvas.heatmap, canvas.gradient")
    return canvases.evaluate_all("found => found.map((canvas) => canvas.toDataURL())")


def test_a_network_is_trained_stepped_looked_back_upon_saved_and_explored(
    pages, app_url, screenshot
):
    page = pages.open(height=1400)
    arrive(page, app_url)
    learns_without_moving_the_page(page)
    last = one_update_after_a_pause(page)
    screenshot(page, "paused")
    looks_back(page, last)
    the_shown_network_is_saved(page)
    page.get_by_role("slider", name="Checkpoint").focus()
    page.keyboard.press("End")
    press(page, train_words.RESUME)
    is_now(page, "running")
    press(page, train_words.STOP)
    is_now(page, "stopped")
    goes_to_explore_and_back(page)
    screenshot(page, "back")


def test_what_is_shown_when_the_page_says_done_is_the_last_checkpoint(page, app_url):
    page.goto(f"{app_url}/train?task=embedded_reber&units=4&updates=40&batch=4&seed=3")
    expect(bench(page)).to_have_attribute("data-state", "untrained", timeout=PATIENCE)
    bench(page).evaluate(
        """node => new MutationObserver(() => { if (node.dataset.state === "done")
             window.atDone ??= node.dataset.shown; }).observe(node, { attributes: true })"""
    )
    press(page, train_words.TRAIN)
    is_now(page, "done")
    assert page.evaluate("window.atDone") == "40"


def learns_without_moving_the_page(page: Page) -> None:
    before, loss = bench(page).bounding_box(), page.locator("canvas.loss")
    empty = loss.evaluate("(canvas) => canvas.toDataURL()")
    press(page, train_words.TRAIN)
    is_now(page, "running")
    assert loss.evaluate("(canvas) => canvas.toDataURL()") != empty
    expect(bench(page)).to_have_attribute("data-kept", re.compile("[3-9]|.."), timeout=PATIENCE)
    after = bench(page).bounding_box()
    assert (after["y"], after["height"]) == (before["y"], before["height"])


def one_update_after_a_pause(page: Page) -> int:
    """Pause, step, and return after how many updates the network now is."""
    press(page, train_words.PAUSE)
    is_now(page, "paused")
    step = page.get_by_role("button", name=train_words.STEP, exact=True)
    expect(step).to_be_enabled(timeout=PATIENCE)
    progress = page.locator(".progress")
    page.wait_for_timeout(1000)  # what was on its way is here
    done = int(progress.get_attribute("aria-valuenow"))
    step.click()
    expect(progress).to_have_attribute("aria-valuenow", str(done + 1), timeout=PATIENCE)
    shown(page, done + 1)
    return done + 1


def looks_back(page: Page, last: int) -> None:
    newest, slider = pictures(page), page.get_by_role("slider", name="Checkpoint")
    slider.focus()
    page.keyboard.press("Home")
    shown(page, 0)
    assert all(a != b for a, b in zip(pictures(page), newest, strict=True))
    page.keyboard.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuenow", "1")
    page.keyboard.press("End")
    shown(page, last)
    assert pictures(page) == newest
    page.keyboard.press("Home")
    shown(page, 0)


def the_shown_network_is_saved(page: Page) -> None:
    """The one before training, which anybody can make from the recipe."""
    page.get_by_text(train_words.SAVE, exact=True).click()
    expect(page.get_by_text(train_words.save_intro(0))).to_be_visible(timeout=PATIENCE)
    untrained = model_of(read(RECIPE))
    for suffix in (".safetensors", ".onnx", ".npz"):
        with page.expect_download() as download:
            press(page, suffix)
        saved = load_model(Path(download.value.path()).read_bytes(), name=f"saved{suffix}")
        kernel = saved.layers[0].forward.kernel
        np.testing.assert_array_equal(kernel, untrained.layers[0].forward.kernel)


def goes_to_explore_and_back(page: Page) -> None:
    held = int(bench(page).get_attribute("data-held") or 0)
    # what a fragment still sends would have no place on the next page
    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=PATIENCE)
    page.get_by_role("button", name=train_words.EXPLORE).click()
    expect(page.locator("[data-timestep]").first).to_be_visible(timeout=PATIENCE)
    expect(page).to_have_url(re.compile(r"demo=trained~task\.temporal_order_6a~"), timeout=PATIENCE)
    expect(page.get_by_role("combobox").first).to_have_value(re.compile("^Trained "))
    page.get_by_role("link", name=train_words.TITLE).click()
    is_now(page, "stopped")
    assert int(bench(page).get_attribute("data-held") or 0) >= held


def test_the_page_fits_a_phone_in_the_dark_and_without_motion(pages, app_url, screenshot):
    page = pages.open(width=390, height=2200, dark=True, reduced_motion=True, touch=True)
    arrive(page, app_url)
    assert bench(page).get_attribute("data-mode") == "dark"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name=train_words.MORE).click()
    expect(page.get_by_label(train_words.UPDATES, exact=True)).to_be_visible()
    screenshot(page, "more")
