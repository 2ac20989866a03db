"""A plain LSTM's run over several sequences at once; the equations stand in `cells.lstm`."""

from __future__ import annotations

import numpy as np

from ...cells.lstm import LSTMParameters, LSTMState
from ...record import Array
from ..interventions import ClampSchedule
from .common import RecordedLSTM, allocate
from .products import block_products

HALF = np.array([0.5, 0.5, 1.0, 0.5]).reshape(4, 1, 1)  # i f g o: σ(z) = ½ tanh(½z) + ½
SHIFT = 1 - HALF
LINE = 16  # numbers of float32 in a cache line, with which each row begins


def lstm_batch(
    parameters: LSTMParameters, inputs: Array, initial: LSTMState, clamps: ClampSchedule
) -> RecordedLSTM:
    """Run a plain LSTM over several sequences at once: z = [h₋ x 1]·[U; W; b], block by block.

    All blocks go through one tanh, as in a run over one sequence; each is contiguous, (N, H).
    """
    timesteps, batch, _ = inputs.shape
    hidden_size, output_size = parameters.hidden_size, parameters.output_size
    kernels = [parameters.recurrent_kernel, parameters.kernel, parameters.bias[np.newaxis]]
    depth = sum(map(len, kernels))
    half, shift = HALF.astype(parameters.dtype), SHIFT.astype(parameters.dtype)
    z, gates, cell_states, read = allocate(
        parameters.dtype,
        (timesteps, 4, batch, hidden_size),
        (timesteps, 4, batch, hidden_size),
        (timesteps + 1, batch, hidden_size),
        (timesteps + 1, batch, -(-depth // LINE) * LINE),
    )
    read = read[:, :, :depth]  # [h₋ x 1]
    product = block_products(kernels, half, batch)
    hidden_states = read[:, :, :output_size]
    cell_states[0], hidden_states[0] = initial.cell_state, initial.hidden_state
    read[:-1, :, output_size:-1], read[:, :, -1] = inputs, 1
    written, shown = allocate(z.dtype, *[(batch, hidden_size)] * 2)
    rows = zip(
        read[:-1],
        z,
        gates,
        *(gates[:, k] for k in range(4)),
        cell_states[:-1],
        cell_states[1:],
        hidden_states[1:],
        strict=True,
    )
    project, clamped = parameters.projection, bool(clamps)
    add, multiply, tanh = np.add, np.multiply, np.tanh
    for t, (read_t, z_t, gates_t, i, f, g, o, c_before, c, h) in enumerate(rows):
        product(read_t, z_t)
        tanh(z_t, gates_t)
        multiply(gates_t, half, gates_t)
        add(gates_t, shift, gates_t)
        if clamped:
            for name, values in zip(parameters.blocks, (i, f, g, o), strict=True):
                clamps.apply(name, t, values)
        multiply(f, c_before, c)
        multiply(i, g, written)
        add(c, written, c)
        if clamped:
            clamps.apply("cell_state", t, c)
        tanh(c, shown)
        if project is None:
            multiply(o, shown, h)
        else:
            multiply(o, shown, shown)
            np.matmul(shown, project, h)
        if clamped:
            clamps.apply("hidden_state", t, h)
    z *= 1 / half  # exact: a power of two
    return RecordedLSTM(z.swapaxes(1, 2), gates.swapaxes(1, 2), cell_states, hidden_states)
