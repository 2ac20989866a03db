"""What is known of an experiment before its first update: its task, its frame, its network."""

from __future__ import annotations

from lstm_core.experiment import Experiment, model_of, spell
from lstm_core.tasks import make_task

from ..components.workbench import Frame, make_frame
from ..trainer import WatchedRun, watched_run
from ..words.language import spoken
from ..words.phrases import said
from .shared_store import store


def task_title(name: str) -> str:
    """Return what a task is called."""
    return said(store.get_or_compute(("task title", name), lambda: make_task(name).title))


def untrained_id(experiment: Experiment) -> str:
    """Return the id by which the browser knows the network before its first update."""
    return "~".join(["untrained", *_spelled(experiment)])


def frame(experiment: Experiment) -> Frame:
    """Return what the workbench shows alike at every checkpoint of an experiment."""
    key = ("frame", *_spelled(experiment), spoken().code)
    return store.get_or_compute(key, lambda: make_frame(experiment))


def untrained(experiment: Experiment) -> WatchedRun:
    """Return the run of an untrained network over the watched sequence of its experiment."""
    return store.get_or_compute(
        ("untrained", *_spelled(experiment)), lambda: watched_run(experiment, model_of(experiment))
    )


def _spelled(experiment: Experiment) -> tuple[str, ...]:
    return tuple(f"{name}.{value}" for name, value in spell(experiment).items())
