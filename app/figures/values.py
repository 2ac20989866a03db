"""A trace as tables: the same numbers as on the stage, for reading and for taking home."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from lstm_core.run.trace import Trace


def units_table(trace: Trace, t: int) -> pd.DataFrame:
    """Return every signal (columns) of every unit (rows) at timestep `t`."""
    frame = pd.DataFrame({s.title: trace.series(s.name)[t] for s in trace.unit_signals})
    frame.index.name = "unit"
    return frame


def timesteps_table(
    trace: Trace, unit: int, tokens: tuple[str, ...] = (), times: tuple[str, ...] = ()
) -> pd.DataFrame:
    """Return every signal (columns) of one unit at every timestep (rows).

    `times` (T) and `tokens` (T), where given, become the first columns: the time stamps, and what
    was read.
    """
    columns = {s.title: trace.series(s.name)[:, unit] for s in trace.unit_signals}
    frame = pd.DataFrame({**_texts(times, tokens), **columns})
    frame.index.name = "timestep"
    return frame


def run_table(
    trace: Trace, tokens: tuple[str, ...] = (), times: tuple[str, ...] = ()
) -> pd.DataFrame:
    """Return the whole run: a row per timestep and unit, a column per signal.

    `times` (T) and `tokens` (T) are columns of their own where they are given.
    """
    timesteps, units = len(trace), trace.parameters.hidden_size
    frame = pd.DataFrame(
        {
            "timestep": np.repeat(np.arange(timesteps), units),
            "unit": np.tile(np.arange(units), timesteps),
        }
    )
    for place, (name, texts) in enumerate(_texts(times, tokens).items(), start=1):
        frame.insert(place, name, np.repeat(np.array(texts, dtype=object), units))
    for signal in trace.unit_signals:
        frame[signal.title] = trace.series(signal.name).ravel()
    return frame


def runs_table(
    traces: Mapping[str, Trace], tokens: tuple[str, ...] = (), times: tuple[str, ...] = ()
) -> pd.DataFrame:
    """Return the runs of several networks, one below the other, as `run_table` has each.

    The first column is the network's name. A signal that a cell does not have is empty.
    """
    tables = {name: run_table(trace, tokens, times) for name, trace in traces.items()}
    return pd.concat(tables, names=["network"]).reset_index(level=0)


def _texts(times: tuple[str, ...], tokens: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The columns of texts that there are, by name."""
    return {name: texts for name, texts in (("time", times), ("reads", tokens)) if texts}
