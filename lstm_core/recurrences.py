"""The same cells, fast: whole runs into preallocated arrays.

What makes them fast: the input projection of all timesteps is one matrix product; all blocks
of a plain LSTM go through one tanh, as σ(z) = (tanh(z/2) + 1)/2 with the half folded into the
weights; every array a timestep writes to exists before the first one. Arrays here are
time-major, (T, N, ·) with N the flattened batch. A property test holds that each of these
agrees with its cell's `step`.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from .activations import activation
from .cells.gru import GRUParameters
from .cells.lstm import LSTMParameters, LSTMState
from .cells.rnn import RNNParameters
from .record import Array, record


@record
class LSTMSeries:
    """Every signal of an LSTM run; the two states start with the initial one."""

    preactivation: Array  # (T, N, B, H)
    input_gate: Array  # (T, N, H), and so the next three
    forget_gate: Array
    candidate: Array
    output_gate: Array
    cell_states: Array  # (T + 1, N, H)
    hidden_states: Array  # (T + 1, N, P)


@record
class RNNSeries:
    """Every signal of a standard RNN's run."""

    preactivation: Array  # (T, N, 1, H)
    hidden_states: Array  # (T + 1, N, H)


@record
class GRUSeries:
    """Every signal of a GRU run."""

    preactivation: Array  # (T, N, 3, H)
    reset_gate: Array  # (T, N, H), and so the next two
    update_gate: Array
    candidate: Array
    hidden_states: Array  # (T + 1, N, H)


def lstm(parameters: LSTMParameters, inputs: Array, initial: LSTMState) -> LSTMSeries:
    """Run an LSTM over inputs (T, N, D) from states (N, P) and (N, H)."""
    timesteps, batch = inputs.shape[:2]
    hidden_states = _states(timesteps, initial.hidden_state)
    cell_states = _states(timesteps, initial.cell_state)
    shape = (timesteps, batch, len(parameters.blocks), parameters.hidden_size)
    run = _lstm_in_one_tanh if _is_plain(parameters) else _lstm_in_general
    preactivation, gates = run(parameters, inputs, cell_states, hidden_states, shape)
    named = {name: gates[:, :, k] for k, name in enumerate(parameters.blocks)}
    if parameters.variant.forget == "coupled":
        named["forget_gate"] = 1 - named["input_gate"]
    elif parameters.variant.forget == "none":
        named["forget_gate"] = np.ones_like(named["input_gate"])
    return LSTMSeries(
        preactivation=preactivation,
        cell_states=cell_states,
        hidden_states=hidden_states,
        **named,
    )


def _is_plain(parameters: LSTMParameters) -> bool:
    """Whether gates are sigmoid, the rest is tanh, and nothing looks at the belt."""
    variant = parameters.variant
    functions = (variant.recurrent_activation, variant.activation, variant.output_activation)
    return (
        functions == ("sigmoid", "tanh", "tanh")
        and variant.forget == "gate"
        and variant.clip is None
        and parameters.peephole is None
    )


