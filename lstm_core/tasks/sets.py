"""Predicting a set: which symbols may come next, one sigmoid for each, right above a threshold."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..model import Model
from ..record import Array, record
from ..training import Batch
from .common import padded

THRESHOLD = 0.5
"""A symbol that may follow has an output above this, another one below."""


@record
class Asked:
    """One sequence as a network reads it, and what is true at each of its timesteps."""

    places: Array  # (T,) the symbols' places in the alphabet
    allowed: Array  # (T, K) bool: which of the labels may follow


def asked(
    alphabet: Sequence[str], labels: Sequence[str], string: str, legal: Sequence[frozenset[str]]
) -> Asked:
    """Return a string and the sets that may follow its symbols, as numbers."""
    return Asked(
        places=np.array([alphabet.index(symbol) for symbol in string], np.int64),
        allowed=np.array([[label in symbols for label in labels] for symbols in legal]),
    )


def set_batch(alphabet: Sequence[str], rows: Sequence[Asked]) -> Batch:
    """Return a batch that asks for the set at every timestep of every row."""
    places, lengths = padded([row.places for row in rows])
    allowed, _ = padded([row.allowed for row in rows])
    return Batch(
        inputs=np.eye(len(alphabet), dtype=np.float32)[places],
        targets=allowed.astype(np.float32),
        lengths=lengths,
    )


def sets_right(model: Model, batch: Batch, threshold: float = THRESHOLD) -> Array:
    """Return whether every set of each sequence was predicted exactly, (N,) bool."""
    assert batch.lengths is not None
    predictions = model.run_inputs(batch.inputs, batch.lengths).predictions
    assert predictions is not None
    true = np.asarray(batch.targets) > 0
    exact = np.logical_and((predictions > threshold) == true, predictions != threshold)
    beyond = np.arange(exact.shape[1]) >= np.asarray(batch.lengths)[:, np.newaxis]
    right: Array = (exact.all(axis=-1) | beyond).all(axis=1)
    return right
