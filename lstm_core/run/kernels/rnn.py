"""A standard RNN's whole run, fast; the equations stand in `cells.rnn`."""

from __future__ import annotations

import numpy as np

from ...activations import activation
from ...cells.common import State
from ...cells.rnn import RNNParameters
from ...record import Array
from ..interventions import ClampSchedule, Intervention
from ..timeline import Timeline
from ..trace import RNNTrace
from .common import aligned, allocate, each_timestep, project_inputs, squeezed


def rnn_trace(
    parameters: RNNParameters,
    inputs: Array,
    initial: State,
    timeline: Timeline,
    interventions: tuple[Intervention, ...] = (),
) -> RNNTrace:
    """Return the run over inputs (..., T, D) from the hidden state (N, H).

    `timeline` says in which order the timesteps are read; N is its flattened batch.
    """
    clamps = ClampSchedule(interventions, parameters, timeline)
    timesteps, batch = timeline.timesteps, timeline.batch
    z, hidden_states = allocate(
        parameters.dtype,
        (timesteps, batch, parameters.hidden_size),
        (timesteps + 1, batch, parameters.hidden_size),
    )
    hidden_states[0] = initial.hidden_state
    _rnn_steps(parameters, timeline.running(inputs), z, hidden_states, clamps)
    h_before, h, h_final = timeline.states(hidden_states)
    return RNNTrace(
        parameters=parameters,
        input=inputs,
        previous=State(hidden_state=h_before),
        preactivation=timeline.restored(z[:, :, np.newaxis]),
        hidden_state=h,
        final_state=State(hidden_state=h_final),
        lengths=timeline.lengths,
        reverse=timeline.reverse,
        interventions=interventions,
    )


def _rnn_steps(
    parameters: RNNParameters, inputs: Array, z: Array, hidden_states: Array, clamps: ClampSchedule
) -> None:
    squash, clip = activation(parameters.activation).apply, parameters.clip
    project_inputs(inputs, parameters.kernel, parameters.bias, z)
    recurrent_kernel = aligned(parameters.recurrent_kernel, np.ones(1, z.dtype))
    recalled = np.empty_like(squeezed(hidden_states[0]))
    h_before, clamped = squeezed(hidden_states[0]), bool(clamps)
    for t, (z_t, h) in enumerate(each_timestep(z, hidden_states[1:])):
        np.dot(h_before, recurrent_kernel, recalled)
        np.add(z_t, recalled, z_t)
        if clip is not None:
            np.clip(z_t, -clip, clip, out=z_t)
        squash(z_t, h)
        if clamped:
            clamps.apply("hidden_state", t, h)
        h_before = h
