"""Where the memory comes from: the one write that most of a unit's memory goes back to.

The exact decomposition (`contributions`) has one term for each earlier timestep. A memory has an
origin where one term outweighs all others together: its share of Σ|terms|, with the initial state
as a term of its own, is at least a half. Trained networks often smear their memory over many
writes; then no term reaches a half, and there is no origin to name.
"""

from __future__ import annotations

import numpy as np

from ..record import Array, record
from ..run.trace import Trace
from .decomposition import contributions
from .writes import initial_memory, kept_share, writes

MAJORITY = 0.5  # of Σ|terms|: what a write must reach to be the origin of a memory
NOTICEABLE = 0.1  # of a unit's largest |memory| in the run: less counts as empty
INITIAL = -1  # in place of a timestep: the initial state


@record
class Origins:
    """The largest term of every unit's memory at every timestep of one sequence.

    `timestep` (T, H) is when that term was written, `INITIAL` for the initial state and for an
    empty memory; `share` (T, H), 0..1, is its part of Σ|terms|, 0 where the memory is empty;
    `memory` (T, H) is the memory itself.
    """

    timestep: Array
    share: Array
    memory: Array

    @property
    def known(self) -> Array:
        """Whether the memory has an origin, (T, H) bool.

        One term has at least the share `MAJORITY`, and the memory has at least `NOTICEABLE` of
        the largest size it reaches in the run.
        """
        return _is_known(self.share, self.memory, np.abs(self.memory).max(axis=0))


def origins(trace: Trace) -> Origins:
    """Return the largest term of every unit's memory at every timestep, for one sequence.

    Takes time proportional to T²·H. Raises ValueError for a batch, and for a standard RNN, whose
    memory is no sum of writes.
    """
    if trace.input.ndim != 2:
        raise ValueError(f"inputs are {trace.input.shape}: expected (timesteps, input_size)")
    keep = kept_share(trace).astype(np.float64)
    written = np.asarray(writes(trace), np.float64)
    terms = np.zeros((len(trace) + 1, keep.shape[1]))  # the last row is the initial state's
    terms[INITIAL] = initial_memory(trace)
    timestep, share = np.zeros(keep.shape, np.intp), np.zeros(keep.shape)
    read = np.arange(len(trace))[::-1] if trace.reverse else np.arange(len(trace))
    for t in read:
        terms *= keep[t]
        terms[t] = written[t]
        timestep[t], share[t] = _largest(np.abs(terms))
    timestep[(timestep == len(trace)) | (share == 0)] = INITIAL
    return Origins(timestep=timestep, share=share, memory=trace.series(trace.vocabulary.memory))


@record
class Origin:
    """The write that most of a unit's memory goes back to: its timestep, its part of Σ|terms|."""

    timestep: int
    share: float


def origin_at(trace: Trace, t: int, unit: int) -> Origin | None:
    """Return the origin of one unit's memory at timestep `t`; None where it has none.

    It is the one that `origins` knows there, in time proportional to T. The initial state, which
    no timestep wrote, is none. Raises as `contributions` does, and ValueError for a batch.
    """
    if trace.input.ndim != 2:
        raise ValueError(f"inputs are {trace.input.shape}: expected (timesteps, input_size)")
    parts = contributions(trace, t)
    terms = np.append(parts.written[:, unit], parts.initial[unit]).astype(np.float64)
    rows, shares = _largest(np.abs(terms)[:, np.newaxis])
    row, share = int(rows[0]), float(shares[0])
    memory = trace.series(trace.vocabulary.memory)[:, unit]
    if row == len(parts.timesteps) or not _is_known(share, memory[t], np.abs(memory).max()):
        return None
    return Origin(timestep=int(parts.timesteps[row]), share=share)


def _is_known(share: Array | float, memory: Array | float, reach: Array | float) -> Array:
    """Whether a memory has an origin; `reach` is the unit's largest |memory| in the run."""
    size = np.abs(memory)
    known: Array = (share >= MAJORITY) & (size >= NOTICEABLE * reach) & (size > 0)
    return known


def _largest(sizes: Array) -> tuple[Array, Array]:
    """The row of the largest of each column, and its share of the column's sum."""
    rows = sizes.argmax(axis=0)
    total = sizes.sum(axis=0)
    largest = np.take_along_axis(sizes, rows[np.newaxis], axis=0)[0]
    return rows, np.divide(largest, total, out=np.zeros(len(total)), where=total > 0)


@record
class Carry:
    """A value that a unit kept: written at timestep `written`, still there at timestep `until`.

    `share` is the write's part of Σ|terms| at `until`, `survived` the share of the write itself
    that is left there.
    """

    unit: int
    written: int
    until: int
    share: float
    survived: float

    @property
    def timesteps(self) -> int:
        """For how many timesteps the value was kept."""
        return abs(self.until - self.written)


def longest_carries(trace: Trace, origin: Origins | None = None) -> tuple[Carry, ...]:
    """Return the longest carry of each unit that has one, the longest first.

    A carry is a stretch of timesteps over which the memory goes back to one write of the run
    (`Origins.known`). The initial state, which no timestep wrote, begins none. Raises as
    `origins` does.
    """
    origin = origins(trace) if origin is None else origin
    carries = []
    for unit in range(origin.memory.shape[1]):
        carried = origin.known[:, unit] & (origin.timestep[:, unit] != INITIAL)
        (seen,) = carried.nonzero()
        if len(seen):
            ages = np.abs(seen - origin.timestep[seen, unit])
            carries.append(_carry(trace, origin, unit, int(seen[ages.argmax()])))
    return tuple(sorted(carries, key=lambda carry: (-carry.timesteps, carry.unit)))


def _carry(trace: Trace, origin: Origins, unit: int, until: int) -> Carry:
    """The carry of a unit that ends at timestep `until`."""
    written = int(origin.timestep[until, unit])
    low, high = sorted((written, until))
    between = slice(low, high) if trace.reverse else slice(low + 1, high + 1)
    return Carry(
        unit=unit,
        written=written,
        until=until,
        share=float(origin.share[until, unit]),
        survived=float(np.prod(kept_share(trace)[between, unit], dtype=np.float64)),
    )
