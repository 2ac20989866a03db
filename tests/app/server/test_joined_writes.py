"""What is written to a websocket in one round leaves in one piece, and nothing else changes."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

from app.server.joined_writes import JoinedWrites, with_joined_writes


class Wire(asyncio.Transport):
    """A transport that remembers what it was told to do."""

    def __init__(self) -> None:
        super().__init__(extra={"peername": "a reader"})
        self.done: list[object] = []

    def write(self, data: Any) -> None:
        self.done.append(data)

    def close(self) -> None:
        self.done.append("closed")


def test_the_writes_of_a_round_are_one_and_those_of_the_next_another():
    async def story() -> None:
        wire = Wire()
        joined = JoinedWrites(wire)
        for data in (b"a", b"b", b"c"):
            joined.write(data)
        assert wire.done == []
        await asyncio.sleep(0)
        joined.write(b"d")
        await asyncio.sleep(0)
        assert wire.done == [b"abc", b"d"]

    asyncio.run(story())


def test_what_waits_is_written_before_the_connection_closes():
    async def story() -> None:
        wire = Wire()
        joined = JoinedWrites(wire)
        joined.write(b"last")
        joined.close()
        await asyncio.sleep(0)
        assert wire.done == [b"last", "closed"]

    asyncio.run(story())


def test_all_else_is_the_transports_own():
    async def story() -> None:
        assert JoinedWrites(Wire()).get_extra_info("peername") == "a reader"

    asyncio.run(story())


def test_websockets_of_uvicorn_are_joined_and_nothing_else():
    async def story() -> None:
        served: list[str] = []

        async def server(scope: Any, receive: Any, send: Any) -> None:
            served.append(scope["type"])

        class Protocol:
            def __init__(self) -> None:
                self.transport: Any = Wire()

            async def send(self, message: object) -> None: ...

        asked, other = Protocol(), Protocol()
        answer: Any = with_joined_writes(server)
        await answer({"type": "websocket"}, None, asked.send)
        await answer({"type": "http"}, None, other.send)
        await answer({"type": "websocket"}, None, SimpleNamespace())
        assert isinstance(asked.transport, JoinedWrites)
        assert isinstance(other.transport, Wire)
        assert served == ["websocket", "http", "websocket"]

    asyncio.run(story())
