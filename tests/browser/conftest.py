"""Fixtures of the browser tests: the running app, a real browser, watched pages.

`page` is one at 1280 x 900; `pages.open(width=390, touch=True, dark=True, reduced_motion=True)`
makes others. Each starts with a session of its own. After the test every one of them must be free
of errors in the console, uncaught exceptions and requests that leave the machine, and the server
must not have written a traceback.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from benchmarks.provision import FLAGS, NoBrowserError, provide_browser
from benchmarks.server import APP, Server, running

from .stage_page import leave, root, stage_server, visit
from .watch import Pages, Windows

SCREENSHOTS = Path(__file__).parent / "screenshots"
LOOK = bool(os.environ.get("SCREENSHOTS"))  # SCREENSHOTS=1 pytest tests/browser

# A slow machine is no fault of the page: only what never comes is one.
expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Run the app for all tests of the session."""
    folder = tmp_path_factory.mktemp("server")
    kept = {"GATESCOPE_CORPORA": str(folder / "corpora")}
    with running(APP, folder / "log.txt", environment=kept) as server:
        yield server


@pytest.fixture(scope="session")
def app_url(server: Server) -> str:
    """Where the app answers, without a slash at the end."""
    return server.url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start one headless browser; where there is none every test of it fails and says so."""
    try:
        path = provide_browser()
    except NoBrowserError as problem:
        pytest.fail(str(problem), pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def windows(browser: Browser) -> Windows:
    """The windows that all tests share, one after another."""
    return Windows(browser.new_context)


@pytest.fixture
def pages(windows: Windows, server: Server) -> Iterator[Pages]:
    """Open watched pages of any size; the test fails on what went wrong in them."""
    already = len(server.said())
    pages = Pages(windows)
    yield pages
    faults = pages.close()
    assert faults == []
    news = server.said()[already:]
    assert "Traceback" not in news, news[-2000:]


@pytest.fixture
def page(pages: Pages) -> Page:
    """Open one watched page, 1280 x 900."""
    return pages.open()


@pytest.fixture
def screenshot(request: pytest.FixtureRequest) -> Callable[..., Path]:
    """Take a picture into the git-ignored folder, where pictures are asked for; see LOOK.

    `screenshot(page, "explore")` returns where it is, or would be.
    """

    def take(page: Page, name: str) -> Path:
        path = SCREENSHOTS / f"{request.node.name}-{name}.png"
        if LOOK:
            SCREENSHOTS.mkdir(exist_ok=True)
            page.screenshot(path=path)
        return path

    return take


@pytest.fixture(scope="session")
def stage_url(tmp_path_factory: pytest.TempPathFactory, windows: Windows) -> Iterator[str]:
    """A page with nothing but the stage."""
    with stage_server(tmp_path_factory.mktemp("stage") / "log.txt") as url:
        windows.stays_open[url] = leave
        yield url


@pytest.fixture
def shown(page: Page, stage_url: str) -> Callable[..., Page]:
    """Open the stage, and put the focus on it: `shown("cell=gru&t=5")`."""

    def show(query: str = "", on: Page = page) -> Page:
        visit(on, stage_url, query)
        on.wait_for_timeout(300)
        root(on).focus()
        return on

    return show
