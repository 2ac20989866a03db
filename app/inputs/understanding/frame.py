"""The rows of a text as a table: preamble, names, units, data and what stands below them.

Where the data begin is told by the cells: from there on the columns of numbers hold numbers.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import numpy as np

from lstm_core.record import Array, record

from ..arrays import shown
from ..files import UploadError, counted
from .dialect import Rows, Typed, common_width, is_typed
from .limits import expect_shape
from .notes import Notes
from .numerals import cells, is_missing, is_number

HEAD = 200  # rows in which the data must have begun
MOST_FOOTERS = 20
UNITS = re.compile(
    r"[\[(<{].*[\])>}]|-|–|%|‰|°[CFK]?|deg ?[CFKNESW]?|[hkMm]?Pa|m?bar|mb|[kcmµun]?m[²³23]?|ft|in"
    r"|(?:k|m|µ|u|n)?(?:g|s|A|V|W|Hz|J|l|L|mol|N|Wh)|min|hr?|days?|d|yrs?|[CFKVAW]|psu|ppm|ppb"
    r"|[A-Za-zµ²³]{1,5}(?:[/·][A-Za-z0-9²³^-]{1,6})+|[a-zµ]{1,5} ?[a-z]{1,4}-\d"
    r"|count|number|unitless"
    r"|mm/[a-z]+|YYYY\S*|yyyy\S*|date|float\d*|int\d*|str(?:ing)?|numeric|object|double|none"
)


@record
class Frame:
    """A table of texts: a column each, trimmed, none null; and the line where each row stands.

    `names` are distinct and not empty; `headed` says whether they stand in the file. `lengths`
    are the cells in each row where rows differ in length and each is a sequence of its own;
    such rows are filled up with empty cells. `blank` are the rows before which lines are blank.
    """

    names: tuple[str, ...]
    columns: tuple[Any, ...]
    lines: Array
    headed: bool = False
    units: tuple[str, ...] = ()
    lengths: Array | None = None
    blank: tuple[int, ...] = ()

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.lines)


@record
class Head:
    """What stands above the data: `names` and `units` are rows, and data begin in row `first`."""

    names: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    first: int = 0
    skipped: tuple[int, ...] = ()
    doubtful: bool = False


def frame(name: str, given: Rows, notes: Notes, typed: Typed = is_typed) -> Frame:
    """Return the table that rows make; UploadError where a row does not fit among the others."""
    rows, lines = _without_blank_ends(given)
    width = common_width(rows)
    if _is_ragged(rows, width):
        return _ragged(rows, lines, notes)
    head = _settled(head_of(rows, width, typed), rows, width, notes)
    if head.names and len(head.names) == width - 1:
        head = _with_row_names(name, head, rows, lines, notes)
    if head.units:
        notes.remark(f"Line {lines[head.first - 1]} holds units: {shown(', '.join(head.units))}.")
    _say_skipped([lines[k] for k in head.skipped], "above the table", notes)
    kept, at, blank = _body(name, rows[head.first :], lines[head.first :], width, typed, notes)
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


def _without_blank_ends(given: Rows) -> tuple[list[list[str]], list[int]]:
    filled = [k for k, row in enumerate(given.rows) if any(row)]
    if not filled:
        return [], []
    inside = slice(filled[0], filled[-1] + 1)
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


def head_of(rows: list[list[str]], width: int, typed: Typed = is_typed) -> Head:
    """Return where data begin and what stands above them."""
    numeric = _numeric_columns(rows, width, typed)
    if not numeric:
        return Head(names=tuple(rows[0]) if rows else (), first=min(1, len(rows)))
    whole = next((k for k, row in enumerate(rows[:HEAD]) if _share(row, numeric, typed) == 1), 0)
    first = whole
    while first and len(rows[first - 1]) == width and _share(rows[first - 1], numeric, typed) > 0:
        first -= 1
    if not first:
        return _numeric_head(rows, numeric, width)
    return _head_above(rows, first, width)


def _numeric_columns(rows: list[list[str]], width: int, typed: Typed) -> list[int]:
    """The columns whose cells are mostly numbers, points in time or readable, by the later rows."""
    block = [row for row in rows[: 5 * HEAD] if len(row) == width]
    later = block[len(block) // 3 :] if len(block) > 3 else block[1:] or block
    found = []
    for k in range(width):
        present = [row[k] for row in later if row[k] and not is_missing(row[k])]
        if present and sum(map(typed, present)) >= 0.6 * len(present):
            found.append(k)
    return found


def _share(row: list[str], numeric: list[int], typed: Typed) -> float:
    """The share of a row's cells in columns of numbers that are numbers, or missing."""
    present = [row[k] for k in numeric if k < len(row)]
    good = [cell for cell in present if typed(cell)]
    blank = [cell for cell in present if is_missing(cell) and not typed(cell)]
    return (len(good) + len(blank)) / len(numeric) if good else 0.0


