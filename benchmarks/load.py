"""A class of a hundred: raw websocket clients that speak Streamlit's protocol.

    python -m benchmarks load 100 2     sessions, processes of the app

One real browser shows what the server is asked; that is what every client asks from then on. Each
student steps once a second, for which a browser sends nothing, whether the details are out of sight
or a tab is in sight that follows in the browser, and draws a new sequence every twenty seconds.
Then each has one of the tabs in sight that the server fills, in turn: a notice a second each. An
answer is measured from when it was due, not from when it was asked for, to the end of the last
script run that it caused. Each process of the app has a core of its own where the machine has so
many, and the clients have those that are left, or all where none is. Sessions go to the processes
in turn.
"""

from __future__ import annotations

import asyncio
import os
import time
from contextlib import ExitStack

from .client import Client, opened
from .measure import asked, machine, spread
from .readers import STEPS, Spoken, in_sight, notice, overhear, reading, tab_of
from .server import Server
from .visit import app, cpu_seconds

SESSIONS = 100
SECONDS = 40
DRAW_EVERY = 20  # seconds from one new sequence to the next of a session


def main() -> None:
    """Print how long the server takes to answer a class, and what it costs it."""
    sessions, processes = asked(2, "sessions", SESSIONS), asked(3, "processes", 1)
    print(f"{sessions} sessions on {processes} processes; {machine()}\n")
    with ExitStack() as stack:
        servers = [stack.enter_context(app()) for _ in range(processes)]
        spoken = overhear(servers[0].url)
        for tab, messages in spoken.unasked.items():
            where = f"with {tab} in sight" if tab else "with the details out of sight"
            print(f"  messages for {STEPS} steps {where}: {messages}")
        for place, server in enumerate(servers):
            pin(server.process.pid, place, place + 1)
        pin(0, processes)
        asyncio.run(_both(servers, spoken, sessions))


async def _both(servers: list[Server], spoken: Spoken, sessions: int) -> None:
    """Print both measurements, of the same sessions."""
    urls = [servers[k % len(servers)].url for k in range(sessions)]
    clients = [await opened(url, spoken.first) for url in urls]
    drawn = [bytes(spoken.draw.SerializeToString())] * (SECONDS // DRAW_EVERY)
    await _report("new sequences", servers, clients, [drawn] * sessions, DRAW_EVERY)
    for k, client in enumerate(clients):
        await client.say(in_sight(spoken, k))
    notices = [
        [notice(spoken, 1 + second % 6, k) for second in range(SECONDS)] for k in range(sessions)
    ]
    answers = await _report("notices", servers, clients, notices, 1)
    for tab in dict.fromkeys(map(tab_of, range(sessions))):
        times = [ms for k, own in enumerate(answers) if tab_of(k) == tab for ms in own]
        print(f"    of {tab}: {spread(times) if times else 'none answered'}")
    for client in clients:
        await client.close()


async def _report(
    what: str,
    servers: list[Server],
    clients: list[Client],
    messages: list[list[bytes]],
    every: int,
) -> list[list[float]]:
    """Have each session send its messages, one `every` so many seconds, and print the answers.

    Return how long each session's took, in ms.
    """
    cpu, clock = _used(servers), time.perf_counter()
    first = [clock + 1 + every * k / len(clients) for k in range(len(clients))]
    asking = map(reading, clients, messages, first, [every] * len(clients))
    answers = list(await asyncio.gather(*asking))
    spent = [after - before for after, before in zip(_used(servers), cpu, strict=True)]
    seconds = time.perf_counter() - clock
    answered = [ms for own in answers for ms in own]
    unanswered = sum(map(len, messages)) - len(answered)
    print(f"  {what}: {spread(answered) if answered else 'none answered'}; unanswered {unanswered}")
    each = 1000 * sum(spent) / max(1, len(answered))
    busy = ", ".join(f"{one / seconds:.0%}" for one in spent)
    print(f"    server: {each:.1f} ms of processor time each, {busy} of its core")
    return answers


def _used(servers: list[Server]) -> list[float]:
    return list(map(cpu_seconds, servers))


def pin(pid: int, first: int, stop: int | None = None) -> None:
    """Give a process the cores first to stop - 1 of this machine, or all where there are none."""
    if hasattr(os, "sched_setaffinity"):
        cores = sorted(os.sched_getaffinity(pid))
        os.sched_setaffinity(pid, cores[first:stop] or cores)
