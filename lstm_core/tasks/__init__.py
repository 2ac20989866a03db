"""The canonical tasks, as seeded generators: what they ask, and when an answer is right."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..record import record
from .adding import Adding
from .common import Cue, GroundTruth, Settings, Targets, Task
from .continual_reber import ContinualReber
from .copy_memory import CopyMemory
from .counting import Counting
from .digits import SequentialDigits
from .dyck import Dyck1
from .events import Event
from .first_letter import FirstLetter
from .long_lag import BETWEEN, LongLag
from .multiplication import Multiplication
from .python_source import PythonSource
from .reber import EmbeddedReber
from .sunspots import Sunspots
from .temporal_order import TemporalOrder

__all__ = [
    "LENGTHS",
    "Cue",
    "Event",
    "GroundTruth",
    "Length",
    "Settings",
    "Targets",
    "Task",
    "make_task",
    "task",
]


@record
class Length:
    """How long a task's sequences are: what the number counts, and which numbers there are.

    `usual` is the literature's; None where a task has no such number.
    """

    counts: str
    usual: int | None
    shortest: int = 0
    longest: int = 0


_TIMESTEPS = "timesteps at least"
_COUNT = "n at most"
_TRAINABLE: dict[str, tuple[Length, Callable[[Any], Any]]] = {
    "first_letter": (
        Length(counts="timesteps of lag at most", usual=100, shortest=1, longest=1000),
        lambda length: FirstLetter(length=length),
    ),
    "embedded_reber": (Length(counts="", usual=None), lambda length: EmbeddedReber()),
    "continual_reber": (
        Length(counts="strings in a row", usual=8, shortest=1, longest=50),
        lambda length: ContinualReber(strings=length),
    ),
    "long_lag_2a": (
        Length(counts="timesteps of lag", usual=100, shortest=2, longest=len(BETWEEN) + 1),
        lambda length: LongLag(length=length),
    ),
    "adding": (
        Length(counts=_TIMESTEPS, usual=100, shortest=10, longest=1000),
        lambda length: Adding(length=length),
    ),
    "multiplication": (
        Length(counts=_TIMESTEPS, usual=100, shortest=10, longest=1000),
        lambda length: Multiplication(length=length),
    ),
    "temporal_order_6a": (
        Length(counts=_TIMESTEPS, usual=100, shortest=20, longest=1000),
        lambda length: TemporalOrder(symbols=2, length=length),
    ),
    "temporal_order_6b": (
        Length(counts=_TIMESTEPS, usual=100, shortest=20, longest=1000),
        lambda length: TemporalOrder(symbols=3, length=length),
    ),
    "copy_memory": (
        Length(counts="timesteps of silence", usual=20, shortest=1, longest=500),
        lambda length: CopyMemory(length=length),
    ),
    "anbn": (
        Length(counts=_COUNT, usual=20, shortest=2, longest=200),
        lambda length: Counting(letters="ab", most=length),
    ),
    "anbncn": (
        Length(counts=_COUNT, usual=40, shortest=2, longest=200),
        lambda length: Counting(letters="abc", most=length),
    ),
    "dyck1": (
        Length(counts="pairs at most", usual=25, shortest=1, longest=250),
        lambda length: Dyck1(most=length),
    ),
    "sequential_digits": (
        Length(counts="", usual=None),
        lambda length: SequentialDigits(),
    ),
}

LENGTHS: dict[str, Length] = {name: length for name, (length, _) in _TRAINABLE.items()}
"""The tasks that a network can be trained on, in teaching order, with their lengths."""


def make_task(name: str, length: int | None = None) -> Task:
    """Return the task `name` with sequences of this `length`; None is the usual one.

    Raises ValueError for a task that there is not, and for a length it cannot have.
    """
    if name not in _TRAINABLE:
        raise ValueError(f"task is {name!r}: expected one of {', '.join(_TRAINABLE)}")
    known, make = _TRAINABLE[name]
    made: Task = make(known.usual if length is None else length)
    return made


def ground_truth(name: str, folder: Path) -> GroundTruth:
    """Return what is true of a demo's task, with its data, where it has any, from `folder`.

    Raises ValueError for a task that there is not.
    """
    if name == "sunspots":
        return Sunspots.load(folder / "sunspots.csv")
    if name == "python_source":
        return PythonSource.load(folder / "held_out")
    return make_task(name)
