"""What a run of the script says to its browser goes to the network in bunches.

Streamlit hands each message to the event loop by itself, and sends one a round, session after
session. An answer to a step is some twenty messages: beside visitors who open pages, each of its
rounds waited for something of theirs, and the whole answer stood in line behind the sixty messages
of a page. So messages are gathered for a moment, or until the run ends, and then leave together.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Iterator
from typing import Any
from weakref import WeakKeyDictionary, ref

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import get_instance
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import ScriptRunnerEvent
from streamlit.runtime.session_manager import SessionClientDisconnectedError

GATHERED = 0.02  # seconds for which messages are gathered at most
PATIENT = (ScriptRunnerEvent.SCRIPT_STARTED, ScriptRunnerEvent.ENQUEUE_FORWARD_MSG)
"""Events that may wait for others. All others end a run, and wait for nothing."""
NAMES = (
    "_on_scriptrunner_event",
    "_handle_scriptrunner_event_on_event_loop",
    "_call_soon_on_event_loop",
    "flush_browser_queue",
)
ATTRIBUTES = ("_event_loop", "_message_enqueued_callback")
"""Streamlit's own names of what is replaced, called and set, all of an AppSession."""

log = logging.getLogger("gatescope")


class Bunches:
    """What the runs of one session say, on its way from the script's thread to the network."""

    def __init__(self, session: Any):
        """Begin with nothing, for an AppSession, which is not kept alive."""
        self._session = ref(session)
        self._loop: asyncio.AbstractEventLoop = session._event_loop
        self._events: deque[tuple[tuple[Any, ...], dict[str, Any]]] = deque()
        self._unsent: deque[ForwardMsg] = deque()
        self._due = False  # whether the loop will look after GATHERED seconds

    def hear(self, sender: Any, event: ScriptRunnerEvent, *given: Any, **named: Any) -> None:
        """Take an event of a run, in the script's thread."""
        session = self._session()
        if session is None:
            return
        self._events.append(((sender, event, *given), named))
        if event not in PATIENT:
            session._call_soon_on_event_loop(self._hand_over)
        elif not self._due:
            self._due = True
            session._call_soon_on_event_loop(self._hand_over_later)

    def unsent(self, waiting: list[ForwardMsg]) -> Iterator[ForwardMsg]:
        """Return all messages that are to be sent, in order, whoever else sends some meanwhile.

        `waiting` came after those that this was called with before.
        """
        self._unsent.extend(waiting)
        return self._taken()

    def _taken(self) -> Iterator[ForwardMsg]:
        while self._unsent:
            yield self._unsent.popleft()

    def _hand_over_later(self) -> None:
        self._loop.call_later(GATHERED, self._hand_over)

    def _hand_over(self) -> None:
        """Have the session handle all that was heard, and send what comes of it."""
        self._due = False
        session = self._session()
        if session is None or not self._events:
            return
        tell = session._message_enqueued_callback
        session._message_enqueued_callback = None  # called once below, not for each message
        try:
            while self._events:
                event, named = self._events.popleft()
                session._handle_scriptrunner_event_on_event_loop(*event, **named)
        finally:
            session._message_enqueued_callback = tell
            if self._events:  # one of them failed
                self._loop.call_soon(self._hand_over)
            _send(session)
            if tell is not None:
                tell()  # Streamlit looks after readers who are away


def _send(session: Any) -> None:
    """Send all that a session has to send, if its reader is there."""
    client = get_instance().get_client(session.id)
    if client is None:
        return
    try:
        for message in session.flush_browser_queue():
            client.write_forward_msg(message)
    except SessionClientDisconnectedError:
        get_instance().disconnect_session(session.id, client=client)


def gather_messages() -> None:
    """Let all sessions of this process send in bunches; once. Log where Streamlit has changed."""
    if hasattr(AppSession, "bunches"):
        return
    made = AppSession.__init__.__code__.co_names
    if not (all(hasattr(AppSession, name) for name in NAMES) and set(ATTRIBUTES) <= set(made)):
        log.warning("messages are not gathered: Streamlit has other names for what sends them")
        return
    flush = AppSession.flush_browser_queue
    sessions: WeakKeyDictionary[AppSession, Bunches] = WeakKeyDictionary()

    def bunches(session: AppSession) -> Bunches:
        known = sessions.get(session)  # two threads may be the first to ask: both get the same
        return known if known is not None else sessions.setdefault(session, Bunches(session))

    def on_event(self: AppSession, *given: Any, **named: Any) -> None:
        bunches(self).hear(*given, **named)

    def flushed(self: AppSession) -> Iterator[ForwardMsg]:
        return bunches(self).unsent(flush(self))

    patched: Any = AppSession
    patched.bunches = bunches
    patched._on_scriptrunner_event = on_event
    patched.flush_browser_queue = flushed
