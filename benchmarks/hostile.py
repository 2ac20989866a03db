"""Ten visitors who ask for the dearest that a page can be asked for, beside twenty who step.

Each of the twenty has a tab in sight that the server fills, and rests at another timestep every
second. They are timed alone first and then beside the ten, who open one dear link after another as
fast as they are answered, give large files, and press Train. Then the ten leave, and what still
runs ten seconds later is measured.
"""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import time
from collections.abc import Iterator
from itertools import cycle, islice
from typing import Any

from . import overheard
from .client import Client, connected, opening
from .measure import asked, machine, spread
from .overheard import Act
from .process_tree import Used, used
from .readers import Spoken, notice, overhear, readers, reading
from .visit import app, browser

READERS = 20
VISITORS = 10
SECONDS = 60
PATIENCE = 10  # seconds after which nothing of them may run
WATCHED = 5  # seconds for which it is watched afterwards
ANSWER = 120.0  # seconds that a visitor waits for one answer

LONG = "BTBPVVEPE" * 55
LINKS = (
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
NUMBERS = b"\n".join(
    b",".join(b"%d.%03d" % (k % 97, k % 991) for k in range(40)) for _ in range(40_000)
)
FILES = {
    "numbers.csv": NUMBERS,  # 10 MB
    "letters.txt": b"BTBTXSETE\n" * 500_000,
    "one_line.txt": b"BTXSE" * 1_000_000,
    "deep.json": b"[" * 2_000_000,
}


def main() -> None:
    """Print how long who steps waits for the server, without and with the dear visitors."""
    seconds = asked(2, "seconds", SECONDS)
    print(f"{READERS} readers, {VISITORS} visitors, {seconds} s each; {machine()}\n")
    with app() as server:
        spoken, dear = overhear(server.url), dearest(server.url)
        asyncio.run(_measured(server, spoken, dear, seconds))
        print(f"  tracebacks in the log: {server.said().count('Traceback')}")


def dearest(url: str) -> list[Act]:
    """Return what the visitors do, each in a session of its own."""
    with browser() as chromium:
        given = [overheard.uploading(chromium, url, name, data) for name, data in FILES.items()]
        trained = [overheard.training(chromium, url, "task=adding&units=64&updates=10000")]
    links = [Act(page=page, query=query) for page, query in LINKS]
    return [act for k in range(len(links)) for act in (links[k], (given + trained)[k % 5])]


async def _measured(server: Any, spoken: Spoken, dear: list[Act], seconds: int) -> None:
    twenty = await readers(server.url, spoken, READERS)
    before = used(server.process.pid)
    print(f"  alone: {spread(await _stepped(spoken, twenty, seconds))}")
    visitors = Visitors(server.url, spoken, dear)
    watching = asyncio.create_task(_largest(server))
    print(f"  beside them: {spread(await _stepped(spoken, twenty, seconds))}")
    outcome = visitors.leave()
    watching.cancel()
    largest = await watching
    await asyncio.sleep(PATIENCE)
    left = used(server.process.pid)
    await asyncio.sleep(WATCHED)
    after = used(server.process.pid)
    for client in twenty:
        await client.close()
    print(f"    of the visitors: {outcome}")
    print(f"    memory: {_gb(before)} before, {largest / 1e9:.2f} GB at most, {_gb(after)} after")
    busy = (after.seconds - left.seconds) / WATCHED
    print(f"    {PATIENCE} s after they left: {busy:.0%} of a core, {after.processes} processes")


def _gb(state: Used) -> str:
    return f"{state.memory / 1e9:.2f} GB"


async def _stepped(spoken: Spoken, clients: list[Client], seconds: int) -> list[float]:
    """Have each reader rest once a second; return how long the answers took, in ms."""
    begin = time.perf_counter() + 1
    resting = []
    for k, client in enumerate(clients):
        messages = [notice(spoken, 1 + second % 6, k) for second in range(seconds)]
        resting.append(reading(client, messages, begin + k / len(clients), 1))
    return [ms for times in await asyncio.gather(*resting) for ms in times]


class Visitors:
    """The visitors, in a process of their own, from the first one's begin until they leave."""

    def __init__(self, url: str, spoken: Spoken, dear: list[Act]):
        """Begin."""
        apart = multiprocessing.get_context("spawn")
        self._counts = apart.Array("i", 2)  # answered, not answered
        here = apart.Event()
        asked = (url, spoken, dear, self._counts, here)
        self._process = apart.Process(target=_visit, args=asked, daemon=True)
        self._process.start()
        if not here.wait(ANSWER):
            raise SystemExit("the visitors did not begin")

    def leave(self) -> str:
        """End all of them at once; return how many were answered, and how many not."""
        self._process.terminate()
        self._process.join()
        return f"{self._counts[0]} answered, {self._counts[1]} not"


def _visit(url: str, spoken: Spoken, dear: list[Act], counts: Any, here: Any) -> None:
    async def visit() -> None:
        here.set()
        acts = (islice(cycle(dear), k, None) for k in range(VISITORS))
        await asyncio.gather(*(_ask(url, spoken, act, counts) for act in acts))

    asyncio.run(visit())


async def _ask(url: str, spoken: Spoken, acts: Iterator[Act], counts: Any) -> None:
    """Do one dear thing after another until it is enough, each in a session of its own."""
    for act in acts:
        client = await connected(url)
        try:
            async with asyncio.timeout(ANSWER):
                await client.say(opening(spoken.first, act.page, act.query), ANSWER)
                for message in act.said:
                    await client.do(message, act.files)
            counts[0] += 1
        except (TimeoutError, OSError):
            counts[1] += 1
        finally:
            await client.close()


async def _largest(server: Any) -> int:
    """Return the most memory that the server's processes had together, until it is enough."""
    most = 0
    with contextlib.suppress(asyncio.CancelledError):
        while True:
            most = max(most, (await asyncio.to_thread(used, server.process.pid)).memory)
            await asyncio.sleep(0.5)
    return most
