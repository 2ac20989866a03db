"""The multiplication problem: two marked numbers among a hundred, and their product at the end.

    columns   value in [0, 1];  mark: 1 for the two to multiply, -1 on the first and last, else 0
    target    x₁·x₂ at the last timestep, right where the error is below 0.04

Lengths and marks are those of the adding problem. Where the very first timestep is marked, its
value counts as 1. A sum can be kept in the cell state as it grows; a product cannot, so the network
has to keep the first number until the second comes.

Source: Hochreiter & Schmidhuber 1997, experiment 5.
"""

from __future__ import annotations

import operator
from typing import ClassVar

import numpy as np

from ..model import Model, ReadoutActivation
from ..model.encoders import NumericEncoder
from ..record import Array, record
from ..sequence import Sequence
from ..training import Batch, Loss
from .adding import (
    COLUMNS,
    TOLERANCE,
    AddingSequences,
    at_the_end,
    first_marked,
    marked_and_asked,
    marked_sequences,
    marks,
)
from .common import Cue, Settings, last_predictions, numbers_of
from .events import Event


def multiplication(
    rng: np.random.Generator, count: int, timesteps: int = 100, dtype: type = np.float32
) -> AddingSequences:
    """Return `count` sequences with minimal length T = `timesteps`, and their products.

    Raises ValueError for fewer than 10 timesteps: there would be no ten to mark one of.
    """
    inputs, lengths, marked = marked_sequences(rng, count, timesteps, lowest=0.0)
    rows, products = np.arange(count), np.ones(count)
    for place in marked:
        products *= np.where(place == 0, 1, inputs[rows, place, 0])
    return AddingSequences(
        inputs=inputs.astype(dtype), targets=products.astype(dtype), lengths=lengths
    )


def target(sequence: Array) -> float | None:
    """Return what should stand at the end of one sequence (T, 2); None unless two are marked."""
    marked = marks(sequence)
    if len(marked) != 2:
        return None
    return float(np.asarray(sequence, np.float64)[marked[marked > 0], 0].prod())


@record
class Multiplication:
    """The task with sequences of `length` to 1.1 times as many timesteps."""

    name: ClassVar[str] = "multiplication"
    title: ClassVar[str] = "Multiplication problem"
    criterion: ClassVar[str] = "The error of the prediction at the last timestep is below 0.04."
    published: ClassVar[str] = (
        "Hochreiter & Schmidhuber 1997, experiment 5, T = 100: mean squared error 0.0223 after "
        "482,000 training sequences, 0.0139 after 1,273,000 (93 weights)."
    )
    encoder: ClassVar[NumericEncoder] = NumericEncoder(
        columns=COLUMNS, offset=np.zeros(2), scale=np.ones(2)
    )
    labels: ClassVar[tuple[str, ...]] = ("product",)
    readout: ClassVar[ReadoutActivation] = "linear"
    loss: ClassVar[Loss] = "squared_error"
    settings: ClassVar[Settings] = Settings(
        units=8, updates=10_000, batch=32, learning_rate=0.02, chrono=True
    )
    legal_threshold: ClassVar[float | None] = None
    tolerance: ClassVar[float | None] = TOLERANCE

    length: int = 100

    @property
    def question(self) -> str:
        """One sentence: what the network is asked."""
        return f"Can it keep two marked numbers over {self.length} timesteps, and multiply them?"

    @property
    def lag(self) -> int:
        """From the first number to the end."""
        return round(1.1 * self.length)

    def batch(self, rng: np.random.Generator, size: int) -> Batch:
        """Return `size` fresh sequences; the product is asked for at their last timesteps."""
        return multiplication(rng, size, self.length).batch()

    def right(self, model: Model, rng: np.random.Generator, count: int) -> Array:
        """Return whether `model` gets each of `count` fresh sequences right, (count,) bool."""
        test = multiplication(rng, count, self.length)
        said = last_predictions(model, test.batch())[:, 0]
        right: Array = np.abs(said - test.targets) < TOLERANCE
        return right

    def random_sequence(self, rng: np.random.Generator) -> Sequence:
        """Return a new sequence (T, 2)."""
        drawn = multiplication(rng, 1, self.length, dtype=np.float64)
        return self.encoder.sequence(drawn.rows(0))

    def targets(self, sequence: Sequence) -> Array:
        """Return the product to say at the end, (T, 1); NaN before, and unless two are marked."""
        numbers = numbers_of(sequence)
        return at_the_end(len(numbers), target(numbers))

    def cue(self, sequence: Sequence) -> Cue | None:
        """Return the first marked number; from the second on the product of both."""
        return first_marked(numbers_of(sequence), at_the_start=1.0, combine=operator.mul)

    def events(self, sequence: Sequence) -> tuple[Event, ...]:
        """Return the timesteps that matter: the marked numbers, and the end."""
        return marked_and_asked(numbers_of(sequence), self.targets(sequence), "the product")
