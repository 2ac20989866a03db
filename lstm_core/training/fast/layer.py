"""What every cell's layer shares: one stack that it reads, one product, gradients on the way back.

At each timestep a cell reads a stack of rows, [h₋ 1 x], so that h₋·U + b + x·W is one matrix
product; on the way back the gradients of U, b and W are one product too. The stack is
(T + 1, rows, N). Symbols of a large alphabet are not multiplied: their column of W is
taken from a table.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

import numpy as np

from ...cells.common import State
from ...record import Array, record
from .buffers import Buffers

MULTIPLIED_SYMBOLS = 32  # a larger alphabet is looked up
CHUNK = 2**16  # numbers that are worked on while they are in the cache


@record
class Inputs:
    """What a layer reads: numbers (T, D, N), or symbols' places (T, N) in an alphabet of D."""

    values: Array
    size: int  # D
    places: bool = False

    @property
    def looked_up(self) -> bool:
        """Whether symbols go through a table."""
        return self.places and self.size > MULTIPLIED_SYMBOLS


class FastLayer(ABC):
    """One layer's run over one batch. `run` fills the stack, `back` goes back through it."""

    def __init__(
        self, parameters: Any, kernel: Array, inputs: Inputs, start: State, buffers: Buffers
    ):
        """Take the layer's parameters, with `kernel` (D, B·H) in the place of their own."""
        self.parameters, self.kernel = parameters, kernel
        self.inputs, self.buffers = inputs, buffers
        self.timesteps, self.batch = len(inputs.values), inputs.values.shape[-1]
        self.hidden_size = parameters.hidden_size
        width = self.hidden_size + 1 + (0 if inputs.looked_up else inputs.size)
        self.stack = buffers.array("stack", self.timesteps + 1, width, self.batch)
        self.stack[0, : self.hidden_size] = start.hidden_state.T
        self.stack[:, self.hidden_size] = 1
        self._fill(self.stack[:-1, self.hidden_size + 1 :])
        self.run(start)
        self._stack_by_row = buffers.array("stack by row", width, self.timesteps + 1, self.batch)
        np.copyto(self._stack_by_row, self.stack.transpose(1, 0, 2))

    def _fill(self, rows: Array) -> None:
        inputs = self.inputs
        if not inputs.places:
            np.copyto(rows, inputs.values)
        elif not inputs.looked_up:
            rows[...] = 0
            np.put_along_axis(rows, inputs.values[:, np.newaxis], 1, axis=1)

    @abstractmethod
    def run(self, start: State) -> None:
        """Run all timesteps: the hidden states are the stack's first rows."""

    @abstractmethod
    def local_derivatives(self, first: int, last: int, out: Array) -> None:
        """Write what timesteps first..last-1 do to a gradient into `out`, (·, blocks, H, N)."""

    @abstractmethod
    def through_time(self, d_own: Array, moves: Array, added: Array | None) -> None:
        """Go back through a chunk; `moves` are its local derivatives and become gradients.

        `added` joins the gradients of some preactivations, see `from_writes`.
        """

    def written(self) -> Array | None:
        """Return what is written at each timestep, (T, H, N); None where nothing is."""
        return None

    def from_writes(self, d_written: Array, moves: Array, first: int) -> Array | None:
        """Return what gradients by the writes of a chunk add to those of its preactivations.

        `d_written` is (·, H, N), `moves` the chunk's local derivatives, `first` its first timestep.
        """
        return None

    def write_cost(self, lengths: Array | None) -> float:
        """Return the mean size of a write over units and valid timesteps; 0 without writes."""
        written = self.written()
        if written is None or not self._valid_timesteps(lengths):
            return 0.0
        sizes = np.abs(written) if lengths is None else np.abs(written) * self._valid(lengths)
        count = self._valid_timesteps(lengths) * self.hidden_size
        return float(sizes.sum(dtype=np.float64) / count)

    def write_gradient(self, penalty: float, lengths: Array | None) -> Array | None:
        """Return λ ∂ mean |w| / ∂w, (T, H, N); None where writing costs nothing."""
        written = self.written() if penalty else None
        if written is None or not self._valid_timesteps(lengths):
            return None
        share = penalty / (self._valid_timesteps(lengths) * self.hidden_size)
        gradient: Array = np.sign(written) * written.dtype.type(share)
        return gradient if lengths is None else gradient * self._valid(lengths)

    def _valid(self, lengths: Array) -> Array:
        """Whether a timestep is within its sequence, (T, 1, N)."""
        return (np.arange(self.timesteps)[:, np.newaxis] < lengths)[:, np.newaxis]

    def _valid_timesteps(self, lengths: Array | None) -> int:
        """How many timesteps all sequences have together."""
        return self.timesteps * self.batch if lengths is None else int(lengths.sum())

    @abstractmethod
    def gradients(self) -> dict[str, Array]:
        """Return ∂L/∂ each of the parameters, by their names, after `back`."""

    @property
    @abstractmethod
    def blocks(self) -> tuple[int, slice]:
        """How many blocks a timestep's derivatives have, and which are preactivations'."""

    @property
    def hidden(self) -> Array:
        """The hidden states, (H, T·N)."""
        return self._stack_by_row[: self.hidden_size, 1:].reshape(self.hidden_size, -1)

    def final(self, lengths: Array | None) -> Any:
        """Return the state after the last valid timestep, arrays (N, ·)."""
        return State(hidden_state=self.at(self.stack[:, : self.hidden_size], lengths))

    def at(self, series: Array, lengths: Array | None) -> Array:
        """The state (N, ·) after `lengths` timesteps, from (T + 1, ·, N)."""
        if lengths is None:
            lengths = np.full(self.batch, len(series) - 1)
        states: Array = series[lengths, :, np.arange(self.batch)]
        return states

    def back(self, d_hidden: Array, d_written: Array | None = None) -> None:
        """Go back through time from ∂L/∂h (T, H, N), chunk by chunk.

        `d_written` (T, H, N) is ∂L/∂ what is written, None where the loss does not speak of it.
        """
        count, preactivations = self.blocks
        shape = (self.hidden_size, self.batch)
        length = max(1, CHUNK // (count * shape[0] * shape[1]))
        length = min(length, max(1, self.timesteps))
        moves = self.buffers.array("moves", length, count, *shape)
        width = preactivations.stop - preactivations.start
        d_z = self.buffers.array("d_z", width, shape[0], self.timesteps, shape[1])
        self.from_after = self.buffers.array("from after", *shape)
        self.from_after[...] = 0
        for last in range(self.timesteps, 0, -length):
            first = max(0, last - length)
            some = moves[: last - first]
            self.local_derivatives(first, last, some)
            added = None
            if d_written is not None:
                added = self.from_writes(d_written[first:last], some, first)
            self.through_time(d_hidden[first:last], some, added)
            np.copyto(d_z[:, :, first:last], some[:, preactivations].transpose(1, 2, 0, 3))
        self.d_z = d_z.reshape(width * shape[0], -1)

    def product(self, d_z: Array, start: int = 0) -> Array:
        """Return Σ over timesteps and sequences of stack·δz: rows from `start` on, (·, B·H)."""
        rows = self._stack_by_row[start:, :-1]
        product: Array = rows.reshape(len(rows), -1) @ d_z.T
        return product

    def kernel_gradient(self, product: Array, d_z: Array) -> Array:
        """Return ∂L/∂W (D, B·H): the last rows of a product, or each symbol's sum."""
        if not self.inputs.looked_up:
            return product[len(product) - self.inputs.size :]
        places = self.inputs.values.reshape(-1)
        symbols = self.buffers.array("symbols", self.inputs.size, places.size)
        symbols[...] = 0
        symbols[places, np.arange(places.size)] = 1
        gradient: Array = symbols @ d_z.T
        return gradient

    def d_inputs(self) -> Array:
        """Return ∂L/∂x (T, D, N)."""
        d_inputs = self.kernel @ self.d_inputs_from()
        return d_inputs.reshape(-1, self.timesteps, self.batch).transpose(1, 0, 2)

    def d_inputs_from(self) -> Array:
        """The gradient of what x·W was added to, (B·H, T·N), blocks as the kernel has them."""
        return self.d_z
