"""How a table holds sequences: a row is a timestep, or a sequence, or one stretch of it."""

from __future__ import annotations

import re
from typing import Literal

import numpy as np
import pyarrow.compute as pc

from lstm_core.record import Array

from ..arrays import shown
from ..files import UploadError, counted
from . import names
from .drafts import Draft, down, expect_count, expect_numbers
from .grouping import groups_of
from .matching import inputs_of
from .moments import is_moment
from .notes import Notes
from .timeline import say_steps, timeline_of, turned
from .variables import Variable, Variables
from .wishes import Wish

Layout = Literal["down", "rows", "columns", "along"]
LAYOUTS: dict[str, Layout] = {
    "A row is a timestep": "down",
    "A row is a sequence": "rows",
    "A column is a sequence": "columns",
    "One sequence, row after row": "along",
}
MOST_BEFORE = 20  # columns of numbers before those that count
NUMBER = r"[-+]?[0-9][0-9.,]*"
PART = re.compile(rf"^(?:[^\W\d][^:0-9]*:\s*{NUMBER}|[\[({{]+\s*{NUMBER})$")  # "A: 1", "(1"
END = re.compile(rf"^{NUMBER}\s*[\])}}]+$")  # "1]", where it does not number the row
BROKEN = re.compile(r"[0-9]\s*[:\[\](){}]|[:\[\](){}]\s*[-+.]?[0-9]")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def drafts_of(
    given: Variables, wish: Wish, notes: Notes
) -> tuple[list[Draft], tuple[Variable, ...]]:
    """Return the sequences in a table, their gaps still in them, and the columns that they are of.

    Raises Undecided while the reader must choose, UploadError for what cannot be read.
    """
    if not len(given):
        raise UploadError(
            f"{shown(notes.name)} has no row of numbers below its names: give at least one."
        )
    _expect_no_code(given, notes)
    layout = layout_of(given, wish, notes)
    _expect_no_broken_cell(given, layout, notes)
    if layout == "down":
        return _down(given, wish, notes)
    series = series_columns(given)
    expect_numbers(given, series, notes)
    if layout == "columns":
        return _columns(given, series, notes), series
    return (_rows if layout == "rows" else _along)(given, series, notes), series


def _expect_no_code(given: Variables, notes: Notes) -> None:
    """Raise UploadError for one line that is no row of cells, such as "x = [0.5, 1.5]"."""
    if given.frame.headed or len(given) > 1:
        return
    for column in given.of("text", "label"):
        text = column.texts[0].as_py()
        if re.search(r"[0-9]", text) and re.search(r"[][(){}=]", text):
            raise UploadError(
                f"{shown(notes.name)}, line {given.line(0):,}, begins or ends a list with "
                f"{shown(text)!r}: give the numbers alone, apart by commas, spaces or lines."
            )


def _expect_no_broken_cell(given: Variables, layout: Layout, notes: Notes) -> None:
    """Raise UploadError where texts beside the numbers hold some of these: "3.0:1"."""
    if given.frame.headed or not series_columns(given):
        return
    for column in given.of("text", "label"):
        different = pc.unique(column.texts).to_pylist()
        broken = next((t for t in different if _is_broken(t, column.place, layout)), None)
        if broken is not None:
            row = pc.index(column.texts, broken).as_py()
            raise UploadError(
                f"{shown(notes.name)}, line {given.line(row):,}, {shown(column.name)!r}, is "
                f"{shown(broken)!r} beside the numbers: expected a number, or a name in a cell of "
                "its own."
            )


def _is_broken(text: str, place: int, layout: Layout) -> bool:
    """Whether a text holds a number that belongs to its row, which may be a sequence."""
    if layout == "down":
        return bool(PART.match(text) or (place and END.match(text)))
    return bool(BROKEN.search(text)) and not is_moment(text)


def series_columns(given: Variables) -> tuple[Variable, ...]:
    """Return the columns of numbers that are neither a time nor an index nor a label.

    Where rows differ in length a column means nothing, and all are returned.
    """
    if given.frame.lengths is not None:
        return given.columns
    weak = [c for c in given.of("time", "index") if not c.sure]
    columns = [c for c in given.columns if c.kind in {"number", "empty"} or c in weak]
    while columns and columns[-1].kind == "empty":
        columns.pop()
    return (_counted_on(columns) if given.frame.headed else None) or tuple(columns)


