"""A text of numbers as a table: comments set aside, its dialect chosen, its rows cut."""

from __future__ import annotations

import dataclasses
import re
from bisect import bisect_right
from itertools import pairwise

import numpy as np

from lstm_core.record import Array, record

from ..arrays import shown
from ..files import UploadError, counted
from .bulk import LARGE, bulk_frame
from .dialect import NAMES, SAMPLE_CHARACTERS, Dialect, Fit, Rows, fits, is_typed, sample_of, split
from .frame import Frame, distinct, frame
from .named_lines import named_lines
from .notes import Notes, Undecided
from .numerals import is_missing, is_number, is_numberish

COMMENT = re.compile(r"\s*(#|%|//|!)")
RULE = re.compile(r"\s*(?=.*(?:---|===))(?=.*[|+]|.{6})[-=|+: \t]+")  # a line drawn in a table
MARKED_LINE = re.compile(r"^[ \t]*(?:#|%|//|!|[|+:]?[|+:]?[-=]{3})", re.MULTILINE)
SEPARATOR = re.compile(r'^"?sep=(.)"?$', re.IGNORECASE)
PAIR = re.compile(r"[-+]?\d+,\d+(?:[eEdD][-+]?\d+)?")
GROUPED = re.compile(r"[0-9]{1,3},[0-9]{3}")  # a thousand and more, or three decimals
GAP = re.compile(r"([,;|])[ \t]*\1")  # nothing between two signs: a cell is empty


@record
class Lines:
    """A text without comments: `lines` (n,) says where each of its lines stands in the file.

    `last_comment` stands directly above the first line, or is "". `comments` stand among the
    rows, each with the line that follows it. `separator` is what a line `sep=;` names, or "".
    """

    text: str
    lines: Array | None
    last_comment: str = ""
    separator: str = ""
    comments: tuple[tuple[int, str], ...] = ()

    def line(self, k: int) -> int:
        """Return the line of the file in which line k, counted from 1, stands."""
        return k if self.lines is None else int(self.lines[min(k, len(self.lines)) - 1])


def lines_of(text: str, notes: Notes) -> Lines:
    """Return a text without its comments and without a line that names the delimiter."""
    first, _, rest = text.partition("\n")
    named = SEPARATOR.match(first.strip(" "))
    separator = named[1] if named else ""
    start = 2 if named else 1
    if named:
        text = rest
        notes.remark(f"The first line names the delimiter, {separator!r}.")
    head = text if len(text) <= LARGE else text[:SAMPLE_CHARACTERS]
    if not MARKED_LINE.search(head):
        return Lines(text=text, lines=_from(start, text), separator=separator)
    return _without_comments(text, start, separator, notes)


def _from(start: int, text: str) -> Array | None:
    return None if start == 1 else np.arange(start, start + text.count("\n") + 1)


def _without_comments(text: str, start: int, separator: str, notes: Notes) -> Lines:
    whole = text.split("\n")
    kept = [k for k, line in enumerate(whole) if not (COMMENT.match(line) or RULE.fullmatch(line))]
    first = next((k for k in kept if whole[k].strip()), None)
    if first is None:
        raise UploadError(f"{shown(notes.name)} holds comments and nothing else: give timesteps.")
    if len(kept) == len(whole):
        return Lines(text=text, lines=_from(start, text), separator=separator)
    count = len(whole) - len(kept)
    notes.remark(f"{counted(count, 'line')} of comments or rules: skipped.")
    filled = [k for k in kept if whole[k].strip()]
    among = _comments_among(whole, filled)
    kept = [k for k in kept if whole[k].strip() or not _is_beside(k, filled, among)]
    above = _comment(whole[first - 1]) if first else ""
    comments = {first: above, **among} if among else {}
    return Lines(
        text="\n".join(whole[k] for k in kept),
        lines=np.array(kept, np.int64) + start,
        last_comment=above,
        separator=separator,
        comments=tuple((k + start, text) for k, text in comments.items()),
    )


def _comment(line: str) -> str:
    """What a line says as a comment, or ""."""
    return COMMENT.sub("", line, count=1).strip() if COMMENT.match(line) else ""


