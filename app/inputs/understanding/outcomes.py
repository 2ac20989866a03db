"""What one file comes to: its table, its dialect in words, and what is run."""

from __future__ import annotations

from lstm_core.model.encoders import Encoder
from lstm_core.record import record

from .alphabets import Alphabet
from .drafts import Draft
from .layouts import drafts_of
from .notes import Notes, Undecided
from .readings import Reading, Truth, ask_decorations, ask_marks, reading_of
from .report import Table
from .variables import Variable, Variables, table_of
from .wishes import Wish


@record
class Request:
    """What is to be read for whom: the network's encoder, its inputs, and the longest sequence."""

    encoder: Encoder | None
    wish: Wish
    limit: int

    @property
    def reads_symbols(self) -> bool:
        """Whether the network reads symbols; one without an encoder reads numbers."""
        return self.encoder is not None and self.encoder.reads_symbols

    @property
    def alphabet(self) -> Alphabet:
        """What the network's symbols are: none where it reads numbers."""
        return Alphabet(symbols=self.encoder.alphabet if self.encoder else ())


@record
class Outcome:
    """A table, how it is written, and what is run of it."""

    table: Table
    dialect: str
    reading: Reading


def nothing_yet(request: Request, inputs: dict[str, str] | None = None) -> Reading:
    """Return the reading of a file while a question stands open."""
    return Reading(inputs=inputs or {}, encoder=request.encoder, truth=Truth())


def outcome_of_table(
    given: Variables, dialect: str, request: Request, notes: Notes, rows: int | None = None
) -> Outcome:
    """Return what a table of numbers comes to, as far as the reader has decided."""
    taken: tuple[Variable, ...] = ()
    try:
        drafts, taken = drafts_of(given, request.wish, notes)
        reading = _read(given, drafts, taken, request, notes)
    except Undecided:
        reading = nothing_yet(request, _inputs(request.wish, taken))
    return Outcome(table=table_of(given, taken, rows), dialect=dialect, reading=reading)


def _read(
    given: Variables,
    drafts: list[Draft],
    taken: tuple[Variable, ...],
    request: Request,
    notes: Notes,
) -> Reading:
    ask_marks(given, taken, notes)
    ask_decorations(taken, notes)
    width = drafts[0].values.shape[1] if drafts else 1
    columns = tuple(c.name for c in taken) if width == len(taken) else request.wish.names
    reading = reading_of(drafts, request.wish, columns, notes, request.limit, given)
    return Reading(
        sequences=reading.sequences,
        inputs=_inputs(request.wish, taken),
        encoder=reading.encoder,
        truth=reading.truth,
    )


def _inputs(wish: Wish, taken: tuple[Variable, ...]) -> dict[str, str]:
    """Which column feeds which input; several feed one where a row or a column is a sequence."""
    called = [column.name for column in taken]
    if not called:
        return {}
    if wish.size == 1 and len(called) > 1:
        listed = called if len(called) <= 6 else [*called[:3], "…", called[-1]]
        return {wish.names[0]: ", ".join(listed)}
    return dict(zip(wish.names or called, called, strict=False))


def dialect_line(*parts: str) -> str:
    """Return a dialect in one sentence of its parts."""
    return "; ".join(part for part in parts if part)
