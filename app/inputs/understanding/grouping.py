"""Which rows of a table belong to one sequence: all, or in long form those with the same id."""

from __future__ import annotations

import numpy as np
import pyarrow.compute as pc

from lstm_core.record import Array, record

from ..arrays import shown
from ..files import counted
from . import names
from .drafts import expect_count
from .notes import Notes, Undecided
from .timeline import Timeline
from .variables import Variable, Variables

ONE = "All rows are one sequence"


@record
class Group:
    """The rows of one sequence in the file's order, what it is called, and its label."""

    rows: Array
    name: str
    label: str | None = None


def groups_of(
    given: Variables, taken: tuple[Variable, ...], line: Timeline | None, notes: Notes
) -> tuple[Group, ...]:
    """Return the sequences of a table in which each row is a timestep.

    In long form a column of ids says which rows belong together: those whose times then follow
    one another. Where that is not certain the reader is asked.
    """
    places = {column.place for column in taken}
    ids = [c for c in given.of("label", "text", "index") if _may_group(c, places, line)]
    if not ids:
        return _by_blank_lines(given, line, notes)
    likely, sure = _likely(ids, line)
    options: dict[str, Variable | None] = {ONE: None}
    options |= {f"One sequence for each {c.name!r}": c for c in ids}
    preselected = next((text for text, c in options.items() if c is likely), ONE)
    chosen = notes.choose(
        "groups",
        "Which rows belong to one sequence?",
        options,
        preselected,
        ask=not sure,
    )
    if chosen is None:
        return _by_blank_lines(given, line, notes)
    return _by_id(given, chosen, places, notes)


def _may_group(column: Variable, places: set[int], line: Timeline | None) -> bool:
    """Whether a column's values repeat, so that it may say which rows belong together."""
    if column.place in places or (line and column.place in {c.place for c in line.columns}):
        return False
    if column.kind == "index" and not names.says_id(column.name):
        return False
    different = len(pc.unique(column.texts))
    return 1 < different < len(column.texts)


def _likely(ids: list[Variable], line: Timeline | None) -> tuple[Variable | None, bool]:
    """The column that most likely says which rows belong together, and whether that is sure."""
    if line is None:
        named = [c for c in ids if names.says_id(c.name) and not names.says_label(c.name)]
        blocks = [c for c in named if _in_blocks(c)]
        if blocks:
            return blocks[0], False
        return None, not named
    if _is_one_way(line.stamps):
        named = [c for c in ids if names.says_id(c.name) and not names.says_label(c.name)]
        return None, not named
    fitting = [c for c in ids if _orders(c, line)]
    if fitting:
        best = min(fitting, key=lambda c: (not names.says_id(c.name), _different(c)))
        return best, len(fitting) == 1 or names.says_id(best.name)
    return None, False


def _different(column: Variable) -> int:
    return len(pc.unique(column.texts))


def _in_blocks(column: Variable) -> bool:
    codes = _codes(column)
    return bool(np.count_nonzero(np.diff(codes)) + 1 == len(np.unique(codes)))


def _is_one_way(stamps: Array) -> bool:
    steps = np.diff(stamps)
    return bool(np.all(steps > 0) or np.all(steps < 0))


def _codes(column: Variable) -> Array:
    encoded = pc.dictionary_encode(column.texts)
    chunk = encoded.combine_chunks() if hasattr(encoded, "combine_chunks") else encoded
    return np.asarray(chunk.indices.to_numpy(zero_copy_only=False), np.int64)


def _orders(column: Variable, line: Timeline) -> bool:
    """Whether within each value of a column time goes one way and never stands still."""
    codes = _codes(column)
    order = np.argsort(codes, kind="stable")
    same = np.diff(codes[order]) == 0
    steps = np.diff(line.stamps[order])[same]
    return bool(len(steps)) and bool(np.all(steps > 0) or np.all(steps < 0))


def _by_id(given: Variables, column: Variable, places: set[int], notes: Notes) -> tuple[Group, ...]:
    codes = _codes(column)
    order = np.argsort(codes, kind="stable")
    starts = np.flatnonzero(np.diff(codes[order], prepend=-1))
    expect_count(len(starts), notes)
    parts = np.split(order, starts[1:])
    label = _label_column(given, column, parts, places)
    texts = column.texts.to_pylist()
    labels = label.texts.to_pylist() if label else None
    notes.remark(f"I see {counted(len(parts), 'sequence')}, one for each {shown(column.name)!r}.")
    if label:
        notes.remark(f"{shown(label.name)!r} labels each of them.")
    return tuple(
        Group(
            rows=rows,
            name=f"{column.name} {texts[rows[0]]}",
            label=labels[rows[0]] if labels else None,
        )
        for rows in parts
    )


def _label_column(
    given: Variables, column: Variable, parts: list[Array], places: set[int]
) -> Variable | None:
    """A column that is the same in all rows of each sequence, and not in all sequences."""
    for other in given.of("label", "text"):
        if other.place == column.place or other.place in places:
            continue
        codes = _codes(other)
        if all(bool(np.all(codes[rows] == codes[rows[0]])) for rows in parts):
            return other
    return None


def _by_blank_lines(given: Variables, line: Timeline | None, notes: Notes) -> tuple[Group, ...]:
    """One sequence, or one for each block of rows between blank lines or comments."""
    whole = Group(rows=np.arange(len(given)), name="")
    comments = dict(given.frame.comments)
    lines = given.frame.lines.tolist() if comments else []
    said = [row for row, at in enumerate(lines) if row and at in comments]
    blank = said or [row for row in given.frame.blank if 0 < row < len(given)]
    if not blank:
        return (whole,)
    noun = "comment" if said else "blank line"
    splits = _splits(blank, noun, given, line, notes)
    if splits is None:
        raise Undecided
    if not splits:
        notes.remark(f"{counted(len(blank), noun)} between the rows: skipped.")
        return (whole,)
    expect_count(len(blank) + 1, notes)
    parts = np.split(whole.rows, blank)
    called = [comments.get(given.line(int(rows[0])), "") for rows in parts]
    return tuple(
        Group(rows=rows, name=name or f"part {k}")
        for k, (rows, name) in enumerate(zip(parts, called, strict=True), start=1)
    )


def _splits(
    blank: list[int], noun: str, given: Variables, line: Timeline | None, notes: Notes
) -> bool | None:
    """Whether each blank line, or comment, among the rows begins a new sequence."""
    every = len(blank) > 0.4 * len(given)
    regular = line is not None and _is_one_way(line.stamps)
    skip = f"{noun.capitalize()}s say nothing: one sequence"
    return notes.choose(
        f"{noun}s",
        f"{counted(len(blank), noun)} between the rows, the first before line "
        f"{given.line(blank[0]):,}.",
        {skip: False, f"Each {noun} begins a new sequence": True},
        skip if every or regular else None,
        ask=not every and not regular,
    )
