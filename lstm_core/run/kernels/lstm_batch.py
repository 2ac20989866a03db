"""A plain LSTM's run over several sequences at once; the equations stand in `cells.lstm`."""

from __future__ import annotations

import numpy as np

from ...cells.lstm import LSTMParameters, LSTMState
from ...record import Array
from ..interventions import ClampSchedule
from .common import RecordedLSTM, allocate


def lstm_batch(
    parameters: LSTMParameters, inputs: Array, initial: LSTMState, clamps: ClampSchedule
) -> RecordedLSTM:
    """Run a plain LSTM over several sequences at once: z = [h₋ x 1]·[U; W; b] in one product.

    The product reads the kernel once for all of them, so that what is left to save is elsewhere:
    σ(z) = 1 / (1 + exp(-z)) takes half as long as by tanh, and each gate is contiguous.
    """
    timesteps, batch, _ = inputs.shape
    hidden_size, output_size = parameters.hidden_size, parameters.output_size
    kernel = np.vstack([parameters.recurrent_kernel, parameters.kernel, parameters.bias])
    z, gates, cell_states, read = allocate(
        parameters.dtype,
        (timesteps, batch, 4, hidden_size),
        (timesteps, 4, batch, hidden_size),
        (timesteps + 1, batch, hidden_size),
        (timesteps + 1, batch, len(kernel)),  # [h₋ x 1]
    )
    hidden_states = read[:, :, :output_size]
    cell_states[0], hidden_states[0] = initial.cell_state, initial.hidden_state
    read[:-1, :, output_size:-1], read[:, :, -1] = inputs, 1
    written, shown = np.empty((2, batch, hidden_size), z.dtype)
    by_gate = z.swapaxes(1, 2)
    rows = zip(
        read[:-1],
        z.reshape(timesteps, batch, 4 * hidden_size),
        *(by_gate[:, gate] for gate in (slice(0, 2), 2, 3)),
        gates[:, :2],
        *(gates[:, k] for k in range(4)),
        cell_states[:-1],
        cell_states[1:],
        hidden_states[1:],
        strict=True,
    )
    project, clamped = parameters.projection, bool(clamps)
    with np.errstate(over="ignore"):  # exp(-z) of a gate that is shut: 1 / (1 + ∞) is 0
        for t, (read_t, z_t, z_if, z_g, z_o, i_f, i, f, g, o, c_before, c, h) in enumerate(rows):
            np.dot(read_t, kernel, z_t)
            _sigmoid(z_if, i_f)
            np.tanh(z_g, g)
            _sigmoid(z_o, o)
            if clamped:
                for name, values in zip(parameters.blocks, (i, f, g, o), strict=True):
                    clamps.apply(name, t, values)
            np.multiply(f, c_before, c)
            np.multiply(i, g, written)
            np.add(c, written, c)
            if clamped:
                clamps.apply("cell_state", t, c)
            np.tanh(c, shown)
            if project is None:
                np.multiply(o, shown, h)
            else:
                np.multiply(o, shown, shown)
                np.matmul(shown, project, h)
            if clamped:
                clamps.apply("hidden_state", t, h)
    return RecordedLSTM(z, gates.swapaxes(1, 2), cell_states, hidden_states)


def _sigmoid(z: Array, out: Array) -> None:
    """Write σ(z) = 1 / (1 + exp(-z)); exp may overflow to ∞, and σ is 0 there."""
    np.negative(z, out)
    np.exp(out, out)
    np.add(out, 1, out)
    np.reciprocal(out, out)
