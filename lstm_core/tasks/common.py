"""What every task is: sequences drawn from a seed, and a rule that says when an answer is right."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from ..model import Model, ReadoutActivation
from ..model.encoders import Encoder
from ..record import Array, record
from ..sequence import Sequence
from ..training import Batch, Loss
from .events import Event

Targets = tuple[frozenset[str], ...] | Array


@record
class Settings:
    """How a task is trained where nobody says otherwise: what we found to work with an LSTM."""

    units: int
    updates: int
    batch: int = 32
    learning_rate: float = 0.01
    forget_bias: float = 1.0
    chrono: bool = False
    write_penalty: float = 0.0


@record
class Cue:
    """What a network has to remember: the word or number read at `timestep`.

    `then` is what has to be kept in its place from a later timestep on: the sum of two numbers
    once the second is read. None where the value is kept to the end.
    """

    timestep: int
    value: str | float
    then: Cue | None = None

    def stages(self) -> tuple[Cue, ...]:
        """Return what has to be kept one after another, in order: itself, then what replaces it."""
        return (self, *(() if self.then is None else self.then.stages()))


class GroundTruth(Protocol):
    """What draws sequences and knows what is true of any: all that a demo needs of its task."""

    @property
    def legal_threshold(self) -> float | None:
        """The probability above which a symbol counts as predicted.

        None for numbers, and where any symbol may follow.
        """

    @property
    def tolerance(self) -> float | None:
        """The error below which a predicted number counts as right; None where there is none."""

    def random_sequence(self, rng: np.random.Generator) -> Sequence:
        """Return a new sequence."""

    def targets(self, sequence: Sequence) -> Targets | None:
        """Return what is true at each timestep of any sequence; None where it is unknown.

        Symbols: the set of those that may follow, empty where nothing is asked or nobody knows.
        Numbers: what the network should predict, (T, K), NaN where nothing is asked.
        """

    def cue(self, sequence: Sequence) -> Cue | None:
        """Return what has to be remembered longest in this sequence; None where nothing has."""

    def events(self, sequence: Sequence) -> tuple[Event, ...]:
        """Return the timesteps of any sequence that matter, in order, each with a label."""


class Task(GroundTruth, Protocol):
    """A question that a network can be trained on, with as many fresh sequences as one likes."""

    @property
    def name(self) -> str:
        """The word by which the task is known, in links too."""

    @property
    def title(self) -> str:
        """What it is called on the page."""

    @property
    def question(self) -> str:
        """One sentence: what the network is asked."""

    @property
    def criterion(self) -> str:
        """One sentence: when a fresh sequence counts as right."""

    @property
    def published(self) -> str:
        """One sentence: what the literature reached, with its source; "" where nobody has."""

    @property
    def encoder(self) -> Encoder:
        """How a sequence becomes inputs."""

    @property
    def labels(self) -> tuple[str, ...]:
        """What the K outputs are called."""

    @property
    def readout(self) -> ReadoutActivation:
        """The activation of the outputs."""

    @property
    def loss(self) -> Loss:
        """What is made small."""

    @property
    def lag(self) -> int:
        """The longest time lag to bridge, in timesteps: what chrono initialisation wants."""

    @property
    def settings(self) -> Settings:
        """How to train it where nobody says otherwise."""

    def targets(self, sequence: Sequence) -> Targets:
        """Return what is true at each timestep of any sequence, as `GroundTruth` says."""

    def batch(self, rng: np.random.Generator, size: int) -> Batch:
        """Return `size` fresh sequences to learn from."""

    def right(self, model: Model, rng: np.random.Generator, count: int) -> Array:
        """Return whether `model` gets each of `count` fresh sequences right, (count,) bool.

        What right means is said in `criterion`.
        """


def string_of(sequence: Sequence) -> str:
    """Return the symbols of a sequence as one string; ValueError for numbers."""
    if sequence.symbols is None:
        raise ValueError("the sequence holds numbers: expected symbols")
    return "".join(sequence.symbols)


def numbers_of(sequence: Sequence) -> Array:
    """Return the numbers of a sequence, (T, D); ValueError for symbols."""
    if sequence.numbers is None:
        raise ValueError("the sequence holds symbols: expected numbers")
    return sequence.numbers


def padded(rows: list[Array]) -> tuple[Array, Array]:
    """Return rows (T_k, ...) as one array (N, T, ...) padded with zeros, and lengths (N,)."""
    lengths = np.array([len(row) for row in rows])
    whole = np.zeros((len(rows), int(lengths.max()), *rows[0].shape[1:]), rows[0].dtype)
    for target, row in zip(whole, rows, strict=True):
        target[: len(row)] = row
    return whole, lengths


def last_predictions(model: Model, batch: Batch) -> Array:
    """Return what `model` predicts at each sequence's last valid timestep, (N, K)."""
    predictions = model.run_inputs(batch.inputs, batch.lengths).predictions
    assert predictions is not None
    rows = np.arange(len(predictions))
    last = predictions.shape[1] if batch.lengths is None else np.asarray(batch.lengths)
    chosen: Array = predictions[rows, last - 1]
    return chosen
