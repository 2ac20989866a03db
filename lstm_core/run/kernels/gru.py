"""A GRU's whole run, fast; the equations stand in `cells.gru`."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...activations import Function, activation
from ...cells.common import State
from ...cells.gru import GRUParameters
from ...record import Array
from ..interventions import ClampSchedule, Intervention
from ..timeline import Timeline
from ..trace import GRUTrace
from .common import aligned, allocate, each_timestep, project_inputs, squeezed


def gru_trace(
    parameters: GRUParameters,
    inputs: Array,
    initial: State,
    timeline: Timeline,
    interventions: tuple[Intervention, ...] = (),
) -> GRUTrace:
    """Return the run over inputs (..., T, D) from the hidden state (N, H).

    `timeline` says in which order the timesteps are read; N is its flattened batch.
    """
    clamps = ClampSchedule(interventions, parameters, timeline)
    timesteps, batch = timeline.timesteps, timeline.batch
    shape = (timesteps, batch, 3, parameters.hidden_size)
    z, gates, hidden_states = allocate(
        parameters.dtype, shape, shape, (timesteps + 1, batch, parameters.hidden_size)
    )
    hidden_states[0] = initial.hidden_state
    _gru_steps(parameters, timeline.running(inputs), z, gates, hidden_states, clamps)
    h_before, h, h_final = timeline.states(hidden_states)
    signals = {name: gates[:, :, k] for k, name in enumerate(parameters.blocks)}
    return GRUTrace(
        parameters=parameters,
        input=inputs,
        previous=State(hidden_state=h_before),
        preactivation=timeline.restored(z),
        **{name: timeline.restored(values) for name, values in signals.items()},
        hidden_state=h,
        final_state=State(hidden_state=h_final),
        lengths=timeline.lengths,
        reverse=timeline.reverse,
        interventions=interventions,
    )


def _gru_steps(
    parameters: GRUParameters,
    inputs: Array,
    z: Array,
    gates: Array,
    hidden_states: Array,
    clamps: ClampSchedule,
) -> None:
    timesteps, batch, _, hidden_size = z.shape
    both = 2 * hidden_size  # the columns of the reset and the update gate
    scale, gate = _gate(parameters.recurrent_activation, both, z.dtype)
    squash, clip = activation(parameters.activation).apply, parameters.clip
    scales = np.append(np.full(both, scale), np.ones(hidden_size)).astype(z.dtype)
    project_inputs(inputs, parameters.kernel * scales, parameters.bias * scales, z)
    gate_kernel = aligned(parameters.recurrent_kernel[:, :both], scales[:both])
    candidate_kernel = aligned(parameters.recurrent_kernel[:, both:], scales[both:])
    recurrent_bias = parameters.recurrent_bias

    flat, zs, ys = (timesteps, batch, both), z[:, :, :2], gates[:, :, :2]
    rows = each_timestep(
        zs.reshape(flat),
        ys.reshape(flat),
        *(gates[:, :, k] for k in (0, 1, 2)),
        z[:, :, 2],
        hidden_states[1:],
    )
    h_before = squeezed(hidden_states[0])
    recalled_gates = np.empty((*h_before.shape[:-1], both), z.dtype)
    recalled, kept = np.empty((2, *h_before.shape), z.dtype)
    one = np.ones(hidden_size, z.dtype)  # an array: a Python number takes NumPy longer
    dot, add, multiply, subtract = np.dot, np.add, np.multiply, np.subtract
    clamped = bool(clamps)
    for t, (z_gates, gates_t, r, u, n, z_n, h) in enumerate(rows):
        dot(h_before, gate_kernel, recalled_gates)
        add(z_gates, recalled_gates, z_gates)
        if clip is not None:
            np.clip(z_gates, -clip * scale, clip * scale, out=z_gates)
        gate(z_gates, gates_t)
        if clamped:
            clamps.apply("reset_gate", t, r)
            clamps.apply("update_gate", t, u)
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
        if clamped:
            clamps.apply("candidate", t, n)
        subtract(one, u, h)
        multiply(h, n, h)
        multiply(u, h_before, kept)
        add(h, kept, h)
        if clamped:
            clamps.apply("hidden_state", t, h)
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
