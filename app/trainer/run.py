"""What the server knows of one training run: all of it, so that no question waits for a worker.

A worker has a run only while it trains it: the run is then assigned to that worker. When the
assignment ends, for whatever reason, the run stands at its last checkpoint, and goes on from
there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from lstm_core.experiment import Experiment
from lstm_core.record import record

from ..words import trainer as words
from .checkpoints import Checkpoint, CheckpointSummary, checkpoint_at, thinned
from .curve import Curve, CurveBuilder
from .limits import LONGEST_RUN
from .pace import Pace
from .worker_process import WorkerProcess

State = Literal["queued", "running", "paused", "stopped", "done", "failed"]


@record
class Status:
    """How a run stands; `version` grows with every change.

    `run` is its id. `seconds` are those of a processor; `share` is how much of one the run has at
    present, and `seconds_left` the time to its end at this pace, None where it is not known.
    `place` is that in the line of those that wait, 1 for the next; 0 where it does not wait.
    `problem` is one sentence, "" where there is none.
    """

    run: str
    experiment: Experiment
    state: State
    updates: int
    seconds: float
    seconds_left: float | None
    share: float
    place: int
    problem: str
    curve: Curve
    checkpoints: tuple[CheckpointSummary, ...]
    version: int


class Assignment:
    """That a worker has a run: which worker, and where the run stood before."""

    def __init__(self, number: int, process: WorkerProcess, began: float = 0.0):
        self.number, self.process, self.began = number, process, began
        self.updates, self.seconds = 0, 0.0  # of the run, before the assignment
        self.single_steps = False  # whether it is for updates that were asked for one by one
        self.recalled = False  # whether the worker has been told to give the run back
        self.gives_way = False  # whether it is recalled because others wait


class Run:
    """One run. The caller holds the trainer's lock."""

    def __init__(self, run_id: str, session: str, experiment: Experiment):
        self.id, self.session, self.experiment = run_id, session, experiment
        self.to_the_end = True  # whether it trains to its end
        self.steps = 0  # single updates that are asked for, where it does not
        self.stopped = self.failed = False
        self.waits = False  # for its turn, in the line
        self.rests = False  # because its session is gone
        self._problem: Callable[[], str] = str  # says it in the language of whoever asks
        self.updates, self.seconds, self.version = 0, 0.0, 0
        self.assignment: Assignment | None = None
        self.abandoned_since: float | None = None  # when its session was first found gone
        self.checkpoints: list[Checkpoint] = []
        self._curve, self._pace = CurveBuilder(), Pace()

    @property
    def problem(self) -> str:
        """Why the run ended early, in one sentence; "" where it did not."""
        return self._problem()

    @property
    def complete(self) -> bool:
        """Whether every update is done."""
        return self.updates >= self.experiment.updates

    @property
    def active(self) -> bool:
        """Whether there are updates to do."""
        return not self.complete and not self.problem and (self.to_the_end or self.steps > 0)

    @property
    def until(self) -> int:
        """The update up to which it is to be trained now."""
        steps = self.experiment.updates if self.to_the_end else self.steps
        return min(self.updates + steps, self.experiment.updates)

    @property
    def processor_time_left(self) -> float:
        """The seconds of processor time that it may still take."""
        return LONGEST_RUN - self.seconds

    @property
    def state(self) -> State:
        """The state that the reader is shown.

        A run is done when its worker has given it back, and with it the last checkpoint.
        """
        if self.failed:
            return "failed"
        if self.waits:
            return "queued"
        if self.to_the_end and (self.active or self.assignment is not None):
            return "running" if self.updates else "queued"
        if self.complete:
            return "done"
        return "stopped" if self.stopped else "paused"

    def status(self, place: int = 0) -> Status:
        """Return how the run stands, at this place in the line."""
        rate, left = self._pace.updates_per_second, self.experiment.updates - self.updates
        running = self.state == "running"
        return Status(
            run=self.id,
            experiment=self.experiment,
            state=self.state,
            updates=self.updates,
            seconds=self.seconds,
            seconds_left=left / rate if running and rate else None,
            share=self._pace.share if running else 0.0,
            place=place,
            problem=self.problem,
            curve=self._curve.curve(),
            checkpoints=tuple(checkpoint.summary for checkpoint in self.checkpoints),
            version=self.version,
        )

    def ask(self, *, to_the_end: bool, steps: int = 0, stopped: bool = False) -> None:
        """Set what the run is to do: train to its end, do single updates, or pause or stop."""
        self.to_the_end, self.steps, self.stopped = to_the_end, steps, stopped
        if to_the_end or steps:
            self.failed, self._problem = False, str
        self.version += 1

    def assign(self, assignment: Assignment) -> Checkpoint | None:
        """Assign the run to a worker; return the checkpoint to train on from, None at the start."""
        last = self.checkpoints[-1] if self.checkpoints else None
        self._cut(last.updates if last else 0)
        self.assignment = assignment
        assignment.updates, assignment.seconds = self.updates, self.seconds
        assignment.single_steps = not self.to_the_end
        self._pace.clear()
        return last

    def add_time(self, now: float, seconds: float) -> None:
        """Note the processor time that the assignment has taken so far, at the time `now`."""
        if self.assignment is not None:
            self.seconds = self.assignment.seconds + seconds
        self._pace.add(now, self.updates, self.seconds)
        self.version += 1

    def add_points(self, points: list[tuple[int, float, float]]) -> None:
        """Add the updates that a worker reports: number, loss, gradient norm."""
        self._curve.add(points)
        self.updates = points[-1][0]

    def add_checkpoint(self, checkpoint: Checkpoint) -> None:
        """Keep a checkpoint, in place of those from its update on."""
        earlier = [kept for kept in self.checkpoints if kept.updates < checkpoint.updates]
        self.checkpoints = thinned([*earlier, checkpoint])

    def end_assignment(self, report: dict[str, Any]) -> None:
        """Note the end of the assignment, and its reason.

        Single updates count as done only where the assignment was for them.
        """
        assignment, self.assignment = self.assignment, None
        if assignment is not None and assignment.single_steps:
            self.steps = max(0, self.steps - (self.updates - assignment.updates))
        self._pace.clear()
        reason = report["reason"]
        if reason == "time":
            self._break_off(lambda: words.time_is_up(LONGEST_RUN / 60), failed=False)
        elif reason == "diverged":
            self._break_off(lambda: words.diverged(report["updates"]))
        elif reason == "broken":
            self._break_off(lambda: words.broken(report["updates"], report["problem"]))
        elif self.complete:
            self.to_the_end = False
        self.version += 1

    def lose_worker(self) -> None:
        """Note that the worker's process is gone, with what it had not reported."""
        self.assignment = None
        last = self.checkpoints[-1].updates if self.checkpoints else 0
        self._break_off(lambda: words.process_gone(last))
        self.version += 1

    def rewind(self, updates: int) -> None:
        """Go back to the checkpoint at or before `updates`, and pause; forget what came after."""
        at = checkpoint_at(self.checkpoints, updates)
        self.checkpoints = [kept for kept in self.checkpoints if kept.updates <= at.updates]
        self._cut(at.updates)
        self.failed, self._problem = False, str
        self.ask(to_the_end=False)

    def _cut(self, updates: int) -> None:
        if updates != self.updates:
            self._curve.cut(updates)
            self.updates = updates

    def _break_off(self, problem: Callable[[], str], *, failed: bool = True) -> None:
        self.to_the_end, self.steps = False, 0
        self.failed, self.stopped, self._problem = failed, not failed, problem
