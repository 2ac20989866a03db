"""The sequences of symbols in a table: a sequence per row, or a symbol per row."""

from __future__ import annotations

import dataclasses

import numpy as np

from ..arrays import shown
from ..files import UploadError, counted
from . import names
from .alphabets import Alphabet
from .drafts import expect_count
from .frame import Frame
from .grouping import groups_of
from .notes import Notes, Undecided
from .numerals import cells
from .padding import trimmed
from .spelling import Spelled
from .symbol_columns import symbol_columns
from .symbol_heads import counts_by_one
from .symbol_tables import COUNTED, Grid
from .timeline import say_steps, timeline_of, turned
from .variables import Variable, Variables, take, variables


def table_spelled(
    grid: Grid, alphabet: Alphabet, notes: Notes
) -> tuple[list[Spelled], Variables, tuple[str, ...]]:
    """Return the sequences in a table, its columns, and the names of those that are read."""
    given = _variables(grid, notes)
    taken = symbol_columns(grid, given, alphabet, notes)
    if len(taken) > 1:
        return _matrix(grid, given, taken, alphabet, notes), given, tuple(c.name for c in taken)
    column = taken[0]
    spelled = [_read(row[column.place], alphabet) for row in grid.rows]
    if all(len(symbols) <= 1 for symbols in spelled) and any(spelled):
        reduced, spelled = _without_blanks(grid, spelled, alphabet, notes)
        given = given if reduced is grid else _variables(reduced, notes)
        column = given.columns[column.place]
        return _down(given, column, spelled, notes), given, (column.name,)
    sequences = _per_row(grid, given, column, spelled, notes)
    return trimmed(sequences, alphabet, notes), given, (column.name,)


def _read(cell: str, alphabet: Alphabet) -> list[str]:
    """The symbols of a cell; what only fills rows up is one."""
    return [cell.strip()] if alphabet.fills(cell) else alphabet.read(cell)


def _variables(grid: Grid, notes: Notes) -> Variables:
    table = Frame(
        names=grid.names,
        columns=tuple(cells(list(column)) for column in zip(*grid.rows, strict=True)),
        lines=np.array(grid.lines, np.int64),
        headed=grid.headed,
        blank=grid.blank,
    )
    return variables(table, notes, grid.dialect.delimiter)


def _without_blanks(
    grid: Grid, spelled: list[list[str]], alphabet: Alphabet, notes: Notes
) -> tuple[Grid, list[list[str]]]:
    """A table of a symbol per row whose blank cells are left out, or hold what the reader says."""
    blank = [k for k, symbols in enumerate(spelled) if not symbols]
    if not blank:
        return grid, spelled
    first = f"Line {grid.lines[blank[0]]:,} has no symbol"
    others = f", one of {len(blank):,} such lines" if len(blank) > 1 else ""
    signs = {"A space": " ", "A line break": "\n"}
    options: dict[str, str | None] = {"Nothing: leave it out": None}
    options |= {text: sign for text, sign in signs.items() if sign in alphabet.known}
    sign = None
    if len(options) > 1:
        sign = notes.choose("blank cells", f"{first}{others}. What stands there?", options)
        if sign is None and "blank cells" not in notes.answers:
            raise Undecided
    if sign is not None:
        return grid, [symbols or [sign] for symbols in spelled]
    notes.remark(f"{first}{others}: left out.")
    kept = [k for k, symbols in enumerate(spelled) if symbols]
    rows, lines = [grid.rows[k] for k in kept], [grid.lines[k] for k in kept]
    blank_rows = tuple(sum(row < at for row in kept) for at in grid.blank)
    reduced = dataclasses.replace(grid, rows=rows, lines=lines, blank=blank_rows)
    return reduced, [spelled[k] for k in kept]


