"""Jacobians of a recorded run: what a timestep does to the state, and many of them in a row.

    J_t = ∂state_t/∂state_{t-1}          state = [h, c] of an LSTM, h of a GRU or standard RNN
    ∂state_t/∂state_s = J_t · J_{t-1} ··· J_{s+1}

Rows are what changes, columns what is changed. In [h, c] the two are held apart: by h_s with
c_s held, by c_s with h_s held. Wherever this package says "by c_s" outside of the step
Jacobians it is the whole derivative, c_s and the h_s that it makes: what a change of c
comes to.

Sources: Bengio, Simard & Frasconi 1994; Pascanu, Mikolov & Bengio 2013 (vanishing and exploding
gradients as products of Jacobians and their largest singular values).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..gradients import StateGradient, StepGradient
from ..record import Array, record
from ..run.trace import Trace
from .chain import Chain, chain, place


@record
class Jacobians:
    """The derivatives of the state at timestep t by everything at timestep s.

    The three of c are None without a cell state. By c: its way out through h included.
    """

    hidden_by_input: Array  # ∂h_t/∂x_s: (P, D)
    hidden_by_hidden: Array  # ∂h_t/∂h_s: (P, P)
    hidden_by_cell: Array | None  # ∂h_t/∂c_s: (P, H)
    cell_by_input: Array | None  # ∂c_t/∂x_s: (H, D)
    cell_by_hidden: Array | None  # ∂c_t/∂h_s: (H, P)
    cell_by_cell: Array | None  # ∂c_t/∂c_s: (H, H)


def step_jacobians(trace: Trace, last: int | None = None) -> Array:
    """Return J of every timestep, (T, S, S), in the order in which they were read.

    `trace` is one sequence; padding is left out, and with `last` all but the timesteps read
    last. O(T·S·B·H·P). Raises ValueError for a batch.
    """
    links = chain(trace, last=last)
    jacobians = np.empty((len(links), links.run.state_size, links.run.state_size))
    for k, jacobian in enumerate(_jacobians(links)):
        jacobians[k] = jacobian
    return jacobians


def largest_singular_values(trace: Trace, last: int | None = None) -> Array:
    """Return σ_max(J) of every timestep (T,), in the sequence's own order of time.

    Above 1 a change of the state can grow in this timestep, below 1 every change shrinks.
    σ² is the largest eigenvalue of J·Jᵀ, found to machine precision; one J at a time stands in
    memory. O(T·S·(B·H·P + S²)). Padding and `last` as in `step_jacobians`.
    """
    links = chain(trace, last=last)
    largest = np.array([largest_singular_value(jacobian) for jacobian in _jacobians(links)])
    return largest[links.in_time]


def jacobians_between(trace: Trace, t: int, s: int) -> Jacobians:
    """Return how the state at timestep `t` depends on timestep `s`, read no later than `t`.

    Both are places in the sequence's own order. O((t - s)·S·B·H·P). Raises ValueError for a
    batch and where `s` was read after `t`, IndexError where one of them isn't there.
    """
    lag = place(trace, t) - place(trace, s)
    if lag < 0:
        raise ValueError(f"timestep {s} was read after timestep {t}: expected one read before it")
    links = chain(trace, t, last=lag + 1)
    *_, (after, step) = links.sweep(links.run.identity())
    return _blocks(links, after, step)


def largest_singular_value(matrix: Array) -> float:
    """Return σ_max, from the largest eigenvalue of M·Mᵀ; inf where M has overflowed."""
    size = np.abs(matrix).max(initial=0)
    if size == 0 or not np.isfinite(size):
        return 0.0 if size == 0 else np.inf
    scaled = matrix / size  # so that no square underflows
    return float(size * np.sqrt(np.linalg.eigvalsh(scaled @ scaled.T)[-1]))


def _jacobians(links: Chain) -> Iterator[Array]:
    """Each J (S, S): the identity taken back through one timestep."""
    identity = links.run.identity()
    for k in range(len(links)):
        yield np.concatenate(links.run.back(k, identity).before.parts(), axis=1)


def _blocks(links: Chain, after: StateGradient, step: StepGradient) -> Jacobians:
    """The parts of what became of the identity."""
    split = links.output_size
    cell = step.cell
    inputs = links.run.input_gradients(step.preactivation)
    return Jacobians(
        hidden_by_input=inputs[:split],
        hidden_by_hidden=after.hidden[:split],
        hidden_by_cell=None if cell is None else cell[:split],
        cell_by_input=None if cell is None else inputs[split:],
        cell_by_hidden=None if cell is None else after.hidden[split:],
        cell_by_cell=None if cell is None else cell[split:],
    )
