"""The script that draws the first screen, as a file that a browser keeps for good.

Its name holds a fingerprint of its text, so that a new version is another file.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256

from .components.first_sight import first_sight_script
from .server.asgi import Message, Receive, Send, Server, path_below_base
from .server.sending import FOREVER, send_body


@cache
def script_name() -> str:
    """Return the name of the script's file, below the address of the app."""
    return f"first-sight.{sha256(first_sight_script().encode()).hexdigest()[:12]}.js"


def with_scripts(server: Server) -> Server:
    """Return a server (ASGI) that sends our own script, too."""

    async def answer(scope: Message, receive: Receive, send: Send) -> None:
        if _is_asked(scope):
            headers = {**FOREVER, "content-type": "text/javascript; charset=utf-8"}
            await send_body(first_sight_script().encode(), headers, scope, send)
        else:
            await server(scope, receive, send)

    return answer


def _is_asked(scope: Message) -> bool:
    if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
        return False
    return path_below_base(scope) == script_name()
