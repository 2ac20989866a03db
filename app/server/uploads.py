"""Uploads: taken in piece by piece, and answered in one sentence where there is no room for them.

A large upload waits in a temporary file until it is whole, which Starlette removes however it ends.
No room is a line in the log, and so is one who leaves meanwhile: no traceback.

One thread takes in all uploads and answers all readers, a little of each in turn, and an answer
needs some twenty such rounds. So a round takes in one piece of one upload, whoever else uploads:
beside ten visitors with files of 10 MB a step took ten times as long as alone.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from .asgi import Message, Receive, Send, Server, answer, path_below_base

PLACE = "_stcore/upload_file/"  # below the base path
NO_ROOM = (
    "This server has no room for the upload: nothing of it was kept, what was uploaded before is "
    "still there, and it can be tried again later.\n"
)
RATE = 50e6  # bytes per second of all uploads together

Sleep = Callable[[float], Awaitable[object]]

log = logging.getLogger("gatescope")


def with_answered_uploads(server: Server) -> Server:
    """Return a server (ASGI) that says so where an upload cannot be written (status 507)."""
    pace = Pace()

    async def answered(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not (path_below_base(scope) or "").startswith(PLACE):
            await server(scope, receive, send)
            return
        failed: list[Message] = []
        paced, left = pace.paced(receive), False

        async def receive_until_left() -> Message:
            nonlocal left
            message = await paced()
            left = message["type"] == "http.disconnect"
            return message

        async def send_unless_failed(message: Message) -> None:
            if failed or message.get("status") == 500:
                failed.append(message)
            else:
                await send(message)

        try:
            await server(scope, receive_until_left, send_unless_failed)
        except OSError as problem:
            log.error("an upload cannot be written: %s", problem)
            await answer(send, 507, NO_ROOM, "text/plain")
            return
        except Exception:
            if not left:
                raise
            log.info("an upload was broken off: whoever sent it has left")
            return
        for message in failed:
            await send(message)

    return answered


class Pace:
    """The pace at which uploads are taken in: one piece after another, of all of them."""

    def __init__(self, rate: float = RATE, sleep: Sleep = asyncio.sleep):
        """Take in `rate` bytes per second at most."""
        self._rate, self._sleep = rate, sleep
        self._turn = asyncio.Lock()  # in the order in which the pieces came

    def paced(self, receive: Receive) -> Receive:
        """Return what receives an upload at this pace.

        An upload that waits for its next piece does not hold up the others.
        """

        async def receive_paced() -> Message:
            message = await receive()
            async with self._turn:
                await self._sleep(len(message.get("body", b"")) / self._rate)
            return message

        return receive_paced
