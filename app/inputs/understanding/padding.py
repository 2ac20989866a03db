"""Symbols at the ends of rows that only fill them up to one length: recognised, and left out."""

from __future__ import annotations

from collections.abc import Iterator

from ..arrays import shown
from .alphabets import Alphabet
from .notes import Notes
from .spelling import Spelled


def trimmed(given: list[Spelled], alphabet: Alphabet, notes: Notes) -> list[Spelled]:
    """Return sequences without the symbol that fills them all up to one length.

    A symbol that is called padding is left out; 0 among ids is asked about.
    """
    if len(given) < 2 or len({len(one.symbols) for one in given}) > 1:
        return given
    for symbol in filter(None, (alphabet.padding, "0" if alphabet.ids else None)):
        for at_start in (False, True):
            if not _pads(given, symbol, at_start):
                continue
            where = "first" if at_start else "last"
            wanted = notes.choose(
                "padding",
                f"The {where} symbols of some rows are {shown(symbol)!r}, which stands nowhere "
                "else. Is it padding?",
                {"Yes, leave it out": True, "No, it is read": False},
                "Yes, leave it out",
                ask=symbol != alphabet.padding,
            )
            if wanted:
                notes.remark(f"{shown(symbol)!r} fills up shorter rows: left out.")
                return list(_without(given, symbol, at_start))
            return given
    return given


def _ends(symbols: tuple[str, ...], symbol: str, at_start: bool) -> int:
    """How many times a symbol stands at one end."""
    ordered = symbols if at_start else symbols[::-1]
    return next((k for k, other in enumerate(ordered) if other != symbol), len(ordered))


def _pads(given: list[Spelled], symbol: str, at_start: bool) -> bool:
    counts = [_ends(one.symbols, symbol, at_start) for one in given]
    inside = sum(one.symbols.count(symbol) for one in given) - sum(counts)
    return sum(counts) > 0 and inside == 0 and len(set(counts)) > 1


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
