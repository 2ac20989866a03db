"""What is written to a websocket in one round of the event loop leaves in one piece.

Otherwise each message is a packet of its own. Of an answer of more than ten, TCP holds back the
rest until the browser's system has acknowledged the first, which takes it 40 ms where it waits for
more to acknowledge; and each of them is a call to the system, in which another thread takes the
interpreter.
"""

from __future__ import annotations

import asyncio
from typing import Any

from .asgi import Message, Receive, Send, Server


def with_joined_writes(server: Server) -> Server:
    """Return a server (ASGI) whose websockets join what they write; for uvicorn, and outermost."""

    async def joined(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            protocol: Any = getattr(send, "__self__", None)
            if isinstance(getattr(protocol, "transport", None), asyncio.Transport):
                protocol.transport = JoinedWrites(protocol.transport)
        await server(scope, receive, send)

    return joined


class JoinedWrites:
    """A transport that writes once a round; in all else it is the one that it was given."""

    def __init__(self, transport: asyncio.Transport):
        """Stand before a transport of the running loop."""
        self._transport = transport
        self._loop = asyncio.get_running_loop()
        self._parts: list[bytes] = []

    def write(self, data: bytes) -> None:
        """Write data at the end of this round, with all that comes meanwhile."""
        if not self._parts:
            self._loop.call_soon(self._write)
        self._parts.append(data)

    def close(self) -> None:
        """Write what waits, and close."""
        self._write()
        self._transport.close()

    def _write(self) -> None:
        if self._parts:
            data = b"".join(self._parts)
            self._parts.clear()
            self._transport.write(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)