def _comments_among(whole: list[str], filled: list[int]) -> dict[int, str]:
    """The comments between two lines of numbers, each by the line of numbers that follows it."""
    among = {}
    for above, below in pairwise(filled):
        said = [text for line in whole[above + 1 : below] if (text := _comment(line))]
        if said and _has_number(whole[above]) and _has_number(whole[below]):
            among[below] = said[-1]
    return among


def _is_beside(blank: int, filled: list[int], among: dict[int, str]) -> bool:
    """Whether a blank line stands beside a comment among the rows, and so is no gap."""
    after = bisect_right(filled, blank)
    return after < len(filled) and filled[after] in among


def _has_number(line: str) -> bool:
    return any(map(is_numberish, re.split(r"[\s,;|]+", line.strip())))


def text_table(given: Lines, size: int | None, notes: Notes) -> tuple[Frame, str]:
    """Return the table in a text, and what separates its cells; `size` is D, None for unknown."""
    named = named_lines(given.text, notes) if size == 1 and len(given.text) <= LARGE else None
    if named is not None:
        return frame(notes.name, _placed(named.rows, given), notes), named.delimiter
    dialect = chosen_dialect(given, size, notes)
    if len(given.text) > LARGE and given.lines is None:
        large = bulk_frame(notes.name, given.text, dialect, 1, notes)
        if large is not None:
            return large, dialect.delimiter
    rows = split(notes.name, given.text, dialect)
    table = frame(notes.name, _placed(rows, given), notes)
    table = dataclasses.replace(table, comments=given.comments)
    return _named_by_comment(table, given, dialect, notes), dialect.delimiter


def _placed(rows: Rows, given: Lines) -> Rows:
    return Rows(rows=rows.rows, lines=[given.line(k) for k in rows.lines])


def _named_by_comment(table: Frame, given: Lines, dialect: Dialect, notes: Notes) -> Frame:
    """The table with the names that a comment directly above it gives, where it has none."""
    if table.headed or not given.last_comment or given.comments:
        return table
    for way in (dialect, Dialect(delimiter=" ")):
        rows = split(notes.name, given.last_comment, way).rows
        names = rows[0] if rows else []
        if len(names) == len(table.columns) and not any(map(is_typed, names)):
            notes.remark("The columns' names stand in a comment above the table.")
            return dataclasses.replace(table, names=distinct(tuple(names)), headed=True)
    return table


def chosen_dialect(given: Lines, size: int | None, notes: Notes) -> Dialect:
    """Return how the text is cut; the reader is asked where a comma or a space may be either."""
    if given.separator:
        return Dialect(delimiter=given.separator)
    fitting = fits(given.text)
    ask, text = False, "What stands between two cells?"
    one = next(fit for fit in fitting if fit.dialect.delimiter == "")
    best: Fit | None = _ragged(fitting, given.text) if fitting[0] is one else fitting[0]
    pairs = _pairs(fitting, one, given.text)
    if pairs:
        best, ask, text = _comma_or_space(given.text, pairs, one, size)
        fitting = [pairs, one] if ask else fitting
    options = {_in_words(fit.dialect): fit.dialect for fit in fitting}
    named = _in_words(best.dialect) if best else None
    chosen = notes.choose("delimiter", text, options, named, ask=ask)
    if chosen is None:
        raise Undecided
    return chosen


def _ragged(fitting: list[Fit], text: str) -> Fit:
    """How to cut lines of different length into numbers, where no line is one; else the best."""
    best = fitting[0]
    for fit in fitting if best.typed < 1 else []:
        if fit.dialect.delimiter in {",", ";", "\t", "|"}:
            rows = split("sample", sample_of(text), fit.dialect, limit=10**6).rows
            if all(is_number(cell) or is_missing(cell) for row in rows for cell in row):
                return fit
    return best


def _in_words(dialect: Dialect) -> str:
    delimiter = dialect.delimiter
    return f"Cells are apart by {NAMES[delimiter]}" if delimiter else "A line is one cell"


