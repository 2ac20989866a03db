"""Small experiments, their numbers as the library gives them, and how tests wait for a run."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import numpy as np

from app.messages import Message, Send
from app.trainer import Trainer
from lstm_core.experiment import Experiment, batches, model_of, recipe_of
from lstm_core.model.weights import weights
from lstm_core.record import Array
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
    return trainer._runs[run].assignment is None


def same(trainer: Trainer, run: str, experiment: Experiment) -> None:
    """Hold every number of a finished run against those of the library."""
    until(lambda: state(trainer, run) == "done" and standing(trainer, run))
    status, checkpoint, true = trainer.status(run), trainer.checkpoint(run), alone(experiment)
    assert status is not None
    assert checkpoint is not None
    assert status.curve.updates.tolist() == [p.updates for p in true]
    assert status.curve.loss.tolist() == [p.loss for p in true]
    assert status.curve.gradient_norm.tolist() == [p.gradient_norm for p in true]
    assert checkpoint.updates == experiment.updates
    for name, array in weights(true[-1].model).items():
        np.testing.assert_array_equal(weights(checkpoint.model)[name], array)


def order(experiment: Experiment, assignment: int = 1, **changes: Any) -> Message:
    """Return the order to train an experiment from its beginning."""
    document = {
        "kind": "train",
        "assignment": assignment,
        "experiment": dataclasses.asdict(experiment),
    }
    document |= {"until": experiment.updates, "seconds": 60.0, "progress": None, **changes}
    return Message(document=document, arrays={})


def listener() -> tuple[list[Message], Send]:
    """Return a list of reports, and a function that adds one to it."""
    reports: list[Message] = []

    def send(document: dict[str, Any], arrays: Mapping[str, Array]) -> None:
        reports.append(Message(document=document, arrays=dict(arrays)))

    return reports, send
