"""Answers of our own: compressed where the browser takes it so."""

from __future__ import annotations

import gzip
from typing import Any

import pytest

from app.server.sending import SMALLEST, send_body, takes_gzip

from ..test_document import run

LONG, SHORT = b"belt " * SMALLEST, b"belt"


def answer(
    body: bytes, accepted: bytes | None = b"gzip, deflate, br", method: str = "GET"
) -> tuple[dict[bytes, bytes], bytes]:
    """The headers and the body that are sent."""
    sent: list[dict[str, Any]] = []

    async def send(message) -> None:
        sent.append(message)

    headers = [] if accepted is None else [(b"accept-encoding", accepted)]
    scope = {"type": "http", "method": method, "headers": headers}
    run(send_body(body, {"content-type": "text/plain"}, scope, send))
    return dict(sent[0]["headers"]), sent[1]["body"]


def test_a_long_body_is_compressed_and_says_so() -> None:
    headers, body = answer(LONG)
    assert headers[b"content-encoding"] == b"gzip"
    assert headers[b"content-length"] == str(len(body)).encode()
    assert gzip.decompress(body) == LONG
    assert headers[b"vary"] == b"accept-encoding"


@pytest.mark.parametrize(("body", "accepted"), [(SHORT, b"gzip"), (LONG, b"br"), (LONG, None)])
def test_any_other_is_sent_as_it_is(body: bytes, accepted: bytes | None) -> None:
    headers, sent = answer(body, accepted)
    assert b"content-encoding" not in headers
    assert sent == body


def test_who_asks_for_the_head_alone_gets_it_alone() -> None:
    assert answer(LONG, method="HEAD") == (answer(LONG)[0], b"")


@pytest.mark.parametrize(
    ("accepted", "taken"),
    [
        ("gzip", True),
        ("br;q=1.0, GZIP;q=0.8", True),
        ("gzip;q=0", False),
        ("gzip;q=0.0", False),
        ("x-gzip-like", False),
        ("", False),
    ],
)
def test_what_a_browser_takes_is_what_it_says(accepted: str, taken: bool) -> None:
    assert takes_gzip({"headers": [(b"accept-encoding", accepted.encode())]}) is taken
