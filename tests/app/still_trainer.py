"""A trainer without worker processes: it trains here and now, and only when a test says so."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.trainer import Checkpoint, CheckpointSummary, Status, check
from app.trainer.checkpoints import checkpoint_at
from app.trainer.curve import CurveBuilder
from app.trainer.progress import initial_progress, progress_arrays, progress_document
from app.trainer.watched_run import watched_run
from lstm_core.experiment import Experiment, batches, model_of, recipe_of
from lstm_core.training import training


class StillTrainer:
    """One run, which does `AT_ONCE` updates when it starts or goes on."""

    AT_ONCE = 3

    def __init__(self) -> None:
        self.run, self.state, self.runs = "", "", 0
        self.place = 0  # in the line of those that wait
        self.kept: list[Checkpoint] = []

    def start(self, session: str, experiment: Experiment) -> str:
        check(experiment)
        self.runs += 1
        self.run, self.experiment = f"run-{self.runs}", experiment
        self.kept = [self._checkpoint(initial_progress(experiment))]
        self.resume(self.run)
        return self.run

    def _checkpoint(self, progress: Any) -> Checkpoint:
        seen = watched_run(self.experiment, progress.model)
        loss = progress.loss if np.isfinite(progress.loss) else seen.loss
        return Checkpoint(
            experiment=self.experiment,
            summary=CheckpointSummary(updates=progress.updates, loss=loss, success=0.25),
            watched=seen,
            progress=progress_document(progress),
            arrays=progress_arrays(progress),
        )

    def _train(self, updates: int) -> None:
        """Do the first updates anew: they are the same every time."""
        e, upto = self.experiment, min(self.kept[-1].updates + updates, self.experiment.updates)
        for progress in training(model_of(e), batches(e), recipe_of(e)):
            if progress.updates > self.kept[-1].updates:
                self.kept.append(self._checkpoint(progress))
            if progress.updates >= upto:
                break

    def resume(self, run: str) -> None:
        self._train(self.AT_ONCE)
        done = self.kept[-1].updates >= self.experiment.updates
        self.state = "done" if done else "running"

    def pause(self, run: str) -> None:
        self.state = "paused"

    def stop(self, run: str) -> None:
        self.state, self.place = "stopped", 0

    def step(self, run: str) -> None:
        self._train(1)

    def rewind(self, run: str, updates: int) -> None:
        self.kept = self.kept[: self.kept.index(checkpoint_at(self.kept, updates)) + 1]
        self.state = "paused"

    def forget(self, run: str) -> None:
        self.run = ""

    def newest_run(self, session: str) -> str | None:
        return self.run or None

    def take_over(self, run: str, session: str) -> bool:
        return run == self.run

    def checkpoint(self, run: str, updates: int | None = None) -> Checkpoint | None:
        if run != self.run:
            return None
        return self.kept[-1] if updates is None else checkpoint_at(self.kept, updates)

    def status(self, run: str) -> Status | None:
        if run != self.run:
            return None
        record = CurveBuilder()
        record.add((s.updates, s.summary.loss, 1.0) for s in self.kept[1:])
        return Status(
            run=run,
            experiment=self.experiment,
            state=self.state,  # type: ignore[arg-type]
            updates=self.kept[-1].updates,
            seconds=1.0,
            seconds_left=12.0 if self.state == "running" else None,
            share=1.0,
            place=self.place,
            problem="",
            curve=record.curve(),
            checkpoints=tuple(s.summary for s in self.kept),
            version=len(self.kept),
        )
