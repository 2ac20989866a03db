"""Whole pages are drawn one after another: who steps shares the interpreter with one of them.

Python's threads share one interpreter: ten pages that are drawn at once are none of them there
earlier than one after another, and between them a step waits for all ten. A page that takes long,
or waits for something else, holds the others up for COUNTS seconds at most.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

COUNTS = 0.5  # seconds for which a page holds others up
PATIENCE = 10.0  # seconds that a page waits at most


class PageTurns:
    """The pages that are drawn or wait for it, in the order in which they were asked for."""

    def __init__(self, counts: float = COUNTS, patience: float = PATIENCE):
        self._counts, self._patience = counts, patience
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
        try:
            yield
        finally:
            with self._moved:
                if self._drawn is not None and self._drawn[0] is ticket:
                    self._drawn = None
                self._moved.notify_all()

    def _wait(self, ticket: object) -> float:
        """The seconds until one looks again whether one's turn has come; 0 where it has."""
        if self._drawn is not None and (left := self._drawn[1] - time.monotonic()) > 0:
            return left
        return 0.0 if self._line[0] is ticket else self._counts


page_turns = PageTurns()
