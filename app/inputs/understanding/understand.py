"""Bytes in, an understanding out: the one way in which a reader's sequences are read."""

from __future__ import annotations

from collections.abc import Mapping

from lstm_core.model.encoders import Encoder

from ..arrays import shown
from ..files import UploadError, counted
from .alphabets import Alphabet
from .array_files import outcome_of_npy, outcome_of_npz
from .by_vocabulary import understanding_of_symbols
from .contents import Member, content, members, unpacked
from .decoding import decoded
from .dialect import Rows
from .drafts import expect_count
from .frame import Frame, frame
from .limits import MAX_TIMESTEPS
from .melted import unmelted
from .notes import Notes, Tell, Undecided, tell_nobody
from .outcomes import Outcome, Request, dialect_line, nothing_yet, outcome_of_table
from .readings import Reading, Truth
from .report import Table, Understanding
from .symbol_tables import grid_of_rows
from .text_files import outcome_of_symbol_grid, outcome_of_text
from .typed_tables import frame_of_parquet, rows_of_json
from .variables import variables
from .vocabularies import Vocabulary
from .wishes import wish_of
from .workbooks import rows_of_workbook


def understand(
    name: str,
    data: bytes | str,
    encoder: Encoder | None,
    answers: Mapping[str, str] | None = None,
    *,
    limit: int = MAX_TIMESTEPS,
    input_size: int | None = None,
    vocabulary: Vocabulary | None = None,
    tell: Tell = tell_nobody,
) -> Understanding:
    """Return what a file, or a text that was pasted, means to the network with this encoder.

    `answers` settle questions, by their id. `limit` is the longest sequence that can be run.
    `input_size` says how many numbers a network without an encoder reads. `vocabulary` says which
    tokens stand behind ids, in the file or in the network. `tell` is called while a large file is
    read: "bytes" or "columns", how many are done, and of how many. The name is only for
    sentences: what the bytes are is judged by the bytes.

    Raises UploadError, in one sentence, for what cannot be read, and for an answer that is none
    of the options; its `choices` are those that were made before.
    """
    raw = data.encode("utf-8", "replace") if isinstance(data, str) else bytes(data)

    def read(by: Encoder | None, given: Mapping[str, str]) -> Understanding:
        request = Request(encoder=by, wish=wish_of(by, input_size), limit=limit)
        return _understanding(name, raw, request, Notes(name, given, tell))

    if encoder is not None and encoder.reads_symbols:
        return understanding_of_symbols(name, encoder, answers or {}, vocabulary, read)
    if vocabulary is not None:
        raise UploadError(
            f"{shown(vocabulary.name)} is a vocabulary, and this network reads numbers: leave it "
            "out."
        )
    return read(encoder, answers or {})


def _understanding(name: str, raw: bytes, request: Request, notes: Notes) -> Understanding:
    """What a file means, read in one way."""
    try:
        outcome = _outcome(name, unpacked(name, raw, notes), request, notes)
    except MemoryError:
        raise UploadError(f"{shown(name)} needs more memory than there is: cut it.") from None
    except UploadError as error:
        raise UploadError(str(error), tuple(notes.choices)) from None
    return Understanding(
        name=name,
        table=outcome.table,
        dialect=outcome.dialect,
        sequences=outcome.reading.sequences,
        inputs=outcome.reading.inputs,
        remarks=tuple(notes.remarks),
        questions=tuple(notes.open),
        choices=tuple(notes.choices),
        encoder=outcome.reading.encoder,
        truth=outcome.reading.truth.values,
        truth_column=outcome.reading.truth.column,
        truth_scaling=outcome.reading.truth.scaling,
    )


def _outcome(name: str, data: bytes, request: Request, notes: Notes) -> Outcome:
    kind = content(name, data)
    if kind == "npy":
        return outcome_of_npy(name, data, request, notes)
    if kind == "npz":
        return outcome_of_npz(name, data, request, notes)
    if kind == "parquet":
        return _of_frame(frame_of_parquet(name, data, notes), "a Parquet file", request, notes)
    if kind == "excel":
        return _of_workbook(name, data, request, notes)
    if kind == "archive":
        return _of_archive(members(name, data, notes), request, notes)
    return _of_text(name, data, request, notes)