def _lstm_in_one_tanh(
    parameters: LSTMParameters,
    inputs: Array,
    cell_states: Array,
    hidden_states: Array,
    shape: tuple[int, ...],
) -> tuple[Array, Array]:
    hidden_size = parameters.hidden_size
    half = np.repeat(np.array([0.5, 0.5, 1.0, 0.5], parameters.dtype), hidden_size)
    shift = np.repeat(np.array([0.5, 0.5, 0.0, 0.5], parameters.dtype), hidden_size)
    z = _projected(inputs, parameters.kernel * half, parameters.bias * half)
    recurrent_kernel = parameters.recurrent_kernel * half
    gates = np.empty(shape, parameters.dtype)

    rows = _rows(
        z,
        gates.reshape(z.shape),
        *(gates[:, :, k] for k in range(4)),
        *_pairs(cell_states),
        *_pairs(hidden_states),
    )
    row = () if shape[1] == 1 else shape[1:2]  # a batch of one has no axis, see _rows
    recalled = np.empty((*row, z.shape[-1]), z.dtype)
    written, shown = np.empty((2, *row, hidden_size), z.dtype)
    project = parameters.projection
    dot, add, multiply, tanh = np.dot, np.add, np.multiply, np.tanh
    for z_t, gates_t, i, f, g, o, c_before, c, h_before, h in rows:
        dot(h_before, recurrent_kernel, recalled)
        add(z_t, recalled, z_t)
        tanh(z_t, gates_t)
        multiply(gates_t, half, gates_t)
        add(gates_t, shift, gates_t)
        multiply(f, c_before, c)
        multiply(i, g, written)
        add(c, written, c)
        tanh(c, shown)
        if project is None:
            multiply(o, shown, h)
        else:
            multiply(o, shown, shown)
            dot(shown, project, h)
    z /= half  # exact: a power of two
    return z.reshape(shape), gates


def _lstm_in_general(
    parameters: LSTMParameters,
    inputs: Array,
    cell_states: Array,
    hidden_states: Array,
    shape: tuple[int, ...],
) -> tuple[Array, Array]:
    variant = parameters.variant
    gate = activation(variant.recurrent_activation).apply
    squash = activation(variant.activation).apply
    show = activation(variant.output_activation).apply
    peephole = parameters.peepholes()
    clip = variant.clip
    z = _projected(inputs, parameters.kernel, parameters.bias).reshape(shape)
    gates = np.empty(shape, parameters.dtype)
    column = {name: k for k, name in enumerate(parameters.blocks)}
    recalled = np.empty((shape[1], shape[2] * shape[3]), z.dtype)
    seen, shown = np.empty((2, shape[1], shape[3]), z.dtype)

    def look(name: str, t: int, cell_state: Array) -> tuple[Array, Array]:
        k = column[name]
        z_t = z[t, :, k]
        if name in peephole:
            np.multiply(peephole[name], cell_state, out=seen)
            z_t += seen
        if clip is not None:
            np.clip(z_t, -clip, clip, out=z_t)
        return z_t, gates[t, :, k]

    for t in range(shape[0]):
        c_before, c, h = cell_states[t], cell_states[t + 1], hidden_states[t + 1]
        np.dot(hidden_states[t], parameters.recurrent_kernel, out=recalled)
        z[t] += recalled.reshape(shape[1:])
        z_i, i = look("input_gate", t, c_before)
        gate(z_i, i)
        z_g, g = look("candidate", t, c_before)
        squash(z_g, g)
        np.multiply(i, g, out=c)
        if variant.forget == "gate":
            z_f, f = look("forget_gate", t, c_before)
            gate(z_f, f)
            np.multiply(f, c_before, out=seen)
        elif variant.forget == "coupled":
            np.subtract(1, i, out=seen)
            seen *= c_before
        else:
            np.copyto(seen, c_before)
        c += seen
        z_o, o = look("output_gate", t, c)
        gate(z_o, o)
        show(c, shown)
        if parameters.projection is None:
            np.multiply(o, shown, out=h)
        else:
            np.multiply(o, shown, out=shown)
            np.dot(shown, parameters.projection, out=h)
    return z, gates


def rnn(parameters: RNNParameters, inputs: Array, initial: Array) -> RNNSeries:
    """Run a standard RNN over inputs (T, N, D) from the hidden state (N, H)."""
    timesteps, batch = inputs.shape[:2]
    hidden_states = _states(timesteps, initial)
    squash, clip = activation(parameters.activation).apply, parameters.clip
    z = _projected(inputs, parameters.kernel, parameters.bias)
    recalled = np.empty((batch, parameters.hidden_size), z.dtype)
    rows = zip(z, hidden_states[:-1], hidden_states[1:], strict=True)
    for z_t, h_before, h in rows:
        np.dot(h_before, parameters.recurrent_kernel, out=recalled)
        np.add(z_t, recalled, out=z_t)
        if clip is not None:
            np.clip(z_t, -clip, clip, out=z_t)
        squash(z_t, h)
    return RNNSeries(preactivation=z[:, :, np.newaxis], hidden_states=hidden_states)


