"""The stage's own request: the scene of the run with a gate pulled, in answer to one GET.

    pulled-run?base=…&whatif=…&signal=forget_gate&unit=3&first=20&last=20&t=20&value=0.1

Through the page the same scene takes two runs of the script, and the browser renders the page
after each. It is the very scene that the page shows afterwards, from the same store, so that
nothing is drawn twice. Where the answer is 404 the page alone changes the run.
"""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import parse_qsl

from .server.asgi import Message, Send, Server, path_below_base
from .session.pulled_runs import pulled_run
from .session.scenes import scene
from .words.language import ENGLISH, LANGUAGES, speaking

PATH = "pulled-run"
LONGEST_QUERY = 4000


def with_pulled_scenes(server: Server) -> Server:
    """Return a server (ASGI) that answers the stage's own requests too."""

    async def answer(scope: Message, receive: Any, send: Send) -> None:
        if not _is_asked(scope):
            await server(scope, receive, send)
            return
        query = scope.get("query_string", b"")[:LONGEST_QUERY].decode("latin-1")
        asked = dict(parse_qsl(query, keep_blank_values=True))
        await _send(await asyncio.to_thread(pulled_scene, asked), send)

    return answer


def pulled_scene(asked: dict[str, str]) -> bytes | None:
    """Return the packed scene that is asked for, in its language; None where there is none."""
    opened = pulled_run(asked)
    if opened is None:
        return None
    code = asked.get("language", "")
    with speaking(code if code in LANGUAGES else ENGLISH.code):
        return scene(opened, pulls=True).payload


def _is_asked(scope: Message) -> bool:
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    return path_below_base(scope) == PATH


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
