"""Back through a standard RNN: δz = δh∘a'(z) and δh₋ = δz·Uᵀ."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

import numpy as np
from numpy import add, dot, multiply

from ..cells.rnn import RNNParameters
from ..record import Array, record
from ..run.trace import RNNTrace
from .common import LinearisedRun, Views, hidden_is_free, outer_sum, slope


@record
class LinearisedRNN(LinearisedRun):
    """A standard RNN: the factor is a'(z)."""

    @cached_property
    def rows(self) -> list[Views]:
        """a'(z)."""
        return list(zip(self.factors[:, :, 0]))

    def outputs(self, blocks: Array, cell: Array | None) -> Iterable[Views]:
        """Return δz (R, H)."""
        return zip(blocks[:, :, 0])

    def through(
        self, row: Views, hidden: Array, cell: Any, out: Views, added: Array | None = None
    ) -> tuple[Array, None]:
        """Return the gradient by h before the timestep; fill δz."""
        (d_z,) = out
        multiply(hidden, row[0], d_z)
        if added is not None:
            add(d_z, added[:, 0], d_z)
        return dot(d_z, self.recurrent_kernel), None

    def parameter_gradients(
        self, trace: RNNTrace, d_hidden: Array, blocks: Array, d_z: Array
    ) -> RNNParameters:
        """Return ∂L/∂ each weight: sums over timesteps and batch of what came in times δ."""
        before = trace.timeline.running(trace.previous.hidden_state)
        return trace.parameters.replace(
            kernel=outer_sum(trace.timeline.valid(trace.input), d_z),
            recurrent_kernel=outer_sum(before, blocks),
            bias=d_z.sum(axis=(0, 1)).reshape(-1),
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
        factors=derivative[:, :, np.newaxis],
    )
