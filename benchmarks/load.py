"""A class of a hundred: raw websocket clients that speak Streamlit's protocol.

One real browser makes one step; what it sent is what every client sends from then on, once a
second, with its own timestep. The answer is measured from when the notice was due, not from
when it was sent, to the end of the last script run that it caused. Server and clients each
have a core of their own where the machine has two.
"""

from __future__ import annotations

import asyncio
import json
import os
import time
from dataclasses import dataclass
from typing import Any

from .measure import asked, machine, spread
from .visit import app, browser, cpu_seconds, rest

SESSIONS = 100
SECONDS = 20
EARLY_END = 2  # script_finished: this run gave way to another one


@dataclass
class Spoken:
    """What a browser said: the message that opens a session, and a notice of where it rests."""

    first: Any = None
    notice: Any = None


def main() -> None:
    """Print how long the server takes to answer, and what a notice costs it."""
    sessions = asked(2, "sessions", SESSIONS)
    print(f"{sessions} sessions, one notice a second each; {machine()}\n")
    with app() as server:
        spoken = overhear(server.url)
        _pin(server.process.pid, first=True)
        _pin(0, first=False)
        opened, answered, unanswered, busy = asyncio.run(_class(server, spoken, sessions))
        print(f"  sessions opened: {opened} of {sessions}")
        print(f"  answer to a notice: {spread(answered)}; unanswered {unanswered}")
        print(
            f"  server: {busy[0] / len(answered) * 1000:.1f} ms of processor time per notice, "
            f"{busy[0] / busy[1]:.0%} of its core"
        )


def _pin(pid: int, *, first: bool) -> None:
    """Give a process the first core, or all the others."""
    if hasattr(os, "sched_setaffinity"):
        cores = sorted(os.sched_getaffinity(pid))
        os.sched_setaffinity(pid, cores[:1] if first else cores[1:] or cores)


def overhear(url: str) -> Spoken:
    """Let a browser open the app and step once; return what it told the server."""
    from streamlit.proto.BackMsg_pb2 import BackMsg

    said: list[Any] = []

    def listen(socket: Any) -> None:
        socket.on("framesent", lambda data: said.append(data))  # noqa: PLW0108 (Playwright marks it)

    with browser() as chromium:
        page = chromium.new_page()
        page.on("websocket", listen)
        page.goto(url)
        page.locator("[data-timestep]").wait_for()
        rest(page, 2000)
        page.locator("[data-timestep]").first.focus()
        page.keyboard.press("ArrowRight")
        rest(page, 2000)
    messages = [BackMsg.FromString(data) for data in said if isinstance(data, bytes)]
    reruns = [message for message in messages if message.WhichOneof("type") == "rerun_script"]
    notices = [m for m in reruns if any("report" in w.json_value for w in _widgets(m))]
    return Spoken(first=reruns[0], notice=notices[-1])


def _widgets(message: Any) -> Any:
    return message.rerun_script.widget_states.widgets


def notice(spoken: Spoken, t: int) -> bytes:
    """Return the notice that the reader rests at timestep t."""
    message = type(spoken.notice)()
    message.CopyFrom(spoken.notice)
    for widget in _widgets(message):
        if "report" in widget.json_value:
            state = json.loads(widget.json_value)
            state["report"] |= {"t": t, "moment": time.time_ns()}
            widget.json_value = json.dumps(state)
    return bytes(message.SerializeToString())


async def _class(
    server: Any, spoken: Spoken, sessions: int
) -> tuple[int, list[float], int, tuple[float, float]]:
    """Open all sessions, let each step once a second; answers in ms, and the server's work."""
    from websockets.asyncio.client import connect
    from websockets.typing import Subprotocol

    url = server.url.replace("http", "ws") + "/_stcore/stream"
    sockets = []
    for _ in range(sessions):
        socket = await connect(
            url,
            subprotocols=[Subprotocol("streamlit")],
            origin=server.url,
            max_size=None,
            ping_interval=None,
        )
        await socket.send(spoken.first.SerializeToString())
        await _finished(socket)
        sockets.append(socket)
    cpu, clock = cpu_seconds(server), time.perf_counter()
    start = clock + 1
    readers = [_reader(s, spoken, start + k / sessions) for k, s in enumerate(sockets)]
    answers = await asyncio.gather(*readers)
    busy = cpu_seconds(server) - cpu, time.perf_counter() - clock
    for socket in sockets:
        await socket.close()
    times = [ms for answer in answers for ms in answer]
    return len(sockets), times, sessions * SECONDS - len(times), busy


async def _reader(socket: Any, spoken: Spoken, start: float) -> list[float]:
    """One reader: a notice every second, whatever the last one took."""
    times: list[float] = []
    for k in range(SECONDS):
        due = start + k
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        await socket.send(notice(spoken, 1 + k % 6))
        try:
            await asyncio.wait_for(_finished(socket), 10)
        except TimeoutError:
            continue
        times.append((time.perf_counter() - due) * 1000)
    return times


async def _finished(socket: Any) -> None:
    """Wait for the end of a script run that did not give way to another."""
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

    async for data in socket:
        message = ForwardMsg.FromString(data)
        if message.WhichOneof("type") == "script_finished" and message.script_finished != EARLY_END:
            return
