"""What a reader gives, as bytes or as text, becomes a sequence that the network can read.

Pure: values in, values out. Everything that can be wrong with a file or a text is told in one
clear sentence by `UploadError`; nothing else is ever raised. What is read is data: never
markup, never code.

What a network reads, its encoder says: symbols of an alphabet, or so many columns of numbers.
Symbols come as running text (separated by spaces only where the alphabet has longer words than
letters), or as one column of a table. Numbers come one timestep per line, or as a NumPy array;
whole numbers in such an array are the places of symbols in the alphabet, from 0.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np

from lstm_core.model.encoders import Encoder, SequenceError
from lstm_core.record import Array, record
from lstm_core.sequence import Sequence, number_sequence, symbol_sequence

from .arrays import ArrayError, read_npy, shown
from .files import UploadError, cells_of_file, counted, distinct, text_of_file

MAX_TIMESTEPS = 1_000_000


@record
class Table:
    """The cells of a .csv or .tsv file as text, and the names of its columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]  # the line of the file, counted from 1, in which each row stands

    def column(self, name: str) -> list[str]:
        """Return the cells of one column."""
        k = self.columns.index(name)
        return [row[k] for row in self.rows]


@record
class Reading:
    """A file that was read: its sequence, the columns it has and those that were taken."""

    sequence: Sequence
    columns: tuple[str, ...] = ()
    chosen: tuple[str, ...] = ()


def sequence_from_text(text: str, encoder: Encoder, limit: int = MAX_TIMESTEPS) -> Sequence:
    """Return the sequence that a typed or pasted text (or a .txt file) spells.

    Raises UploadError for an empty or too long text, a symbol outside the alphabet (which,
    where, what is allowed) or a number that isn't one (which line).
    """
    if encoder.reads_symbols:
        symbols = _symbols(text, encoder.alphabet)
        return _checked(symbol_sequence(symbols, encoder.alphabet), encoder, limit)
    rows = _numbers_from_text(text, encoder.columns)
    return _checked(_rows_sequence(rows, encoder.columns), encoder, limit)


def sequence_from_table(
    table: Table, encoder: Encoder, columns: tuple[str, ...], limit: int = MAX_TIMESTEPS
) -> Sequence:
    """Return the sequence in these columns: one of symbols, or one for each number read.

    `columns` are columns of the table. Raises UploadError as `sequence_from_text` does, naming
    line and column.
    """
    if encoder.reads_symbols:
        cells = table.column(columns[0])
        symbols = (symbol for cell in cells for symbol in _symbols(cell, encoder.alphabet))
        return _checked(symbol_sequence(symbols, encoder.alphabet), encoder, limit)
    _expect_length(len(table.rows), limit)
    rows = zip(*(table.column(name) for name in columns), strict=True)
    numbers = [
        [
            _number(cell, f"Line {line}, column {name!r},")
            for name, cell in zip(columns, row, strict=True)
        ]
        for line, row in zip(table.lines, rows, strict=True)
    ]
    return _checked(_rows_sequence(numbers, columns), encoder, limit)


def sequence_from_array(
    name: str, data: bytes, encoder: Encoder, limit: int = MAX_TIMESTEPS
) -> Sequence:
    """Return the sequence in a .npy file: (T, D) or (1, T, D) numbers, or (T,) places of symbols.

    The numbers are those of the file: none is copied. Raises UploadError for what is no such
    array, and as `sequence_from_text` does.
    """
    try:
        values = read_npy(name, data)
    except ArrayError as error:
        raise UploadError(str(error)) from None
    if values.ndim == 3 and len(values) == 1:
        values = values[0]
    if encoder.reads_symbols:
        return _places_of_array(name, values, encoder.alphabet, limit)
    width = len(encoder.columns)
    if values.ndim not in {1, 2} or (*values.shape[1:], 1)[0] != width:
        raise UploadError(
            f"The array is {values.shape}: expected (timesteps, {width}) "
            f"with the columns {_few(encoder.columns)}."
        )
    return _checked(number_sequence(values, encoder.columns), encoder, limit)


