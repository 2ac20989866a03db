"""Tables of zeros and ones, a column for each symbol: the place of the one is the symbol."""

from __future__ import annotations

from lstm_core.record import record

from ..arrays import shown
from ..files import UploadError, counted
from .alphabets import Alphabet
from .dialect import Dialect, Rows, split
from .notes import Notes

BITS = {"0": 0, "1": 1, "0.0": 0, "1.0": 1, "0.": 0, "1.": 1, "": -1}
SYMBOL = "symbol"  # the name of the column into which they are put together
LEAST = 3  # symbols: two columns of zeros and ones may be anything
BESIDE = 8  # other columns, at the most


@record
class _Block:
    """The column of each symbol in the order of the alphabet, and whether the table is headed."""

    places: tuple[int, ...]
    headed: bool
    named: bool


def one_hot_of(text: str, alphabet: Alphabet, notes: Notes) -> Rows | None:
    """Return a text of zeros and ones as a table with a column of symbols; None for another."""
    lines = [line for line in text[:100_000].split("\n") if line.strip()]
    if not lines:
        return None
    last, size = lines[:3][-1], max(LEAST, len(alphabet.symbols))
    for delimiter in ("\t", ";", "|", ",", " "):
        cells = last.split() if delimiter == " " else last.split(delimiter)
        bits = sum(cell.strip(' "') in BITS for cell in cells)
        if bits >= size and len(cells) <= size + BESIDE:
            dialect = Dialect(delimiter=delimiter)
            given = split(notes.name, text, dialect, limit=len(text) + 1, strip=False)
            return one_hot_rows(given, alphabet, notes)
    return None


def one_hot_rows(given: Rows, alphabet: Alphabet, notes: Notes) -> Rows | None:
    """Return rows with one column of symbols in place of those of zeros and ones, or None.

    The first row then names the columns, and its line is 0. Names that are the symbols say which
    column is which; else the columns are in the order of the alphabet. Raises UploadError for a
    row without exactly one 1 below the names of the symbols.
    """
    rows = [row for row in given.rows if any(row)]
    size = len(alphabet.symbols)
    if size < LEAST or not rows or not size <= len(rows[0]) <= size + BESIDE:
        return None
    if {len(row) for row in rows} != {len(rows[0])}:
        return None
    block = _named(rows, alphabet) or _in_order(rows, size)
    if block is None or not _is_meant(given, block, alphabet, notes):
        return None
    return _together(given, block, alphabet)


def _named(rows: list[list[str]], alphabet: Alphabet) -> _Block | None:
    """The columns that are called as the symbols are, where all below are zeros and ones."""
    top = [cell if cell in alphabet.known else cell.strip() for cell in rows[0]]
    if len(rows) < 2 or not all(top.count(symbol) == 1 for symbol in alphabet.symbols):
        return None
    places = tuple(top.index(symbol) for symbol in alphabet.symbols)
    bits = {_bit(row[k]) for row in rows[1:] for k in places}
    if bits != {0, 1}:
        return None
    return _Block(places=places, headed=True, named=True)


def _in_order(rows: list[list[str]], size: int) -> _Block | None:
    """As many neighbouring columns as there are symbols, with a single 1 in each row."""
    body = rows[1:] or rows
    for start in range(len(rows[0]) - size, -1, -1):
        places = tuple(range(start, start + size))
        if _are_one_hot(body, places):
            headed = not all(_bit(rows[0][k]) in {0, 1} for k in places)
            if not headed and not _are_one_hot(rows[:1], places):
                return None
            return _Block(places=places, headed=headed, named=False)
    return None


def _are_one_hot(rows: list[list[str]], places: tuple[int, ...]) -> bool:
    """Whether rows have a single 1 among zeros; some but not all may be zeros alone."""
    zeros = [_is_zero(row, places) for row in rows]
    return not all(zeros) and all(
        zero or _one(row, places) is not None for row, zero in zip(rows, zeros, strict=True)
    )


def _is_zero(row: list[str], places: tuple[int, ...]) -> bool:
    return all(_bit(row[k]) == 0 for k in places)


def _bit(cell: str) -> int:
    return BITS.get(cell.strip(), -1)


def _one(row: list[str], places: tuple[int, ...]) -> int | None:
    """At which of some places a row has its only 1 among zeros; None where it has not."""
    bits = [_bit(row[k]) for k in places]
    return bits.index(1) if sorted(bits) == [0] * (len(bits) - 1) + [1] else None


def _is_meant(given: Rows, block: _Block, alphabet: Alphabet, notes: Notes) -> bool:
    """Whether zeros and ones are meant so: asked where they may be symbols themselves."""
    first = next(k for k, row in enumerate(given.rows) if any(row)) + block.headed
    rows = zip(given.rows[first:], given.lines[first:], strict=True)
    odd = [(row, at) for row, at in rows if any(row) and _one(row, block.places) is None]
    if {"0", "1"} <= alphabet.known and (odd or not _are_no_symbols(block, notes)):
        return False
    for row, line in odd:
        if not _is_zero(row, block.places) or not _fill_up(line, notes):
            raise UploadError(_fault(row, line, block, notes))
    which = "the name of its column" if block.named else "its place"
    notes.remark(f"Each row is zeros and a one: {which} is the symbol.")
    if odd:
        rows_ = counted(len(odd), "row")
        notes.remark(f"{rows_} of zeros, the first in line {odd[0][1]:,}: left out.")
    return True


def _are_no_symbols(block: _Block, notes: Notes) -> bool:
    """Ask whether zeros and ones are no symbols; without a question below the symbols' names."""
    meant = notes.choose(
        "one-hot",
        "Each row is zeros and a one. Is the place of the one the symbol?",
        {"Yes, a column for each symbol": True, "No, 0 and 1 are symbols": False},
        "Yes, a column for each symbol",
        ask=not block.named,
    )
    return bool(meant)


def _fill_up(line: int, notes: Notes) -> bool:
    """Ask whether rows of zeros only fill up; the first is named."""
    leave_out = notes.choose(
        "padding",
        f"Line {line:,} is zeros without a one. Do such rows only fill up?",
        {"Yes, leave them out": True, "No": False},
        "Yes, leave them out",
    )
    return bool(leave_out)


def _fault(row: list[str], line: int, block: _Block, notes: Notes) -> str:
    count = sum(_bit(row[k]) == 1 for k in block.places)
    ones = f"{count} ones" if count else "no 1"
    return (
        f"{shown(notes.name)}, line {line:,}, has {ones} in the columns of the symbols: expected "
        "one 1 in each row."
    )


def _together(given: Rows, block: _Block, alphabet: Alphabet) -> Rows:
    """The rows with a column of symbols behind all columns that are no zeros and ones."""
    taken = set(block.places)
    width = max(map(len, given.rows))
    others = [k for k in range(width) if k not in taken]
    first = next(k for k, row in enumerate(given.rows) if any(row))
    top = [given.rows[first][k] if block.headed else "" for k in others]
    rows, lines = [[*top, SYMBOL]], [0]
    start = first + block.headed
    for row, line in zip(given.rows[start:], given.lines[start:], strict=True):
        place = _one(row, block.places) if any(row) else None
        cells = [row[k] for k in others] if place is not None else []
        if place is not None or not any(row):
            rows.append(cells if place is None else [*cells, alphabet.symbols[place]])
            lines.append(line)
    return Rows(rows=rows, lines=lines)
