"""A whole model, feature-major: forwards through the layers to the loss, and back."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from ...model import Model, Readout
from ...model.weights import weights
from ...record import Array
from ...run.unroll import checked_inputs, checked_lengths, initial_state
from ..batch import Batch, States, counted_weights, symbol_encoder
from ..losses import Loss, checked_targets, checked_weights, feature_major_loss
from . import gru, lstm, rnn
from .buffers import Buffers
from .layer import FastLayer, Inputs
from .peephole_lstm import fast_lstm


class FastCell(NamedTuple):
    """What the fast way has for one kind of cell."""

    supports: Callable[[Any], bool]  # whether it can train a layer of these parameters
    layer: Callable[..., FastLayer]  # one layer's run


CELLS: dict[str, FastCell] = {
    "lstm": FastCell(lstm.supports, fast_lstm),
    "gru": FastCell(gru.supports, gru.FastGRU),
    "rnn": FastCell(rnn.supports, rnn.FastRNN),
}


def supports(model: Model) -> bool:
    """Return whether this model can go the fast way: one chain, read forwards, of usual cells."""
    if len({array.dtype for array in weights(model).values()}) > 1:
        return False
    return all(
        layer.backward is None
        and not (layer.reverse or layer.running_order)
        and (layer.follows or k == 0)
        and layer.initial_hidden is None
        and layer.initial_cell is None
        and CELLS[layer.kind].supports(layer.forward)
        for k, layer in enumerate(model.layers)
    )


def fast_gradients(
    model: Model,
    readout: Readout,
    batch: Batch,
    loss: Loss,
    initial: States | None,
    buffers: Buffers,
    write_penalty: float = 0.0,
) -> tuple[float, dict[str, Array], States]:
    """Return L, ∂L/∂ each weight, and the states in which the batch ends."""
    run = _ModelPass(model, batch, initial, buffers)
    value, d_logits = run.loss(readout, batch, loss)
    gradients = {
        "readout.kernel": run.hidden @ d_logits.T,
        "readout.bias": d_logits.sum(axis=1),
        **run.back(readout.kernel @ d_logits, write_penalty),
    }
    return value + run.write_costs(write_penalty), gradients, run.final_states()


def fast_loss(
    model: Model,
    readout: Readout,
    batch: Batch,
    loss: Loss,
    initial: States | None,
    buffers: Buffers,
    write_penalty: float = 0.0,
) -> tuple[float, States]:
    """Return L and the states in which the batch ends."""
    run = _ModelPass(model, batch, initial, buffers)
    value = run.loss(readout, batch, loss)[0] + run.write_costs(write_penalty)
    return value, run.final_states()


class _ModelPass:
    """The layers of a model over one batch; N is its flattened leading axes."""

    def __init__(self, model: Model, batch: Batch, initial: States | None, buffers: Buffers):
        self.model, self.buffers = model, buffers
        kernel = model.layers[0].forward.kernel
        self.encoder = symbol_encoder(model, batch)
        if self.encoder is None:
            values = checked_inputs(model.layers[0].forward, batch.inputs)
            axes = values.ndim - 2
        else:
            values, kernel = np.asarray(batch.inputs), self.encoder.joined(kernel)
            axes = values.ndim - 1
        self.leading, self.timesteps = values.shape[:axes], values.shape[axes]
        self.batch = math.prod(self.leading)
        lengths = checked_lengths(batch.lengths, self.leading, self.timesteps)
        self.lengths = None if lengths is None else lengths.reshape(-1)

        inputs = Inputs(
            values=self._within(self.by_time(values)),
            size=len(kernel),
            places=self.encoder is not None,
        )
        self.layers: list[FastLayer] = []
        for k, layer in enumerate(model.layers):
            parameters = layer.forward
            start = initial_state(
                parameters, None if initial is None else initial[k], self.leading, self.batch
            )
            run = CELLS[layer.kind].layer(
                parameters,
                parameters.kernel if k else kernel,
                inputs,
                start,
                buffers.part(f"layer {k}"),
            )
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
        logits = self.buffers.array("logits", len(readout.labels), self.hidden.shape[1])
        np.dot(readout.kernel.T, self.hidden, logits)
        logits += readout.bias[:, np.newaxis]
        rows = (*self.leading, self.timesteps)
        targets = np.asarray(batch.targets)
        checked_targets(readout, rows, targets)
        counted = counted_weights(batch, rows, logits.dtype)
        if counted is not None:
            counted = self.by_time(checked_weights(counted, rows)).reshape(-1)
        targets = self.by_time(targets)  # (T, N) or (T, K, N)
        if targets.ndim == 3:
            targets = targets.transpose(1, 0, 2)
        targets = targets.reshape(*targets.shape[:-2], -1)
        return feature_major_loss(loss, readout, logits, targets, counted)

    def write_costs(self, penalty: float) -> float:
        """Return what the writes of all layers cost."""
        if not penalty:
            return 0.0
        return penalty * sum(layer.write_cost(self.lengths) for layer in self.layers)

    def back(self, d_hidden: Array, write_penalty: float) -> dict[str, Array]:
        """Return ∂L/∂ each weight below the readout from ∂L/∂ the last layer's h, (H, T·N)."""
        d_weights: dict[str, Array] = {}
        d_own = d_hidden.reshape(-1, self.timesteps, self.batch).transpose(1, 0, 2)
        for k in reversed(range(len(self.layers))):
            layer = self.layers[k]
            layer.back(d_own, layer.write_gradient(write_penalty, self.lengths))
            gradients = layer.gradients()
            if k:
                d_own = layer.d_inputs()
            elif self.encoder is not None:
                kernel = self.model.layers[0].forward.kernel
                split = self.encoder.joined_gradients(gradients["kernel"], kernel)
                gradients["kernel"], of_encoder = split
                d_weights |= {f"encoder.{name}": array for name, array in of_encoder.items()}
            d_weights |= {f"layers.{k}.forward.{name}": array for name, array in gradients.items()}
        return d_weights

    def final_states(self) -> States:
        """The layers' states after their last valid timestep, arrays (..., H)."""
        states = []
        for layer in self.layers:
            state = layer.final(self.lengths)
            arrays = {
                name: array.reshape(*self.leading, array.shape[-1])
                for name, array in state.arrays().items()
            }
            states.append(type(state)(**arrays))
        return tuple(states)
