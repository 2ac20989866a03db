"""What the server knows of one training run: all of it, so that no question waits for a worker.

A worker has a run only while it trains: then the run has a lease there. When it is over, for
whatever reason, the last checkpoint is where the run stands, and from where it goes on.
"""

from __future__ import annotations

from collections import deque
from typing import Any, Literal

from lstm_core.experiment import Experiment
from lstm_core.record import record

from ..words import trainer as words
from .checkpoints import Mark, Snapshot, before, thinned
from .curve import Curve, Record
from .limits import LONGEST_RUN
from .process import Process

State = Literal["queued", "running", "paused", "stopped", "done", "failed"]
SEEN = 5.0  # seconds over which the pace is measured


@record
class Status:
    """How a run stands; `version` grows with every change.

    `seconds` are those of a processor; `share` is how much of one the run has at present, and
    `seconds_left` the time to its end at this share, None where nobody can know. `problem` is
    one sentence, "" where there is none.
    """

    run: str
    experiment: Experiment
    state: State
    updates: int
    seconds: float
    seconds_left: float | None
    share: float
    problem: str
    curve: Curve
    checkpoints: tuple[Mark, ...]
    version: int


class Pace:
    """How fast a run moves at present."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, int, float]] = deque()

    def note(self, now: float, updates: int, seconds: float) -> None:
        """Take down how far the run is, and what processor time that took."""
        self._seen.append((now, updates, seconds))
        while len(self._seen) > 2 and self._seen[1][0] < now - SEEN:
            self._seen.popleft()

    def clear(self) -> None:
        """Forget: the run stands."""
        self._seen.clear()

    @property
    def share(self) -> float:
        """Processor seconds per second, 0..1; 0 where nothing moves."""
        return min(self._rate(2), 1.0)

    @property
    def updates_per_second(self) -> float:
        """0 where nothing moves."""
        return self._rate(1)

    def _rate(self, column: Literal[1, 2]) -> float:
        if len(self._seen) < 2 or self._seen[-1][0] <= self._seen[0][0]:
            return 0.0
        first, last = self._seen[0], self._seen[-1]
        return (last[column] - first[column]) / (last[0] - first[0])


class Lease:
    """That a worker has a run: since when, for single updates or to the end, and till when."""

    def __init__(self, number: int, process: Process):
        self.number, self.process = number, process
        self.began, self.seconds = 0, 0.0  # where the run stood, and its processor time
        self.stepping = False  # for the updates that were asked for one by one
        self.halted = False  # called back


class Run:
    """One run. Whoever calls holds the trainer's lock."""

    def __init__(self, word: str, session: str, experiment: Experiment):
        self.word, self.session, self.experiment = word, session, experiment
        self.going, self.steps = True, 0  # whether to the end, else how many updates more
        self.stopped = self.failed = False
        self.problem = ""
        self.updates, self.seconds, self.version = 0, 0.0, 0
        self.lease: Lease | None = None
        self.away: float | None = None  # since when its session is gone
        self.kept: list[Snapshot] = []
        self._record, self._pace = Record(), Pace()

    @property
    def ended(self) -> bool:
        """Whether every update is done."""
        return self.updates >= self.experiment.updates

    @property
    def wanted(self) -> bool:
        """Whether there are updates to do."""
        return not self.ended and not self.problem and (self.going or self.steps > 0)

    @property
    def until(self) -> int:
        """Up to which update."""
        steps = self.experiment.updates if self.going else self.steps
        return min(self.updates + steps, self.experiment.updates)

    @property
    def state(self) -> State:
        """What the reader is told that it does."""
        if self.failed:
            return "failed"
        if self.wanted and self.going:
            return "running" if self.updates else "queued"
        if self.ended:
            return "done"
        return "stopped" if self.stopped else "paused"

    def status(self) -> Status:
        """Return how the run stands."""
        rate, left = self._pace.updates_per_second, self.experiment.updates - self.updates
        running = self.state == "running"
        return Status(
            run=self.word,
            experiment=self.experiment,
            state=self.state,
            updates=self.updates,
            seconds=self.seconds,
            seconds_left=left / rate if running and rate else None,
            share=self._pace.share if running else 0.0,
            problem=self.problem,
            curve=self._record.curve(),
            checkpoints=tuple(snapshot.mark for snapshot in self.kept),
            version=self.version,
        )

    def want(self, *, going: bool, steps: int = 0, stopped: bool = False) -> None:
        """Take down what the reader wants."""
        self.going, self.steps, self.stopped = going, steps, stopped
        if going or steps:
            self.failed, self.problem = False, ""
        self.version += 1

    def begin(self, lease: Lease) -> Snapshot | None:
        """Stand at the last checkpoint, and note that a worker has the run; return where."""
        at = self.kept[-1] if self.kept else None
        self._cut(at.updates if at else 0)
        self.lease = lease
        lease.began, lease.seconds, lease.stepping = self.updates, self.seconds, not self.going
        self._pace.clear()
        return at

    def spent(self, now: float, seconds: float) -> None:
        """Take down the processor time of the lease so far."""
        if self.lease is not None:
            self.seconds = self.lease.seconds + seconds
        self._pace.note(now, self.updates, self.seconds)
        self.version += 1

    def learned(self, points: list[tuple[int, float, float]]) -> None:
        """Take the updates that a worker tells of."""
        self._record.add(points)
        self.updates = points[-1][0]

    def keep(self, snapshot: Snapshot) -> None:
        """Take a checkpoint."""
        earlier = [kept for kept in self.kept if kept.updates < snapshot.updates]
        self.kept = thinned([*earlier, snapshot])

    def over(self, told: dict[str, Any]) -> None:
        """Take the end of a lease; of single updates only those count that it was for."""
        lease, self.lease = self.lease, None
        if lease is not None and lease.stepping:
            self.steps = max(0, self.steps - (self.updates - lease.began))
        self._pace.clear()
        reason = told["reason"]
        if reason == "time":
            self._end(words.time_is_up(LONGEST_RUN / 60), failed=False)
        elif reason == "diverged":
            self._end(words.diverged(told["updates"]))
        elif reason == "broken":
            self._end(words.broken(told["updates"], told["problem"]))
        elif self.ended:
            self.going = False
        self.version += 1

    def lost(self) -> None:
        """Note that the worker is gone, with what it had not told yet."""
        self.lease = None
        self._end(words.process_gone(self.kept[-1].updates if self.kept else 0))
        self.version += 1

    def go_back(self, updates: int) -> None:
        """Stand at the checkpoint at or before `updates`, paused; forget what came after."""
        at = before(self.kept, updates)
        self.kept = [kept for kept in self.kept if kept.updates <= at.updates]
        self._cut(at.updates)
        self.failed, self.problem = False, ""
        self.want(going=False)

    def _cut(self, updates: int) -> None:
        if updates != self.updates:
            self._record.cut(updates)
            self.updates = updates

    def _end(self, problem: str, *, failed: bool = True) -> None:
        self.going, self.steps = False, 0
        self.failed, self.stopped, self.problem = failed, not failed, problem
