"""A standard RNN, feature-major; the equations stand in `cells.rnn` and `gradients.rnn`."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...activations import activation
from ...cells.rnn import RNNParameters
from ...record import Array
from .layer import FastLayer


def supports(parameters: RNNParameters) -> bool:
    """Whether this RNN can be trained here."""
    return parameters.clip is None


class FastRNN(FastLayer):
    """One standard RNN layer's run."""

    blocks = (1, slice(0, 1))

    def run(self, start: Any) -> None:
        """Run all timesteps; `z` are the preactivations."""
        size = self.hidden_size
        self.z = self.buffers.array("z", self.timesteps, size, self.batch)
        rows = self.buffers.rows(
            "forward", lambda: (self.stack[:-1], self.z, self.stack[1:, :size])
        )
        looked_up = self.buffers.array("looked up", size, self.batch)
        weights, table = self._weights()
        squash = activation(self.parameters.activation).apply
        if self.parameters.activation == "tanh":
            squash = np.tanh
        for t, (read, z, h) in enumerate(rows):
            np.dot(weights, read, z)
            if table is not None:
                table.take(self.inputs.values[t], 1, looked_up, "clip")
                np.add(z, looked_up, z)
            squash(z, h)

    def _weights(self) -> tuple[Array, Array | None]:
        parts = [self.parameters.recurrent_kernel, self.parameters.bias[np.newaxis]]
        if self.inputs.looked_up:
            return np.concatenate(parts).T.copy(), self.kernel.T.copy()
        return np.concatenate([*parts, self.kernel]).T.copy(), None

    def local_derivatives(self, first: int, last: int, out: Array) -> None:
        """Write a'(z) of these timesteps."""
        h = self.stack[first + 1 : last + 1, : self.hidden_size]
        if self.parameters.activation == "tanh":
            np.multiply(h, h, out[:, 0])
            np.subtract(np.array(1, out.dtype), out[:, 0], out[:, 0])
        else:
            slopes = activation(self.parameters.activation).derivative(self.z[first:last], h)
            np.copyto(out[:, 0], slopes)

    def through_time(self, d_own: Array, moves: Array, added: Array | None) -> None:
        """Go back through a chunk: δz = δh∘a'(z)."""
        h = self.buffers.array("h", self.hidden_size, self.batch)
        from_after, recurrent = (
            self.from_after,
            np.ascontiguousarray(self.parameters.recurrent_kernel),
        )
        for own, d_z in zip(d_own[::-1], moves[::-1, 0], strict=True):
            np.add(own, from_after, h)
            np.multiply(h, d_z, d_z)
            np.dot(recurrent, d_z, from_after)

    def gradients(self) -> dict[str, Array]:
        """Return ∂L/∂ each of the parameters, by their names, after `back`."""
        product, size = self.product(self.d_z), self.hidden_size
        return {
            "kernel": self.kernel_gradient(product, self.d_z),
            "recurrent_kernel": product[:size],
            "bias": product[size],
        }
