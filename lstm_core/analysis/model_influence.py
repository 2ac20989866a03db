"""The influence on one number of a whole model: back through readout, layers and directions."""

from __future__ import annotations

from typing import Literal

import numpy as np

from ..gradients import merge_gradients
from ..model import Layer, LayerRun, Model, ModelRun, stages_gradient
from ..record import Array, record
from ..run.trace import Trace
from .chain import chain
from .curve import frobenius
from .output_influence import SignedInfluence, signed_influence

Direction = Literal["forward", "backward"]


@record
class LayerInfluence:
    """How y depends on the states of one layer; None for a direction that y doesn't see."""

    forward: SignedInfluence | None
    backward: SignedInfluence | None


@record
class ModelInfluence:
    """How a number y at one timestep depends on all inputs and all states of a model.

    `layers` are those that y is computed from. A layer that hands its outputs on in running
    order has its own order of time; inputs stand in the sequence's.
    """

    timestep: int
    timesteps: Array  # (T,)
    value: float  # y
    input: Array  # ∂y/∂x_s, x as the first layer reads it: (T, D)
    along_input: Array  # x_s·∂y/∂x_s: (T,)
    layers: tuple[LayerInfluence, ...]

    @property
    def input_norm(self) -> Array:
        """‖∂y/∂x_s‖, (T,)."""
        return frobenius(self.input)


def logit_influence(
    model: Model, run: ModelRun, t: int, output: int, against: int | None = None
) -> ModelInfluence:
    """Return what moves the logit y = h_t·W[:, output] + b[output] of the readout at `t`.

    With `against`, y is the logit's lead over that other one: of a softmax the logarithm of
    how many times likelier `output` is. `run` is what `model` computed for one sequence.
    Logits, not probabilities: softmax and sigmoid flatten where the model is sure. Raises
    ValueError for a batch and for a model without readout, IndexError where `t`, `output` or
    `against` isn't there.
    """
    value, d_outputs = readout_gradient(model, run, t, output, against)
    return _down(model, run, t, value, len(run.layers), d_outputs, ())


def readout_gradient(
    model: Model, run: ModelRun, t: int, output: int, against: int | None = None
) -> tuple[float, Array]:
    """Return the logit y of `logit_influence`, and ∂y/∂ what the last layer hands on, (T, D_out).

    Raises as `logit_influence` does.
    """
    if model.readout is None:
        raise ValueError("the model has no readout: expected one with predictions")
    outputs = _one_sequence(run, t)
    signs = np.zeros(model.readout.bias.size)
    for name, which, sign in (("output", output, 1), ("against", against, -1)):
        if which is not None:
            _expect(name, which, signs.size)
            signs[which] += sign
    # What reads other timesteps has a slope at all of them.
    end = len(outputs) if model.looks_ahead else t + 1
    read = slice(0 if model.reads_other_timesteps else t, end)
    d_read = np.zeros((len(range(end)[read]), len(model.readout.kernel)))
    d_read[t - end] = model.readout.kernel @ signs
    d_handed_on = np.zeros(outputs.shape)
    d_handed_on[read] = stages_gradient(model.back, model.handed_on(run.layers)[read], d_read)
    value = float(model.readout.logits(model.read_off(run.layers)[t]) @ signs)
    return value, _to_ends(model, d_handed_on)


def _to_ends(model: Model, d_handed_on: Array) -> Array:
    """∂y/∂ the last layer's outputs, where the readout reads what one direction ends with."""
    if not model.reads_ends:
        return d_handed_on
    forward, backward = np.split(d_handed_on, [model.layers[-1].forward.output_size], axis=1)
    ended = np.zeros_like(backward)
    ended[0] = backward.sum(axis=0)
    return np.concatenate([forward, ended], axis=1)


