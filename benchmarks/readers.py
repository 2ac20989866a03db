"""Readers without a browser, who say what one real browser was overheard to say.

A reader opens a page, draws new sequences, and rests with a tab in sight. Most tabs follow in the
browser, so that a rest is no message; of those that the server fills each reader has one in sight,
taken in turn.
"""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import Any

from app.words import common as words

from .client import Client, opened
from .overheard import reruns
from .visit import browser, rest

FOLLOWING = ("arithmetic", "prediction", "values")  # tabs that follow in the browser
FILLED = ("why", "what_if", "pair")  # tabs that the server fills at each rest
STEPS = 5  # that the browser makes
ANSWER = 10.0  # seconds after which an answer counts as none


@dataclass
class Spoken:
    """What a browser said: what opens a session, draws a new sequence, says where it rests.

    `notices` are of the tabs FILLED. `unasked` are the messages for STEPS steps, with the details
    out of sight ("") and with each of the tabs FOLLOWING in sight.
    """

    first: Any = None
    draw: Any = None
    notices: dict[str, Any] = field(default_factory=dict)
    unasked: dict[str, int] = field(default_factory=dict)


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
        spoken = Spoken(first=reruns(said)[0])
        spoken.unasked[""] = _stepped(page, said, STEPS)
        page.get_by_role("button", name=words.NEW).click()
        rest(page, 2000)
        spoken.draw = _without_picker(_last(page, said))
        page.get_by_role("tablist").first.evaluate("tabs => tabs.scrollIntoView()")
        for tab in FOLLOWING:
            _open_tab(page, tab)
            spoken.unasked[tab] = _stepped(page, said, STEPS)
        for tab in FILLED:
            _open_tab(page, tab)
            _stepped(page, said, 1)
            spoken.notices[tab] = _last(page, said)
        return spoken


def _open_tab(page: Any, tab: str) -> None:
    page.get_by_role("tab", name=words.TABS[tab], exact=True).click()
    rest(page, 2000)


def _stepped(page: Any, said: list[Any], times: int) -> int:
    """Step there and back from the first timestep; return how many messages that was."""
    page.locator("[data-timestep]").first.focus()
    page.keyboard.press("Home")  # at the last one a step to the right is none
    rest(page, 2000)
    said.clear()
    for k in range(times):
        page.keyboard.press("ArrowLeft" if k % 2 else "ArrowRight")
        rest(page, 600)
    return len(reruns(said))


def _last(page: Any, said: list[Any]) -> Any:
    """Return what the reader last asked for; SystemExit where the browser says nothing of it."""
    for _ in range(50):
        if asking := reruns(said):
            return asking[-1]
        rest(page, 200)
    raise SystemExit("the browser told the server nothing in 10 s: try again on a quieter machine")


def _widgets(message: Any) -> Any:
    return message.rerun_script.widget_states.widgets


def _without_picker(message: Any) -> Any:
    """Return a message without what the list of sequences shows, which was drawn since."""
    states = _widgets(message)
    for k in reversed([k for k, widget in enumerate(states) if "-sequence-" in widget.id]):
        del states[k]
    return message


def tab_of(reader: int) -> str:
    """Return which tab a reader has in sight."""
    return FILLED[reader % len(FILLED)]


def notice(spoken: Spoken, t: int, reader: int = 0) -> bytes:
    """Return the notice that a reader rests at timestep t."""
    message = _copied(spoken.notices[tab_of(reader)])
    for widget in _widgets(message):
        if "report" in widget.json_value:
            state = json.loads(widget.json_value)
            state["report"] |= {"t": t, "moment": time.time_ns()}
            widget.json_value = json.dumps(state)
    return bytes(message.SerializeToString())


def in_sight(spoken: Spoken, reader: int = 0) -> bytes:
    """Return the message that shows the whole page, with that tab in sight which the reader has.

    A notice asks for that tab alone, which a session has only once it has shown it.
    """
    message = _copied(spoken.notices[tab_of(reader)])
    message.rerun_script.fragment_id = ""
    return bytes(message.SerializeToString())


def _copied(message: Any) -> Any:
    copy = type(message)()
    copy.CopyFrom(message)
    return copy


async def readers(url: str, spoken: Spoken, sessions: int) -> list[Client]:
    """Open sessions, one after the other, each with its tab in sight."""
    clients = [await opened(url, spoken.first) for _ in range(sessions)]
    for k, client in enumerate(clients):
        await client.say(in_sight(spoken, k))
    return clients


async def reading(client: Client, messages: list[bytes], start: float, every: float) -> list[float]:
    """Have a reader say a message every so many seconds, whatever the last one took.

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
