"""A trace's arrays in the order in which the cell ran, and gradients back in the reader's."""

from __future__ import annotations

import numpy as np

from ..record import Array
from ..run.trace import RunningOrder, Trace


class Timeline:
    """The way between a trace's arrays (..., T, ·) and running order (T, N, ·).

    N is the flattened batch. In running order timestep 0 is the one that the cell read first,
    whichever direction it ran in, and padding stands at the end.
    """

    def __init__(self, trace: Trace):
        self.leading = trace.input.shape[:-2]
        self.timesteps = trace.timesteps
        self.batch = int(np.prod(self.leading, dtype=int))
        lengths = None if trace.lengths is None else np.reshape(trace.lengths, self.batch)
        self.lengths: Array | None = lengths
        self._order = RunningOrder(self.timesteps, self.batch, lengths, trace.reverse)

    @property
    def padding(self) -> Array | None:
        """Where there is nothing to learn from: (T, N) of bool, or None."""
        return self._order.padding

    def running(self, values: Array) -> Array:
        """Put (..., T, ·) into running order, (T, N, ·): a view where that is possible."""
        axis = len(self.leading)
        by_time = np.moveaxis(values, axis, 0)
        return self._order.running(
            by_time.reshape(self.timesteps, self.batch, *values.shape[axis + 1 :])
        )

    def valid(self, values: Array) -> Array:
        """Put (..., T, ·) into running order with zeros for padding."""
        running = self.running(values)
        if self.padding is None:
            return running
        running = running.copy()
        running[self.padding] = 0
        return running

    def own(self, values: Array) -> Array:
        """Put (T, N, ·) back into the sequence's own order, (..., T, ·), padding zero."""
        values = self._order.own(values)
        split = values.reshape(self.timesteps, *self.leading, *values.shape[2:])
        return np.moveaxis(split, 0, len(self.leading))

    def flat(self, state: Array) -> Array:
        """Give a state (..., ·) one batch axis, (N, ·)."""
        return np.broadcast_to(state, (*self.leading, state.shape[-1])).reshape(self.batch, -1)

    def unflat(self, state: Array) -> Array:
        """Give (N, ·) its batch axes back, (..., ·)."""
        return state.reshape(*self.leading, state.shape[-1])