def _counted_on(columns: list[Variable]) -> tuple[Variable, ...] | None:
    """The columns at the end that count or are dates, where they are most; None where none are.

    A label may stand behind them: "id, height, t0, t1, t2, label".
    """
    unlabelled = [c for c in columns if not names.says_label(c.name)]
    for start in range(min(MOST_BEFORE, len(unlabelled) - 2)):
        run = unlabelled[start:]
        called = tuple(column.name for column in run)
        if len(run) > start and (names.numbered(called) or _are_dates(called)):
            return tuple(run)
    return None


def layout_of(given: Variables, wish: Wish, notes: Notes) -> Layout:
    """Return how the table holds sequences; the reader is asked where it could be otherwise."""
    lengths = given.frame.lengths
    if lengths is not None:
        return _ragged_layout(given, wish, notes)
    series = series_columns(given)
    if wish.size != 1 or len(series) < 2 or not len(given):
        return "down"
    preselected, ask = _likely_layout(given, series, wish.names[0])
    text = next((text for text, layout in LAYOUTS.items() if layout == preselected), None)
    question = (
        f"The table has {counted(len(given), 'row')} and {counted(len(series), 'column')} of "
        f"numbers, {shown(_few(series))}. What is a sequence?"
    )
    return notes.require("layout", question, LAYOUTS, text, ask=ask)


def _ragged_layout(given: Variables, wish: Wish, notes: Notes) -> Layout:
    lengths = given.frame.lengths
    if wish.size == 1 and lengths is not None:
        options: dict[str, Layout] = {"A line is a sequence": "rows", "All are one": "along"}
        wrapped = len(np.unique(lengths[:-1])) == 1
        return notes.require(
            "layout",
            f"{counted(len(given), 'line')} of {lengths.min()} to {lengths.max()} numbers. "
            "What is a sequence?",
            options,
            None if wrapped else "A line is a sequence",
            ask=wrapped,
        )
    assert lengths is not None
    wanted = wish.size or int(np.bincount(lengths).argmax())
    row = int(np.flatnonzero(lengths != wanted)[0])
    raise UploadError(
        f"{shown(notes.name)}, line {given.line(row):,}, has "
        f"{counted(int(lengths[row]), 'number')}: expected {wanted}, as many as "
        "the network reads at a timestep."
    )


def _likely_layout(
    given: Variables, series: tuple[Variable, ...], wanted: str
) -> tuple[Layout | None, bool]:
    """The likelier layout of a table with several columns of numbers, and whether to ask."""
    called = tuple(column.name for column in series)
    if not given.frame.headed:
        return None, True
    if any(names.plain(column.name) == names.plain(wanted) for column in given.columns):
        return "down", False
    if [name.casefold()[:3] for name in called] == list(MONTHS):
        return "along", True
    if len(series) > 2 and (names.numbered(called) or _are_dates(called)):
        return "rows", True
    return "down", False


def _are_dates(called: tuple[str, ...]) -> bool:
    return all(is_moment(name) for name in called)


def _few(series: tuple[Variable, ...]) -> str:
    listed = [column.name for column in series]
    return ", ".join(listed) if len(listed) <= 6 else f"{', '.join(listed[:3])}, … {listed[-1]}"


def _down(given: Variables, wish: Wish, notes: Notes) -> tuple[list[Draft], tuple[Variable, ...]]:
    taken = inputs_of(given, wish, notes)
    expect_numbers(given, taken, notes)
    line = timeline_of(given, taken)
    groups = groups_of(given, taken, line, notes)
    ordered = [turned(g.rows, line, notes) if line else g.rows for g in groups]
    if line:
        say_steps(ordered, line, given, notes)
    drafts = [
        down(given, taken, rows, line, group.name, group.label)
        for group, rows in zip(groups, ordered, strict=True)
    ]
    return drafts, taken


