"""axe finds nothing that is ours in the states into which a reader brings the pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.words import common as words
from app.words import train as train_words
from app.words import uploads as upload_words

from .test_accessible import RUN, axe, ours
from .watch import Pages

__all__ = ["axe"]  # the fixture

GOLDEN = Path(__file__).parents[1] / "golden"


def arrive(pages: Pages, address: str, axe: str, **window: object) -> Page:
    page = pages.open(**window)
    page.goto(address)
    ready = '[data-timestep], .bench[data-kept], [data-testid="stFileUploaderDropzone"]'
    expect(page.locator(ready).first).to_be_visible(timeout=60_000)
    page.evaluate(axe)
    return page


RESTED = """() => Promise.race([
    new Promise((resolve) => setTimeout(resolve, 5000)),  // one that is paused never ends
    Promise.allSettled(document.getAnimations()
        .filter((one) => one.effect.getComputedTiming().endTime < 5000).map((one) => one.finished)),
])"""


def nothing_is_found(page: Page) -> None:
    """Once what moves has come to rest, axe finds nothing."""
    page.evaluate(RESTED)
    assert ours(page.evaluate(RUN)) == []


@pytest.mark.parametrize("dark", [False, True])
def test_on_explore_folded_out_in_slow_motion_with_its_dialogs_and_presented(
    pages: Pages, app_url: str, axe: str, dark: bool
) -> None:
    page = arrive(pages, f"{app_url}/?demo=reber&all_units=1&slow=1", axe, dark=dark)
    expect(page.locator(".cards")).to_have_count(1)
    page.get_by_role("button", name="Keys (?)").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    nothing_is_found(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name=words.TYPE, exact=False).first.click()
    expect(page.get_by_label(words.TYPED_LABEL)).to_be_visible()
    nothing_is_found(page)
    page.get_by_label(words.TYPED_LABEL).fill("BTBPVVEPE\nBPBTSXXTVVEPE")
    page.get_by_role("button", name=words.RUN, exact=True).click()
    expect(page.get_by_text(upload_words.head(upload_words.TYPED_NAME))).to_be_visible()
    nothing_is_found(page)
    page.get_by_role("button", name="Present", exact=False).click()
    expect(page.get_by_role("tab").first).to_be_hidden()
    nothing_is_found(page)


@pytest.mark.parametrize("dark", [False, True])
def test_on_explore_with_a_table_that_is_sorted_and_scrolls(
    pages: Pages, app_url: str, axe: str, dark: bool
) -> None:
    address = f"{app_url}/?demo=reber&t=3&unit=2&details=values"
    page = arrive(pages, address, axe, dark=dark, width=390, height=844)
    head = page.get_by_role("columnheader", name="Cell state")
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    nothing_is_found(page)


def test_on_train_while_it_runs_and_when_it_is_done(pages: Pages, app_url: str, axe: str) -> None:
    page = arrive(pages, f"{app_url}/train?task=adding&length=10&units=2&updates=400", axe)
    page.get_by_role("button", name=train_words.TRAIN, exact=True).click()
    expect(page.locator(".bench[data-state='running']")).to_be_visible()
    nothing_is_found(page)
    expect(page.locator(".bench[data-state='done']")).to_be_visible()
    nothing_is_found(page)


def test_on_a_lessons_last_step(pages: Pages, app_url: str, axe: str) -> None:
    page = arrive(pages, f"{app_url}/learn?step=11", axe)
    nothing_is_found(page)


def test_on_your_model_with_an_error_and_with_a_model(pages: Pages, app_url: str, axe: str) -> None:
    page = arrive(pages, f"{app_url}/model", axe)
    field = page.locator('input[type="file"]').first
    file = {"name": "broken.pt", "mimeType": "application/octet-stream"}
    field.set_input_files({**file, "buffer": b"PK\x03\x04 no"})
    expect(page.get_by_role("alert")).to_be_visible()
    nothing_is_found(page)
    field.set_input_files(GOLDEN / "torch" / "rnn_tanh.pt")
    expect(page.locator(".here")).to_have_count(1)
    for folded in page.get_by_test_id("stExpander").all():
        folded.locator("summary").click()
    nothing_is_found(page)
