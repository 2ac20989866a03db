"""Two sequences side by side: which timestep of one stands beside which of the other.

By position, or by the fewest edits (Levenshtein 1966): symbols that are the same stand beside each
other, and what one sequence has and the other has not stands beside nothing.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from ..record import Array, record
from ..run.trace import Trace

How = Literal["position", "edits"]
NOTHING = -1  # in place of a timestep: the other sequence has none here
LONGEST = 2000  # timesteps of either sequence that are aligned by edits


@record
class Alignment:
    """Pairs of timesteps, (n,) each, in order; `NOTHING` where one sequence has none.

    `cost` is how many edits it takes, or at how many positions both differ.
    """

    first: Array
    second: Array
    cost: int

    @property
    def pairs(self) -> Array:
        """Whether both sequences have a timestep, (n,) bool."""
        both: Array = (self.first != NOTHING) & (self.second != NOTHING)
        return both

    def __len__(self) -> int:
        return len(self.first)


def aligned(first: Array, second: Array, how: How = "edits") -> Alignment:
    """Return how two sequences of symbols or whole numbers, (n,) and (m,), stand side by side.

    Raises ValueError for sequences that are too long to be aligned by edits (`LONGEST`).
    """
    first, second = np.asarray(first), np.asarray(second)
    if how == "position":
        return _by_position(first, second)
    if max(len(first), len(second)) > LONGEST:
        raise ValueError(
            f"sequences have {len(first)} and {len(second)} timesteps: expected at most {LONGEST}"
        )
    return _by_edits(first, second)


def _by_position(first: Array, second: Array) -> Alignment:
    length, both = max(len(first), len(second)), min(len(first), len(second))
    time = np.arange(length)
    return Alignment(
        first=np.where(time < len(first), time, NOTHING),
        second=np.where(time < len(second), time, NOTHING),
        cost=int((first[:both] != second[:both]).sum()) + length - both,
    )


def _by_edits(first: Array, second: Array) -> Alignment:
    """Fill the table of distances row by row, and walk back from its end."""
    n, m = len(first), len(second)
    table = np.zeros((n + 1, m + 1), np.int32)
    table[0] = np.arange(m + 1)
    offset = np.arange(m + 1)
    for k in range(1, n + 1):
        row = np.empty(m + 1, np.int32)
        row[0] = k
        row[1:] = np.minimum(table[k - 1, 1:] + 1, table[k - 1, :-1] + (second != first[k - 1]))
        table[k] = np.minimum.accumulate(row - offset) + offset
    return _walked_back(table, first, second)


def _walked_back(table: Array, first: Array, second: Array) -> Alignment:
    a, b = len(first), len(second)
    pairs = []
    while a or b:
        here = table[a, b]
        if a and b and here == table[a - 1, b - 1] + (first[a - 1] != second[b - 1]):
            a, b = a - 1, b - 1
            pairs.append((a, b))
        elif a and here == table[a - 1, b] + 1:
            a -= 1
            pairs.append((a, NOTHING))
        else:
            b -= 1
            pairs.append((NOTHING, b))
    places = np.array(pairs[::-1], np.intp).reshape(-1, 2)
    return Alignment(first=places[:, 0], second=places[:, 1], cost=int(table[-1, -1]))


def memory_along(trace: Trace, places: Array) -> Array:
    """Return the memory of one run at each of n places of an alignment, (n, H).

    `places` (n,) are the run's own timesteps. Where it reads nothing (`NOTHING`) its memory stays
    what it was; before the first timestep that it reads, that is what it began with.
    """
    order = slice(None, None, -1 if trace.reverse else 1)
    memory, start = trace.state.memory[order], trace.previous.memory[order][:1]
    read = np.cumsum(places[order] != NOTHING)
    along: Array = np.concatenate([start, memory])[read][order]
    return along


def difference_along(first: Trace, second: Trace, alignment: Alignment) -> Array:
    """Return what every unit remembers more in the second run, B - A, (n, H), place by place.

    The runs have as many units; where one reads nothing, see `memory_along`.
    """
    return memory_along(second, alignment.second) - memory_along(first, alignment.first)


@record
class Parting:
    """Where two runs part: the pair of timesteps, and the unit that differs most there.

    `place` counts the pairs of the alignment from 0; `difference` is B - A of that unit.
    """

    place: int
    first: int
    second: int
    unit: int
    difference: float


def parting(first: Trace, second: Trace, alignment: Alignment, signal: str) -> Parting | None:
    """Return where a signal of two runs first differs by more than a tenth of its largest size.

    First is as the runs read: the last such timestep of two that read backwards. Pairs in which
    only one sequence has a timestep are passed over. None where the runs never part so far. The
    runs have as many units.
    """
    here = np.flatnonzero(alignment.pairs)
    a, b = first.series(signal), second.series(signal)
    apart = b[alignment.second[here]] - a[alignment.first[here]]
    size = max(float(np.abs(a).max(initial=0)), float(np.abs(b).max(initial=0)))
    far = np.flatnonzero(np.abs(apart).max(axis=1) > size / 10)
    if not len(far):
        return None
    k = int(far[-1 if first.reverse else 0])
    unit = int(np.abs(apart[k]).argmax())
    return Parting(
        place=int(here[k]),
        first=int(alignment.first[here[k]]),
        second=int(alignment.second[here[k]]),
        unit=unit,
        difference=float(apart[k, unit]),
    )
