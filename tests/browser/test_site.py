"""The static edition: its files, and its pages below a folder of a plain web server."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from functools import partial
from html import unescape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.export.site import site_files
from app.export.writing import write_files
from app.lessons import lesson, lesson_names
from app.session import demos
from app.session.cells import cells_of
from app.session.opened_view import open_view
from app.session.view import Source, View
from app.words import learn as words

from .stage_page import at, now, root
from .test_accessible import RUN, SMALL, axe, ours

__all__ = ["axe"]  # the fixture

LARGEST = 30_000_000  # bytes of all demos


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and logs nothing."""

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """Every file of the static edition by its place."""
    return dict(site_files())


@pytest.fixture(scope="module")
def site_url(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the static edition lies: in a folder of a plain web server."""
    folder = tmp_path_factory.mktemp("www")
    write_files(folder / "some" / "class", files.items())
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/some/class"
        server.shutdown()


def expect_for_everybody(page: Page, axe: str) -> None:
    """Axe finds nothing, and nothing that is pressed is too small for a finger."""
    page.evaluate(axe)
    assert ours(page.evaluate(RUN)) == []
    assert page.evaluate(SMALL) == []


def test_a_demo_is_stepped_in_every_cell_and_its_address_is_the_screen(
    page: Page, site_url: str, axe: str
):
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(f"{site_url}/index.html")
    expect_for_everybody(page, axe)
    page.get_by_role("link", name="Embedded Reber grammar").click()
    expect(root(page)).to_be_visible()
    page.get_by_role("combobox", name="Sequence").select_option(index=1)
    name = page.get_by_role("combobox", name="Sequence").input_value()
    expect(page).to_have_url(re.compile("sequence="))
    opened = open_view(View(demo="reber", source=Source(value=name)))
    page.get_by_role("radio", name="GRU").check()
    expect(page.locator(".about:visible")).to_contain_text("GRU")
    page.get_by_role("radio", name="LSTM").check()
    expect(page.locator(".about:visible")).not_to_contain_text("GRU")  # its own stage is there
    root(page).focus()
    page.keyboard.press("Home")
    at(page, 0)
    page.keyboard.press("ArrowRight")
    at(page, 1)
    page.get_by_role("button", name="All units and gates").click()
    unit = int(root(page).get_attribute("data-unit") or 0)
    expected = opened.trace.series("cell_state")[1, unit]
    expect(page.locator('.now-number[data-signal="cell_state"]')).not_to_have_text("…")
    assert abs(now(page, "cell_state") - expected) <= 0.00051
    expect_for_everybody(page, axe)
    page.wait_for_url("**t=1&**")
    page.reload()
    at(page, 1, unit=unit)
    expect(page.get_by_role("combobox", name="Sequence")).to_have_value(name)
    page.go_back()
    expect(page.locator(".about:visible")).to_contain_text("GRU")
    assert all(url.startswith(site_url) for url in requests)


def test_a_lesson_is_done_step_by_step_and_answers_are_told_right_from_wrong(
    page: Page, site_url: str, axe: str
):
    page.goto(f"{site_url}/learn/story.html")
    at(page, 0)
    expect_for_everybody(page, axe)
    for _ in range(5):
        page.get_by_role("button", name="Next step").click()
    at(page, 5)
    expect(page.locator(".done:visible")).to_have_text(words.DONE)
    page.get_by_role("button", name=words.NEXT).click()
    page.get_by_role("button", name=words.NEXT).click()
    at(page, 106)
    page.get_by_role("radio", name="About a quarter for each of the four orders").check()
    at(page, 107)
    expect(page.locator(".verdict:visible")).to_contain_text(words.RIGHT)
    page.get_by_role("radio", name="The right order, X then Y").check()
    expect(page.locator(".verdict:visible")).to_contain_text("Not so")
    page.wait_for_url("**step=2&t=107**")
    page.reload()
    at(page, 107)
    page.get_by_role("button", name=words.BACK, exact=True).click()
    at(page, 14)


def told(page: bytes) -> dict[str, Any]:
    """What a page tells its script."""
    element = re.search(r'<script type="application/json" id="page">(.*?)</script>', page.decode())
    assert element
    return json.loads(element[1])


def test_every_sequence_of_every_demo_is_there_in_every_cell_that_learnt_its_task(files):
    for name in demos.demo_names():
        runs = told(files[f"explore/{name}.html"])["runs"]
        examples = [example.sequence.name for example in demos.demo(name).examples]
        expected = [(sequence, cell) for sequence in examples for cell in cells_of(name)]
        assert [(run["sequence"], run["cell"]) for run in runs] == expected


def test_every_step_of_every_lesson_is_told_with_its_numbers_filled_in(files):
    for name in lesson_names():
        page = files[f"learn/{name}.html"]
        steps = lesson(name).steps
        assert len(told(page)["steps"]) == len(steps)
        text = unescape(page.decode())
        assert all(step.title in text for step in steps)
        assert not re.search(r"\{\w+ \d+", text)


def test_every_address_leads_to_a_file_of_the_edition_and_none_elsewhere(files):
    for place, page in files.items():
        if not place.endswith(".html"):
            continue
        folder = place.rpartition("/")[0]
        addresses = re.findall(r'(?:href|src)="([^"#]+)', page.decode())
        if b'id="page"' in page:
            about = told(page)
            addresses += [part["scene"] for part in about.get("runs", about.get("steps"))]
        for address in addresses:
            parts = [*folder.split("/"), *address.split("/")] if folder else address.split("/")
            while ".." in parts:
                at = parts.index("..")
                parts[at - 1 : at + 1] = []
            assert "/".join(parts) in files


def test_all_of_it_takes_less_than_thirty_megabytes(files):
    assert sum(map(len, files.values())) < LARGEST


def test_a_page_may_ask_for_files_of_its_own_server_alone(files):
    for place, page in files.items():
        if place.endswith(".html"):
            assert b"default-src 'none'" in page
            assert set(re.findall(rb"https?://[\w.]+", page)) == set()
