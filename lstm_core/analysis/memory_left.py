"""How much of the memory is left after k timesteps: one number for each k, exact for this run.

The memory m is the cell state of an LSTM and the hidden state of the other cells. Of a small change
of m at timestep t - k

    left_k = ‖∂m_t/∂m_{t-k}‖ / ‖∂m_t/∂m_t‖        (Frobenius)

is left at t: what a gradient loses or gains on its way back through k timesteps. Beside it stands
what the gates alone keep of what was written, ‖Π f‖, or ‖Π z‖ of a GRU.

It is `influence` without the derivatives by inputs and outputs, for the price of a part of it.

Sources: Hochreiter 1991; Bengio, Simard & Frasconi 1994 (the gradient that vanishes).
"""

from __future__ import annotations

import numpy as np

from ..gradients import StateGradient
from ..record import Array, record
from ..run.trace import Trace
from .chain import Chain, chain
from .curve import frobenius
from .influence import gates_alone


@record
class MemoryLeft:
    """How much of a change of the memory is left at `timestep`, by how long ago it was made."""

    timestep: int
    lags: Array  # (K,): 0, 1, ..., K - 1
    left: Array  # (K,): 1 at lag 0; inf where it overflows
    gates_alone: Array | None  # (K,): what the gates alone keep; None without such a gate


@np.errstate(over="ignore", invalid="ignore")
def memory_left(trace: Trace, t: int, last: int | None = None) -> MemoryLeft:
    """Return how much of the memory of each of the `last` timesteps read up to `t` is left at `t`.

    One sweep back with a row for each number of the memory: O(K·H·B·H·P). Raises ValueError for a
    batch, IndexError for a timestep that isn't there.
    """
    links = chain(trace, t, last)
    norms = []
    for after, step in links.sweep(_memory_rows(links)):
        matrix = after.hidden if step.cell is None else step.cell
        norms.append(float(frobenius(matrix, axes=2)))
    left = np.array(norms)
    kept = gates_alone(trace, links)
    alone = None if kept is None else frobenius(kept) / np.sqrt(kept.shape[1])
    return MemoryLeft(
        timestep=t,
        lags=np.arange(len(links)),
        left=left / left[0] if left[0] else left,
        gates_alone=alone if alone is None or trace.reverse else alone[::-1],
    )


def _memory_rows(links: Chain) -> StateGradient:
    """The gradients of each number of the memory by itself at t."""
    every = links.run.identity()
    if every.cell is None:
        return every
    split = links.output_size
    return StateGradient(every.hidden[split:], every.cell[split:])
