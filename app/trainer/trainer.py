"""The trainer: many sessions train at once on a few worker processes; the others wait in line.

Who comes first is trained first. Where others wait, a run gives way after a while and goes to the
end of the line with what it has learned. Nothing here waits for a worker: orders are sent, and the
threads that read the workers' reports write down what comes back. A run is known by an id that
nobody can guess.
"""

from __future__ import annotations

import dataclasses
import itertools
import os
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from lstm_core.experiment import Experiment, read, spell

from ..messages import Message
from ..words import trainer as words
from .background import NICENESS
from .checkpoints import Checkpoint, checkpoint_at, checkpoint_from
from .limits import (
    LONGEST_LINE,
    LONGEST_TURN,
    RUNS_KEPT,
    RUNS_PER_SESSION,
    TRAINING_AT_ONCE,
    RefusedError,
    check,
)
from .run import Assignment, Run, Status
from .worker_process import WorkerProcess

MOST_WORKERS = 4
GRACE = 20.0  # seconds that a session may be gone: a reload, a train through a tunnel
REST = 5.0  # seconds after which nothing is trained any more for a session that is gone
SWEEP = 2.0  # seconds between two checks for sessions that are gone


class Trainer:
    """The runs of one server. Any thread may call any method."""

    def __init__(
        self, alive: Callable[[str], bool], workers: int | None = None, niceness: int = NICENESS
    ):
        """Start `workers` processes; `alive` returns whether a session is still there."""
        self._niceness = niceness
        self._alive = alive
        self.workers = workers or min(os.cpu_count() or 1, MOST_WORKERS)
        self._lock = threading.RLock()
        self._processes: list[WorkerProcess] = []
        self._runs: dict[str, Run] = {}
        self._assigned: dict[int, Run] = {}  # by the number of the assignment
        self._line: list[Run] = []  # those that wait for their turn, the next one first
        self._numbers = itertools.count(1)
        self._closed = threading.Event()
        self.start_workers()
        threading.Thread(target=self._keep_sweeping, name="trainer sweep", daemon=True).start()

    def start_workers(self) -> None:
        """Start the worker processes that are missing."""
        with self._lock:
            while len(self._processes) < self.workers and not self._closed.is_set():
                process = WorkerProcess(self._on_report, self._on_exit, self._niceness)
                self._processes.append(process)

    def close(self) -> None:
        """End the workers, and every run with them."""
        with self._lock:
            self._closed.set()
            self._runs.clear()
            self._line.clear()
            self._assigned.clear()
            for process in self._processes:
                process.close()

    # What a session asks for

    def start(self, session: str, experiment: Experiment) -> str:
        """Start a run in place of the one that the session had before; return its id.

        It waits its turn where many are being trained, at the place of the one before if that
        waits. Raises RefusedError, with one sentence, for an experiment that takes too much and
        where there is no room for a run; then the run before goes on.
        """
        experiment = read(spell(experiment))  # plain numbers, whatever types they came in
        check(experiment)
        with self._lock:
            mine = [run_id for run_id, run in self._runs.items() if run.session == session]
            replaced = mine[: max(0, len(mine) + 1 - RUNS_PER_SESSION)]
            self._check_room(replaced)
            run = Run(secrets.token_urlsafe(12), session, experiment)
            self._runs[run.id] = run
            places = [k for k, waiting in enumerate(self._line) if waiting.id in replaced]
            self._join(run, *places[:1])
            for run_id in replaced:
                self.forget(run_id)
            return run.id

    def newest_run(self, session: str) -> str | None:
        """Return the id of the session's newest run; None where it has none."""
        with self._lock:
            mine = [run_id for run_id, run in self._runs.items() if run.session == session]
            return mine[-1] if mine else None

    def take_over(self, run_id: str, session: str) -> bool:
        """Give `session` a run whose own session is gone; return whether that was possible."""
        owner = self._owner(run_id)
        if owner is None or (owner != session and self._alive(owner)):
            return False
        with self._lock:
            if self._owner(run_id) != owner:  # meanwhile forgotten, or taken over by another
                return False
            self._runs[run_id].session = session
            self._wake(self._runs[run_id])
        return True

    def _owner(self, run_id: str) -> str | None:
        with self._lock:
            run = self._runs.get(run_id)
            return None if run is None else run.session

    def states(self) -> Counter[str]:
        """Return how many runs are in each state."""
        with self._lock:
            return Counter(run.state for run in self._runs.values())

    def status(self, run_id: str) -> Status | None:
        """Return how a run stands; None where there is no such run, or no longer."""
        with self._lock:
            run = self._runs.get(run_id)
            return None if run is None else run.status(self._place(run))

    def checkpoint(self, run_id: str, updates: int | None = None) -> Checkpoint | None:
        """Return the last checkpoint at or before `updates`, of all where it is None.

        None where there is no such run, or it has no checkpoint yet.
        """
        with self._lock:
            run = self._runs.get(run_id)
            if run is None or not run.checkpoints:
                return None
            checkpoints = run.checkpoints
            return checkpoints[-1] if updates is None else checkpoint_at(checkpoints, updates)

    def pause(self, run_id: str) -> None:
        """Pause a run where it stands."""
        with self._lock:
            run = self._runs.get(run_id)
            if run is not None and run.active:
                run.ask(to_the_end=False)
                self._leave(run)

    def stop(self, run_id: str) -> None:
        """Stop a run and keep what it has learned."""
        with self._lock:
            run = self._runs.get(run_id)
            if run is not None and not run.complete and not run.problem:
                run.ask(to_the_end=False, stopped=True)
                self._leave(run)

    def resume(self, run_id: str) -> None:
        """Train a run on to its end."""
        with self._lock:
            run = self._runs.get(run_id)
            if run is not None and not run.complete and not run.to_the_end:
                run.ask(to_the_end=True)
                self._join(run)

    def step(self, run_id: str) -> None:
        """Do one update of a run that is paused."""
        with self._lock:
            run = self._runs.get(run_id)
            if run is not None and not run.complete and not run.to_the_end:
                run.ask(to_the_end=False, steps=run.steps + 1)
                self._join(run)

    def rewind(self, run_id: str, updates: int) -> None:
        """Go back to the last checkpoint at or before `updates`, and pause there.

        What came after is forgotten; training on gives the same numbers again.
        """
        with self._lock:
            run = self._runs.get(run_id)
            if run is not None and run.checkpoints:
                self._release(run)
                run.rewind(updates)
                self._admit()

    def forget(self, run_id: str) -> None:
        """Forget a run and free what it takes."""
        with self._lock:
            run = self._runs.pop(run_id, None)
            if run is not None:
                self._release(run)
                self._admit()
                self._balance()

    def sweep(self, now: float, grace: float = GRACE) -> None:
        """Look after sessions that are gone, and turns that have lasted long, at the time `now`.

        Runs whose sessions have been gone for REST seconds rest where they stand; after `grace`
        seconds they are forgotten.
        """
        with self._lock:
            runs = list(self._runs.values())
        here = {session: self._alive(session) for session in {run.session for run in runs}}
        with self._lock:
            for run in runs:
                if here.get(run.session, True):
                    self._wake(run)
                    continue
                run.abandoned_since = now if run.abandoned_since is None else run.abandoned_since
                if now - run.abandoned_since >= grace:
                    self.forget(run.id)
                elif now - run.abandoned_since >= REST and not run.rests:
                    run.rests = True
                    self._leave(run)
            self._end_turns(now)

    # Which worker has which run; with the lock

    def _check_room(self, replaced: list[str]) -> None:
        """Raise RefusedError where there is no room for one more run, without those replaced."""
        others = [run for run_id, run in self._runs.items() if run_id not in replaced]
        if sum(run.waits for run in others) >= LONGEST_LINE:
            raise RefusedError(words.too_many(TRAINING_AT_ONCE, LONGEST_LINE))
        if len(others) >= RUNS_KEPT:
            raise RefusedError(words.too_many_kept(RUNS_KEPT))

    def _place(self, run: Run) -> int:
        """The place of a run in the line, 1 for the next one; 0 where it does not wait."""
        return self._line.index(run) + 1 if run.waits else 0

    def _join(self, run: Run, place: int | None = None) -> None:
        """Have a run wait its turn, at the end or at a place, unless a worker still has it."""
        if run.assignment is None and not run.waits and not self._closed.is_set():
            run.waits = True
            self._line.insert(len(self._line) if place is None else place, run)
            self._admit()

    def _admit(self) -> None:
        """Have as many be trained as may be, in the order of the line."""
        while self._line and len(self._assigned) < TRAINING_AT_ONCE:
            run = self._line.pop(0)
            run.waits = False
            self._assign(run)

    def _leave(self, run: Run) -> None:
        """Take a run out of the line, or have the worker give it back."""
        if run.waits:
            run.waits = False
            self._line.remove(run)
        self._recall(run)

    def _wake(self, run: Run) -> None:
        """Have a run go on whose session is here, or here again."""
        run.abandoned_since = None
        if run.rests:
            run.rests = False
            if run.active:
                self._join(run)

    def _end_turns(self, now: float) -> None:
        """Have those give way that are trained for longest, one for each that waits."""
        on_turn = [run.assignment for run in self._assigned.values() if run.assignment]
        ending = sum(assignment.gives_way for assignment in on_turn)
        long = [one for one in on_turn if now - one.began >= LONGEST_TURN and not one.recalled]
        long.sort(key=lambda assignment: assignment.began)
        for assignment in long[: max(0, len(self._line) - ending)]:
            assignment.gives_way = True
            self._recall(self._assigned[assignment.number])

    def _assign(self, run: Run) -> None:
        """Assign a run to the worker that has the fewest."""
        self.start_workers()
        process = min(self._processes, key=lambda process: len(self._runs_of(process)))
        assignment = Assignment(next(self._numbers), process, time.monotonic())
        last = run.assign(assignment)
        self._assigned[assignment.number] = run
        process.send(
            {
                "kind": "train",
                "assignment": assignment.number,
                "experiment": dataclasses.asdict(run.experiment),
                "until": run.until,
                "seconds": run.processor_time_left,
                "progress": last.progress if last else None,
            },
            last.arrays if last else None,
        )

    def _runs_of(self, process: WorkerProcess) -> list[Run]:
        """The runs that a worker has, without those that are recalled."""
        return [
            run
            for run in self._assigned.values()
            if run.assignment is not None
            and run.assignment.process is process
            and not run.assignment.recalled
        ]

    def _recall(self, run: Run) -> None:
        """Have the worker give a run back, with a checkpoint of where it stands."""
        if run.assignment is not None and not run.assignment.recalled:
            run.assignment.recalled = True
            order = {"kind": "recall", "assignment": run.assignment.number}
            run.assignment.process.send(order)

    def _release(self, run: Run) -> None:
        """Take a run from the line or its worker, and ignore what is still reported of it."""
        self._leave(run)
        if run.assignment is not None:
            self._assigned.pop(run.assignment.number, None)
            order = {"kind": "drop", "assignment": run.assignment.number}
            run.assignment.process.send(order)
            run.assignment = None

    def _balance(self) -> None:
        """Where one worker has two runs more than another, recall one, to assign it anew."""
        assigned = self._assigned.values()
        if any(run.active and run.assignment and run.assignment.recalled for run in assigned):
            return  # one is on its way
        loads = sorted((self._runs_of(process) for process in self._processes), key=len)
        if loads and len(loads[-1]) - len(loads[0]) >= 2:
            self._recall(loads[-1][-1])

    # What the workers report; called by the threads that read

    def _on_report(self, process: WorkerProcess, message: Message) -> None:
        report = message.document
        with self._lock:
            run = self._assigned.get(report["assignment"])
            if run is None:
                return
            if report["kind"] == "points":
                run.add_points(report["points"])
            elif report["kind"] == "checkpoint":
                run.add_checkpoint(checkpoint_from(run.experiment, message))
            run.add_time(time.monotonic(), report["seconds"])
            if report["kind"] == "ended":
                self._on_end(run, report)

    def _on_end(self, run: Run, report: dict[str, Any]) -> None:
        """Assign a run anew that is to go on, after those that wait where it gives way."""
        gives_way = run.assignment is not None and run.assignment.gives_way
        del self._assigned[report["assignment"]]
        run.end_assignment(report)
        if run.active and not run.rests:
            self._join(run, None if gives_way else 0)
        self._admit()
        self._balance()

    def _on_exit(self, process: WorkerProcess) -> None:
        with self._lock:
            if process in self._processes:
                self._processes.remove(process)
            for number, run in list(self._assigned.items()):
                if run.assignment is not None and run.assignment.process is process:
                    del self._assigned[number]
                    run.lose_worker()
            if process.ready:  # one that never was would end again, and again
                self.start_workers()
            self._admit()

    def _keep_sweeping(self) -> None:
        while not self._closed.wait(SWEEP):
            self.sweep(time.monotonic())
