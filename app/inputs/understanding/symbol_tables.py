"""Sequences of symbols in a table: a sequence per row, or a symbol per row."""

from __future__ import annotations

import re

import numpy as np

from lstm_core.record import record

from ..arrays import shown
from ..files import UploadError, counted
from . import names
from .alphabets import Alphabet
from .dialect import Dialect, Fit, Rows, fits, split
from .drafts import expect_count
from .frame import Frame, distinct
from .grouping import groups_of
from .notes import Notes
from .numerals import cells, is_missing, is_number
from .padding import trimmed
from .spelling import Spelled
from .timeline import say_steps, timeline_of, turned
from .variables import Variable, Variables, take, variables

ALL = "All columns: a symbol in each"


@record
class Grid:
    """A table whose cells stand as they are: spaces and line breaks may be symbols."""

    names: tuple[str, ...]
    headed: bool
    rows: list[list[str]]
    lines: list[int]
    dialect: Dialect


def grid_of(text: str, alphabet: Alphabet, notes: Notes) -> Grid | None:
    """Return the table in a text for a network of symbols; None where the text is no table."""
    fitting = fits(text, lambda cell: is_number(cell) or alphabet.is_readable(cell))
    tables = [fit for fit in fitting if _is_table(fit)]
    one = next(fit for fit in fitting if fit.dialect.delimiter == "")
    for fit in (*tables, one):
        given = split(notes.name, text, fit.dialect, strip=False)
        grid = _grid(given, fit.dialect, alphabet, notes)
        if grid is not None:
            return grid
    return None


def grid_of_rows(given: Rows, alphabet: Alphabet, notes: Notes) -> Grid:
    """Return rows of texts as a table; UploadError where no column holds symbols."""
    grid = _grid(given, Dialect(delimiter=","), alphabet, notes, lenient=True)
    if grid is None:
        raise UploadError(
            f"{shown(notes.name)} has no column of symbols: allowed are "
            f"{shown(' '.join(alphabet.symbols))}."
        )
    return grid


def _is_table(fit: Fit) -> bool:
    return fit.width > 1 and fit.share > 0.9 and fit.dialect.delimiter in {",", ";", "\t", "|"}


def _grid(
    given: Rows, dialect: Dialect, alphabet: Alphabet, notes: Notes, *, lenient: bool = False
) -> Grid | None:
    filled = [k for k, row in enumerate(given.rows) if any(row)]
    rows = [given.rows[k] for k in filled]
    if lenient and rows:
        width = max(map(len, rows))
        rows = [row + [""] * (width - len(row)) for row in rows]
    if not rows or {len(row) for row in rows} != {len(rows[0])}:
        return None
    headed = _is_headed(rows, alphabet, notes)
    if dialect.delimiter in alphabet.known and not headed and not lenient:
        return None
    if (
        not lenient
        and len(rows[0]) == 1
        and not (headed or any(cell.isspace() for row in rows for cell in row))
    ):
        return None
    if not headed and not lenient and alphabet.ids and _are_ids(rows):
        return None
    body = rows[headed:]
    names_ = distinct(tuple(cell.strip() for cell in rows[0]) if headed else ("",) * len(rows[0]))
    if not body or not any(_symbols_in(body, k, alphabet) for k in range(len(names_))):
        return None
    lines = [given.lines[k] for k in filled][headed:]
    return Grid(names=names_, headed=headed, rows=body, lines=lines, dialect=dialect)


def _are_ids(rows: list[list[str]]) -> bool:
    return all(cell.strip().isdigit() for row in rows[:200] for cell in row if cell.strip())


def _symbols_in(rows: list[list[str]], k: int, alphabet: Alphabet) -> bool:
    """Whether most cells of a column are symbols of the alphabet; of ids, whether all are ids."""
    present = [row[k] for row in rows[:200] if row[k] and not is_missing(row[k])] or [""]
    if alphabet.ids and all(re.fullmatch(r"[0-9]+(\.0+)?", cell.strip()) for cell in present):
        return True
    return sum(map(alphabet.is_readable, present)) >= 0.9 * len(present)


