"""In which order the rows of a table follow in time, and what is odd about it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from lstm_core.record import Array, record

from ..arrays import shown
from ..files import counted
from .moments import joined
from .notes import Notes
from .variables import Variable, Variables

IRREGULAR = 1.5  # the longest step by the usual one, from which steps are irregular


@record
class Timeline:
    """The time of each row: its texts, and numbers (n,) that grow with it; NaN where unknown."""

    columns: tuple[Variable, ...]
    texts: Any
    stamps: Array

    @property
    def name(self) -> str:
        """The columns that tell the time, as a sentence has them."""
        return " and ".join(repr(shown(column.name)) for column in self.columns)


def timeline_of(given: Variables, taken: tuple[Variable, ...]) -> Timeline | None:
    """Return what tells the time of the rows, beside the columns that are read; None for none.

    One column that never repeats is enough; else dates and times of day, or year, month and
    day, tell it together.
    """
    places = {column.place for column in taken}
    columns = [
        column
        for column in given.of("time", "index")
        if column.stamps is not None and column.place not in places
    ]
    times = [column for column in columns if column.kind == "time"] or columns[:1]
    if not times:
        return None
    for column in times:
        if column.stamps is not None and _is_strict(column.stamps):
            return Timeline(columns=(column,), texts=column.texts, stamps=column.stamps)
    return _together(times) if len(times) > 1 else _alone(times[0])


def _alone(column: Variable) -> Timeline:
    assert column.stamps is not None
    return Timeline(columns=(column,), texts=column.texts, stamps=column.stamps)


def _is_strict(stamps: Array) -> bool:
    steps = np.diff(stamps)
    return bool(np.all(steps > 0) or np.all(steps < 0))


def _together(times: list[Variable]) -> Timeline:
    """Several parts of a time as one: the first column counts most."""
    used: list[Variable] = []
    ranks = np.zeros(len(times[0].texts))
    for column in times:
        part = np.nan_to_num(_of(column), nan=-np.inf)
        _, place = np.unique(part, return_inverse=True)
        ranks = ranks * (int(place.max(initial=0)) + 1) + place
        used.append(column)
        if len(np.unique(ranks)) == len(ranks):
            break
    stamps = ranks
    if len(used) == 2 and _is_day(used[0]) and _is_clock(used[1]):
        stamps = _of(used[0]) + np.mod(_of(used[1]), 86400)
    return Timeline(columns=tuple(used), texts=joined(c.texts for c in used), stamps=stamps)


def _of(column: Variable) -> Array:
    return np.zeros(0) if column.stamps is None else column.stamps


def _is_day(column: Variable) -> bool:
    return column.numbers is None and bool(np.all(np.nan_to_num(_of(column)) % 86400 == 0))


def _is_clock(column: Variable) -> bool:
    known = _of(column)[~np.isnan(_of(column))]
    return column.numbers is None and bool(len(known)) and float(np.ptp(known)) < 86400


def turned(rows: Array, line: Timeline, notes: Notes) -> Array:
    """Return rows in the order of time: turned round where the newest stands first.

    Rows that follow time in neither direction are asked about.
    """
    steps = np.diff(line.stamps[rows])
    steps = steps[~np.isnan(steps)]
    if not len(steps) or bool(np.all(steps >= 0)):
        return rows
    if bool(np.all(steps <= 0)):
        backwards = notes.choose(
            "direction",
            f"In {line.name} the newest row stands first. In which direction is it read?",
            {"From the oldest row to the newest": True, "As the file stands": False},
            "From the oldest row to the newest",
            ask=False,
        )
        if backwards:
            notes.remark(f"The newest {line.name} stands first: the rows are turned round.")
            return rows[::-1]
        return rows
    return _sorted(rows, line, notes)


def _sorted(rows: Array, line: Timeline, notes: Notes) -> Array:
    falls = int(np.count_nonzero(np.diff(line.stamps[rows]) < 0))
    ordered = notes.choose(
        "order",
        f"{line.name} runs backwards at {falls:,} of {len(rows) - 1:,} steps. In which order are "
        "the rows read?",
        {"As the file stands": False, "In the order of time": True},
        "As the file stands",
        ask=len(line.columns) == 1 and line.columns[0].kind == "time" and line.columns[0].sure,
    )
    if ordered:
        notes.remark(f"The rows are put in the order of {line.name}.")
        return rows[np.argsort(line.stamps[rows], kind="stable")]
    notes.remark(
        f"{line.name} runs backwards at {counted(falls, 'step')}: the rows are read as they stand."
    )
    return rows


def say_steps(groups: list[Array], line: Timeline, given: Variables, notes: Notes) -> None:
    """Remark on stamps that stand twice, and on steps that are not as long as the others."""
    twice = irregular = 0
    where = example = 0
    for rows in groups:
        steps = np.diff(line.stamps[rows])
        known = steps[np.isfinite(steps)]
        if not len(known):
            continue
        same = np.flatnonzero(steps == 0)
        where = where or (given.line(int(rows[same[0] + 1])) if len(same) else 0)
        twice += len(same)
        usual = float(np.median(np.abs(known)))
        odd = np.flatnonzero(np.abs(steps) > IRREGULAR * usual) if usual else np.array([], int)
        example = example or (given.line(int(rows[odd[0] + 1])) if len(odd) else 0)
        irregular += len(odd)
    if twice:
        notes.remark(
            f"{line.name} stands still at {counted(twice, 'step')}, first in line {where:,}: "
            "the same stamp twice."
        )
    if irregular and len(line.columns[0].texts) > 2:
        notes.remark(
            f"The steps of {line.name} are irregular: {irregular:,} longer than usual, the first "
            f"before line {example:,}. The network treats all steps as equally long."
        )


def texts_of(line: Timeline, rows: Array) -> tuple[str, ...]:
    """Return the time of each of these rows, as it stands in the file."""
    chosen: tuple[str, ...] = tuple(line.texts.take(pa.array(rows)).to_pylist())
    return chosen
