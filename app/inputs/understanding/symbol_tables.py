"""Tables of symbols in a text or in rows: where a table begins, and whether it surely is one."""

from __future__ import annotations

import re

from lstm_core.record import record

from ..arrays import shown
from ..files import UploadError
from .alphabets import Alphabet
from .dialect import Dialect, Fit, Rows, fits, split
from .frame import distinct
from .notes import Notes
from .numerals import is_number
from .one_hot_tables import one_hot_of, one_hot_rows
from .signs import with_signs
from .symbol_heads import DATA, NAMES, counts_by_one, holds_symbols, is_headed

COUNTED = 3  # rows, from which a first column that counts is no matter of chance
DELIMITERS = ("\t", ";", "|", ",")


@record
class Grid:
    """A table whose cells stand as they are: spaces and line breaks may be symbols.

    `sure` says whether it can hardly be lines of symbols; `blank` are the rows before which lines
    are blank.
    """

    names: tuple[str, ...]
    headed: bool
    rows: list[list[str]]
    lines: list[int]
    dialect: Dialect
    sure: bool = False
    blank: tuple[int, ...] = ()


def grid_of(text: str, alphabet: Alphabet, notes: Notes) -> Grid | None:
    """Return the table in a text for a network of symbols; None where the text is no table."""
    one_hot = one_hot_of(text, alphabet, notes)
    if one_hot is not None:
        return _grid(one_hot, Dialect(delimiter=","), alphabet, notes)
    printed = _printed(text, alphabet, notes)
    if printed is not None:
        return printed
    fitting = fits(text, lambda cell: is_number(cell) or alphabet.is_readable(cell))
    tables = sorted(filter(_is_table, fitting), key=lambda fit: fit.dialect.delimiter != "\t")
    one = next(fit for fit in fitting if fit.dialect.delimiter == "")
    for fit in (*tables, one):
        given = split(notes.name, text, fit.dialect, strip=False)
        signs = with_signs(given, text, fit.dialect.delimiter, alphabet)
        grid = _grid(signs, fit.dialect, alphabet, notes)
        if grid is not None and not grid.headed and fit is one:
            grid = _grid(given, fit.dialect, alphabet, notes)  # its lines may be a text
        if grid is not None:
            return grid
    return None


def grid_of_rows(given: Rows, alphabet: Alphabet, notes: Notes) -> Grid:
    """Return rows of texts as a table; UploadError where no column holds symbols."""
    one_hot = one_hot_rows(given, alphabet, notes)
    given = one_hot or with_signs(given, "", ",", alphabet)
    grid = _grid(given, Dialect(delimiter=","), alphabet, notes, lenient=True)
    if grid is None:
        raise UploadError(
            f"{shown(notes.name)} has no column of symbols: allowed are "
            f"{shown(' '.join(alphabet.symbols))}."
        )
    return grid


def _printed(text: str, alphabet: Alphabet, notes: Notes) -> Grid | None:
    """A table of ids apart by white space whose first line or column counts; None for another.

    The line of names that pandas prints has one cell less than the others.
    """
    if not alphabet.ids or "\n" not in text.strip() or any(sign in text for sign in DELIMITERS):
        return None
    dialect = Dialect(delimiter=" ")
    given = split(notes.name, text, dialect, limit=len(text) + 1)
    rows = [row for row in given.rows if row]
    if len(rows) < 2 or not (counts_by_one(rows[0]) or _counts_rows(rows)):
        return None
    if len(rows[0]) == len(rows[1]) - 1 and counts_by_one([row[0] for row in rows[1:]]):
        rows[0].insert(0, "")
    grid = _grid(given, dialect, alphabet, notes)
    return grid if grid is not None and grid.sure else None


def _is_table(fit: Fit) -> bool:
    return fit.width > 1 and fit.share > 0.9 and fit.dialect.delimiter in DELIMITERS


def _grid(
    given: Rows, dialect: Dialect, alphabet: Alphabet, notes: Notes, *, lenient: bool = False
) -> Grid | None:
    filled = [k for k, row in enumerate(given.rows) if any(row)]
    rows = [given.rows[k] for k in filled]
    if lenient and rows:
        width = max(map(len, rows))
        rows = [row + [""] * (width - len(row)) for row in rows]
    if not rows or {len(row) for row in rows} != {len(rows[0])}:
        return None
    lines = [given.lines[k] for k in filled]
    likely = DATA if lenient else NAMES
    headed = lines[0] == 0 or is_headed(rows, dialect.delimiter, alphabet, notes, likely)
    if not (headed or lenient or _may_be_table(rows, dialect, alphabet)):
        return None
    body = rows[headed:]
    names_ = distinct(tuple(cell.strip() for cell in rows[0]) if headed else ("",) * len(rows[0]))
    if not body or not any(holds_symbols(body, k, alphabet) for k in range(len(names_))):
        return None
    return Grid(
        names=names_,
        headed=headed,
        rows=body,
        lines=lines[headed:],
        dialect=dialect,
        sure=lines[0] == 0 or _is_sure(rows, headed, dialect, alphabet),
        blank=_blank(filled[headed:]),
    )


def _blank(filled: list[int]) -> tuple[int, ...]:
    """The rows before which rows of nothing stand."""
    return tuple(k for k in range(1, len(filled)) if filled[k] != filled[k - 1] + 1)


def _may_be_table(rows: list[list[str]], dialect: Dialect, alphabet: Alphabet) -> bool:
    """Whether rows without names may be a table and not lines of symbols."""
    if dialect.delimiter in alphabet.known:
        return False
    if len(rows[0]) == 1 and not any(cell.isspace() for row in rows for cell in row):
        return False
    return not (alphabet.ids and _are_ids(rows)) or _counts_rows(rows)


def _are_ids(rows: list[list[str]]) -> bool:
    return all(cell.strip().isdigit() for row in rows[:200] for cell in row if cell.strip())


def _counts_rows(rows: list[list[str]]) -> bool:
    """Whether the first of several columns counts the rows."""
    counted = len(rows) >= COUNTED and len(rows[0]) > 1
    return counted and counts_by_one([row[0] for row in rows])


def _is_sure(rows: list[list[str]], headed: bool, dialect: Dialect, alphabet: Alphabet) -> bool:
    """Whether a table can hardly be lines of symbols."""
    if alphabet.ids:
        return headed or _counts_rows(rows) or is_label_beside(rows)
    filled = [k for k in range(len(rows[0])) if any(row[k].strip() for row in rows)]
    tabs = dialect.delimiter == "\t" and "\t" not in alphabet.known
    return tabs and len(filled) > 1 and not alphabet.lined


def is_label_beside(rows: list[list[str]]) -> bool:
    """Whether of two columns without names one holds several symbols apart by spaces in a cell."""
    if len(rows) < 2 or len(rows[0]) != 2:
        return False
    spaced = [any(re.search(r"\S\s+\S", row[k]) for row in rows) for k in range(2)]
    return spaced[0] != spaced[1] and all(cell.strip() for row in rows for cell in row)
