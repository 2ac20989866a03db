"""How numbers stand in a sentence: rounded half up, a true minus, as many digits as add up."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext

MOST_DIGITS = 7  # beyond that a number of float32 has no more to say
LARGEST = 1e5  # from here on numbers are written as powers of ten
MORE_DIGITS = ((0, 0), (1, 0), (0, 1), (1, 1))  # of a percentage and of what it is of
FACTOR_DIGITS = 4  # how many digits a factor may have beyond those of its product


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
    """Return how many decimals numbers of this size need at least: 3 below 1, 1 from 100 on."""
    size = max(abs(value) for value in values)
    return 1 if size >= 100 else 2 if size >= 1 else 3


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


def multiplies(first: str, second: str, product: str, digits: int) -> bool:
    """Return whether two written factors make the written product of so many decimals."""
    return fixed(number_of(first) * number_of(second), digits) == product


def factors(first: float, second: float, digits: int) -> tuple[str, str, str]:
    """Return two factors and their product, written with the fewest digits that multiply out."""
    product = fixed(first * second, digits)
    for more in range(digits, digits + FACTOR_DIGITS + 1):
        pair = fixed(first, more), fixed(second, more)
        if multiplies(*pair, product, digits):
            return *pair, product
    return fixed(first, digits), fixed(second, digits), product


def percent_digits(share: float) -> int:
    """Return how many decimals a percentage has: one near 0 and 100 %, else none."""
    return 0 if share in (0.0, 1.0) or 0.01 <= share <= 0.99 else 1


def kept_of(share: float, whole: float, digits: int) -> tuple[str, str] | None:
    """Return a percentage and what it is of, if few digits are enough to make the kept part."""
    kept, least = fixed(share * whole, digits), percent_digits(share)
    for more_share, more_whole in MORE_DIGITS:
        pair = fixed(100 * share, least + more_share), fixed(whole, digits + more_whole)
        if fixed(number_of(pair[0]) * number_of(pair[1]) / 100, digits) == kept:
            return pair
    return None
