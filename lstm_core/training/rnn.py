"""Back through a standard RNN: δh = ∂L/∂h + δz₊·Uᵀ and δz = δh∘a'(z), last timestep first."""

from __future__ import annotations

import numpy as np

from ..cells.common import State
from ..record import Array
from ..run.trace import RNNTrace
from .common import Gradients, RNNGradients, hidden_gradient, outer_sum, slope


def backward(trace: RNNTrace, d_hidden: Array, d_final: State | None) -> RNNGradients:
    """Return the gradient of everything; see `gradients.backward`."""
    parameters, timeline = trace.parameters, trace.timeline
    z = timeline.running(trace.preactivation)[:, :, 0]
    h = timeline.running(trace.hidden_state)
    local = slope(parameters.activation, z, h, parameters.clip)
    if timeline.padding is not None:
        local = np.where(timeline.padding[..., np.newaxis], 0, local)
    d_own, d_start = hidden_gradient(timeline, trace, d_hidden, d_final)

    d_h, d_z = np.empty((2, *local.shape), local.dtype)
    recurrent = np.ascontiguousarray(parameters.recurrent_kernel.T)
    from_after = np.zeros((timeline.batch, parameters.hidden_size), d_h.dtype)
    for t in range(timeline.timesteps - 1, -1, -1):
        np.add(d_own[t], from_after, out=d_h[t])
        np.multiply(d_h[t], local[t], out=d_z[t])
        np.dot(d_z[t], recurrent, out=from_after)
    from_after += d_start

    return Gradients(
        parameters=parameters.replace(
            kernel=outer_sum(timeline.valid(trace.input), d_z),
            recurrent_kernel=outer_sum(timeline.running(trace.previous.hidden_state), d_z),
            bias=d_z.sum(axis=(0, 1)),
        ),
        inputs=timeline.own(d_z @ parameters.kernel.T),
        initial=State(hidden_state=timeline.unflat(from_after)),
        hidden_state=timeline.own(d_h),
    )
