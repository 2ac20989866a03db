"""A trace: the steps of one run. It is a step whose arrays have a time axis.

A `Step` holds arrays (..., ·); its `Trace` holds the same fields as (..., T, ·), so that
`retained`, `written` and whatever else follows from a step follows from a trace in the same
words. `previous` is not stored: it is the states shifted by one timestep, as views.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any, ClassVar, Generic, TypeVar, cast, overload

import numpy as np

from ..cells import gru, lstm, rnn
from ..cells.common import Parameters, State
from ..cells.gru import GRUParameters, GRUStep
from ..cells.lstm import LSTMParameters, LSTMState, LSTMStep
from ..cells.rnn import RNNParameters, RNNStep
from ..record import Array, record
from ..vocabulary import CellVocabulary, Kind, vocabulary
from . import kernels as recurrences

StepT = TypeVar("StepT", LSTMStep, GRUStep, RNNStep)


class _Timeline(Generic[StepT]):
    """What a step gains with a time axis. `trace[t]` is a step of views; no array is copied."""

    _step: ClassVar[type[Any]]
    kind: ClassVar[Kind]
    input: Array
    preactivation: Array
    hidden_state: Array
    lengths: Array | None
    reverse: bool

    @property
    def timesteps(self) -> int:
        """T."""
        return int(self.input.shape[-2])

    @property
    def words(self) -> CellVocabulary:
        """The vocabulary of this cell."""
        return vocabulary(self.kind)

    def series(self, name: str) -> Array:
        """Return the signal `name` over time, (..., T, H).

        Raises ValueError where this cell has no such signal.
        """
        known = [signal.name for signal in self.words.signals]
        if name not in known:
            raise ValueError(f"signal is {name!r}: a {self.words.title} has {', '.join(known)}")
        return cast(Array, getattr(self, name))

    def __len__(self) -> int:
        return self.timesteps

    def __getitem__(self, t: int) -> StepT:
        """Return timestep `t` (negative: from the end); IndexError past the ends."""
        if not -self.timesteps <= t < self.timesteps:
            raise IndexError(f"timestep is {t}: expected 0..{self.timesteps - 1}")
        at = (slice(None),) * (self.input.ndim - 2) + (t,)
        return cast(StepT, self._step(**_fields_at(self, self._step, at)))

    def __iter__(self) -> Iterator[StepT]:
        return (self[t] for t in range(self.timesteps))


def _fields_at(owner: Any, kind: type, at: tuple[Any, ...]) -> dict[str, Any]:
    """Index every array field that `kind` declares; records inside are indexed likewise."""
    picked: dict[str, Any] = {}
    for field in dataclasses.fields(kind):
        value = getattr(owner, field.name)
        if isinstance(value, np.ndarray):
            picked[field.name] = value[at]
        else:
            picked[field.name] = type(value)(**_fields_at(value, type(value), at))
    return picked


@record
class LSTMTrace(_Timeline[LSTMStep], LSTMStep):
    """The run of one LSTM layer in one direction; arrays (..., T, ·), padding is zero."""

    _step = LSTMStep
    parameters: LSTMParameters
    final_state: LSTMState
    lengths: Array | None = None
    reverse: bool = False


@record
class GRUTrace(_Timeline[GRUStep], GRUStep):
    """The run of one GRU layer in one direction; arrays (..., T, ·), padding is zero."""

    _step = GRUStep
    parameters: GRUParameters
    final_state: State
    lengths: Array | None = None
    reverse: bool = False


@record
class RNNTrace(_Timeline[RNNStep], RNNStep):
    """The run of one standard RNN layer in one direction; arrays (..., T, ·)."""

    _step = RNNStep
    parameters: RNNParameters
    final_state: State
    lengths: Array | None = None
    reverse: bool = False


Trace = LSTMTrace | GRUTrace | RNNTrace


@overload
def step(parameters: LSTMParameters, previous: LSTMState, input: Array) -> LSTMStep: ...
@overload
def step(parameters: GRUParameters, previous: State, input: Array) -> GRUStep: ...
@overload
def step(parameters: RNNParameters, previous: State, input: Array) -> RNNStep: ...
def step(parameters: Any, previous: Any, input: Array) -> Any:
    """One timestep of whichever cell `parameters` belong to.

    Its module in `lstm_core.cells` is the definition: equations, shapes, sources.
    """
    cell = {"lstm": lstm, "gru": gru, "rnn": rnn}[parameters.kind]
    return cell.step(parameters, previous, input)


@overload
def unroll(
    parameters: LSTMParameters,
    inputs: Array,
    initial: LSTMState | None = None,
    lengths: Array | None = None,
    reverse: bool = False,
) -> LSTMTrace: ...
@overload
def unroll(
    parameters: GRUParameters,
    inputs: Array,
    initial: State | None = None,
    lengths: Array | None = None,
    reverse: bool = False,
) -> GRUTrace: ...
@overload
def unroll(
    parameters: RNNParameters,
    inputs: Array,
    initial: State | None = None,
    lengths: Array | None = None,
    reverse: bool = False,
) -> RNNTrace: ...
def unroll(
    parameters: Any,
    inputs: Array,
    initial: Any = None,
    lengths: Array | None = None,
    reverse: bool = False,
) -> Any:
    """Run a cell over `inputs` (..., T, D) and record every signal of every timestep.

    The same numbers as `step` called T times, computed fast. `initial` has the leading axes
    of `inputs` (or axes that broadcast to them); None starts from zeros. `lengths` (...,) are
    the valid timesteps of each sequence: what lies beyond is zero in every signal, and
    `final_state` is the one after the last valid timestep. `reverse` runs from the last valid
    timestep to the first; the trace stays in the sequence's own order, so that
    `trace[t].previous` is then the state that came from t + 1.

    Inputs are converted to the parameters' dtype. Raises ValueError where shapes do not fit.
    """
    inputs = checked_inputs(parameters, inputs)
    leading, timesteps = inputs.shape[:-2], inputs.shape[-2]
    lengths = checked_lengths(lengths, leading, timesteps)
    batch = int(np.prod(leading, dtype=int))
    flat_lengths = None if lengths is None else lengths.reshape(batch)
    start = initial_state(parameters, initial, leading, batch)
    order = RunningOrder(timesteps, batch, flat_lengths, reverse)

    by_time = np.moveaxis(inputs.reshape(batch, timesteps, inputs.shape[-1]), 0, 1)
    ordered = order.running(by_time)

    def states(values: Array) -> tuple[Array, Array, Array]:
        last = values[-1] if flat_lengths is None else values[flat_lengths, np.arange(batch)]
        final = last.reshape(*leading, values.shape[-1]).copy()
        return shape(order.own(values[:-1])), shape(order.own(values[1:])), final

    def shape(values: Array) -> Array:
        return np.moveaxis(values.reshape(timesteps, *leading, *values.shape[2:]), 0, len(leading))

    def own(values: Array) -> Array:
        return shape(order.own(values))

    common = {"parameters": parameters, "lengths": lengths, "reverse": reverse, "input": inputs}
    if isinstance(parameters, LSTMParameters):
        run = recurrences.lstm(parameters, ordered, start)
        c_before, c, c_final = states(run.cell_states)
        h_before, h, h_final = states(run.hidden_states)
        return LSTMTrace(
            previous=LSTMState(hidden_state=h_before, cell_state=c_before),
            preactivation=own(run.preactivation),
            input_gate=own(run.input_gate),
            forget_gate=own(run.forget_gate),
            candidate=own(run.candidate),
            output_gate=own(run.output_gate),
            cell_state=c,
            hidden_state=h,
            final_state=LSTMState(hidden_state=h_final, cell_state=c_final),
            **common,
        )
    if isinstance(parameters, GRUParameters):
        gru_run = recurrences.gru(parameters, ordered, start.hidden_state)
        h_before, h, h_final = states(gru_run.hidden_states)
        return GRUTrace(
            previous=State(hidden_state=h_before),
            preactivation=own(gru_run.preactivation),
            reset_gate=own(gru_run.reset_gate),
            update_gate=own(gru_run.update_gate),
            candidate=own(gru_run.candidate),
            hidden_state=h,
            final_state=State(hidden_state=h_final),
            **common,
        )
    rnn_run = recurrences.rnn(parameters, ordered, start.hidden_state)
    h_before, h, h_final = states(rnn_run.hidden_states)
    return RNNTrace(
        previous=State(hidden_state=h_before),
        preactivation=own(rnn_run.preactivation),
        hidden_state=h,
        final_state=State(hidden_state=h_final),
        **common,
    )


class RunningOrder:
    """The order in which timesteps run, and the way back to the sequence's own order."""

    def __init__(self, timesteps: int, batch: int, lengths: Array | None, reverse: bool):
        self.reverse = reverse
        self.padding: Array | None = None
        self.mirror: Array | None = None
        if lengths is not None:
            time = np.arange(timesteps)[:, np.newaxis]
            self.padding = time >= lengths  # (T, N)
            if reverse:
                self.mirror = np.where(self.padding, time, lengths - 1 - time)

    def running(self, values: Array) -> Array:
        """Put (T, N, ·) into the order in which the cell reads it."""
        if self.mirror is not None:
            index = self.mirror.reshape(*self.mirror.shape, *(1,) * (values.ndim - 2))
            return np.take_along_axis(values, index, axis=0)
        return values[::-1] if self.reverse else values

    def own(self, values: Array) -> Array:
        """Put (T, N, ·) back into the sequence's order, with padding set to zero."""
        ordered = self.running(values)  # mirroring is its own inverse
        if self.padding is None:
            return ordered
        padded = ordered.copy()
        padded[self.padding] = 0
        return padded


