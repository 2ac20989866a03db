"""A sequence as the text that a reader would type for it."""

from __future__ import annotations

import re

from lstm_core.sequence import Sequence


def text_of(sequence: Sequence, columns: tuple[str, ...] = ()) -> str:
    """Return a sequence as a text that is read again as the same.

    `columns` are what the network calls its numbers: where it reads several they stand in the
    first line, so that nobody has to ask in which order they come.
    """
    if sequence.numbers is None:
        symbols = sequence.symbols or ()
        return ("" if all(len(symbol) == 1 for symbol in symbols) else " ").join(symbols)
    lines = [", ".join(map(_spelled, row)) for row in sequence.numbers.tolist()]
    head = [", ".join(columns)] if len(columns) > 1 else []
    return "\n".join(head + lines)


def _spelled(value: float) -> str:
    """A number that cannot be taken for another: 1.234 could be 1234."""
    text = f"{value:.10g}"
    return text + "0" if re.fullmatch(r"-?\d{1,3}\.\d{3}", text) else text
