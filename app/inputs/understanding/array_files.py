"""Arrays as sequences: (T, D), (T,), (N, T, D) and (N, T); `.npz` files with several of them."""

from __future__ import annotations

import dataclasses

import numpy as np

from lstm_core.record import Array

from ..arrays import ArrayError, read_npy, shown
from ..files import UploadError, counted
from . import batches
from .axes import order_of_inputs, order_of_three, time_down
from .batches import Piece, piece
from .contents import opened, part_of
from .drafts import Draft, expect_count
from .notes import Notes, Undecided
from .outcomes import Outcome, Request, nothing_yet
from .padding import trimmed
from .readings import Reading, Truth, reading_of, symbols_within_limit
from .report import Column, Table
from .spelling import Spelled, sequences_of
from .symbol_arrays import symbol_pieces

INPUTS = (
    "x",
    "inputs",
    "data",
    "sequences",
    "x_train",
    "x_test",
    "train_x",
    "features",
    "input_ids",
)

BESIDE = {*batches.LENGTHS, *batches.LABELS, *batches.MASKS}


def outcome_of_npy(name: str, data: bytes, request: Request, notes: Notes) -> Outcome:
    """Return what one array comes to."""
    return _outcome({"": array_of(name, data)}, request, notes)


def array_of(name: str, data: bytes) -> Array:
    """Return the numbers in a .npy file; UploadError for anything else."""
    try:
        return read_npy(name, data)
    except ArrayError as error:
        raise UploadError(str(error)) from None


def outcome_of_npz(name: str, data: bytes, request: Request, notes: Notes) -> Outcome:
    """Return what the arrays of a .npz file come to; if it is not clear the reader says which."""
    arrays: dict[str, Array] = {}
    with opened(name, data) as archive:
        for part in archive.namelist():
            arrays[part.removesuffix(".npy")] = array_of(part, part_of(archive, name, part))
    return _outcome(arrays, request, notes)


def _outcome(arrays: dict[str, Array], request: Request, notes: Notes) -> Outcome:
    dialect = "; ".join(
        f"{shown(name) + ': ' if name else ''}{array.dtype} {array.shape}"
        for name, array in list(arrays.items())[:6]
    )
    try:
        chosen = _chosen(arrays, request, notes)
        reading, table = _read(chosen, arrays, request, notes)
    except Undecided:
        reading, table = nothing_yet(request), _names_table(arrays)
    return Outcome(table=table, dialect=dialect, reading=reading)


def _names_table(arrays: dict[str, Array]) -> Table:
    return Table(columns=tuple(Column(name=name or "array", kind="number") for name in arrays))


def _chosen(arrays: dict[str, Array], request: Request, notes: Notes) -> dict[str, Array]:
    """The arrays that hold sequences: the only one, all alike, or those that the reader chose."""
    if len(arrays) == 1:
        return arrays
    together = _one_for_each_input(arrays, request, notes)
    if together is not None:
        return {"": together}
    plain = {name: name.casefold() for name in arrays}
    free = {
        name: array
        for name, array in arrays.items()
        if plain[name] not in BESIDE and _fits(array, request)
    }
    if not free:
        free = {name: array for name, array in arrays.items() if _fits(array, request)}
    if not free:
        raise UploadError(
            f"{shown(notes.name)} holds {counted(len(arrays), 'array')}, none of which is a "
            f"sequence for this network: expected {_expected(request)}."
        )
    every = f"All: {shown(', '.join(free))}"
    options: dict[str, dict[str, Array]] = {name: {name: array} for name, array in free.items()}
    if len(free) == 1:
        notes.remark(f"Of {counted(len(arrays), 'array')} {shown(next(iter(free)))!r} is read.")
        return free
    alike = len({array.ndim for array in free.values()}) == 1
    options = {every: free, **options}
    named = [name for name in free if plain[name] in INPUTS]
    likely = named[0] if len(named) == 1 else every if alike and not named else None
    return notes.require("arrays", "Which arrays are read?", options, likely, ask=True)


def _one_for_each_input(arrays: dict[str, Array], request: Request, notes: Notes) -> Array | None:
    """One array (T, D) of those that are called as the inputs, (T,) each; None where some lack."""
    wish, called = request.wish, {name.casefold(): array for name, array in arrays.items()}
    columns = [called.get(name.casefold()) for name in wish.names]
    if request.reads_symbols or wish.anonymous or len(columns) < 2:
        return None
    if any(column is None or column.ndim != 1 for column in columns):
        return None
    if len({len(column) for column in columns if column is not None}) > 1:
        return None
    notes.remark(f"The arrays {shown(', '.join(wish.names))} are a column each.")
    return np.stack([column for column in columns if column is not None], axis=1)


def _fits(array: Array, request: Request) -> bool:
    size = request.wish.size
    if request.reads_symbols:
        return array.ndim in {1, 2, 3} and array.size > 0
    if size is None:
        return array.ndim in {1, 2, 3} and array.size > 0
    return array.size > 0 and (
        (array.ndim in {1, 2} and size == 1) or (array.ndim in {2, 3} and size in array.shape)
    )


def _expected(request: Request) -> str:
    if request.reads_symbols:
        return "whole numbers (timesteps,) or (sequences, timesteps), the places of symbols"
    size = request.wish.size or "inputs"
    return f"(timesteps, {size}) or (sequences, timesteps, {size})"


