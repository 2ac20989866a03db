"""Tables that hold one value a row, and in a column of texts which variable it is of."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyarrow.compute as pc

from lstm_core.record import record

from ..arrays import shown
from ..files import UploadError, counted
from . import names
from .frame import Frame, distinct
from .notes import Notes
from .numerals import cells, is_missing, is_numberish
from .wishes import Wish

Key = tuple[str, ...]

MOST = 200  # variables that become columns
VALUES = ("value", "values", "val", "measurement", "reading", "wert", "valor", "valeur")


@record
class _Melted:
    """Places of columns: of the variables' names, of the values, and of what a row is known by."""

    variable: int
    value: int
    known_by: tuple[int, ...]


def unmelted(table: Frame, wish: Wish, notes: Notes) -> Frame:
    """Return a table in which each variable has a column, where a column names all the inputs.

    Others are returned as they are. Raises UploadError where a row has two values of a variable.
    """
    melted = _melted(table, wish)
    if melted is None:
        return table
    whose = [column.to_pylist() for column in table.columns]
    called = list(dict.fromkeys(whose[melted.variable]))
    rows, lines = _rows(table, whose, melted, notes)
    notes.remark(
        f"{shown(table.names[melted.variable])!r} says what "
        f"{shown(table.names[melted.value])!r} is: {counted(len(table), 'row')} are read as "
        f"{counted(len(rows), 'timestep')} of {counted(len(called), 'variable')}."
    )
    before = [[key[k] for key in rows] for k in range(len(melted.known_by))]
    made = [[row.get(name, "") for row in rows.values()] for name in called]
    return Frame(
        names=distinct((*(table.names[k] for k in melted.known_by), *called)),
        columns=tuple(map(cells, (*before, *made))),
        lines=np.array(lines, np.int64),
        headed=True,
    )


def _rows(
    table: Frame, whose: list[list[str]], melted: _Melted, notes: Notes
) -> tuple[dict[Key, dict[str, str]], list[int]]:
    """The values of each timestep by their variables, and the line where each begins."""
    rows: dict[Key, dict[str, str]] = {}
    lines: list[int] = []
    keys = _keys(whose, melted)
    columns = (keys, whose[melted.variable], whose[melted.value], table.lines.tolist())
    for key, name, value, line in zip(*columns, strict=True):
        if key not in rows:
            rows[key] = {}
            lines.append(line)
        if name in rows[key]:
            raise UploadError(
                f"{shown(notes.name)}, line {line:,}, has a second value of {shown(name)!r} at "
                f"{shown(', '.join(key))!r}: expected one for each."
            )
        rows[key][name] = value
    return rows, lines


def _melted(table: Frame, wish: Wish) -> _Melted | None:
    wanted = {names.plain(name) for name in wish.names}
    if not wanted or not table.headed or not len(table):
        return None
    if wanted & {names.plain(name) for name in table.names}:
        return None
    variable = _only(table, lambda k: _names_all(table, k, wanted))
    if variable is None:
        return None
    value = _value(table, variable)
    if value is None:
        return None
    others = [k for k in range(len(table.columns)) if k not in {variable, value}]
    known_by = _known_by(table, others, variable)
    if known_by is None:
        return None
    return _Melted(variable=variable, value=value, known_by=known_by)


def _known_by(table: Frame, others: list[int], variable: int) -> tuple[int, ...] | None:
    """What says which rows are of one timestep: texts, times and ids; () for only their order.

    None where nothing does.
    """
    free = [k for k in others if not _follows(table, k, variable) and not _counts(table, k)]
    telling = tuple(k for k in free if not _is_signal(table, k))
    named = tuple(k for k in free if _is_time_or_id(table.names[k]))
    if not telling:
        counts = pc.value_counts(table.columns[variable]).field("counts")
        return () if len(pc.unique(counts)) == 1 else None
    return next((places for places in (telling, named) if places and _meet(table, places)), None)


def _meet(table: Frame, places: tuple[int, ...]) -> bool:
    """Whether several rows have the same cells there."""
    columns = [table.columns[k].to_pylist() for k in places]
    return len(set(zip(*columns, strict=True))) < len(table)


def _is_time_or_id(name: str) -> bool:
    return names.says_time(name) or names.says_index(name) or names.says_id(name)


def _only(table: Frame, fits: Callable[[int], bool]) -> int | None:
    """The only column that fits; None where none or several do."""
    found = [k for k in range(len(table.columns)) if fits(k)]
    return found[0] if len(found) == 1 else None


def _names_all(table: Frame, place: int, wanted: set[str]) -> bool:
    """Whether a column holds the names of all inputs, over and over."""
    texts = pc.unique(table.columns[place])
    if not 1 < len(texts) <= min(MOST, len(table) - 1):
        return False
    return wanted <= {names.plain(text) for text in texts.to_pylist()}


def _value(table: Frame, variable: int) -> int | None:
    """The column of the values: by its name, else the only one of numbers."""
    named = _only(table, lambda k: names.plain(table.names[k]) in VALUES)
    if named is not None:
        return named
    return _only(table, lambda k: k != variable and _is_signal(table, k))


def _is_signal(table: Frame, place: int) -> bool:
    first = table.columns[place].slice(0, 1000).to_pylist()
    numbers = [is_numberish(text) for text in first if not is_missing(text)]
    return not _is_time_or_id(table.names[place]) and bool(numbers) and all(numbers)


def _follows(table: Frame, place: int, variable: int) -> bool:
    """Whether a column only says more of the variable, as its unit does."""
    pairs = set(
        zip(table.columns[variable].to_pylist(), table.columns[place].to_pylist(), strict=True)
    )
    return len(pairs) == len(pc.unique(table.columns[variable]))


def _counts(table: Frame, place: int) -> bool:
    """Whether a column counts all rows, and so tells no two values of one time apart."""
    if place or not (names.says_index(table.names[0]) or table.names[0] == "column 1"):
        return False
    return len(pc.unique(table.columns[0])) == len(table)


def _keys(whose: list[list[str]], melted: _Melted) -> list[Key]:
    """What each row is known by: its time and the like, else how often its variable came before."""
    if melted.known_by:
        return list(zip(*(whose[k] for k in melted.known_by), strict=True))
    seen: dict[str, int] = {}
    keys: list[Key] = []
    for name in whose[melted.variable]:
        seen[name] = seen.get(name, 0) + 1
        keys.append((str(seen[name]),))
    return keys
