"""Back through a GRU, with the reset after or before the recurrent product.

    δn = δh∘(1 - z)∘a'(z_n)        δz = δh∘(h₋ - n)∘σ'(z_z)
    reset after     δr = δn∘q∘σ'(z_r)        δh₋ = δh∘z + (δn∘r, δr, δz)·Uᵀ
    reset before    δr = δk∘h₋∘σ'(z_r)       δh₋ = δh∘z + (δr, δz)·Uᵀ + δk∘r

Reset after: n saw r∘q with q = h₋·U_n + b_u, so that all of it is δh times factors known
beforehand. Reset before: n saw (r∘h₋)·U_n, so that δk = δn·U_nᵀ comes first.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

import numpy as np
from numpy import add, dot, multiply

from ..cells.gru import GRUParameters
from ..record import Array, record
from ..run.trace import GRUTrace
from .common import LinearisedRun, Views, hidden_is_free, outer_sum, schedule, slope


@record
class LinearisedResetAfter(LinearisedRun):
    """A GRU whose reset gate multiplies h₋·U_n: the blocks are δr, δz and δn∘r."""

    reset: Array  # r: (T, N, H)
    update: Array  # z: (T, N, H)
    to_reset: Array  # q∘σ'(z_r): (T, N, H)
    to_candidate: Array  # (1 - z)∘a'(z_n): (T, N, H)

    @cached_property
    def rows(self) -> list[Views]:
        """The factors, and z."""
        return list(zip(self.factors, self.update, strict=True))

    def outputs(self, blocks: Array, cell: Array | None) -> Iterable[Views]:
        """Return the blocks (R, 3, H) and (R, 3H)."""
        return zip(blocks, blocks.reshape(*blocks.shape[:2], -1), strict=True)

    def through(
        self, row: Views, hidden: Array, cell: Any, out: Views, added: Array | None = None
    ) -> tuple[Array, None]:
        """Return the gradient by h before the timestep; fill δr, δz and δn∘r."""
        factors, update = row
        blocks, d_product = out
        multiply(hidden[:, np.newaxis], factors, blocks)
        if added is not None:
            add(blocks, added, blocks)
        before = dot(d_product, self.recurrent_kernel)
        before += hidden * update
        return before, None

    def joined(self, added: Array) -> Array:
        """Return what joins the blocks: what joins δn goes on to δr and through r."""
        _, d_update, d_candidate = np.moveaxis(added, 2, 0)
        blocks = (d_candidate * self.to_reset, d_update, d_candidate * self.reset)
        return np.stack(blocks, axis=2)

    def preactivation(
        self, hidden: Array, blocks: Array, added: Array | None = None, at: Any = slice(None)
    ) -> Array:
        """Return δr, δz and δn, which is not seen through r."""
        d_z = blocks.copy()
        d_z[..., 2, :] = hidden * self.to_candidate[at]
        if added is not None:
            d_z[..., 2, :] += added[..., 2, :]
        return d_z

    def parameter_gradients(
        self, trace: GRUTrace, d_hidden: Array, blocks: Array, d_z: Array
    ) -> GRUParameters:
        """Return ∂L/∂ each weight: sums over timesteps and batch of what came in times δ."""
        return trace.parameters.replace(
            kernel=outer_sum(trace.timeline.valid(trace.input), d_z),
            recurrent_kernel=outer_sum(_before(trace), blocks),
            bias=d_z.sum(axis=(0, 1)).reshape(-1),
            recurrent_bias=blocks[:, :, 2].sum(axis=(0, 1)),
        )


@record
class LinearisedResetBefore(LinearisedRun):
    """A GRU whose reset gate multiplies h₋: the factors are those of δk, δh and δh."""

    reset: Array  # r: (T, N, H)
    update: Array  # z: (T, N, H)

    @cached_property
    def rows(self) -> list[Views]:
        """The factor of δk, those of δh, r and z."""
        parts = (self.factors[:, :, 0], self.factors[:, :, 1:], self.reset, self.update)
        return list(zip(*parts, strict=True))

    def outputs(self, blocks: Array, cell: Array | None) -> Iterable[Views]:
        """Return δr, δz with δn, δn alone, and δr with δz (R, 2H)."""
        d_gates = blocks.reshape(*blocks.shape[:2], -1)[:, :, : -blocks.shape[-1]]
        parts = (blocks[:, :, 0], blocks[:, :, 1:], blocks[:, :, 2], d_gates)
        return zip(*parts, strict=True)

    def through(
        self, row: Views, hidden: Array, cell: Any, out: Views, added: Array | None = None
    ) -> tuple[Array, None]:
        """Return the gradient by h before the timestep; fill δr, δz and δn."""
        to_reset, of_hidden, reset, update = row
        d_reset, by_hidden, d_candidate, d_gates = out
        both = d_gates.shape[1]
        np.multiply(hidden[:, np.newaxis], of_hidden, by_hidden)
        if added is not None:
            np.add(by_hidden, added[:, 1:], by_hidden)
        d_recalled = np.dot(d_candidate, self.recurrent_kernel[both:])
        np.multiply(d_recalled, to_reset, d_reset)
        before = np.dot(d_gates, self.recurrent_kernel[:both])
        before += d_recalled * reset
        before += hidden * update
        return before, None

    def parameter_gradients(
        self, trace: GRUTrace, d_hidden: Array, blocks: Array, d_z: Array
    ) -> GRUParameters:
        """Return ∂L/∂ each weight: sums over timesteps and batch of what came in times δ."""
        before = _before(trace)
        of_gates = outer_sum(before, blocks[:, :, :2])
        of_candidate = outer_sum(self.reset * before, blocks[:, :, 2])
        return trace.parameters.replace(
            kernel=outer_sum(trace.timeline.valid(trace.input), d_z),
            recurrent_kernel=np.concatenate([of_gates, of_candidate], axis=1),
            bias=d_z.sum(axis=(0, 1)).reshape(-1),
        )


def linearised_gru(trace: GRUTrace) -> LinearisedResetAfter | LinearisedResetBefore:
    """Return every timestep's local derivatives; on padding nothing moves."""
    parameters, running = trace.parameters, trace.timeline.running
    to_reset, to_update, to_candidate = _local_derivatives(trace)
    reset, update = running(trace.reset_gate), running(trace.update_gate)
    if not parameters.reset_after:
        return LinearisedResetBefore(
            kernel=parameters.kernel.T,
            recurrent_kernel=np.ascontiguousarray(parameters.recurrent_kernel.T),
            hidden_is_free=hidden_is_free(trace),
            factors=np.stack([to_reset, to_update, to_candidate], axis=2),
            reset=reset,
            update=update,
        )
    by_hidden = (to_reset * to_candidate, to_update, to_candidate * reset)
    return LinearisedResetAfter(
        kernel=parameters.kernel.T,
        recurrent_kernel=np.ascontiguousarray(parameters.recurrent_kernel.T),
        hidden_is_free=hidden_is_free(trace),
        factors=np.stack(by_hidden, axis=2),
        reset=reset,
        update=update,
        to_reset=to_reset,
        to_candidate=to_candidate,
    )


