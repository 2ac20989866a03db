"""Two runs side by side as NumPy arrays by name."""

from __future__ import annotations

import io

import numpy as np

from lstm_core.analysis.alignment import difference_along
from lstm_core.record import Array

from ..session.pairs import Pair
from .trace_file import sequence_array, signals_of

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
        kind, values = sequence_array(side.sequence)
        arrays |= {f"{name}.timesteps": places, f"{name}.{kind}": values}
    if pair.alike:
        arrays["difference"] = difference_along(pair.first.trace, pair.second.trace, pair.alignment)
    content = io.BytesIO()
    np.savez(content, allow_pickle=False, **arrays)
    return content.getvalue()
