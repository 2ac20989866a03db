"""Streamlit's own files: compressed for whoever takes them so, and Streamlit's answer else."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit import file_util

from app.server.static_files import with_compressed_files

from ..test_document import run

ELSE = b"the server's own answer"
STATIC = Path(file_util.get_static_dir())


def answer(
    path: str, method: str = "GET", accepted: str = "gzip"
) -> tuple[dict[bytes, bytes], bytes]:
    """The headers and the body of what is sent where this is asked for."""
    sent: list[dict[str, Any]] = []

    async def server(scope, receive, send) -> None:
        await send({"headers": (), "body": ELSE})

    async def send(message) -> None:
        sent.append(message)

    headers = [(b"accept-encoding", accepted.encode())]
    scope = {"type": "http", "path": path, "method": method, "headers": headers}
    run(with_compressed_files(server)(scope, None, send))
    return dict(sent[0]["headers"]), sent[-1]["body"]


def a_file(pattern: str) -> Path:
    return min(STATIC.glob(pattern), key=lambda path: path.stat().st_size)


@pytest.mark.parametrize("pattern", ["static/js/*.js", "static/css/*.css"])
def test_a_script_and_a_stylesheet_are_compressed_and_the_same(pattern: str) -> None:
    file = a_file(pattern)
    headers, body = answer(f"/{file.relative_to(STATIC).as_posix()}")
    assert gzip.decompress(body) == file.read_bytes()
    assert headers[b"content-encoding"] == b"gzip"
    assert b"immutable" in headers[b"cache-control"]


@pytest.mark.parametrize(
    ("path", "method", "accepted"),
    [
        ("/static/js/nothing.js", "GET", "gzip"),
        ("/static/js/../../index.html", "GET", "gzip"),
        ("/index.html", "GET", "gzip"),
        (f"/{a_file('static/media/*.woff2').relative_to(STATIC).as_posix()}", "GET", "gzip"),
        (f"/{a_file('static/js/*.js').relative_to(STATIC).as_posix()}", "POST", "gzip"),
        (f"/{a_file('static/js/*.js').relative_to(STATIC).as_posix()}", "GET", "br"),
    ],
)
def test_all_else_is_the_servers(path: str, method: str, accepted: str) -> None:
    assert answer(path, method, accepted)[1] == ELSE


def test_below_a_base_path_the_files_are_there_and_nowhere_else(monkeypatch) -> None:
    monkeypatch.setattr(st, "get_option", lambda _: "course")
    path = a_file("static/js/*.js").relative_to(STATIC).as_posix()
    assert answer(f"/course/{path}")[1] != ELSE
    assert answer(f"/{path}")[1] == ELSE
