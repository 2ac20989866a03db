"""A GRU with the reset after the product, feature-major; the equations stand in `cells.gru`.

Four blocks: r, z, what the reset gate acts on, q = h₋·U_n + b_u, and what it doesn't,
p = x·W_n + b_n, so that n = tanh(p + r∘q) and h = n + z∘(h₋ - n).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ...cells.gru import GRUParameters
from ...record import Array
from .layer import FastLayer


def supports(parameters: GRUParameters) -> bool:
    """Whether this GRU can be trained here."""
    functions = (parameters.recurrent_activation, parameters.activation)
    return functions == ("sigmoid", "tanh") and parameters.clip is None and parameters.reset_after


class FastGRU(FastLayer):
    """One GRU layer's run."""

    blocks = (5, slice(0, 4))  # r z q p, then ∂h/∂h₋ beside the products

    def run(self, start: Any) -> None:
        """Run all timesteps; `signals` are r z q n and h₋ - n of each."""
        size, timesteps, batch = self.hidden_size, self.timesteps, self.batch
        signals = self.signals = self.buffers.array("signals", timesteps, 5 * size, batch)
        rows = self.buffers.rows(
            "forward",
            lambda: (
                self.stack[:-1],
                self.stack[:-1, size:],
                self.stack[:-1, :size],
                *(signals[:, k * size : (k + 1) * size] for k in range(5)),
                signals[:, : 2 * size],
                signals[:, : 3 * size],
                self.stack[1:, :size],
            ),
        )
        looked_up = self.buffers.array("looked up", 3 * size, batch)
        p, moved = self.buffers.array("p and moved", 2, size, batch)
        weights, of_inputs, table = self._weights()
        half = np.array(0.5, self.stack.dtype)
        dot, add, multiply, subtract, tanh = np.dot, np.add, np.multiply, np.subtract, np.tanh
        for t, (read, x, h_before, r, u, q, n, away, gates, recalled, h) in enumerate(rows):
            dot(weights, read, recalled)
            dot(of_inputs, x, p)
            if table is not None:
                table.take(self.inputs.values[t], 1, looked_up, "clip")
                add(gates, looked_up[: 2 * size], gates)
                add(p, looked_up[2 * size :], p)
            tanh(gates, gates)
            multiply(gates, half, gates)
            add(gates, half, gates)
            multiply(r, q, moved)
            add(p, moved, p)
            tanh(p, n)
            subtract(h_before, n, away)
            multiply(u, away, moved)
            add(n, moved, h)

    def _weights(self) -> tuple[Array, Array, Array | None]:
        """Weights of r z q (3H, rows of the stack), of p (H, rows of [1 x]), the table (3H, D)."""
        parameters, size = self.parameters, self.hidden_size
        dtype, both = self.stack.dtype, 2 * size
        scale = np.repeat(np.array([0.5, 0.5, 1.0], dtype), size)
        bias = np.concatenate([parameters.bias[:both], parameters.recurrent_bias])
        parts = [parameters.recurrent_kernel, bias[np.newaxis]]
        of_inputs = [parameters.bias[np.newaxis, both:]]
        if self.inputs.looked_up:
            table = np.ascontiguousarray((self.kernel * scale).T)
        else:
            table = None
            nothing = np.zeros((len(self.kernel), size), dtype)
            parts.append(np.concatenate([self.kernel[:, :both], nothing], axis=1))
            of_inputs.append(self.kernel[:, both:])
        weights = np.ascontiguousarray((np.concatenate(parts) * scale).T)
        return weights, np.concatenate(of_inputs).T.copy(), table

    def local_derivatives(self, first: int, last: int, out: Array) -> None:
        """Write what δh is multiplied with to become δr, δz, δq, δp, and ∂h/∂h₋'s own part."""
        shape = (last - first, 5, self.hidden_size, self.batch)
        signals, one = self.signals[first:last].reshape(shape), np.array(1, out.dtype)
        r, u, q, n, away = (signals[:, k] for k in range(5))
        np.multiply(n, n, out[:, 3])
        np.subtract(one, out[:, 3], out[:, 3])
        np.subtract(one, u, out[:, 4])
        out[:, 3] *= out[:, 4]  # (1 - z)∘(1 - n²)
        np.multiply(signals[:, :2], signals[:, :2], out[:, :2])
        np.subtract(signals[:, :2], out[:, :2], out[:, :2])
        out[:, 0] *= q
        out[:, 0] *= out[:, 3]
        out[:, 1] *= away
        np.multiply(out[:, 3], r, out[:, 2])
        np.copyto(out[:, 4], u)

    def written(self) -> Array:
        """Return (1 - z)∘n of each timestep, (T, H, N)."""
        shape = (self.timesteps, 5, self.hidden_size, self.batch)
        signals = self.signals.reshape(shape)
        return (np.array(1, signals.dtype) - signals[:, 1]) * signals[:, 3]

    def from_writes(self, d_written: Array, moves: Array, first: int) -> Array:
        """Return what joins δr, δz, δq and δp, (·, 4, H, N).

        r, q and p reach h only through what is written, so that their factors are those of δh;
        z reaches the write by -n alone, and h by h₋ - n.
        """
        added = d_written[:, np.newaxis] * moves[:, :4]
        shape = (len(moves), 5, self.hidden_size, self.batch)
        signals = self.signals[first : first + len(moves)].reshape(shape)
        u, n = signals[:, 1], signals[:, 3]
        added[:, 1] = -d_written * n * (u - u * u)
        return added

    def through_time(self, d_own: Array, moves: Array, added: Array | None) -> None:
        """Go back through a chunk: every block is δh times a factor."""
        size, batch = self.hidden_size, self.batch
        rows = self.buffers.rows(
            f"back {len(moves)}",
            lambda: (
                moves,
                moves[:, :3].reshape(len(moves), 3 * size, batch),
                moves[:, 4],
                moves[:, :4],
            ),
        )
        more = [None] * len(moves) if added is None else added[::-1]
        h = self.buffers.array("h", size, batch)
        from_after = self.from_after
        recurrent = np.ascontiguousarray(self.parameters.recurrent_kernel)
        dot, add, multiply = np.dot, np.add, np.multiply
        for own, (by_h, d_z, kept, d_blocks), from_writes in zip(
            d_own[::-1], reversed(rows), more, strict=True
        ):
            add(own, from_after, h)
            multiply(h, by_h, by_h)
            if from_writes is not None:
                add(d_blocks, from_writes, d_blocks)
            dot(recurrent, d_z, from_after)
            add(from_after, kept, from_after)

    def gradients(self) -> dict[str, Array]:
        """Return ∂L/∂ each of the parameters, by their names, after `back`."""
        size = self.hidden_size
        both, three = 2 * size, 3 * size
        read, of_inputs = self.product(self.d_z[:three]), self.product(self.d_z[three:], size)
        gates = self.kernel_gradient(read[:, :both], self.d_z[:both])
        candidate = self.kernel_gradient(of_inputs, self.d_z[three:])
        return {
            "kernel": np.concatenate([gates, candidate], axis=1),
            "recurrent_kernel": read[:size],
            "bias": np.concatenate([read[size, :both], of_inputs[0]]),
            "recurrent_bias": read[size, both:],
        }

    def d_inputs_from(self) -> Array:
        """The gradient of what x·W was added to, blocks as the kernel has them."""
        both = 2 * self.hidden_size
        return np.concatenate([self.d_z[:both], self.d_z[both + self.hidden_size :]])
