"""Large tables, read by pyarrow column by column; their two ends are read as small tables are."""

from __future__ import annotations

import csv
import io
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import csv as arrow_csv

from ..arrays import shown
from ..files import UploadError, counted
from .columnwise import columnwise
from .dialect import Dialect, common_width, is_typed, sample_of, split
from .frame import Frame, distinct, end_of_data, say_skipped, without_empty_columns
from .heads import chosen_head, head_of, say_units, with_row_names
from .limits import expect_shape
from .notes import BYTES, Notes
from .numerals import trimmed

LARGE = 4 * 2**20  # characters from which a text is large
TAIL = 20_000  # characters at the end in which footers are looked for


def bulk_frame(
    name: str, text: str, dialect: Dialect, first_line: int, notes: Notes
) -> Frame | None:
    """Return the table in a large text, or None where it has to be read line by line.

    `first_line` is where the text begins in the file. Raises UploadError where a row does not
    fit among the others.
    """
    if len(dialect.delimiter) != 1 or dialect.delimiter == " ":
        return None
    if text.find("\n\n", 0, _last(text)) >= 0:
        return None
    given = split(name, sample_of(text), dialect)
    width = common_width(given.rows)
    head = chosen_head(head_of(given.rows, width), given.rows, width, notes)
    if head.names and len(head.names) == width - 1:
        head = with_row_names(name, head, given.rows, given.lines, notes)
    say_units(head, given.lines, notes)
    for skipped, where in ((head.skipped, "above the table"), (head.between, "below the names")):
        say_skipped([first_line + given.lines[k] - 1 for k in skipped], where, notes)
    start = _offset(text, given.lines[head.first] - 1)
    end = _end(name, text, dialect, width, notes)
    line = first_line + given.lines[head.first] - 1
    columns = _columns(text[start:end], dialect, width, line, notes)
    if columns is None:
        return None
    rows = len(columns[0])
    expect_shape(name, rows, width)
    names = head.names or ("",) * width
    table = Frame(
        names=distinct(names),
        columns=columns,
        lines=np.arange(line, line + rows),
        headed=bool(head.names),
        units=head.units,
    )
    return without_empty_columns(table, names, notes)


def _offset(text: str, lines: int) -> int:
    """Where in a text the line begins that has so many before it."""
    at = 0
    for _ in range(lines):
        at = text.index("\n", at) + 1
    return at


def _end(name: str, text: str, dialect: Dialect, width: int, notes: Notes) -> int:
    """Where in a text the data end: before its footers."""
    last = _last(text)
    cut = text.rfind("\n", 0, max(0, last - TAIL)) + 1
    tail = split(name, text[cut:last], dialect)
    end = end_of_data(tail.rows, width, is_typed)
    if end == len(tail.rows):
        return last
    notes.remark(f"{counted(len(tail.rows) - end, 'line')} below the table: skipped.")
    return cut + _offset(text[cut:last], tail.lines[end] - 1)


def _last(text: str) -> int:
    """Where in a text its last line ends: before the line feeds at its end."""
    end = len(text)
    while end and text[end - 1] == "\n":
        end -= 1
    return end


class _Counted(io.BytesIO):
    """Bytes of which it is told how many were read."""

    def __init__(self, data: bytes, notes: Notes):
        super().__init__(data)
        self._total, self._notes = len(data), notes

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        self._notes.tell(BYTES, self.tell(), self._total)
        return data


def _columns(
    body: str, dialect: Dialect, width: int, line: int, notes: Notes
) -> tuple[Any, ...] | None:
    """The columns as texts; None where a line break stands inside a cell."""
    names = [str(k) for k in range(width)]
    try:
        table = arrow_csv.read_csv(
            pa.PythonFile(_Counted(body.encode("utf-8", "replace"), notes), mode="r"),
            read_options=arrow_csv.ReadOptions(column_names=names, block_size=8 * 2**20),
            parse_options=arrow_csv.ParseOptions(
                delimiter=dialect.delimiter,
                quote_char=dialect.quote,
                newlines_in_values=dialect.quote in body,
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:
        _blame(notes.name, body, dialect, width, line)
        return None
    if table.num_rows != body.count("\n") + 1:
        return None
    cells = table.num_rows * width
    return tuple(columnwise(lambda c: trimmed(c.combine_chunks()), table.columns, cells))


def _blame(name: str, body: str, dialect: Dialect, width: int, line: int) -> None:
    """Raise UploadError that names the first row of another length."""
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=dialect.delimiter)
    try:
        for row in reader:
            if len(row) != width and row and any(row[width:] or row):
                raise UploadError(
                    f"{shown(name)}, line {line + reader.line_num - 1:,}, has "
                    f"{counted(len(row), 'cell')}: expected {width}, as in the others."
                )
    except csv.Error as error:
        raise UploadError(
            f"{shown(name)}, line {line + reader.line_num - 1:,}, cannot be cut into cells: "
            f"{error}."
        ) from None
