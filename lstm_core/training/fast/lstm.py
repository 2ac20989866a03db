"""An LSTM, feature-major; the equations stand in `cells.lstm` and `gradients.lstm`.

Every variant is the LSTM with a forget gate under other weights: one that
never forgets has a forget gate of weights 0 and a bias so large that σ is 1 to the last digit;
one with coupled gates, f = 1 - σ(zᵢ) = σ(-zᵢ), has the input gate's weights with the sign
turned. Gradients go back through the same map.

The blocks stand in the order o i f g, so that all gates are one piece, and so are i f and
what they are multiplied with: g c₋.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ...cells.lstm import LSTMParameters, LSTMState
from ...record import Array
from .layer import FastLayer

OPEN = 100.0  # a preactivation whose σ is exactly 1


def supports(parameters: LSTMParameters) -> bool:
    """Whether this LSTM can be trained here."""
    variant = parameters.variant
    functions = (variant.recurrent_activation, variant.activation, variant.output_activation)
    return (
        functions == ("sigmoid", "tanh", "tanh")
        and variant.clip is None
        and parameters.projection is None
    )


class FastLSTM(FastLayer):
    """One LSTM layer's run."""

    blocks = (6, slice(1, 5))  # ∂s/∂c, then o i f g, then ∂c/∂c₋

    def run(self, start: Any) -> None:
        """Run all timesteps; `gates` are o i f g c₋ of each."""
        size, batch = self.hidden_size, self.batch
        gates, shown = self.signals(start)
        z, looked_up = self.buffers.array("z", 2, 4 * size, batch)
        terms = self.buffers.array("terms", 2 * size, batch)
        rows = self.buffers.rows(
            "forward",
            lambda: (
                self.stack[:-1],
                gates[:-1, : 4 * size],
                gates[:-1, : 3 * size],
                gates[:-1, size : 3 * size],
                gates[:-1, 3 * size :],
                gates[1:, 4 * size :],
                shown,
                gates[:-1, :size],
                self.stack[1:, :size],
            ),
        )
        written, retained = terms[:size], terms[size:]
        weights, table = self.weights()
        half = np.array(0.5, self.stack.dtype)
        dot, add, multiply, tanh = np.dot, np.add, np.multiply, np.tanh
        for t, (read, blocks, sigmoids, opened, held, c, tanh_c, o, h) in enumerate(rows):
            dot(weights, read, z)
            if table is not None:
                table.take(self.inputs.values[t], 1, looked_up, "clip")
                add(z, looked_up, z)
            tanh(z, blocks)
            multiply(sigmoids, half, sigmoids)
            add(sigmoids, half, sigmoids)
            multiply(opened, held, terms)
            add(written, retained, c)
            tanh(c, tanh_c)
            multiply(o, tanh_c, h)

    def signals(self, start: Any) -> tuple[Array, Array]:
        """Return arrays for o i f g c₋ (T + 1, 5H, N), the first c₋ filled in, and tanh(c)."""
        size, timesteps, batch = self.hidden_size, self.timesteps, self.batch
        self.gates = self.buffers.array("gates", timesteps + 1, 5 * size, batch)
        self.shown = self.buffers.array("shown", timesteps, size, batch)
        self.gates[0, 4 * size :] = start.cell_state.T
        return self.gates, self.shown

    def weights(self) -> tuple[Array, Array | None]:
        """Return the product's weights (4H, rows of the stack) and the symbols' table (4H, D).

        What goes into a sigmoid is halved: σ(z) = (tanh(z/2) + 1)/2.
        """
        parameters, size = self.parameters, self.hidden_size
        scale = np.repeat(np.array([0.5, 0.5, 0.5, 1.0], self.stack.dtype), size)[:, np.newaxis]
        bias = self._four(parameters.bias[np.newaxis])
        if parameters.variant.forget == "none":
            bias[2 * size : 3 * size] = OPEN
        kernel = self._four(self.kernel) * scale
        parts = [self._four(parameters.recurrent_kernel) * scale, bias * scale]
        if self.inputs.looked_up:
            return np.concatenate(parts, axis=1), np.ascontiguousarray(kernel)
        return np.concatenate([*parts, kernel], axis=1), None

    def _four(self, weights: Array) -> Array:
        """Weights (·, B·H) as rows, (4H, ·), blocks o i f g."""
        by_name = self.parameters.split(weights)
        i = by_name["input_gate"]
        forget = {"gate": by_name.get("forget_gate"), "coupled": -i, "none": np.zeros_like(i)}
        f = forget[self.parameters.variant.forget]
        four = [by_name["output_gate"], i, f, by_name["candidate"]]
        return np.concatenate([block.T for block in four if block is not None])

    def _own(self, rows: Array) -> Array:
        """Gradients (·, 4H) of blocks o i f g as the parameters' own, (·, B·H)."""
        size = self.hidden_size
        o, i, f, g = (rows[:, k * size : (k + 1) * size] for k in range(4))
        forget = self.parameters.variant.forget
        if forget == "gate":
            return np.concatenate([i, f, g, o], axis=1)
        return np.concatenate([i - f if forget == "coupled" else i, g, o], axis=1)

    def local_derivatives(self, first: int, last: int, out: Array) -> None:
        """Write S, A of o i f g, and F of these timesteps; see `gradients.lstm`."""
        shape = (last - first, 5, self.hidden_size, self.batch)
        gates, shown = self.gates[first:last].reshape(shape), self.shown[first:last]
        h = self.stack[first + 1 : last + 1, : self.hidden_size]
        np.multiply(h, shown, out[:, 0])
        np.subtract(gates[:, 0], out[:, 0], out[:, 0])
        sigmoids, steepness = gates[:, :3], out[:, 1:4]
        np.multiply(sigmoids, sigmoids, steepness)
        np.subtract(sigmoids, steepness, steepness)
        out[:, 1] *= shown
        out[:, 2:4] *= gates[:, 3:]
        np.multiply(gates[:, 3], gates[:, 3], out[:, 4])
        np.subtract(np.array(1, out.dtype), out[:, 4], out[:, 4])
        out[:, 4] *= gates[:, 1]
        np.copyto(out[:, 5], gates[:, 2])

    def written(self) -> Array:
        """Return i∘g of each timestep, (T, H, N)."""
        gates = self.gates[:-1].reshape(self.timesteps, 5, self.hidden_size, self.batch)
        return gates[:, 1] * gates[:, 3]

    def from_writes(self, d_written: Array, moves: Array, first: int) -> Array:
        """Return what joins δz of i f g and δc₋, (·, 4, H, N): δw∘A of i and g alone."""
        added = np.zeros((len(moves), 4, *d_written.shape[1:]), moves.dtype)
        np.multiply(d_written, moves[:, 2], out=added[:, 0])
        np.multiply(d_written, moves[:, 4], out=added[:, 2])
        return added

    def back(self, d_hidden: Array, d_written: Array | None = None) -> None:
        """Go back through time from ∂L/∂h (T, H, N)."""
        self._kept = self.buffers.array("kept", self.hidden_size, self.batch)
        self._kept[...] = 0
        self._recurrent = np.ascontiguousarray(self._four(self.parameters.recurrent_kernel).T)
        super().back(d_hidden, d_written)

    def through_time(self, d_own: Array, moves: Array, added: Array | None) -> None:
        """Go back through a chunk: δh times the first two blocks, δc times the others."""
        size, batch = self.hidden_size, self.batch
        h, c = self.buffers.array("h and c", 2, size, batch)
        rows = self.buffers.rows(
            f"back {len(moves)}",
            lambda: (
                moves[:, :2],
                moves[:, 0],
                moves[:, 2:],
                moves[:, 5],
                moves[:, 1:5].reshape(len(moves), 4 * size, batch),
            ),
        )
        from_after, recurrent, kept = self.from_after, self._recurrent, self._kept
        dot, add, multiply = np.dot, np.add, np.multiply
        more = [None] * len(moves) if added is None else added[::-1]
        for own, (by_h, through_h, by_c, along_cell, d_z), from_writes in zip(
            d_own[::-1], reversed(rows), more, strict=True
        ):
            add(own, from_after, h)
            multiply(h, by_h, by_h)
            add(through_h, kept, c)
            multiply(c, by_c, by_c)
            if from_writes is not None:
                add(by_c, from_writes, by_c)
            dot(recurrent, d_z, from_after)
            kept = along_cell
        np.copyto(self._kept, kept)

    def gradients(self) -> dict[str, Array]:
        """Return ∂L/∂ each of the parameters, by their names, after `back`."""
        product, size = self.product(self.d_z), self.hidden_size
        return {
            "kernel": self._own(self.kernel_gradient(product, self.d_z)),
            "recurrent_kernel": self._own(product[:size]),
            "bias": self._own(product[size : size + 1])[0],
        }

    def d_inputs_from(self) -> Array:
        """The gradient of what x·W was added to, blocks as the kernel has them."""
        return self._own(self.d_z.T).T

    def final(self, lengths: Array | None) -> LSTMState:
        """Return the state after the last valid timestep, arrays (N, H)."""
        return LSTMState(
            hidden_state=self.at(self.stack[:, : self.hidden_size], lengths),
            cell_state=self.at(self.gates[:, 4 * self.hidden_size :], lengths),
        )
