"""Back through an LSTM.

With every gate's local derivative at hand, a timestep is linear in the gradients:

    δs = δh [·Rᵀ]                        through the projection
    δc' = δc + δs∘S                      S = ∂s/∂c, where s = o∘tanh(c)
    δz = A∘(δc', δc', δc', δs)           A: what z moves: c (blocks i f g) and s (block o)
    δh₋ = δz·Uᵀ        δc₋ = δc'∘F       F = ∂c/∂c₋ with the gates' look at c₋

Every variant is in A, F and S: peepholes join F and S, since a gate that looks at the cell
state is one more way from it; f = 1 - i gives block i the term -c₋; clip makes a row of A
zero. So one map serves them all.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

import numpy as np
from numpy import add, dot, multiply

from ..activations import activation
from ..cells.lstm import LSTMParameters
from ..record import Array, record
from ..run.trace import LSTMTrace
from .common import (
    LinearisedRun,
    Views,
    hidden_is_free,
    outer_sum,
    schedule,
    slope,
)


@record
class LinearisedLSTM(LinearisedRun):
    """An LSTM of any variant: the factors are A."""

    projection: Array | None  # Rᵀ: (P, H)
    shown: Array  # s = o∘tanh(c): (T, N, H)
    to_cell: Array  # S: (T, N, H)
    along_cell: Array  # F: (T, N, H)
    input_look: Array | float  # pᵢ (H,): what the input gate's z takes from c₋; 0 without

    @property
    def cell_size(self) -> int:
        """H: the width of the cell state."""
        return int(self.to_cell.shape[-1])

    @cached_property
    def rows(self) -> list[Views]:
        """S, A of the blocks that move c, A of the one that moves s, and F."""
        of_cell, of_shown = self.factors[:, :, :-1], self.factors[:, :, -1]
        return list(zip(self.to_cell, of_cell, of_shown, self.along_cell, strict=True))

    def outputs(self, blocks: Array, cell: Array | None) -> Iterable[Views]:
        """Return δc' (R, H) and (R, 1, H), δz of the blocks that move c, of s, and of all."""
        assert cell is not None  # an LSTM's has its gradients beside those of h
        parts = (blocks[:, :, :-1], blocks[:, :, -1], blocks.reshape(*blocks.shape[:2], -1))
        return zip(cell, cell[:, :, np.newaxis], *parts, strict=True)

    def through(
        self, row: Views, hidden: Array, cell: Any, out: Views, added: Array | None = None
    ) -> tuple[Array, Array]:
        """Return the gradients by h and c before the timestep; fill δc' and δz."""
        to_cell, of_cell, of_shown, along_cell = row
        d_cell, d_cell_row, by_cell, by_shown, d_z = out
        d_shown = hidden if self.projection is None else dot(hidden, self.projection)
        multiply(d_shown, to_cell, d_cell)
        add(d_cell, cell, d_cell)
        multiply(d_cell_row, of_cell, by_cell)
        multiply(d_shown, of_shown, by_shown)
        d_before = multiply(d_cell, along_cell)
        if added is not None:
            d_z += added.reshape(d_z.shape)
            d_before += self.input_look * added[:, 0]
        return dot(d_z, self.recurrent_kernel), d_before

    def parameter_gradients(
        self, trace: LSTMTrace, d_hidden: Array, blocks: Array, d_z: Array
    ) -> LSTMParameters:
        """Return ∂L/∂ each weight: sums over timesteps and batch of what came in times δ."""
        parameters, timeline = trace.parameters, trace.timeline
        gradients = {
            "kernel": outer_sum(timeline.valid(trace.input), d_z),
            "recurrent_kernel": outer_sum(timeline.running(trace.previous.hidden_state), blocks),
            "bias": d_z.sum(axis=(0, 1)).reshape(-1),
        }
        if parameters.peephole is not None:
            gradients["peephole"] = _peephole_gradient(trace, d_z)
        if parameters.projection is not None:
            if timeline.padding is not None:
                d_hidden = np.where(timeline.padding[..., np.newaxis], 0, d_hidden)
            gradients["projection"] = outer_sum(self.shown, d_hidden)
        return parameters.replace(**gradients)


def linearised_lstm(trace: LSTMTrace) -> LinearisedLSTM:
    """Return A, S and F of every timestep; on padding nothing moves and c is carried on."""
    parameters, timeline = trace.parameters, trace.timeline
    show = activation(parameters.variant.output_activation)
    c, o = timeline.running(trace.cell_state), timeline.running(trace.output_gate)
    squashed = show(c)
    to_blocks = _to_blocks(trace, squashed)
    to_cell = o * show.derivative(c, squashed)
    along_cell = np.array(timeline.running(trace.forget_gate))
    for name, peephole in parameters.peepholes().items():
        looks = to_cell if name == "output_gate" else along_cell
        looks += peephole * to_blocks[:, :, parameters.blocks.index(name)]
    held = schedule(trace).held("cell_state", parameters.hidden_size)
    if held is not None:
        np.copyto(to_blocks[:, :, :-1], 0, where=held[:, :, np.newaxis])
        along_cell[held] = 0
    if timeline.padding is not None:
        to_blocks[timeline.padding] = 0
        to_cell[timeline.padding] = 0
        along_cell[timeline.padding] = 1
    return LinearisedLSTM(
        kernel=parameters.kernel.T,
        recurrent_kernel=np.ascontiguousarray(parameters.recurrent_kernel.T),
        hidden_is_free=hidden_is_free(trace),
        projection=None if parameters.projection is None else parameters.projection.T.copy(),
        factors=to_blocks,
        shown=o * squashed,
        to_cell=to_cell,
        along_cell=along_cell,
        input_look=parameters.peepholes().get("input_gate", 0.0),
    )


def _to_blocks(trace: LSTMTrace, squashed: Array) -> Array:
    """A (T, N, B, H): what each gate or the candidate multiplies, times its own slope."""
    parameters, variant, clamps = trace.parameters, trace.parameters.variant, schedule(trace)
    running = trace.timeline.running
    z, c_before = running(trace.preactivation), running(trace.previous.cell_state)
    i, g = running(trace.input_gate), running(trace.candidate)
    multiplied = {"input_gate": g, "candidate": i, "forget_gate": c_before, "output_gate": squashed}
    if variant.forget == "coupled":
        held = clamps.held("forget_gate", parameters.hidden_size)
        forgotten = c_before if held is None else np.where(held, 0, c_before)
        multiplied["input_gate"] = g - forgotten
    to_blocks = np.empty_like(z, order="C")
    for k, name in enumerate(parameters.blocks):
        spelling = variant.activation if name == "candidate" else variant.recurrent_activation
        steepness = slope(spelling, z[:, :, k], running(trace.series(name)), variant.clip)
        np.multiply(multiplied[name], steepness, out=to_blocks[:, :, k])
        held = clamps.held(name, parameters.hidden_size)
        if held is not None:
            to_blocks[:, :, k][held] = 0
    return to_blocks


def _peephole_gradient(trace: LSTMTrace, d_preactivation: Array) -> Array:
    """∂L/∂p: Σ δz∘c, where the output gate sees the new c and the others c₋."""
    parameters = trace.parameters
    before, after = map(trace.timeline.running, (trace.previous.cell_state, trace.cell_state))
    gradients = []
    for name in parameters.peepholes():
        seen = after if name == "output_gate" else before
        d_gate = d_preactivation[:, :, parameters.blocks.index(name)]
        gradients.append(np.sum(d_gate * seen, axis=(0, 1)))
    return np.stack(gradients)
