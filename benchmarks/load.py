"""A class of a hundred: raw websocket clients that speak Streamlit's protocol.

One real browser shows what the server is asked; that is what every client asks from then on. Each
student steps once a second, for which a browser sends nothing, whether the details are out of sight
or the arithmetic is in sight, and draws a new sequence every twenty seconds. Then all have a tab in
sight that the server fills, the values: a notice a second each. An answer is measured from when it
was due, not from when it was asked for, to the end of the last script run that it caused. Server
and clients each have a core of their own where the machine has two.
"""

from __future__ import annotations

import asyncio
import json
import os
import time
from dataclasses import dataclass
from typing import Any

from app.words import common as words

from .client import Client, opened
from .measure import asked, machine, spread
from .overheard import reruns
from .visit import app, browser, cpu_seconds, rest

SESSIONS = 100
SECONDS = 40
DRAW_EVERY = 20  # seconds from one new sequence to the next of a session
STEPS = 5  # that the browser makes
ANSWER = 10.0  # seconds after which an answer counts as none


@dataclass
class Spoken:
    """What a browser said: what opens a session, draws a new sequence, says where it rests."""

    first: Any = None
    draw: Any = None
    notice: Any = None
    unseen: int = 0  # messages for STEPS steps with the details out of sight
    seen: int = 0  # and with the arithmetic in sight


def main() -> None:
    """Print how long the server takes to answer a class, and what it costs it."""
    sessions = asked(2, "sessions", SESSIONS)
    print(f"{sessions} sessions; {machine()}\n")
    with app() as server:
        spoken = overhear(server.url)
        print(f"  messages for {STEPS} steps with the details out of sight: {spoken.unseen}")
        print(f"  and with the arithmetic in sight: {spoken.seen}")
        pin(server.process.pid, first=True)
        pin(0, first=False)
        asyncio.run(_both(server, spoken, sessions))


async def _both(server: Any, spoken: Spoken, sessions: int) -> None:
    """Print both measurements, of the same sessions."""
    clients = [await opened(server.url, spoken.first) for _ in range(sessions)]
    drawn = [bytes(spoken.draw.SerializeToString())] * (SECONDS // DRAW_EVERY)
    await _report("new sequences", server, clients, drawn, DRAW_EVERY)
    for client in clients:
        await client.say(in_sight(spoken))
    notices = [notice(spoken, 1 + k % 6) for k in range(SECONDS)]
    await _report("notices", server, clients, notices, 1)
    for client in clients:
        await client.close()


async def _report(
    what: str, server: Any, clients: list[Client], messages: list[bytes], every: int
) -> None:
    """Have each session send these messages, one `every` so many seconds, and print the answers."""
    cpu, clock = cpu_seconds(server), time.perf_counter()
    first = [clock + 1 + every * k / len(clients) for k in range(len(clients))]
    asking = [
        reader(client, messages, begin, every) for client, begin in zip(clients, first, strict=True)
    ]
    answered = [ms for times in await asyncio.gather(*asking) for ms in times]
    busy = (cpu_seconds(server) - cpu) / (time.perf_counter() - clock)
    unanswered = len(clients) * len(messages) - len(answered)
    print(f"  {what}: answered in {spread(answered)}; unanswered {unanswered}")
    each = 1000 * (cpu_seconds(server) - cpu) / max(1, len(answered))
    print(f"    server: {each:.1f} ms of processor time each, {busy:.0%} of its core")


def pin(pid: int, *, first: bool) -> None:
    """Give a process the first core, or all the others."""
    if hasattr(os, "sched_setaffinity"):
        cores = sorted(os.sched_getaffinity(pid))
        os.sched_setaffinity(pid, cores[:1] if first else cores[1:] or cores)


def overhear(url: str) -> Spoken:
    """Let a browser open the app, step, draw and step in sight; return what it told the server."""
    said: list[Any] = []

    def listen(socket: Any) -> None:
        socket.on("framesent", lambda data: said.append(data))  # noqa: PLW0108 (Playwright marks it)

    with browser() as chromium:
        page = chromium.new_page(viewport={"width": 1280, "height": 900})
        page.on("websocket", listen)
        page.goto(url)
        page.get_by_role("tab").first.wait_for()
        rest(page, 2000)
        first = reruns(said)[0]
        said.clear()
        page.locator("[data-timestep]").first.focus()
        _step(page, STEPS)
        unseen = len(reruns(said))
        page.get_by_role("button", name=words.NEW).click()
        rest(page, 2000)
        draw = _without_picker(_last(page, said))
        page.get_by_role("tablist").first.evaluate("tabs => tabs.scrollIntoView()")
        rest(page, 600)
        said.clear()
        page.locator("[data-timestep]").first.focus()
        _step(page, STEPS)
        seen = len(reruns(said))
        page.get_by_role("tab", name=words.TABS["values"]).click()
        rest(page, 2000)
        said.clear()
        page.locator("[data-timestep]").first.focus()
        _step(page, 1)
        notice = _last(page, said)
        return Spoken(first=first, draw=draw, notice=notice, unseen=unseen, seen=seen)


def _last(page: Any, said: list[Any]) -> Any:
    """Return what the reader last asked for; SystemExit where the browser says nothing of it."""
    for _ in range(50):
        if asking := reruns(said):
            return asking[-1]
        rest(page, 200)
    raise SystemExit("the browser told the server nothing in 10 s: try again on a quieter machine")


def _step(page: Any, times: int) -> None:
    for _ in range(times):
        page.keyboard.press("ArrowRight")
        rest(page, 600)


def _widgets(message: Any) -> Any:
    return message.rerun_script.widget_states.widgets


def _without_picker(message: Any) -> Any:
    """Return a message without what the list of sequences shows, which was drawn since."""
    states = _widgets(message)
    for k in reversed([k for k, widget in enumerate(states) if "-sequence-" in widget.id]):
        del states[k]
    return message


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


def in_sight(spoken: Spoken) -> bytes:
    """Return the message that shows the whole page, with that tab in sight which the notice is of.

    A notice asks for that tab alone, which a session has only once it has shown it.
    """
    message = type(spoken.notice)()
    message.CopyFrom(spoken.notice)
    message.rerun_script.fragment_id = ""
    return bytes(message.SerializeToString())


async def readers(url: str, spoken: Spoken, sessions: int) -> list[Client]:
    """Open sessions, one after the other, each with the tab of the notice in sight."""
    clients = [await opened(url, spoken.first) for _ in range(sessions)]
    for client in clients:
        await client.say(in_sight(spoken))
    return clients


async def reader(client: Client, messages: list[bytes], start: float, every: float) -> list[float]:
    """One reader: a message every so many seconds, whatever the last one took.

    Return how long those took that were answered, in ms; who is silent twice is asked no more.
    """
    times: list[float] = []
    silent = 0
    for k, message in enumerate(messages):
        due = start + every * k
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        try:
            await client.say(message, ANSWER)
        except TimeoutError:
            silent += 1
            if silent == 2:
                break
            continue
        times.append((time.perf_counter() - due) * 1000)
    return times
