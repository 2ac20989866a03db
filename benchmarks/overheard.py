"""What a browser does once, overheard, so that many clients can do it again.

Each act begins at an address, in a session of its own. The session's widgets have the same names
wherever the same is shown, so that another session understands the messages, too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.words import common as words
from app.words import sequences as sequences_words
from app.words import train as train_words

from .client import Client, opening
from .visit import browser, rest

SMALL = b"BTBTXSETE\nBPVPXVPSE\n"
PATTERN = "TX"


@dataclass(frozen=True)
class Act:
    """What is said on a page that an address opened, and the files that go along."""

    page: str
    query: str
    said: tuple[Any, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)

    async def do(self, client: Client, first: Any) -> list[float]:
        """Do it in a session; return how long each answer took, in ms."""
        times = [await client.say(opening(first, self.page, self.query))]
        times += [await client.do(message, self.files) for message in self.said]
        return times


def reruns(said: list[Any]) -> list[Any]:
    """Return the messages that ask for a run of the script because of what a reader did."""
    from streamlit.proto.BackMsg_pb2 import BackMsg

    messages = [BackMsg.FromString(data) for data in said if isinstance(data, bytes)]
    return [
        message
        for message in messages
        if message.WhichOneof("type") == "rerun_script" and not message.rerun_script.is_auto_rerun
    ]


def acts(url: str) -> dict[str, Act]:
    """Return what a browser did at each of these pages: give a file, train, search."""
    with browser() as chromium:
        return {
            "give a file": uploading(chromium, url, "mine.txt", SMALL),
            "train": training(chromium, url, "task=temporal_order_6a&updates=2000"),
            "search": _act(chromium, url, "sequences", "demo=reber&corpus=fresh.300", _search),
        }


def uploading(chromium: Any, url: str, name: str, content: bytes) -> Act:
    """Return the act of giving a file to a demo."""
    file = {"name": name, "mimeType": "text/plain", "buffer": content}

    def give(page: Any) -> None:
        page.get_by_role("button", name=words.UPLOAD, exact=False).first.click()
        page.locator('input[type="file"]').first.set_input_files(file)

    act = _act(chromium, url, "", "demo=reber", give)
    return Act(page=act.page, query=act.query, said=act.said, files={name: content})


def training(chromium: Any, url: str, query: str) -> Act:
    """Return the act of training a network."""
    return _act(chromium, url, "train", query, _train)


def _train(page: Any) -> None:
    page.get_by_role("button", name=train_words.TRAIN, exact=True).first.click()


def _search(page: Any) -> None:
    page.get_by_role("button", name=sequences_words.SURVEY, exact=True).first.click()
    pattern = page.locator(".st-key-text-pattern input").first
    pattern.wait_for(timeout=60_000)
    rest(page, 2000)
    pattern.fill(PATTERN)
    pattern.press("Enter")


def _act(chromium: Any, url: str, page: str, query: str, what: Callable[[Any], None]) -> Act:
    """Return an act that a browser does now."""
    said: list[Any] = []
    tab = chromium.new_page(viewport={"width": 1280, "height": 900})
    tab.on("websocket", lambda socket: socket.on("framesent", lambda data: said.append(data)))  # noqa: PLW0108 (Playwright marks it)
    tab.goto(f"{url}/{page}?{query}")
    tab.locator('[data-test-script-state="notRunning"]').wait_for(timeout=60_000)
    rest(tab, 3000)
    said.clear()
    what(tab)
    rest(tab, 3000)
    done = Act(page=page, query=query, said=tuple(reruns(said)))
    tab.context.close()
    return done
