"""A run while a worker has it: it trains in slices, and tells what comes out.

told "points"       the updates since the last telling: number, loss, gradient norm
told "checkpoint"   all that a run is at that point, and how it reads the watched sequence
told "over"         the worker has it no longer, and why
"""

from __future__ import annotations

import dataclasses
import math
import time
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from lstm_core.experiment import Experiment, batches, recipe_of, right
from lstm_core.model.weights import weights
from lstm_core.record import Array
from lstm_core.training import Progress, training

from . import progress as points
from . import watched
from .checkpoints import PROGRESS, WATCHED
from .messages import Message

SLICE = 0.1  # seconds of processor time, then it is another run's turn
FRESH = 32  # sequences that a checkpoint is tried on
SOONEST = 0.25  # seconds of processor time between two checkpoints
DEAREST = 12  # a checkpoint may take one part in so many of the time

Tell = Callable[[dict[str, Any], Mapping[str, Array]], None]


class DivergedError(Exception):
    """The numbers grew beyond all bounds."""


class Lease:
    """One run at a worker, until it is over."""

    def __init__(self, order: Message, tell: Tell):
        """Take up a run where it stands."""
        self.number: int = order.words["lease"]
        self.experiment = Experiment(**order.words["experiment"])
        self.until: int = order.words["until"]
        self.limit: float = order.words["seconds"]
        self._tell = tell
        self.seconds, self.turn = 0.0, 0.0
        self.over = False
        at = order.words["progress"]
        self._start: Progress | None = None  # before its first update, until it is kept
        self.progress = (
            points.beginning(self.experiment)
            if at is None
            else points.progress_of(self.experiment, at, order.arrays)
        )
        self._updates = training(
            self.progress.model,
            batches(self.experiment, self.progress.updates),
            recipe_of(self.experiment),
            resume=self.progress,
        )
        self._new = at is None
        self._points: list[tuple[int, float, float]] = []
        self._last, self._cost = 0.0, 0.0  # when the last checkpoint was made, and what it took
        self._kept = self.progress.updates

    def work(self, interrupted: Callable[[], bool]) -> None:
        """Train for one slice, or until somebody wants something else.

        The first slice of all is one update: the first point before anything else.
        """
        began, before = time.thread_time(), self.seconds
        try:
            self._keep_start()
            while not self._ended():
                self._update()
                self.seconds = before + time.thread_time() - began
                if self._due():
                    self._checkpoint(self.progress)
                    self.seconds = before + time.thread_time() - began
                if self._start or self.seconds - before >= SLICE or interrupted():
                    break
            self._tell_points()
            if reason := self._ended():
                self.end(reason)
        except Exception as error:  # whatever it is, the others train on
            self._break_off(error)
        self.turn += self.seconds - before

    def end(self, reason: str) -> None:
        """Tell where the run stands, and that it is no longer here."""
        if self.over:
            return
        try:
            self._tell_points()
            self._keep_start()
            if self._kept != self.progress.updates:
                self._checkpoint(self.progress)
            self._tell_over(reason)
        except Exception as error:
            self._break_off(error)

    def _ended(self) -> str:
        if self.progress.updates >= self.until:
            return "until"
        return "time" if self.seconds >= self.limit else ""

    def _update(self) -> None:
        reached = next(self._updates)
        loss, norm = reached.loss, reached.gradient_norm
        if not (math.isfinite(loss) and math.isfinite(norm)):
            raise DivergedError
        if self._new:
            self._new = False
            self._start = dataclasses.replace(self.progress, loss=loss, gradient_norm=norm)
        self.progress = reached
        self._points.append((reached.updates, loss, norm))

    def _due(self) -> bool:
        soonest = max(SOONEST, DEAREST * self._cost)
        return self._start is None and self.seconds - self._last >= soonest

    def _keep_start(self) -> None:
        start, self._start = self._start, None
        if start is not None:
            self._checkpoint(start)

    def _checkpoint(self, progress: Progress) -> None:
        began, model = time.thread_time(), progress.model
        if not all(np.isfinite(array).all() for array in weights(model).values()):
            raise DivergedError
        success = float(right(self.experiment, model, FRESH).mean())
        seen = watched.watched(self.experiment, model)
        self._tell_points()
        self._send(
            "checkpoint",
            _prefixed(PROGRESS, points.arrays_of(progress))
            | _prefixed(WATCHED, watched.arrays_of(seen)),
            progress=points.words_of(progress),
            success=success,
            watched=watched.words_of(seen),
        )
        self._kept = progress.updates
        self._cost = time.thread_time() - began
        self._last = self.seconds + self._cost

    def _tell_points(self) -> None:
        if self._points:
            self._send("points", {}, points=self._points)
            self._points = []

    def _tell_over(self, reason: str, problem: str = "") -> None:
        self.over = True
        self._send("over", {}, reason=reason, problem=problem, updates=self.progress.updates)

    def _break_off(self, error: Exception) -> None:
        self._tell_points()
        if isinstance(error, DivergedError):
            self._tell_over("diverged")
        else:
            self._tell_over("broken", str(error) or type(error).__name__)

    def _send(self, told: str, arrays: Mapping[str, Array], **words: Any) -> None:
        common = {"told": told, "lease": self.number, "seconds": self.seconds}
        self._tell(common | words, arrays)


def _prefixed(prefix: str, arrays: Mapping[str, Array]) -> dict[str, Array]:
    return {prefix + name: array for name, array in arrays.items()}