def checked_inputs(parameters: Parameters, inputs: Array) -> Array:
    """Return inputs (..., T, D) in the parameters' dtype, or raise ValueError."""
    inputs = np.asarray(inputs, parameters.dtype)
    if inputs.ndim < 2 or inputs.shape[-1] != parameters.input_size:
        raise ValueError(
            f"inputs are {inputs.shape}: expected (..., timesteps, {parameters.input_size})"
        )
    return inputs


def checked_lengths(
    lengths: Array | None, leading: tuple[int, ...], timesteps: int
) -> Array | None:
    """Return lengths (...,) as an array, None as None, or raise ValueError."""
    if lengths is None:
        return None
    lengths = np.asarray(lengths)
    if lengths.shape != leading or not np.issubdtype(lengths.dtype, np.integer):
        raise ValueError(
            f"lengths are {lengths.dtype} {lengths.shape}: expected integers {leading}"
        )
    if lengths.size and (lengths.min() < 0 or lengths.max() > timesteps):
        raise ValueError(
            f"lengths reach from {lengths.min()} to {lengths.max()}: expected 0..{timesteps}"
        )
    return lengths


def initial_state(parameters: Any, initial: Any, leading: tuple[int, ...], batch: int) -> Any:
    """Return the given initial state, or zeros, with one flat batch axis."""
    zeros = parameters.initial_state((batch,))
    if initial is None:
        return zeros
    flat = {}
    for field in dataclasses.fields(zeros):
        given = np.asarray(getattr(initial, field.name), parameters.dtype)
        width = getattr(zeros, field.name).shape[-1]
        try:
            flat[field.name] = np.broadcast_to(given, (*leading, width)).reshape(batch, width)
        except ValueError:
            raise ValueError(
                f"initial {field.name} is {given.shape}: expected {(*leading, width)}"
            ) from None
    return type(zeros)(**flat)
