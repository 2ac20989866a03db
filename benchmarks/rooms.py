"""A class that follows its teacher: one connection each, and five steps a second of the teacher's.

A step is measured from when the teacher's browser says it to when a student's hears it, on one core
for the clients and one for the server where the machine has two.
"""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any

from .load import pin
from .measure import asked, machine, spread
from .visit import app, cpu_seconds

STUDENTS = 100
STEPS, EVERY = 50, 0.2  # steps, and seconds from one to the next
REST = 10.0  # seconds in which nobody does anything


def main() -> None:
    """Print how long a step takes to reach a class, and what that costs the server."""
    students = asked(2, "students", STUDENTS)
    print(f"{students} students; {machine()}\n")
    with app() as server:
        pin(server.process.pid, 0, 1)
        pin(0, 1)
        asyncio.run(_lesson(server, students))


async def _lesson(server: Any, students: int) -> None:
    """Print what a room costs at rest, and while its teacher steps."""
    said: dict[str, float] = {}  # when each step was said, by its parameters
    heard: list[float] = []
    room = [await _met(server.url, follow="lstm-7b") for _ in range(students)]
    listening = [asyncio.create_task(_listen(socket, said, heard)) for socket in room]
    teacher = await _met(server.url, lead="lstm-7b", key="0" * 32)
    await asyncio.sleep(2)
    before = cpu_seconds(server)
    await asyncio.sleep(REST)
    print(f"  at rest: {(cpu_seconds(server) - before) / REST:.1%} of a core")
    before, clock = cpu_seconds(server), time.perf_counter()
    for t in range(STEPS):
        query = f"demo=reber&t={t}"
        said[query] = time.perf_counter()
        await teacher.send(json.dumps({"look": ["", query]}))
        await asyncio.sleep(EVERY)
    used, took = cpu_seconds(server) - before, time.perf_counter() - clock
    await teacher.send(json.dumps({"close": True}))
    await asyncio.gather(*listening)
    await teacher.close()
    unheard = STEPS * students - len(heard)
    print(f"  a step is heard in {spread(heard)}; unheard {unheard}")
    print(f"    server: {1000 * used / STEPS:.1f} ms a step, {used / took:.1%} of a core")


async def _met(url: str, **said: str) -> Any:
    """A connection to a room, which has said who comes."""
    from websockets.asyncio.client import connect
    from websockets.typing import Origin

    socket = await connect(url.replace("http", "ws") + "/room", origin=Origin(url))
    await socket.send(json.dumps(said))
    return socket


async def _listen(socket: Any, said: dict[str, float], heard: list[float]) -> None:
    """Note when each step is heard, in milliseconds since it was said, until the room is closed."""
    async for text in socket:
        look = json.loads(text).get("look")
        if look and look[1] in said:
            heard.append(1000 * (time.perf_counter() - said[look[1]]))
    await socket.close()
