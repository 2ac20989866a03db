"""What stands above the data of a table: a preamble, the columns' names, their units.

Where the data begin is told by the cells: from there on the columns of numbers hold numbers.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from lstm_core.record import record

from ..arrays import shown
from ..files import UploadError
from .dialect import Typed, is_typed
from .notes import Notes
from .numerals import is_measure, is_missing, is_number, is_numberish

HEAD = 200  # rows in which the data must have begun
UNITS = re.compile(
    r"[\[(<{].*[\])>}]|-|–|%|‰|°[CFK]?|[Dd]eg(?:rees?)? ?[CFKNESW]?|[hkMm]?Pa|m?bar|mb"
    r"|[kcmµun]?m[²³23]?|ft|in"
    r"|(?:k|m|µ|u|n)?(?:g|s|A|V|W|Hz|J|l|L|mol|N|Wh)|min|hr?|days?|d|yrs?|[CFKVAW]|psu|ppm|ppb"
    r"|[A-Za-zµ²³]{1,5}(?:[/·][A-Za-z0-9²³^-]{1,6})+|[a-zµ]{1,5} ?[a-z]{1,4}-\d"
    r"|count|number|unitless|TS|RN|[Vv]olts?|[Mm]et(?:er|re)s?(?:/[a-z]+)?|inches"
    r"|mm/[a-z]+|YYYY\S*|yyyy\S*|date|float\d*|int\d*|str(?:ing)?|numeric|object|double|none"
)


@record
class Head:
    """What stands above the data: `names` and `units` are rows, and data begin in row `first`.

    Units stand in row `units_at`; `skipped` rows are above the names, `between` below them.
    """

    names: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    units_at: int = 0
    first: int = 0
    skipped: tuple[int, ...] = ()
    between: tuple[int, ...] = ()
    doubtful: bool = False


def head_of(rows: list[list[str]], width: int, typed: Typed = is_typed) -> Head:
    """Return where data begin and what stands above them."""
    numeric = _numeric_columns(rows, width, typed)
    if not numeric:
        named = bool(rows) and len(rows[0]) == width and not _are_measures(rows)
        return Head(names=tuple(rows[0]), first=1) if named else Head()
    whole = next((k for k, row in enumerate(rows[:HEAD]) if _share(row, numeric) == 1), 0)
    first = whole
    while first and len(rows[first - 1]) == width and _may_be_data(rows[first - 1], numeric):
        if first > 1 and _may_be_units(rows[first - 1]):
            break
        first -= 1
    if not first:
        return _numeric_head(rows, numeric, width)
    return _head_above(rows, first, width)


def _are_measures(rows: list[list[str]]) -> bool:
    """Whether the first row holds numbers with a unit as the next one does: 80.9°C, 83.4°C.

    In one column a multiple may stand beside a plain number: 1.2K above 900.
    """
    pairs = list(zip(rows[0], rows[1] if len(rows) > 1 else (), strict=False))
    if len(rows[0]) == 1 and all(is_measure(one) or is_number(one) for two in pairs for one in two):
        return bool(pairs)
    return any(is_measure(cell) and is_measure(below) for cell, below in pairs)


def _numeric_columns(rows: list[list[str]], width: int, typed: Typed) -> dict[int, Typed]:
    """What the cells of columns are that are mostly of a kind, by the later rows.

    Numbers in a column of numbers; else points in time, or what `typed` says.
    """
    block = [row for row in rows[: 5 * HEAD] if len(row) == width]
    later = block[len(block) // 3 :] if len(block) > 3 else block[1:] or block
    numeric: dict[int, Typed] = {}
    for k in range(width):
        present = [row[k] for row in later if row[k] and not is_missing(row[k])]
        if present and sum(map(typed, present)) >= 0.6 * len(present):
            counting = sum(map(is_numberish, present)) >= 0.6 * len(present)
            numeric[k] = is_numberish if counting else typed
    return numeric


def _may_be_data(row: list[str], numeric: dict[int, Typed]) -> bool:
    """Whether a row above whole ones is data with faults, or with nothing but gaps."""
    return _share(row, numeric) > 0 or (len(row) > 1 and not any(row))


def _share(row: list[str], numeric: dict[int, Typed]) -> float:
    """The share of a row's cells in columns of a kind that are of it, or missing."""
    present = [(row[k], is_kind) for k, is_kind in numeric.items() if k < len(row)]
    good = sum(is_kind(cell) for cell, is_kind in present)
    blank = sum(is_missing(cell) and not is_kind(cell) for cell, is_kind in present)
    return (good + blank) / len(numeric) if good else 0.0


