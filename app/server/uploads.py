"""Uploads that find no room: an answer in one sentence and a line in the log, and no traceback.

A large upload waits in a temporary file until it is whole, which Starlette removes however it ends.
"""

from __future__ import annotations

import logging

from .asgi import Message, Receive, Send, Server, answer, path_below_base

PLACE = "_stcore/upload_file/"  # below the base path
NO_ROOM = (
    "This server has no room for the upload: nothing of it was kept, what was uploaded before is "
    "still there, and it can be tried again later.\n"
)

log = logging.getLogger("gatescope")


def with_answered_uploads(server: Server) -> Server:
    """Return a server (ASGI) that says so where an upload cannot be written (status 507)."""

    async def answered(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not (path_below_base(scope) or "").startswith(PLACE):
            await server(scope, receive, send)
            return
        failed: list[Message] = []

        async def send_unless_failed(message: Message) -> None:
            if failed or message.get("status") == 500:
                failed.append(message)
            else:
                await send(message)

        try:
            await server(scope, receive, send_unless_failed)
        except OSError as problem:
            log.error("an upload cannot be written: %s", problem)
            await answer(send, 507, NO_ROOM, "text/plain")
            return
        for message in failed:
            await send(message)

    return answered
