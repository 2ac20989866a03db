"""One unit over many sequences: what its gates do, and which symbols drive it.

What drives a memory at a timestep is by how much it changes there, c_t - c_{t-1} (of a GRU and a
standard RNN h_t - h_{t-1}); for a symbol it is the mean over all timesteps at which it is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from ..record import Array, record
from ..run.trace import Trace
from .time_scales import OPEN, SHUT

QUANTILES = (0.1, 0.5, 0.9)


@record
class GateStatistics:
    """What one gate of a unit does over all timesteps of some runs.

    `mean`, the `quantiles` at 10, 50 and 90 %, and the shares of timesteps at which it is `shut`
    (below 0.1) and `open` (above 0.9), 0..1.
    """

    signal: str
    mean: float
    quantiles: tuple[float, float, float]
    shut: float
    open: float


@record
class Drive:
    """By how much a unit's memory changes on average when `symbol` is read, `count` times."""

    symbol: str
    count: int
    change: float


def gate_statistics(traces: Sequence[Trace], unit: int) -> tuple[GateStatistics, ...]:
    """Return what each gate of one unit does over runs of one cell; () for a standard RNN.

    Raises ValueError for no runs, and for a unit that there is not.
    """
    if not traces:
        raise ValueError("there are no runs: expected at least one")
    units = traces[0].parameters.hidden_size
    if not 0 <= unit < units:
        raise ValueError(f"unit is {unit}: expected 0..{units - 1}")
    gates = [s.name for s in traces[0].vocabulary.recorded if s.role == "gate"]
    return tuple(
        _statistics(name, np.concatenate([trace.series(name)[:, unit] for trace in traces]))
        for name in gates
    )


def _statistics(name: str, values: Array) -> GateStatistics:
    low, middle, high = (float(q) for q in np.quantile(values, QUANTILES))
    return GateStatistics(
        signal=name,
        mean=float(values.mean(dtype=np.float64)),
        quantiles=(low, middle, high),
        shut=float((values < SHUT).mean()),
        open=float((values > OPEN).mean()),
    )


def memory_change(trace: Trace, unit: int) -> Array:
    """Return by how much a unit's memory changes at each timestep of one run, (T,) in float64."""
    after, before = trace.state.memory[:, unit], trace.previous.memory[:, unit]
    return after.astype(np.float64) - before.astype(np.float64)


def drives(read: Iterable[tuple[Sequence[str], Array]]) -> tuple[Drive, ...]:
    """Return how each symbol drives a unit, that which raises its memory most first.

    `read` has for each run its symbols and what the memory changed by at each, (T,) (see
    `memory_change`). Raises ValueError where the two are not as long as each other.
    """
    symbols: list[str] = []
    changes: list[Array] = []
    for tokens, change in read:
        if len(tokens) != len(change):
            raise ValueError(f"{len(tokens)} symbols and {len(change)} changes: expected as many")
        symbols.extend(tokens)
        changes.append(change)
    if not symbols:
        return ()
    names, place = np.unique(np.array(symbols, object).astype(str), return_inverse=True)
    counts = np.bincount(place)
    means = np.bincount(place, weights=np.concatenate(changes)) / counts
    rows = zip(names, counts, means, strict=True)
    drawn = (Drive(symbol=str(s), count=int(n), change=float(mean)) for s, n, mean in rows)
    return tuple(sorted(drawn, key=lambda drive: -drive.change))
