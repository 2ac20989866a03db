"""A run as gradients see it: each timestep is one linear map, the transpose of its Jacobian.

A gradient of some number y by the state after a timestep becomes one by the state before it:

    ∂y/∂state₋ = ∂y/∂state · J        J = ∂state/∂state₋

`through` applies that map without ever forming J. It takes R gradients at once. Training goes
back with one gradient for each of N sequences; analysis with many gradients through a single
sequence (N = 1): of an output, of every unit, or the identity, which gives J itself.

What a map does is mostly to multiply gradients by factors that are known beforehand, block by
block, and the blocks by the recurrent kernel.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from ..activations import activation
from ..record import Array, record
from ..run.interventions import ClampSchedule
from ..run.trace import Trace

Views: TypeAlias = tuple[Array, ...]


class StateGradient(NamedTuple):
    """R gradients by the state after one timestep."""

    hidden: Array  # by h, with c held: (R, P)
    cell: Array | None  # by c, without its way out through h: (R, H); None without a cell state

    def parts(self) -> list[Array]:
        """Return both, or the one that there is."""
        return [self.hidden] if self.cell is None else [self.hidden, self.cell]


class StepGradient(NamedTuple):
    """R gradients by what one timestep computed, and by the state that it began from."""

    cell: Array | None  # by c, its way out through h included: (R, H)
    preactivation: Array  # δz, by the preactivations: (R, B, H)
    before: StateGradient


@record
class LinearisedRun(ABC):
    """The timesteps of one run as linear maps, in running order (see `run.timeline`).

    The factors are computed from the recorded signals. On padding a map hands the cell state's
    gradient on and is otherwise zero. What an intervention holds depends on nothing: no gradient
    goes back from there.
    """

    kernel: Array  # Wᵀ: (B·H, D)
    recurrent_kernel: Array  # Uᵀ: (B·H, P)
    hidden_is_free: Array | None  # (T, N, P): 0 where h is held, else 1; None if nowhere
    factors: Array  # (T, N, B, H): what the gradients are multiplied by

    @cached_property
    @abstractmethod
    def rows(self) -> list[Views]:
        """What `through` multiplies by at each timestep, as views."""

    @abstractmethod
    def outputs(self, blocks: Array, cell: Array | None) -> Iterable[Views]:
        """Return what `through` fills at each timestep, as views.

        `blocks` (T, R, B, H) are the gradients by the products h₋·U, and `cell` (T, R, H) those
        by c with its way out through h; None where there is no cell state.
        """

    @abstractmethod
    def through(
        self, row: Views, hidden: Array, cell: Any, out: Views, added: Array | None = None
    ) -> tuple[Array, Array | None]:
        """Return R gradients by h and c before a timestep from those by h and c after it.

        R is N, or anything where N is 1. `row` is of `rows` and `out` of `outputs`; `hidden` is
        as the cell that computed h sees it (`computed`). `added` (R, B, H), of `joined`, is what
        reaches the blocks by another way.
        """

    def joined(self, added: Array) -> Array:
        """Return what joins the blocks, (T, N, B, H), where `added` (T, N, B, H) joins δz."""
        return added

    def preactivation(
        self, hidden: Array, blocks: Array, added: Array | None = None, at: Any = slice(None)
    ) -> Array:
        """Return δz at timestep `at`, or at all of them, where `through` filled these blocks."""
        return blocks

    def back(self, t: int, after: StateGradient) -> StepGradient:
        """Take R gradients from the state after timestep `t` to the state before it."""
        hidden = self.computed(after.hidden, t)
        blocks = np.empty((1, len(hidden), *self.factors.shape[2:]), hidden.dtype)
        cell = None if after.cell is None else np.empty_like(blocks[:, :, 0])
        [out] = self.outputs(blocks, cell)
        before = StateGradient(*self.through(self.rows[t], hidden, after.cell, out))
        d_z = self.preactivation(hidden, blocks[0], at=t)
        return StepGradient(None if cell is None else cell[0], d_z, before)

    def computed(self, hidden: Array, at: Any = slice(None)) -> Array:
        """Return ∂L/∂h as the cell that computed h sees it: zero where h is held.

        `hidden` are the gradients at timestep `at`, or at all of them.
        """
        return hidden if self.hidden_is_free is None else hidden * self.hidden_is_free[at]

    @abstractmethod
    def parameter_gradients(self, trace: Any, d_hidden: Array, blocks: Array, d_z: Array) -> Any:
        """Return ∂L/∂ each of the parameters of `trace`, as a record of their own type.

        `d_hidden` (T, N, P) are the gradients by h as `computed`, `blocks` (T, N, B, H) what
        `through` filled, and `d_z` (T, N, B, H) those by the preactivations, in running order.
        """

    @property
    def output_size(self) -> int:
        """P: the width of the hidden state."""
        return int(self.recurrent_kernel.shape[1])

    @property
    def cell_size(self) -> int | None:
        """H: the width of the cell state; None where there is none."""
        return None

    @property
    def state_size(self) -> int:
        """S: P + H with a cell state, P without."""
        return self.output_size + (self.cell_size or 0)

    def input_gradients(self, d_preactivation: Array) -> Array:
        """Return the gradients by x, (..., D), from those by z, (..., B, H): δz·Wᵀ."""
        flat = d_preactivation.reshape(*d_preactivation.shape[:-2], -1)
        d_inputs: Array = flat @ self.kernel
        return d_inputs

    def identity(self) -> StateGradient:
        """Return the gradients of the state by itself, (S, ·): first those of h, then of c."""
        eye = np.eye(self.state_size)
        cell = None if self.cell_size is None else eye[:, self.output_size :]
        return StateGradient(eye[:, : self.output_size], cell)


def schedule(trace: Trace) -> ClampSchedule:
    """Return the interventions of a run, by signal and running timestep."""
    return ClampSchedule(trace.interventions, trace.parameters, trace.timeline)


def hidden_is_free(trace: Trace) -> Array | None:
    """Return 0 where the hidden state is held and 1 elsewhere, (T, N, P); None if it never is."""
    held = schedule(trace).held("hidden_state", trace.hidden_state.shape[-1])
    return None if held is None else 1 - held.astype(trace.hidden_state.dtype)


def slope(spelling: str, z: Array, y: Array, clip: float | None) -> Array:
    """Return da/dz at the recorded z and y = a(z); zero where `clip` held z at its bound."""
    derivative = activation(spelling).derivative(z, y)
    return derivative if clip is None else derivative * (np.abs(z) < clip)


def outer_sum(left: Array, right: Array) -> Array:
    """Return Σ leftᵀ·right over timesteps and batch: (T, N, A) and (T, N, ...) to (A, ·)."""
    rows = left.shape[0] * left.shape[1]
    product: Array = left.reshape(rows, left.shape[2]).T @ right.reshape(rows, -1)
    return product
