"""Tables whose cells have types: Parquet by pyarrow, JSON by the standard library."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ..arrays import shown
from ..files import UploadError
from .dialect import Rows
from .envelopes import SEQUENCE, values_of
from .frame import Frame, distinct
from .limits import MAX_BYTES, MAX_COLUMNS, MAX_ROWS, expect_shape
from .notes import Notes
from .numerals import clean, trimmed
from .printed import as_json


def frame_of_parquet(name: str, data: bytes, notes: Notes) -> Frame:
    """Return the table in a Parquet file; UploadError for a damaged or a too large one."""
    try:
        file = pq.ParquetFile(io.BytesIO(data))
        size = sum(file.metadata.row_group(k).total_byte_size for k in range(file.num_row_groups))
        expect_shape(name, file.metadata.num_rows, file.metadata.num_columns)
        if size > 2 * MAX_BYTES:
            raise UploadError(
                f"{shown(name)} unpacks into {size / 2**20:,.0f} MB: at most "
                f"{2 * MAX_BYTES // 2**20} MB can be read; keep the columns that are needed."
            )
        table = file.read()
    except (pa.ArrowException, OSError, ValueError, KeyError, TypeError) as error:
        if isinstance(error, UploadError):
            raise
        raise UploadError(f"{shown(name)} is a damaged Parquet file: write it again.") from None
    return _frame(name, table, notes)


def _frame(name: str, table: Any, notes: Notes) -> Frame:
    kept = [
        (("" if field.name.startswith("__index_level_") else field.name), table.column(k))
        for k, field in enumerate(table.schema)
    ]
    if not kept:
        raise UploadError(f"{shown(name)} has no columns: give at least one.")
    nested = [label for label, column in kept if pa.types.is_nested(column.type)]
    if nested:
        notes.remark(f"{shown(', '.join(nested))}: lists in cells are read as texts.")
    return Frame(
        names=distinct(tuple(clean(label) for label, _ in kept)),
        columns=tuple(_texts(column) for _, column in kept),
        lines=np.arange(1, table.num_rows + 1),
        headed=True,
    )


def _texts(column: Any) -> Any:
    """A typed column as texts, each number with all its digits."""
    kind = column.type
    if pa.types.is_nested(kind) or pa.types.is_binary(kind):
        return pa.array([_plain(value) for value in column.to_pylist()], pa.string())
    if pa.types.is_boolean(kind):
        column = pc.cast(column, pa.int8())
    elif pa.types.is_dictionary(kind):
        return _texts(column.dictionary_decode())
    elif pa.types.is_floating(kind):
        column = pc.cast(column, pa.float64()) if kind != pa.float32() else column
    texts = pc.cast(column, pa.string())
    return trimmed(texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts)


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bytes):
        return clean(value.decode("utf-8", "replace"))
    return clean(json.dumps(value, ensure_ascii=False, default=str))


def rows_of_json(name: str, text: str, notes: Notes) -> Rows | None:
    """Return the rows of records, lists or columns in JSON or JSON lines; None for other texts.

    Lists as NumPy, PyTorch and Python print them are read as JSON is.
    """
    values = _values(name, text, notes)
    if values is None:
        return None
    lines = list(range(1, len(values) + 1))
    if values and all(isinstance(value, list) and _is_matrix(value) for value in values):
        values = [{SEQUENCE: k, "value": value} for k, value in enumerate(values, start=1)]
    if values and all(isinstance(value, dict) for value in values):
        stacked = _stacked(name, values)
        return stacked or _of_records(name, _spread(values), lines)
    if values and all(isinstance(value, list) for value in values):
        return _of_lists(values, lines)
    if any(isinstance(value, dict | list) for value in values):
        raise UploadError(
            f"{shown(name)} is JSON of another form: expected records, lists or numbers."
        )
    return Rows(rows=[[_cell(value)] for value in values], lines=lines)


def _values(name: str, text: str, notes: Notes) -> list[Any] | None:
    stripped = text.lstrip()
    values = _parsed(stripped, notes) if stripped.startswith(("{", "[")) else None
    if values is not None:
        return values
    printed = as_json(name, stripped)
    values = _parsed(printed, notes) if printed else None
    if values is not None:
        notes.remark("The text is a printed array or list: what stands in its brackets is read.")
    return values


def _parsed(text: str, notes: Notes) -> list[Any] | None:
    """The values of a JSON text: of its list, of its object, or of its lines."""
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        return _parsed_lines(text)
    if isinstance(whole, list) and len(whole) == 1 and isinstance(whole[0], dict):
        whole = whole[0]
    elif isinstance(whole, list) and {type(value) for value in whole} == {dict, list}:
        whole = {f"part {k}": value for k, value in enumerate(whole, start=1)}
    if isinstance(whole, dict):
        return values_of(whole, notes)
    return whole if isinstance(whole, list) else None


def _parsed_lines(text: str) -> list[Any] | None:
    try:
        values = [json.loads(line) for line in text.split("\n") if line.strip()]
    except (ValueError, RecursionError):
        return None
    return values if all(isinstance(value, dict | list) for value in values) else None


def _of_records(name: str, records: Iterable[Mapping[str, Any]], lines: list[int]) -> Rows:
    names = list(dict.fromkeys(key for record in records for key in record))
    if len(names) > MAX_COLUMNS or len(lines) > MAX_ROWS:
        expect_shape(name, len(lines), len(names))
    rows = [[_cell(record.get(key)) for key in names] for record in records]
    return Rows(rows=[names, *rows], lines=[0, *lines])


def _stacked(name: str, records: list[dict[str, Any]]) -> Rows | None:
    """Records of a sequence each, a list of timesteps of several numbers, as a row per timestep.

    A column says which record a row is of. None where the records hold no such lists.
    """
    keys = [key for key, value in records[0].items() if _is_matrix(value)]
    if len(keys) != 1 or not all(_is_matrix(record.get(keys[0])) for record in records):
        return None
    key = keys[0]
    width = max(len(row) for record in records for row in record[key])
    count = sum(len(record[key]) for record in records)
    others = [k for k in records[0] if k != key]
    if len({*others, SEQUENCE}) + width > MAX_COLUMNS or count > MAX_ROWS:
        expect_shape(name, count, len({*others, SEQUENCE}) + width)
    head = [*others] if SEQUENCE in others else [SEQUENCE, *others]
    rows, lines = [[*head, *(f"{key} {k}" for k in range(width))]], [0]
    for line, record in enumerate(records, start=1):
        before = [_cell(record.get(k, line)) for k in head]
        for row in record[key]:
            rows.append([*before, *map(_cell, row), *[""] * (width - len(row))])
            lines.append(line)
    return Rows(rows=rows, lines=lines)


def _is_matrix(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_is_series, value))


def _spread(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Records whose only list of numbers is a sequence: a cell for each of its timesteps."""
    lists = [key for key, value in records[0].items() if isinstance(value, list)]
    if len(lists) != 1 or not all(_is_series(record.get(lists[0])) for record in records):
        return records
    longest = max(len(record[lists[0]]) for record in records)
    if longest > MAX_COLUMNS:
        return records
    spread = []
    for record in records:
        series = record[lists[0]]
        cells = {f"{lists[0]} {k}": v for k, v in enumerate(series)}
        spread.append({**{k: v for k, v in record.items() if k != lists[0]}, **cells})
    return spread


def _is_series(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(x, int | float) or x is None for x in value)


def _of_lists(values: list[list[Any]], lines: list[int]) -> Rows:
    return Rows(rows=[[_cell(value) for value in row] for row in values], lines=lines)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, str):
        return value
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, int):
        return str(value) if abs(value) < 10**30 else f"{float(min(value, 10**300)):g}"
    return json.dumps(value)
