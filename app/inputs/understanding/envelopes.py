"""Objects of JSON: which of their values is the table, and what only stands beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any

from ..arrays import shown
from . import names
from .moments import is_moment
from .notes import Notes
from .numerals import is_number

Object = dict[str, Any]

SEQUENCE = "sequence"  # the column that says which sequence a timestep is of
DEPTH = 4  # objects in objects in which a table is looked for
MASKS = ("mask", "type_ids")  # what stands beside the ids of tokens
EACH = "All of them: a sequence each"


def values_of(whole: Object, notes: Notes, depth: int = 0) -> list[Any]:
    """Return the records or lists in an object: columns, rows by their index, or one value of it.

    Raises Undecided while the reader has not said which of several values is read.
    """
    split = _of_split(whole)
    if split is not None:
        return split
    columns = _columns_in(whole)
    if columns:
        _say_beside(", ".join(columns), whole.keys() - columns.keys(), whole, notes)
        rows = zip(*columns.values(), strict=True)
        return [dict(zip(columns, row, strict=True)) for row in rows]
    if whole and all(map(_is_flat, whole.values())):
        return _of_rows_by_name(whole, notes)
    if _is_series_by_name(whole):
        return [{"": key, "value": value} for key, value in whole.items()]
    parts = _parts(whole) if depth < DEPTH else {}
    return _part(whole, parts, notes, depth) if parts else [whole]


def _part(whole: Object, parts: Object, notes: Notes, depth: int) -> list[Any]:
    """What one of the tables in an object holds, or all of them as sequences."""
    each = len(parts) > 1 and all(map(_is_sequence, parts.values()))
    key = next(iter(parts))
    if len(parts) > 1:
        options = {name: name for name in (*parts, *([EACH] if each else []))}
        likely = [name for name in parts if not name.endswith(MASKS)]
        key = notes.require(
            "part",
            f"The JSON holds {shown(_few(parts))}. Which is read?",
            options,
            likely[0] if len(likely) == 1 else None,
        )
        if key == EACH:
            return [
                {SEQUENCE: name, "value": [x if isinstance(x, list) else [x] for x in value]}
                for name, value in parts.items()
            ]
    root = next(name for name in whole if key == name or key.startswith(f"{name}."))
    _say_beside(key, whole.keys() - {root}, whole, notes)
    value = parts[key]
    return value if isinstance(value, list) else values_of(value, notes, depth + 1)


def _say_beside(read: str, beside: Iterable[str], whole: Object, notes: Notes) -> None:
    others = set(beside)
    if others:
        named = _few([key for key in whole if key in others])
        notes.remark(f"{shown(read)!r} is read; beside it: {shown(named)}.")


def _few(keys: Iterable[str]) -> str:
    listed = list(keys)
    return ", ".join(listed) if len(listed) <= 6 else f"{', '.join(listed[:5])}, … {listed[-1]}"


def _of_split(whole: Object) -> list[Any] | None:
    """{"columns": ["a", "b"], "index": [0], "data": [[1, 2]]} as records; None for others."""
    called: Any = whole.get("columns")
    rows: Any = whole.get("data")
    if not (_is_list_of(called, str) and _is_list_of(rows, list)):
        return None
    if any(len(row) != len(called) for row in rows):
        return None
    index = whole.get("index")
    places = index if isinstance(index, list) and len(index) == len(rows) else None
    return [
        {**({"": _plain(places[k])} if places else {}), **dict(zip(called, row, strict=True))}
        for k, row in enumerate(rows)
    ]


def _plain(value: Any) -> Any:
    return value if _is_scalar(value) else str(value)


def _columns_in(whole: Object) -> Object:
    """The lists of one length that are columns, with at most one of them of lists; else none."""
    lists = {key: value for key, value in whole.items() if isinstance(value, list)}
    others = {key: value for key, value in whole.items() if key not in lists}
    nested = [v for v in lists.values() if not all(map(_is_scalar, v))]
    if len(nested) > (len(lists) > 1) or any(isinstance(x, dict) for v in nested for x in v):
        return {}
    if len({len(value) for value in lists.values()}) != 1:
        return {}
    labelled = len(lists) == 1 and any(map(names.says_label, others))
    return lists if not labelled and not any(map(_may_be_read, others.values())) else {}


def _may_be_read(value: Any) -> bool:
    """Whether a value beside columns is more than a note on them, such as their units."""
    is_note = _is_scalar(value) or value == {} or _is_flat(value)
    return not is_note or _is_series_by_name(value)


def _of_rows_by_name(whole: Mapping[str, Object], notes: Notes) -> list[Any]:
    """{"a": {"0": 1}} by columns, {"0": {"a": 1}} by rows; asked where both may be."""
    inner = list(dict.fromkeys(chain.from_iterable(whole.values())))
    by_column, by_row = _are_places(inner), _are_places(whole)
    is_transposed = by_row
    if by_column == by_row:
        outside, inside = f"The columns are {_few(whole)}", f"The columns are {_few(inner)}"
        is_transposed = outside != inside and notes.require(
            "columns of JSON",
            f"The JSON holds {shown(_few(whole))}, and each of them {shown(_few(inner))}.",
            {outside: False, inside: True},
        )
    if is_transposed:
        return [{"": key, **record} for key, record in whole.items()]
    return [{"": key, **{c: v.get(key) for c, v in whole.items()}} for key in inner]


def _are_places(keys: Iterable[str]) -> bool:
    """Whether names count rows, or tell their time."""
    return all(is_number(key) or is_moment(key) for key in keys)


def _parts(whole: Object) -> Object:
    """The values in an object that are tables, else lists; those with numbers, if any has some."""
    tables = _tables(whole)
    if not tables:
        series = {key: value for key, value in whole.items() if _is_series(value)}
        others = any(isinstance(v, dict) for v in whole.values())
        return series if len(series) > 1 or others else {}
    return {key: value for key, value in tables.items() if _has_number(value)} or tables


def _tables(whole: Object, depth: int = 0) -> Object:
    found: Object = {}
    for key, value in whole.items():
        if _is_table(value):
            found[key] = value
        elif isinstance(value, dict) and depth < DEPTH:
            found |= {f"{key}.{name}": table for name, table in _tables(value, depth + 1).items()}
    return found


def _is_table(value: Any) -> bool:
    if isinstance(value, list):
        return _is_list_of(value, dict) or _is_list_of(value, list)
    if not isinstance(value, dict):
        return False
    rows = len(value) > 1 and all(map(_is_flat, value.values()))
    rows = rows or _is_series_by_name(value)
    return rows or bool(_columns_in(value)) or _of_split(value) is not None


def _has_number(value: Any) -> bool:
    """Whether the beginning of a table holds a number."""
    if isinstance(value, dict | list):
        inside = list(value.values() if isinstance(value, dict) else value)
        return any(map(_has_number, inside[:50]))
    return isinstance(value, int | float) or (isinstance(value, str) and is_number(value))


def _is_sequence(value: Any) -> bool:
    return _is_series(value) or (_is_list_of(value, list) and all(map(_is_series, value)))


def _is_series(value: Any) -> bool:
    return isinstance(value, list) and len(value) > 0 and all(map(_is_scalar, value))


def _is_list_of(value: Any, kind: type) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(x, kind) for x in value)


def _is_series_by_name(value: Any) -> bool:
    """Whether an object holds a value for each place or time: {"2024-01": 5, "2024-02": 6}."""
    return _is_flat(value) and len(value) > 1 and _are_places(value)


def _is_flat(value: Any) -> bool:
    return isinstance(value, dict) and bool(value) and all(map(_is_scalar, value.values()))


def _is_scalar(value: Any) -> bool:
    return not isinstance(value, dict | list)
