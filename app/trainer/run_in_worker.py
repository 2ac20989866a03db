"""A training run inside a worker process: it trains in slices and reports what comes of it."""

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

from ..messages import Message, Send
from .checkpoints import PROGRESS, WATCHED
from .progress import initial_progress, progress_arrays, progress_document, progress_from
from .watched_run import watched_arrays, watched_document, watched_run

SLICE = 0.1  # seconds of processor time, then it is another run's turn
TESTED = 32  # fresh sequences on which a checkpoint is tested
SHORTEST_INTERVAL = 0.25  # seconds of processor time between two checkpoints
LEAST_INTERVAL = 12  # between two checkpoints, in times of what one takes


class DivergedError(Exception):
    """A loss, a gradient or a weight is not a finite number."""


class RunInWorker:
    """A run that this worker trains, until it has ended here."""

    def __init__(self, order: Message, send: Send):
        """Take up a run at the progress that the order holds, or at its beginning."""
        document = order.document
        self.assignment: int = document["assignment"]
        self.experiment = Experiment(**document["experiment"])
        self.until: int = document["until"]  # the update after which it ends
        self.limit: float = document["seconds"]  # of processor time
        self._send_message = send
        self.seconds = 0.0  # of processor time
        self.turn = 0.0  # the same, plus what evens it out with runs that came earlier
        self.ended = False
        at = document["progress"]
        self.progress = (
            initial_progress(self.experiment)
            if at is None
            else progress_from(self.experiment, at, order.arrays)
        )
        self._updates = training(
            self.progress.model,
            batches(self.experiment, self.progress.updates),
            recipe_of(self.experiment),
            resume=self.progress,
        )
        self._is_new = at is None
        self._start: Progress | None = None  # before the first update, until it is reported
        self._points: list[tuple[int, float, float]] = []
        self._last_checkpoint, self._checkpoint_cost = 0.0, 0.0  # seconds of processor time
        self._reported = self.progress.updates  # of the last checkpoint

    def train_slice(self, interrupted: Callable[[], bool]) -> None:
        """Train for one slice, or until `interrupted` returns true.

        The very first slice is one update, so that the first point comes before anything else.
        """
        began, before = time.thread_time(), self.seconds
        try:
            self._report_start()
            while not self._reason_to_end():
                self._update()
                self.seconds = before + time.thread_time() - began
                if self._checkpoint_is_due():
                    self._report_checkpoint(self.progress)
                    self.seconds = before + time.thread_time() - began
                if self._start or self.seconds - before >= SLICE or interrupted():
                    break
            self._report_points()
            if reason := self._reason_to_end():
                self.end(reason)
        except Exception as error:  # whatever it is, the other runs are trained on
            self._report_failure(error)
        self.turn += self.seconds - before

    def end(self, reason: str) -> None:
        """Report where the run stands, and that it has ended here."""
        if self.ended:
            return
        try:
            self._report_points()
            self._report_start()
            if self._reported != self.progress.updates:
                self._report_checkpoint(self.progress)
            self._report_end(reason)
        except Exception as error:
            self._report_failure(error)

    def _reason_to_end(self) -> str:
        if self.progress.updates >= self.until:
            return "until"
        return "time" if self.seconds >= self.limit else ""

    def _update(self) -> None:
        reached = next(self._updates)
        loss, norm = reached.loss, reached.gradient_norm
        if not (math.isfinite(loss) and math.isfinite(norm)):
            raise DivergedError
        if self._is_new:
            self._is_new = False
            self._start = dataclasses.replace(self.progress, loss=loss, gradient_norm=norm)
        self.progress = reached
        self._points.append((reached.updates, loss, norm))

    def _checkpoint_is_due(self) -> bool:
        interval = max(SHORTEST_INTERVAL, LEAST_INTERVAL * self._checkpoint_cost)
        return self._start is None and self.seconds - self._last_checkpoint >= interval

    def _report_start(self) -> None:
        start, self._start = self._start, None
        if start is not None:
            self._report_checkpoint(start)

    def _report_checkpoint(self, progress: Progress) -> None:
        began, model = time.thread_time(), progress.model
        if not all(np.isfinite(array).all() for array in weights(model).values()):
            raise DivergedError
        success = float(right(self.experiment, model, TESTED).mean())
        seen = watched_run(self.experiment, model)
        self._report_points()
        self._report(
            "checkpoint",
            _prefixed(PROGRESS, progress_arrays(progress))
            | _prefixed(WATCHED, watched_arrays(seen)),
            progress=progress_document(progress),
            success=success,
            watched=watched_document(seen),
        )
        self._reported = progress.updates
        self._checkpoint_cost = time.thread_time() - began
        self._last_checkpoint = self.seconds + self._checkpoint_cost

    def _report_points(self) -> None:
        if self._points:
            self._report("points", {}, points=self._points)
            self._points = []

    def _report_end(self, reason: str, problem: str = "") -> None:
        self.ended = True
        updates = self.progress.updates
        self._report("ended", {}, reason=reason, problem=problem, updates=updates)

    def _report_failure(self, error: Exception) -> None:
        self._report_points()
        if isinstance(error, DivergedError):
            self._report_end("diverged")
        else:
            self._report_end("broken", str(error) or type(error).__name__)

    def _report(self, kind: str, arrays: Mapping[str, Array], **document: Any) -> None:
        common = {"kind": kind, "assignment": self.assignment, "seconds": self.seconds}
        self._send_message(common | document, arrays)


def _prefixed(prefix: str, arrays: Mapping[str, Array]) -> dict[str, Array]:
    return {prefix + name: array for name, array in arrays.items()}
