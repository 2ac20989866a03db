"""The rows of a text as a table: preamble, names, units, data and what stands below them.

Where the data begin is told by the cells: from there on the columns of numbers hold numbers.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from lstm_core.record import Array, record

from ..arrays import shown
from ..files import UploadError, counted
from .dialect import Rows, Typed, common_width, is_typed
from .displays import without_display, without_repeated
from .heads import chosen_head, head_of, say_units, with_row_names
from .limits import expect_shape
from .moments import is_moment
from .multiples import without_letters
from .names import is_total
from .notes import Notes
from .numerals import cells, is_missing, is_number, is_numberish

HEAD = 200  # rows in which the data must have begun
MOST_FOOTERS = 20
MOST_TOTALS = 3


@record
class Frame:
    """A table of texts: a column each, trimmed, none null; and the line where each row stands.

    `names` are distinct and not empty; `headed` says whether they stand in the file. `lengths`
    are the cells in each row where rows differ in length and each is a sequence of its own;
    such rows are filled up with empty cells. `blank` are the rows before which lines are blank,
    and `comments` the lines above which a comment stands among the rows, with its text.
    """

    names: tuple[str, ...]
    columns: tuple[Any, ...]
    lines: Array
    headed: bool = False
    units: tuple[str, ...] = ()
    lengths: Array | None = None
    blank: tuple[int, ...] = ()
    comments: tuple[tuple[int, str], ...] = ()

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.lines)


def frame(name: str, given: Rows, notes: Notes, typed: Typed = is_typed) -> Frame:
    """Return the table that rows make; UploadError where a row does not fit among the others."""
    rows, lines = without_display(*_without_blank_ends(given, notes), notes)
    width = common_width(rows, typed)
    if _is_ragged(rows, width):
        return _ragged(rows, lines, notes)
    head = chosen_head(head_of(rows, width, typed), rows, width, notes)
    if head.names and len(head.names) == width - 1:
        head = with_row_names(name, head, rows, lines, notes)
    say_units(head, lines, notes)
    say_skipped([lines[k] for k in head.skipped], "above the table", notes)
    say_skipped([lines[k] for k in head.between], "below the names", notes)
    below = slice(head.first, None)
    rows, lines = without_repeated(head.names, rows[below], lines[below], notes)
    kept, at, blank = _body(name, rows, lines, width, typed, notes)
    end = _before_totals(kept, at, notes)
    kept, at = kept[:end], at[:end]
    expect_shape(name, len(kept), width)
    columns = tuple(cells(list(column)) for column in zip(*kept, strict=True))
    return without_empty_columns(
        Frame(
            names=distinct(head.names or ("",) * width),
            columns=columns or tuple(cells([]) for _ in range(width)),
            lines=np.array(at, np.int64),
            headed=bool(head.names),
            units=head.units,
            blank=blank,
        ),
        head.names,
        notes,
    )


def _without_blank_ends(given: Rows, notes: Notes) -> tuple[list[list[str]], list[int]]:
    """Rows without blank lines at the ends, and without rows of empty cells at the last."""
    filled = [k for k, row in enumerate(given.rows) if any(row)]
    if not filled:
        return [], []
    first = next(k for k, row in enumerate(given.rows) if row)
    empty = sum(len(row) > 1 for row in given.rows[filled[-1] + 1 :])
    if empty:
        notes.remark(f"{counted(empty, 'row')} of empty cells at the end: not read.")
    inside = slice(first, filled[-1] + 1)
    return given.rows[inside], given.lines[inside]


def _is_ragged(rows: list[list[str]], width: int) -> bool:
    """Whether rows of numbers differ so much in length that each stands for itself."""
    filled = [row for row in rows if row]
    others = sum(len(row) != width for row in filled)
    if len(filled) < 2 or others < max(1, 0.2 * len(filled)) or max(map(len, filled)) < 2:
        return False
    return all(is_number(cell) or is_missing(cell) for row in filled for cell in row)


def _ragged(rows: list[list[str]], lines: list[int], notes: Notes) -> Frame:
    kept = [k for k, row in enumerate(rows) if row]
    if len(kept) < len(rows):
        notes.remark("Blank lines between the sequences are skipped.")
    lengths = np.array([len(rows[k]) for k in kept], np.int64)
    width = int(lengths.max())
    expect_shape(notes.name, len(kept), width)
    filled = [rows[k] + [""] * (width - len(rows[k])) for k in kept]
    return Frame(
        names=distinct(("",) * width),
        columns=tuple(cells(list(column)) for column in zip(*filled, strict=True)),
        lines=np.array([lines[k] for k in kept], np.int64),
        lengths=lengths,
    )


def _body(
    name: str, rows: list[list[str]], lines: list[int], width: int, typed: Typed, notes: Notes
) -> tuple[list[list[str]], list[int], tuple[int, ...]]:
    """The rows of data, their lines, and the rows before which lines are blank."""
    if width == 1:
        rows = [row or [""] for row in rows]
    end = end_of_data(rows, width, typed)
    say_skipped(
        [at for at, row in zip(lines[end:], rows[end:], strict=True) if row], "below", notes
    )
    kept: list[list[str]] = []
    at: list[int] = []
    blank: list[int] = []
    for line, row in zip(lines[:end], rows[:end], strict=True):
        if not row:
            blank += [len(kept)] if blank[-1:] != [len(kept)] else []
        else:
            kept.append(_fitted(name, row, line, width))
            at.append(line)
    return kept, at, tuple(blank)


def end_of_data(rows: list[list[str]], width: int, typed: Typed) -> int:
    """Return the row at which the data end: what stands below has another form and no number."""
    end = len(rows)
    while end > max(1, len(rows) - MOST_FOOTERS):
        row = rows[end - 1]
        full = len(row) == width
        if row and full and (any(map(_is_value, row)) or any(map(typed, row))):
            break
        if row and full and not _numbers_in(rows, typed):
            break
        if row and not full and (all(map(is_number, row)) or sum(map(typed, row)) > 0.5 * width):
            break
        end -= 1
    if any(map(any, rows[:end])):
        return end
    return len(rows)


def _is_value(cell: str) -> bool:
    """Whether a cell stands where a number does: NA, 1.2k, or a number in some program."""
    return cell != "" and (is_missing(cell) or is_numberish(without_letters(cell)))


def _numbers_in(rows: list[list[str]], typed: Typed) -> bool:
    """Whether the first rows hold what is typed: else no row can be told from a footer."""
    return any(typed(cell) for row in rows[:5] for cell in row)


def _before_totals(rows: list[list[str]], lines: list[int], notes: Notes) -> int:
    """Where the data end: a total or a mean below them is left out, if the reader agrees."""
    end = len(rows)
    typed = end > 3 and all(is_typed(row[0]) for row in rows[: min(end - 3, 50)])
    while end > 2 and (is_total(rows[end - 1][0]) or (typed and _is_word(rows[end - 1][0]))):
        end -= 1
    end = end if end < len(rows) else _before_unlabelled(rows)
    if end == len(rows) or end < len(rows) - MOST_TOTALS:
        return len(rows)
    cell = repr(shown(rows[end][0])) if rows[end][0] else "with an empty cell"
    out, data = "It is not one of the timesteps: leave it out", "It is a timestep like the others"
    keep = notes.choose(
        "last rows",
        f"Line {lines[end]:,}, near the end, begins {cell} where the others have such as "
        f"{shown(rows[0][0])!r}. What is it?",
        {out: False, data: True},
        out,
    )
    if keep:
        return len(rows)
    named = cell if rows[end][0] else f"which begins {cell}"
    notes.remark(f"Line {lines[end]:,}, {named}, is left out.")
    return end


def _before_unlabelled(rows: list[list[str]]) -> int:
    """Where rows end that say what they are of: below may stand a sum that Excel has added."""
    end = len(rows)
    while end > 2 and not rows[end - 1][0] and any(rows[end - 1]):
        end -= 1
    first = [row[0] for row in rows[:end]]
    return end if end < len(rows) and all(first) and _say_which(first) else len(rows)


def _say_which(first: list[str]) -> bool:
    """Whether cells say which row it is: points in time, texts, or whole numbers in order."""
    some = first[:50]
    if all(map(str.isdecimal, some)):
        steps = [int(b) - int(a) for a, b in pairwise(some)]
        return min(steps) >= 0 or max(steps) <= 0
    return all(map(is_moment, some)) or not any(map(is_number, some))


def _is_word(cell: str) -> bool:
    return any(map(str.isalpha, cell)) and not is_typed(cell)


def _fitted(name: str, row: list[str], line: int, width: int) -> list[str]:
    """A row of the common width; cells that are empty at its end do not count."""
    if len(row) == width:
        return row
    if len(row) > width and not any(row[width:]):
        return row[:width]
    raise UploadError(
        f"{shown(name)}, line {line:,}, has {counted(len(row), 'cell')}: expected {width}, as in "
        f"the others; it begins {shown(' '.join(row))!r}."
    )


def without_empty_columns(table: Frame, names: tuple[str, ...], notes: Notes) -> Frame:
    """Return a table without the columns that have neither a name nor a cell."""
    empty = [
        k
        for k, column in enumerate(table.columns)
        if not (names and k < len(names) and names[k]) and not any(column.to_pylist())
    ]
    if not empty or not len(table):
        return table
    notes.remark(f"{counted(len(empty), 'column')} without a name or a value: not read.")
    kept = [k for k in range(len(table.columns)) if k not in set(empty)]
    return Frame(
        names=tuple(table.names[k] for k in kept),
        columns=tuple(table.columns[k] for k in kept),
        lines=table.lines,
        headed=table.headed,
        units=tuple(table.units[k] for k in kept if k < len(table.units)),
        blank=table.blank,
    )


def say_skipped(lines: list[int], where: str, notes: Notes) -> None:
    """Remark on lines that are no part of the table."""
    if lines:
        span = f"Line {lines[0]}" if len(lines) == 1 else f"Lines {lines[0]} to {lines[-1]}"
        notes.remark(f"{span} {where}: skipped.")


def distinct(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return names for all columns, none twice and none empty."""
    given: dict[str, int] = {}
    chosen: list[str] = []
    for k, name in enumerate(names, start=1):
        base = name or f"column {k}"
        new = base
        while new in given:
            given[base] += 1
            new = f"{base} ({given[base]})"
        given[new] = 1
        chosen.append(new)
    return tuple(chosen)
