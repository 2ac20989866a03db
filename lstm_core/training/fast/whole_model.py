"""A whole model's loss and gradient, units in rows: layers up, readout, layers down."""

from __future__ import annotations

import dataclasses
import math

import numpy as np

from ...cells.gru import GRUParameters
from ...cells.lstm import LSTMParameters
from ...model.encoders import EmbeddingEncoder
from ...model.model import CellParameters, Model, Readout
from ...model.weights import weights
from ...record import Array
from ...run.unroll import checked_inputs, checked_lengths, initial_state
from ..batch import Batch, States, counted_weights, symbol_places
from ..losses import Loss, checked_targets, checked_weights, loss_of_columns
from . import gru, lstm, rnn
from .layer import Inputs, LayerColumns
from .peepholes import PeepholeColumns
from .room import Room

COLUMNS: dict[str, type[LayerColumns]] = {
    "lstm": lstm.LSTMColumns,
    "gru": gru.GRUColumns,
    "rnn": rnn.RNNColumns,
}


def fits(model: Model) -> bool:
    """Whether `learn` can train this model: one chain that reads forwards, of usual cells."""
    if len({array.dtype for array in weights(model).values()}) > 1:
        return False
    return all(
        layer.backward is None
        and not (layer.reverse or layer.running_order)
        and (layer.follows or k == 0)
        and layer.initial_hidden is None
        and layer.initial_cell is None
        and _cell_fits(layer.forward)
        for k, layer in enumerate(model.layers)
    )


def _cell_fits(parameters: CellParameters) -> bool:
    if isinstance(parameters, LSTMParameters):
        return lstm.fits(parameters)
    if isinstance(parameters, GRUParameters):
        return gru.fits(parameters)
    return rnn.fits(parameters)


def learn(
    model: Model,
    readout: Readout,
    batch: Batch,
    loss: Loss,
    initial: States | None,
    room: Room,
) -> tuple[float, dict[str, Array], States]:
    """Return L, ∂L/∂ each weight, and the states in which the batch ends."""
    run = _Run(model, batch, initial, room)
    value, d_logits = run.loss(readout, batch, loss)
    found = {
        "readout.kernel": run.hidden @ d_logits.T,
        "readout.bias": d_logits.sum(axis=1),
        **run.back(readout.kernel @ d_logits),
    }
    return value, found, run.ended()


def loss_and_states(
    model: Model,
    readout: Readout,
    batch: Batch,
    loss: Loss,
    initial: States | None,
    room: Room,
) -> tuple[float, States]:
    """Return L and the states in which the batch ends."""
    run = _Run(model, batch, initial, room)
    return run.loss(readout, batch, loss)[0], run.ended()


class _Run:
    """The layers of a model over one batch; N is its flattened leading axes."""

    def __init__(self, model: Model, batch: Batch, initial: States | None, room: Room):
        self.model, self.room = model, room
        places = symbol_places(model, batch)
        values = checked_inputs(model.layers[0].forward, batch.inputs) if places is None else places
        axes = values.ndim - (2 if places is None else 1)
        self.leading, self.timesteps = values.shape[:axes], values.shape[axes]
        self.batch = math.prod(self.leading)
        lengths = checked_lengths(batch.lengths, self.leading, self.timesteps)
        self.lengths = None if lengths is None else lengths.reshape(-1)

        kernel = model.layers[0].forward.kernel
        if places is not None and isinstance(model.encoder, EmbeddingEncoder):
            kernel = model.encoder.embedding @ kernel  # a symbol's row of both at once
        inputs = Inputs(
            values=self._within(self.by_time(values)), size=len(kernel), places=places is not None
        )
        self.layers: list[LayerColumns] = []
        for k, layer in enumerate(model.layers):
            parameters = layer.forward
            start = initial_state(
                parameters, None if initial is None else initial[k], self.leading, self.batch
            )
            make = COLUMNS[parameters.kind]
            if isinstance(parameters, LSTMParameters) and parameters.peephole is not None:
                make = PeepholeColumns
            here = room.part(f"layer {k}")
            run = make(parameters, parameters.kernel if k else kernel, inputs, start, here)
            self.layers.append(run)
            inputs = Inputs(values=run.stack[1:, : run.hidden_size], size=run.hidden_size)
        self.hidden = self.layers[-1].hidden  # (H, T·N)

    def by_time(self, values: Array) -> Array:
        """Turn (..., T) into (T, N), and (..., T, ·) into (T, ·, N)."""
        rest = values.shape[len(self.leading) + 1 :]
        flat = values.reshape(self.batch, self.timesteps, *rest)
        return flat.transpose(1, 2, 0) if rest else flat.T

    def _within(self, values: Array) -> Array:
        """Inputs with zeros where their sequence has ended: there may have been anything."""
        if self.lengths is None:
            return values
        inside = np.arange(self.timesteps)[:, np.newaxis] < self.lengths
        return np.where(inside if values.ndim == 2 else inside[:, np.newaxis], values, 0)

    def loss(self, readout: Readout, batch: Batch, loss: Loss) -> tuple[float, Array]:
        """Return L and ∂L/∂logits (K, T·N)."""
        logits = self.room.array("logits", len(readout.labels), self.hidden.shape[1])
        np.dot(readout.kernel.T, self.hidden, logits)
        logits += readout.bias[:, np.newaxis]
        rows = (*self.leading, self.timesteps)
        targets = np.asarray(batch.targets)
        checked_targets(readout, rows, targets)
        counted = counted_weights(batch, rows, logits.dtype)
        if counted is not None:
            counted = self.by_time(checked_weights(counted, rows)).reshape(-1)
        columns = self.by_time(targets)
        if columns.ndim == 3:
            columns = columns.transpose(1, 0, 2)
        columns = columns.reshape(*columns.shape[:-2], -1)
        return loss_of_columns(loss, readout, logits, columns, counted)

    def back(self, d_hidden: Array) -> dict[str, Array]:
        """Return ∂L/∂ each weight below the readout from ∂L/∂ the last layer's h, (H, T·N)."""
        found: dict[str, Array] = {}
        d_own = d_hidden.reshape(-1, self.timesteps, self.batch).transpose(1, 0, 2)
        for k in reversed(range(len(self.layers))):
            layer = self.layers[k]
            layer.back(d_own)
            gradients = layer.gradients()
            if k:
                d_own = layer.d_inputs()
            else:
                found |= self._through_embedding(gradients)
            found |= {f"layers.{k}.forward.{name}": array for name, array in gradients.items()}
        return found

    def _through_embedding(self, gradients: dict[str, Array]) -> dict[str, Array]:
        """Split the gradient of embedding·kernel, (V, B·H), between the two."""
        encoder, kernel = self.model.encoder, self.model.layers[0].forward.kernel
        if not isinstance(encoder, EmbeddingEncoder):
            return {}
        d_both = gradients["kernel"]
        gradients["kernel"] = encoder.embedding.T @ d_both
        return {"encoder.embedding": d_both @ kernel.T}

    def ended(self) -> States:
        """The layers' states after their last valid timestep, arrays (..., H)."""
        states = []
        for layer in self.layers:
            state = layer.final(self.lengths)
            arrays = {f.name: getattr(state, f.name) for f in dataclasses.fields(state)}
            shaped = {n: a.reshape(*self.leading, a.shape[-1]) for n, a in arrays.items()}
            states.append(type(state)(**shaped))
        return tuple(states)
