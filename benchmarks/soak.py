"""A thousand sessions through nginx before two processes, and then visits that come and go.

    sessions    all are opened and stay; each draws a new sequence, and rests at another timestep
    visits      one after another opens Explore, draws, rests, looks at other pages, gives a file,
                trains, searches a survey, and goes

What is held is memory after the first tenth and at the end, and what the logs say went wrong.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import nginx, overheard
from .client import Client, opened, opening
from .measure import asked, machine, spread
from .overheard import Act
from .process_tree import used
from .readers import Spoken, in_sight, notice, overhear
from .server import Server
from .visit import app

SESSIONS = 1000
TOGETHER = 20  # that speak at the same moment
VISITING = 6  # visits at the same time
PAGES = (("memory", "demo=reber"), ("model", ""), ("learn", "lesson=0&step=3"))
SETTLED = 30  # seconds after the last visit, in which what it began may end


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
        shared = nginx.shared(folder / "kept") | {"GATESCOPE_CORPORA": str(folder / "corpora")}
        processes = tuple(stack.enter_context(app(environment=shared)) for _ in range(2))
        ports = [int(process.url.rpartition(":")[2]) for process in processes]
        front = stack.enter_context(nginx.before(ports, folder, folder / "nginx.log"))
        yield Instance(url=front.url, processes=processes)


def main() -> None:
    """Print how long answers take, how memory goes, and what went wrong."""
    sessions = asked(2, "sessions", SESSIONS)
    visits = asked(3, "visits", sessions)
    print(f"{sessions} sessions, then {visits} visits; {machine()}\n")
    with instance() as answering:
        spoken, acts = overhear(answering.url), overheard.acts(answering.url)
        for name, act in acts.items():
            print(f"  overheard: to {name} is {len(act.said)} messages")
        print(f"  at the start: {answering.memory()}")
        asyncio.run(_both(answering, spoken, acts, sessions, visits))
        processes = sum(used(p.process.pid).processes for p in answering.processes)
        print(f"  {SETTLED} s later: {answering.memory()}; processes left: {processes}")
        print(f"  errors in the logs: {answering.faults()}")


async def _both(
    answering: Instance, spoken: Spoken, acts: dict[str, Act], sessions: int, visits: int
) -> None:
    await _sessions(answering, spoken, sessions)
    await _visits(answering, spoken, acts, visits)
    await asyncio.sleep(SETTLED)


async def _sessions(answering: Instance, spoken: Spoken, count: int) -> None:
    """Open all sessions, have each draw and rest, and let them go."""
    clients: list[Client] = []
    begun = time.perf_counter()
    while len(clients) < count:
        some = min(TOGETHER, count - len(clients))
        coming = [opened(answering.url, spoken.first) for _ in range(some)]
        clients += await asyncio.gather(*coming)
    took = time.perf_counter() - begun
    print(f"  {len(clients)} are open after {took:.0f} s: {answering.memory()}")
    draw = bytes(spoken.draw.SerializeToString())
    said = {
        "a new sequence": draw,
        "a tab that the server fills": in_sight(spoken),
        "a rest": notice(spoken, 3),
    }
    for what, message in said.items():
        times = await _all(clients, message)
        print(f"  {what} each, {TOGETHER} at a time: {spread(times)}")
        print(f"    unanswered {len(clients) - len(times)}; {answering.memory()}")
    for client in clients:
        await client.close()
    faults = sum(client.faults for client in clients)
    print(f"  exceptions that a page showed: {faults}")


async def _all(clients: list[Client], message: bytes) -> list[float]:
    """Have every session say something, some at a time; return what those answered took, in ms."""
    free = asyncio.Semaphore(TOGETHER)

    async def one(client: Client) -> float | None:
        async with free:
            try:
                return await client.say(message)
            except TimeoutError:
                return None

    return [ms for ms in await asyncio.gather(*map(one, clients)) if ms is not None]


async def _visits(answering: Instance, spoken: Spoken, acts: dict[str, Act], count: int) -> None:
    """Have visits come and go, some at a time, and print the memory at every fifth of them."""
    free, done = asyncio.Semaphore(VISITING), 0
    outcome: Counter[str] = Counter()

    async def one() -> None:
        nonlocal done
        async with free:
            await _visit(answering, spoken, acts, outcome)
            done += 1
            if done in (count // 10, *(count * k // 5 for k in range(1, 6))):
                print(f"  after {done} visits: {answering.memory()}", flush=True)

    await asyncio.gather(*(one() for _ in range(count)))
    print(f"  of the visits: {', '.join(f'{n} {what}' for what, n in outcome.items())}")


async def _visit(
    answering: Instance, spoken: Spoken, acts: dict[str, Act], outcome: Counter[str]
) -> None:
    """One reader: come, draw, rest, look at other pages, do all that was overheard, go."""
    client = await opened(answering.url, spoken.first)
    said = [bytes(spoken.draw.SerializeToString()), in_sight(spoken), notice(spoken, 2)]
    said += [opening(spoken.first, page, query) for page, query in PAGES]
    doing: dict[str, Any] = {"step": None, **acts}
    for name, act in doing.items():
        try:
            for message in said if act is None else ():
                await client.say(message)
            if act is not None:
                await act.do(client, spoken.first)
            outcome[name] += 1
        except TimeoutError:
            outcome[f"did not {name}"] += 1
    outcome["exceptions shown"] += client.faults
    await client.close()