def _of_text(name: str, data: bytes, request: Request, notes: Notes) -> Outcome:
    text = decoded(name, data)
    rows = None
    if not (request.reads_symbols and _is_plain(text.text, request.alphabet)):
        try:
            rows = rows_of_json(name, text.text, notes)
        except Undecided:
            return Outcome(table=Table(), dialect="JSON", reading=nothing_yet(request))
    if rows is None:
        return outcome_of_text(text, request, notes)
    return _of_rows(rows, "JSON", request, notes)


def _is_plain(text: str, alphabet: Alphabet) -> bool:
    """Whether brackets at the start of a text are symbols of the network."""
    return alphabet.lined or text.lstrip()[:1] in alphabet.known


def _of_workbook(name: str, data: bytes, request: Request, notes: Notes) -> Outcome:
    words = "an Excel workbook"
    try:
        rows = rows_of_workbook(name, data, notes)
    except Undecided:
        return Outcome(table=Table(), dialect=words, reading=nothing_yet(request))
    return _of_rows(rows, words, request, notes)


def _of_rows(rows: Rows, words: str, request: Request, notes: Notes) -> Outcome:
    """What rows of texts come to whose numbers have decimal points."""
    if not any(map(any, rows.rows)):
        raise UploadError(f"{shown(notes.name)} is empty: give at least one timestep.")
    if request.reads_symbols:
        grid = grid_of_rows(rows, request.alphabet, notes)
        return outcome_of_symbol_grid(grid, words, request, notes)
    return _of_frame(frame(notes.name, rows, notes), words, request, notes)


def _of_frame(table: Frame, words: str, request: Request, notes: Notes) -> Outcome:
    if request.reads_symbols:
        columns = [column.to_pylist() for column in table.columns]
        rows = [list(row) for row in zip(*columns, strict=True)]
        whole = Rows(rows=[list(table.names), *rows], lines=[0, *table.lines.tolist()])
        return _of_rows(whole, words, request, notes)
    given = variables(unmelted(table, request.wish, notes), notes, ",", sure=True)
    return outcome_of_table(given, words, request, notes)


def _of_archive(files: tuple[Member, ...], request: Request, notes: Notes) -> Outcome:
    """What the files of an archive come to: the sequences of all, each called after its file."""
    if len(files) == 1:
        notes.remark(f"The archive holds one file, {shown(files[0].name)}.")
        return _outcome(files[0].name, files[0].data, request, notes)
    notes.remark(
        f"The archive holds {counted(len(files), 'file')}, read in the order of their names."
    )
    outcomes = []
    for file in files:
        own = Notes(file.name, notes.answers, notes.tell)
        if content(file.name, file.data) == "archive":
            raise UploadError(f"{shown(file.name)} is an archive in an archive: unpack it.")
        outcomes.append(_outcome(file.name, file.data, request, own))
        _adopt(own, notes)
    sequences = tuple(s for outcome in outcomes for s in outcome.reading.sequences)
    expect_count(len(sequences), notes)
    first = outcomes[0]
    return Outcome(
        table=first.table,
        dialect=dialect_line(f"{len(files)} files", first.dialect),
        reading=Reading(
            sequences=sequences,
            inputs=first.reading.inputs,
            encoder=first.reading.encoder,
            truth=Truth(
                column=first.reading.truth.column,
                values=tuple(v for outcome in outcomes for v in outcome.reading.truth.values),
                scaling=first.reading.truth.scaling,
            ),
        ),
    )


def _adopt(own: Notes, notes: Notes) -> None:
    """Take over what was noticed and asked of one file; the same question is asked once."""
    for text in own.remarks:
        notes.remark(f"{shown(own.name)}: {text}")
    asked = {question.id for question in notes.choices}
    notes.choices += [question for question in own.choices if question.id not in asked]
    waiting = {question.id for question in notes.open}
    notes.open += [question for question in own.open if question.id not in waiting]
