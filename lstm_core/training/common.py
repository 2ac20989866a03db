"""What going back through any cell shares: the record of gradients, and how it is begun."""

from __future__ import annotations

from typing import Generic, TypeVar

import numpy as np

from ..activations import activation
from ..cells.common import Parameters, State
from ..cells.gru import GRUParameters
from ..cells.lstm import LSTMParameters, LSTMState
from ..cells.rnn import RNNParameters
from ..record import Array, record
from ..run.timeline import Timeline
from ..run.trace import LSTMTrace, Trace

P = TypeVar("P", bound=Parameters)
S = TypeVar("S", bound=State)


@record
class Gradients(Generic[P, S]):
    """∂L/∂ everything a run depends on.

    `parameters` is a record of the run's own type: its `kernel` is ∂L/∂W, and so on.
    `hidden_state` and `cell_state` are the whole gradient that reaches the state at each
    timestep, from that timestep's own loss and from all later ones: how far the error travels.
    """

    parameters: P
    inputs: Array  # ∂L/∂x: (..., T, D)
    initial: S  # ∂L/∂h₀ (..., P) and ∂L/∂c₀ (..., H)
    hidden_state: Array  # ∂L/∂h: (..., T, P)
    cell_state: Array | None = None  # ∂L/∂c: (..., T, H); None where the cell has no belt


LSTMGradients = Gradients[LSTMParameters, LSTMState]
GRUGradients = Gradients[GRUParameters, State]
RNNGradients = Gradients[RNNParameters, State]


def like(original: Array, gradient: Array, name: str) -> Array:
    """`gradient` in the dtype of what it is the gradient of, or ValueError for its shape."""
    gradient = np.asarray(gradient, original.dtype)
    if gradient.shape != original.shape:
        raise ValueError(f"{name} is {gradient.shape}: expected {original.shape}")
    return gradient


def hidden_gradient(
    timeline: Timeline, trace: Trace, d_hidden: Array, d_final: State | None
) -> tuple[Array, Array]:
    """Return ∂L/∂h in running order (T, N, P) and what skips the loop straight to h₀ (N, P).

    The final hidden state *is* the hidden state of the last valid timestep, so its gradient
    is added there; a sequence of no timesteps ends where it began.
    """
    d_running = timeline.valid(d_hidden)
    d_start = np.zeros((timeline.batch, d_hidden.shape[-1]), d_hidden.dtype)
    if d_final is None:
        return d_running, d_start
    d_last = timeline.flat(
        like(trace.final_state.hidden_state, d_final.hidden_state, "d_final.hidden_state")
    )
    d_running = d_running.copy()
    empty = timeline.ends == 0
    d_start[empty] = d_last[empty]
    d_running[timeline.ends[~empty] - 1, np.flatnonzero(~empty)] += d_last[~empty]
    return d_running, d_start


def final_cell_gradient(timeline: Timeline, trace: LSTMTrace, d_final: LSTMState | None) -> Array:
    """∂L/∂c after the last timestep, (N, H)."""
    final = trace.final_state.cell_state
    if d_final is None:
        return np.zeros((timeline.batch, final.shape[-1]), final.dtype)
    return timeline.flat(like(final, d_final.cell_state, "d_final.cell_state")).copy()


def slope(spelling: str, z: Array, y: Array, clip: float | None) -> Array:
    """da/dz at the recorded z and y = a(z); zero where `clip` held z at its bound."""
    derivative = activation(spelling).derivative(z, y)
    return derivative if clip is None else derivative * (np.abs(z) < clip)


def outer_sum(left: Array, right: Array) -> Array:
    """Σ over timesteps and batch of leftᵀ·right, (T, N, A) and (T, N, B) to (A, B)."""
    rows = left.shape[0] * left.shape[1]
    product: Array = left.reshape(rows, left.shape[2]).T @ right.reshape(rows, right.shape[2])
    return product
