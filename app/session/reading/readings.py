"""All readings of this server, by what they read: the same file is read once for all who wait."""

from __future__ import annotations

import threading
from collections.abc import Callable

from ...trainer.instance import alive
from ..store import Key
from ..turns import Turns
from .bounds import AT_ONCE, PER_SESSION
from .reading import Alive, Reading

Begin = Callable[[Turns, Alive], Reading]


class Readings:
    """Readings that run, or whose result nobody has taken yet."""

    def __init__(self, at_once: int = AT_ONCE, alive: Alive = alive):
        self._lock = threading.Lock()
        self._readings: dict[Key, Reading] = {}
        self._turns, self._alive = Turns(at_once), alive

    def begun(self, key: Key, begin: Begin, session: str = "") -> Reading:
        """Return the reading of this key, which `begin` begins where there is none.

        It ends with its sessions; where it has none, somebody waits for its result. Of the
        readings of one session the oldest ends where it would be one more than PER_SESSION.
        """
        with self._lock:
            reading = self._readings.get(key)
            if reading is None:
                reading = self._readings[key] = begin(self._turns, self._alive)
            if session and session not in reading.sessions:
                self._leave_oldest(session)
                reading.sessions.add(session)
            return reading

    def _leave_oldest(self, session: str) -> None:
        """Take a session from its oldest reading where it has as many as it may."""
        its = [one for one in self._readings.values() if session in one.sessions and not one.ended]
        for oldest in its[: max(0, len(its) + 1 - PER_SESSION)]:
            oldest.sessions.discard(session)
            if not oldest.sessions:
                oldest.cancel()

    def counts(self) -> dict[str, int]:
        """Return how many files are being read, and how many wait their turn."""
        with self._lock:
            going = [one for one in self._readings.values() if not one.ended]
        waiting = sum(one.progress.before > 0 for one in going)
        return {"running": len(going) - waiting, "waiting": waiting}

    def named(self, key: Key) -> Reading | None:
        """Return the reading of this key; None where there is none."""
        with self._lock:
            return self._readings.get(key)

    def forget(self, key: Key) -> None:
        """Let go of a reading whose result was taken, or that was cancelled."""
        with self._lock:
            self._readings.pop(key, None)


readings = Readings()
"""The readings of this process, which all sessions share."""
