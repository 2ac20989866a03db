"""A training curve of bounded length: when it grows too long, neighbouring points are joined.

A point stands for `every` updates (a power of two): their mean, their lowest and their highest,
so no peak is lost. A curve depends on the updates alone, not on the pieces in which they came.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from lstm_core.record import Array, record

POINTS = 600


@record
class Curve:
    """Loss and gradient norm over the updates; a point (of n) is `every` updates."""

    updates: Array  # (n,), the last update of each point
    loss: Array  # (n,), the mean of its updates; and the lowest and highest of them
    loss_low: Array
    loss_high: Array
    gradient_norm: Array
    gradient_norm_low: Array
    gradient_norm_high: Array
    every: int


class CurveBuilder:
    """A curve that grows. Columns: updates, count, and sum, low, high of loss and gradient norm."""

    def __init__(self, points: int = POINTS) -> None:
        self._rows = np.zeros((points, 8))
        self._length, self.every = 0, 1

    def __len__(self) -> int:
        return self._length

    def add(self, points: Iterable[tuple[int, float, float]]) -> None:
        """Add points (updates, loss, gradient norm), in order."""
        for updates, loss, norm in points:
            row = np.array([updates, 1, loss, loss, loss, norm, norm, norm])
            last = self._length - 1
            if last >= 0 and self._bin(self._rows[last, 0]) == self._bin(updates):
                self._rows[last] = _joined(self._rows[last], row)
                continue
            if self._length == len(self._rows):
                self._halve()
                self.add([(updates, loss, norm)])
                continue
            self._rows[self._length] = row
            self._length += 1

    def cut(self, updates: int) -> None:
        """Remove what came after `updates`, and a point that reaches beyond."""
        self._length = int(np.searchsorted(self._rows[: self._length, 0], updates, side="right"))
        if not self._length:
            self.every = 1

    def curve(self) -> Curve:
        """Return the curve as it is now."""
        rows = self._rows[: self._length].copy()
        return Curve(
            updates=rows[:, 0].astype(np.int64),
            loss=rows[:, 2] / rows[:, 1],
            loss_low=rows[:, 3],
            loss_high=rows[:, 4],
            gradient_norm=rows[:, 5] / rows[:, 1],
            gradient_norm_low=rows[:, 6],
            gradient_norm_high=rows[:, 7],
            every=self.every,
        )

    def _bin(self, updates: float) -> int:
        return (int(updates) - 1) // self.every

    def _halve(self) -> None:
        """Make each point stand for twice as many updates."""
        self.every *= 2
        old, self._length = self._rows[: self._length].copy(), 0
        for row in old:
            last = self._length - 1
            if last >= 0 and self._bin(self._rows[last, 0]) == self._bin(row[0]):
                self._rows[last] = _joined(self._rows[last], row)
            else:
                self._rows[self._length] = row
                self._length += 1


def _joined(first: Array, second: Array) -> Array:
    """The row of two neighbouring points as one."""
    joined = first + second  # count and sums
    joined[0] = second[0]
    joined[[3, 6]] = np.minimum(first[[3, 6]], second[[3, 6]])
    joined[[4, 7]] = np.maximum(first[[4, 7]], second[[4, 7]])
    return joined
