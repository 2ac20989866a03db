"""Where to look first in a run: the unit that carries one value longest, halfway along.

Where a write is carried (`longest_carries`) for at least a tenth of the run, the moment is the
middle of the longest carry, in the unit that carries it: what was written lies behind, and it is
still there. Where nothing is carried so long, or a run is too long to tell (`MOST_TERMS`), or a
cell has no writes, it is the middle of the run, in the unit with the longest time scale.
"""

from __future__ import annotations

from ..record import record
from ..run.trace import Trace
from .highlights import origins_within_reach
from .ordering import longest_first, time_scales
from .origins import Carry, longest_carries

SHORTEST = 0.1  # of the run: what a carry must last to be shown first


@record
class Moment:
    """A timestep and a unit at which there is something to see."""

    t: int
    unit: int


def moment(trace: Trace) -> Moment:
    """Return where to look first in the run of one sequence; ValueError for a batch."""
    carry = _longest(trace)
    if carry is not None and carry.timesteps >= SHORTEST * len(trace):
        return Moment(t=(carry.written + carry.until + 1) // 2, unit=carry.unit)
    return Moment(t=len(trace) // 2, unit=int(longest_first(time_scales(trace))[0]))


def _longest(trace: Trace) -> Carry | None:
    """The longest carry of all units; None where there is none, or the run is too long."""
    if trace.vocabulary.keeping_gate is None or not origins_within_reach(trace):
        return None
    carries = longest_carries(trace)
    return carries[0] if carries else None