def _read(
    chosen: dict[str, Array], arrays: dict[str, Array], request: Request, notes: Notes
) -> tuple[Reading, Table]:
    beside = {name: array for name, array in arrays.items() if name not in chosen}
    pieces: list[Piece] = []
    for name, array in chosen.items():
        pieces += _pieces(name, array, beside if len(chosen) == 1 else {}, request, notes)
    expect_count(len(pieces), notes)
    pieces = batches.by_lengths(batches.labelled(pieces, beside), beside, notes)
    pieces = batches.by_groups(pieces, beside, notes)
    pieces = [one for one in pieces if len(one.rows)]
    if not pieces:
        raise UploadError(f"{shown(notes.name)} is empty: give at least one timestep.")
    if request.reads_symbols:
        return _symbols(pieces, request, notes)
    by_name = "" in chosen and len(arrays) > 1
    if request.wish.size in {None, 1} or request.wish.anonymous or by_name:
        return _numbers(pieces, request, notes)
    together = np.concatenate([one.values for one in pieces])
    order = order_of_inputs(together, request.wish, notes)
    ordered = [dataclasses.replace(one, values=one.values[:, order]) for one in pieces]
    return _numbers(ordered, request, notes)


def _pieces(
    name: str, array: Array, beside: dict[str, Array], request: Request, notes: Notes
) -> list[Piece]:
    """The sequences of one array: (T, D) or (T,) of each."""
    if request.reads_symbols:
        return symbol_pieces(name, array, beside, len(request.alphabet.symbols), notes)
    size = request.wish.size
    if array.ndim == 1 and size in {1, None}:
        return [piece(name, array[:, np.newaxis])]
    if array.ndim == 3:
        order = order_of_three(array, size, batches.counts_beside(beside), notes)
        return batches.by_mask(
            batches.each_row(name, array.transpose(order), notes), beside, order, notes
        )
    if array.ndim == 2 and size == 1:
        return _rows_or_columns(name, array, beside, notes)
    if array.ndim == 2 and size in {None, *array.shape}:
        return [piece(name, time_down(array, size, notes))]
    raise UploadError(
        f"{shown(notes.name)} is an array of shape {array.shape}: expected {_expected(request)}."
    )


def _rows_or_columns(
    name: str, array: Array, beside: dict[str, Array], notes: Notes
) -> list[Piece]:
    """The sequences of an array for a network that reads one number at a timestep."""
    if 1 in array.shape:
        return [piece(name, array.reshape(-1, 1))]
    rows, columns = "A row is a sequence", "A column is a sequence"
    counts = batches.counts_beside(beside)
    by_row, by_column = (count in counts for count in array.shape)
    turn = notes.choose(
        "axes",
        f"The array is {array.shape}, and the network reads one number at a timestep.",
        {rows: False, columns: True},
        columns if by_column and not by_row else rows,
        ask=by_row == by_column and array.shape[0] >= array.shape[1],
    )
    pieces = batches.each_row(name, (array.T if turn else array)[:, :, np.newaxis], notes)
    return batches.by_mask(pieces, beside, (1, 0) if turn else (0, 1), notes)


def _numbers(pieces: list[Piece], request: Request, notes: Notes) -> tuple[Reading, Table]:
    names = request.wish.names or tuple(f"x{k}" for k in range(pieces[0].values.shape[1]))
    whole = [dataclasses.replace(one, values=np.asarray(one.values, float)) for one in pieces]
    kept = [batches.without_gaps_at_the_end(one, notes) for one in whole]
    drafts = [_draft(one, names) for one in kept if len(one.rows)]
    expect_finite_or_nan(drafts, names, notes)
    table = Table(
        columns=tuple(
            Column(
                name=column,
                kind="number",
                first=tuple(f"{value:g}" for value in drafts[0].values[:5, k]) if drafts else (),
                gaps=sum(int(np.isnan(draft.values[:, k]).sum()) for draft in drafts),
            )
            for k, column in enumerate(names)
        ),
        rows=sum(len(draft.values) for draft in drafts),
    )
    try:
        reading = reading_of(drafts, request.wish, names, notes, request.limit)
    except Undecided:
        reading = nothing_yet(request, dict(zip(names, names, strict=True)))
    return reading, table


def _draft(one: Piece, names: tuple[str, ...]) -> Draft:
    return Draft(
        values=one.values,
        rows=one.rows,
        place=lambda t, k: (int(one.rows[t]) + 1, names[k]),
        name=one.name,
        label=one.label,
    )


def expect_finite_or_nan(drafts: list[Draft], names: tuple[str, ...], notes: Notes) -> None:
    """Raise UploadError that names an infinite number; UploadError where nothing is there."""
    if not drafts:
        raise UploadError(f"{shown(notes.name)} holds no value: give at least one timestep.")
    for draft in drafts:
        strange = np.argwhere(np.isinf(draft.values))
        if len(strange):
            t, k = (int(n) for n in strange[0])
            raise UploadError(
                f"{shown(notes.name)}: row {t + 1:,} of {shown(names[k])!r} is "
                f"{draft.values[t, k]}: expected a finite number."
            )


def _symbols(pieces: list[Piece], request: Request, notes: Notes) -> tuple[Reading, Table]:
    alphabet = request.alphabet
    given = [
        Spelled(
            symbols=tuple(alphabet.symbols[k] for k in one.values.tolist()),
            line=k,
            name=one.name,
            label=one.label,
        )
        for k, one in enumerate(pieces, start=1)
    ]
    sequences = sequences_of(trimmed(given, alphabet, notes), alphabet, notes)
    first = tuple(" ".join(one.symbols[:20]) for one in given[:5])
    table = Table(columns=(Column(name="symbols", kind="symbol", first=first),), rows=len(given))
    try:
        sequences = symbols_within_limit(sequences, request.limit, notes)
    except Undecided:
        return nothing_yet(request), table
    return Reading(sequences=sequences, inputs={}, encoder=request.encoder, truth=Truth()), table