def _pairs(fitting: list[Fit], one: Fit, text: str) -> Fit | None:
    """The way to cut lines in two cells that may as well be one number; None where none is."""
    if one.typed < 1:
        return None
    best = fitting[0]
    if best is one:  # where "1,2" and "3,4" stand above a lonely "5"
        best = next((f for f in fitting if f.dialect.delimiter == "," and f.width == 2), one)
        head, *lines = (line.strip() for line in sample_of(text).strip().split("\n"))
        below = [line for line in lines if "," in line] or [head]
        named = not is_number(head) and not all(map(GROUPED.fullmatch, below))
        if not (named or "," in head) or not all(map(PAIR.fullmatch, below)):
            return None  # one name above "1749,80": decimals, or a count of the rows before each
    return best if best.width == 2 and best.dialect.delimiter in {",", " "} else None


def _comma_or_space(
    text: str, best: Fit, one: Fit, size: int | None
) -> tuple[Fit | None, bool, str]:
    """Whether lines such as `80,9` or `1 200` hold one number or two: (fit, asked, question)."""
    sample = sample_of(text)
    rows = [row for row in split("sample", sample, best.dialect, limit=10**6).rows if row]
    lines = [line.strip() for line in reversed(sample.split("\n")) if line.strip()]
    example = next((line for line in lines if best.dialect.delimiter in line), lines[0])
    body = [row for row in rows if len(row) == 2 and all(map(is_number, row))]
    whole = body and all(PAIR.fullmatch(",".join(row)) for row in body)
    verdict: bool | None = False
    if whole and size in {1, None}:
        verdict = _is_one_number(rows, body, best.dialect.delimiter)
    counts = _counts([int(row[0]) for row in body]) if whole else False
    chosen = {True: one, False: best, None: best if counts else None}[verdict]
    return chosen, verdict is None, f"Is {shown(example)!r} one number or two?"


def _is_one_number(rows: list[list[str]], body: list[list[str]], delimiter: str) -> bool | None:
    """Whether two cells of digits are one number; None where it cannot be known."""
    headed = not all(map(is_number, rows[0]))
    counts = _counts([int(row[0]) for row in body])
    if delimiter == " ":
        grouped = all(re.fullmatch(r"[0-9]{3}", row[1]) for row in body)
        return None if grouped and not headed else False
    if headed:
        short_head = len(rows[0]) == 1 and not is_number(rows[0][0])
        return (None if counts else True) if short_head else False
    if any(re.fullmatch(r"0[0-9]+", row[1]) for row in body):
        return True
    uneven = len({len(row[1]) for row in body}) > 1 and len(body) == len(rows)
    return None if counts or len(body) < 3 or uneven else True


def _counts(places: list[int]) -> bool:
    """Whether the first cells go up or down evenly, as an index or years do."""
    steps = {b - a for a, b in pairwise(places)}
    return len(places) > 1 and len(steps) == 1 and steps != {0}


def one_line(text: str) -> list[str] | None:
    """Return the numbers of a text of one line; None for other texts, and for one that is unclear.

    Numbers in one line are apart by white space, semicolons or commas; an empty cell is a gap.
    """
    body = text.strip()
    if "\n" in body or PAIR.fullmatch(body):
        return None
    inside = body.lstrip(" \t|[(").rstrip(" \t,;|])")
    gap = GAP.search(inside)
    if gap:
        return _with_gaps(inside, gap[1])
    for pattern in (r"\s*;\s*", r"\s*,\s+", r"[\s|]+", r"\s*,\s*", r"[\s;|]+", r"[\s,;|]+"):
        cells = [cell for cell in re.split(pattern, body.strip(" \t,;|[]()")) if cell]
        if len(cells) > 1 and all(is_numberish(c) or is_missing(c) for c in cells[:2000]):
            return cells
    return None


def _with_gaps(body: str, sign: str) -> list[str] | None:
    """The cells between equal signs, the empty ones too; None where others are no numbers."""
    cells = [cell.strip() for cell in body.split(sign)]
    fitting = all(is_numberish(cell) or is_missing(cell) for cell in cells[:2000])
    return cells if fitting and any(map(is_numberish, cells)) else None