def _head_above(rows: list[list[str]], first: int, width: int) -> Head:
    """The names, and the units below them, in the rows directly above the data."""
    above = [k for k in range(first) if len(rows[k]) in {width, width - 1}]
    if not above or any(rows[k] for k in range(above[-1] + 1, first)):
        return Head(first=first, skipped=tuple(k for k in range(first) if rows[k]))
    last = above[-1]
    units: tuple[str, ...] = ()
    before = above[-2] if len(above) > 1 else None
    if before == last - 1 and _are_units(rows[last]) and not _are_units(rows[before]):
        units, last = tuple(rows[last]), before
    skipped = tuple(k for k in range(last) if rows[k])
    doubtful = not any(letter.isalpha() for cell in rows[last] for letter in cell)
    return Head(
        names=tuple(rows[last]), units=units, first=first, skipped=skipped, doubtful=doubtful
    )


def _are_units(row: list[str]) -> bool:
    present = [cell for cell in row if cell]
    return bool(present) and all(UNITS.fullmatch(cell) for cell in present)


def _numeric_head(rows: list[list[str]], numeric: list[int], width: int) -> Head:
    """A first row of numbers that are names, as pandas writes them: 0, 1, 2, … or years."""
    top, below = rows[0], [row for row in rows[1:20] if len(row) == width]
    named = [k for k in numeric if top[k]]
    whole = [int(top[k]) for k in named if re.fullmatch(r"[0-9]{1,8}", top[k])]
    if not below or not whole or len(whole) != len(named):
        return Head()
    verdict = _names_by_number(top, below, named, whole)
    return Head() if verdict is None else Head(names=tuple(top), first=1, doubtful=not verdict)


def _names_by_number(
    top: list[str], below: list[list[str]], named: list[int], whole: list[int]
) -> bool | None:
    """Whether whole numbers are names: True surely, False perhaps, None hardly."""
    steps = {b - a for a, b in pairwise(whole)}
    from_zero = whole[0] == 0 and steps <= {1}
    if not top[0] and steps <= {1} and all(row[0] for row in below):
        return True
    if from_zero and all("." in row[k] or "," in row[k] for row in below for k in named if row[k]):
        return len(top) > 1
    if len(whole) < 3 or len(steps) != 1 or steps == {0}:
        return None
    years = all(1500 <= number <= 2200 for number in whole)
    if len(named) < len(top) and (years or from_zero):
        return True
    return False if steps == {1} and not _steady(below[0], named) else None


def _steady(row: list[str], numeric: list[int]) -> bool:
    whole = [int(row[k]) for k in numeric if re.fullmatch(r"[0-9]{1,8}", row[k])]
    return len(whole) == len(numeric) and len({b - a for a, b in pairwise(whole)}) == 1


def _settled(head: Head, rows: list[list[str]], width: int, notes: Notes) -> Head:
    """The head as the reader has it: the first row names the columns, or is data."""
    if len(rows) < 2:
        return head
    top = shown(", ".join(rows[head.first - 1 if head.names else 0]))
    options = {"It names the columns": True, "It is data": False}
    named, data = options
    wanted = notes.choose(
        "header",
        f"What is the row {top!r}?",
        options,
        named if head.names else data,
        ask=head.doubtful,
    )
    if wanted == bool(head.names):
        return head
    if wanted:
        return Head(names=tuple(rows[0]), first=1)
    first = head.first - 1 - bool(head.units)
    return Head(first=first, skipped=head.skipped)


def _with_row_names(
    name: str, head: Head, rows: list[list[str]], lines: list[int], notes: Notes
) -> Head:
    """The head of a table whose first column has no name, as R writes the names of rows."""
    first = [row[0] for row in rows[head.first :] if row]
    counts = [cell for cell in first if re.fullmatch(r"\d+", cell)] == first
    running = counts and all(int(b) - int(a) == 1 for a, b in pairwise(first)) and len(first) > 1
    texts = not any(map(is_typed, first)) and len(set(first)) == len(first)
    if not running and not texts:
        raise UploadError(
            f"{shown(name)}, line {lines[head.first]:,}, has {len(rows[head.first])} cells and the "
            f"line of names {len(head.names)}: if a comma stands inside a number, put "
            "quotation marks around it."
        )
    notes.remark(
        "The first line has one name less than there are columns: the first column is taken for "
        "the names of the rows, as R writes them."
    )
    return Head(
        names=("", *head.names),
        units=head.units and ("", *head.units),
        first=head.first,
        skipped=head.skipped,
    )


def _body(
    name: str, rows: list[list[str]], lines: list[int], width: int, typed: Typed, notes: Notes
) -> tuple[list[list[str]], list[int], tuple[int, ...]]:
    """The rows of data, their lines, and the rows before which lines are blank."""
    if width == 1:
        rows = [row or [""] for row in rows]
    end = _end(rows, width, typed)
    _say_skipped(
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


def _end(rows: list[list[str]], width: int, typed: Typed) -> int:
    """Where the data end: what stands below has another form and no number."""
    end = len(rows)
    while end > max(1, len(rows) - MOST_FOOTERS):
        row = rows[end - 1]
        full = len(row) == width
        if row and full and (any(typed(cell) for cell in row) or not _numbers_in(rows, typed)):
            break
        if row and not full and sum(map(typed, row)) > 0.5 * width:
            break
        end -= 1
    if any(map(any, rows[:end])):
        return end
    return len(rows)


def _numbers_in(rows: list[list[str]], typed: Typed) -> bool:
    """Whether the first rows hold what is typed: else no row can be told from a footer."""
    return any(typed(cell) for row in rows[:5] for cell in row)


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


def _say_skipped(lines: list[int], where: str, notes: Notes) -> None:
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
