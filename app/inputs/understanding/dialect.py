"""How a text is cut into cells: by a delimiter, by white space, at fixed places, or not at all.

Every way is tried on the first lines. The best gives as many cells in every line, and cells
that are numbers, points in time or what the network reads.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise

from lstm_core.record import record

from ..arrays import shown
from ..files import UploadError
from .limits import MAX_COLUMNS, MAX_LINE
from .moments import is_moment
from .numerals import TRUTH, is_missing, is_number

NAMES = {
    ",": "commas",
    ";": "semicolons",
    "\t": "tabs",
    "|": "pipes",
    " ": "white space",
    "fixed": "fixed widths",
    "": "nothing: one cell a line",
}
"""What stands between two cells, in words."""

SAMPLE_LINES = 400
SAMPLE_CHARACTERS = 200_000
APOSTROPHES = re.compile(r"(?:^|[,;\t|])'[^'\n]*'(?=[,;\t|]|$)", re.MULTILINE)
NOTHING = "\x1f"  # a delimiter that no text has

csv.field_size_limit(MAX_LINE)  # a cell may be a whole sequence

Typed = Callable[[str], bool]


@record
class Rows:
    """Cells of a text row by row, and the line, counted from 1, in which each row begins.

    A blank line is an empty row.
    """

    rows: list[list[str]]
    lines: list[int]


@record
class Dialect:
    """What separates cells: a delimiter, " " for white space, "" for nothing, or fixed `cuts`."""

    delimiter: str
    quote: str = '"'
    cuts: tuple[int, ...] = ()

    @property
    def description(self) -> str:
        """The delimiter as a phrase for the reader: "cells apart by tabs"."""
        return f"cells apart by {NAMES.get(self.delimiter, repr(self.delimiter))}"


@record
class Fit:
    """How well a dialect fits: `width` cells a row, its `share` of rows, its `typed` cells."""

    dialect: Dialect
    width: int
    share: float
    typed: float

    @property
    def score(self) -> float:
        """Larger is better."""
        return self.share * (self.typed + 0.1 * (self.width - 1) / self.width)


def is_typed(cell: str) -> bool:
    """Whether a cell is a number, a point in time, or True or False."""
    return is_number(cell) or is_moment(cell) or cell.lower() in TRUTH


def split(
    name: str, text: str, dialect: Dialect, *, limit: int = MAX_COLUMNS, strip: bool = True
) -> Rows:
    """Return the rows of a text, their cells without the white space around them if `strip`.

    Raises UploadError for more than `limit` cells in a row, and for a broken quotation.
    """
    rows: list[list[str]] = []
    lines: list[int] = []
    for line, row in _records(name, text, dialect):
        if len(row) > limit:
            raise UploadError(
                f"{shown(name)}, line {line:,}, has {len(row):,} cells: at most {limit:,} "
                "can be read."
            )
        cells = [cell.strip() for cell in row] if strip else row
        rows.append(cells if any(cells) or len(cells) > 1 else [])
        lines.append(line)
    return Rows(rows=rows, lines=lines)


def _records(name: str, text: str, dialect: Dialect) -> Iterator[tuple[int, list[str]]]:
    if dialect.cuts:
        for line, whole in enumerate(text.split("\n"), start=1):
            yield line, cut(whole, dialect.cuts) if whole.strip() else []
        return
    source: Iterator[str] | io.StringIO = io.StringIO(text, newline="")
    if dialect.delimiter == " ":
        source = (" ".join(whole.split()) + "\n" for whole in text.split("\n"))
    reader = csv.reader(
        source,
        delimiter=dialect.delimiter or NOTHING,
        quotechar=dialect.quote,
        skipinitialspace=True,
    )
    yield from _with_lines(name, reader)


def _with_lines(name: str, reader: csv._reader) -> Iterator[tuple[int, list[str]]]:  # type: ignore[name-defined]
    done = 0
    try:
        for row in reader:
            yield done + 1, row
            done = reader.line_num
    except csv.Error as error:
        if "field larger" in str(error):
            raise UploadError(
                f"{shown(name)}, line {done + 1:,}, has a cell of more than "
                f"{csv.field_size_limit():,} letters: at most that many can be read."
            ) from None
        raise UploadError(
            f"{shown(name)}, line {done + 1:,}, cannot be cut into cells: {error}."
        ) from None


def cut(line: str, cuts: tuple[int, ...]) -> list[str]:
    """Return the pieces of a line between fixed places."""
    edges = (0, *cuts, len(line))
    return [line[a:b].strip() for a, b in pairwise(edges)]


def sample_of(text: str) -> str:
    """Return the first lines of a text, whole ones where they are not too long."""
    head = text[:SAMPLE_CHARACTERS]
    if len(text) > len(head):
        head = head[: head.rfind("\n") + 1] or head
    return "\n".join(head.split("\n")[:SAMPLE_LINES])


def fits(text: str, typed: Typed = is_typed) -> list[Fit]:
    """Return how well each dialect fits a sample, the best first."""
    sample = sample_of(text)
    quote = "'" if len(APOSTROPHES.findall(sample)) > 3 else '"'
    candidates = [
        Dialect(delimiter=delimiter, quote=quote) for delimiter in ("\t", ";", "|", ",", " ", "")
    ]
    fitting = [_fit(sample, dialect, typed) for dialect in candidates]
    if fitting[0].width > 1 and fitting[0].share > 0.9:  # tabs: a space is part of a cell
        fitting = [fit for fit in fitting if fit.dialect.delimiter != " "]
    cuts = blank_columns(sample)
    if cuts:
        fitting.append(_fit(sample, Dialect(delimiter="fixed", cuts=cuts), typed))
    return sorted(
        fitting,
        key=lambda fit: (-round(fit.score, 3), fit.width == 1 and fit.dialect.delimiter != ""),
    )


def _fit(sample: str, dialect: Dialect, typed: Typed) -> Fit:
    try:
        given = split("sample", sample, dialect, limit=len(sample) + 1)
    except UploadError:  # it is not written so
        given = Rows(rows=[], lines=[])
    rows = [row for row in given.rows if row]
    if not rows:
        return Fit(dialect=dialect, width=1, share=0.0, typed=0.0)
    width = common_width(rows, typed)
    block = [row for row in rows if len(row) == width]
    body = block[1:] or block
    cells = [cell for row in body[:100] for cell in row[:200] if cell and not is_missing(cell)]
    share = sum(map(typed, cells)) / len(cells) if cells else 0.0
    return Fit(dialect=dialect, width=width, share=len(block) / len(rows), typed=share)


def common_width(rows: list[list[str]], typed: Typed = is_typed) -> int:
    """Return how many cells the rows of data have: what most rows have.

    A row with a typed cell counts ten times; of two that are as common the larger is taken.
    """
    counts: Counter[int] = Counter()
    for row in rows[:SAMPLE_LINES]:
        if row:
            counts[len(row)] += 10 if any(map(typed, row[:50])) else 1
    return max(counts, key=lambda width: (counts[width], width)) if counts else 1


def blank_columns(sample: str) -> tuple[int, ...]:
    """Return where to cut lines of fixed width: after each stretch that is blank in every line."""
    lines = [line for line in sample.split("\n") if line.strip()][:200]
    if len(lines) < 3 or "\t" in sample or not any("  " in line.strip() for line in lines):
        return ()
    width = max(map(len, lines))
    blank = [all(line[k : k + 1] in {"", " "} for line in lines) for k in range(min(width, 2000))]
    starts = [k for k in range(1, len(blank)) if blank[k - 1] and not blank[k]]
    return tuple(k for k in starts if not all(blank[:k]))
