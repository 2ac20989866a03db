"""Messages of a run leave together and in order: soon, and at once where the run ends."""

from __future__ import annotations

import asyncio
import logging
import weakref
from collections.abc import Awaitable, Callable
from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import ScriptRunnerEvent
from streamlit.runtime.session_manager import SessionClientDisconnectedError

from app.server import bunches
from app.server.bunches import ATTRIBUTES, GATHERED, NAMES, Bunches, gather_messages

STARTED = ScriptRunnerEvent.SCRIPT_STARTED
SAID = ScriptRunnerEvent.ENQUEUE_FORWARD_MSG
ENDED = ScriptRunnerEvent.FRAGMENT_STOPPED_WITH_SUCCESS


class Session:
    """A session as far as its messages go: what a run says is queued, and Streamlit told of it."""

    id = "here"

    def __init__(self) -> None:
        self._event_loop = asyncio.get_running_loop()
        self._message_enqueued_callback: Any = lambda: self.told.append(len(self.sent))
        self.told: list[int] = []
        self.sent: list[str] = []
        self.calls = 0  # to the loop, from the script's thread
        self.gone: list[str] = []
        self.client: Any = SimpleNamespace(write_forward_msg=self.sent.append)
        self._queue: list[str] = []
        self.bunches = Bunches(self)

    def _call_soon_on_event_loop(self, callback: Callable[[], None]) -> None:
        self.calls += 1
        self._event_loop.call_soon_threadsafe(callback)

    def _handle_scriptrunner_event_on_event_loop(
        self, sender: object, event: ScriptRunnerEvent, forward_msg: str = ""
    ) -> None:
        assert sender == "runner"
        if forward_msg == "broken":
            raise ValueError(forward_msg)
        self._queue.append(forward_msg or event.name)
        if self._message_enqueued_callback:
            self._message_enqueued_callback()

    def flush_browser_queue(self) -> Any:
        waiting, self._queue = self._queue, []
        return self.bunches.unsent(waiting)  # type: ignore[arg-type]

    def says(self, *messages: str) -> None:
        for message in messages:
            self.bunches.hear("runner", SAID, forward_msg=message)

    def ends(self) -> None:
        self.bunches.hear("runner", ENDED)


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Callable[[], Session]:
    """Make a session whose client Streamlit's runtime knows."""

    def made() -> Session:
        here = Session()
        runtime = SimpleNamespace(
            get_client=lambda name: here.client if name == here.id else None,
            disconnect_session=lambda name, client: here.gone.append(name),
        )
        monkeypatch.setattr(bunches, "get_instance", lambda: runtime)
        return here

    return made


def run(story: Callable[[], Awaitable[None]]) -> None:
    async def told() -> None:
        await story()

    asyncio.run(told())


def test_an_answer_leaves_whole_and_in_order_when_its_run_ends(session):
    async def story() -> None:
        here = session()
        here.bunches.hear("runner", STARTED)
        here.says("a", "b", "c")
        here.ends()
        await asyncio.sleep(0)
        assert here.sent == ["SCRIPT_STARTED", "a", "b", "c", ENDED.name]
        assert here.calls == 2  # a call for all that is gathered, and one for the end
        assert here.told == [5]  # once, when all was sent
        await asyncio.sleep(2 * GATHERED)
        assert len(here.sent) == 5

    run(story)


def test_messages_wait_no_longer_than_a_moment_for_others(session):
    async def story() -> None:
        here = session()
        for k in range(3):
            here.says(f"first {k}", f"second {k}")
            await asyncio.sleep(0)
            assert len(here.sent) == 2 * k
            await asyncio.sleep(3 * GATHERED)
            assert here.sent[-2:] == [f"first {k}", f"second {k}"]
        assert here.calls == 3

    run(story)


def test_nothing_overtakes_what_streamlit_itself_is_sending(session):
    async def story() -> None:
        here = session()
        here._queue = ["first", "second", "third"]
        sending = here.flush_browser_queue()
        here.sent.append(next(sending))
        here.says("fourth")
        here.ends()
        await asyncio.sleep(0)
        here.sent += sending  # Streamlit goes on in its next round
        assert here.sent == ["first", "second", "third", "fourth", ENDED.name]

    run(story)


def test_an_event_that_fails_holds_up_no_other(session, caplog):
    async def story() -> None:
        here = session()
        here.says("before", "broken", "after")
        here.ends()
        await asyncio.sleep(3 * GATHERED)
        assert here.sent == ["before", "after", ENDED.name]

    with caplog.at_level(logging.ERROR, "asyncio"):
        run(story)
    assert "broken" in caplog.text


def test_messages_stay_for_a_reader_whose_connection_is_away(session):
    async def story() -> None:
        here = session()
        here.client = None
        here.says("kept")
        here.ends()
        await asyncio.sleep(0)
        assert here.told  # Streamlit is told, and sends them when the reader is there again
        assert list(here.flush_browser_queue()) == ["kept", ENDED.name]

    run(story)


def test_who_has_gone_is_let_go(session):
    def write(message: str) -> None:
        raise SessionClientDisconnectedError

    async def story() -> None:
        here = session()
        here.client = SimpleNamespace(write_forward_msg=write)
        here.says("lost")
        here.ends()
        await asyncio.sleep(0)
        assert here.gone == [here.id]

    run(story)


def test_streamlit_has_the_names_that_are_replaced():
    made = AppSession.__init__.__code__.co_names
    assert all(hasattr(AppSession, name) for name in NAMES)
    assert set(ATTRIBUTES) <= set(made)


def test_sessions_send_in_bunches_once_they_are_told_to(monkeypatch):
    for name in NAMES:
        monkeypatch.setattr(AppSession, name, getattr(AppSession, name))
    monkeypatch.setattr(AppSession, "__del__", lambda self: None)  # it was never whole
    monkeypatch.setattr(AppSession, "bunches", None, raising=False)
    monkeypatch.delattr(AppSession, "bunches")
    gather_messages()
    replaced = AppSession.flush_browser_queue
    gather_messages()
    assert AppSession.flush_browser_queue is replaced

    numbers = count()

    async def story() -> None:
        here: Any = AppSession.__new__(AppSession)
        here._event_loop = asyncio.get_running_loop()
        here._browser_queue = SimpleNamespace(flush=lambda: [next(numbers), next(numbers)])
        assert list(here.flush_browser_queue()) == [0, 1]
        here.flush_browser_queue()  # not sent: nothing is lost
        assert list(here.flush_browser_queue()) == [2, 3, 4, 5]
        known = weakref.ref(here)
        del here
        assert known() is None  # nothing keeps a session that has ended

    run(story)


@pytest.mark.parametrize("names", ["NAMES", "ATTRIBUTES"])
def test_another_streamlit_sends_as_it_does(monkeypatch, caplog, names):
    monkeypatch.setattr(bunches, names, ("_of_tomorrow",))
    monkeypatch.setattr(AppSession, "bunches", None, raising=False)
    monkeypatch.delattr(AppSession, "bunches")
    before = AppSession.flush_browser_queue
    with caplog.at_level(logging.WARNING, "gatescope"):
        gather_messages()
    assert AppSession.flush_browser_queue is before
    assert "not gathered" in caplog.text