def _head_above(rows: list[list[str]], first: int, width: int) -> Head:
    """The names, and the units below them, in the rows directly above the data."""
    full = [k for k in range(first) if any(rows[k])]
    above = [k for k in full if len(rows[k]) in {width, width - 1}]
    if not above or above[-1] != full[-1] or _is_title(rows, above[-1], first, width):
        return Head(first=first, skipped=tuple(full))
    last = above[-1]
    at, units_at = _rows_of_names(rows, above, first, width)
    names = tuple(rows[at])
    if at < last and rows[last][0] and not any(rows[last][1:]):  # as pandas names its index
        names = (rows[last][0], *names[1:])
    return Head(
        names=names,
        units=tuple(rows[units_at]) if units_at else (),
        units_at=units_at,
        first=first,
        skipped=tuple(k for k in range(at) if rows[k]),
        between=tuple(k for k in range(at + 1, first) if rows[k] and k != units_at),
        doubtful=not any(letter.isalpha() for cell in names for letter in cell),
    )


def _rows_of_names(
    rows: list[list[str]], above: list[int], first: int, width: int
) -> tuple[int, int]:
    """In which of the rows directly above the data the names stand, and the units; 0 for none.

    Where the last row tells few columns apart, as one of Avg and Smp under the names, a row above
    it that tells all apart has the names.
    """
    last = above[-1]
    before = above[-2] if len(above) > 1 else None
    named = before is not None and not _is_title(rows, before, first, width)
    if named and before == last - 1 and _are_units(rows[last]) and not _are_units(rows[before]):
        return before, last
    if not _tells_few(rows[last], width):
        return last, 0
    block = [k for k in range(last) if all(len(row) == width for row in rows[k:last])]
    units = [k for k in block if k and _are_mostly_units(rows[k])]
    whole = [k for k in block if k not in units and len(set(rows[k]) - {""}) == width]
    if not whole:
        return last, 0
    return whole[-1], next((k for k in units if k > whole[-1]), 0)


def _tells_few(row: list[str], width: int) -> bool:
    """Whether a row has the same in most columns, or nothing in the first two."""
    return width > 1 and (len(set(row) - {""}) <= width / 2 or not any(row[:2]))


def _is_title(rows: list[list[str]], above: int, first: int, width: int) -> bool:
    """Whether a row of one cell above two columns is no name, but a line of a preamble."""
    below = [row[0] for row in rows[first:] if len(row) == width]
    return width == 2 and len(rows[above]) == 1 and not _are_row_names(below)


def _are_row_names(first: list[str]) -> bool:
    """Whether the cells of a first column are what R writes there: a count from 1, or texts.

    Years that count are none: `year,value` above `1749,80,9` has a comma inside its numbers.
    """
    counts = all(re.fullmatch(r"[0-9]+", cell) for cell in first) and len(first) > 1
    if counts:
        by_one = all(int(b) - int(a) == 1 for a, b in pairwise(first))
        return by_one and int(first[0]) in {0, 1}
    return not any(map(is_typed, first)) and len(set(first)) == len(first)


def _are_units(row: list[str]) -> bool:
    """Whether a row holds units alone; 1 is one beside others."""
    present = [cell for cell in row if cell and cell != "1"]
    return bool(present) and all(UNITS.fullmatch(cell) for cell in present)


def _are_mostly_units(row: list[str]) -> bool:
    present = [cell for cell in row if cell]
    return sum(bool(UNITS.fullmatch(cell)) for cell in present) >= 0.5 * max(1, len(present))


def _may_be_units(row: list[str]) -> bool:
    """Whether a row with numbers holds units, 1 among them: °C, 1."""
    return _are_units(row) and "1" in row and any(not is_missing(c) for c in row if c and c != "1")


def _numeric_head(rows: list[list[str]], numeric: dict[int, Typed], width: int) -> Head:
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
    counted_off = steps == {1} and (years or whole[0] in {0, 1})
    return False if counted_off and not _steady(below[0], named) else None


def _steady(row: list[str], numeric: list[int]) -> bool:
    whole = [int(row[k]) for k in numeric if re.fullmatch(r"[0-9]{1,8}", row[k])]
    return len(whole) == len(numeric) and len({b - a for a, b in pairwise(whole)}) == 1


def say_units(head: Head, lines: list[int], notes: Notes) -> None:
    """Remark on a row of units."""
    if head.units:
        listed = ", ".join(unit or "-" for unit in head.units)
        notes.remark(f"Line {lines[head.units_at]:,} holds units: {shown(listed)}.")


def chosen_head(head: Head, rows: list[list[str]], width: int, notes: Notes) -> Head:
    """Return the head as the reader chooses it: the first row names the columns, or is data."""
    if len(rows) < 2:
        return head
    top = shown(", ".join(head.names or rows[0]))
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


def with_row_names(
    name: str, head: Head, rows: list[list[str]], lines: list[int], notes: Notes
) -> Head:
    """The head of a table whose first column has no name, as R writes the names of rows."""
    if not _are_row_names([row[0] for row in rows[head.first :] if len(row) > len(head.names)]):
        raise UploadError(
            f"{shown(name)}, line {lines[head.first]:,}, has {len(rows[head.first])} cells and the "
            f"line of names {len(head.names)}: if a comma stands inside a number, put "
            "quotation marks around it."
        )
    notes.remark(
        "The first line has one name less than there are columns: the first column is taken for "
        "the names of the rows, as R writes them."
    )
    units = head.units and ("", *head.units)
    return replace(head, names=("", *head.names), units=units)
