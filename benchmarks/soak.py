"""A thousand sessions through nginx before two processes, and then visits that come and go.

    sessions    all are opened and stay; each draws a new sequence, and rests at another timestep
    visits      one after another opens Explore, steps, draws, opens Memory, Sequences, Train, goes

What is held is memory after the first tenth and at the end, and what the logs say went wrong.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import nginx
from .hostile import opening
from .load import Spoken, finished, notice, opened, overhear
from .measure import asked, machine, spread
from .process_tree import used
from .server import Server
from .visit import app

SESSIONS = 1000
TOGETHER = 20  # that speak at the same moment
PAGES = (("memory", "demo=reber"), ("sequences", ""), ("train", "task=adding"), ("model", ""))


@dataclass(frozen=True)
class Instance:
    """What answers, and the processes behind it."""

    url: str
    processes: tuple[Server, ...]

    def memory(self) -> str:
        """Return what each process has, with all that it began."""
        return ", ".join(f"{used(p.process.pid).memory / 1e6:,.0f} MB" for p in self.processes)

    def faults(self) -> int:
        """Return how many errors the processes wrote into their logs."""
        return sum(p.said().count("Traceback") for p in self.processes)


@contextmanager
def instance() -> Iterator[Instance]:
    """Run two processes of the app behind nginx, with one folder."""
    if nginx.provided() is None:
        raise SystemExit("nginx is not installed: install it, or run as root on Debian")
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        shared = nginx.shared(folder / "kept")
        processes = tuple(stack.enter_context(app(environment=shared)) for _ in range(2))
        ports = [int(process.url.rpartition(":")[2]) for process in processes]
        front = stack.enter_context(nginx.before(ports, folder, folder / "nginx.log"))
        yield Instance(url=front.url, processes=processes)


def main() -> None:
    """Print how long answers take, how memory goes, and what went wrong."""
    sessions = asked(2, "sessions", SESSIONS)
    print(f"{sessions} sessions, then {sessions} visits; {machine()}\n")
    with instance() as answering:
        spoken = overhear(answering.url)
        print(f"  at the start: {answering.memory()}")
        asyncio.run(_sessions(answering, spoken, sessions))
        asyncio.run(_visits(answering, spoken, sessions))
        processes = sum(used(p.process.pid).processes for p in answering.processes)
        print(f"  errors in the logs: {answering.faults()}; processes left: {processes}")


async def _sessions(answering: Instance, spoken: Spoken, count: int) -> None:
    """Open all sessions, have each draw and rest, and let them go."""
    sockets: list[Any] = []
    begun = time.perf_counter()
    for _ in range(0, count, TOGETHER):
        some = [opened(answering, spoken, 1) for _ in range(min(TOGETHER, count - len(sockets)))]
        sockets += [socket for (socket,) in await asyncio.gather(*some)]
    took = time.perf_counter() - begun
    print(f"  {len(sockets)} are open after {took:.0f} s: {answering.memory()}")
    draw = bytes(spoken.draw.SerializeToString())
    for what, message in (("a new sequence", draw), ("a rest", notice(spoken, 3))):
        times = await _all(sockets, message)
        print(f"  {what} each, {TOGETHER} at a time: {spread(times)}")
    print(f"  then: {answering.memory()}")
    for socket in sockets:
        await socket.close()


async def _all(sockets: list[Any], message: bytes) -> list[float]:
    """Have every session say something, some at a time; return what each waited, in ms."""
    free = asyncio.Semaphore(TOGETHER)

    async def one(socket: Any) -> float:
        async with free:
            begun = time.perf_counter()
            await socket.send(message)
            await asyncio.wait_for(finished(socket), 60)
            return (time.perf_counter() - begun) * 1000

    return list(await asyncio.gather(*map(one, sockets)))


async def _visits(answering: Instance, spoken: Spoken, count: int) -> None:
    """Have visits come and go, some at a time, and print the memory at every fifth of them."""
    free, done = asyncio.Semaphore(TOGETHER), 0

    async def one() -> None:
        nonlocal done
        async with free:
            await _visit(answering, spoken)
            done += 1
            if done in (count // 10, *(count * k // 5 for k in range(1, 6))):
                print(f"  after {done} visits: {answering.memory()}", flush=True)

    await asyncio.gather(*(one() for _ in range(count)))


async def _visit(answering: Instance, spoken: Spoken) -> None:
    """One reader: come, rest, draw, look at other pages, go."""
    (socket,) = await opened(answering, spoken, 1)
    said = [notice(spoken, 2), bytes(spoken.draw.SerializeToString()), notice(spoken, 4)]
    for message in (*said, *(opening(spoken, page, query) for page, query in PAGES)):
        await socket.send(message)
        await asyncio.wait_for(finished(socket), 120)
    await socket.close()
