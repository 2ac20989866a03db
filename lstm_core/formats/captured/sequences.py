"""From the rows of a module's calls to sequences: calls that carry states on are one.

A row continues another one where it begins with the very states, bit for bit, that the other was
left with: those of a rollout, or of a stream in chunks. Zero states begin anew. Where several rows
begin with the same states, the first one goes on, and the others are sequences with a start of
their own. Two directions do not join, since the second one begins at the end of every call.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b

import numpy as np

from ...model import Layer, LayerState
from ...model.recorded import RecordedSequence
from ...record import Array, record
from ..errors import ModelFileError, shown

STATES = ("start_hidden", "start_cell", "final_hidden", "final_cell")


@record
class Row:
    """One sequence of one call: which rows of the arrays are its own."""

    number: int  # among the sequences of all calls
    call: int
    row: int  # in the batch of its call
    rows: int  # how many the call has
    first: int  # its first timestep among those of all calls
    timesteps: int


def sequences_of(
    place: int,
    chain: tuple[Layer, ...],
    arrays: Mapping[str, Array],
    counts: Sequence[int],
    name: str,
) -> tuple[tuple[RecordedSequence, ...], int]:
    """Return the sequences that a chain of layers read, and how many were left out.

    `place` is the chain's first layer in the model, `arrays` are those of its module, and `counts`
    say how many sequences each call had. Left out is what holds a number that is not finite.

    Raises ModelFileError, naming the module, where the arrays do not fit.
    """
    _check(chain, arrays, counts, name)
    finite = _Finite(arrays)
    kept: list[list[Row]] = []
    for chained in _joined(chain, arrays, list(_rows(arrays["lengths"], counts))):
        kept += [chained] if all(finite(row) for row in chained) else []
    left = sum(1 for length in arrays["lengths"] if length) - sum(map(len, kept))
    return tuple(_sequence(place, chain, arrays, rows) for rows in kept), left


def _check(
    chain: tuple[Layer, ...], arrays: Mapping[str, Array], counts: Sequence[int], name: str
) -> None:
    """Raise ModelFileError unless all arrays are there and have the shapes that they must."""
    lengths, sequences = arrays.get("lengths"), sum(counts)
    if lengths is None or lengths.dtype.kind not in "iu" or lengths.shape != (sequences,):
        raise ModelFileError(f"The lengths of {shown(name)} do not fit its calls.")
    if lengths.size and lengths.min() < 0:
        raise ModelFileError(f"The lengths of {shown(name)} reach below 0.")
    timesteps, first, last = int(lengths.sum()), chain[0], chain[-1]
    states = len(chain) * (1 + first.bidirectional)
    hidden = (sequences, states, first.forward.output_size)
    cell = (sequences, states, first.hidden_size)
    needed = {"inputs": (timesteps, first.input_size), "start_hidden": hidden}
    optional = {"final_hidden": hidden, "outputs": (timesteps, last.output_size)}
    if first.kind == "lstm":
        needed["start_cell"], optional["final_cell"] = cell, cell
    for part, shape in {**needed, **optional}.items():
        array = arrays.get(part)
        if array is None and part in optional:
            continue
        if array is None or array.shape != shape or array.dtype.kind != "f":
            what = "missing" if array is None else f"{array.dtype} {array.shape}"
            raise ModelFileError(f"{part} of {shown(name)} is {what}: expected numbers {shape}.")


def _rows(lengths: Array, counts: Sequence[int]) -> Iterator[Row]:
    """Every sequence of every call, in order."""
    ends = np.cumsum(lengths)
    number = 0
    for call, count in enumerate(counts):
        for row in range(count):
            timesteps = int(lengths[number])
            first = int(ends[number]) - timesteps
            if timesteps:
                yield Row(
                    number=number, call=call, row=row, rows=count, first=first, timesteps=timesteps
                )
            number += 1


def _joined(
    chain: tuple[Layer, ...], arrays: Mapping[str, Array], rows: list[Row]
) -> list[list[Row]]:
    """The rows of each sequence: those whose states are carried on stand together."""
    starts = [arrays[name] for name in STATES[:2] if name in arrays]
    ends = [arrays[name] for name in STATES[2:] if name in arrays]
    one_way = not any(layer.bidirectional or layer.reverse for layer in chain)
    if not one_way or len(starts) != len(ends):
        return [[row] for row in rows]
    sequences: list[list[Row]] = []
    waiting: dict[bytes, list[int]] = {}
    for row in rows:
        begins = _mark(starts, row)
        places = [k for k in waiting.get(begins, ()) if sequences[k][-1].call < row.call]
        if places:
            same = [k for k in places if sequences[k][-1].row == row.row]
            place = (same or places)[0]
            waiting[begins].remove(place)
            sequences[place].append(row)
        else:
            place = len(sequences)
            sequences.append([row])
        if left := _mark(ends, row):
            waiting.setdefault(left, []).append(place)
    return sequences


def _mark(states: list[Array], row: Row) -> bytes:
    """A fingerprint of a row's states; nothing where they are zero."""
    parts = [np.ascontiguousarray(state[row.number]) for state in states]
    if not any(part.any() for part in parts):
        return b""
    return blake2b(b"".join(part.tobytes() for part in parts), digest_size=16).digest()


class _Finite:
    """Whether all numbers of a row are finite; looked up once for all rows."""

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        self.timesteps = np.logical_and.reduce(
            [np.isfinite(arrays[n]).all(axis=1) for n in ("inputs", "outputs") if n in arrays]
        )
        self.sequences = np.logical_and.reduce(
            [np.isfinite(arrays[n]).all(axis=(1, 2)) for n in STATES if n in arrays]
        )

    def __call__(self, row: Row) -> bool:
        inside = self.timesteps[row.first : row.first + row.timesteps]
        return bool(inside.all() and self.sequences[row.number])


def _sequence(
    place: int, chain: tuple[Layer, ...], arrays: Mapping[str, Array], rows: list[Row]
) -> RecordedSequence:
    """One sequence from the rows that are its own."""
    dtype, first = chain[0].forward.dtype, rows[0]

    def joined(name: str) -> Array:
        array = arrays[name]
        if len(rows) == 1:
            return array[first.first : first.first + first.timesteps]
        return np.concatenate([array[row.first : row.first + row.timesteps] for row in rows])

    answered = "outputs" in arrays
    final = None if answered or "final_hidden" not in arrays else arrays["final_hidden"]
    ends = np.cumsum([row.timesteps for row in rows])
    return RecordedSequence(
        layer=place,
        inputs=joined("inputs").astype(dtype, copy=False),
        start=tuple(_start(chain, arrays, k, first.number) for k in range(len(chain))),
        outputs=joined("outputs") if answered else None,
        final=None if final is None else final[rows[-1].number, -1],
        seams=tuple(int(end) for end in ends[:-1]),
        first_call=first.call,
        row=first.row,
        rows=first.rows,
    )


def _start(
    chain: tuple[Layer, ...], arrays: Mapping[str, Array], k: int, number: int
) -> LayerState:
    """What layer k of a chain begins with in one row."""
    layer = chain[k]
    ways = 1 + layer.bidirectional

    def part(name: str) -> Array:
        states = arrays[name][number, k * ways : (k + 1) * ways]
        own = states if layer.bidirectional else states[0]
        return own.astype(layer.forward.dtype, copy=False)

    cell = part("start_cell") if layer.kind == "lstm" else None
    return LayerState(hidden=part("start_hidden"), cell=cell)
