"""What one update learns from, and the states that a stream hands from batch to batch."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np

from ..cells.common import State
from ..model import Layer, Model
from ..model.encoders import EmbeddingEncoder, OneHotEncoder
from ..record import Array, record

States = tuple[State, ...]
"""Each layer's state, arrays (N, ·), where a batch ended; empty for a model that reads back."""


@record
class Batch:
    """What one update learns from: N sequences of at most T timesteps.

    `inputs` are encoded, (N, T, D), or with an alphabet the symbols' places, (N, T) integers.
    `targets` are (N, T) labels' places or (N, T, K) numbers, `weights` (N, T) says what counts
    how much, `lengths` (N,) where sequences end: what lies beyond never counts. One sequence
    without the axis N is a batch too.

    `follows` cuts a stream into batches (truncated back-propagation through time, Williams &
    Peng 1990): a sequence that follows begins with the state in which the same place of the
    batch before ended; no gradient goes back there. One bool, or one for each sequence (N,).
    """

    inputs: Array
    targets: Array
    weights: Array | None = None
    lengths: Array | None = None
    follows: bool | Array = False


def symbol_encoder(model: Model, batch: Batch) -> OneHotEncoder | EmbeddingEncoder | None:
    """Return the encoder that the batch goes through: its inputs are places (..., T) of symbols.

    None where the inputs are encoded already. Raises ValueError for such inputs where the encoder
    is trained, and for places that the alphabet doesn't have.
    """
    encoder, places = model.encoder, np.asarray(batch.inputs)
    if encoder is None or encoder.kind == "numeric":
        return None
    if not np.issubdtype(places.dtype, np.integer):
        if encoder.weights:
            raise ValueError(f"inputs are {places.dtype}: expected the places of symbols, integers")
        return None
    if places.size and not (places.min() >= 0 and places.max() < len(encoder.alphabet)):
        raise ValueError(
            f"inputs reach from {places.min()} to {places.max()}: "
            f"expected the places of symbols, 0..{len(encoder.alphabet) - 1}"
        )
    return encoder


def counted_weights(batch: Batch, shape: tuple[int, ...], dtype: Any) -> Array | None:
    """The weight of each timestep (..., T), zero beyond the end of its sequence."""
    if batch.lengths is None:
        return batch.weights
    inside = np.arange(shape[-1]) < np.asarray(batch.lengths)[..., np.newaxis]
    if batch.weights is None:
        return inside.astype(dtype)
    weights: Array = batch.weights * inside
    return weights


def start_of(model: Model, batch: Batch, ended: States) -> States | None:
    """The states that `batch` begins with, from where the one before ended; None: its own.

    The first batch of all has none before it (`ended` is empty) and begins as ever.
    Raises ValueError where nothing can be handed on: the model has a layer that reads back,
    or the number of sequences is not what it was.
    """
    follows = np.asarray(batch.follows)
    if not follows.any():
        return None
    for layer in model.layers:
        if not reads_forwards(layer):
            raise ValueError(f"{layer.name} reads backwards: a batch cannot follow another")
    if not ended:
        return None
    leading = np.shape(batch.targets)[: ended[0].hidden_state.ndim - 1]
    was = ended[0].hidden_state.shape[:-1]
    if leading != was or follows.shape not in ((), was):
        raise ValueError(
            f"the batch has {leading} sequences and follows {follows.shape}: expected {was}, "
            "as the batch before had"
        )
    return ended if follows.all() else _some(model, ended, follows)


def reads_forwards(layer: Layer) -> bool:
    """Whether the layer has one direction, from the first timestep to the last."""
    return layer.backward is None and not layer.reverse


def _some(model: Model, ended: States, follows: Array) -> States:
    """The ended state where a sequence follows, and the layer's own start where not."""
    states = []
    for layer, state in zip(model.layers, ended, strict=True):
        own = {"hidden_state": layer.initial_hidden, "cell_state": layer.initial_cell}
        picked: dict[str, Array] = {}
        for field in dataclasses.fields(state):
            went, begins = getattr(state, field.name), own[field.name]
            picked[field.name] = np.array(
                np.broadcast_to(0 if begins is None else begins, went.shape), went.dtype
            )
            picked[field.name][follows] = went[follows]
        states.append(type(state)(**picked))
    return tuple(states)
