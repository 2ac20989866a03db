"""Symbols and numbers that only fill sequences up to one length: recognised, and left out."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from lstm_core.record import Array

from ..arrays import shown
from ..files import counted
from .alphabets import Alphabet
from .drafts import Draft
from .notes import Notes
from .spelling import Spelled

LEAVE_OUT, READ_IT = "Yes, leave it out", "No, it is read"


def trimmed(given: list[Spelled], alphabet: Alphabet, notes: Notes) -> list[Spelled]:
    """Return sequences without the symbol that fills them all up to one length.

    A symbol that is called padding is left out; 0 among ids is asked about, and what is no symbol
    but may fill rows up, such as -1.
    """
    for symbol in _strange_ends(given, alphabet):
        for at_start in (False, True):
            if _stands_at(given, symbol, at_start):
                return _asked(given, symbol, at_start, alphabet, notes)
    if len(given) < 2 or len({len(one.symbols) for one in given}) > 1:
        return given
    for symbol in filter(None, (alphabet.padding, "0" if alphabet.ids else None)):
        for at_start in (False, True):
            if _pads(given, symbol, at_start):
                return _asked(given, symbol, at_start, alphabet, notes)
    return given


def _strange_ends(given: list[Spelled], alphabet: Alphabet) -> list[str]:
    """What stands first or last in a sequence, is no symbol and may only fill it up."""
    ends = dict.fromkeys(s for one in given for s in (one.symbols[-1:] + one.symbols[:1]))
    return [symbol for symbol in ends if alphabet.fills(symbol)]


def _asked(
    given: list[Spelled], symbol: str, at_start: bool, alphabet: Alphabet, notes: Notes
) -> list[Spelled]:
    """Sequences without what fills them up, if the reader agrees."""
    where = "first" if at_start else "last"
    known = symbol in alphabet.known
    why = "which stands nowhere else" if known else "which is not in the alphabet"
    wanted = notes.choose(
        "padding",
        f"The {where} symbols of some rows are {shown(symbol)!r}, {why}. Is it padding?",
        {LEAVE_OUT: True, READ_IT if known else "No": False},
        LEAVE_OUT,
        ask=symbol != alphabet.padding,
    )
    if not wanted:
        return given
    notes.remark(f"{shown(symbol)!r} fills up shorter rows: left out.")
    kept = list(_without(given, symbol, at_start))
    if len(kept) < len(given):
        rows = counted(len(given) - len(kept), "row")
        notes.remark(f"{rows} of nothing but {shown(symbol)!r}: left out.")
    return kept


def _ends(symbols: tuple[str, ...], symbol: str, at_start: bool) -> int:
    """How many times a symbol stands at one end."""
    ordered = symbols if at_start else symbols[::-1]
    return next((k for k, other in enumerate(ordered) if other != symbol), len(ordered))


def _pads(given: list[Spelled], symbol: str, at_start: bool) -> bool:
    """Whether a symbol stands at one end only, and not equally often in each sequence."""
    counts = {_ends(one.symbols, symbol, at_start) for one in given}
    return len(counts) > 1 and _stands_at(given, symbol, at_start)


def _stands_at(given: list[Spelled], symbol: str, at_start: bool) -> bool:
    """Whether a symbol stands at one end only, with others before or behind it."""
    counts = [_ends(one.symbols, symbol, at_start) for one in given]
    inside = sum(one.symbols.count(symbol) for one in given) - sum(counts)
    others = sum(len(one.symbols) for one in given) - sum(counts)
    return sum(counts) > 0 and inside == 0 and others > 0


def _without(given: list[Spelled], symbol: str, at_start: bool) -> Iterator[Spelled]:
    for one in given:
        count = _ends(one.symbols, symbol, at_start)
        kept = one.symbols[count:] if at_start else one.symbols[: len(one.symbols) - count]
        if kept:
            yield Spelled(
                symbols=kept,
                line=one.line,
                column=one.column,
                name=one.name,
                label=one.label,
            )


def unpadded(drafts: list[Draft], notes: Notes) -> list[Draft]:
    """Return sequences of numbers without the timesteps at their ends that only fill them up.

    Rows of one number, such as 0 or -1, that stand at one end of some sequences and nowhere else
    are asked about.
    """
    if len(drafts) < 2 or len({len(one.values) for one in drafts}) > 1:
        return drafts
    for at_start in (False, True):
        for number in _candidates(drafts, at_start):
            counts = [_run(one.values, number, at_start) for one in drafts]
            if not _fill_up(drafts, number, counts):
                continue
            where = "first" if at_start else "last"
            what = f"{number:g}" + (" in every input" if drafts[0].values.shape[1] > 1 else "")
            leave_out = notes.choose(
                "padding",
                f"The {where} timesteps of some sequences are {what}, which stands nowhere else. "
                "Is it padding?",
                {LEAVE_OUT: True, READ_IT: False},
                LEAVE_OUT,
            )
            if not leave_out:
                return drafts
            notes.remark(f"Timesteps of {number:g} fill up shorter sequences: left out.")
            return [one for one in _cut(drafts, counts, at_start) if len(one.values)]
    return drafts


def _candidates(drafts: list[Draft], at_start: bool) -> list[float]:
    """Numbers of which the first, or the last, timestep of a sequence consists; 0 comes first."""
    ends = np.stack([one.values[0 if at_start else -1] for one in drafts])
    alike = ends[(ends == ends[:, :1]).all(axis=1), 0]
    numbers, counts = np.unique(alike, return_counts=True)
    often = [float(n) for n, count in zip(numbers, counts, strict=True) if n == 0 or count > 1]
    return sorted(often, key=lambda number: number != 0)


def _run(values: Array, number: float, at_start: bool) -> int:
    """How many timesteps at one end consist of a number."""
    others = np.flatnonzero((values != number).any(axis=1))
    if not len(others):
        return len(values)
    return int(others[0]) if at_start else len(values) - 1 - int(others[-1])


def _fill_up(drafts: list[Draft], number: float, counts: list[int]) -> bool:
    """Whether timesteps of a number stand at one end only, and not equally many in each draft.

    One number that is met once is a value; except for 0, one must stand twice in a row.
    """
    everywhere = sum(int((one.values == number).all(axis=1).sum()) for one in drafts)
    known = sum(int((~np.isnan(one.values)).any(axis=1).sum()) for one in drafts)
    size = drafts[0].values.shape[1]
    often = sum(counts) > (size == 1) if number == 0 else max(counts) > 1
    return often and len(set(counts)) > 1 and sum(counts) == everywhere < known


def _cut(drafts: list[Draft], counts: list[int], at_start: bool) -> Iterator[Draft]:
    for one, count in zip(drafts, counts, strict=True):
        last = len(one.values)
        yield one.kept(np.arange(count, last) if at_start else np.arange(last - count))