def _is_headed(rows: list[list[str]], alphabet: Alphabet, notes: Notes) -> bool:
    """Whether the first row names the columns: unlike the cells below it, it holds names."""
    top, below = [cell.strip() for cell in rows[0]], rows[1:200]
    if not below or any(is_number(cell) for cell in top):
        return False
    if alphabet.ids and all(map(alphabet.is_readable, top)):
        return False
    if any(_names_numbers(cell, k, below) for k, cell in enumerate(top)):
        return True
    columns = [k for k in range(len(top)) if _symbols_in(below, k, alphabet)]
    named = [k for k in columns if _is_name(top[k], [row[k] for row in below], alphabet)]
    if not named:
        return False
    if any(names.says_text(top[k]) for k in named):
        return True
    verdict = notes.choose(
        "header",
        f"What is the row {shown(', '.join(top))!r}?",
        {"It names the columns": True, "It is data": False},
        "It names the columns",
    )
    return bool(verdict)


def _names_numbers(cell: str, k: int, below: list[list[str]]) -> bool:
    """Whether a cell is a word above numbers."""
    under = [row[k] for row in below if row[k]]
    return bool(cell) and bool(under) and all(map(is_number, under))


def _is_name(cell: str, under: list[str], alphabet: Alphabet) -> bool:
    """Whether a cell above symbols is a name: few of its own signs are symbols, or it is longer."""
    known = [s in alphabet.known or alphabet.other_case(s) != s for s in alphabet.read(cell)]
    if len(cell) < 2 or not known:
        return False
    single = all(len(alphabet.read(text)) == 1 for text in under if text)
    if single and len(known) > 1 and names.says_text(cell):
        return True
    return (
        " " not in cell
        and (sum(known) < 0.5 * len(known) or names.says_text(cell))
        and not (all(known) and not names.says_text(cell))
    )


def table_spelled(
    grid: Grid, alphabet: Alphabet, notes: Notes
) -> tuple[list[Spelled], Variables, tuple[str, ...]]:
    """Return the sequences in a table, its columns, and the names of those that are read."""
    given = _variables(grid, notes)
    taken = _symbol_columns(grid, given, alphabet, notes)
    if len(taken) > 1:
        return _matrix(grid, given, taken, alphabet, notes), given, tuple(c.name for c in taken)
    column = taken[0]
    texts = [row[column.place] for row in grid.rows]
    spelled = [alphabet.read(text) for text in texts]
    if all(len(symbols) == 1 for symbols in spelled):
        return _down(given, column, spelled, notes), given, (column.name,)
    sequences = _per_row(grid, given, column, spelled, notes)
    return trimmed(sequences, alphabet, notes), given, (column.name,)


def _variables(grid: Grid, notes: Notes) -> Variables:
    table = Frame(
        names=grid.names,
        columns=tuple(cells(list(column)) for column in zip(*grid.rows, strict=True)),
        lines=np.array(grid.lines, np.int64),
        headed=grid.headed,
    )
    return variables(table, notes, grid.dialect.delimiter)


def _symbol_columns(
    grid: Grid, given: Variables, alphabet: Alphabet, notes: Notes
) -> tuple[Variable, ...]:
    """The column that is read, or all of a matrix of symbols."""
    columns = [c for c in given.columns if _symbols_in(grid.rows, c.place, alphabet)]
    free = [c for c in columns if not _is_aside(c, grid)] or columns
    if len(free) == 1:
        return (free[0],)
    several = [c for c in free if any(len(alphabet.read(r[c.place])) > 1 for r in grid.rows[:200])]
    named = [c for c in free if grid.headed and names.says_text(c.name)]
    options: dict[str, tuple[Variable, ...]] = {c.name: (c,) for c in columns}
    if not several:
        options = {ALL: tuple(free), **options}
    likely = (named or several)[:1] if len(named or several) == 1 else []
    sure = not several and not grid.headed
    preselected = likely[0].name if likely else ALL if not several else None
    return notes.require(
        "symbols", "Which column holds the symbols?", options, preselected, ask=not sure
    )


def _is_aside(column: Variable, grid: Grid) -> bool:
    """Whether a column only says what a row is: a time, an index, an id, a label by its name."""
    if column.kind in {"time", "index"}:
        return column.sure
    return (
        grid.headed
        and (names.says_label(column.name) or names.says_id(column.name))
        and not (names.says_text(column.name))
    )


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
    rows = []
    for row, line in zip(grid.rows, grid.lines, strict=True):
        symbols = tuple(s for c in taken for s in alphabet.read(row[c.place]))
        rows.append(Spelled(symbols=symbols, line=line, name=f"line {line}"))
    return trimmed([one for one in rows if one.symbols], alphabet, notes)


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