def _local_derivatives(trace: GRUTrace) -> tuple[Array, Array, Array]:
    """What z_r does to n or to r∘h₋, z_z to h and z_n to h, (T, N, H) each.

    The first is σ'(z_r)∘q with the reset after and σ'(z_r)∘h₋ with the reset before.
    """
    parameters, timeline = trace.parameters, trace.timeline
    running = timeline.running
    gate, clip = parameters.recurrent_activation, parameters.clip
    z, before = running(trace.preactivation), _before(trace)
    reset, update = running(trace.reset_gate), running(trace.update_gate)
    candidate, recalled = running(trace.candidate), before
    if parameters.recurrent_bias is not None:
        kernel = parameters.split(parameters.recurrent_kernel)["candidate"]
        recalled = before @ kernel + parameters.recurrent_bias
    derivatives = (
        recalled * slope(gate, z[:, :, 0], reset, clip),
        (before - candidate) * slope(gate, z[:, :, 1], update, clip),
        (1 - update) * slope(parameters.activation, z[:, :, 2], candidate, clip),
    )
    clamps = schedule(trace)
    for name, derivative in zip(parameters.blocks, derivatives, strict=True):
        held = clamps.held(name, parameters.hidden_size)
        if held is not None:
            derivative[held] = 0
        if timeline.padding is not None:
            derivative[timeline.padding] = 0
    return derivatives


def _before(trace: GRUTrace) -> Array:
    """h₋ in running order, (T, N, H)."""
    before: Array = trace.timeline.running(trace.previous.hidden_state)
    return before
