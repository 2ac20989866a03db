"""Behind nginx in a browser: a reader steps and uploads through it, and outlives their process."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from app.words import common as words
from tests.app.server.test_nginx import Instance, instance, open_pages

from .test_explore import at_rest, explore, here, run_shown, stage, upload

__all__ = ["instance"]  # two processes behind nginx; skipped where there is none

MINUTES = 120_000  # milliseconds: a slow machine is no fault of the page


def test_a_reader_whose_process_ends_goes_on_where_they_were(instance: Instance, pages) -> None:
    page = pages.open()
    watch = pages.watch(page)
    watch.accept("WebSocket")  # the connection that ends, and those that are tried meanwhile
    watch.accept("Failed to load resource")
    explore(page, instance.url, "?demo=reber&unit=2")
    upload(page, "mine.txt", b"BTBTXSETE\n")
    run_shown(page, "mine.txt")
    stage(page).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    here(page, words.here(2, 9, "B", 2))
    expect(page).to_have_url(re.compile(r"[?&]t=2(&|$)"))
    _, ends = sorted(instance.processes, key=open_pages)
    page.evaluate("window.served = 'by the process that ends'")
    ends.process.kill()
    page.wait_for_function("() => !window.served", timeout=MINUTES)  # the page was opened anew
    expect(page.get_by_text(words.not_in_link("mine.txt")).first).to_be_visible(timeout=MINUTES)
    here(page, words.here(2, 9, "B", 2))
    at_rest(page)
    stage(page).focus()
    page.keyboard.press("ArrowRight")
    here(page, words.here(3, 9, "T", 2))
