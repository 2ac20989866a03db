"""Many students train at once on few cores: a few worker processes, and who has which run.

Nothing here waits for a worker: orders are sent, and what comes back is taken down by the
threads that read. All runs are told apart by words that nobody can guess.
"""

from __future__ import annotations

import dataclasses
import itertools
import os
import secrets
import threading
import time
from collections.abc import Callable

from lstm_core.experiment import Experiment, read, spell

from ..words import trainer as words
from .checkpoints import Snapshot, before, snapshot_of
from .limits import LONGEST_RUN, RUNS_KEPT, RUNS_PER_SESSION, TRAINING_AT_ONCE, RefusedError, check
from .messages import Message
from .process import Process
from .run import Lease, Run, Status

MOST_WORKERS = 4
NICENESS = 10  # the pages come first
GRACE = 20.0  # seconds that a session may be gone: a reload, a train through a tunnel
SWEEP = 2.0  # seconds between two looks at who is still there


class Trainer:
    """The runs of one server. Every method may be called from any thread."""

    def __init__(
        self, alive: Callable[[str], bool], workers: int | None = None, niceness: int = NICENESS
    ):
        """Begin with `workers` processes; `alive` says of a session whether it is there."""
        self._niceness = niceness
        self._alive = alive
        self.workers = workers or min(os.cpu_count() or 1, MOST_WORKERS)
        self._lock = threading.RLock()
        self._processes: list[Process] = []
        self._runs: dict[str, Run] = {}
        self._leases: dict[int, Run] = {}
        self._numbers = itertools.count(1)
        self._closed = threading.Event()
        self.warm()
        threading.Thread(target=self._sweeping, name="trainer sweep", daemon=True).start()

    def warm(self) -> None:
        """Start the workers that are missing."""
        with self._lock:
            while len(self._processes) < self.workers and not self._closed.is_set():
                self._processes.append(Process(self._heard, self._gone, self._niceness))

    def close(self) -> None:
        """End the workers, and every run with them."""
        with self._lock:
            self._closed.set()
            self._runs.clear()
            self._leases.clear()
            for process in self._processes:
                process.close()

    # What a session asks for

    def start(self, session: str, experiment: Experiment) -> str:
        """Begin to train, in place of what the session trained before; return the run's word.

        Raises RefusedError, in one sentence, for what would take too much, and where there is no
        room; then what was there before goes on.
        """
        experiment = read(spell(experiment))  # plain numbers, whatever types they came in
        check(experiment)
        with self._lock:
            mine = [word for word, run in self._runs.items() if run.session == session]
            replaced = mine[: max(0, len(mine) + 1 - RUNS_PER_SESSION)]
            self._make_room(replaced)
            run = Run(secrets.token_urlsafe(12), session, experiment)
            self._runs[run.word] = run
            self._place(run)
            for word in replaced:
                self.forget(word)
            return run.word

    def run_of(self, session: str) -> str | None:
        """Return the session's newest run."""
        with self._lock:
            mine = [word for word, run in self._runs.items() if run.session == session]
            return mine[-1] if mine else None

    def adopt(self, word: str, session: str) -> bool:
        """Give a run whose session is gone to another one that knows its word."""
        owner = self._owner(word)
        if owner is None or (owner != session and self._alive(owner)):
            return False
        with self._lock:
            if self._owner(word) != owner:  # meanwhile forgotten, or another one's
                return False
            self._runs[word].session, self._runs[word].away = session, None
        return True

    def _owner(self, word: str) -> str | None:
        with self._lock:
            run = self._runs.get(word)
            return None if run is None else run.session

    def status(self, word: str) -> Status | None:
        """Return how a run stands; None where there is no such run, or no longer."""
        with self._lock:
            run = self._runs.get(word)
            return None if run is None else run.status()

    def snapshot(self, word: str, updates: int | None = None) -> Snapshot | None:
        """Return the last checkpoint kept at or before `updates`; None means of all."""
        with self._lock:
            run = self._runs.get(word)
            if run is None or not run.kept:
                return None
            return run.kept[-1] if updates is None else before(run.kept, updates)

    def pause(self, word: str) -> None:
        """Let a run stand where it is."""
        with self._lock:
            run = self._runs.get(word)
            if run is not None and run.wanted:
                run.want(going=False)
                self._halt(run)

    def stop(self, word: str) -> None:
        """End a run and keep what it learned."""
        with self._lock:
            run = self._runs.get(word)
            if run is not None and not run.ended and not run.problem:
                run.want(going=False, stopped=True)
                self._halt(run)

    def resume(self, word: str) -> None:
        """Let a run go on to its end."""
        with self._lock:
            run = self._runs.get(word)
            if run is not None and not run.ended and not run.going:
                run.want(going=True)
                self._place(run)

    def step(self, word: str) -> None:
        """Let a run that stands do one update."""
        with self._lock:
            run = self._runs.get(word)
            if run is not None and not run.ended and not run.going:
                run.want(going=False, steps=run.steps + 1)
                self._place(run)

    def rewind(self, word: str, updates: int) -> None:
        """Go back to the checkpoint kept at or before `updates`, and stand there.

        What came after is forgotten; going on gives the same numbers once more.
        """
        with self._lock:
            run = self._runs.get(word)
            if run is not None and run.kept:
                self._drop(run)
                run.go_back(updates)

    def forget(self, word: str) -> None:
        """Free all that a run takes."""
        with self._lock:
            run = self._runs.pop(word, None)
            if run is not None:
                self._drop(run)
                self._balance()

    def sweep(self, now: float, grace: float = GRACE) -> None:
        """Forget the runs whose sessions have been gone for `grace` seconds."""
        with self._lock:
            runs = list(self._runs.values())
        here = {session: self._alive(session) for session in {run.session for run in runs}}
        with self._lock:
            for run in runs:
                if here.get(run.session, True):
                    run.away = None
                    continue
                run.away = now if run.away is None else run.away
                if now - run.away >= grace:
                    self.forget(run.word)

    # Who has which run; with the lock

    def _make_room(self, replaced: list[str]) -> None:
        """Raise RefusedError where one more run has no room, without those replaced."""
        others = [run for word, run in self._runs.items() if word not in replaced]
        if sum(run.wanted for run in others) >= TRAINING_AT_ONCE:
            raise RefusedError(words.too_many(TRAINING_AT_ONCE))
        if len(others) >= RUNS_KEPT:
            raise RefusedError(words.too_many_kept(RUNS_KEPT))

    def _place(self, run: Run) -> None:
        """Give a run to the worker with the fewest, unless one has it still."""
        if run.lease is not None or self._closed.is_set():
            return
        self.warm()
        process = min(self._processes, key=lambda process: len(self._held(process)))
        lease = Lease(next(self._numbers), process)
        at = run.begin(lease)
        self._leases[lease.number] = run
        process.order(
            {
                "do": "train",
                "lease": lease.number,
                "experiment": dataclasses.asdict(run.experiment),
                "until": run.until,
                "seconds": LONGEST_RUN - run.seconds,
                "progress": at.progress if at else None,
            },
            at.arrays if at else None,
        )

    def _held(self, process: Process) -> list[Run]:
        """The runs that a worker has and keeps."""
        return [
            run
            for run in self._leases.values()
            if run.lease is not None and run.lease.process is process and not run.lease.halted
        ]

    def _halt(self, run: Run) -> None:
        """Ask for a run back, with where it stands."""
        if run.lease is not None and not run.lease.halted:
            run.lease.halted = True
            run.lease.process.order({"do": "halt", "lease": run.lease.number})

    def _drop(self, run: Run) -> None:
        """Take a run from its worker and hear no more of it."""
        if run.lease is not None:
            self._leases.pop(run.lease.number, None)
            run.lease.process.order({"do": "drop", "lease": run.lease.number})
            run.lease = None

    def _balance(self) -> None:
        """Where one worker has two runs more than another, call one back, to place it anew."""
        if any(run.wanted and run.lease and run.lease.halted for run in self._leases.values()):
            return  # one is on its way
        held = sorted((self._held(process) for process in self._processes), key=len)
        if held and len(held[-1]) - len(held[0]) >= 2:
            self._halt(held[-1][-1])

    # What the workers say; called by the threads that read

    def _heard(self, process: Process, message: Message) -> None:
        told = message.words
        with self._lock:
            run = self._leases.get(told["lease"])
            if run is None:
                return
            if told["told"] == "points":
                run.learned(told["points"])
            elif told["told"] == "checkpoint":
                run.keep(snapshot_of(run.experiment, message))
            run.spent(time.monotonic(), told["seconds"])
            if told["told"] == "over":
                del self._leases[told["lease"]]
                run.over(told)
                if run.wanted:
                    self._place(run)
                self._balance()

    def _gone(self, process: Process) -> None:
        with self._lock:
            if process in self._processes:
                self._processes.remove(process)
            for run in [r for r in self._leases.values() if r.lease and r.lease.process is process]:
                if run.lease is not None:
                    del self._leases[run.lease.number]
                run.lost()
            if process.ready:  # one that never was would end again, and again
                self.warm()

    def _sweeping(self) -> None:
        while not self._closed.wait(SWEEP):
            self.sweep(time.monotonic())
