"""Too few columns of numbers: which cell keeps a column from being one, or which input has none."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from ..arrays import shown
from ..files import UploadError, counted
from . import names
from .moments import is_moment
from .notes import Notes
from .variables import Variable, Variables, first_unreadable

BEGUN = re.compile(r"\W{0,3}[0-9]")  # how a cell begins that was meant to be a number
DATED = re.compile(r"[0-9][-/:][0-9]|[0-9][ -.]+[A-Za-z]{3}")  # 1/2/24, 30 Dec
COUNT = re.compile(r"[(#\[]?([0-9]{1,9})[.):\]]?")
SEEN = 200  # cells of a column by which it is judged


def enough(
    given: Variables,
    matched: Collection[Variable],
    pool: list[Variable],
    open_inputs: Sequence[str],
    notes: Notes,
) -> list[Variable]:
    """Return the columns that may feed the open inputs, times and indices only if they must.

    `matched` feed other inputs by their names. Raises UploadError where there are too few, and
    where a column would be one of numbers but for the cells that the sentence names.
    """
    free = [c for c in given.columns if c not in matched and c not in pool]
    texts = [c for c in free if c.kind in {"text", "label"} and c.numbers is None]
    texts = [column for column in texts if not _tells_time_or_place(column)]
    alone = not pool and len(texts) == len(open_inputs) == 1  # that one must be meant
    spoilt = texts if alone else [column for column in texts if _begin_as_numbers(column)]
    if spoilt and sum(c.kind in {"number", "empty"} for c in pool) < len(open_inputs):
        raise UploadError(_unreadable(given, spoilt[0], open_inputs, notes))
    if len(pool) >= len(open_inputs):
        return pool
    others = [c for c in free if c.numbers is not None and c.kind in {"time", "index", "label"}]
    if len(pool) + len(others) >= len(open_inputs) and not matched:
        return pool + others
    raise UploadError(_too_few(given, matched, pool, open_inputs, notes))


def _tells_time_or_place(column: Variable) -> bool:
    """Whether texts are dates or count the rows, or have the name of a time, a count or an id."""
    if any(says(column.name) for says in (names.says_time, names.says_index, names.says_id)):
        return True
    cells = _cells(column)
    if _are_counted(cells):
        return True
    return sum(bool(DATED.search(text)) or is_moment(text) for text in cells) > 0.5 * len(cells)


def _are_counted(cells: list[str]) -> bool:
    """Whether texts count the rows: 1) 2) 3), #1 #2 #3."""
    counts = [COUNT.fullmatch(text) for text in cells]
    places = [int(count[1]) for count in counts if count]
    return len(places) == len(cells) and all(b - a == 1 for a, b in pairwise(places))


def _begin_as_numbers(column: Variable) -> bool:
    """Whether texts were meant to be numbers: most begin as one does."""
    cells = _cells(column)
    return sum(bool(BEGUN.match(text)) for text in cells) >= 0.5 * len(cells)


def _cells(column: Variable) -> list[str]:
    return [text for text in column.texts.slice(0, SEEN).to_pylist() if text]


def _unreadable(
    given: Variables, column: Variable, open_inputs: Sequence[str], notes: Notes
) -> str:
    row = first_unreadable(column, given.mark)
    mark = "point" if given.mark == "." else "comma"
    return (
        f"{shown(notes.name)}, line {given.line(row):,}, column {shown(column.name)!r}, is "
        f"{shown(column.texts[row].as_py())!r}: expected a number for {shown(few(open_inputs))}, "
        f"with a decimal {mark} and without other signs."
    )


def _too_few(
    given: Variables,
    matched: Collection[Variable],
    pool: list[Variable],
    open_inputs: Sequence[str],
    notes: Notes,
) -> str:
    texts = [column.name for column in given.columns if column not in pool]
    beside = f" beside {shown(few(texts))}" if texts else ""
    wanted = shown(few(open_inputs))
    if matched and not pool:
        it = "it" if len(open_inputs) == 1 else "them"
        return f"{shown(notes.name)} has no column for {wanted}{beside}: add {it}."
    count = counted(len(pool), "column") if pool else "no column"
    more = " more" if matched else ""
    return (
        f"{shown(notes.name)} has {count} of numbers{beside}: this network reads "
        f"{len(open_inputs)}{more}, {wanted}."
    )


def few(given: Sequence[str]) -> str:
    """Return names as a sentence lists them: the first and the last where there are many."""
    listed = list(given)
    return ", ".join(listed) if len(listed) <= 6 else f"{', '.join(listed[:3])}, … {listed[-1]}"
