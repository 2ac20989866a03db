"""One timestep of any cell, and a whole run of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any, overload

import numpy as np

from ..cells import gru, lstm, rnn
from ..cells.common import Parameters, State
from ..cells.gru import GRUParameters, GRUStep
from ..cells.lstm import LSTMParameters, LSTMState, LSTMStep
from ..cells.rnn import RNNParameters, RNNStep
from ..record import Array
from .interventions import Intervention
from .kernels.gru import gru_trace
from .kernels.lstm import lstm_trace
from .kernels.rnn import rnn_trace
from .timeline import Timeline
from .trace import GRUTrace, LSTMTrace, RNNTrace

STEPS: dict[str, Callable[..., Any]] = {"lstm": lstm.step, "gru": gru.step, "rnn": rnn.step}
KERNELS: dict[str, Callable[..., Any]] = {"lstm": lstm_trace, "gru": gru_trace, "rnn": rnn_trace}


@overload
def step(parameters: LSTMParameters, previous: LSTMState, input: Array) -> LSTMStep: ...
@overload
def step(parameters: GRUParameters, previous: State, input: Array) -> GRUStep: ...
@overload
def step(parameters: RNNParameters, previous: State, input: Array) -> RNNStep: ...
def step(parameters: Any, previous: Any, input: Array) -> Any:
    """One timestep of whichever cell `parameters` belong to.

    Its module in `lstm_core.cells` is the definition: equations, shapes, sources.

    >>> from lstm_core.training import initial_gru
    >>> gru = initial_gru(np.random.default_rng(0), 3, 2)
    >>> step(gru, gru.initial_state(), np.ones(3, np.float32)).hidden_state.shape
    (2,)
    """
    return STEPS[parameters.kind](parameters, previous, input)


@overload
def unroll(
    parameters: LSTMParameters,
    inputs: Array,
    initial: LSTMState | None = None,
    lengths: Array | None = None,
    reverse: bool = False,
    interventions: tuple[Intervention, ...] = (),
) -> LSTMTrace: ...
@overload
def unroll(
    parameters: GRUParameters,
    inputs: Array,
    initial: State | None = None,
    lengths: Array | None = None,
    reverse: bool = False,
    interventions: tuple[Intervention, ...] = (),
) -> GRUTrace: ...
@overload
def unroll(
    parameters: RNNParameters,
    inputs: Array,
    initial: State | None = None,
    lengths: Array | None = None,
    reverse: bool = False,
    interventions: tuple[Intervention, ...] = (),
) -> RNNTrace: ...
def unroll(
    parameters: Any,
    inputs: Array,
    initial: Any = None,
    lengths: Array | None = None,
    reverse: bool = False,
    interventions: tuple[Intervention, ...] = (),
) -> Any:
    """Run a cell over `inputs` (..., T, D) and record every signal of every timestep.

    The same numbers as `step` called T times, computed fast. `initial` has the leading axes
    of `inputs` (or axes that broadcast to them); None starts from zeros. `lengths` (...,) are
    the valid timesteps of each sequence: what lies beyond is zero in every signal, and
    `final_state` is the one after the last valid timestep. `reverse` runs from the last valid
    timestep to the first; the trace stays in the sequence's own order, so that
    `trace[t].previous` is then the state that came from t + 1. `interventions` hold signals at
    other values while the cell runs (see `interventions.Clamp`).

    Inputs are converted to the parameters' dtype. Raises ValueError where shapes do not fit, and
    for an intervention on a signal, unit or timestep that is not there.

    >>> from lstm_core.training import initial_lstm
    >>> lstm = initial_lstm(np.random.default_rng(0), 3, 2)
    >>> trace = unroll(lstm, np.ones((5, 3)))
    >>> trace.forget_gate.shape, trace[4].cell_state.shape
    ((5, 2), (2,))
    >>> both = unroll(lstm, np.ones((2, 5, 3)), lengths=np.array([5, 3]))
    >>> np.array_equal(both.final_state.cell_state[1], both.cell_state[1, 2])
    True
    """
    inputs = checked_inputs(parameters, inputs)
    leading, timesteps = inputs.shape[:-2], inputs.shape[-2]
    lengths = checked_lengths(lengths, leading, timesteps)
    timeline = Timeline(leading, timesteps, lengths, reverse)
    start = initial_state(parameters, initial, leading, timeline.batch)
    # A shorter sequence runs on in its padding, where states without bounds may blow up unseen.
    unseen = np.errstate(over="ignore", invalid="ignore")
    with nullcontext() if timeline.padding is None else unseen:
        return KERNELS[parameters.kind](parameters, inputs, start, timeline, tuple(interventions))


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
