"""The adding problem: two marked numbers among a hundred, and their sum at the very end.

    columns   value in [-1, 1];  mark: 1 for the two to add, -1 on the first and the last, else 0
    target    0.5 + (x₁ + x₂) / 4 at the last timestep, right where the error is below 0.04

A sequence has T to T + T/10 timesteps. The first mark is on one of the first ten, the second on
one of the first T/2 - 1 that is still unmarked. Where the very first timestep is marked, its
value counts as 0 and its mark is 1, not -1.

Source: Hochreiter & Schmidhuber 1997, experiment 4.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from typing import ClassVar

import numpy as np

from ..model import Model, ReadoutActivation
from ..model.encoders import NumericEncoder
from ..record import Array, record
from ..sequence import Sequence
from ..training import Batch, Loss
from .common import Cue, Settings, last_predictions, numbers_of
from .events import Event, in_order

COLUMNS = ("value", "mark")
TOLERANCE = 0.04


@record
class AddingSequences:
    """N sequences, padded with zeros to one length."""

    inputs: Array  # (N, T, 2), columns value and mark
    targets: Array  # (N,), in 0..1
    lengths: Array  # (N,)

    def rows(self, k: int) -> Array:
        """Return sequence `k` without its padding, (T, 2)."""
        rows: Array = self.inputs[k, : self.lengths[k]]
        return rows

    def batch(self) -> Batch:
        """Return them as a batch that asks for the sum at each last timestep, and only there."""
        count, timesteps = self.inputs.shape[:2]
        last = np.arange(timesteps) == self.lengths[:, np.newaxis] - 1
        targets = np.zeros((count, timesteps, 1), self.inputs.dtype)
        targets[last, 0] = self.targets
        return Batch(
            inputs=self.inputs,
            targets=targets,
            weights=last.astype(self.inputs.dtype),
            lengths=self.lengths,
        )


def adding(
    rng: np.random.Generator, count: int, timesteps: int = 100, dtype: type = np.float32
) -> AddingSequences:
    """Return `count` sequences with minimal length T = `timesteps` (at least 10).

    Raises ValueError for fewer than 10 timesteps: there would be no ten to mark one of.
    """
    inputs, lengths, marked = marked_sequences(rng, count, timesteps)
    rows, added = np.arange(count), np.zeros(count)
    for place in marked:
        added += np.where(place == 0, 0, inputs[rows, place, 0])
    return AddingSequences(
        inputs=inputs.astype(dtype), targets=(0.5 + added / 4).astype(dtype), lengths=lengths
    )


def marked_sequences(
    rng: np.random.Generator, count: int, timesteps: int, lowest: float = -1.0
) -> tuple[Array, Array, tuple[Array, Array]]:
    """Return inputs (N, T, 2), lengths (N,) and where the first and the second mark are, (N,) each.

    Values are between `lowest` and 1. Raises ValueError as `adding` does.
    """
    if timesteps < 10:
        raise ValueError(f"timesteps are {timesteps}: expected at least 10")
    rows = np.arange(count)
    lengths = rng.integers(timesteps, timesteps + timesteps // 10 + 1, count)
    inputs = np.zeros((count, timesteps + timesteps // 10, 2))
    inputs[:, :, 0] = rng.uniform(lowest, 1, inputs.shape[:2])
    inputs[np.arange(inputs.shape[1]) >= lengths[:, np.newaxis]] = 0

    first = rng.integers(0, 10, count)
    second = rng.integers(0, max(timesteps // 2 - 2, 1), count)
    second += second >= first  # one of those still unmarked
    inputs[:, 0, 1] = -1
    inputs[rows, lengths - 1, 1] = -1
    inputs[rows, first, 1] = inputs[rows, second, 1] = 1
    return inputs, lengths, (first, second)


def marks(sequence: Array) -> Array:
    """Return the timesteps of one sequence (T, 2) that are marked."""
    return np.flatnonzero(np.asarray(sequence, np.float64)[:, 1] == 1)


def target(sequence: Array) -> float | None:
    """Return what should stand at the end of one sequence (T, 2); None unless two are marked."""
    marked = marks(sequence)
    if len(marked) != 2:
        return None
    values = np.asarray(sequence, np.float64)[:, 0]
    return float(0.5 + values[marked[marked > 0]].sum() / 4)


def at_the_end(timesteps: int, expected: float | None) -> Array:
    """Return targets (T, 1) that ask for one number at the last timestep, NaN elsewhere."""
    targets = np.full((timesteps, 1), np.nan)
    if timesteps and expected is not None:
        targets[-1] = expected
    return targets


def first_marked(
    sequence: Array, at_the_start: float, combine: Callable[[float, float], float]
) -> Cue | None:
    """Return the first marked number, and from the second on what `combine` makes of both.

    On the very first timestep it counts as `at_the_start`. Of three marked numbers nobody knows
    what to make: the first alone is returned.
    """
    marked = marks(sequence)
    if not len(marked):
        return None
    first = int(marked[0])
    value = float(sequence[first][0]) if first else at_the_start
    then = None
    if len(marked) == 2:
        second = int(marked[1])
        then = Cue(timestep=second, value=combine(value, float(sequence[second][0])))
    return Cue(timestep=first, value=value, then=then)


def marked_and_asked(numbers: Array, targets: Array, what: str) -> tuple[Event, ...]:
    """Return the events of a sequence (T, 2): its marked numbers, and where `what` is asked for."""
    marked = [
        Event(timestep=int(t), label=f"marked: {numbers[t, 0]:.2f}".replace("-", "−"))
        for t in marks(numbers)
    ]
    asked = np.flatnonzero(np.isfinite(targets[:, 0]))
    return in_order([*marked, *(Event(timestep=int(t), label=f"asks for {what}") for t in asked)])


def batches(rng: np.random.Generator, size: int, timesteps: int = 100) -> Iterator[Batch]:
    """Yield batches of `size` fresh sequences, without end."""
    while True:
        yield adding(rng, size, timesteps).batch()


@record
class Adding:
    """The task with sequences of `length` to 1.1 times as many timesteps."""

    name: ClassVar[str] = "adding"
    title: ClassVar[str] = "Adding problem"
    criterion: ClassVar[str] = "The error of the prediction at the last timestep is below 0.04."
    published: ClassVar[str] = (
        "Hochreiter & Schmidhuber 1997, experiment 4, T = 100: 1 of 2,560 wrong after 74,000 "
        "training sequences (93 weights)."
    )
    encoder: ClassVar[NumericEncoder] = NumericEncoder(
        columns=COLUMNS, offset=np.zeros(2), scale=np.ones(2)
    )
    labels: ClassVar[tuple[str, ...]] = ("sum",)
    readout: ClassVar[ReadoutActivation] = "linear"
    loss: ClassVar[Loss] = "squared_error"
    settings: ClassVar[Settings] = Settings(
        units=8, updates=10_000, batch=128, learning_rate=0.02, chrono=True
    )
    legal_threshold: ClassVar[float | None] = None
    tolerance: ClassVar[float | None] = TOLERANCE

    length: int = 100

    @property
    def question(self) -> str:
        """One sentence: what the network is asked."""
        return f"Can it keep two marked numbers over {self.length} timesteps, and add them?"

    @property
    def lag(self) -> int:
        """From the first number to the end."""
        return round(1.1 * self.length)

    def batch(self, rng: np.random.Generator, size: int) -> Batch:
        """Return `size` fresh sequences; the sum is asked for at their last timesteps."""
        return adding(rng, size, self.length).batch()

    def right(self, model: Model, rng: np.random.Generator, count: int) -> Array:
        """Return whether `model` gets each of `count` fresh sequences right, (count,) bool."""
        test = adding(rng, count, self.length)
        said = last_predictions(model, test.batch())[:, 0]
        right: Array = np.abs(said - test.targets) < TOLERANCE
        return right

    def random_sequence(self, rng: np.random.Generator) -> Sequence:
        """Return a new sequence (T, 2)."""
        return self.encoder.sequence(adding(rng, 1, self.length, dtype=np.float64).rows(0))

    def targets(self, sequence: Sequence) -> Array:
        """Return the sum to say at the end, (T, 1); NaN before, and where not two are marked."""
        numbers = numbers_of(sequence)
        return at_the_end(len(numbers), target(numbers))

    def cue(self, sequence: Sequence) -> Cue | None:
        """Return the first marked number; from the second on the sum of both."""
        return first_marked(numbers_of(sequence), at_the_start=0.0, combine=operator.add)

    def events(self, sequence: Sequence) -> tuple[Event, ...]:
        """Return the timesteps that matter: the marked numbers, and the end."""
        return marked_and_asked(numbers_of(sequence), self.targets(sequence), "the sum")