def _matrix(
    grid: Grid,
    given: Variables,
    taken: tuple[Variable, ...],
    alphabet: Alphabet,
    notes: Notes,
) -> list[Spelled]:
    """A sequence per row of a matrix of symbols; empty cells at its end are no timesteps."""
    if len(grid.rows) > 1:
        notes.remark(f"I see {counted(len(grid.rows), 'sequence')}, one per row.")
    expect_count(len(grid.rows), notes)
    places = {c.place for c in taken}
    others = [c for c in given.columns if c.place not in places and not _counts(c)]
    label = _label(others, grid)
    rows = []
    for k, (row, line) in enumerate(zip(grid.rows, grid.lines, strict=True)):
        _expect_no_gap(row, line, taken, notes)
        symbols = tuple(s for c in taken for s in _read(row[c.place], alphabet))
        called = label.texts[k].as_py() if label else None
        rows.append(Spelled(symbols=symbols, line=line, name=f"line {line}", label=called))
    return trimmed([one for one in rows if one.symbols], alphabet, notes)


def _counts(column: Variable) -> bool:
    """Whether a column counts or tells the time, and is not called a label."""
    return column.kind in {"time", "index", "empty"} and not names.says_label(column.name)


def _expect_no_gap(row: list[str], line: int, taken: tuple[Variable, ...], notes: Notes) -> None:
    """Raise UploadError for an empty cell with symbols behind it."""
    empty = [c for c in taken if not row[c.place]]
    filled = [c for c in taken if row[c.place]]
    if empty and filled and empty[0].place < filled[-1].place:
        raise UploadError(
            f"{shown(notes.name)}, line {line:,}, has nothing in {shown(empty[0].name)!r}, and "
            f"symbols behind it: expected a symbol; fill it in, or delete the cell."
        )


def _per_row(
    grid: Grid, given: Variables, column: Variable, spelled: list[list[str]], notes: Notes
) -> list[Spelled]:
    expect_count(len(spelled), notes)
    others = [c for c in given.columns if c.place != column.place and c.kind != "empty"]
    label = _label(others, grid)
    named = next((c for c in others if c is not label and grid.headed), None)
    empty = [grid.lines[k] for k, symbols in enumerate(spelled) if not symbols]
    if empty:
        notes.remark(f"Line {empty[0]:,} has no symbols, one of {len(empty):,}: left out.")
    rows = []
    for k, symbols in enumerate(spelled):
        if symbols:
            line = grid.lines[k]
            called = f"{named.name} {named.texts[k].as_py()}" if named else f"line {line}"
            rows.append(
                Spelled(
                    symbols=tuple(symbols),
                    line=line,
                    column=column.name,
                    name=called,
                    label=label.texts[k].as_py() if label else None,
                )
            )
    if not rows:
        raise UploadError(f"{shown(notes.name)}: column {shown(column.name)!r} has no symbols.")
    if len(rows) > 1:
        notes.remark(f"I see {counted(len(rows), 'sequence')}, one per row.")
    if label:
        notes.remark(f"{shown(label.name)!r} labels each of them.")
    return rows


def _label(others: list[Variable], grid: Grid) -> Variable | None:
    """The column that labels each sequence: by its name, or the only one beside the symbols."""
    by_name = next((c for c in others if names.says_label(c.name)), None)
    alone = others[0] if len(others) == 1 and not grid.headed else None
    if alone and len(grid.rows) >= COUNTED and counts_by_one(alone.texts.to_pylist()):
        alone = None
    repeated = (
        c for c in others if c.kind == "label" and len(set(c.texts.to_pylist())) < len(c.texts)
    )
    return by_name or alone or next(repeated, None)


def _down(
    given: Variables, column: Variable, spelled: list[list[str]], notes: Notes
) -> list[Spelled]:
    """A symbol per row, in the order of time, one sequence for each id."""
    line = timeline_of(given, (column,))
    groups = groups_of(given, (column,), line, notes)
    ordered = [turned(g.rows, line, notes) if line else g.rows for g in groups]
    if line:
        say_steps(ordered, line, given, notes)
    return [
        Spelled(
            symbols=tuple(spelled[row][0] for row in rows.tolist()),
            line=given.line(int(rows[0])),
            column=column.name,
            name=group.name,
            label=group.label,
            times=take(line.texts, rows) if line else None,
        )
        for group, rows in zip(groups, ordered, strict=True)
    ]
