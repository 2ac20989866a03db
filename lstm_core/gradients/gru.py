"""Back through a GRU, with the reset after or before the recurrent product.

    δn = δh∘(1 - z)∘a'(z_n)        δz = δh∘(h₋ - n)∘σ'(z_z)
    reset after     δr = δn∘q∘σ'(z_r)        δh₋ = δh∘z + (δr, δz, δn∘r)·Uᵀ
    reset before    δr = δk∘h₋∘σ'(z_r)       δh₋ = δh∘z + (δr, δz)·Uᵀ + δk∘r

Reset after: n saw r∘q with q = h₋·U_n + b_u, so that all of it is δh times factors known
beforehand. Reset before: n saw (r∘h₋)·U_n, so that δk = δn·U_nᵀ comes first.
"""

from __future__ import annotations

import numpy as np

from ..cells.gru import GRUParameters
from ..record import Array, record
from ..run.trace import GRUTrace
from .common import (
    LinearisedRun,
    StateGradient,
    StepGradient,
    hidden_is_free,
    outer_sum,
    schedule,
    slope,
)


@record
class LinearisedGRU(LinearisedRun):
    """A GRU; signals and local derivatives are (T, N, H)."""

    reset_after: bool
    reset: Array  # r
    update: Array  # z
    to_reset: Array  # σ'(z_r)∘q with the reset after, σ'(z_r)∘h₋ with the reset before
    to_update: Array  # σ'(z_z)∘(h₋ - n)
    to_candidate: Array  # a'(z_n)∘(1 - z)

    def back(
        self,
        t: int,
        after: StateGradient,
        out: Array | None = None,
        added: Array | None = None,
    ) -> StepGradient:
        """Return δr, δz and δn, and the gradient by h before timestep `t`."""
        d_h = self.computed(after.hidden, t)
        d_z = np.empty((len(d_h), 3, d_h.shape[1]), d_h.dtype) if out is None else out
        candidate = np.multiply(d_h, self.to_candidate[t], out=d_z[:, 2])
        np.multiply(d_h, self.to_update[t], out=d_z[:, 1])
        if added is not None:
            d_z[:, 1:] += added[:, 1:]
        through = self._through_product if self.reset_after else self._into_product
        before = through(t, candidate, d_z)
        before += d_h * self.update[t]
        return StepGradient(None, d_z, StateGradient(before, None))

    def _through_product(self, t: int, candidate: Array, d_z: Array) -> Array:
        """δh₋ through the weights where the reset gate multiplies the product h₋·U_n."""
        np.multiply(candidate, self.to_reset[t], out=d_z[:, 0])
        d_product = d_z.copy()
        d_product[:, 2] *= self.reset[t]
        before: Array = np.dot(d_product.reshape(len(d_z), -1), self.recurrent_kernel)
        return before

    def _into_product(self, t: int, candidate: Array, d_z: Array) -> Array:
        """δh₋ through the weights where the reset gate multiplies h₋ itself."""
        both = 2 * candidate.shape[1]
        recalled = np.dot(candidate, self.recurrent_kernel[both:])
        np.multiply(recalled, self.to_reset[t], out=d_z[:, 0])
        before: Array = np.dot(d_z[:, :2].reshape(len(d_z), both), self.recurrent_kernel[:both])
        before += recalled * self.reset[t]
        return before

    def parameter_gradients(
        self, trace: GRUTrace, d_hidden: Array, d_preactivation: Array
    ) -> GRUParameters:
        """Return ∂L/∂ each weight: sums over timesteps and batch of what came in times δ."""
        gradients = {
            "kernel": outer_sum(trace.timeline.valid(trace.input), d_preactivation),
            "bias": d_preactivation.sum(axis=(0, 1)).reshape(-1),
        }
        before = trace.timeline.running(trace.previous.hidden_state)
        if self.reset_after:
            d_product = d_preactivation.copy()
            d_product[:, :, 2] *= self.reset
            gradients["recurrent_kernel"] = outer_sum(before, d_product)
            gradients["recurrent_bias"] = d_product[:, :, 2].sum(axis=(0, 1))
        else:
            of_gates = outer_sum(before, d_preactivation[:, :, :2])
            of_candidate = outer_sum(self.reset * before, d_preactivation[:, :, 2])
            gradients["recurrent_kernel"] = np.concatenate([of_gates, of_candidate], axis=1)
        return trace.parameters.replace(**gradients)


def linearised_gru(trace: GRUTrace) -> LinearisedGRU:
    """Return every timestep's local derivatives; on padding nothing moves."""
    parameters, timeline = trace.parameters, trace.timeline
    gate, clip = parameters.recurrent_activation, parameters.clip
    z = timeline.running(trace.preactivation)
    reset, update, candidate, before = (
        timeline.running(values)
        for values in (
            trace.reset_gate,
            trace.update_gate,
            trace.candidate,
            trace.previous.hidden_state,
        )
    )
    recalled = before
    if parameters.recurrent_bias is not None:
        kernel = parameters.split(parameters.recurrent_kernel)["candidate"]
        recalled = before @ kernel + parameters.recurrent_bias
    derivatives = {
        "to_reset": recalled * slope(gate, z[:, :, 0], reset, clip),
        "to_update": (before - candidate) * slope(gate, z[:, :, 1], update, clip),
        "to_candidate": (1 - update) * slope(parameters.activation, z[:, :, 2], candidate, clip),
    }
    clamps = schedule(trace)
    for name, derivative in zip(parameters.blocks, derivatives.values(), strict=True):
        held = clamps.held(name, parameters.hidden_size)
        if held is not None:
            derivative[held] = 0
        if timeline.padding is not None:
            derivative[timeline.padding] = 0
    return LinearisedGRU(
        kernel=parameters.kernel.T,
        recurrent_kernel=np.ascontiguousarray(parameters.recurrent_kernel.T),
        hidden_is_free=hidden_is_free(trace),
        reset_after=parameters.reset_after,
        reset=reset,
        update=update,
        **derivatives,
    )
