"""A trainer without worker processes: it trains here and now, and only when a test says so."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.trainer import Mark, Snapshot, Status, check
from app.trainer.checkpoints import before
from app.trainer.curve import Record
from app.trainer.progress import arrays_of, beginning, words_of
from app.trainer.watched import watched
from lstm_core.experiment import Experiment, batches, model_of, recipe_of
from lstm_core.training import training


class StillTrainer:
    """One run, which does `AT_ONCE` updates when it starts or goes on."""

    AT_ONCE = 3

    def __init__(self) -> None:
        self.run, self.state, self.runs = "", "", 0
        self.kept: list[Snapshot] = []

    def start(self, session: str, experiment: Experiment) -> str:
        check(experiment)
        self.runs += 1
        self.run, self.experiment = f"run-{self.runs}", experiment
        self.kept = [self._snapshot(beginning(experiment))]
        self.resume(self.run)
        return self.run

    def _snapshot(self, progress: Any) -> Snapshot:
        seen = watched(self.experiment, progress.model)
        loss = progress.loss if np.isfinite(progress.loss) else seen.loss
        return Snapshot(
            experiment=self.experiment,
            mark=Mark(updates=progress.updates, loss=loss, success=0.25),
            watched=seen,
            progress=words_of(progress),
            arrays=arrays_of(progress),
        )

    def _train(self, updates: int) -> None:
        """Do the first updates anew: they are the same every time."""
        e, upto = self.experiment, min(self.kept[-1].updates + updates, self.experiment.updates)
        for progress in training(model_of(e), batches(e), recipe_of(e)):
            if progress.updates > self.kept[-1].updates:
                self.kept.append(self._snapshot(progress))
            if progress.updates >= upto:
                break

    def resume(self, run: str) -> None:
        self._train(self.AT_ONCE)
        done = self.kept[-1].updates >= self.experiment.updates
        self.state = "done" if done else "running"

    def pause(self, run: str) -> None:
        self.state = "paused"

    def stop(self, run: str) -> None:
        self.state = "stopped"

    def step(self, run: str) -> None:
        self._train(1)

    def rewind(self, run: str, updates: int) -> None:
        self.kept = self.kept[: self.kept.index(before(self.kept, updates)) + 1]
        self.state = "paused"

    def forget(self, run: str) -> None:
        self.run = ""

    def run_of(self, session: str) -> str | None:
        return self.run or None

    def adopt(self, run: str, session: str) -> bool:
        return run == self.run

    def snapshot(self, run: str, updates: int | None = None) -> Snapshot | None:
        if run != self.run:
            return None
        return self.kept[-1] if updates is None else before(self.kept, updates)

    def status(self, run: str) -> Status | None:
        if run != self.run:
            return None
        record = Record()
        record.add((s.updates, s.mark.loss, 1.0) for s in self.kept[1:])
        return Status(
            run=run,
            experiment=self.experiment,
            state=self.state,  # type: ignore[arg-type]
            updates=self.kept[-1].updates,
            seconds=1.0,
            seconds_left=12.0 if self.state == "running" else None,
            share=1.0,
            problem="",
            curve=record.curve(),
            checkpoints=tuple(s.mark for s in self.kept),
            version=len(self.kept),
        )
