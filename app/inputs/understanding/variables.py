"""The columns of a table with what they hold: times, indices, ids and labels, numbers, texts."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lstm_core.record import Array, record

from . import names
from .columnwise import columnwise
from .frame import Frame
from .kinds import LABELS, number_kind
from .moments import stamps as stamps_of
from .multiples import UNSURE
from .notes import COLUMNS, Notes
from .numerals import Evidence, Mark, Numbers, Signs, evidence, numbers
from .report import Column, Kind, Table

FIRST = 5  # values that are shown of each column
SHARE = "0.12"  # what 12 % is to a reader of shares


@record
class Variable:
    """One column: its texts (n,), and the numbers or points in time that they spell.

    `sure` says whether a column that counts or tells the time could hardly be a signal. Where
    `unsure` its numbers hang on what its decimal mark is.
    """

    name: str
    place: int
    texts: Any
    kind: Kind
    numbers: Numbers | None = None
    stamps: Array | None = None
    sure: bool = True
    unsure: bool = False
    unit: str = ""
    decorations: tuple[str, ...] = ()

    @property
    def values(self) -> Array:
        """The numbers (n,) float64; NaN where there is none."""
        return np.full(len(self.texts), np.nan) if self.numbers is None else self.numbers.values

    @property
    def missing(self) -> Array:
        """Which values are missing, (n,) bool."""
        if self.numbers is not None:
            return self.numbers.missing
        return np.asarray(pc.equal(self.texts, "").to_numpy(zero_copy_only=False), bool)


@record
class Variables:
    """All columns of a table, the line where each row stands, and what the frame knew."""

    columns: tuple[Variable, ...]
    frame: Frame
    mark: Mark
    example: str = ""

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.frame)

    def __getitem__(self, name: str) -> Variable:
        """Return the column of this name; KeyError where there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    def of(self, *kinds: Kind) -> tuple[Variable, ...]:
        """Return the columns of these kinds."""
        return tuple(column for column in self.columns if column.kind in kinds)

    def line(self, row: int) -> int:
        """Return the line of the file in which a row stands."""
        return int(self.frame.lines[row])


def variables(table: Frame, notes: Notes, delimiter: str, *, sure: bool = False) -> Variables:
    """Return what the columns of a table hold.

    `sure` where the numbers of the file have decimal points, as those of Excel and JSON do: a
    comma then stands in a text that someone wrote, which may hold a number in any convention.
    """
    typed = [sure and not _has_comma(texts) for texts in table.columns]
    proofs = [
        Evidence(point=1) if own else evidence(texts)
        for own, texts in zip(typed, table.columns, strict=True)
    ]
    written = [proof for proof, own in zip(proofs, typed, strict=True) if not own]
    mark = _mark(written or proofs, table, notes, delimiter)
    signs = _signs(notes)

    def variable(place: int) -> Variable:
        proof, own = proofs[place], proofs[place].decided or mark.mark
        unsure = mark.unsure and proof.decided is None and bool(_unclear(proof))
        read = numbers(table.columns[place], own, signs)
        return _variable(table, place, table.columns[place], read, unsure)

    columns = []
    for column in columnwise(variable, range(len(proofs)), len(table) * len(proofs)):
        columns.append(column)
        notes.tell(COLUMNS, len(columns), len(proofs))
    return Variables(columns=tuple(columns), frame=table, mark=mark.mark, example=mark.example)


def _signs(notes: Notes) -> Signs:
    """What the reader has answered on signs beside numbers."""
    units = {letter for letter, (_, unit) in UNSURE.items() if notes.answers.get(letter) == unit}
    return Signs(shares=notes.answers.get("percent") == SHARE, units=frozenset(units))


def _has_comma(texts: Any) -> bool:
    return bool(pc.any(pc.match_substring(texts, ",")).as_py())


@record
class _FileMark:
    mark: Mark
    unsure: bool
    example: str


def _unclear(proof: Evidence) -> int:
    return proof.unsure_point + proof.unsure_comma


def _mark(proofs: list[Evidence], table: Frame, notes: Notes, delimiter: str) -> _FileMark:
    """The decimal mark of the file: as most columns prove, or as likely."""
    points = sum(proof.decided == "." for proof in proofs)
    commas = sum(proof.decided == "," for proof in proofs)
    if points or commas:
        return _FileMark(mark="." if points >= commas else ",", unsure=False, example="")
    unclear = max(proofs, key=_unclear, default=Evidence())
    if not _unclear(unclear):
        return _FileMark(mark=".", unsure=False, example="")
    guess = _likely(unclear, table, delimiter)
    answer = notes.answers.get("decimal")
    chosen = decimal_options(unclear.example).get(answer or "", guess)
    return _FileMark(mark=chosen, unsure=True, example=unclear.example)


