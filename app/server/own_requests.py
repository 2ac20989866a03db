"""The stage's own requests, answered beside Streamlit (ASGI): one GET, bytes in answer.

Through the page an answer takes a run of the script, a message that is rendered, and some tens of
milliseconds. Where the answer is 404 the stage asks the page instead.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

from .asgi import Message, Send, Server, path_below_base

LONGEST_QUERY = 4000

Answer = Callable[[dict[str, str]], bytes | None]


def with_answers(server: Server, path: str, answer: Answer) -> Server:
    """Return a server that answers GETs of `path` with what `answer` makes of the query.

    It is called in a thread of its own; None is answered 404.
    """

    async def answered(scope: Message, receive: Any, send: Send) -> None:
        if not _is_asked(scope, path):
            await server(scope, receive, send)
            return
        query = scope.get("query_string", b"")[:LONGEST_QUERY].decode("latin-1")
        asked = dict(parse_qsl(query, keep_blank_values=True))
        await _send(await asyncio.to_thread(answer, asked), send)

    return answered


def _is_asked(scope: Message, path: str) -> bool:
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    return path_below_base(scope) == path


async def _send(payload: bytes | None, send: Send) -> None:
    headers = {
        "content-type": "application/octet-stream",
        "content-length": str(len(payload or b"")),
        "cache-control": "no-store",
    }
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    status = 404 if payload is None else 200
    await send({"type": "http.response.start", "status": status, "headers": raw})
    await send({"type": "http.response.body", "body": payload or b""})
