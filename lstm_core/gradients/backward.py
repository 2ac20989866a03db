"""Back-propagation through time: from ∂L/∂h at every timestep to the gradient of everything.

Before the loop, all that doesn't depend on the incoming gradient is computed for all timesteps
at once (`linearised_run`). The loop, last timestep to first, only applies those linear maps.
After the loop, one matrix product over all timesteps makes each kernel's gradient.

Source: Werbos 1990; for the LSTM, Graves & Schmidhuber 2005 (the full gradient).
"""

from __future__ import annotations

import dataclasses
from typing import Any, Generic, TypeVar, overload

import numpy as np
from numpy import add

from ..cells.common import Parameters, State
from ..cells.gru import GRUParameters
from ..cells.lstm import LSTMParameters, LSTMState
from ..cells.rnn import RNNParameters
from ..record import Array, record
from ..run.timeline import Timeline
from ..run.trace import GRUTrace, LSTMTrace, RNNTrace, Trace
from .common import LinearisedRun
from .linearised import linearised_run
from .writes import write_gradients

P = TypeVar("P", bound=Parameters)
S = TypeVar("S", bound=State)


@record
class Gradients(Generic[P, S]):
    """∂L/∂ everything that a run depends on.

    `parameters` is a record of the run's own type: its `kernel` is ∂L/∂W, and so on.
    `hidden_state` and `cell_state` are the whole gradient that reaches the state at each
    timestep, from that timestep's own loss and from all later ones: how far the error travels.
    """

    parameters: P
    inputs: Array  # ∂L/∂x: (..., T, D)
    initial: S  # ∂L/∂h₀ (..., P) and ∂L/∂c₀ (..., H)
    hidden_state: Array  # ∂L/∂h: (..., T, P)
    cell_state: Array | None  # ∂L/∂c: (..., T, H); None where there is no cell state


@overload
def backward(
    trace: LSTMTrace,
    d_hidden: Array,
    d_final: LSTMState | None = None,
    d_written: Array | None = None,
) -> Gradients[LSTMParameters, LSTMState]: ...
@overload
def backward(
    trace: GRUTrace,
    d_hidden: Array,
    d_final: State | None = None,
    d_written: Array | None = None,
) -> Gradients[GRUParameters, State]: ...
@overload
def backward(
    trace: RNNTrace,
    d_hidden: Array,
    d_final: State | None = None,
    d_written: Array | None = None,
) -> Gradients[RNNParameters, State]: ...
@overload
def backward(
    trace: Trace, d_hidden: Array, d_final: Any = None, d_written: Array | None = None
) -> Gradients[Any, Any]: ...
def backward(
    trace: Trace, d_hidden: Array, d_final: Any = None, d_written: Array | None = None
) -> Any:
    """Return the gradient of a loss L through the run `trace`.

    `d_hidden` (..., T, P) is ∂L/∂h of each timestep's own share in the loss, in the sequence's
    own order; `d_final` is ∂L/∂(final state), None for zero. What stands on padding is
    ignored. A loss is a scalar, so gradients of the parameters are summed over the batch.
    `d_written` (..., T, H) is ∂L/∂(written), for a loss that speaks of what is written.

    Raises ValueError where one of these doesn't have the shape of what it is the gradient of,
    and as `write_gradients` does.
    """
    d_hidden = _shaped_like(trace.hidden_state, d_hidden, "d_hidden")
    added = None if d_written is None else write_gradients(trace, d_written)
    timeline, run = trace.timeline, linearised_run(trace)
    d_final = _final_gradient(trace, timeline, d_final)
    d_own, d_start = _hidden_gradient(timeline, d_hidden, d_final["hidden_state"])
    d_h, d_c, blocks, d_initial = _through_time(run, trace, d_own, d_final.get("cell_state"), added)
    d_initial["hidden_state"] += d_start
    d_computed = run.computed(d_h)
    d_z = run.preactivation(d_computed, blocks, added)
    return Gradients(
        parameters=run.parameter_gradients(trace, d_computed, blocks, d_z),
        inputs=timeline.restored(run.input_gradients(d_z)),
        initial=type(trace.final_state)(
            **{name: timeline.unflat(array) for name, array in d_initial.items()}
        ),
        hidden_state=timeline.restored(d_h),
        cell_state=None if d_c is None else timeline.restored(d_c),
    )


def _through_time(
    run: LinearisedRun,
    trace: Trace,
    d_own: Array,
    d_cell: Array | None,
    added: Array | None,
) -> tuple[Array, Array | None, Array, dict[str, Array]]:
    """δh (T, N, P), δc (T, N, H), the blocks (T, N, B, H), and the initial state's gradient (N, ·).

    `d_own` (T, N, P) is each timestep's own ∂L/∂h, `d_cell` (N, H) the final cell state's, and
    `added` (T, N, B, H) joins δz.
    """
    nothing = [None] * len(d_own)
    d_h = np.empty(d_own.shape, d_own.dtype)
    blocks = np.empty(run.factors.shape, d_own.dtype)
    d_c = None if d_cell is None else np.empty((len(d_own), *d_cell.shape), d_own.dtype)
    hidden, cell = np.zeros(d_own.shape[1:], d_own.dtype), d_cell
    frees = nothing if run.hidden_is_free is None else run.hidden_is_free
    joins = nothing if added is None else run.joined(added)
    steps = zip(run.rows, run.outputs(blocks, d_c), d_own, d_h, frees, joins, strict=True)
    for row, out, own, d_hidden, free, join in reversed(list(steps)):
        add(own, hidden, d_hidden)
        d_computed = d_hidden if free is None else d_hidden * free
        hidden, cell = run.through(row, d_computed, cell, out, join)
    parts = [hidden] if cell is None else [hidden, cell]
    names = (field.name for field in dataclasses.fields(trace.final_state))
    return d_h, d_c, blocks, dict(zip(names, parts, strict=True))


def _final_gradient(trace: Trace, timeline: Timeline, d_final: State | None) -> dict[str, Array]:
    """∂L/∂ each part of the final state, (N, ·), by its name; zeros for None."""
    gradients = {}
    for field in dataclasses.fields(trace.final_state):
        final = getattr(trace.final_state, field.name)
        given = np.zeros_like(final) if d_final is None else getattr(d_final, field.name)
        shaped = _shaped_like(final, given, f"d_final.{field.name}")
        gradients[field.name] = timeline.flat(shaped)
    return gradients


def _hidden_gradient(timeline: Timeline, d_hidden: Array, d_last: Array) -> tuple[Array, Array]:
    """Return ∂L/∂h in running order (T, N, P) and what skips the loop straight to h₀ (N, P).

    The final hidden state *is* the hidden state of the last valid timestep, so its gradient
    is added there; a sequence of no timesteps ends where it began.
    """
    d_running = timeline.valid(d_hidden).copy()
    d_start = np.zeros_like(d_last)
    empty = timeline.ends == 0
    d_start[empty] = d_last[empty]
    d_running[timeline.ends[~empty] - 1, np.flatnonzero(~empty)] += d_last[~empty]
    return d_running, d_start


def _shaped_like(original: Array, gradient: Array, name: str) -> Array:
    """`gradient` in the dtype of what it is the gradient of, or ValueError for its shape."""
    gradient = np.asarray(gradient, original.dtype)
    if gradient.shape != original.shape:
        raise ValueError(f"{name} is {gradient.shape}: expected {original.shape}")
    return gradient
