"""Two runs side by side as NumPy arrays by name."""

from __future__ import annotations

import io

import numpy as np

from lstm_core.analysis.alignment import difference_along
from lstm_core.record import Array
from lstm_core.sequence import Sequence

from ..session.pairs import Pair, Side
from .trace_file import signals_of

FIRST, SECOND = "first", "second"


def pair_arrays(pair: Pair) -> bytes:
    """Return a .npz file: both runs, the alignment, and the difference of their memories.

    Signals are called "first." and "second." with the names of `signals_of`; "first.timesteps" and
    "second.timesteps" are the timesteps that are read at each place, -1 where none is.
    """
    arrays: dict[str, Array] = {}
    for name, side, places in (
        (FIRST, pair.first, pair.alignment.first),
        (SECOND, pair.second, pair.alignment.second),
    ):
        arrays |= {f"{name}.{signal}": values for signal, values in signals_of(side.run)}
        arrays |= {f"{name}.timesteps": places, f"{name}.{_kind(side.sequence)}": _values(side)}
    if pair.alike:
        arrays["difference"] = difference_along(pair.first.trace, pair.second.trace, pair.alignment)
    content = io.BytesIO()
    np.savez(content, allow_pickle=False, **arrays)
    return content.getvalue()


def _kind(sequence: Sequence) -> str:
    return "symbols" if sequence.numbers is None else "numbers"


def _values(side: Side) -> Array:
    numbers = side.sequence.numbers
    return np.array(side.sequence.symbols) if numbers is None else numbers
