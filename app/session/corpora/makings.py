"""All corpora that this server makes: one at a time, in the order in which they were asked for."""

from __future__ import annotations

import threading

from lstm_core.subject import Subject

from ...trainer.instance import alive
from ..turns import Turns
from ..view import Direction
from .making import Alive, Making
from .sources import Made, key_of

AT_ONCE = 1  # corpora that are made at the same time: others wait
PER_SESSION = 1  # corpora of one session that are made, or wait for it


class Makings:
    """Corpora that are made or wait, and those that have ended since nobody asked, by key."""

    def __init__(self, at_once: int = AT_ONCE, alive: Alive = alive):
        self._lock = threading.Lock()
        self._makings: dict[str, Making] = {}
        self._turns, self._alive = Turns(at_once), alive

    def begin(
        self, subject: Subject, made: Made, layer: int, direction: Direction, session: str = ""
    ) -> Making:
        """Return the making of a corpus, begun where it is not yet, for a session.

        Of the makings of one session the oldest ends where it would be one more than PER_SESSION.
        """
        key = key_of(subject, made, layer, direction)
        with self._lock:
            making = self._makings.get(key)
            begun = making is not None and not making.ended
            if making is None or not begun:
                making = Making(key, subject, made, layer, direction, self._turns, self._alive)
                self._makings[key] = making
            self._join(making, session)
            if not begun:
                making.begin()
            return making

    def join(self, key: str, session: str) -> Making | None:
        """Return the making of a corpus, for which a session waits from now on; None for none."""
        with self._lock:
            making = self._makings.get(key)
            if making is not None and not making.ended:
                self._join(making, session)
            return making

    def leave(self, key: str, session: str) -> None:
        """Have a session wait no more: a making for which nobody does is cancelled."""
        with self._lock:
            if making := self._makings.get(key):
                self._leave(making, session)

    def _join(self, making: Making, session: str) -> None:
        if not session or session in making.sessions:
            return
        its = [one for one in self._makings.values() if session in one.sessions and not one.ended]
        for oldest in its[: max(0, len(its) + 1 - PER_SESSION)]:
            self._leave(oldest, session)
        making.sessions.add(session)

    @staticmethod
    def _leave(making: Making, session: str) -> None:
        making.sessions.discard(session)
        if not making.sessions:
            making.cancel()

    def counts(self) -> dict[str, int]:
        """Return how many corpora are being made, and how many wait their turn."""
        with self._lock:
            going = [one for one in self._makings.values() if not one.ended]
        waiting = sum(one.progress.before > 0 for one in going)
        return {"running": len(going) - waiting, "waiting": waiting}

    def named(self, key: str) -> Making | None:
        """Return the making of a corpus; None where it is not, or no longer, made."""
        with self._lock:
            return self._makings.get(key)

    def forget(self, key: str) -> None:
        """Let go of one that has ended."""
        with self._lock:
            self._makings.pop(key, None)


makings = Makings()
"""The makings of this process, which all sessions share."""
