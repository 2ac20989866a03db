"""Which write the memory comes from, where a sentence may name one.

The criterion is that of `lstm_core.analysis.origins`: one write has at least half of all that is
still there, and the memory is not near zero. A sentence names it only where it is not the newest
write, the memory is large enough to be seen, and the writes add up to the memory.
"""

from __future__ import annotations

from lstm_core.analysis.decomposition import contributions
from lstm_core.analysis.origins import Origin, origin_at
from lstm_core.run.trace import Trace

SMALLEST = 1e-6  # what a smaller memory holds, nobody sees
SLACK = 1e-3  # how far the sum may lie from the memory, of its size and at least of 1


def origin_of(trace: Trace, t: int, unit: int) -> Origin | None:
    """Return where a unit's memory at timestep `t` comes from; None where no write is named."""
    memory = abs(float(trace.state.memory[t, unit]))
    if trace.vocabulary.keeping_gate is None or memory < SMALLEST:
        return None
    origin = origin_at(trace, t, unit)
    if origin is None or origin.timestep == t:
        return None
    total = float(contributions(trace, t).total[unit])
    off = abs(total - float(trace.state.memory[t, unit]))
    return origin if off <= SLACK * max(1.0, memory) else None
