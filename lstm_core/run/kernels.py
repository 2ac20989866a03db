"""The same cells, fast: whole runs into preallocated arrays.

What makes them fast: the input projection of all timesteps is one matrix product; all blocks
of a plain LSTM go through one tanh, as σ(z) = (tanh(z/2) + 1)/2 with the half folded into the
weights; every array a timestep writes to exists before the first one, in one block that the
next run finds warm (see `_room`). Arrays here are time-major, (T, N, ·) with N the flattened
batch. A property test holds that each of these agrees with its cell's `step`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np

from ..activations import Function, activation
from ..cells.gru import GRUParameters
from ..cells.lstm import LSTMParameters, LSTMState
from ..cells.rnn import RNNParameters
from ..record import Array, record


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
    shape = (timesteps, batch, len(parameters.blocks), parameters.hidden_size)
    z, gates, cell_states, hidden_states = _room(
        parameters.dtype,
        shape,
        shape,
        (timesteps + 1, *initial.cell_state.shape),
        (timesteps + 1, *initial.hidden_state.shape),
    )
    cell_states[0], hidden_states[0] = initial.cell_state, initial.hidden_state
    run = _lstm_in_one_tanh if _is_plain(parameters) else _lstm_in_general
    run(parameters, inputs, z, gates, cell_states, hidden_states)
    named = {name: gates[:, :, k] for k, name in enumerate(parameters.blocks)}
    if parameters.variant.forget == "coupled":
        named["forget_gate"] = 1 - named["input_gate"]
    elif parameters.variant.forget == "none":
        named["forget_gate"] = np.ones_like(named["input_gate"])
    return LSTMSeries(
        preactivation=z,
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
    z: Array,
    gates: Array,
    cell_states: Array,
    hidden_states: Array,
) -> None:
    timesteps, batch, _, hidden_size = z.shape
    half = np.repeat(np.array([0.5, 0.5, 1.0, 0.5], z.dtype), hidden_size)
    shift = np.repeat(np.array([0.5, 0.5, 0.0, 0.5], z.dtype), hidden_size)
    _project(inputs, parameters.kernel * half, parameters.bias * half, z)
    flat = (timesteps, batch, half.size)

    rows = _rows(
        z.reshape(flat),
        gates.reshape(flat),
        *(gates[:, :, k] for k in range(4)),
        cell_states[1:],
        hidden_states[1:],
    )
    c_before, h_before = _row(cell_states[0]), _row(hidden_states[0])
    recalled = np.empty((*c_before.shape[:-1], half.size), z.dtype)
    products = _products(parameters.recurrent_kernel, half, recalled)
    written, shown = np.empty((2, *c_before.shape), z.dtype)
    project = parameters.projection
    dot, add, multiply, tanh = np.dot, np.add, np.multiply, np.tanh
    for z_t, gates_t, i, f, g, o, c, h in rows:
        for recurrent_kernel, result in products:
            dot(h_before, recurrent_kernel, result)
        products.reverse()
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
        c_before, h_before = c, h
    z *= (1 / half).reshape(z.shape[2:])  # exact: a power of two


def _lstm_in_general(
    parameters: LSTMParameters,
    inputs: Array,
    z: Array,
    gates: Array,
    cell_states: Array,
    hidden_states: Array,
) -> None:
    shape = z.shape
    variant = parameters.variant
    gate = activation(variant.recurrent_activation).apply
    squash = activation(variant.activation).apply
    show = activation(variant.output_activation).apply
    peephole = parameters.peepholes()
    clip = variant.clip
    _project(inputs, parameters.kernel, parameters.bias, z)
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


def rnn(parameters: RNNParameters, inputs: Array, initial: Array) -> RNNSeries:
    """Run a standard RNN over inputs (T, N, D) from the hidden state (N, H)."""
    timesteps, batch = inputs.shape[:2]
    z, hidden_states = _room(
        parameters.dtype,
        (timesteps, batch, parameters.hidden_size),
        (timesteps + 1, batch, parameters.hidden_size),
    )
    hidden_states[0] = initial
    squash, clip = activation(parameters.activation).apply, parameters.clip
    _project(inputs, parameters.kernel, parameters.bias, z)
    recurrent_kernel = _aligned(parameters.recurrent_kernel, np.ones(1, z.dtype))
    recalled = np.empty_like(_row(initial))
    h_before = _row(hidden_states[0])
    for z_t, h in _rows(z, hidden_states[1:]):
        np.dot(h_before, recurrent_kernel, recalled)
        np.add(z_t, recalled, z_t)
        if clip is not None:
            np.clip(z_t, -clip, clip, out=z_t)
        squash(z_t, h)
        h_before = h
    return RNNSeries(preactivation=z[:, :, np.newaxis], hidden_states=hidden_states)


def gru(parameters: GRUParameters, inputs: Array, initial: Array) -> GRUSeries:
    """Run a GRU over inputs (T, N, D) from the hidden state (N, H)."""
    timesteps, batch = inputs.shape[:2]
    shape = (timesteps, batch, 3, parameters.hidden_size)
    z, gates, hidden_states = _room(parameters.dtype, shape, shape, (timesteps + 1, *initial.shape))
    hidden_states[0] = initial
    _gru_steps(parameters, inputs, z, gates, hidden_states)
    return GRUSeries(
        preactivation=z,
        reset_gate=gates[:, :, 0],
        update_gate=gates[:, :, 1],
        candidate=gates[:, :, 2],
        hidden_states=hidden_states,
    )


def _gru_steps(
    parameters: GRUParameters, inputs: Array, z: Array, gates: Array, hidden_states: Array
) -> None:
    timesteps, batch, _, hidden_size = z.shape
    both = 2 * hidden_size  # the columns of the reset and the update gate
    scale, gate = _gate(parameters.recurrent_activation, both, z.dtype)
    squash, clip = activation(parameters.activation).apply, parameters.clip
    scales = np.append(np.full(both, scale), np.ones(hidden_size)).astype(z.dtype)
    _project(inputs, parameters.kernel * scales, parameters.bias * scales, z)
    gate_kernel = _aligned(parameters.recurrent_kernel[:, :both], scales[:both])
    candidate_kernel = _aligned(parameters.recurrent_kernel[:, both:], scales[both:])
    recurrent_bias = parameters.recurrent_bias

    flat, zs, ys = (timesteps, batch, both), z[:, :, :2], gates[:, :, :2]
    rows = _rows(
        zs.reshape(flat),
        ys.reshape(flat),
        *(gates[:, :, k] for k in (0, 1, 2)),
        z[:, :, 2],
        hidden_states[1:],
    )
    h_before = _row(hidden_states[0])
    recalled_gates = np.empty((*h_before.shape[:-1], both), z.dtype)
    recalled, kept = np.empty((2, *h_before.shape), z.dtype)
    one = np.ones(hidden_size, z.dtype)  # an array: a Python number takes NumPy longer
    dot, add, multiply, subtract = np.dot, np.add, np.multiply, np.subtract
    for z_gates, gates_t, r, u, n, z_n, h in rows:
        dot(h_before, gate_kernel, recalled_gates)
        add(z_gates, recalled_gates, z_gates)
        if clip is not None:
            np.clip(z_gates, -clip * scale, clip * scale, out=z_gates)
        gate(z_gates, gates_t)
        if recurrent_bias is None:
            multiply(r, h_before, kept)
            dot(kept, candidate_kernel, recalled)
        else:
            dot(h_before, candidate_kernel, recalled)
            add(recalled, recurrent_bias, recalled)
            multiply(recalled, r, recalled)
        add(z_n, recalled, z_n)
        if clip is not None:
            np.clip(z_n, -clip, clip, out=z_n)
        squash(z_n, n)
        subtract(one, u, h)
        multiply(h, n, h)
        multiply(u, h_before, kept)
        add(h, kept, h)
        h_before = h
    z *= (1 / scales).reshape(z.shape[2:])  # exact: a power of two


def _gate(spelling: str, width: int, dtype: np.dtype[Any]) -> tuple[float, Function]:
    """A gate's activation, and the factor that its preactivation must have been given.

    σ(z) = (tanh(z/2) + 1)/2 wants z/2: with the half in the weights, one product less.
    """
    if spelling != "sigmoid":
        return 1.0, activation(spelling).apply
    half = np.full(width, 0.5, dtype)

    def apply(z: Array, out: Array) -> None:
        np.tanh(z, out)
        np.multiply(out, half, out)
        np.add(out, half, out)

    return 0.5, apply


def _project(inputs: Array, kernel: Array, bias: Array, out: Array) -> None:
    """x·W + b of all timesteps as one matrix product, [x 1]·[W; b], into `out` (T, N, ...)."""
    x = inputs.reshape(-1, kernel.shape[0])
    x = np.concatenate([x, np.ones((len(x), 1), x.dtype)], axis=1)
    np.dot(x, np.vstack([kernel, bias]), out=out.reshape(-1, kernel.shape[1]))


def _room(dtype: np.dtype[Any], *shapes: tuple[int, ...]) -> list[Array]:
    """Empty arrays of these shapes in one block of memory.

    A page of memory that is touched for the first time costs more than what is computed on
    it. One block is given back and found again whole by the next run; many are not.
    """
    sizes = [math.prod(shape) for shape in shapes]
    block = np.empty(sum(sizes), dtype)
    parts = np.split(block, np.cumsum(sizes)[:-1])
    return [part.reshape(shape) for part, shape in zip(parts, shapes, strict=True)]


def _products(kernel: Array, scale: Array, out: Array) -> list[tuple[Array, Array]]:
    """The kernel times `scale` and where its product with h₋ goes: whole, or in two halves.

    A kernel about as large as a core's own cache is driven out of it by its own end before it
    is read again. In halves, which the caller reads in turn forth and back, half of it stays.
    """
    if out.ndim > 1 or not 2**19 < kernel.nbytes <= 2**21:
        return [(_aligned(kernel, scale), out)]
    halves = (slice(kernel.shape[1] // 2), slice(kernel.shape[1] // 2, None))
    return [(_aligned(kernel[:, half], scale[half]), out[half]) for half in halves]


def _aligned(values: Array, scale: Array) -> Array:
    """A matrix times `scale`, beginning where a cache line of 64 bytes does.

    The recurrent product reads it once a timestep: a sixth faster so.
    """
    spare = 64 // values.itemsize
    block = np.empty(values.size + spare, values.dtype)
    start = -block.ctypes.data % 64 // values.itemsize
    product = block[start : start + values.size].reshape(values.shape)
    return np.multiply(values, scale, out=product)


def _row(values: Array) -> Array:
    """One timestep's (N, ·); a batch of one loses its axis, see `_rows`."""
    return values[0] if len(values) == 1 else values


def _rows(*series: Array) -> Iterable[tuple[Array, ...]]:
    """Each timestep's row of every series; a batch of one loses its axis, which is faster."""
    single = series[0].shape[1] == 1
    return zip(*(s[:, 0] if single else s for s in series), strict=True)
