"""Lines of numbers with a colon: a name before them ("A: 1, 2, 3"), or a label behind ("1,2,3:up").

Such a line is a sequence, and becomes a row of a table whose columns count.
"""

from __future__ import annotations

import re

from lstm_core.record import record

from .dialect import Rows
from .frame import say_skipped
from .moments import is_moment
from .notes import Notes
from .numerals import is_missing, is_number, is_numberish

LEAST = 3  # numbers in the longest line
SIGNS = (";", "\t", "|", ",", " ")
CLOCK = re.compile(r"(?:^|.*[\s,;|])([01]?\d|2[0-3]):[0-5]\d")


@record
class NamedLines:
    """The rows that lines with a colon make, the first of names; what separates their numbers."""

    rows: Rows
    delimiter: str


def named_lines(text: str, notes: Notes) -> NamedLines | None:
    """Return the rows of lines that all have a name before a colon, or a label behind one.

    Lines that begin with @ stand above them in files of time series. None for other texts.
    """
    if ":" not in text[:10_000]:
        return None
    whole = [(k, line.strip()) for k, line in enumerate(text.split("\n"), start=1)]
    filled = [(k, line) for k, line in whole if line and not line.startswith("@")]
    for cut, name in ((_behind, "label"), (_before, "name")):
        if not all(cut(line) for _, line in filled[:20]):
            continue
        cuts = [cut(line) for _, line in filled]
        parts = [part for part in cuts if part is not None]
        if not parts or len(parts) < len(filled):
            continue
        for sign in SIGNS:
            cells = [_cells(numbers, sign) for _, numbers in parts]
            if (
                all(map(_are_numbers, cells))
                and min(map(len, cells)) > 1
                and max(map(len, cells)) >= LEAST
            ):
                say_skipped([k for k, line in whole if line.startswith("@")], "above", notes)
                texts = [one for one, _ in parts]
                return NamedLines(
                    rows=_rows(name, texts, cells, [k for k, _ in filled]), delimiter=sign
                )
    return None


def _behind(line: str) -> tuple[str, str] | None:
    """A label and the numbers before it; a time of day is none."""
    numbers, colon, label = line.rpartition(":")
    single = label.strip() and not re.search(r"[,;|\t]", label) and ":" not in numbers
    return (label.strip(), numbers) if colon and single and not CLOCK.fullmatch(line) else None


def _before(line: str) -> tuple[str, str] | None:
    """A name and the numbers behind it; a number is a name where a space follows the colon."""
    name, colon, numbers = line.partition(":")
    if not colon or ":" in numbers or not name.strip() or re.search(r"[,;|\t]", name):
        return None
    counts = is_number(name) or is_moment(name)
    return (name.strip(), numbers) if not counts or numbers.startswith((" ", "\t")) else None


def _cells(numbers: str, sign: str) -> list[str]:
    if sign == " ":
        return numbers.split()
    return [cell.strip() for cell in numbers.strip().split(sign)]


def _are_numbers(cells: list[str]) -> bool:
    return any(map(is_numberish, cells)) and all(is_numberish(c) or is_missing(c) for c in cells)


def _rows(name: str, texts: list[str], cells: list[list[str]], lines: list[int]) -> Rows:
    """A row for each line, shorter ones filled up, below the names of the columns."""
    width = max(map(len, cells))
    filled = [row + [""] * (width - len(row)) for row in cells]
    head = [name, *(f"t{k}" for k in range(width))]
    return Rows(
        rows=[head, *([text, *row] for text, row in zip(texts, filled, strict=True))],
        lines=[lines[0], *lines],
    )
