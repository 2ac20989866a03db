"""Parquet: a sequence a row, in a column of texts or of lists; or a timestep a row.

Where a column holds lists, or the network reads symbols, each row is a sequence: the one column of
lists or of texts that is neither `name` nor `label`, or else the one called `sequence`. Where the
columns are plain numbers each row is a timestep: those called as the network's columns, or all of
them where there are as many as it reads; rows with the same `sequence` that follow one another are
one sequence, and without that column the file is one. `name` and `label` name and label each.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from lstm_core.record import Array, record
from lstm_core.sequence import Sequence

from ..arrays import shown
from ..files import UploadError
from .common import Reader, Span, damaged, each, empty

SEQUENCE, NAME, LABEL = "sequence", "name", "label"
ROWS = 2**14  # that are looked at together


@record
class ParquetPartition:
    """A Parquet file; a span is of rows that are whole sequences."""

    file: Path
    reader: Reader

    @cached_property
    def opened(self) -> Any:
        """The open file; UploadError for one that is none."""
        try:
            return pq.ParquetFile(self.file, memory_map=True)
        except (OSError, pa.ArrowException) as problem:
            raise damaged(self.file, "", problem) from None

    @cached_property
    def whole(self) -> str:
        """The column of whole sequences, a row each; "" where a row is a timestep."""
        fields = [f for f in self.opened.schema_arrow if f.name not in (NAME, LABEL)]
        fit = [f.name for f in fields if _is_list(f.type)]
        if not fit and self.reader.alphabet:
            fit = [f.name for f in fields if _is_text(f.type)]
        if len(fit) > 1 and SEQUENCE in fit:
            return SEQUENCE
        if len(fit) > 1 or (not fit and self.reader.alphabet):
            raise UploadError(
                f"{shown(self.file.name)} has the columns {', '.join(f.name for f in fields)}: "
                f"expected one column of texts or lists, or one that is called {SEQUENCE}."
            )
        return fit[0] if fit else ""

    @cached_property
    def inputs(self) -> list[str]:
        """The columns that the network reads, where a row is a timestep."""
        there, wanted = self.opened.schema_arrow.names, self.reader.columns
        if wanted and set(wanted) <= set(there):
            for name in wanted:
                kind = self.opened.schema_arrow.field(name).type
                if not (_is_number(kind) or pa.types.is_boolean(kind) or pa.types.is_decimal(kind)):
                    raise UploadError(
                        f"{shown(self.file.name)} has {kind} in the column {name}: expected "
                        "numbers."
                    )
            return list(wanted)
        numbers = [
            field.name
            for field in self.opened.schema_arrow
            if _is_number(field.type) and field.name != SEQUENCE
        ]
        if len(numbers) == self.reader.input_size:
            return numbers
        raise UploadError(
            f"{shown(self.file.name)} has the columns {', '.join(there)}: expected "
            f"{', '.join(wanted) or f'{self.reader.input_size} columns of numbers'}."
        )

    def spans(self, timesteps: int) -> Iterator[Span]:
        """Yield parts of the file; see `Partition`."""
        if not self.opened.metadata.num_rows:
            raise empty(self.file)
        first = held = 0
        for stop, length in self._sequence_ends():
            if held and held + length > timesteps:
                yield Span(first=first, last=stop - self._rows(length))
                first, held = stop - self._rows(length), 0
            held += length
        yield Span(first=first, last=self.opened.metadata.num_rows)

    def _rows(self, length: int) -> int:
        """How many rows a sequence of this length takes."""
        return 1 if self.whole else length

    def _sequence_ends(self) -> Iterator[tuple[int, int]]:
        """Yield behind which row each sequence ends, and its timesteps."""
        row = 0
        if self.whole:
            for batch in self._batches([self.whole]):
                for length in _lengths(batch.column(0)).tolist():
                    row += 1
                    yield row, length
            return
        _ = self.inputs
        begun, before = 0, None
        for key in self._keys():
            if row > begun and key != before:
                yield row, row - begun
                begun = row
            before = key
            row += 1
        yield row, row - begun

    def _keys(self) -> Iterator[object]:
        """Which sequence each row is of."""
        if SEQUENCE not in self.opened.schema_arrow.names:
            yield from (None for _ in range(self.opened.metadata.num_rows))
            return
        for batch in self._batches([SEQUENCE]):
            yield from batch.column(0).to_pylist()

    def _batches(self, columns: list[str]) -> Iterator[Any]:
        try:
            yield from self.opened.iter_batches(ROWS, columns=columns)
        except (OSError, pa.ArrowException) as problem:
            raise damaged(self.file, "", problem) from None

    def read(self, span: Span) -> tuple[Sequence | UploadError, ...]:
        """Return the sequences of a part, called by their `name`, or the file and the row."""
        table = self._rows_of(span)
        names, labels = (self._texts(table, column) for column in (NAME, LABEL))
        if self.whole:
            values = table.column(self.whole).to_pylist()
            return each(
                lambda k: self._of_row(
                    values[k] or [], names[k] or self._called(span.first + k), labels[k]
                ),
                range(len(values)),
            )
        numbers = np.column_stack([_floats(table.column(name)) for name in self.inputs])
        keys = table.column(SEQUENCE).to_pylist() if SEQUENCE in table.column_names else []
        sequences = []
        for first, last in _runs(keys, len(numbers)):
            called = names[first] or (str(keys[first]) if keys else self.file.name)
            part = np.ascontiguousarray(numbers[first:last])
            sequences.append(self.reader.of_numbers(part, called, labels[first]))
        return tuple(sequences)

    def _called(self, row: int) -> str:
        return f"{self.file.name}:{row + 1}"

    def _rows_of(self, span: Span) -> Any:
        """The rows of a part, of which the columns that are needed are read."""
        there = self.opened.schema_arrow.names
        wanted = [self.whole] if self.whole else [*self.inputs, SEQUENCE]
        columns = [name for name in dict.fromkeys((*wanted, NAME, LABEL)) if name in there]
        parts, row = [], 0
        try:
            for group in range(self.opened.metadata.num_row_groups):
                count = self.opened.metadata.row_group(group).num_rows
                first, last = max(span.first - row, 0), min(span.last - row, count)
                if first < last:
                    read = self.opened.read_row_group(group, columns=columns)
                    parts.append(read.slice(first, last - first))
                row += count
            return pa.concat_tables(parts)
        except (OSError, pa.ArrowException) as problem:
            raise damaged(self.file, f" at row {span.first + 1}", problem) from None

    def _texts(self, table: Any, column: str) -> list[str | None]:
        if column not in table.column_names:
            return [None] * table.num_rows
        return [None if one is None else str(one) for one in table.column(column).to_pylist()]

    def _of_row(self, value: Any, name: str, label: str | None) -> Sequence:
        if self.reader.alphabet:
            made = self.reader.of_text if isinstance(value, str) else self.reader.of_tokens
            return made(value, name, label)
        try:
            numbers = np.array(value, np.float64)
        except (ValueError, TypeError):
            raise UploadError(
                f"{name} is ragged: expected as many numbers at each timestep."
            ) from None
        return self.reader.of_numbers(numbers, name, label)


def _is_list(kind: Any) -> bool:
    return bool(
        pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind)
    )


def _is_text(kind: Any) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _is_number(kind: Any) -> bool:
    return bool(pa.types.is_floating(kind) or pa.types.is_integer(kind))


def _lengths(column: Any) -> Array:
    """How long each row's list or text is, (rows,)."""
    length = pc.utf8_length if _is_text(column.type) else pc.list_value_length
    lengths: Array = pc.fill_null(length(column), 0).to_numpy(zero_copy_only=False)
    return lengths


def _floats(column: Any) -> Array:
    values: Array = column.to_numpy().astype(np.float64)
    return values


def _runs(keys: list[object], rows: int) -> Iterator[tuple[int, int]]:
    """Where runs of equal keys begin and end; without keys all rows are one."""
    begun = 0
    for row in range(1, rows):
        if keys and keys[row] != keys[row - 1]:
            yield begun, row
            begun = row
    if rows:
        yield begun, rows
