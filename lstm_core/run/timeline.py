"""The order in which a run reads its timesteps, and the way back to the sequence's own order."""

from __future__ import annotations

import math

import numpy as np

from ..record import Array


class Timeline:
    """The way between a trace's arrays (..., T, ·) and running order, (T, N, ·).

    N is the flattened batch. In running order timestep 0 is the one that the cell reads first,
    whichever direction it runs in, and padding stands at the end.
    """

    def __init__(
        self,
        leading: tuple[int, ...],
        timesteps: int,
        lengths: Array | None = None,
        reverse: bool = False,
    ):
        """Take the batch axes, T, the valid timesteps of each sequence (...,) and the direction."""
        self.leading, self.timesteps, self.reverse = leading, timesteps, reverse
        self.batch = math.prod(leading)
        self.lengths = lengths
        self.ends = np.full(self.batch, timesteps)  # (N,): where each sequence ends
        self.padding: Array | None = None
        self._mirror: Array | None = None
        if lengths is not None:
            self.ends = np.reshape(lengths, self.batch)
            time = np.arange(timesteps)[:, np.newaxis]
            self.padding = time >= self.ends  # (T, N) of bool
            if reverse:
                self._mirror = np.where(self.padding, time, self.ends - 1 - time)

    def running(self, values: Array) -> Array:
        """Put (..., T, ·) into running order, (T, N, ·): a view where that is possible."""
        rest = values.shape[len(self.leading) + 1 :]
        by_sequence = values.reshape(self.batch, self.timesteps, *rest)
        return self._turned(by_sequence.swapaxes(0, 1))

    def valid(self, values: Array) -> Array:
        """Put (..., T, ·) into running order with zeros for padding."""
        return self._zero_on_padding(self.running(values))

    def restored(self, values: Array) -> Array:
        """Put (T, N, ·) back into the sequence's own order, (..., T, ·), padding zero."""
        values = self._zero_on_padding(self._turned(values))  # turning is its own inverse
        by_sequence = values.swapaxes(0, 1)
        return by_sequence.reshape(*self.leading, *by_sequence.shape[1:])

    def states(self, values: Array) -> tuple[Array, Array, Array]:
        """Part a run's states (T + 1, N, ·), the initial one first.

        Returns the states before each timestep and those after it, both (..., T, ·), and the
        state after the last valid timestep, (..., ·).
        """
        final = values[self.ends, np.arange(self.batch)]
        return self.restored(values[:-1]), self.restored(values[1:]), self.unflat(final)

    def flat(self, state: Array) -> Array:
        """Give a state (..., ·) one batch axis, (N, ·)."""
        return np.broadcast_to(state, (*self.leading, state.shape[-1])).reshape(self.batch, -1)

    def unflat(self, state: Array) -> Array:
        """Give (N, ·) its batch axes back, (..., ·)."""
        return state.reshape(*self.leading, state.shape[-1])

    def _turned(self, values: Array) -> Array:
        """Turn (T, N, ·) round where the run is reversed, padding left at the end."""
        if self._mirror is not None:
            index = self._mirror.reshape(*self._mirror.shape, *(1,) * (values.ndim - 2))
            return np.take_along_axis(values, index, axis=0)
        return values[::-1] if self.reverse else values

    def _zero_on_padding(self, values: Array) -> Array:
        """The values (T, N, ·), whose padding stands at the end, with zeros there."""
        if self.padding is None:
            return values
        values = values.copy()
        values[self.padding] = 0
        return values
