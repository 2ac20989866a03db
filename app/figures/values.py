"""A trace as tables: the same numbers as on the stage, for reading and for taking home."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lstm_core.run.trace import Trace
from lstm_core.vocabulary import Signal


def units_table(trace: Trace, t: int) -> pd.DataFrame:
    """Return every signal (columns) of every unit (rows) at timestep `t`."""
    frame = pd.DataFrame({s.title: trace.series(s.name)[t] for s in _per_unit(trace)})
    frame.index.name = "unit"
    return frame


def timesteps_table(trace: Trace, unit: int, tokens: tuple[str, ...] = ()) -> pd.DataFrame:
    """Return every signal (columns) of one unit at every timestep (rows).

    `tokens` (T), where given, become the first column: what was read.
    """
    columns = {s.title: trace.series(s.name)[:, unit] for s in _per_unit(trace)}
    frame = pd.DataFrame({"reads": tokens, **columns} if tokens else columns)
    frame.index.name = "timestep"
    return frame


def run_table(trace: Trace, tokens: tuple[str, ...] = ()) -> pd.DataFrame:
    """Return the whole run: a row per timestep and unit, a column per signal."""
    timesteps, units = len(trace), trace.parameters.hidden_size
    frame = pd.DataFrame(
        {
            "timestep": np.repeat(np.arange(timesteps), units),
            "unit": np.tile(np.arange(units), timesteps),
        }
    )
    if tokens:
        frame.insert(1, "reads", np.repeat(np.array(tokens, dtype=object), units))
    for signal in _per_unit(trace):
        frame[signal.title] = trace.series(signal.name).ravel()
    return frame


def _per_unit(trace: Trace) -> list[Signal]:
    """The signals that have a value for each of the H units (a projected h has its own width)."""
    units = trace.parameters.hidden_size
    return [s for s in trace.vocabulary.signals if trace.series(s.name).shape[-1] == units]
