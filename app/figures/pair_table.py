"""Two runs side by side as a table: what each reads, and every unit's memory in both."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from lstm_core.analysis.alignment import NOTHING, Alignment, difference_along, memory_along
from lstm_core.record import Array
from lstm_core.run.trace import Trace

from ..words import pair as words


def pair_table(
    first: Trace,
    second: Trace,
    alignment: Alignment,
    symbols: tuple[Sequence[str], Sequence[str]] = ((), ()),
    *,
    alike: bool = True,
) -> pd.DataFrame:
    """Return one row for each place of an alignment, with the memories of both runs there.

    Where units can be held against each other (`alike`) their difference stands there, too. A
    timestep is empty where nothing is read. `symbols` are those that were read, if they were.
    """
    sides = (
        (words.A, first, alignment.first, symbols[0]),
        (words.B, second, alignment.second, symbols[1]),
    )
    columns: dict[str, object] = {"place": np.arange(len(alignment))}
    for letter, _, places, read in sides:
        columns |= _read(letter, places, read)
    for letter, trace, places, _ in sides:
        symbol = {s.name: s.symbol for s in trace.vocabulary.recorded}[trace.vocabulary.memory]
        columns |= _units(f"{letter}: {symbol}", memory_along(trace, places))
    if alike:
        columns |= _units(words.DIFFERENCE, difference_along(first, second, alignment))
    return pd.DataFrame(columns)


def _read(letter: str, places: Array, symbols: Sequence[str]) -> dict[str, object]:
    """The timesteps of one run, and the symbols that it read."""
    timesteps = pd.array([None if t == NOTHING else int(t) for t in places], "Int64")
    read: dict[str, object] = {f"{letter}: timestep": timesteps}
    if symbols:
        read[f"{letter}: reads"] = ["" if t == NOTHING else symbols[t] for t in places]
    return read


def _units(title: str, values: Array) -> dict[str, object]:
    return {f"{title}[{unit}]": values[:, unit] for unit in range(values.shape[1])}