def unit_influence(
    model: Model,
    run: ModelRun,
    t: int,
    layer: int,
    unit: int,
    of: Literal["hidden", "cell"] = "hidden",
    direction: Direction = "forward",
) -> ModelInfluence:
    """Return what moves the hidden state, or the cell state, of one unit at timestep `t`.

    `t` is a timestep of that layer's trace. Raises ValueError for a batch, for a cell state or a
    direction that the layer hasn't, IndexError where `t`, `layer` or `unit` isn't there.
    """
    _expect("layer", layer, len(run.layers))
    _one_sequence(run, t)
    trace = getattr(run.layers[layer], direction)
    if trace is None:
        raise ValueError(f"layer {layer} has one direction: expected direction forward")
    states = trace.state.arrays().get(f"{of}_state")
    if states is None:
        raise ValueError(f"layer {layer} is a {trace.kind}: expected an lstm, it has a cell state")
    _expect("unit", unit, states.shape[1])
    d_states = np.zeros(states.shape)
    d_states[t, unit] = 1
    d_hidden = d_states if of == "hidden" else np.zeros(trace.hidden_state.shape)
    seen = _through(trace, t, d_hidden, d_states if of == "cell" else None)
    reached = LayerInfluence(**{"forward": None, "backward": None, direction: seen})
    d_outputs = _padded(trace, seen.input)
    return _down(model, run, t, float(states[t, unit]), layer, d_outputs, (reached,))


def _down(
    model: Model,
    run: ModelRun,
    t: int,
    value: float,
    layers: int,
    d_outputs: Array,
    above: tuple[LayerInfluence, ...],
) -> ModelInfluence:
    """Go through the first `layers` layers from the top down; `d_outputs` is ∂y/∂ their end."""
    if len(model.layers) != len(run.layers):
        raise ValueError(
            f"the run has {len(run.layers)} layers: expected the {len(model.layers)} of the model"
        )
    added: dict[int, Array] = {}  # by a layer's place, ∂y/∂ what it reads past the layers above
    for k in reversed(range(layers)):
        layer = model.layers[k]
        if layer.residual:
            first = k + 1 - layer.residual
            added[first] = added.get(first, 0) + d_outputs
        reached, d_outputs = _through_layer(layer, run.layers[k], t, d_outputs)
        d_outputs = d_outputs + added.pop(k, 0)
        above = (reached, *above)
    return ModelInfluence(
        timestep=t,
        timesteps=np.arange(run.timesteps),
        value=value,
        input=d_outputs,
        along_input=np.sum(run.inputs * d_outputs, axis=1),
        layers=above,
    )


def _through_layer(
    layer: Layer, run: LayerRun, t: int, d_outputs: Array
) -> tuple[LayerInfluence, Array]:
    """Return how y depends on one layer, and ∂y/∂ its inputs (T, D)."""
    d_forward, d_backward = merge_gradients(layer, run, d_outputs)
    forward = _through(run.forward, t, d_forward, None)
    d_inputs = _padded(run.forward, forward.input)
    if run.backward is None:
        return LayerInfluence(forward=forward, backward=None), d_inputs
    backward = _through(run.backward, t, d_backward, None)
    d_inputs = d_inputs + _padded(run.backward, backward.input)
    return LayerInfluence(forward=forward, backward=backward), d_inputs


def _through(trace: Trace, t: int, d_hidden: Array, d_cell: Array | None) -> SignedInfluence:
    """The influence of every timestep of one direction; both (T, ·) in the sequence's order."""
    links = chain(trace)
    if links.cell_size is not None and d_cell is None:
        d_cell = np.zeros((trace.timesteps, links.cell_size))
    cell = None if d_cell is None else d_cell[links.timesteps]
    return signed_influence(trace, t, links, d_hidden[links.timesteps], cell)


def _padded(trace: Trace, d_inputs: Array) -> Array:
    """∂y/∂x of all timesteps (T, D): zero on padding."""
    padded = np.zeros((trace.timesteps, d_inputs.shape[1]))
    padded[: len(d_inputs)] = d_inputs
    return padded


def _one_sequence(run: ModelRun, t: int) -> Array:
    """What the last layer hands on, (T, D_out); ValueError for a batch, IndexError for `t`."""
    if run.inputs.ndim != 2:
        raise ValueError(f"the run's inputs are {run.inputs.shape}: expected (timesteps, inputs)")
    _expect("timestep", t, run.timesteps)
    return run.layers[-1].outputs


def _expect(name: str, value: int, count: int) -> None:
    if not 0 <= value < count:
        raise IndexError(f"{name} is {value}: expected 0..{count - 1}")
