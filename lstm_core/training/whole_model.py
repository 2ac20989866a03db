"""The gradient of a whole model: back through readout, layers from the top down, embedding."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..encoders import EmbeddingEncoder
from ..model import Layer, LayerRun, Model
from ..record import Array, record
from .gradients import backward
from .losses import Loss, loss_of_logits


@record
class Batch:
    """What one update learns from: N sequences of at most T timesteps.

    `inputs` are encoded, (N, T, D); with an embedding they are the symbols' places, (N, T)
    integers. `targets` are (N, T) labels' places or (N, T, K) numbers, `weights` (N, T) says
    what counts how much, `lengths` (N,) where sequences end: what lies beyond never counts.
    One sequence without the axis N is a batch too.
    """

    inputs: Array
    targets: Array
    weights: Array | None = None
    lengths: Array | None = None


def loss_and_gradients(model: Model, batch: Batch, loss: Loss) -> tuple[float, dict[str, Array]]:
    """Return L and ∂L/∂ each of the model's weights, by the names of `lstm_core.weights`.

    Raises ValueError for a model without readout and where shapes do not fit.
    """
    if model.readout is None:
        raise ValueError("the model has no readout: expected predictions to learn from")
    inputs, places = _encoded(model, batch)
    run = model.run_inputs(inputs, batch.lengths)
    outputs = run.layers[-1].outputs
    weights = _weights(batch, outputs.shape[:-1], outputs.dtype)
    logits = model.readout.logits(outputs)
    value, d_logits = loss_of_logits(loss, model.readout, logits, batch.targets, weights)

    found: dict[str, Array] = {
        "readout.kernel": _rows(outputs).T @ _rows(d_logits),
        "readout.bias": _rows(d_logits).sum(axis=0),
    }
    d_outputs = d_logits @ model.readout.kernel.T
    for k in reversed(range(len(model.layers))):
        parameters, d_outputs = layer_backward(model.layers[k], run.layers[k], d_outputs)
        for direction, gradients in parameters.items():
            prefix = f"layers.{k}.{direction}"
            found |= {f"{prefix}.{n}": array for n, array in gradients.weights().items()}
    if isinstance(model.encoder, EmbeddingEncoder) and places is not None:
        d_embedding = np.zeros_like(model.encoder.embedding)
        np.add.at(d_embedding, places.reshape(-1), _rows(d_outputs))
        found["encoder.embedding"] = d_embedding
    return value, found


def layer_backward(layer: Layer, run: LayerRun, d_outputs: Array) -> tuple[dict[str, Any], Array]:
    """Return the gradients of each direction's parameters, and ∂L/∂inputs (..., T, D)."""
    forward, reverse = run.forward, run.backward
    if layer.running_order:
        d_outputs = d_outputs[..., ::-1, :]
    if reverse is None:
        gradients = backward(forward, d_outputs)
        return {"forward": gradients.parameters}, gradients.inputs
    if layer.merge == "concat":
        d_forward, d_reverse = np.split(d_outputs, [layer.forward.output_size], axis=-1)
    elif layer.merge == "mul":
        d_forward = d_outputs * reverse.hidden_state
        d_reverse = d_outputs * forward.hidden_state
    else:
        d_forward = d_reverse = d_outputs * (0.5 if layer.merge == "ave" else 1.0)
    ahead, back = backward(forward, d_forward), backward(reverse, d_reverse)
    parameters = {"forward": ahead.parameters, "backward": back.parameters}
    return parameters, ahead.inputs + back.inputs


def _encoded(model: Model, batch: Batch) -> tuple[Array, Array | None]:
    """Inputs as the first layer reads them, and with an embedding the symbols' places."""
    if not isinstance(model.encoder, EmbeddingEncoder):
        return batch.inputs, None
    places = batch.inputs
    if not np.issubdtype(places.dtype, np.integer):
        raise ValueError(f"inputs are {places.dtype}: expected the places of symbols, integers")
    return model.encoder.embedding[places], places


def _weights(batch: Batch, shape: tuple[int, ...], dtype: Any) -> Array | None:
    """The weight of each timestep (..., T), zero beyond the end of its sequence."""
    if batch.lengths is None:
        return batch.weights
    inside = np.arange(shape[-1]) < np.asarray(batch.lengths)[..., np.newaxis]
    if batch.weights is None:
        return inside.astype(dtype)
    weights: Array = batch.weights * inside
    return weights


def _rows(values: Array) -> Array:
    return values.reshape(-1, values.shape[-1])
