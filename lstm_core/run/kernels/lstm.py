"""An LSTM's whole run, fast; the equations stand in `cells.lstm`."""

from __future__ import annotations

import numpy as np

from ...activations import Function, activation
from ...cells.lstm import LSTMParameters, LSTMState
from ...record import Array
from ..interventions import ClampSchedule, Intervention
from ..timeline import Timeline
from ..trace import LSTMTrace
from .common import (
    RecordedLSTM,
    allocate,
    each_timestep,
    project_inputs,
    recurrent_products,
    squeezed,
)
from .lstm_batch import lstm_batch


def lstm_trace(
    parameters: LSTMParameters,
    inputs: Array,
    initial: LSTMState,
    timeline: Timeline,
    interventions: tuple[Intervention, ...] = (),
) -> LSTMTrace:
    """Return the run over inputs (..., T, D) from the states (N, P) and (N, H).

    `timeline` says in which order the timesteps are read; N is its flattened batch.
    """
    clamps = ClampSchedule(interventions, parameters, timeline)
    run = _lstm_in_general
    if _is_plain(parameters):
        run = _lstm_in_one_tanh if timeline.batch == 1 else lstm_batch
    z, gates, cell_states, hidden_states = run(
        parameters, timeline.running(inputs), initial, clamps
    )
    signals = {name: gates[:, :, k] for k, name in enumerate(parameters.blocks)}
    if parameters.variant.forget == "coupled":
        signals["forget_gate"] = 1 - signals["input_gate"]
    elif parameters.variant.forget == "none":
        signals["forget_gate"] = np.ones_like(signals["input_gate"])
    if parameters.variant.forget != "gate":
        clamps.apply_to_run("forget_gate", signals["forget_gate"])
    c_before, c, c_final = timeline.states(cell_states)
    h_before, h, h_final = timeline.states(hidden_states)
    return LSTMTrace(
        parameters=parameters,
        input=inputs,
        previous=LSTMState(hidden_state=h_before, cell_state=c_before),
        preactivation=timeline.restored(z),
        **{name: timeline.restored(values) for name, values in signals.items()},
        cell_state=c,
        hidden_state=h,
        final_state=LSTMState(hidden_state=h_final, cell_state=c_final),
        lengths=timeline.lengths,
        reverse=timeline.reverse,
        interventions=interventions,
    )


def _is_plain(parameters: LSTMParameters) -> bool:
    """Whether gates are sigmoid, the rest is tanh, and no gate sees the cell state."""
    variant = parameters.variant
    functions = (variant.recurrent_activation, variant.activation, variant.output_activation)
    return (
        functions == ("sigmoid", "tanh", "tanh")
        and variant.forget == "gate"
        and variant.clip is None
        and parameters.peephole is None
    )


def _recorded(parameters: LSTMParameters, inputs: Array, initial: LSTMState) -> RecordedLSTM:
    """Memory for a run over inputs (T, N, D), which begins with `initial`."""
    timesteps, batch = inputs.shape[:2]
    shape = (timesteps, batch, len(parameters.blocks), parameters.hidden_size)
    states = (
        (timesteps + 1, *initial.cell_state.shape),
        (timesteps + 1, *initial.hidden_state.shape),
    )
    recorded = RecordedLSTM(*allocate(parameters.dtype, shape, shape, *states))
    recorded.cell_states[0], recorded.hidden_states[0] = initial.cell_state, initial.hidden_state
    return recorded


def _lstm_in_one_tanh(
    parameters: LSTMParameters, inputs: Array, initial: LSTMState, clamps: ClampSchedule
) -> RecordedLSTM:
    """Run a plain LSTM over one sequence, all gates in one tanh: σ(z) = ½ tanh(½z) + ½."""
    recorded = _recorded(parameters, inputs, initial)
    z, gates, cell_states, hidden_states = recorded
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
    clamped = bool(clamps)
    for t, (z_t, gates_t, i, f, g, o, c, h) in enumerate(rows):
        for recurrent_kernel, result in products:
            dot(h_before, recurrent_kernel, result)
        products.reverse()
        add(z_t, recalled, z_t)
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
            dot(shown, project, h)
        if clamped:
            clamps.apply("hidden_state", t, h)
        c_before, h_before = c, h
    z *= (1 / half).reshape(z.shape[2:])  # exact: a power of two
    return recorded


def _lstm_in_general(
    parameters: LSTMParameters, inputs: Array, initial: LSTMState, clamps: ClampSchedule
) -> RecordedLSTM:
    """Run an LSTM of any variant, block by block."""
    recorded = _recorded(parameters, inputs, initial)
    z, gates, cell_states, hidden_states = recorded
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

    def block(name: str, function: Function, t: int, cell_state: Array) -> Array:
        k = column[name]
        z_t, value = z[t, :, k], gates[t, :, k]
        if name in peephole:
            np.multiply(peephole[name], cell_state, out=seen)
            z_t += seen
        if clip is not None:
            np.clip(z_t, -clip, clip, out=z_t)
        function(z_t, value)
        clamps.apply(name, t, value)
        return value

    for t in range(shape[0]):
        c_before, c, h = cell_states[t], cell_states[t + 1], hidden_states[t + 1]
        np.dot(hidden_states[t], parameters.recurrent_kernel, out=recalled)
        z[t] += recalled.reshape(shape[1:])
        i = block("input_gate", gate, t, c_before)
        g = block("candidate", squash, t, c_before)
        np.multiply(i, g, out=c)
        if variant.forget == "gate":
            f = block("forget_gate", gate, t, c_before)
            np.multiply(f, c_before, out=seen)
        else:
            np.subtract(1, i if variant.forget == "coupled" else 0, out=seen)
            clamps.apply("forget_gate", t, seen)
            seen *= c_before
        c += seen
        clamps.apply("cell_state", t, c)
        o = block("output_gate", gate, t, c)
        show(c, shown)
        if parameters.projection is None:
            np.multiply(o, shown, out=h)
        else:
            np.multiply(o, shown, out=shown)
            np.dot(shown, parameters.projection, out=h)
        clamps.apply("hidden_state", t, h)
    return recorded
