"""The canonical tasks, as seeded generators: what they ask, and when an answer is right."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

import numpy as np

from ..record import Array
from .adding import Adding
from .reber import EmbeddedReber
from .sunspots import Sunspots

Targets = tuple[frozenset[str], ...] | Array


class Task(Protocol):
    """What a demo asks of its task."""

    def random_sequence(self, rng: np.random.Generator) -> Any:
        """Return a new sequence: a string of symbols, or values (T, D)."""

    def targets(self, sequence: Any) -> Targets:
        """Return what is true at each timestep of any sequence.

        Symbols: the set of those that may follow, empty where nobody knows. Numbers: what the
        network should predict, (T, K), NaN where nothing is asked or nobody knows.
        """


TASKS = ("embedded_reber", "adding", "sunspots")


def task(name: str, folder: Path) -> Task:
    """Return the task `name`, with its data, where it has any, from `folder`.

    Raises ValueError for a task that there is not.
    """
    if name == "embedded_reber":
        return EmbeddedReber()
    if name == "adding":
        return Adding()
    if name == "sunspots":
        return Sunspots.load(folder / "sunspots.csv")
    raise ValueError(f"task is {name!r}: expected one of {', '.join(TASKS)}")