def _matrix(series: tuple[Variable, ...]) -> Array:
    stacked = [np.where(column.missing, np.nan, column.values) for column in series]
    return np.stack(stacked, axis=1)


def _columns(given: Variables, series: tuple[Variable, ...], notes: Notes) -> list[Draft]:
    line = timeline_of(given, series)
    rows = np.arange(len(given))
    rows = turned(rows, line, notes) if line else rows
    if line:
        say_steps([rows], line, given, notes)
    notes.remark(f"I see {counted(len(series), 'sequence')}, one per column.")
    return [down(given, (column,), rows, line, name=column.name) for column in series]


def _rows(given: Variables, series: tuple[Variable, ...], notes: Notes) -> list[Draft]:
    """A sequence per row; empty cells at a row's end are no timesteps."""
    expect_count(len(given), notes)
    matrix = _matrix(series)
    label = _label_of_rows(given, series)
    named = _name_of_rows(given, series, label)
    line_word = "line" if not given.frame.headed else "row"
    notes.remark(f"I see {counted(len(given), 'sequence')}, one per {line_word}.")
    if label:
        notes.remark(f"{shown(label.name)!r} labels each of them.")
    times = tuple(column.name for column in series) if given.frame.headed else None
    lengths = given.frame.lengths
    ends = _ends(matrix) if lengths is None else lengths
    if lengths is None and (ends < matrix.shape[1]).any():
        notes.remark("Empty cells at the end of a row are no timesteps.")
    return [
        _row(
            given,
            series,
            matrix[row, : ends[row]],
            row,
            _called(named, row),
            _text(label, row),
            times,
        )
        for row in range(len(given))
        if ends[row]
    ]


def _ends(matrix: Array) -> Array:
    """How many cells of each row come before the empty ones at its end."""
    there = ~np.isnan(matrix)
    backwards = np.argmax(there[:, ::-1], axis=1)
    return np.where(there.any(axis=1), matrix.shape[1] - backwards, 0)


def _row(
    given: Variables,
    series: tuple[Variable, ...],
    values: Array,
    row: int,
    name: str,
    label: str | None,
    times: tuple[str, ...] | None,
) -> Draft:
    return Draft(
        values=values[:, np.newaxis],
        rows=np.full(len(values), row),
        place=lambda t, k: (given.line(row), series[t].name),
        name=name or f"line {given.line(row)}",
        label=label,
        times=times[: len(values)] if times else None,
    )


def _label_of_rows(given: Variables, series: tuple[Variable, ...]) -> Variable | None:
    places = {column.place for column in series}
    free = [c for c in given.columns if c.place not in places and c.kind != "empty"]
    return next((c for c in free if names.says_label(c.name)), None)


def _name_of_rows(
    given: Variables, series: tuple[Variable, ...], label: Variable | None
) -> Variable | None:
    places = {column.place for column in (*series, *([label] if label else []))}
    free = [c for c in given.columns if c.place not in places and c.kind != "empty"]
    return free[0] if free and given.frame.headed else None


def _called(column: Variable | None, row: int) -> str:
    text = _text(column, row)
    return f"{column.name} {text}" if column and text else ""


def _text(column: Variable | None, row: int) -> str | None:
    return str(column.texts[row].as_py()) if column else None


def _along(given: Variables, series: tuple[Variable, ...], notes: Notes) -> list[Draft]:
    """One sequence: the cells of each row, row after row."""
    matrix = _matrix(series)
    lengths = given.frame.lengths
    width = matrix.shape[1]
    keep = np.arange(width) < (lengths[:, np.newaxis] if lengths is not None else width)
    at = np.argwhere(np.broadcast_to(keep, matrix.shape))
    if lengths is None:
        flat = matrix.reshape(-1)
        known = np.flatnonzero(~np.isnan(flat))
        at = at[known[0] : known[-1] + 1] if len(known) else at
    notes.remark("All rows are read as one sequence, one row after another.")
    return [
        Draft(
            values=matrix[at[:, 0], at[:, 1]][:, np.newaxis],
            rows=at[:, 0],
            place=lambda t, k: (given.line(int(at[t, 0])), series[int(at[t, 1])].name),
        )
    ]
