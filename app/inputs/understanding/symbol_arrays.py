"""Arrays of symbols: their places in the alphabet, or zeros and a one for each timestep."""

from __future__ import annotations

import numpy as np

from lstm_core.record import Array

from ..arrays import shown
from ..files import UploadError
from . import batches
from .batches import Piece, piece
from .notes import Notes

NOTHING = -1  # stands for a timestep without a symbol
ROWS, COLUMNS = "(sequences, timesteps)", "(timesteps, sequences)"
LAST, BEFORE_LAST = "The last axis", "The axis before the last"


def symbol_pieces(
    name: str, array: Array, beside: dict[str, Array], size: int, notes: Notes
) -> list[Piece]:
    """Return the sequences of an array for a network of so many symbols, as places (T,) int64.

    Timesteps at the ends that hold no symbol, zeros without a one or a negative number such as
    -1, fill a sequence up and are left out. Raises UploadError for numbers that are no places.
    """
    places = _of_ones(array, size, notes)
    if places is None:
        places = _of_places(array, size, notes)
    if places.ndim == 1:
        return [_without_ends(piece(name, places), notes)]
    counts = batches.counts_beside(beside)
    by_column = places.shape[1] in counts and places.shape[0] not in counts
    turn = notes.choose(
        "axes",
        f"The array is {array.shape}. What are its axes?",
        {ROWS: False, COLUMNS: True},
        COLUMNS if by_column else ROWS,
        ask=False,
    )
    pieces = batches.each_row(name, places.T if turn else places, notes)
    masked = batches.by_mask(pieces, beside, (1, 0) if turn else (0, 1), notes)
    return [_without_ends(one, notes) for one in masked]


def _of_ones(array: Array, size: int, notes: Notes) -> Array | None:
    """The place of the one in each row of zeros and a one; None for an array of other numbers."""
    if array.ndim not in {2, 3} or size not in array.shape[-2:] or not _only_0_and_1(array):
        return None
    ways = {LAST: array, BEFORE_LAST: array.swapaxes(-1, -2)}
    ways = {text: way for text, way in ways.items() if way.shape[-1] == size}
    fitting = {text: way for text, way in ways.items() if (way.sum(axis=-1) <= 1).all()}
    if not fitting:
        _refuse_ones(next(iter(ways.values())), size, notes)
    hot = next(iter(fitting.values()))
    if len(fitting) > 1:
        text = f"The array is {array.shape}. Along which axis is the one that stands for a symbol?"
        hot = notes.require("ones", text, fitting, LAST)
    notes.remark("Each row is zeros and a one: the place of the one is the symbol.")
    places: Array = np.where(hot.any(axis=-1), hot.argmax(axis=-1), NOTHING)
    return places


def _only_0_and_1(array: Array) -> bool:
    return bool(np.isin(array, (0, 1)).all() and array.any())


def _refuse_ones(array: Array, size: int, notes: Notes) -> None:
    row = np.argwhere(array.sum(axis=-1) > 1)[0]
    raise UploadError(
        f"{shown(notes.name)}: row {', '.join(str(int(n) + 1) for n in row)} has "
        f"{int(array[tuple(row)].sum())} ones: expected {size} numbers of which one is 1, the "
        "place of a symbol in the alphabet."
    )


def _of_places(array: Array, size: int, notes: Notes) -> Array:
    whole = array.dtype.kind in "iub" or bool(np.all(array == np.floor(array)))
    if array.ndim not in {1, 2} or not whole:
        raise UploadError(
            f"{shown(notes.name)} is {array.dtype} {array.shape}: expected whole numbers 0 to "
            f"{size - 1}, the places of symbols in the alphabet, (timesteps,) or (sequences, "
            "timesteps)."
        )
    places: Array = array.astype(np.int64)
    fills = np.unique(places[places < 0])
    lowest = 0
    if len(fills) == 1 and places.ndim == 2:  # in one sequence it fills nothing up
        places[places < 0] = lowest = NOTHING
        notes.remark(f"{int(fills[0])} is no place in the alphabet: padding, left out.")
    strange = np.argwhere((places < lowest) | (places >= size))
    if len(strange):
        _refuse(strange[0], array[tuple(strange[0])], size, notes)
    return places


def _refuse(at: Array, value: object, size: int, notes: Notes) -> None:
    raise UploadError(
        f"{shown(notes.name)}: number {', '.join(str(int(n) + 1) for n in at)} is {value}: "
        f"expected 0 to {size - 1}, the place of a symbol in the alphabet."
    )


def _without_ends(one: Piece, notes: Notes) -> Piece:
    """A sequence without timesteps at its ends that hold no symbol; UploadError for others."""
    there = np.flatnonzero(one.values != NOTHING)
    if len(there) == len(one.values):
        return one
    kept = one.kept(np.arange(there[0], there[-1] + 1) if len(there) else there)
    if len(there) != len(kept.rows):
        row = int(kept.rows[np.flatnonzero(kept.values == NOTHING)[0]])
        where = f" of {shown(one.name)}" if one.name else ""
        raise UploadError(
            f"{shown(notes.name)}: timestep {row + 1:,}{where} holds no symbol: leave it out."
        )
    notes.remark("Timesteps at the ends without a symbol are padding: left out.")
    return kept
