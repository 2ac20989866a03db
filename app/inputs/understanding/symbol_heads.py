"""What the first row of a table of symbols is, and which of its columns hold symbols."""

from __future__ import annotations

import re

from ..arrays import shown
from . import names
from .alphabets import Alphabet
from .notes import Notes
from .numerals import is_missing, is_number

ID = re.compile(r"[0-9]+(\.0+)?")
NAMES, DATA = "It names the columns", "It is data"


def is_symbols(cell: str, alphabet: Alphabet) -> bool:
    """Whether a cell holds symbols of the alphabet, and else only what fills rows up."""
    symbols = alphabet.read(cell)
    known = [symbol in alphabet.known for symbol in symbols]
    fills = (k or alphabet.fills(s) for s, k in zip(symbols, known, strict=True))
    return any(known) and (all(known) or all(fills))


def holds_symbols(rows: list[list[str]], k: int, alphabet: Alphabet) -> bool:
    """Whether most cells of a column are symbols of the alphabet; of ids, whether all are ids."""
    cells = [row[k] for row in rows[:200] if row[k] and not is_missing(row[k])]
    present = [cell for cell in cells if not alphabet.fills(cell)] or [""]
    if alphabet.ids and all(ID.fullmatch(cell.strip()) for cell in present):
        return True
    return sum(is_symbols(cell, alphabet) for cell in present) >= 0.9 * len(present)


def counts_by_one(cells: list[str]) -> bool:
    """Whether cells are whole numbers that rise by one from 0 or 1; a single one is 0."""
    bare = [cell.strip() for cell in cells]
    if not bare or not all(cell.isascii() and cell.isdigit() for cell in bare[:3]):
        return False
    first = int(bare[0])
    least = {0} if len(bare) == 1 else {0, 1}
    return first in least and all(cell == str(first + k) for k, cell in enumerate(bare))


def counts_columns(
    rows: list[list[str]], alphabet: Alphabet, notes: Notes, likely: str = NAMES
) -> bool | None:
    """Whether the first row counts the columns, as pandas writes it; None where it does not.

    With a name beside the numbers, or an empty corner above a column that counts the rows, it is
    sure; where the numbers may be symbols as well, the reader is asked.
    """
    top = [cell.strip() for cell in rows[0]]
    counted = [cell for cell in top if is_number(cell)]
    words = [cell for cell in top if not is_number(cell)]
    if any(is_symbols(word, alphabet) or alphabet.fills(word) for word in words):
        return None
    if (
        words.count("") > (top[0] == "")
        or len(rows) < 2
        or not counts_by_one(counted)
        or counted[0] != "0"
        or len(top) < 2
    ):
        return None
    if "0" not in alphabet.known:
        return True
    first = [row[0] for row in rows[1:]]
    counts = top[0] == "" and (counts_by_one(first) or not all(map(ID.fullmatch, first)))
    if any(words) or counts:
        notes.remark("The first line counts the columns: it is not read as symbols.")
        return True
    return is_header(top, notes, likely)


def is_header(top: list[str], notes: Notes, likely: str = NAMES) -> bool:
    """Ask whether a first row names the columns."""
    verdict = notes.choose(
        "header",
        f"What is the row {shown(', '.join(top))!r}?",
        {NAMES: True, DATA: False},
        likely,
    )
    return bool(verdict)


def is_headed(
    rows: list[list[str]], delimiter: str, alphabet: Alphabet, notes: Notes, likely: str = NAMES
) -> bool:
    """Whether the first row names the columns: unlike the cells below it, it holds names.

    `likely` is preselected where it only counts them.
    """
    top, below = [cell.strip() for cell in rows[0]], rows[1:200]
    counting = counts_columns(rows, alphabet, notes, likely) if below else None
    if counting is not None:
        return counting
    if not below or any(is_number(cell) or alphabet.fills(cell) for cell in top):
        return False
    if alphabet.ids and all(map(alphabet.is_readable, top)):
        return False
    if any(_names_numbers(cell, k, below) for k, cell in enumerate(top)):
        return True
    return _says_names(top, below, delimiter, alphabet, notes)


def _says_names(
    top: list[str], below: list[list[str]], delimiter: str, alphabet: Alphabet, notes: Notes
) -> bool:
    """Whether a row of words above symbols names the columns."""
    columns = [k for k in range(len(top)) if holds_symbols(below, k, alphabet)]
    named = [k for k in columns if _is_name(top[k], [row[k] for row in below], alphabet)]
    if any(names.says_text(top[k]) for k in named):
        return True
    if len(top) == 1 and names.plain(top[0]) in {"name", "names"} and _is_unlike(top, below):
        return is_header(top, notes)
    usual = 0 if {*top} & alphabet.known else _usual_names(top, below)
    if usual and (delimiter in alphabet.known or usual == len(top)):
        return True
    return is_header(top, notes) if named or usual else False


def _usual_names(top: list[str], below: list[list[str]]) -> int:
    """How many cells of a first row are names that columns often have; 0 where it has none.

    One of them must be that of a text or label, and the row may not stand again below.
    """
    if len(top) < 2 or not all(re.fullmatch(r"\w[\w.-]*", cell) for cell in top):
        return 0
    if not _is_unlike(top, below):
        return 0
    if not any(names.says_label(cell) or names.says_text(cell) or _is_id(cell) for cell in top):
        return 0
    return sum(
        names.says_label(c) or names.says_text(c) or names.says_id(c) or names.says_index(c)
        for c in top
    )


def _is_unlike(top: list[str], below: list[list[str]]) -> bool:
    """Whether no row below is the first one again."""
    return all([cell.strip() for cell in row] != top for row in below)


def _is_id(cell: str) -> bool:
    return names.plain(cell) in {"id", "name", "index"}


def _names_numbers(cell: str, k: int, below: list[list[str]]) -> bool:
    """Whether a cell is a word above numbers."""
    under = [row[k] for row in below if row[k]]
    return bool(cell) and bool(under) and all(map(is_number, under))


def _is_name(cell: str, under: list[str], alphabet: Alphabet) -> bool:
    """Whether a cell above symbols is a name: few of its own signs are symbols, or it is longer."""
    known = [s in alphabet.known or alphabet.other_case(s) != s for s in alphabet.read(cell)]
    if len(cell) < 2 or not known:
        return False
    single = all(len(alphabet.read(text)) == 1 for text in under if text)
    if single and len(known) > 1 and names.says_text(cell):
        return True
    return (
        " " not in cell
        and (sum(known) < 0.5 * len(known) or names.says_text(cell))
        and not (all(known) and not names.says_text(cell))
    )