def gru(parameters: GRUParameters, inputs: Array, initial: Array) -> GRUSeries:
    """Run a GRU over inputs (T, N, D) from the hidden state (N, H)."""
    timesteps, batch = inputs.shape[:2]
    hidden_size = parameters.hidden_size
    hidden_states = _states(timesteps, initial)
    gate = activation(parameters.recurrent_activation).apply
    squash = activation(parameters.activation).apply
    clip = parameters.clip
    shape = (timesteps, batch, 3, hidden_size)
    z = _projected(inputs, parameters.kernel, parameters.bias)
    gates = np.empty(shape, z.dtype)
    both = 2 * hidden_size  # the columns of the reset and the update gate
    gate_kernel = np.ascontiguousarray(parameters.recurrent_kernel[:, :both])
    candidate_kernel = np.ascontiguousarray(parameters.recurrent_kernel[:, both:])
    recalled_gates = np.empty((batch, both), z.dtype)
    recalled, kept = np.empty((2, batch, hidden_size), z.dtype)

    rows = zip(z, gates.reshape(z.shape), hidden_states[:-1], hidden_states[1:], strict=True)
    for z_t, gates_t, h_before, h in rows:
        np.dot(h_before, gate_kernel, out=recalled_gates)
        z_gates, both_gates = z_t[:, :both], gates_t[:, :both]
        z_gates += recalled_gates
        if clip is not None:
            np.clip(z_gates, -clip, clip, out=z_gates)
        gate(z_gates, both_gates)
        reset, update = gates_t[:, :hidden_size], gates_t[:, hidden_size:both]
        z_candidate, candidate = z_t[:, both:], gates_t[:, both:]
        if parameters.recurrent_bias is not None:
            np.dot(h_before, candidate_kernel, out=recalled)
            recalled += parameters.recurrent_bias
            recalled *= reset
        else:
            np.multiply(reset, h_before, out=kept)
            np.dot(kept, candidate_kernel, out=recalled)
        z_candidate += recalled
        if clip is not None:
            np.clip(z_candidate, -clip, clip, out=z_candidate)
        squash(z_candidate, candidate)
        np.subtract(1, update, out=h)
        np.multiply(h, candidate, out=h)
        np.multiply(update, h_before, out=kept)
        np.add(h, kept, out=h)
    return GRUSeries(
        preactivation=z.reshape(shape),
        reset_gate=gates[:, :, 0],
        update_gate=gates[:, :, 1],
        candidate=gates[:, :, 2],
        hidden_states=hidden_states,
    )


def _projected(inputs: Array, kernel: Array, bias: Array) -> Array:
    """x·W + b of all timesteps as one matrix product: (T, N, B·H)."""
    timesteps, batch, input_size = inputs.shape
    z = inputs.reshape(timesteps * batch, input_size) @ kernel
    z += bias
    return z.reshape(timesteps, batch, kernel.shape[1])


def _states(timesteps: int, initial: Array) -> Array:
    """An empty (T + 1, N, ·) array that starts with the initial state."""
    states = np.empty((timesteps + 1, *initial.shape), initial.dtype)
    states[0] = initial
    return states


def _pairs(states: Array) -> tuple[Array, Array]:
    """The states before and after each timestep, as views."""
    return states[:-1], states[1:]


def _rows(*series: Array) -> Iterable[tuple[Array, ...]]:
    """Each timestep's row of every series; a batch of one loses its axis, which is faster."""
    single = series[0].shape[1] == 1
    return zip(*(s[:, 0] if single else s for s in series), strict=True)
