"""How numbers stand in a sentence: rounded half up, a true minus, as many digits as add up."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext

MOST_DIGITS = 7  # beyond that a number of float32 has no more to say
LARGEST = 1e5  # from here on numbers are written as powers of ten
MORE_DIGITS = ((0, 0), (1, 0), (0, 1), (1, 1), (2, 1), (2, 2), (3, 3), (4, 4))
"""How many decimals two factors may have beyond those of their product; the fewest come first."""


def fixed(value: float, digits: int) -> str:
    """Return a number with so many decimals: `-0.126` with two is "−0.13"; never "−0.00"."""
    with localcontext() as context:
        context.rounding = ROUND_HALF_UP
        context.prec = 60
        size = abs(Decimal(value))
        if size >= LARGEST:
            return _sign(value, f"{size:.2e}")
        return _sign(value, str(size.quantize(Decimal(1).scaleb(-digits))))


def _sign(value: float, text: str) -> str:
    return f"−{text}" if value < 0 and float(text) != 0 else text


def number_of(text: str) -> float:
    """Return the number that `fixed` wrote."""
    return float(text.replace("−", "-"))


def factor(text: str) -> str:
    """Return a number as it stands behind a sign: a negative one in brackets."""
    return f"({text})" if text.startswith("−") else text


def least_digits(values: Sequence[float]) -> int:
    """Return how many decimals numbers of this size have on the page: 3, from 100 on 2 or 1."""
    size = max(abs(value) for value in values)
    return 1 if size >= 1000 else 2 if size >= 100 else 3


def adds_up(terms: Sequence[float], total: float, digits: int) -> bool:
    """Return whether terms that are rounded to so many decimals add up to the rounded total."""
    scale = 10**digits
    rounded = [_half_up(number_of(fixed(value, digits)) * scale) for value in (*terms, total)]
    return sum(rounded[:-1]) == rounded[-1]


def _half_up(value: float) -> int:
    """The nearest whole number, as JavaScript rounds: halves go up."""
    return math.floor(value + 0.5)


def digits_that_add_up(terms: Sequence[float], total: float, least: int) -> int | None:
    """Return the fewest decimals, at least `least`, with which the rounded terms add up."""
    return next((d for d in range(least, MOST_DIGITS + 1) if adds_up(terms, total, d)), None)


def factors(first: float, second: float, digits: int) -> tuple[str, str, bool]:
    """Return two factors as they are written, and whether they make their written product.

    The product has `digits` decimals, and the factors as few as it takes to multiply out.
    """
    product = fixed(first * second, digits)
    for more_first, more_second in MORE_DIGITS:
        pair = fixed(first, digits + more_first), fixed(second, digits + more_second)
        if fixed(number_of(pair[0]) * number_of(pair[1]), digits) == product:
            return *pair, True
    return fixed(first, digits), fixed(second, digits), False


def percentage(share: str) -> str:
    """Return a written share in percent, without its sign: "0.989" is "98.9", "1.000" is "100"."""
    value = number_of(share)
    whole = value in (0, 1)
    return fixed(100 * value, 0 if whole else max(len(share.partition(".")[2]) - 2, 0))
