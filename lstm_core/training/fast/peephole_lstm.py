"""An LSTM with peepholes, feature-major; the equations stand in `cells.lstm`.

The output gate sees the new c, so it waits until that is there; i and f see c₋.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ...cells.lstm import LSTMParameters
from ...record import Array
from .lstm import FastLSTM


class FastPeepholeLSTM(FastLSTM):
    """One LSTM layer's run, with peepholes."""

    def run(self, start: Any) -> None:
        """Run all timesteps; `gates` are o i f g c₋ of each."""
        size, batch = self.hidden_size, self.batch
        gates, shown = self.signals(start)
        z, looked_up = self.buffers.array("z", 2, 4 * size, batch)
        terms, looks = self.buffers.array("terms", 2, 2, size, batch)
        rows = self.buffers.rows(
            "forward",
            lambda: (
                self.stack[:-1],
                gates[:-1, size : 4 * size],
                gates[:-1, size : 3 * size].reshape(-1, 2, size, batch),
                gates[:-1, 3 * size :].reshape(-1, 2, size, batch),
                gates[:-1, 4 * size :],
                gates[1:, 4 * size :],
                gates[:-1, :size],
                shown,
                self.stack[1:, :size],
            ),
        )
        weights, table = self.weights()
        half = np.array(0.5, self.stack.dtype)
        p_o, p_i, p_f = self._peepholes()
        before, after = np.stack([p_i, p_f]) * half, p_o * half
        z_o, z_others, z_if = z[:size], z[size:], z[size : 3 * size].reshape(2, size, batch)
        dot, add, multiply, tanh = np.dot, np.add, np.multiply, np.tanh
        for t, (read, others, opened, held, c_before, c, o, tanh_c, h) in enumerate(rows):
            dot(weights, read, z)
            if table is not None:
                table.take(self.inputs.values[t], 1, looked_up, "clip")
                add(z, looked_up, z)
            multiply(before, c_before, looks)
            add(z_if, looks, z_if)
            tanh(z_others, others)
            multiply(opened, half, opened)
            add(opened, half, opened)
            multiply(opened, held, terms)
            add(terms[0], terms[1], c)
            multiply(after, c, o)
            add(z_o, o, o)
            tanh(o, o)
            multiply(o, half, o)
            add(o, half, o)
            tanh(c, tanh_c)
            multiply(o, tanh_c, h)

    def _peepholes(self) -> tuple[Array, Array, Array]:
        """The peepholes of o, i and f, each (H, 1); see `lstm` on variants."""
        peepholes = {name: p[:, np.newaxis] for name, p in self.parameters.peepholes().items()}
        i = peepholes["input_gate"]
        forget = {"gate": peepholes.get("forget_gate"), "coupled": -i, "none": np.zeros_like(i)}
        f = forget[self.parameters.variant.forget]
        assert f is not None
        return peepholes["output_gate"], i, f

    def local_derivatives(self, first: int, last: int, out: Array) -> None:
        """Write S, A of o i f g, and F: a look at the cell state is one more way from it."""
        super().local_derivatives(first, last, out)
        p_o, p_i, p_f = self._peepholes()
        out[:, 0] += p_o * out[:, 1]
        out[:, 5] += p_i * out[:, 2]
        out[:, 5] += p_f * out[:, 3]

    def from_writes(self, d_written: Array, moves: Array, first: int) -> Array:
        """Return what joins δz of i f g and δc₋: the input gate looks at c₋."""
        added = super().from_writes(d_written, moves, first)
        np.multiply(self._peepholes()[1], added[:, 0], out=added[:, 3])
        return added

    def gradients(self) -> dict[str, Array]:
        """Return ∂L/∂ each of the parameters, by their names, after `back`."""
        size = self.hidden_size
        d_z = self.d_z.reshape(4, size, self.timesteps, self.batch)
        cell_states = self.gates[:, 4 * size :].transpose(1, 0, 2)
        o = np.einsum("htn,htn->h", d_z[0], cell_states[:, 1:])
        i, f = (np.einsum("htn,htn->h", d_z[k], cell_states[:, :-1]) for k in (1, 2))
        own = {"gate": [i, f, o], "coupled": [i - f, o], "none": [i, o]}
        peephole = np.stack(own[self.parameters.variant.forget])
        return {**super().gradients(), "peephole": peephole}


def fast_lstm(parameters: LSTMParameters, *rest: Any) -> FastLSTM:
    """Return the run of an LSTM layer, with peepholes or without; see `FastLayer`."""
    layer = FastLSTM if parameters.peephole is None else FastPeepholeLSTM
    return layer(parameters, *rest)
