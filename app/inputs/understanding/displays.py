"""Rows that are no data of a table: a factor over it, as MATLAB shows one, and names said again."""

from __future__ import annotations

import re

from ..arrays import shown
from .dialect import is_typed
from .notes import Notes
from .numerals import is_number

ASSIGNED = re.compile(r"[A-Za-z]\w* =")  # the line over what MATLAB shows: x =
FACTOR = re.compile(r"1\.0+[eE]([-+]?[0-9]{1,3}) \*")  # by which all that it shows is divided
ABOVE = 6  # rows in which it stands
BELOW = 5  # rows by which it is told what columns hold


def without_display(
    rows: list[list[str]], lines: list[int], notes: Notes
) -> tuple[list[list[str]], list[int]]:
    """Return rows without the lines that MATLAB shows above numbers: x =, 1.0e+03 *.

    The numbers below are multiplied by that factor.
    """
    texts = [" ".join(" ".join(row).split()) for row in rows[:ABOVE]]
    over = [k for k, text in enumerate(texts) if FACTOR.fullmatch(text)]
    assigned = len(rows) > 1 and bool(ASSIGNED.fullmatch(texts[0])) and not rows[1]
    first = over[0] + 1 if over else int(assigned)
    while first and first < len(rows) and not rows[first]:
        first += 1
    if not first or any(re.search("[0-9]", text) for text in texts[: over[0] if over else 0]):
        return rows, lines
    rest = rows[first:]
    if over and (power := FACTOR.fullmatch(texts[over[0]])):
        notes.remark(
            f"Line {lines[over[0]]:,}, {shown(texts[over[0]])!r}: the numbers below are "
            "multiplied by it."
        )
        rest = [[_times(cell, power[1]) for cell in row] for row in rest]
    return rest, lines[first:]


def _times(cell: str, power: str) -> str:
    plain = is_number(cell) and cell[-1].isdecimal() and "e" not in cell.lower()
    return f"{cell}e{power}" if plain else cell


def without_repeated(
    names: tuple[str, ...], rows: list[list[str]], lines: list[int], notes: Notes
) -> tuple[list[list[str]], list[int]]:
    """Return rows without those that say the names of the columns again, as joined files do."""
    said = [k for k, name in enumerate(names) if name and not is_typed(name)]
    beside = rows[:BELOW]
    if not any(is_typed(row[k]) for row in beside for k in said if k < len(row)):
        return rows, lines  # a text under a name of text may be data
    line = list(names)
    again = {k for k, row in enumerate(rows) if row == line}
    if not again:
        return rows, lines
    first = lines[min(again)]
    if len(again) == 1:
        notes.remark(f"Line {first:,} repeats the names of the columns: left out.")
    else:
        notes.remark(
            f"{len(again):,} lines repeat the names of the columns, the first of them line "
            f"{first:,}: left out."
        )
    kept = [k for k in range(len(rows)) if k not in again]
    return [rows[k] for k in kept], [lines[k] for k in kept]
