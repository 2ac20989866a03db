"""The chain rule through a recorded run: one timestep's linear map, on many rows at once.

A row is a gradient: of one number y by the state after a timestep. `back` takes R of them
through one timestep; the local derivatives are those that training uses, and so is the map

    LSTM    δs = δh [·Rᵀ]      δc' = δc + δs∘S      δz = A∘(δc', δc', δc', δs)
            δh₋ = δz·Uᵀ        δc₋ = δc'∘F
    GRU     δz = δh∘A          δh₋ = δz'·Uᵀ + δh∘z          δz' has the reset gate in block n
    RNN     δz = δh∘a'(z)      δh₋ = δz·Uᵀ

Here the rows are few or thousands and the sequence is one; in training the row is one and the
sequences are many. What was recorded in float32 is gone through in float64, so that a gradient
of 1e-40 is told apart from none.
"""

from __future__ import annotations

import dataclasses
from abc import ABC, abstractmethod
from typing import Any, NamedTuple

import numpy as np

from ..cells.lstm import LSTMParameters
from ..record import Array, record
from ..run.trace import GRUTrace, LSTMTrace, RNNTrace, Trace
from ..training import gru as gru_training
from ..training import lstm as lstm_training
from ..training.common import slope

NOTHING = 1e-300  # below this a gradient is no gradient: float64 ends at 1e-308


class Rows(NamedTuple):
    """R gradients by the state after one timestep."""

    hidden: Array  # by h, with c held: (R, P)
    cell: Array | None  # by c, without its way out through h: (R, H); None without a belt

    def parts(self) -> list[Array]:
        """Both, or the one that there is."""
        return [self.hidden] if self.cell is None else [self.hidden, self.cell]

    def unless_vanished(self) -> Rows:
        """Themselves; zeros once all have shrunk below `NOTHING`.

        Float64's last number, 5e-324, times anything above a half is rounded up to itself, so
        that a gradient would stop there and never be none.
        """
        if not all(np.abs(part).max(initial=0) < NOTHING for part in self.parts()):
            return self  # what is not a number has not vanished, either
        return Rows(0 * self.hidden, None if self.cell is None else 0 * self.cell)


class Passage(NamedTuple):
    """R gradients by what one timestep computed and by the state that it began from."""

    cell: Array | None  # δc': by c, its way out through h included: (R, H)
    blocks: Array  # δz: by the preactivations: (R, B·H)
    before: Rows


@record
class Chain(ABC):
    """Timesteps that were read one after another, each with its local derivatives, float64.

    `timesteps` (K,) are their places in the sequence's own order, in the order of reading.
    """

    timesteps: Array
    kernel: Array  # Wᵀ: (B·H, D)
    recurrent: Array  # Uᵀ: (B·H, P)

    @abstractmethod
    def back(self, k: int, rows: Rows) -> Passage:
        """Take rows from the state after the k-th of these timesteps to the state before."""

    def inputs(self, passage: Passage) -> Array:
        """Return the gradients by x, (R, D): δz·Wᵀ."""
        d_inputs: Array = passage.blocks @ self.kernel
        return d_inputs

    def __len__(self) -> int:
        return len(self.timesteps)

    @property
    def in_time(self) -> slice:
        """What puts values in the order of reading into the sequence's own."""
        backwards = len(self) > 1 and self.timesteps[0] > self.timesteps[1]
        return slice(None, None, -1 if backwards else 1)

    @property
    def output_size(self) -> int:
        """P."""
        return int(self.recurrent.shape[1])

    @property
    def hidden_size(self) -> int | None:
        """H where there is a belt, else None."""
        return None

    @property
    def state_size(self) -> int:
        """S = P + H with a belt, P without."""
        return self.output_size + (self.hidden_size or 0)

    def identity(self) -> Rows:
        """The gradients of the state by itself, (S, ·): first those of h, then those of c."""
        eye = np.eye(self.state_size)
        belt = None if self.hidden_size is None else eye[:, self.output_size :]
        return Rows(eye[:, : self.output_size], belt)


@record
class LSTMChain(Chain):
    """Of an LSTM, of any variant."""

    projection: Array | None  # Rᵀ: (P, H)
    to_blocks: Array  # A: (K, B, H)
    to_belt: Array  # S: (K, H)
    along_belt: Array  # F: (K, H)

    @property
    def hidden_size(self) -> int:
        """H."""
        return int(self.to_belt.shape[1])

    def back(self, k: int, rows: Rows) -> Passage:
        """See `Chain.back`."""
        assert rows.cell is not None
        shown = rows.hidden if self.projection is None else rows.hidden @ self.projection
        cell = rows.cell + shown * self.to_belt[k]
        blocks = cell[:, np.newaxis] * self.to_blocks[k]
        np.multiply(shown, self.to_blocks[k, -1], out=blocks[:, -1])
        flat = blocks.reshape(len(blocks), -1)
        return Passage(cell, flat, Rows(flat @ self.recurrent, cell * self.along_belt[k]))


