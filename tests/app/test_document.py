"""The document that a browser gets first: what is in it, and when it is sent."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import streamlit as st

from app import document
from app.session.local_files import LocalFiles
from app.words import common as words
from app.words import pages
from app.words.language import LANGUAGES, speaking

ELSE = "the server's own answer"


def run(task: Coroutine[Any, Any, None]) -> None:
    """Run a coroutine in a thread of its own: the browser's tests leave a loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, task).result()


def answer(path: str, method: str = "GET", kind: str = "http", query: bytes = b"") -> str:
    """What is sent where this is asked for."""
    sent: list[dict[str, Any]] = []

    async def server(scope, receive, send) -> None:
        await send({"body": ELSE.encode()})

    async def send(message) -> None:
        sent.append(message)

    scope = {"type": kind, "path": path, "method": method, "query_string": query}
    run(document.with_documents(server)(scope, None, send))
    return sent[-1]["body"].decode()


@pytest.mark.parametrize("page", pages.TITLES)
def test_every_page_comes_with_its_title_and_with_the_style_behind_all_others(page: str) -> None:
    html = answer(f"/{page}")
    head, _, body = html.partition("<body>")
    assert f"<title>{words.page_title(pages.TITLES[page])}</title>" in head
    assert head.index("BACKEND_BASE_URL") < head.index('<script type="module"')
    before_all_that_is_seen = body.partition('<div id="')[0]
    assert "<style>" not in head
    assert all(s.read_text("utf-8") in before_all_that_is_seen for s in document.STYLESHEETS)


@pytest.mark.parametrize(
    ("path", "method", "kind"),
    [
        ("/_stcore/health", "GET", "http"),
        ("/static/js/index.js", "GET", "http"),
        ("/nonsense", "GET", "http"),
        ("/learn", "POST", "http"),
        ("/", "", "lifespan"),
        ("/", "GET", "websocket"),
    ],
)
def test_all_else_is_the_servers(path: str, method: str, kind: str) -> None:
    assert answer(path, method, kind) == ELSE


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_document_is_in_the_language_of_the_address(code: str) -> None:
    html = answer("/learn", query=f"step=2&language={code}".encode())
    with speaking(code):
        assert f"<title>{words.page_title(pages.TITLES['learn'])}</title>" in html
    assert f'<html lang="{code}">' in html
    assert answer("/learn", query=b"language=tlh") == answer("/learn")


def test_below_a_base_path_pages_are_there_and_nowhere_else(monkeypatch) -> None:
    monkeypatch.setattr(st, "get_option", lambda _: "/course/lstm/")
    assert "<title>Learn" in answer("/course/lstm/learn")
    assert "<title>Explore" in answer("/course/lstm/")
    assert answer("/learn") == answer("/course/lstm") == ELSE


MODEL = (Path("model.pt"),)


@pytest.mark.parametrize(
    ("files", "page"),
    [
        (None, ""),
        (LocalFiles(model=MODEL), "/model"),
        (LocalFiles(model=MODEL, corpus=Path("corpus")), "/sequences"),
    ],
)
def test_the_browser_is_opened_where_the_readers_own_files_are(files, page, monkeypatch):
    opened: list[str] = []
    monkeypatch.setattr("streamlit.cli_util.open_browser", opened.append)
    monkeypatch.setattr(
        "streamlit.web.server.server_util.get_url", lambda host: f"http://{host}:8501"
    )
    monkeypatch.setattr(st, "get_option", lambda _: False)
    monkeypatch.setattr(document, "local_files", lambda: files)

    async def start() -> None:
        async with document.browser_opened(None):
            pass

    run(start())
    assert opened == ["http://localhost:8501" + page]
