"""Arrays as sequences: (T, D), (T,), (N, T, D) and (N, T); `.npz` files with several of them."""

from __future__ import annotations

import numpy as np

from lstm_core.record import Array

from ..arrays import ArrayError, read_npy, shown
from ..files import UploadError, counted
from .contents import opened, part_of
from .drafts import Draft, expect_count
from .notes import Notes, Undecided
from .outcomes import Outcome, Request, nothing_yet
from .padding import trimmed
from .readings import Reading, Truth, reading_of, symbols_within_limit
from .report import Column, Table
from .spelling import Spelled, sequences_of

LENGTHS = ("length", "lengths", "len", "lens", "seq_len", "sequence_length", "sequence_lengths")
LABELS = ("y", "label", "labels", "target", "targets", "y_train", "y_test", "classes")
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
    plain = {name: name.casefold() for name in arrays}
    free = {
        name: array
        for name, array in arrays.items()
        if plain[name] not in {*LENGTHS, *LABELS} and _fits(array, request)
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
    pieces: list[tuple[str, Array]] = []
    for name, array in chosen.items():
        pieces += _pieces(name, array, request, notes)
    expect_count(len(pieces), notes)
    pieces = _by_lengths(pieces, chosen, arrays, notes)
    labels = _labels(len(pieces), arrays, chosen)
    if not any(len(piece) for _, piece in pieces):
        raise UploadError(f"{shown(notes.name)} is empty: give at least one timestep.")
    if request.reads_symbols:
        return _symbols(pieces, labels, request, notes)
    return _numbers(pieces, labels, request, notes)


def _pieces(name: str, array: Array, request: Request, notes: Notes) -> list[tuple[str, Array]]:
    """The sequences of one array: (T, D) or (T,) of each."""
    if request.reads_symbols:
        return _symbol_pieces(name, array, request, notes)
    size = request.wish.size
    if array.ndim == 1 and size in {1, None}:
        return [(name, array[:, np.newaxis])]
    if array.ndim == 3:
        return _named(name, _axes_of_three(array, size, notes), notes)
    if array.ndim == 2 and size == 1:
        return _rows_or_columns(name, array, notes)
    if array.ndim == 2 and size in {None, *array.shape}:
        return [(name, _two_axes(array, size, notes))]
    raise UploadError(
        f"{shown(notes.name)} is an array of shape {array.shape}: expected {_expected(request)}."
    )


def _two_axes(array: Array, size: int | None, notes: Notes) -> Array:
    """An array of two axes as (timesteps, inputs)."""
    if size is None:
        return array
    if array.shape == (size, size):
        return _square(array, notes)
    if array.shape[1] == size:
        return array
    notes.remark(f"The array is {array.shape}: read as (inputs, timesteps), turned over.")
    return array.T


def _square(array: Array, notes: Notes) -> Array:
    turn = notes.choose(
        "axes",
        f"The array is {array.shape}, and either axis could be that of time.",
        {"(timesteps, inputs)": False, "(inputs, timesteps)": True},
        "(timesteps, inputs)",
    )
    return array.T if turn else array


def _axes_of_three(array: Array, size: int | None, notes: Notes) -> Array:
    """An array of three axes as (sequences, timesteps, inputs)."""
    orders: dict[str, tuple[int, ...]] = {
        "(sequences, timesteps, inputs)": (0, 1, 2),
        "(timesteps, sequences, inputs)": (1, 0, 2),
        "(sequences, inputs, timesteps)": (0, 2, 1),
    }
    fitting = {
        text: order for text, order in orders.items() if size in {None, array.shape[order[2]]}
    }
    if not fitting:
        raise UploadError(
            f"{shown(notes.name)} is an array of shape {array.shape}: expected (sequences, "
            f"timesteps, {size})."
        )
    first = next(iter(fitting))
    last_fits = size in {None, array.shape[2]}
    both_fit = last_fits and array.shape[1] == size != 1
    order = notes.choose(
        "axes",
        f"The array is {array.shape}. What are its axes?",
        fitting,
        first,
        ask=both_fit or not last_fits,
    )
    if last_fits:
        notes.remark(
            f"The array {array.shape} is read as {first if order is None else _of(fitting, order)}."
        )
    return array.transpose(order or (0, 1, 2))


def _of(options: dict[str, tuple[int, ...]], order: tuple[int, ...]) -> str:
    return next(text for text, axes in options.items() if axes == order)


def _rows_or_columns(name: str, array: Array, notes: Notes) -> list[tuple[str, Array]]:
    if 1 in array.shape:
        return [(name, array.reshape(-1, 1))]
    rows, columns = "A row is a sequence", "A column is a sequence"
    by_column = notes.choose(
        "axes",
        f"The array is {array.shape}, and the network reads one number at a timestep.",
        {rows: False, columns: True},
        rows,
        ask=array.shape[0] >= array.shape[1],
    )
    return _named(name, (array.T if by_column else array)[:, :, np.newaxis], notes)


def _named(name: str, array: Array, notes: Notes) -> list[tuple[str, Array]]:
    expect_count(len(array), notes)
    if len(array) > 1:
        notes.remark(
            f"I see {counted(len(array), 'sequence')} of {counted(array.shape[1], 'timestep')}."
        )
    before = f"{name} " if name else "sequence "
    if len(array) == 1:
        return [(name, array[0])]
    return [(f"{before}{k}", piece) for k, piece in enumerate(array, start=1)]


def _symbol_pieces(
    name: str, array: Array, request: Request, notes: Notes
) -> list[tuple[str, Array]]:
    size = len(request.alphabet.symbols)
    if array.ndim in {2, 3} and array.shape[-1] == size and _is_one_hot(array):
        notes.remark("Each row is zeros and a one: the place of the one is the symbol.")
        array = array.argmax(axis=-1)
    whole = array.dtype.kind in "iub" or bool(np.all(array == np.floor(array)))
    if array.ndim not in {1, 2} or not whole:
        raise UploadError(
            f"{shown(notes.name)} is {array.dtype} {array.shape}: expected {_expected(request)}; "
            f"expected whole numbers, 0 to {size - 1}."
        )
    strange = np.argwhere((array < 0) | (array >= size))
    if len(strange):
        at = tuple(int(n) for n in strange[0])
        raise UploadError(
            f"{shown(notes.name)}: number {', '.join(str(n + 1) for n in at)} is {array[at]}: "
            f"expected 0 to {size - 1}, the place of a symbol in the alphabet."
        )
    if array.ndim == 1:
        return [(name, array.astype(np.int64))]
    return _named(name, array.astype(np.int64), notes)


def _is_one_hot(array: Array) -> bool:
    return bool(np.all((array == 0) | (array == 1)) and np.all(array.sum(axis=-1) == 1))


def _by_lengths(
    pieces: list[tuple[str, Array]],
    chosen: dict[str, Array],
    arrays: dict[str, Array],
    notes: Notes,
) -> list[tuple[str, Array]]:
    """Sequences as long as an array of lengths beside them says."""
    for name, array in arrays.items():
        if name in chosen or name.casefold() not in LENGTHS or array.shape != (len(pieces),):
            continue
        if all(0 <= n <= len(piece) for n, (_, piece) in zip(array, pieces, strict=True)):
            notes.remark(f"{shown(name)!r} says how long each sequence is; the rest is padding.")
            return [(n, p[: int(m)]) for m, (n, p) in zip(array, pieces, strict=True) if m]
    return pieces


def _labels(count: int, arrays: dict[str, Array], chosen: dict[str, Array]) -> list[str | None]:
    for name, array in arrays.items():
        if (
            name not in chosen
            and name.casefold() in LABELS
            and array.shape in {(count,), (count, 1)}
        ):
            return [
                f"{value:g}" if array.dtype.kind == "f" else str(value) for value in array.ravel()
            ]
    return [None] * count


def _numbers(
    pieces: list[tuple[str, Array]],
    labels: list[str | None],
    request: Request,
    notes: Notes,
) -> tuple[Reading, Table]:
    names = request.wish.names or tuple(f"x{k}" for k in range(pieces[0][1].shape[1]))
    drafts = [
        Draft(
            values=_without_padding(np.asarray(piece, np.float64), notes),
            rows=np.arange(len(piece)),
            place=lambda t, k: (t + 1, names[k]),
            name=name,
            label=label,
        )
        for (name, piece), label in zip(pieces, labels, strict=False)
    ]
    drafts = [draft.kept(np.arange(len(draft.values))) for draft in drafts if len(draft.values)]
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


def _without_padding(values: Array, notes: Notes) -> Array:
    """A sequence without the timesteps at its end that have no value at all."""
    there = np.flatnonzero(~np.isnan(values).all(axis=1))
    end = int(there[-1]) + 1 if len(there) else 0
    if end < len(values):
        notes.remark("Timesteps at the end without any value are padding: left out.")
    return values[:end]


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


def _symbols(
    pieces: list[tuple[str, Array]],
    labels: list[str | None],
    request: Request,
    notes: Notes,
) -> tuple[Reading, Table]:
    alphabet = request.alphabet
    given = [
        Spelled(
            symbols=tuple(alphabet.symbols[k] for k in piece.tolist()),
            line=k,
            name=name,
            label=label,
        )
        for k, ((name, piece), label) in enumerate(zip(pieces, labels, strict=False), start=1)
    ]
    sequences = sequences_of(trimmed(given, alphabet, notes), alphabet, notes)
    first = tuple(" ".join(one.symbols[:20]) for one in given[:5])
    table = Table(columns=(Column(name="symbols", kind="symbol", first=first),), rows=len(given))
    try:
        sequences = symbols_within_limit(sequences, request.limit, notes)
    except Undecided:
        return nothing_yet(request), table
    return Reading(sequences=sequences, inputs={}, encoder=request.encoder, truth=Truth()), table
