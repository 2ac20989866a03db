"""What a text means: numbers in a line or a table, or symbols in lines or a table."""

from __future__ import annotations

import unicodedata

import numpy as np

from ..arrays import shown
from ..files import UploadError
from .alphabets import Alphabet
from .decoding import Text
from .dialect import Dialect
from .drafts import Draft, expect_numbers
from .frame import Frame
from .melted import unmelted
from .notes import Notes, Undecided
from .numerals import cells
from .outcomes import Outcome, Request, dialect_line, nothing_yet, outcome_of_table
from .readings import (
    Reading,
    Truth,
    ask_decorations,
    ask_marks,
    reading_of,
    symbols_within_limit,
)
from .report import Column, Table
from .spelling import Spelled, sequences_of
from .symbol_rows import table_spelled
from .symbol_tables import Grid, grid_of, is_label_beside
from .symbol_texts import lines_spelled
from .text_tables import Lines, lines_of, one_line, text_table
from .variables import FIRST, table_of, variables

MAX_NUMBERS = 2_000_000  # in one line


def outcome_of_text(text: Text, request: Request, notes: Notes) -> Outcome:
    """Return what a text means to a network of numbers, or to one of symbols."""
    if text.guessed:
        notes.remark(f"The text is not UTF-8; it is read as {text.encoding}.")
    if request.reads_symbols:
        return _symbols(text, request, notes)
    return _numbers(text, request, notes)


def _numbers(text: Text, request: Request, notes: Notes) -> Outcome:
    body = lines_of(text.text, notes)
    cells_ = _one_line(body.text, request, notes)
    if cells_ is not None:
        return _line(cells_, body.line(1), text, request, notes)
    body = _timesteps_by_semicolon(body, request.wish.size)
    try:
        table, delimiter = text_table(body, request.wish.size, notes)
    except Undecided:
        return Outcome(table=Table(), dialect=text.encoding, reading=nothing_yet(request))
    table = unmelted(table, request.wish, notes)
    given = variables(table, notes, delimiter)
    dialect = dialect_line(
        text.encoding,
        Dialect(delimiter=delimiter).description,
        f"decimal {'point' if given.mark == '.' else 'comma'}",
        "the first line names the columns" if table.headed else "no line of names",
    )
    return outcome_of_table(given, dialect, request, notes)


def _one_line(text: str, request: Request, notes: Notes) -> list[str] | None:
    """The numbers of a text of one line for a network that reads one number at a timestep."""
    if request.wish.size not in {1, None} or _has_lines(text):
        return None
    count = max(text.count(sign) for sign in " ,;\t|")
    if count > MAX_NUMBERS:
        raise UploadError(
            f"{shown(notes.name)} has a line of {count:,} numbers: at most {MAX_NUMBERS:,} can be "
            "read."
        )
    return one_line(text)


def _has_lines(text: str) -> bool:
    """Whether the beginning of a text has more than one line: all that is asked of a large one."""
    return "\n" in text[:1_000_000].strip()


def _timesteps_by_semicolon(given: Lines, size: int | None) -> Lines:
    """One line with a semicolon between timesteps as lines: "0.5, 1; 0.25, 0" for two inputs."""
    if not size or size == 1 or _has_lines(given.text):
        return given
    body = given.text.strip().rstrip(";")
    if not 0 < body.count(";") <= MAX_NUMBERS:
        return given
    parts = body.split(";")
    if any(len(part.replace(",", " ").split()) != size for part in parts):
        return given
    return Lines(text="\n".join(parts), lines=np.full(len(parts), given.line(1)))


def _line(tokens: list[str], line: int, text: Text, request: Request, notes: Notes) -> Outcome:
    """The numbers that stand side by side in one line: a timestep each."""
    table = Frame(
        names=("numbers",), columns=(cells(tokens),), lines=np.full(len(tokens), line, np.int64)
    )
    given = variables(table, notes, ",")
    taken = given.columns
    expect_numbers(given, taken, notes)
    values = np.where(taken[0].missing, np.nan, taken[0].values)[:, np.newaxis]
    draft = Draft(
        values=values, rows=np.arange(len(values)), place=lambda t, k: (line, f"number {t + 1}")
    )
    names = request.wish.names or ("x0",)
    try:
        ask_marks(given, taken, notes)
        ask_decorations(taken, notes)
        reading = reading_of([draft], request.wish, names, notes, request.limit)
    except Undecided:
        reading = nothing_yet(request)
    return Outcome(
        table=table_of(given, taken),
        dialect=dialect_line(text.encoding, "numbers side by side in one line"),
        reading=reading,
    )


