"""Back through a standard RNN: δz = δh∘a'(z) and δh₋ = δz·Uᵀ."""

from __future__ import annotations

import numpy as np

from ..cells.rnn import RNNParameters
from ..record import Array, record
from ..run.trace import RNNTrace
from .common import LinearisedRun, StateGradient, StepGradient, hidden_is_free, outer_sum, slope


@record
class LinearisedRNN(LinearisedRun):
    """A standard RNN."""

    slope: Array  # a'(z): (T, N, H)

    def back(
        self,
        t: int,
        after: StateGradient,
        out: Array | None = None,
        added: Array | None = None,
    ) -> StepGradient:
        """Return δz and the gradient by h before timestep `t`."""
        d_h = self.computed(after.hidden, t)
        d_z = np.multiply(d_h, self.slope[t], out=None if out is None else out[:, 0])
        if added is not None:
            d_z += added[:, 0]
        before = StateGradient(np.dot(d_z, self.recurrent_kernel), None)
        return StepGradient(None, d_z[:, np.newaxis], before)

    def parameter_gradients(
        self, trace: RNNTrace, d_hidden: Array, d_preactivation: Array
    ) -> RNNParameters:
        """Return ∂L/∂ each weight: sums over timesteps and batch of what came in times δ."""
        before = trace.timeline.running(trace.previous.hidden_state)
        return trace.parameters.replace(
            kernel=outer_sum(trace.timeline.valid(trace.input), d_preactivation),
            recurrent_kernel=outer_sum(before, d_preactivation),
            bias=d_preactivation.sum(axis=(0, 1)).reshape(-1),
        )


def linearised_rnn(trace: RNNTrace) -> LinearisedRNN:
    """Return every timestep's a'(z); on padding it is zero."""
    parameters, timeline = trace.parameters, trace.timeline
    z = timeline.running(trace.preactivation)[:, :, 0]
    h = timeline.running(trace.hidden_state)
    derivative = slope(parameters.activation, z, h, parameters.clip)
    if timeline.padding is not None:
        derivative = np.where(timeline.padding[..., np.newaxis], 0, derivative)
    return LinearisedRNN(
        kernel=parameters.kernel.T,
        recurrent_kernel=np.ascontiguousarray(parameters.recurrent_kernel.T),
        hidden_is_free=hidden_is_free(trace),
        slope=derivative,
    )
