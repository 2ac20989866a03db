"""Whole pages are drawn one after another: who steps shares the interpreter with one of them.

Python's threads share one interpreter: ten pages that are drawn at once are none of them there
earlier than one after another, and between them a step waits for all ten. A page that takes long,
or waits for something else, holds the others up for COUNTS seconds at most.

While somebody steps, pages have an allowance. It lets some twenty in at once, as when a class
arrives; who opens pages without end is answered as fast as it comes back.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from .steps_first import steps

COUNTS = 0.5  # seconds for which a page holds others up
PATIENCE = 10.0  # seconds that a page waits at most
SHARE = 0.08  # of a processor, for all pages together while somebody steps
SAVED = 0.5  # seconds of a processor that they may take at once, some twenty pages
LATELY = 1.0  # seconds after an answer for which somebody is said to step


class Allowance:
    """Seconds that may be spent: `saved` at once, and `share` of a second each second."""

    def __init__(self, share: float = SHARE, saved: float = SAVED):
        self._share, self._saved = share, saved
        self._left, self._since = saved, 0.0

    def wait(self, now: float) -> float:
        """Return the seconds after which there is something to be spent again; 0 where there is."""
        self._come_back(now)
        return max(0.0, -self._left / self._share)

    def spend(self, seconds: float, now: float) -> None:
        """Spend so many seconds, which may be more than is left."""
        self._come_back(now)
        self._left -= seconds

    def _come_back(self, now: float) -> None:
        self._left = min(self._saved, self._left + self._share * (now - self._since))
        self._since = now


class PageTurns:
    """The pages that are drawn or wait for it, in the order in which they were asked for."""

    def __init__(
        self,
        counts: float = COUNTS,
        patience: float = PATIENCE,
        allowance: Allowance | None = None,
        anyone_steps: Callable[[], bool] = lambda: steps.answered_lately(LATELY),
    ):
        self._counts, self._patience = counts, patience
        self._allowance, self._anyone_steps = allowance or Allowance(), anyone_steps
        self._moved = threading.Condition()
        self._line: list[object] = []
        self._drawn: tuple[object, float] | None = None  # the ticket, and when its turn ends

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for one's turn, draw the page in the block, and let the next one in."""
        ticket, end = object(), time.monotonic() + self._patience
        with self._moved:
            self._line.append(ticket)
            while (left := self._wait(ticket)) > 0 and time.monotonic() < end:
                self._moved.wait(min(left, end - time.monotonic()))
            self._line.remove(ticket)
            self._drawn = ticket, time.monotonic() + self._counts
            self._moved.notify_all()
        begun = time.thread_time()
        try:
            yield
        finally:
            own = time.thread_time() - begun
            with self._moved:
                if self._anyone_steps():
                    self._allowance.spend(own, time.monotonic())
                if self._drawn is not None and self._drawn[0] is ticket:
                    self._drawn = None
                self._moved.notify_all()

    def _wait(self, ticket: object) -> float:
        """The seconds until one looks again whether one's turn has come; 0 where it has."""
        if self._drawn is not None and (left := self._drawn[1] - time.monotonic()) > 0:
            return left
        if self._line[0] is not ticket:
            return self._counts
        if not self._anyone_steps():
            return 0.0
        return min(self._allowance.wait(time.monotonic()), self._counts)


page_turns = PageTurns()
