"""Letters behind a number that multiply it: 1.2k, 3 Mio., $4.5M, 2bn.

A letter that may as well be a unit, as K of kelvin, is asked about where every number has it.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

import pyarrow.compute as pc

from lstm_core.record import record

EXPONENTS = {
    **dict.fromkeys(("k", "K", "Tsd"), 3),
    **dict.fromkeys(("M", "Mio", "mln"), 6),
    **dict.fromkeys(("B", "bn", "Mrd"), 9),
}
"""The powers of ten by which letters multiply; m alone is metres."""

UNSURE = {"K": ("Thousands", "A unit: kelvin"), "B": ("Billions", "A unit: bytes")}
"""What a letter stands for that may multiply or be a unit, in words."""

WORDS = "|".join(sorted(EXPONENTS, key=len, reverse=True))
BEHIND = re.compile(rf"(?<=[0-9.,]) ?(?:{WORDS})\.?(?= ?[^ 0-9]*$)")


@record
class Multiples:
    """Texts with powers of ten for letters that multiply, and those `letters`.

    `unsure` says whether the letter may be a unit of all numbers.
    """

    texts: Any
    letters: tuple[str, ...] = ()
    unsure: bool = False


def without_letters(text: str) -> str:
    """Return a text without letters that multiply the number before them."""
    return BEHIND.sub("", text, count=1)


def multiples_of(texts: Any, money: bool, units: Collection[str]) -> Multiples:
    """Return number texts with their multiples as exponents: 1.2k becomes 1.2e3.

    `money` says whether a currency stood beside the numbers, `units` which letters are none of
    these to the reader.
    """
    found = pc.struct_field(pc.extract_regex(texts, rf"[0-9][.,]? ?(?P<m>{WORDS})\.?$"), "m")
    letters = tuple(letter for letter in pc.unique(found).to_pylist() if letter)
    if not letters:
        return Multiples(texts=texts)
    everywhere = len(found) - found.null_count == len(texts) - texts.null_count
    unsure = len(letters) == 1 and letters[0] in UNSURE and everywhere and not money
    if unsure and letters[0] in units:
        return Multiples(texts=texts, letters=letters, unsure=True)
    for letter in letters:
        behind = rf"([0-9][.,]?) ?{letter}\.?$"
        texts = pc.replace_substring_regex(texts, behind, rf"\1e{EXPONENTS[letter]}")
    return Multiples(texts=texts, letters=letters, unsure=unsure)
