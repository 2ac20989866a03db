"""The script of the first screen, as a browser asks for it."""

from __future__ import annotations

from typing import Any

import pytest
import streamlit as st

from app.components.first_sight import first_sight_script
from app.document import opened_document
from app.own_scripts import script_name, with_scripts

from .test_document import run

ELSE = b"the server's own answer"


def answer(path: str, method: str = "GET") -> tuple[dict[bytes, bytes], bytes]:
    """The headers and the body of what is sent where this is asked for."""
    sent: list[dict[str, Any]] = []

    async def server(scope, receive, send) -> None:
        await send({"headers": (), "body": ELSE})

    async def send(message) -> None:
        sent.append(message)

    run(with_scripts(server)({"type": "http", "path": path, "method": method}, None, send))
    return dict(sent[0]["headers"]), sent[-1]["body"]


def test_the_document_names_the_script_before_those_of_streamlit() -> None:
    scripts = opened_document("", {}).split('<script type="module"')
    assert f'src="./{script_name()}"' in scripts[1]
    assert "static/js/" in scripts[2]


def test_a_browser_may_keep_the_script_for_good() -> None:
    headers, body = answer(f"/{script_name()}")
    assert body.decode() == first_sight_script()
    assert headers[b"cache-control"] == b"public, immutable, max-age=31536000"
    assert headers[b"content-type"].startswith(b"text/javascript")


@pytest.mark.parametrize(
    ("path", "method"), [("/first-sight.js", "GET"), (f"/{script_name()}", "POST")]
)
def test_all_else_is_the_servers(path: str, method: str) -> None:
    assert answer(path, method)[1] == ELSE


def test_below_a_base_path_the_script_is_there_and_nowhere_else(monkeypatch) -> None:
    monkeypatch.setattr(st, "get_option", lambda _: "course")
    assert answer(f"/course/{script_name()}")[1] != ELSE
    assert answer(f"/{script_name()}")[1] == ELSE
