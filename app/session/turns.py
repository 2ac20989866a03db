"""Turns: a few at a time, in the order of asking, and with everybody's place known."""

from __future__ import annotations

import threading


class Turns:
    """A line of waiting work. Any thread may call any method."""

    def __init__(self, at_once: int):
        """Let `at_once` have their turn at the same time."""
        self._at_once = at_once
        self._line: list[object] = []  # in the order in which they came; the first have their turn
        self._moved = threading.Condition()

    def join(self) -> object:
        """Join the end of the line; return the ticket that stands for one's place in it."""
        ticket = object()
        with self._moved:
            self._line.append(ticket)
        return ticket

    def wait(self, ticket: object, seconds: float) -> bool:
        """Wait so long for one's turn; return whether it has come."""
        with self._moved:
            return self._moved.wait_for(lambda: not self._before(ticket), seconds)

    def before(self, ticket: object) -> int:
        """Return how many have to leave before it is this one's turn; 0 where it is."""
        with self._moved:
            return self._before(ticket)

    def leave(self, ticket: object) -> None:
        """Leave the line, on one's turn or before it."""
        with self._moved:
            self._line.remove(ticket)
            self._moved.notify_all()

    def _before(self, ticket: object) -> int:
        return max(0, self._line.index(ticket) + 1 - self._at_once) if ticket in self._line else 0
