"""Uploads are taken in at one pace, a piece of one after a piece of another."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from app.server.uploads import PLACE, Pace, with_answered_uploads

from ..test_document import run

RATE = 100.0


class Naps:
    """Instead of sleeping: how long it would have been, and how many slept at once."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self.most, self._now = 0, 0

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)
        self._now += 1
        self.most = max(self.most, self._now)
        await asyncio.sleep(0)
        self._now -= 1


def pieces(*sizes: int) -> Any:
    """What receives an upload in pieces of these sizes."""
    left = list(sizes)

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(0)
        return {"type": "http.request", "body": bytes(left.pop(0)), "more_body": bool(left)}

    return receive


async def taken(receive: Any) -> list[int]:
    """The sizes of the pieces that are received until there are no more."""
    sizes = []
    while True:
        message = await receive()
        sizes.append(len(message["body"]))
        if not message["more_body"]:
            return sizes


def test_pieces_of_all_uploads_pass_one_after_another_and_wait_in_proportion() -> None:
    naps = Naps()
    uploads = [(50, 100, 0), (200,), (10, 20, 30)]

    async def all_at_once() -> None:
        pace = Pace(RATE, naps)
        came = await asyncio.gather(*(taken(pace.paced(pieces(*sizes))) for sizes in uploads))
        assert came == [list(sizes) for sizes in uploads]

    run(all_at_once())
    assert naps.most == 1
    assert sorted(naps.seconds) == sorted(size / RATE for sizes in uploads for size in sizes)


def test_an_upload_that_waits_for_its_next_piece_holds_nobody_up() -> None:
    async def beside_a_slow_one() -> None:
        pace, never = Pace(RATE, Naps()), asyncio.Event()

        async def slow() -> dict[str, Any]:
            await never.wait()
            return {}

        waiting: asyncio.Task[Any] = asyncio.create_task(pace.paced(slow)())
        await asyncio.sleep(0)
        assert await asyncio.wait_for(taken(pace.paced(pieces(1, 2))), 20) == [1, 2]
        waiting.cancel()

    run(beside_a_slow_one())


def test_an_upload_that_is_broken_off_lets_the_others_on() -> None:
    async def broken_off() -> None:
        asleep = asyncio.Event()

        async def sleep(seconds: float) -> None:
            if seconds > 0:
                asleep.set()
                await asyncio.Event().wait()

        pace = Pace(RATE, sleep)
        gone: asyncio.Task[Any] = asyncio.create_task(pace.paced(pieces(1))())
        await asleep.wait()
        gone.cancel()
        assert await asyncio.wait_for(taken(pace.paced(pieces(0))), 20) == [0]

    run(broken_off())


def test_what_is_uploaded_to_the_server_is_paced_and_nothing_else_is() -> None:
    received: dict[str, Any] = {}

    async def server(scope: Any, receive: Any, send: Any) -> None:
        received[scope["path"]] = receive

    async def send(message: Any) -> None:
        raise AssertionError

    async def ask_for(path: str, receive: Any) -> None:
        await with_answered_uploads(server)({"type": "http", "path": path}, receive, send)

    ways = {f"/{PLACE}a/b": pieces(1), "/_stcore/health": pieces(1)}
    for path, receive in ways.items():
        run(ask_for(path, receive))
    assert [received[path] is receive for path, receive in ways.items()] == [False, True]


@pytest.mark.parametrize("leaves", [True, False])
def test_who_leaves_during_an_upload_is_no_error_of_the_server(
    leaves: bool, caplog: pytest.LogCaptureFixture
) -> None:
    ends = {"type": "http.disconnect"} if leaves else {"type": "http.request", "body": b"odd"}
    sent: list[Any] = []

    async def server(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "http.response.start", "status": 500, "headers": []})
        raise RuntimeError("the server's own error")

    async def receive() -> dict[str, Any]:
        return ends

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "PUT", "path": f"/{PLACE}one", "headers": []}
    caplog.set_level("INFO", "gatescope")
    if leaves:
        run(with_answered_uploads(server)(scope, receive, send))
        assert "whoever sent it has left" in caplog.text
    else:
        with pytest.raises(RuntimeError):
            run(with_answered_uploads(server)(scope, receive, send))
    assert sent == []
