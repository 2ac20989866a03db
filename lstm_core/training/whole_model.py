"""The gradient of a whole model: back through readout, layers from the top down, embedding."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..cells.lstm import LSTMState
from ..model.encoders import EmbeddingEncoder
from ..model.model import Layer, LayerRun, Model, Readout
from ..record import Array
from . import fast as columns
from .batch import Batch, States, counted_weights, reads_forwards, symbol_places
from .gradients import backward
from .losses import Loss, loss_of_logits


def loss_and_gradients(
    model: Model, batch: Batch, loss: Loss, initial: States | None = None
) -> tuple[float, dict[str, Array]]:
    """Return L and ∂L/∂ each of the model's weights, by the names of `lstm_core.weights`.

    `initial` are the layers' states before the first timestep; None is each layer's own start.
    Raises ValueError for a model without readout and where shapes do not fit.
    """
    value, found, _ = learn(model, batch, loss, initial)
    return value, found


def loss_and_states(
    model: Model, batch: Batch, loss: Loss, initial: States | None = None
) -> tuple[float, States]:
    """Return L and the states in which the batch ends, without any gradient.

    Handing the states back as `initial` reads a stream batch by batch. Raises ValueError as
    `loss_and_gradients` does.
    """
    readout = _readout(model)
    if columns.fits(model):
        room = columns.Room(model.dtype)
        return columns.loss_and_states(model, readout, batch, loss, initial, room)
    runs, value, _ = _recorded(model, readout, batch, loss, initial)
    return value, _ended(model, runs)


def learn(
    model: Model,
    batch: Batch,
    loss: Loss,
    initial: States | None = None,
    room: columns.Room | None = None,
) -> tuple[float, dict[str, Array], States]:
    """Return L, ∂L/∂ each weight, and the states in which the batch ends.

    `room` is memory that updates leave to each other: what is returned is only good until it
    is handed in again, but for the states.
    """
    readout = _readout(model)
    if columns.fits(model):
        room = columns.Room(model.dtype) if room is None else room
        return columns.learn(model, readout, batch, loss, initial, room)
    return learn_recorded(model, batch, loss, initial)


def learn_recorded(
    model: Model, batch: Batch, loss: Loss, initial: States | None = None
) -> tuple[float, dict[str, Array], States]:
    """Do as `learn` does, for any model, by way of traces."""
    readout = _readout(model)
    runs, value, d_logits = _recorded(model, readout, batch, loss, initial)
    outputs = runs[-1].outputs
    found: dict[str, Array] = {
        "readout.kernel": _rows(outputs).T @ _rows(d_logits),
        "readout.bias": _rows(d_logits).sum(axis=0),
    }
    d_outputs = d_logits @ readout.kernel.T
    for k in reversed(range(len(model.layers))):
        parameters, d_outputs = layer_backward(model.layers[k], runs[k], d_outputs)
        for direction, gradients in parameters.items():
            prefix = f"layers.{k}.{direction}"
            found |= {f"{prefix}.{n}": array for n, array in gradients.weights().items()}
    if isinstance(model.encoder, EmbeddingEncoder):
        d_embedding = np.zeros_like(model.encoder.embedding)
        np.add.at(d_embedding, np.reshape(batch.inputs, -1), _rows(d_outputs))
        found["encoder.embedding"] = d_embedding
    return value, found, _ended(model, runs)


def layer_backward(layer: Layer, run: LayerRun, d_outputs: Array) -> tuple[dict[str, Any], Array]:
    """Return the gradients of each direction's parameters, and ∂L/∂inputs (..., T, D)."""
    d_forward, d_backward = through_merge(layer, run, d_outputs)
    ahead = backward(run.forward, d_forward)
    if run.backward is None:
        return {"forward": ahead.parameters}, ahead.inputs
    back = backward(run.backward, d_backward)
    parameters = {"forward": ahead.parameters, "backward": back.parameters}
    return parameters, ahead.inputs + back.inputs


def through_merge(layer: Layer, run: LayerRun, d_outputs: Array) -> tuple[Array, Array]:
    """Return ∂L/∂h (..., T, P) of each direction of a layer, from ∂L/∂ what it hands on.

    Both in the sequence's own order; the second means nothing where there is one direction.
    """
    if layer.running_order:
        d_outputs = d_outputs[..., ::-1, :]
    if run.backward is None:
        return d_outputs, d_outputs
    if layer.merge == "concat":
        forward, reverse = np.split(d_outputs, [layer.forward.output_size], axis=-1)
        return forward, reverse
    if layer.merge == "mul":
        return d_outputs * run.backward.hidden_state, d_outputs * run.forward.hidden_state
    shared = d_outputs * (0.5 if layer.merge == "ave" else 1.0)
    return shared, shared


def _recorded(
    model: Model, readout: Readout, batch: Batch, loss: Loss, initial: States | None
) -> tuple[list[LayerRun], float, Array]:
    """What each layer computed, L, and ∂L/∂logits."""
    runs = _run(model, _encoded(model, batch), batch.lengths, initial)
    logits = readout.logits(runs[-1].outputs)
    weights = counted_weights(batch, logits.shape[:-1], logits.dtype)
    return runs, *loss_of_logits(loss, readout, logits, batch.targets, weights)


def _readout(model: Model) -> Readout:
    if model.readout is None:
        raise ValueError("the model has no readout: expected predictions to learn from")
    return model.readout


def _run(
    model: Model, inputs: Array, lengths: Array | None, initial: States | None
) -> list[LayerRun]:
    """What each layer computed, from the states `initial`."""
    if any(not layer.follows for layer in model.layers[1:]):
        model.run_inputs(inputs)  # says which layer begins a chain of its own
    runs: list[LayerRun] = []
    for k, layer in enumerate(model.layers):
        start = None if initial is None else initial[k]
        hidden = None if start is None else start.hidden_state
        cell = start.cell_state if isinstance(start, LSTMState) else None
        runs.append(layer.unroll(inputs, hidden, cell, lengths))
        inputs = runs[-1].outputs
    return runs


def _ended(model: Model, runs: list[LayerRun]) -> States:
    if not all(reads_forwards(layer) for layer in model.layers):
        return ()
    return tuple(run.forward.final_state for run in runs)


def _encoded(model: Model, batch: Batch) -> Array:
    """Inputs as the first layer reads them, (..., T, D)."""
    places = symbol_places(model, batch)
    if places is None:
        return batch.inputs
    if isinstance(model.encoder, EmbeddingEncoder):
        return model.encoder.embedding[places]
    return np.eye(model.layers[0].input_size, dtype=model.dtype)[places]


def _rows(values: Array) -> Array:
    return values.reshape(-1, values.shape[-1])