@record
class GRUChain(Chain):
    """Of a GRU; `recurrent` takes the blocks r z n."""

    reset_after: bool
    reset: Array  # r: (K, H), and so all that follow
    update: Array  # z
    to_reset: Array  # q∘r' with the reset after, h₋∘r' with the reset before
    to_update: Array
    to_candidate: Array

    def back(self, k: int, rows: Rows) -> Passage:
        """See `Chain.back`."""
        d_h = rows.hidden
        update = d_h * self.to_update[k]
        candidate = d_h * self.to_candidate[k]
        both = 2 * d_h.shape[1]
        before = d_h * self.update[k]
        if self.reset_after:
            reset = candidate * self.to_reset[k]
            before += (candidate * self.reset[k]) @ self.recurrent[both:]
        else:
            recalled = candidate @ self.recurrent[both:]
            reset = recalled * self.to_reset[k]
            before += recalled * self.reset[k]
        blocks = np.concatenate([reset, update, candidate], axis=1)
        before += blocks[:, :both] @ self.recurrent[:both]
        return Passage(None, blocks, Rows(before, None))


@record
class RNNChain(Chain):
    """Of a standard RNN."""

    slope: Array  # a'(z): (K, H)

    def back(self, k: int, rows: Rows) -> Passage:
        """See `Chain.back`."""
        blocks = rows.hidden * self.slope[k]
        return Passage(None, blocks, Rows(blocks @ self.recurrent, None))


def chain(trace: Trace, t: int | None = None, last: int | None = None) -> Chain:
    """Return the timesteps that were read up to and with `t`, only the `last` of them if given.

    `t` is a place in the sequence's own order, None for the timestep that was read last.
    Raises ValueError for a batch and for `last` below 1, IndexError for a `t` that isn't there.
    """
    length = valid_timesteps(trace)
    stop = length if t is None else 1 + place(trace, t)
    if last is not None and last < 1:
        raise ValueError(f"last is {last}: expected at least 1 timestep")
    start = 0 if last is None else max(0, stop - last)
    where = slice(length - stop, length - start) if trace.reverse else slice(start, stop)
    own = np.arange(trace.timesteps)[where]
    cut = _cut(trace, where)
    shared = {
        "timesteps": own[::-1] if trace.reverse else own,
        "kernel": _double(trace.parameters.kernel.T),
        "recurrent": _double(trace.parameters.recurrent_kernel.T),
    }
    if isinstance(cut, LSTMTrace):
        return _of_lstm(cut, shared)
    return _of_gru(cut, shared) if isinstance(cut, GRUTrace) else _of_rnn(cut, shared)


def valid_timesteps(trace: Trace) -> int:
    """Return how many timesteps of the one sequence are not padding; ValueError for a batch."""
    if trace.input.ndim != 2:
        raise ValueError(f"the trace's input is {trace.input.shape}: expected (timesteps, inputs)")
    return trace.timesteps if trace.lengths is None else int(trace.lengths)


def place(trace: Trace, t: int) -> int:
    """Return how many timesteps were read before `t`; IndexError where `t` isn't there."""
    length = valid_timesteps(trace)
    if not 0 <= t < length:
        raise IndexError(f"timestep is {t}: expected 0..{length - 1}")
    return length - 1 - t if trace.reverse else t


def _cut(trace: Trace, where: slice) -> Trace:
    """The trace of some timesteps only, as views; none of them is padding."""

    def series(values: object) -> dict[str, Any]:
        arrays = {name: value for name, value in vars(values).items() if name != "lengths"}
        return {k: array[where] for k, array in arrays.items() if isinstance(array, np.ndarray)}

    changes = series(trace)
    changes["previous"] = dataclasses.replace(trace.previous, **series(trace.previous))
    return dataclasses.replace(trace, lengths=None, **changes)


def _of_lstm(trace: LSTMTrace, shared: dict[str, Array]) -> LSTMChain:
    local = lstm_training.local_derivatives(trace, trace.timeline)
    parameters: LSTMParameters = trace.parameters
    return LSTMChain(
        projection=None if parameters.projection is None else _double(parameters.projection.T),
        to_blocks=_double(local.to_blocks[:, 0]),
        to_belt=_double(local.to_belt[:, 0]),
        along_belt=_double(local.along_belt[:, 0]),
        **shared,
    )


def _of_gru(trace: GRUTrace, shared: dict[str, Array]) -> GRUChain:
    local = gru_training.local_derivatives(trace, trace.timeline)
    names = ("reset", "update", "to_reset", "to_update", "to_candidate")
    series = {name: _double(getattr(local, name)[:, 0]) for name in names}
    return GRUChain(reset_after=trace.parameters.reset_after, **series, **shared)


def _of_rnn(trace: RNNTrace, shared: dict[str, Array]) -> RNNChain:
    timeline, parameters = trace.timeline, trace.parameters
    z = timeline.running(trace.preactivation)[:, 0, 0]
    h = timeline.running(trace.hidden_state)[:, 0]
    return RNNChain(slope=_double(slope(parameters.activation, z, h, parameters.clip)), **shared)


def _double(values: Array) -> Array:
    return np.ascontiguousarray(values, np.float64)
