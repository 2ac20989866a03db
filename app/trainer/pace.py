"""How fast a training run moves: updates and processor time per second, over the last seconds."""

from __future__ import annotations

from collections import deque
from typing import Literal

WINDOW = 5.0  # seconds over which the pace is measured


class Pace:
    """The pace of one run, from what is reported of it."""

    def __init__(self) -> None:
        self._reports: deque[tuple[float, int, float]] = deque()

    def add(self, now: float, updates: int, seconds: float) -> None:
        """Add a report: at the time `now` so many updates were done in so much processor time."""
        self._reports.append((now, updates, seconds))
        while len(self._reports) > 2 and self._reports[1][0] < now - WINDOW:
            self._reports.popleft()

    def clear(self) -> None:
        """Forget the reports, as the run has stopped or starts anew."""
        self._reports.clear()

    @property
    def share(self) -> float:
        """Processor seconds per second, 0..1; 0 where nothing moves."""
        return min(self._rate(2), 1.0)

    @property
    def updates_per_second(self) -> float:
        """Updates per second; 0 where nothing moves."""
        return self._rate(1)

    def _rate(self, column: Literal[1, 2]) -> float:
        if len(self._reports) < 2 or self._reports[-1][0] <= self._reports[0][0]:
            return 0.0
        first, last = self._reports[0], self._reports[-1]
        return (last[column] - first[column]) / (last[0] - first[0])
