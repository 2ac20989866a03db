"""Numbers and texts as every language writes them: nothing here is a word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

FULL_WIDTH = re.compile(r"(?<=[。：；？！]) ")  # a space where a sign already has its own
NAME_LENGTH = 16
LONG_NAME = re.compile(rf"[\w./-]{{{NAME_LENGTH + 1},}}")
PART = re.compile(r"(?<=[./])")


def cut(text: str, length: int) -> str:
    """Return the text in one line, cut where it would fill the page."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"


def told_apart(labels: Sequence[str], length: int) -> list[str]:
    """Return the labels of a list, the longer ones with names of modules cut at the front.

    A name keeps as many of its last parts as it takes to tell it from all others, and more as
    long as they are short: "…0.lstm (LSTM)". Labels of at most `length` characters stay.
    """
    long = {name for one in labels if len(one) > length for name in LONG_NAME.findall(one)}
    parts = {name: PART.split(name) for name in long}
    most = max(map(len, parts.values()), default=1)
    least = next(
        (k for k in range(1, most) if len({tuple(p[-k:]) for p in parts.values()}) == len(long)),
        most,
    )
    ends = {name: _end(own, least) for name, own in parts.items()}
    return [
        LONG_NAME.sub(lambda name: ends[name[0]], one) if len(one) > length else one
        for one in labels
    ]


def _end(parts: list[str], least: int) -> str:
    kept = least
    while kept < len(parts) and len("".join(parts[-kept - 1 :])) < NAME_LENGTH:
        kept += 1
    return "".join(parts) if kept >= len(parts) else "…" + "".join(parts[-kept:])


def paragraph(sentences: Iterable[str]) -> str:
    """Return sentences one after the other, without empty ones, as their script parts them."""
    return FULL_WIDTH.sub("", " ".join(filter(None, sentences)))


def number(value: float) -> str:
    """Return a number as the page writes it: three decimals, a true minus sign, no minus zero."""
    value, size = value + 0.0, abs(value)
    if 0 < size < 0.0005 or size >= 1e6:
        text = f"{value:.1e}"
    else:
        text = f"{value:,.{3 if size < 100 else 1}f}"
    return text.replace("-", "−")


def short(value: float) -> str:
    """Return a number in two decimals, with a true minus sign."""
    return f"{value:.2f}".replace("-", "−")


def percent(share: float) -> str:
    """Return a probability as a percentage; what is not quite 0 or 1 never reads as if it were."""
    if 0 < share < 0.001:
        return "< 0.1 %"
    if 0.999 < share < 1:
        return "> 99.9 %"
    return f"{100 * share:.1f} %"


def thousands(number: int) -> str:
    """Return a round number as a tick: 300, 3k, 1M."""
    for size, letter in ((10**6, "M"), (10**3, "k")):
        if number >= size:
            return f"{number // size}{letter}"
    return str(number)


def visible(symbol: str) -> str:
    """Return a symbol as the stage writes it: white space gets a sign that stands for it."""
    return {" ": "␣", "\n": "↵", "\t": "⇥"}.get(symbol, symbol)


def activation_symbol(spelling: str) -> str:
    """Return how an activation is written in an equation: σ, tanh, hard σ."""
    name = spelling.partition("(")[0]
    return {"sigmoid": "σ", "hard_sigmoid": "hard σ", "identity": ""}.get(
        name, name.replace("_", " ")
    )


def is_counted(name: str) -> bool:
    """Return whether a column's name is only its number, as columns without names are called."""
    return re.fullmatch(r"column [0-9]+( \([0-9]+\))?|numbers|[0-9]+", name) is not None
