"""The loss of a batch as a function of a model's weights: its value, its gradient, the states.

Usual models go the fast way (`fast`), all others by way of traces (`recorded`); both give the
same numbers.
"""

from __future__ import annotations

from ..model import Model, Readout
from ..record import Array
from . import fast, recorded
from .batch import Batch, States
from .losses import Loss


def loss_and_gradients(
    model: Model,
    batch: Batch,
    loss: Loss,
    initial: States | None = None,
    *,
    write_penalty: float = 0.0,
) -> tuple[float, dict[str, Array]]:
    """Return L and ∂L/∂ each of the model's weights, by the names of `lstm_core.model.weights`.

    `initial` are the layers' states before the first timestep; None is each layer's own start.
    `write_penalty` is what writing costs, see `write_penalty`; it is part of L.
    Raises ValueError for a model without readout and where shapes do not fit.
    """
    value, gradients, _ = loss_gradients_and_states(
        model, batch, loss, initial, write_penalty=write_penalty
    )
    return value, gradients


def loss_and_states(
    model: Model,
    batch: Batch,
    loss: Loss,
    initial: States | None = None,
    *,
    write_penalty: float = 0.0,
) -> tuple[float, States]:
    """Return L and the states in which the batch ends, without any gradient.

    Handing the states back as `initial` reads a stream batch by batch. Raises ValueError as
    `loss_and_gradients` does.
    """
    readout = _readout(model)
    if fast.supports(model):
        buffers = fast.Buffers(model.dtype)
        return fast.fast_loss(model, readout, batch, loss, initial, buffers, write_penalty)
    return recorded.recorded_loss(model, readout, batch, loss, initial, write_penalty)


def loss_gradients_and_states(
    model: Model,
    batch: Batch,
    loss: Loss,
    initial: States | None = None,
    buffers: fast.Buffers | None = None,
    write_penalty: float = 0.0,
) -> tuple[float, dict[str, Array], States]:
    """Return L, ∂L/∂ each weight, and the states in which the batch ends.

    `buffers` are memory that one update leaves to the next: what is returned is only good
    until they are handed in again, but for the states. Raises ValueError as
    `loss_and_gradients` does.
    """
    readout = _readout(model)
    if fast.supports(model):
        buffers = fast.Buffers(model.dtype) if buffers is None else buffers
        return fast.fast_gradients(model, readout, batch, loss, initial, buffers, write_penalty)
    return recorded.recorded_gradients(model, readout, batch, loss, initial, write_penalty)


def _readout(model: Model) -> Readout:
    if model.readout is None:
        raise ValueError("the model has no readout: expected predictions to learn from")
    if model.back:
        raise ValueError("stages stand behind the last layer: expected a readout that reads it")
    if any(layer.residual for layer in model.layers):
        raise ValueError("a residual sum stands behind a layer: expected layers that read outputs")
    return model.readout
