"""An LSTM's whole run, fast; the equations stand in `cells.lstm`."""

from __future__ import annotations

import numpy as np

from ...activations import activation
from ...cells.lstm import LSTMParameters, LSTMState
from ...record import Array
from ..timeline import Timeline
from ..trace import LSTMTrace
from .common import allocate, each_timestep, project_inputs, recurrent_products, squeezed


def lstm_trace(
    parameters: LSTMParameters, inputs: Array, initial: LSTMState, timeline: Timeline
) -> LSTMTrace:
    """Return the run over inputs (..., T, D) from the states (N, P) and (N, H).

    `timeline` says in which order the timesteps are read; N is its flattened batch.
    """
    timesteps, batch = timeline.timesteps, timeline.batch
    shape = (timesteps, batch, len(parameters.blocks), parameters.hidden_size)
    z, gates, cell_states, hidden_states = allocate(
        parameters.dtype,
        shape,
        shape,
        (timesteps + 1, *initial.cell_state.shape),
        (timesteps + 1, *initial.hidden_state.shape),
    )
    cell_states[0], hidden_states[0] = initial.cell_state, initial.hidden_state
    run = _lstm_in_one_tanh if _is_plain(parameters) else _lstm_in_general
    run(parameters, timeline.running(inputs), z, gates, cell_states, hidden_states)
    signals = {name: gates[:, :, k] for k, name in enumerate(parameters.blocks)}
    if parameters.variant.forget == "coupled":
        signals["forget_gate"] = 1 - signals["input_gate"]
    elif parameters.variant.forget == "none":
        signals["forget_gate"] = np.ones_like(signals["input_gate"])
    c_before, c, c_final = timeline.states(cell_states)
    h_before, h, h_final = timeline.states(hidden_states)
    return LSTMTrace(
        parameters=parameters,
        input=inputs,
        previous=LSTMState(hidden_state=h_before, cell_state=c_before),
        preactivation=timeline.own(z),
        **{name: timeline.own(values) for name, values in signals.items()},
        cell_state=c,
        hidden_state=h,
        final_state=LSTMState(hidden_state=h_final, cell_state=c_final),
        lengths=timeline.lengths,
        reverse=timeline.reverse,
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
    project_inputs(inputs, parameters.kernel * half, parameters.bias * half, z)
    flat = (timesteps, batch, half.size)

    rows = each_timestep(
        z.reshape(flat),
        gates.reshape(flat),
        *(gates[:, :, k] for k in range(4)),
        cell_states[1:],
        hidden_states[1:],
    )
    c_before, h_before = squeezed(cell_states[0]), squeezed(hidden_states[0])
    recalled = np.empty((*c_before.shape[:-1], half.size), z.dtype)
    products = recurrent_products(parameters.recurrent_kernel, half, recalled)
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
    project_inputs(inputs, parameters.kernel, parameters.bias, z)
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
