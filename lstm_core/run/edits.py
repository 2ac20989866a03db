"""Edits: what is changed in what a network reads, to see what would have happened otherwise.

    edited(symbol_sequence("BTXSE"), (DropInput(first=2, last=2),)).sequence.symbols

An edit is applied to the sequence as the edits before it left it. What comes of them says of each
timestep which one of the original it is, so that two runs can be compared where they read the
same.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable

import numpy as np

from ..record import Array, record
from ..sequence import Sequence, symbol_sequence

ADDED = -1  # in place of a timestep of the original: there is none
Value = str | float


@record
class ReplaceInput:
    """Read `value` at a timestep: a symbol, or a number in one column."""

    timestep: int
    value: Value
    column: int = 0


@record
class DropInput:
    """Leave out the timesteps `first` to `last`, both included."""

    first: int
    last: int


@record
class RepeatInput:
    """Read a timestep `times` more times."""

    timestep: int
    times: int = 1


@record
class PadInput:
    """Read `value` `before` times before the sequence and `after` times after it.

    Of numbers every column has the value.
    """

    value: Value
    before: int = 0
    after: int = 0


Edit = ReplaceInput | DropInput | RepeatInput | PadInput


@record
class EditedSequence:
    """A sequence after its edits.

    `origin` (T,) is the timestep of the original that each timestep was, `ADDED` for padding.
    """

    sequence: Sequence
    origin: Array


def edited(sequence: Sequence, edits: Iterable[Edit]) -> EditedSequence:
    """Return the sequence after some edits, in their order.

    Raises ValueError for a timestep or column that is not there, for a number in place of a
    symbol or the reverse, for a count below zero, and where nothing would be left to read.

    >>> text = symbol_sequence("BTXSE")
    >>> changed = edited(text, (DropInput(first=1, last=2), RepeatInput(timestep=1)))
    >>> "".join(changed.sequence.symbols), changed.origin.tolist()
    ('BSSE', [0, 3, 3, 4])
    """
    result = EditedSequence(sequence=sequence, origin=np.arange(len(sequence)))
    for edit in edits:
        result = _after(result, edit)
    return result


def _after(before: EditedSequence, edit: Edit) -> EditedSequence:
    match edit:
        case ReplaceInput():
            _check_place("timestep", edit.timestep, before)
            return dataclasses.replace(before, sequence=_replaced(before.sequence, edit))
        case DropInput():
            return _picked(before, _kept(before, edit))
        case RepeatInput():
            _check_place("timestep", edit.timestep, before)
            _check_count("times", edit.times)
            counts = np.ones(len(before.sequence), np.intp)
            counts[edit.timestep] += edit.times
            return _picked(before, np.repeat(np.arange(len(counts)), counts))
        case PadInput():
            return _padded(before, edit)


def _kept(before: EditedSequence, edit: DropInput) -> Array:
    """The timesteps that are left."""
    _check_place("first", edit.first, before)
    _check_place("last", edit.last, before)
    time = np.arange(len(before.sequence))
    kept = time[(time < edit.first) | (time > edit.last)]
    if edit.first > edit.last or not len(kept):
        raise ValueError(
            f"first is {edit.first} and last {edit.last} of {len(time)} timesteps: expected "
            "first <= last, and one timestep that is left"
        )
    return kept


def _picked(before: EditedSequence, places: Array) -> EditedSequence:
    """The sequence of these timesteps of it, in this order."""
    given = before.sequence
    numbers, symbols = given.numbers, given.places
    sequence = dataclasses.replace(
        given,
        numbers=None if numbers is None else numbers[places],
        places=None if symbols is None else symbols[places],
        times=None if given.times is None else tuple(given.times[k] for k in places),
    )
    return EditedSequence(sequence=sequence, origin=before.origin[places])


def _replaced(sequence: Sequence, edit: ReplaceInput) -> Sequence:
    if sequence.numbers is None:
        symbols = list(sequence.symbols or ())
        symbols[edit.timestep] = _symbol(edit.value)
        return _with_symbols(sequence, symbols)
    value, columns = _number(edit.value), sequence.numbers.shape[1]
    if not 0 <= edit.column < columns:
        raise ValueError(f"column is {edit.column}: expected 0..{columns - 1}")
    numbers = sequence.numbers.astype(np.result_type(sequence.numbers, np.float32))
    numbers[edit.timestep, edit.column] = value
    return dataclasses.replace(sequence, numbers=numbers)


def _padded(before: EditedSequence, edit: PadInput) -> EditedSequence:
    _check_count("before", edit.before)
    _check_count("after", edit.after)
    given, around = before.sequence, (edit.before, edit.after)
    origin = np.pad(before.origin, around, constant_values=ADDED)
    times = given.times and ("",) * edit.before + given.times + ("",) * edit.after
    if given.numbers is None:
        symbol = _symbol(edit.value)
        symbols = [symbol] * edit.before + list(given.symbols or ()) + [symbol] * edit.after
        sequence = _with_symbols(dataclasses.replace(given, times=None), symbols)
        return EditedSequence(sequence=dataclasses.replace(sequence, times=times), origin=origin)
    numbers = given.numbers.astype(np.result_type(given.numbers, np.float32))
    numbers = np.pad(numbers, (around, (0, 0)), constant_values=_number(edit.value))
    sequence = dataclasses.replace(given, numbers=numbers, times=times)
    return EditedSequence(sequence=sequence, origin=origin)


def _with_symbols(sequence: Sequence, symbols: list[str]) -> Sequence:
    """The sequence with other symbols; those outside its alphabet join the end of it."""
    read = symbol_sequence(symbols, sequence.alphabet)
    return dataclasses.replace(sequence, places=read.places, alphabet=read.alphabet)


def _symbol(value: Value) -> str:
    if not isinstance(value, str):
        raise ValueError(f"value is {value}: expected a symbol, as the sequence has")
    return value


def _number(value: Value) -> float:
    if isinstance(value, str) or not math.isfinite(value):
        raise ValueError(f"value is {value!r}: expected a finite number, as the sequence has")
    return float(value)


def _check_place(name: str, timestep: int, before: EditedSequence) -> None:
    if not 0 <= timestep < len(before.sequence):
        raise ValueError(f"{name} is {timestep}: expected 0..{len(before.sequence) - 1}")


def _check_count(name: str, count: int) -> None:
    if count < 0:
        raise ValueError(f"{name} is {count}: expected 0 or more")
