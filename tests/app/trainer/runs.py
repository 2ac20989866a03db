"""Small experiments, their numbers as the library gives them, and how tests wait for a run."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from app.trainer import Trainer
from app.trainer.messages import Message
from lstm_core.experiment import Experiment, batches, model_of, recipe_of
from lstm_core.model.weights import weights
from lstm_core.training import Progress, training

SMALL = Experiment(length=20, units=3, batch=4, updates=60)
ENDLESS = SMALL.replace(updates=100_000)
HERE = {"ada", "bob", "eve"}  # the sessions that are there


@cache
def alone(experiment: Experiment) -> tuple[Progress, ...]:
    """Return every progress of an experiment that nobody disturbs."""
    return tuple(training(model_of(experiment), batches(experiment), recipe_of(experiment)))


def until(true: Callable[[], object], seconds: float = 60) -> None:
    """Wait for something that other processes bring about."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came about"
        time.sleep(0.005)


def state(trainer: Trainer, run: str) -> str:
    status = trainer.status(run)
    return "gone" if status is None else status.state


def updates(trainer: Trainer, run: str) -> int:
    status = trainer.status(run)
    return -1 if status is None else status.updates


def standing(trainer: Trainer, run: str) -> bool:
    """Whether the run has come back from its worker."""
    return trainer._runs[run].lease is None


def same(trainer: Trainer, run: str, experiment: Experiment) -> None:
    """Hold every number of a finished run against those of the library."""
    until(lambda: state(trainer, run) == "done" and standing(trainer, run))
    status, snapshot, true = trainer.status(run), trainer.snapshot(run), alone(experiment)
    assert status is not None
    assert snapshot is not None
    assert status.curve.updates.tolist() == [p.updates for p in true]
    assert status.curve.loss.tolist() == [p.loss for p in true]
    assert status.curve.gradient_norm.tolist() == [p.gradient_norm for p in true]
    assert snapshot.updates == experiment.updates
    for name, array in weights(true[-1].model).items():
        np.testing.assert_array_equal(weights(snapshot.model)[name], array)


def order(experiment: Experiment, lease: int = 1, **changes: Any) -> Message:
    """Return the order to train an experiment from its beginning."""
    told = {"do": "train", "lease": lease, "experiment": dataclasses.asdict(experiment)}
    told |= {"until": experiment.updates, "seconds": 60.0, "progress": None, **changes}
    return Message(words=told, arrays={})


def listener() -> tuple[list[Message], Callable[..., None]]:
    """Return a list, and a function that takes messages down in it."""
    told: list[Message] = []
    return told, lambda words, arrays: told.append(Message(words=words, arrays=dict(arrays)))