def _places_of_array(name: str, values: Array, alphabet: tuple[str, ...], limit: int) -> Sequence:
    if values.ndim != 1 or values.dtype.kind not in "iu":
        raise UploadError(
            f"{shown(name)} is {values.dtype} {values.shape}: expected whole numbers "
            "(timesteps,), the places of symbols in the alphabet."
        )
    _expect_length(len(values), limit)
    strange = np.flatnonzero((values < 0) | (values >= len(alphabet)))
    if len(strange):
        raise UploadError(
            f"Number {strange[0] + 1} is {values[strange[0]]}: expected "
            f"0 to {len(alphabet) - 1}, the place of a symbol in the alphabet."
        )
    return Sequence(places=values, alphabet=alphabet)


def is_table(name: str) -> bool:
    """Whether a file of this name is a table with columns to choose from."""
    return name.lower().endswith((".csv", ".tsv"))


def table_of_file(name: str, data: bytes, encoder: Encoder) -> Table:
    """Return the cells of a .csv or .tsv file; UploadError where rows differ in length.

    The first row names the columns where it cannot be data for this encoder; otherwise they
    are called column 1, column 2, … Empty lines are skipped.
    """
    rows, lines = cells_of_file(name, data)
    headed = _is_header(rows[0], encoder)
    columns = rows[0] if headed else tuple("" for _ in rows[0])
    return Table(columns=distinct(columns), rows=rows[headed:], lines=lines[headed:])


def likely_columns(table: Table, encoder: Encoder) -> tuple[str, ...]:
    """Return the columns that this encoder most likely wants; () where there are too few.

    Those that carry the encoder's own names; else the first ones that hold what it can read;
    else simply the first ones.
    """
    if encoder.reads_symbols:
        wanted: tuple[str, ...] = ("symbol",)
        readable = [
            name
            for name in table.columns
            if _is_readable(table.column(name)[:100], encoder.alphabet)
        ]
    else:
        wanted = encoder.columns
        readable = [name for name in table.columns if all(map(_is_number, table.column(name)))]
    by_name = {name.lower(): name for name in table.columns}
    named = tuple(by_name[w.lower()] for w in wanted if w.lower() in by_name)
    for choice in (named, tuple(readable), table.columns):
        if len(choice) >= len(wanted):
            return tuple(choice[: len(wanted)])
    return ()


def read_file(
    name: str,
    data: bytes,
    encoder: Encoder,
    columns: tuple[str, ...] = (),
    limit: int = MAX_TIMESTEPS,
) -> Reading:
    """Return what an uploaded file holds; `columns` empty takes the likely ones.

    Raises UploadError, in one sentence, for everything that can be wrong.
    """
    if name.lower().endswith(".npy"):
        return Reading(sequence=sequence_from_array(name, data, encoder, limit))
    if not is_table(name):
        return Reading(sequence=sequence_from_text(text_of_file(name, data), encoder, limit))
    table = table_of_file(name, data, encoder)
    if not table.rows:
        raise UploadError(f"{shown(name)} has a first line and nothing below it: give timesteps.")
    there = all(column in table.columns for column in columns)
    chosen = tuple(columns) if columns and there else likely_columns(table, encoder)
    if not chosen and not encoder.reads_symbols:
        raise UploadError(
            f"{shown(name)} has {counted(len(table.columns), 'column')}: this network reads "
            f"{len(encoder.columns)}, {_few(encoder.columns)}."
        )
    try:
        sequence = sequence_from_table(table, encoder, chosen, limit)
    except UploadError as error:
        error.columns, error.chosen = table.columns, chosen
        raise
    return Reading(sequence=sequence, columns=table.columns, chosen=chosen)


