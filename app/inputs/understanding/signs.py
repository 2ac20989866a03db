"""Columns of single signs: a space or a line break in a cell of its own, and cells left blank."""

from __future__ import annotations

from .alphabets import Alphabet
from .dialect import Rows

SPELT = {
    "\\n": "\n",
    "\\t": "\t",
    "\\r": "\r",
    "<space>": " ",
    "<newline>": "\n",
    "<nl>": "\n",
    "<tab>": "\t",
    "␣": " ",
    "⏎": "\n",
}
SAMPLE = 200  # rows that are looked at before all are
NOTHING = "\x1f"  # a delimiter that no text has


def spelt(cell: str, alphabet: Alphabet) -> str:
    """Return the sign that a cell spells, such as a line break for a backslash and an n."""
    word = cell.strip()
    return cell if word in alphabet.known else SPELT.get(word, cell)


def is_sign(cell: str, alphabet: Alphabet) -> bool:
    """Whether a cell is one sign, is one symbol or spells one."""
    return len(cell) == 1 or cell.strip() in alphabet.known or cell.strip() in SPELT


def with_signs(given: Rows, text: str, delimiter: str, alphabet: Alphabet) -> Rows:
    """Return rows whose columns of single signs hold the signs that are spelt or are a space.

    The first row may name the columns. A cell of white space alone is taken from the text.
    """
    width = max(map(len, given.rows), default=0)
    columns = [k for k in range(width) if _are_signs(given.rows[1:], k, alphabet)]
    if not alphabet.lettered or not columns:
        return given
    raw = text.split("\n") if text else []
    last = max(k for k, row in enumerate(given.rows) if any(row))
    rows = []
    for n, (row, line) in enumerate(zip(given.rows, given.lines, strict=True)):
        source = raw[line - 1].split(delimiter or NOTHING) if 0 < line <= len(raw) else []
        cells = row or [""] * (width == 1 and n < last)
        source = source if len(source) == len(cells) else cells
        rows.append(
            [
                _sign(cell, whole, alphabet) if k in columns else cell
                for k, (cell, whole) in enumerate(zip(cells, source, strict=True))
            ]
        )
    return Rows(rows=[row if any(row) or len(row) > 1 else [] for row in rows], lines=given.lines)


def _are_signs(rows: list[list[str]], k: int, alphabet: Alphabet) -> bool:
    """Whether each cell of a column is a sign or blank, and some are blank or spell a sign.

    The first rows are asked before all.
    """
    for few in (rows[:SAMPLE], rows):
        filled = [row[k] for row in few if len(row) > k and row[k].strip()]
        if not filled or not all(is_sign(cell, alphabet) for cell in filled):
            return False
    return len(filled) < len(rows) or any(cell.strip() in SPELT for cell in filled)


def _sign(cell: str, whole: str, alphabet: Alphabet) -> str:
    if cell.strip():
        return spelt(cell, alphabet)
    first = whole[:1] if whole.isspace() else ""
    return first if first in alphabet.known else cell
