"""Sequences of numbers on their way from the table: values, where each stands, what is missing."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from lstm_core.record import Array, record

from ..arrays import shown
from ..files import UploadError
from .limits import MAX_SEQUENCES
from .notes import Notes
from .numerals import Mark
from .timeline import Timeline, texts_of
from .variables import Variable, Variables, first_unreadable

Place = Callable[[int, int], tuple[int, str]]


@record
class Draft:
    """One sequence: values (T, D) float64, NaN where one is missing, and the rows (T,) they are of.

    `place(t, k)` is the line and the column in which number k of timestep t stands.
    """

    values: Array
    rows: Array
    place: Place
    name: str = ""
    label: str | None = None
    times: tuple[str, ...] | None = None

    def kept(self, rows: Array, values: Array | None = None, name: str | None = None) -> Draft:
        """Return the draft with some of its timesteps, (m,) places of them, and their values."""
        return Draft(
            values=self.values[rows] if values is None else values,
            rows=self.rows[rows],
            place=lambda t, k: self.place(int(rows[t]), k),
            name=self.name if name is None else name,
            label=self.label,
            times=None if self.times is None else tuple(self.times[t] for t in rows.tolist()),
        )


def down(
    given: Variables,
    taken: tuple[Variable, ...],
    rows: Array,
    line: Timeline | None,
    name: str = "",
    label: str | None = None,
) -> Draft:
    """Return the sequence of some rows, each a timestep, in the columns that are taken."""
    stacked = np.empty((len(rows), len(taken)))
    for k, column in enumerate(taken):
        stacked[:, k] = np.where(column.missing[rows], np.nan, column.values[rows])
    return Draft(
        values=stacked,
        rows=rows,
        place=lambda t, k: (given.line(int(rows[t])), taken[k].name),
        name=name,
        label=label,
        times=texts_of(line, rows) if line else None,
    )


def expect_numbers(given: Variables, taken: tuple[Variable, ...], notes: Notes) -> None:
    """Raise UploadError that names the first cell of a column that is no number."""
    for column in taken:
        row = _first_fault(column, given.mark)
        if row is None:
            continue
        text = column.texts[row].as_py()
        infinite = column.numbers is not None and np.isinf(column.numbers.values[row])
        expected = "a finite number" if infinite else "a number"
        raise UploadError(
            f"{shown(notes.name)}, line {given.line(row):,}, column {shown(column.name)!r}, is "
            f"{shown(text)!r}: expected {expected}; where a value is missing leave the cell empty "
            "or write NA."
        )


def _first_fault(column: Variable, mark: Mark) -> int | None:
    if column.numbers is None:
        return first_unreadable(column, mark)
    faults = np.flatnonzero(column.numbers.faults)
    return int(faults[0]) if len(faults) else None


def expect_count(count: int, notes: Notes) -> None:
    """Raise UploadError for more sequences than are kept."""
    if count > MAX_SEQUENCES:
        raise UploadError(
            f"{shown(notes.name)} would be {count:,} sequences: at most {MAX_SEQUENCES:,} can be "
            "read at once; cut it into parts."
        )
