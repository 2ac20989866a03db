"""What the wrappers of the server share: the base path, and an answer in one piece."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any

import streamlit as st

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
Receive = Callable[[], Awaitable[Message]]
Server = Callable[[Message, Receive, Send], Awaitable[None]]


def path_below_base(scope: Message) -> str | None:
    """Return the path of a request below the base path, without a slash before it.

    None where the request is outside the base path.
    """
    base = st.get_option("server.baseUrlPath").strip("/")
    home = f"/{base}/" if base else "/"
    path: str = scope["path"]
    return path.removeprefix(home) if path.startswith(home) else None


def header(scope: Message, name: bytes) -> str | None:
    """Return a header of a request, whose name is given in lower case; None where it has none."""
    values = [value for key, value in scope.get("headers", ()) if key == name]
    return values[-1].decode("latin-1") if values else None


async def answer(
    send: Send, status: int, text: str, content_type: str, headers: Mapping[str, str] = {}
) -> None:
    """Send a whole answer that nobody may keep."""
    body = text.encode()
    fields = {
        "content-type": f"{content_type}; charset=utf-8",
        "content-length": str(len(body)),
        "cache-control": "no-store",
        **headers,
    }
    raw = [(name.encode(), value.encode("latin-1")) for name, value in fields.items()]
    await send({"type": "http.response.start", "status": status, "headers": raw})
    await send({"type": "http.response.body", "body": body})
