"""Back through a GRU, with the reset after or before the recurrent product.

    δn = δh∘(1 - z)∘a'(z_n)      δz = δh∘(h₋ - n)∘σ'(z_z)      δr = δm∘m'∘σ'(z_r)
    δh₋ = δh∘z + what came through the three recurrent products

Reset after: n saw r∘q with q = h₋·U_n + b_u, so δr = δn∘q∘σ'(z_r), and all of it is δh times
factors known before the loop. Reset before: n saw (r∘h₋)·U_n, so δk = δn·U_nᵀ comes first,
then δr = δk∘h₋∘σ'(z_r).
"""

from __future__ import annotations

import numpy as np

from ..cells.common import State
from ..cells.gru import GRUParameters
from ..record import Array, record
from ..run.timeline import Timeline
from ..run.trace import GRUTrace
from .common import Gradients, GRUGradients, hidden_gradient, outer_sum, slope


@record
class LocalDerivatives:
    """What one timestep does to a gradient; all (T, N, H), in running order."""

    before: Array  # h₋
    reset: Array  # r
    update: Array  # z
    to_reset: Array  # r'∘(q after, h₋ before)
    to_update: Array
    to_candidate: Array


def backward(trace: GRUTrace, d_hidden: Array, d_final: State | None) -> GRUGradients:
    """Return the gradient of everything; see `gradients.backward`."""
    parameters, timeline = trace.parameters, trace.timeline
    local = local_derivatives(trace, timeline)
    d_own, d_start = hidden_gradient(timeline, trace, d_hidden, d_final)
    through_time = _reset_after if parameters.reset_after else _reset_before
    d_h, d_z, d_h_start = through_time(parameters, local, d_own)
    d_h_start += d_start
    d_rows = d_z.reshape(*d_z.shape[:2], -1)
    found = {
        "kernel": outer_sum(timeline.valid(trace.input), d_rows),
        "bias": d_rows.sum(axis=(0, 1)),
        **_recurrent_gradients(parameters, local, d_z),
    }
    return Gradients(
        parameters=parameters.replace(**found),
        inputs=timeline.own(d_rows @ parameters.kernel.T),
        initial=State(hidden_state=timeline.unflat(d_h_start)),
        hidden_state=timeline.own(d_h),
    )


def local_derivatives(trace: GRUTrace, timeline: Timeline) -> LocalDerivatives:
    """Return every timestep's local derivatives; on padding nothing moves."""
    parameters = trace.parameters
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
    moves = {
        "to_reset": recalled * slope(gate, z[:, :, 0], reset, clip),
        "to_update": (before - candidate) * slope(gate, z[:, :, 1], update, clip),
        "to_candidate": (1 - update) * slope(parameters.activation, z[:, :, 2], candidate, clip),
    }
    if timeline.padding is not None:
        for factor in moves.values():
            factor[timeline.padding] = 0
    return LocalDerivatives(before=before, reset=reset, update=update, **moves)


def _reset_after(
    parameters: GRUParameters, local: LocalDerivatives, d_own: Array
) -> tuple[Array, Array, Array]:
    """δh (T, N, H), δz (T, N, 3, H) and δh₀ (N, H): every block is δh times a factor."""
    factors = np.stack(
        [local.to_reset * local.to_candidate, local.to_update, local.to_candidate], axis=2
    )
    through_product = factors.copy()  # the candidate's product is seen through the reset gate
    through_product[:, :, 2] *= local.reset
    d_h = np.empty(d_own.shape, d_own.dtype)
    d_product = np.empty(factors.shape[1:], d_own.dtype)
    recurrent = np.ascontiguousarray(parameters.recurrent_kernel.T)
    from_after = np.zeros(d_own.shape[1:], d_own.dtype)
    kept = np.empty_like(from_after)
    flat = d_product.reshape(len(d_product), -1)
    for t in range(len(d_own) - 1, -1, -1):
        h = d_h[t]
        np.add(d_own[t], from_after, out=h)
        np.multiply(h[:, np.newaxis], through_product[t], out=d_product)
        np.dot(flat, recurrent, out=from_after)
        np.multiply(h, local.update[t], out=kept)
        from_after += kept
    factors *= d_h[:, :, np.newaxis]
    return d_h, factors, from_after


def _reset_before(
    parameters: GRUParameters, local: LocalDerivatives, d_own: Array
) -> tuple[Array, Array, Array]:
    """δh (T, N, H), δz (T, N, 3, H) and δh₀ (N, H): the reset gate stands inside the product."""
    d_h = np.empty(d_own.shape, d_own.dtype)
    d_z = np.empty((*d_own.shape[:2], 3, d_own.shape[2]), d_own.dtype)
    both = 2 * parameters.hidden_size
    gates = parameters.recurrent_kernel[:, :both].T.copy()
    candidate = parameters.recurrent_kernel[:, both:].T.copy()
    from_after = np.zeros(d_own.shape[1:], d_own.dtype)
    d_recalled = np.empty_like(from_after)
    for t in range(len(d_own) - 1, -1, -1):
        h, z = d_h[t], d_z[t]
        np.add(d_own[t], from_after, out=h)
        np.multiply(h, local.to_candidate[t], out=z[:, 2])
        np.dot(z[:, 2], candidate, out=d_recalled)
        np.multiply(d_recalled, local.to_reset[t], out=z[:, 0])
        np.multiply(h, local.to_update[t], out=z[:, 1])
        np.dot(z[:, :2].reshape(len(z), both), gates, out=from_after)
        from_after += h * local.update[t]
        from_after += d_recalled * local.reset[t]
    return d_h, d_z, from_after


def _recurrent_gradients(
    parameters: GRUParameters, local: LocalDerivatives, d_z: Array
) -> dict[str, Array]:
    """∂L/∂U and, where the reset comes after, ∂L/∂b_u."""
    if not parameters.reset_after:
        before = outer_sum(local.before, d_z[:, :, :2].reshape(*d_z.shape[:2], -1))
        candidate = outer_sum(local.reset * local.before, d_z[:, :, 2])
        return {"recurrent_kernel": np.concatenate([before, candidate], axis=1)}
    d_product = d_z.copy()
    d_product[:, :, 2] *= local.reset
    return {
        "recurrent_kernel": outer_sum(local.before, d_product.reshape(*d_z.shape[:2], -1)),
        "recurrent_bias": d_product[:, :, 2].sum(axis=(0, 1)),
    }