def text_of(sequence: Sequence) -> str:
    """Return a sequence as the text that a reader would type for it."""
    if sequence.numbers is not None:
        rows = sequence.numbers.tolist()
        return "\n".join(", ".join(f"{value:.10g}" for value in row) for row in rows)
    symbols = sequence.symbols or ()
    return ("" if all(len(symbol) == 1 for symbol in symbols) else " ").join(symbols)


def _symbols(text: str, alphabet: tuple[str, ...]) -> list[str]:
    """The symbols of a running text: letters, or words where the alphabet has longer ones.

    White space between letters is only there for the eye, unless lines are part of the alphabet.
    """
    if any(len(symbol) > 1 for symbol in alphabet):
        return text.split()
    if "\n" in alphabet:
        return list(text.replace("\r\n", "\n"))
    return [letter for letter in text if letter in alphabet or not letter.isspace()]


def _numbers_from_text(text: str, columns: tuple[str, ...]) -> list[list[float]]:
    """One timestep per line or semicolon; with one column, simply number after number."""
    cells = [
        (line, [cell for cell in re.split(r"[,\s]+", part) if cell])
        for line, whole in enumerate(text.splitlines(), start=1)
        for part in whole.split(";")
    ]
    if len(columns) == 1:
        cells = [(line, [cell]) for line, row in cells for cell in row]
    rows = []
    for line, row in cells:
        if row and len(row) != len(columns):
            raise UploadError(
                f"Line {line} has {counted(len(row), 'number')}: "
                f"expected {len(columns)}, {_few(columns, ' and ')}."
            )
        if row:
            rows.append([_number(cell, f"Line {line}") for cell in row])
    return rows


def _rows_sequence(rows: list[list[float]], columns: tuple[str, ...]) -> Sequence:
    numbers = np.array(rows, np.float64).reshape(len(rows), len(columns))
    return number_sequence(numbers, columns)


def _checked(sequence: Sequence, encoder: Encoder, limit: int) -> Sequence:
    """Return the sequence, where it is not too long and the network can read it."""
    _expect_length(len(sequence), limit)
    try:
        encoder.check_readable(sequence)
    except SequenceError as error:
        raise UploadError(str(error).rstrip(".") + ".") from None
    return sequence


def _number(cell: str, where: str) -> float:
    """The number that a cell spells; UploadError says where it stands if it is none."""
    if not cell:
        raise UploadError(f"{where} is empty: expected a number.")
    if not _is_number(cell):
        hint = ", with a decimal point" if re.fullmatch(r"[-+]?\d+,\d+", cell) else ""
        raise UploadError(f"{where} is {shown(cell)!r}: expected a number{hint}.")
    value = float(cell)
    if not np.isfinite(value):
        raise UploadError(f"{where} is {shown(cell)!r}: expected a finite number.")
    return value


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return "_" not in cell


def _is_readable(cells: Iterable[str], alphabet: tuple[str, ...]) -> bool:
    """Whether every cell holds symbols of the alphabet and nothing else."""
    return all(set(_symbols(cell, alphabet)) <= set(alphabet) for cell in cells)


def _is_header(row: tuple[str, ...], encoder: Encoder) -> bool:
    """Whether a first row names columns: words where numbers, or longer texts where symbols go."""
    if not encoder.reads_symbols:
        return not any(_is_number(cell) for cell in row if cell)
    cells = [cell for cell in row if cell]
    worded = any(len(cell) > 1 for cell in cells)  # a single letter may be a mistyped symbol
    return worded and not any(_is_readable([cell], encoder.alphabet) for cell in cells)


def _expect_length(timesteps: int, limit: int) -> None:
    if not timesteps:
        raise UploadError("The sequence is empty: give at least one timestep.")
    if timesteps > limit:
        raise UploadError(
            f"The sequence has {timesteps:,} timesteps: at most {limit:,} can be run here."
        )


def _few(names: tuple[str, ...], between: str = ", ") -> str:
    """Some names in a sentence; many are cut in the middle."""
    return between.join(names) if len(names) <= 6 else f"{', '.join(names[:3])}, … {names[-1]}"
