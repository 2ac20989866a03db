"""Symbols that the alphabet does not have: its unknown token, the other case, or refused."""

from __future__ import annotations

import numpy as np

from lstm_core.record import record
from lstm_core.sequence import Sequence

from ..arrays import shown
from ..files import UploadError, counted
from .alphabets import Alphabet
from .notes import Notes


@record
class Spelled:
    """The symbols of one sequence, and what it is called.

    `line` is where it begins, `column` what the table calls it, or "".
    """

    symbols: tuple[str, ...]
    line: int
    column: str = ""
    name: str = ""
    label: str | None = None
    times: tuple[str, ...] | None = None


def sequences_of(given: list[Spelled], alphabet: Alphabet, notes: Notes) -> tuple[Sequence, ...]:
    """Return sequences of symbols of the alphabet.

    Strangers become small or capital letters, or the alphabet's unknown token, with a remark;
    else UploadError names the first of them.
    """
    strange = _strangers(given, alphabet)
    if strange and _in_other_case(strange, alphabet, notes):
        given = [_recased(one, alphabet) for one in given]
        strange = _strangers(given, alphabet)
    if strange:
        _expect_unknown(given, strange, alphabet, notes)
    place = {symbol: k for k, symbol in enumerate(alphabet.symbols)}
    unknown = place.get(alphabet.unknown or "", 0)
    return tuple(
        Sequence(
            places=np.fromiter((place.get(s, unknown) for s in one.symbols), np.int64),
            alphabet=alphabet.symbols,
            name=one.name or notes.name,
            label=one.label,
            times=one.times,
        )
        for one in given
    )


def _strangers(given: list[Spelled], alphabet: Alphabet) -> dict[str, int]:
    """How often each symbol stands that the alphabet does not have."""
    counts: dict[str, int] = {}
    for one in given:
        for symbol in one.symbols:
            if symbol not in alphabet.known:
                counts[symbol] = counts.get(symbol, 0) + 1
    return counts


def _in_other_case(strange: dict[str, int], alphabet: Alphabet, notes: Notes) -> bool:
    """Whether the reader takes letters of the other case for those of the alphabet."""
    recased = [s for s in strange if alphabet.other_case(s) != s]
    if not recased or (len(recased) < len(strange) and alphabet.unknown is None):
        return False
    example = recased[0]
    wanted = notes.choose(
        "case",
        f"{shown(example)!r} is not in the alphabet, {shown(alphabet.other_case(example))!r} is. "
        "Are capital and small letters the same?",
        {"Yes, take one for the other": True, "No": False},
        "Yes, take one for the other",
    )
    if wanted:
        notes.remark(
            "Capital and small letters are taken for one another where only one is in the alphabet."
        )
    return bool(wanted)


def _recased(one: Spelled, alphabet: Alphabet) -> Spelled:
    symbols = tuple(s if s in alphabet.known else alphabet.other_case(s) for s in one.symbols)
    return Spelled(
        symbols=symbols,
        line=one.line,
        column=one.column,
        name=one.name,
        label=one.label,
        times=one.times,
    )


def _expect_unknown(
    given: list[Spelled], strange: dict[str, int], alphabet: Alphabet, notes: Notes
) -> None:
    """Say which symbols are read as the unknown token; UploadError where there is none."""
    one, at = next(
        (one, k)
        for one in given
        for k, symbol in enumerate(one.symbols)
        if symbol not in alphabet.known
    )
    column = f", column {shown(one.column)!r}" if one.column else ""
    where = f"line {one.line:,}{column}, position {at + 1:,}"
    symbol = shown(one.symbols[at])
    total = sum(len(one.symbols) for one in given)
    count = sum(strange.values())
    if alphabet.unknown is None:
        raise UploadError(
            f"{shown(notes.name)}, {where}: {symbol!r} is not in the alphabet; allowed are "
            f"{_some(alphabet)}."
        )
    if count > 0.5 * total:
        raise UploadError(
            f"{shown(notes.name)}: {count:,} of {total:,} symbols are not in the alphabet, the "
            f"first {symbol!r} in {where}; allowed are {_some(alphabet)}."
        )
    notes.remark(
        f"{counted(count, 'symbol')} not in the alphabet, the first {symbol!r} in {where}: read as "
        f"{alphabet.unknown!r}."
    )


def _some(alphabet: Alphabet) -> str:
    listed = " ".join(repr(symbol)[1:-1] for symbol in alphabet.symbols[:40])
    return listed + (" …" if len(alphabet.symbols) > 40 else "")
