"""What a stage can play: a trace, or the memory of a run beside that of another."""

from __future__ import annotations

from dataclasses import replace

from lstm_core.cells.common import Parameters
from lstm_core.record import Array, record
from lstm_core.run.trace import Trace
from lstm_core.vocabulary import CellVocabulary, Signal


@record
class MemoryAlong:
    """The memory of a run at each of n places of an alignment, (n, H): a trace of one signal.

    `signal` says what the values are: the memory of a run, or how much more of it one run has than
    another. `trace` is the run, or the first of them.
    """

    trace: Trace
    signal: Signal
    values: Array

    @property
    def vocabulary(self) -> CellVocabulary:
        """The cell's vocabulary, with this signal alone."""
        return replace(self.trace.vocabulary, recorded=(self.signal,), terms=())

    @property
    def parameters(self) -> Parameters:
        """The parameters of the cell."""
        return self.trace.parameters

    @property
    def reverse(self) -> bool:
        """Whether the run reads from the end."""
        return self.trace.reverse

    def series(self, name: str) -> Array:
        """Return the values, (n, H); ValueError for another signal."""
        if name != self.signal.name:
            raise ValueError(f"signal is {name!r}: here is {self.signal.name}")
        return self.values

    def __len__(self) -> int:
        return len(self.values)


Played = Trace | MemoryAlong
