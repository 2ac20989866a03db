"""Which write the memory comes from, where one stands out.

By the exact decomposition c_t = Σ_s survival(s, t)·written_s + survival·c_0 a unit's memory is a
sum of what was written at each timestep and is still there. One write is named by the criterion of
`lstm_core.analysis.origins`: it has at least half of that sum by size, and the memory is not near
zero. And only where it is not the newest one, and the sum really is the memory; else nothing is
said.
"""

from __future__ import annotations

import numpy as np

from lstm_core.analysis.decomposition import contributions
from lstm_core.analysis.origins import MAJORITY, NOTICEABLE
from lstm_core.record import record
from lstm_core.run.trace import Trace

SMALLEST = 1e-6  # what a smaller memory holds, nobody sees
SLACK = 1e-3  # how far the sum may lie from the memory, of its size and at least of 1


@record
class Origin:
    """The timestep of the largest write, and its share of all that was written, by size."""

    timestep: int
    share: float


def origin_of(trace: Trace, t: int, unit: int) -> Origin | None:
    """Return where a unit's memory at timestep `t` comes from; None where no write stands out."""
    if trace.vocabulary.keeping_gate is None:
        return None
    parts = contributions(trace, t)
    written = parts.written[:, unit].astype(np.float64)
    sizes = np.abs(written)
    initial = float(parts.initial[unit])
    memory = float(trace.state.memory[t, unit])
    total = float(sizes.sum()) + abs(initial)
    largest = int(sizes.argmax())
    timestep = int(parts.timesteps[largest])
    reach = float(np.abs(trace.state.memory[:, unit]).max())
    if not abs(memory) >= max(NOTICEABLE * reach, SMALLEST) or timestep == t:
        return None
    if abs(float(written.sum()) + initial - memory) > SLACK * max(1.0, abs(memory)):
        return None
    share = float(sizes[largest]) / total
    return Origin(timestep=timestep, share=share) if share >= MAJORITY else None
