"""How equations are written: four notations of the same sums, as textbooks and libraries have them.

    x·Wf + h₋·Uf + bf                                      ours, and Keras's letters
    x·Uf + h₋·Wf + bf                                      CS224n: W and U the other way round
    [h₋, x]·Wf + bf                                        Colah, Coursera: one matrix for both
    x·kernel_f + h₋·recurrent_kernel_f + bias_f            Keras's names

Only letters change, never what is multiplied.
"""

from __future__ import annotations

import re
from functools import lru_cache

JOINABLE = re.compile(r"x·W(\w?) \+ h₋·U\1(?!\w)")
SYMBOL = re.compile(r"(?<![\w_])([WUb])([a-z]?)(?![\w(])")
NAMES = {"W": "kernel", "U": "recurrent_kernel", "b": "bias"}
SWAPPED = {"W": "U", "U": "W", "b": "b"}


@lru_cache(maxsize=1024)
def in_notation(equation: str, notation: str) -> str:
    """Return an equation of ours in another notation: "split", "cs224n", "joined" or "names".

    What a notation has no form for stays as it is: where a GRU resets after the product, x and h₋
    cannot be joined. An unknown notation is "split".
    """
    if notation == "joined":
        return JOINABLE.sub(r"[h₋, x]·W\1", equation)
    if notation == "cs224n":
        return SYMBOL.sub(lambda found: SWAPPED[found[1]] + found[2], equation)
    if notation == "names":
        return SYMBOL.sub(_name, equation)
    return equation


def _name(match: re.Match[str]) -> str:
    return NAMES[match[1]] + (f"_{match[2]}" if match[2] else "")