def _likely(proof: Evidence, table: Frame, delimiter: str) -> Mark:
    """The likelier decimal mark: numbers below 1000 without a mark speak for thousands."""
    point = bool(proof.unsure_point)
    german = delimiter == ";" and any(
        pc.match_substring_regex(texts.slice(0, 1), r"^\d{1,2}\.\d{1,2}\.\d{4}").to_pylist()[:1]
        == [True]
        for texts in table.columns
    )
    thousands = proof.whole > 0 or (german if point else delimiter != ";")
    return "," if point == thousands else "."


def decimal_options(example: str) -> dict[str, Mark]:
    """Return what a number such as 1.234 may be, in words, and the decimal mark that follows."""
    digits = example.replace(".", "").replace(",", "")
    point = "." if "." in example else ","
    as_decimal = example.replace(",", ".")
    marks: tuple[Mark, Mark] = (".", ",") if point == "." else (",", ".")
    return {
        f"{example} is {as_decimal}: the {_mark_name(point)} is a decimal mark": marks[0],
        f"{example} is {digits}: the {_mark_name(point)} separates thousands": marks[1],
    }


def _mark_name(mark: str) -> str:
    return "point" if mark == "." else "comma"


def _variable(table: Frame, place: int, texts: Any, read: Numbers, unsure: bool) -> Variable:
    name = table.names[place]
    called = "" if not table.headed or re.fullmatch(r"column [0-9]+( \([0-9]+\))?", name) else name
    unit = table.units[place] if place < len(table.units) else ""
    present = len(texts) - int(read.missing.sum())
    good = present - int((read.faults & ~read.missing).sum())
    make: Callable[..., Variable] = lambda **more: Variable(  # noqa: E731
        name=name, place=place, texts=texts, unit=unit, **more
    )
    if not present:
        return make(kind="empty", numbers=read)
    stamps = None if good == present else stamps_of(texts)
    if stamps is not None:
        return make(kind="time", stamps=stamps)
    if good >= 0.5 * present:
        judged = number_kind(called, place, texts, read.values)
        kind, sure = ("number", True) if read.multiples else judged
        if kind == "number" and _names_rows(table, place, called):
            kind, sure = "label", False
        stamps = read.values if kind in {"time", "index"} else None
        return make(
            kind=kind,
            numbers=read,
            sure=sure,
            unsure=unsure,
            stamps=stamps,
            decorations=read.decorations,
        )
    return make(kind=_text_kind(called, texts, read))


def _names_rows(table: Frame, place: int, name: str) -> bool:
    """Whether a column is that of row names: the first, alone without a name in the header."""
    return table.headed and place == 0 and not name and any(table.names[1:])


def _text_kind(name: str, texts: Any, read: Numbers) -> Kind:
    different = len(pc.unique(texts.slice(0, 10_000)))
    repeated = different <= LABELS * min(len(texts), 10_000)
    return "label" if repeated or names.says_id(name) else "text"


def table_of(
    given: Variables,
    taken: tuple[Variable, ...] = (),
    rows: int | None = None,
    kind: Kind = "number",
) -> Table:
    """Return the columns as the page shows them; those that are taken are of that `kind`."""
    places = {column.place for column in taken}
    return Table(
        columns=tuple(
            Column(
                name=column.name,
                kind=kind if column.place in places else column.kind,
                first=tuple(column.texts.slice(0, FIRST).to_pylist()),
                gaps=int(column.missing.sum()),
                first_gap=_first_gap(given, column),
                unit=column.unit,
            )
            for column in given.columns
        ),
        rows=len(given) if rows is None else rows,
    )


def _first_gap(given: Variables, column: Variable) -> int | None:
    missing = np.flatnonzero(column.missing)
    return given.line(int(missing[0])) if len(missing) else None


def first_unreadable(column: Variable, mark: Mark) -> int:
    """Return the row of a column's first cell that is no number with this decimal mark."""
    read = column.numbers or numbers(column.texts, mark)
    faults = np.flatnonzero(read.faults)
    return int(faults[0]) if len(faults) else 0


def take(texts: Any, rows: Array) -> tuple[str, ...]:
    """Return the texts of some rows."""
    chosen: tuple[str, ...] = tuple(pc.take(texts, pa.array(rows)).to_pylist())
    return chosen