def _symbols(text: Text, request: Request, notes: Notes) -> Outcome:
    alphabet = request.alphabet
    if text.carriage_returns and alphabet.lined:
        notes.remark("Line breaks of Windows or old Macs are read as \\n.")
    body = _composed(text.text, notes)
    grid = _grid(body, alphabet, notes)
    try:
        if grid is None:
            spelled = lines_spelled(body, alphabet, notes)
            return _symbol_outcome(spelled, _no_table(spelled), text.encoding, request, notes)
    except Undecided:
        return Outcome(table=Table(), dialect=text.encoding, reading=nothing_yet(request))
    return outcome_of_symbol_grid(
        grid, dialect_line(text.encoding, grid.dialect.description), request, notes
    )


def _composed(text: str, notes: Notes) -> str:
    """A text in which a letter and its accent are one sign."""
    if unicodedata.is_normalized("NFC", text):
        return text
    notes.remark("Letters and accents that stand apart are read as one sign each.")
    return unicodedata.normalize("NFC", text)


def _grid(text: str, alphabet: Alphabet, notes: Notes) -> Grid | None:
    """The table in a text of symbols, where it is one; the reader is asked where it may be one."""
    lines = [line for line in text.split("\n")[:200] if line.strip()]
    as_lines = alphabet.lined or all(map(alphabet.is_readable, lines))
    grid = grid_of(text, alphabet, notes)
    if grid is None or not as_lines or grid.sure:
        return grid
    if not grid.headed:
        return _unnamed(grid, text, alphabet, notes)
    if any(one.id == "header" for one in notes.choices):  # it was asked already
        return grid
    certain = alphabet.lined and len(grid.names) == 1
    is_table = notes.choose(
        "table",
        "Is this a table whose first line names the columns, or a text?",
        {"A table": True, "A text": False},
        "A table",
        ask=not certain,
    )
    return grid if is_table else None


def _unnamed(grid: Grid, text: str, alphabet: Alphabet, notes: Notes) -> Grid | None:
    """A table without names that may be lines as well, where it is one or is asked about."""
    quoted = all(len(alphabet.read(c)) == 1 for row in grid.rows for c in row)
    if alphabet.lined and quoted and len(grid.names) == 1:
        return grid
    delimiter = grid.dialect.delimiter
    tabs = delimiter == "\t" and all(any(row[k].strip() for row in grid.rows) for k in (0, 1))
    if not tabs and (not is_label_beside(grid.rows) or f"{delimiter} " in text):
        return None
    is_table = notes.choose(
        "table",
        f"Is this a table of {len(grid.names):,} columns, its {grid.dialect.description}, or a "
        "text?",
        {"A table": True, "A text": False},
        "A table",
    )
    return grid if is_table else None


def outcome_of_symbol_grid(grid: Grid, words: str, request: Request, notes: Notes) -> Outcome:
    """Return what a table comes to for a network of symbols."""
    headed = "the first line names the columns" if grid.headed else "no line of names"
    dialect = dialect_line(words, headed)
    try:
        spelled, given, taken = table_spelled(grid, request.alphabet, notes)
    except Undecided:
        return Outcome(table=Table(), dialect=dialect, reading=nothing_yet(request))
    columns = tuple(column for column in given.columns if column.name in taken)
    if any(c.name not in taken and c.kind != "empty" for c in given.columns):
        notes.remark(f"The symbols are read from {shown(', '.join(taken))!r}.")
    table = table_of(given, columns, kind="symbol")
    return _symbol_outcome(spelled, table, dialect, request, notes, {"symbol": ", ".join(taken)})


def _no_table(spelled: list[Spelled]) -> Table:
    first = tuple(" ".join(one.symbols[:20]) for one in spelled[:FIRST])
    return Table(columns=(Column(name="symbols", kind="symbol", first=first),), rows=len(spelled))


def _symbol_outcome(
    spelled: list[Spelled],
    table: Table,
    dialect: str,
    request: Request,
    notes: Notes,
    inputs: dict[str, str] | None = None,
) -> Outcome:
    sequences = sequences_of(spelled, request.alphabet, notes)
    try:
        sequences = symbols_within_limit(sequences, request.limit, notes)
    except Undecided:
        return Outcome(table=table, dialect=dialect, reading=nothing_yet(request, inputs))
    reading = Reading(
        sequences=sequences, inputs=inputs or {}, encoder=request.encoder, truth=Truth()
    )
    return Outcome(table=table, dialect=dialect, reading=reading)
