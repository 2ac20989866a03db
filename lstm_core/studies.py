"""Results that took hours and stand in files: variants with seeds, and tasks with two cells.

The files are made by scripts and committed with date and machine; here they are only read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import numpy as np

from .record import Array, record
from .tasks import LENGTHS, make_task


def title_of(task: str, length: int | None) -> str:
    """Return what a task is called on the page; one that there is no more keeps its own word."""
    known = make_task(task, length).title if task in LENGTHS else task.replace("_", " ")
    return known if length is None else f"{known}, length {length:,}"


@record
class Learning:
    """One training run from one seed: the success on fresh sequences as training went on."""

    seed: int
    updates: Array  # (n,), ascending
    success: Array  # (n,), in 0..1
    sequences_to_success: int | None  # None: it never succeeded
    wrong: int  # of `of` fresh sequences, at the end
    of: int


@record
class Variant:
    """One cell with one initialisation, trained from several seeds."""

    name: str
    cell: str
    units: int
    numbers: int
    source: str
    runs: tuple[Learning, ...]

    @property
    def kind(self) -> str:
        """The kind of cell: "lstm", "gru" or "rnn"."""
        return self.cell.partition("_")[0]

    def spread(self) -> tuple[Array, Array, Array, Array]:
        """Return updates (n,) and, over the seeds, lowest, median and highest success, (n,).

        A run that ended early keeps its last success.
        """
        updates = max((run.updates for run in self.runs), key=len)
        success = np.array([np.interp(updates, run.updates, run.success) for run in self.runs])
        return updates, success.min(axis=0), np.median(success, axis=0), success.max(axis=0)


@record
class Study:
    """Variants trained alike on one task."""

    task: str
    length: int | None
    date: str
    machine: str
    criterion: str
    variants: tuple[Variant, ...]

    @property
    def title(self) -> str:
        """What its task is called."""
        return title_of(self.task, self.length)


@record
class Trial:
    """One training run of the table of tasks."""

    seed: int
    sequences_to_success: int | None
    wrong: int
    of: int


@record
class Trials:
    """The runs of one cell on one task."""

    units: int
    numbers: int
    runs: tuple[Trial, ...]

    @property
    def succeeded(self) -> int:
        """How many of the runs reached success."""
        return sum(run.sequences_to_success is not None for run in self.runs)


@record
class Row:
    """One task: what the literature reached, and what ours did, by kind of cell."""

    task: str
    length: int | None
    published: str
    cells: Mapping[str, Trials]

    @property
    def title(self) -> str:
        """What its task is called."""
        return title_of(self.task, self.length)


@record
class Table:
    """Tasks, each learnt by an LSTM and by a standard RNN."""

    date: str
    machine: str
    rows: tuple[Row, ...]


def read_study(content: bytes) -> Study:
    """Return the study in a JSON file; ValueError where something is missing."""
    with _complete():
        return _study(json.loads(content))


def read_table(content: bytes) -> Table:
    """Return the table of tasks in a JSON file; ValueError where something is missing."""
    with _complete():
        return _table(json.loads(content))


@contextmanager
def _complete() -> Iterator[None]:
    try:
        yield
    except (KeyError, TypeError) as error:
        raise ValueError(f"the results are not complete: {error}") from error


def _study(described: dict[str, Any]) -> Study:
    variants = tuple(_variant(each) for each in described["variants"])
    head = {name: described[name] for name in ("task", "length", "date", "machine", "criterion")}
    return Study(**head, variants=variants)


def _variant(described: dict[str, Any]) -> Variant:
    head = {name: described[name] for name in ("name", "cell", "units", "numbers", "source")}
    return Variant(**head, runs=tuple(_learning(run) for run in described["runs"]))


def _learning(described: dict[str, Any]) -> Learning:
    success = np.array(described["success"], np.float64)
    if success.shape != np.shape(described["updates"]) or not success.size:
        raise ValueError(
            f"success has {success.size} numbers: expected {len(described['updates'])}"
        )
    return Learning(
        updates=np.array(described["updates"], np.int64), success=success, **_outcome(described)
    )


def _outcome(described: dict[str, Any]) -> dict[str, Any]:
    return {name: described[name] for name in ("seed", "sequences_to_success", "wrong", "of")}


def _table(described: dict[str, Any]) -> Table:
    rows = tuple(
        Row(
            task=row["task"],
            length=row["length"],
            published=row["published"],
            cells={kind: _trials(cell) for kind, cell in row["cells"].items()},
        )
        for row in described["rows"]
    )
    return Table(date=described["date"], machine=described["machine"], rows=rows)


def _trials(described: dict[str, Any]) -> Trials:
    runs = tuple(Trial(**_outcome(run)) for run in described["runs"])
    return Trials(units=described["units"], numbers=described["numbers"], runs=runs)
