"""Which columns of a table hold the symbols that are read, and which only say what a row is."""

from __future__ import annotations

from ..arrays import shown
from . import names
from .alphabets import Alphabet
from .batches import LENGTHS
from .notes import Notes
from .symbol_heads import ID, counts_by_one, holds_symbols
from .symbol_tables import COUNTED, Grid
from .variables import Variable, Variables

ALL = "All columns: a symbol in each"


def symbol_columns(
    grid: Grid, given: Variables, alphabet: Alphabet, notes: Notes
) -> tuple[Variable, ...]:
    """Return the column that is read, or all of a matrix of symbols."""
    columns = [c for c in given.columns if holds_symbols(grid.rows, c.place, alphabet)]
    columns = _with_the_rest(columns, grid, given, alphabet)
    aside = _aside(columns, grid, alphabet, notes)
    free = [c for c in columns if c.place not in aside] or columns
    if len(free) == 1:
        return (free[0],)
    several = [c for c in free if _is_long(c, grid, alphabet)]
    named = [c for c in free if grid.headed and names.says_text(c.name)]
    options: dict[str, tuple[Variable, ...]] = {c.name: (c,) for c in columns}
    if not several:
        options = {ALL: tuple(free), **options}
    likely = (named or several)[:1] if len(named or several) == 1 else []
    alone = alphabet.ids and len(several) == 1 and len(grid.names) == 2 and not grid.headed
    in_order = not grid.headed or names.numbered(tuple(c.name for c in free))
    preselected = likely[0].name if likely and not in_order else ALL if not several else None
    preselected = several[0].name if len(several) == 1 and preselected is None else preselected
    sure = (not several and in_order) or alone
    return notes.require(
        "symbols", "Which column holds the symbols?", options, preselected, ask=not sure
    )


def _is_long(column: Variable, grid: Grid, alphabet: Alphabet) -> bool:
    """Whether the cells of a column hold several symbols each."""
    return any(len(alphabet.read(row[column.place])) > 1 for row in _filled(column, grid, alphabet))


def _filled(column: Variable, grid: Grid, alphabet: Alphabet) -> list[list[str]]:
    return [row for row in grid.rows[:200] if not alphabet.fills(row[column.place])]


def _with_the_rest(
    columns: list[Variable], grid: Grid, given: Variables, alphabet: Alphabet
) -> list[Variable]:
    """With the other columns of a matrix that hold a symbol somewhere.

    What else stands in them is then refused by its line, instead of being left out. Where columns
    have names, only those whose names count on belong to the matrix.
    """
    if not columns or any(_is_long(c, grid, alphabet) for c in columns):
        return columns
    if len(columns) < 2 and not alphabet.ids:
        return columns
    places = {c.place for c in columns}
    series = {_series(c) for c in columns} - {None}
    return [
        c
        for c in given.columns
        if c.place in places
        or (_has_symbol(c, grid, alphabet) and (not grid.headed or _series(c) in series))
    ]


def _series(column: Variable) -> str | None:
    """The words that a name has before its number; None where it has no number."""
    counted = names.count_of(column.name)
    return None if counted is None else counted[0]


def _has_symbol(column: Variable, grid: Grid, alphabet: Alphabet) -> bool:
    cells = [row[column.place].strip() for row in grid.rows]
    if alphabet.ids:
        return any(ID.fullmatch(cell) or alphabet.fills(cell) for cell in cells)
    return any(cell in alphabet.known for cell in cells)


def _aside(columns: list[Variable], grid: Grid, alphabet: Alphabet, notes: Notes) -> set[int]:
    """The places of columns that only say what a row is: a time, an index, an id, a label."""
    if not grid.headed:
        return _counting_first(columns, grid, alphabet, notes)
    texts = [c for c in columns if names.says_text(c.name)]
    only_texts = [c for c in texts if not {*names.tokens(c.name)} & {"seq", "sequence"}]
    aside = {c.place for c in columns if _is_aside(c) and not _is_name(c, texts)}
    if only_texts:  # a column that may number the sequences
        aside |= {c.place for c in texts if c not in only_texts and _repeats(c, grid)}
    if texts:
        aside |= {c.place for c in columns if c.kind in {"time", "index"} and c not in texts}
    return aside


def _is_name(column: Variable, texts: list[Variable]) -> bool:
    """Whether a column of names may be what is read: no other is called a text."""
    return names.plain(column.name) in {"name", "names"} and not texts


def _repeats(column: Variable, grid: Grid) -> bool:
    cells = [row[column.place] for row in grid.rows]
    return len(set(cells)) < len(cells)


def _counting_first(
    columns: list[Variable], grid: Grid, alphabet: Alphabet, notes: Notes
) -> set[int]:
    """The first column where it counts the rows and, as the reader says, is not read.

    Beside a column of several symbols in a cell it is sure.
    """
    times = {c.place for c in columns if c.kind == "time" and c.sure}
    first = [row[0] for row in grid.rows]
    if len(first) < COUNTED or not columns or columns[0].place or not counts_by_one(first):
        return times
    if any(_is_long(c, grid, alphabet) for c in columns[1:]):
        return times | {0}
    leave_out = notes.choose(
        "index",
        f"The first column counts the rows, {shown(first[0])} to {shown(first[-1])}. Is it read?",
        {"No, it only counts": True, "Yes, it is read": False},
        "No, it only counts",
    )
    return times | ({0} if leave_out else set())


def _is_aside(column: Variable) -> bool:
    """Whether a column by its course or its name only says what a row is."""
    if column.kind in {"time", "index"} and column.sure:
        return True
    if column.place == 0 and column.name == "column 1":  # the names of rows have no name
        return True
    beside = names.says_label(column.name) or names.says_id(column.name)
    return (beside and not names.says_text(column.name)) or column.name.casefold() in LENGTHS
