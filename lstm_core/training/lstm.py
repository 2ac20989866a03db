"""Back through an LSTM.

With every gate's local derivative at hand, what reaches the belt and what leaves it is linear:

    δh = ∂L/∂h + δz₊·Uᵀ                  δz₊ belongs to the timestep after
    δs = δh [·Rᵀ]                        through the projection
    δc = δc₊∘F₊ + δs∘S                   F = ∂c/∂c₋ with the gates' look at c₋, S = ∂s/∂c
    δz = A∘(δc, δc, δc, δs)              A: what moves c (blocks i f g), and s (block o)

where s = o∘tanh(c). Every variant is in A, F and S: peepholes join F and S, since a gate that
looks at the belt is one more way from the belt; f = 1 - i gives block i the term -c₋; clip
makes a row of A zero. So one loop serves them all.
"""

from __future__ import annotations

import numpy as np

from ..activations import activation
from ..cells.lstm import LSTMParameters, LSTMState
from ..record import Array, record
from ..run.timeline import Timeline
from ..run.trace import LSTMTrace
from .common import Gradients, LSTMGradients, final_cell_gradient, hidden_gradient, outer_sum, slope


@record
class LocalDerivatives:
    """The linear map that one timestep is for a gradient; all in running order."""

    shown: Array  # s = o∘tanh(c): (T, N, H)
    to_blocks: Array  # A: (T, N, B, H)
    to_belt: Array  # S: (T, N, H)
    along_belt: Array  # F: (T, N, H)


def backward(trace: LSTMTrace, d_hidden: Array, d_final: LSTMState | None) -> LSTMGradients:
    """Return the gradient of everything; see `gradients.backward`."""
    parameters, timeline = trace.parameters, trace.timeline
    local = local_derivatives(trace, timeline)
    d_h, d_start = hidden_gradient(timeline, trace, d_hidden, d_final)
    d_c_after = final_cell_gradient(timeline, trace, d_final)
    d_h, d_c, d_z, d_h_start, d_c_start = _through_time(parameters, local, d_h, d_c_after)
    d_h_start += d_start
    d_rows = d_z.reshape(*d_z.shape[:2], -1)
    return Gradients(
        parameters=_parameter_gradients(trace, timeline, local, d_h, d_z),
        inputs=timeline.own(d_rows @ parameters.kernel.T),
        initial=LSTMState(
            hidden_state=timeline.unflat(d_h_start), cell_state=timeline.unflat(d_c_start)
        ),
        hidden_state=timeline.own(d_h),
        cell_state=timeline.own(d_c),
    )


def local_derivatives(trace: LSTMTrace, timeline: Timeline) -> LocalDerivatives:
    """Return A, S and F of every timestep; on padding nothing moves and the belt carries on."""
    parameters, variant = trace.parameters, trace.parameters.variant
    column = {name: k for k, name in enumerate(parameters.blocks)}
    z, c = timeline.running(trace.preactivation), timeline.running(trace.cell_state)
    c_before = timeline.running(trace.previous.cell_state)
    i, f, g, o = (
        timeline.running(values)
        for values in (trace.input_gate, trace.forget_gate, trace.candidate, trace.output_gate)
    )
    show = activation(variant.output_activation)
    seen = show(c)
    gate, clip = variant.recurrent_activation, variant.clip

    to_blocks = np.empty_like(z, order="C")
    moved = {"input_gate": g, "candidate": i, "output_gate": seen, "forget_gate": c_before}
    if variant.forget == "coupled":
        moved["input_gate"] = g - c_before
    values = {"input_gate": i, "candidate": g, "output_gate": o, "forget_gate": f}
    for name, k in column.items():
        function = variant.activation if name == "candidate" else gate
        steepness = slope(function, z[:, :, k], values[name], clip)
        np.multiply(moved[name], steepness, out=to_blocks[:, :, k])
    to_belt = o * show.derivative(c, seen)
    along_belt = np.array(f)
    for name, peephole in parameters.peepholes().items():
        looks = to_belt if name == "output_gate" else along_belt
        looks += peephole * to_blocks[:, :, column[name]]
    if timeline.padding is not None:
        to_blocks[timeline.padding] = 0
        to_belt[timeline.padding] = 0
        along_belt[timeline.padding] = 1
    return LocalDerivatives(
        shown=o * seen, to_blocks=to_blocks, to_belt=to_belt, along_belt=along_belt
    )


def _through_time(
    parameters: LSTMParameters, local: LocalDerivatives, d_own: Array, d_c_after: Array
) -> tuple[Array, Array, Array, Array, Array]:
    """δh (T, N, P), δc (T, N, H), δz (T, N, B, H), and δh₀ and δc₀, last timestep first."""
    d_z, d_h = np.empty_like(local.to_blocks), np.empty_like(d_own, order="C")
    d_c = np.empty_like(local.to_belt)
    recurrent = np.ascontiguousarray(parameters.recurrent_kernel.T)
    project = None if parameters.projection is None else parameters.projection.T.copy()
    batch, size = d_c.shape[1:]
    from_after = np.zeros((batch, parameters.output_size), d_h.dtype)
    d_shown = np.empty((batch, size), d_h.dtype)
    rows = zip(
        d_own,
        d_h,
        d_c,
        d_c[:, :, np.newaxis],
        d_z.reshape(*d_z.shape[:2], -1),
        d_z[:, :, :-1],
        d_z[:, :, -1],
        local.to_blocks[:, :, :-1],
        local.to_blocks[:, :, -1],
        local.to_belt,
        local.along_belt,
        strict=True,
    )
    dot, add, multiply = np.dot, np.add, np.multiply
    for own, h, c, c_row, z_row, z_belt, z_shown, a_belt, a_shown, s, f in reversed(list(rows)):
        add(own, from_after, h)
        shown = h if project is None else dot(h, project, d_shown)
        multiply(shown, s, c)
        add(c, d_c_after, c)
        multiply(c_row, a_belt, z_belt)
        multiply(shown, a_shown, z_shown)
        multiply(c, f, d_c_after)
        dot(z_row, recurrent, from_after)
    return d_h, d_c, d_z, from_after, d_c_after


def _parameter_gradients(
    trace: LSTMTrace, timeline: Timeline, local: LocalDerivatives, d_h: Array, d_z: Array
) -> LSTMParameters:
    """∂L/∂ each weight: sums over timesteps and batch of what came in times δ."""
    parameters = trace.parameters
    d_rows = d_z.reshape(*d_z.shape[:2], -1)
    found = {
        "kernel": outer_sum(timeline.valid(trace.input), d_rows),
        "recurrent_kernel": outer_sum(timeline.running(trace.previous.hidden_state), d_rows),
        "bias": d_rows.sum(axis=(0, 1)),
    }
    if parameters.peephole is not None:
        column = {name: k for k, name in enumerate(parameters.blocks)}
        before, after = (
            timeline.running(values) for values in (trace.previous.cell_state, trace.cell_state)
        )
        found["peephole"] = np.stack(
            [
                np.sum(d_z[:, :, column[name]] * belt, axis=(0, 1))
                for name in parameters.peepholes()
                for belt in [after if name == "output_gate" else before]
            ]
        )
    if parameters.projection is not None:
        found["projection"] = outer_sum(local.shown, _zeroed(timeline, d_h))
    return parameters.replace(**found)


def _zeroed(timeline: Timeline, values: Array) -> Array:
    """The running-order `values` with zeros for padding."""
    if timeline.padding is not None:
        values = np.where(timeline.padding[..., np.newaxis], 0, values)
    return values
