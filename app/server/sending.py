"""Answers of our own to requests (ASGI): a body, compressed where the browser takes it so."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from functools import lru_cache

from .asgi import Message, Send, header

FOREVER = {"cache-control": "public, immutable, max-age=31536000"}
"""For files whose names are fingerprints: another content has another name."""
SMALLEST = 1000  # bytes that are worth compressing
LEVEL = 6
KEPT = 64  # bodies that are kept compressed


async def send_body(body: bytes, headers: Mapping[str, str], scope: Message, send: Send) -> None:
    """Send a body, status 200, to whoever asked with this scope; HEAD gets the headers alone."""
    if len(body) >= SMALLEST and takes_gzip(scope):
        await send_compressed(_compressed(body), headers, scope, send)
    else:
        await send_whole(body, headers, scope, send)


async def send_compressed(
    body: bytes, headers: Mapping[str, str], scope: Message, send: Send
) -> None:
    """Send a body that is compressed already, to whoever takes it so."""
    await send_whole(body, {**headers, "content-encoding": "gzip"}, scope, send)


async def send_whole(body: bytes, headers: Mapping[str, str], scope: Message, send: Send) -> None:
    """Send a body as it is, such as a font, whose format is a compressed one."""
    sent = {**headers, "content-length": str(len(body)), "vary": "accept-encoding"}
    raw = [(name.encode(), value.encode("latin-1")) for name, value in sent.items()]
    await send({"type": "http.response.start", "status": 200, "headers": raw})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


def takes_gzip(scope: Message) -> bool:
    """Return whether a request says that its answer may be compressed."""
    codings = (header(scope, b"accept-encoding") or "").lower().replace(" ", "").split(",")
    return any(coding == "gzip" or _is_gzip(coding) for coding in codings)


def _is_gzip(coding: str) -> bool:
    """Whether it is gzip with a weight that is more than 0."""
    name, _, weight = coding.partition(";q=")
    return name == "gzip" and bool(weight.strip("0."))


@lru_cache(maxsize=KEPT)
def _compressed(body: bytes) -> bytes:
    return gzip.compress(body, LEVEL, mtime=0)
