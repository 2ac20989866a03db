"""A prediction split over the writes of the last layer: what each of them adds to a logit.

For a readout column w (or the difference of two) the logit is y = b + Σ_u w_u h_u. An LSTM shows
h = o∘φ(c), and c is a sum of writes (`decomposition`); φ is spread over them in proportion:

    y = b + Σ_u w_u o_u φ(0) + Σ_s Σ_u w_u o_u · (φ(c_u) - φ(0)) / c_u · written_{s,u} + (start)

This is the rescale rule of DeepLIFT (Shrikumar, Greenside & Kundaje 2017) for φ with the reference
c = 0, and takes the output gate o as it is. The parts add up to the logit exactly. A GRU's hidden
state is itself a sum of writes, so that its split needs no rule.

Where an intervention holds the memory, the value is the write of that timestep (`writes`). What an
LSTM shows at a held hidden state is no write at all: w_u h_u is a part of its own there.

It says of what the logit is made, not what caused it: gates depend on what was read before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from ..activations import activation
from ..gradients import merge_gradients
from ..model import LayerState, Model, ModelRun
from ..model.layer import DIRECTIONS, Interventions
from ..model.model import NOTHING, ZERO
from ..record import Array, record
from ..run.interventions import Clamp, without_write
from ..run.trace import LSTMTrace, Trace
from ..vocabulary import vocabulary
from .decomposition import contributions
from .model_influence import readout_gradient

NO_CELL = 1e-9  # below this size of c, (φ(c) - φ(0)) / c is taken as a slope at 0


@record
class LogitSplit:
    """What a logit at one timestep is made of.

    `written` (T, H) is what the writes of each timestep add through each unit of the last layer
    (of two directions their units side by side), `initial` what the states add that the run
    began with, `held` what hidden states of an LSTM add that an intervention holds at that
    timestep, and `constant` the rest: the bias, and what the units would show at c = 0.
    """

    timestep: int
    value: float
    written: Array
    initial: float
    constant: float
    held: float = 0.0

    @property
    def by_timestep(self) -> Array:
        """What the writes of each timestep add, (T,)."""
        total: Array = self.written.sum(axis=1)
        return total

    @property
    def total(self) -> float:
        """The sum of all parts: the logit itself."""
        return float(self.written.sum()) + self.initial + self.constant + self.held


def logit_split(
    model: Model, run: ModelRun, t: int, output: int, against: int | None = None
) -> LogitSplit:
    """Return a logit at timestep `t`, or with `against` its lead over another, split over writes.

    Computed in float64 from the recorded run of one sequence. Raises ValueError for a last layer
    of a standard RNN, whose state is no sum of writes, for directions that are multiplied, where
    what stands behind the layer is not linear, where a residual sum does, and as
    `logit_influence` does.
    """
    if not all(stage.is_affine for stage in model.back):
        raise ValueError("what stands behind the last layer is not linear: expected a sum of it")
    if model.layers[-1].residual:
        raise ValueError(
            "the readout reads a residual sum: expected the last layer's outputs alone"
        )
    value, d_outputs = readout_gradient(model, run, t, output, against)
    layer, last = model.layers[-1], run.layers[-1]
    if layer.merge == "mul" and layer.backward is not None:
        raise ValueError(f"{layer.name} multiplies its directions: expected a sum of their states")
    traces = [trace for trace in (last.forward, last.backward) if trace is not None]
    parts = [
        _direction(trace, np.asarray(gradient, np.float64))
        for trace, gradient in zip(traces, merge_gradients(layer, last, d_outputs), strict=False)
    ]
    written = np.concatenate([one for one, *_ in parts], axis=1)
    initial, shown, held = (float(sum(part[k] for part in parts)) for k in (1, 2, 3))
    bias = value - float((last.outputs * d_outputs).sum(dtype=np.float64))
    return LogitSplit(
        timestep=t,
        value=value,
        written=written,
        initial=initial,
        constant=bias + shown,
        held=held,
    )


def _direction(trace: Trace, d_hidden: Array) -> tuple[Array, float, float, float]:
    """The parts of one direction: of the writes (T, H), the start, φ(0) and held hidden states."""
    t = int(np.flatnonzero(d_hidden.any(axis=1))[0]) if d_hidden.any() else 0
    free, held = _without_held(trace, t, d_hidden[t])
    weight, constant = _weights(trace, t, free)
    parts = contributions(trace, t)
    written = np.zeros((len(trace), trace.parameters.hidden_size))
    written[parts.timesteps] = weight * parts.written
    return written, float(weight @ parts.initial), constant, held


def _without_held(trace: Trace, t: int, weight: Array) -> tuple[Array, float]:
    """The weight of each hidden state (P,), 0 where it is held, and what the held ones add.

    A GRU's hidden state is its memory: what is held there is a write.
    """
    held = trace.held("hidden_state") if isinstance(trace, LSTMTrace) else None
    if held is None:
        return weight, 0.0
    fixed = np.where(held[t], weight, 0)
    return weight - fixed, float(fixed @ trace.hidden_state[t])


def _weights(trace: Trace, t: int, weight: Array) -> tuple[Array, float]:
    """What one of the memory is worth in the logit, (H,), and what the units show at c = 0."""
    if not isinstance(trace, LSTMTrace):
        return weight, 0.0
    parameters = trace.parameters
    if parameters.projection is not None:
        weight = np.asarray(parameters.projection, np.float64) @ weight
    weight = weight * trace.output_gate[t]
    show = activation(parameters.variant.output_activation)
    cell = np.asarray(trace.cell_state[t], np.float64)
    cell = np.where(np.abs(cell) < NO_CELL, NO_CELL, cell)
    at_zero = show(np.zeros_like(cell))
    return weight * (show(cell) - at_zero) / cell, float(weight @ at_zero)


def without_each_write(
    model: Model,
    inputs: Array,
    timesteps: Iterable[int],
    t: int,
    output: int,
    against: int | None = None,
    interventions: Mapping[int, Interventions] = NOTHING,
    initial: Mapping[int, LayerState] = ZERO,
) -> Array:
    """Return what leaving out the writes of each of some timesteps takes from a logit, (n,).

    Each time the model runs again over `inputs` (T, D) with nothing written to the last layer at
    that timestep, in either direction: y - y'. A memory that is held there is held at 0 instead.
    `interventions` and `initial` are on in both runs. Raises as `logit_influence` does.
    """
    last = len(model.layers) - 1
    there = interventions.get(last, {})
    directions = DIRECTIONS[: 1 + model.layers[last].bidirectional]

    memory = vocabulary(model.layers[last].forward.kind).memory

    def logit(timestep: int | None = None) -> float:
        changed = {
            name: _with_nothing_written(there.get(name, ()), timestep, memory)
            for name in directions
        }
        run = model.run_inputs(
            inputs, interventions={**interventions, last: changed}, initial=initial
        )
        return readout_gradient(model, run, t, output, against)[0]

    whole = logit()
    return np.array([whole - logit(s) for s in timesteps])


def _with_nothing_written(
    clamps: tuple[Clamp, ...], timestep: int | None, memory: str
) -> tuple[Clamp, ...]:
    """Interventions, with nothing written at one timestep; None: as they are."""
    if timestep is None:
        return clamps
    held = [clamp for clamp in clamps if clamp.signal == memory and clamp.holds(timestep)]
    empty = (
        Clamp(signal=memory, value=0.0, units=clamp.units, first=timestep, last=timestep)
        for clamp in held
    )
    return (*clamps, without_write(timestep), *empty)
