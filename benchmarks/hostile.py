"""Ten visitors who ask for the dearest that a link can ask for, beside twenty who step.

The twenty have a tab in sight that the server fills, and rest at another timestep every second.
They are timed alone first and then beside the ten, each of whom opens one dear link after another
as fast as they are answered. Then the ten leave, and what still runs ten seconds later is measured.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import cycle, islice
from typing import Any

from .load import Spoken, finished, notice, opened, overhear, reader
from .measure import asked, machine, spread
from .process_tree import Used, used
from .visit import app

READERS = 20
VISITORS = 10
SECONDS = 60
PATIENCE = 10  # seconds after which nothing of them may run
WATCHED = 5  # seconds for which it is watched afterwards

LONG = "BTBPVVEPE" * 55
DEAR = (
    ("train", "task=adding&length=1000&units=1024&updates=100000&batch=256"),
    ("", f"demo=reber&text={LONG}&details=reading&alike=size"),
    ("", f"demo=reber&text={LONG}&details=units"),
    ("", f"demo=reber&text={LONG}&details=unit_page&unit=3"),
    ("", f"demo=reber&text={LONG}&details=pair&beside=text.{LONG}"),
    ("", f"demo=reber&text={LONG}&details=why&unit=-1"),
    ("memory", "demo=adding&third=1&specialists=1"),
    ("sequences", "demo=reber&corpus=fresh.10000"),
    ("train", "task=embedded_reber&units=512&updates=1000000&batch=1024&length=1000"),
    ("learn", "lesson=0&step=99"),
)
"""Pages and parameters."""


def main() -> None:
    """Print how long who steps waits for the server, without and with the dear visitors."""
    seconds = asked(2, "seconds", SECONDS)
    print(f"{READERS} readers, {VISITORS} visitors, {seconds} s each; {machine()}\n")
    with app() as server:
        asyncio.run(_measured(server, overhear(server.url), seconds))
        faults = server.said().count("Traceback")
        print(f"  tracebacks in the log: {faults}")


async def _measured(server: Any, spoken: Spoken, seconds: int) -> None:
    readers = await opened(server, spoken, READERS)
    for k, socket in enumerate(readers):
        await socket.send(notice(spoken, 1 + k % 6))
        await finished(socket)
    before = used(server.process.pid)
    print(f"  alone: {spread(await _stepped(spoken, readers, seconds))}")
    visitors = await opened(server, spoken, VISITORS)
    asking = [
        asyncio.create_task(_ask(spoken, socket, islice(cycle(DEAR), k, None)))
        for k, socket in enumerate(visitors)
    ]
    watching = asyncio.create_task(_largest(server))
    print(f"  beside them: {spread(await _stepped(spoken, readers, seconds))}")
    for task in (*asking, watching):
        task.cancel()
    answered = await asyncio.gather(*asking, return_exceptions=True)
    largest = await watching
    for socket in visitors:
        await socket.close()
    await asyncio.sleep(PATIENCE)
    left = used(server.process.pid)
    await asyncio.sleep(WATCHED)
    after = used(server.process.pid)
    for socket in readers:
        await socket.close()
    print(f"    links answered: {sum(n for n in answered if isinstance(n, int))}")
    print(f"    memory: {_gb(before)} before, {largest / 1e9:.2f} GB at most, {_gb(after)} after")
    busy = (after.seconds - left.seconds) / WATCHED
    print(f"    {PATIENCE} s after they left: {busy:.0%} of a core, {after.processes} processes")


def _gb(state: Used) -> str:
    return f"{state.memory / 1e9:.2f} GB"


async def _stepped(spoken: Spoken, sockets: list[Any], seconds: int) -> list[float]:
    """Have each reader rest once a second; return how long the answers took, in ms."""
    messages = [notice(spoken, 1 + k % 6) for k in range(seconds)]
    begin = time.perf_counter() + 1
    readers = [
        reader(socket, messages, begin + k / len(sockets), 1) for k, socket in enumerate(sockets)
    ]
    return [ms for times in await asyncio.gather(*readers) for ms in times]


async def _ask(spoken: Spoken, socket: Any, links: Iterator[tuple[str, str]]) -> int:
    """Open one link after another until it is enough; return how many were answered."""
    answered = 0
    with suppress(asyncio.CancelledError):
        for page, query in links:
            await socket.send(opening(spoken, page, query))
            await finished(socket)
            answered += 1
    return answered


def opening(spoken: Spoken, page: str, query: str) -> bytes:
    """Return the message with which a browser opens a link."""
    message = type(spoken.first)()
    message.CopyFrom(spoken.first)
    message.rerun_script.query_string = query
    message.rerun_script.page_script_hash = ""
    message.rerun_script.page_name = page
    return bytes(message.SerializeToString())


async def _largest(server: Any) -> int:
    """Return the most memory that the server's processes had together, until it is enough."""
    most = 0
    with suppress(asyncio.CancelledError):
        while True:
            most = max(most, (await asyncio.to_thread(used, server.process.pid)).memory)
            await asyncio.sleep(0.5)
    return most
