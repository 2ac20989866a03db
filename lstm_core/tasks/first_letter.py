"""First letter: remember one letter while others that mean nothing go by.

    A c d d e c … d E        say A
    B e c d c c … e E        say B

A sequence begins with A or B, goes on with c, d and e at random, and ends with E. There the
network must say which letter came first. Nothing is asked before, and nothing in between helps.
The lag, from the first letter to E, is drawn from 1 to `length` timesteps at even odds.

A sequence is right when every output at E is within 0.1 of the truth (1 for the first letter, 0 for
the other).

Source: our own, made to be looked at. It is the smallest relative of the long-time-lag tasks of
Hochreiter & Schmidhuber 1997: the question of experiment 2c with three distractors and two classes.
"""

from __future__ import annotations

import re
from typing import ClassVar

import numpy as np

from ..model import Model, ReadoutActivation
from ..model.encoders import OneHotEncoder
from ..record import Array, record
from ..sequence import Sequence
from ..training import Batch, Loss
from .common import Cue, Settings, last_predictions, padded, string_of
from .events import Event, asked_at_the_end, in_order, to_remember

FIRST = ("A", "B")
BETWEEN = ("c", "d", "e")
LAST = "E"
ALPHABET = (*FIRST, *BETWEEN, LAST)
TOLERANCE = 0.1


@record
class FirstLetter:
    """The task with lags of at most `length` timesteps."""

    name: ClassVar[str] = "first_letter"
    title: ClassVar[str] = "First letter"
    question: ClassVar[str] = "Was the first letter A or B, however many others came after it?"
    criterion: ClassVar[str] = f"At E, every output is within {TOLERANCE} of the truth."
    published: ClassVar[str] = ""
    encoder: ClassVar[OneHotEncoder] = OneHotEncoder(alphabet=ALPHABET)
    labels: ClassVar[tuple[str, ...]] = FIRST
    readout: ClassVar[ReadoutActivation] = "softmax"
    loss: ClassVar[Loss] = "cross_entropy"
    settings: ClassVar[Settings] = Settings(
        units=2,
        updates=1500,
        batch=64,
        learning_rate=0.02,
        forget_bias=5.0,
        write_penalty=0.3,
    )
    legal_threshold: ClassVar[float | None] = 1 - TOLERANCE
    tolerance: ClassVar[float | None] = None

    length: int = 100

    def check(self) -> None:
        """Raise ValueError where there is no lag to draw."""
        if self.length < 1:
            raise ValueError(f"length is {self.length}: expected a lag of at least 1 timestep")

    @property
    def lag(self) -> int:
        """The longest lag, from the first letter to E."""
        return self.length

    def of_lags(self, rng: np.random.Generator, lags: Array) -> Batch:
        """Return one fresh sequence for each of these lags (N,); only E is asked.

        The places of a sequence in the alphabet are 0 or 1, then 2 to 4 at random, then 5.
        """
        classes = rng.integers(len(FIRST), size=len(lags))
        rows = [rng.integers(2, 2 + len(BETWEEN), lag + 1) for lag in lags]
        for row, first in zip(rows, classes, strict=True):
            row[0], row[-1] = first, ALPHABET.index(LAST)
        places, lengths = padded(rows)
        last = np.arange(places.shape[1]) == lengths[:, np.newaxis] - 1
        return Batch(
            inputs=np.eye(len(ALPHABET), dtype=np.float32)[places],
            targets=np.where(last, classes[:, np.newaxis], 0),
            weights=last.astype(np.float32),
            lengths=lengths,
        )

    def batch(self, rng: np.random.Generator, size: int) -> Batch:
        """Return `size` fresh sequences of lags drawn from 1 to `length`; only E is asked."""
        return self.of_lags(rng, rng.integers(1, self.length + 1, size))

    def right(self, model: Model, rng: np.random.Generator, count: int) -> Array:
        """Return for each of `count` fresh sequences whether `model` gets it right, (count,)."""
        right: Array = errors(model, self.batch(rng, count)) < TOLERANCE
        return right

    def random_sequence(self, rng: np.random.Generator) -> Sequence:
        """Return a new sequence."""
        inputs = self.batch(rng, 1).inputs[0]
        return Sequence(places=inputs.argmax(axis=-1), alphabet=ALPHABET)

    def targets(self, sequence: Sequence) -> tuple[frozenset[str], ...]:
        """Return for each position what is true there: nothing but at the end.

        Of a sequence that is not A or B, letters without meaning and E nothing is known.
        """
        string = string_of(sequence)
        whole = re.fullmatch(f"[{''.join(FIRST)}][{''.join(BETWEEN)}]*{LAST}", string)
        answer = frozenset(string[:1]) if whole else frozenset[str]()
        return tuple(answer if t == len(string) - 1 else frozenset() for t in range(len(string)))

    def cue(self, sequence: Sequence) -> Cue | None:
        """Return the first letter, where it is A or B."""
        first = string_of(sequence)[:1]
        return Cue(timestep=0, value=first) if first in FIRST else None

    def events(self, sequence: Sequence) -> tuple[Event, ...]:
        """Return the timesteps that matter: the first letter, and where it is asked for."""
        cue = self.cue(sequence)
        first = to_remember(0, str(cue.value)) if cue else None
        return in_order([first, asked_at_the_end(self.targets(sequence), "the first letter")])


def errors(model: Model, batch: Batch) -> Array:
    """Return how far the worst output is from the truth at each sequence's E, (N,).

    The truth is 1 for the first letter and 0 for the other: of probabilities, the error is what
    is missing to certainty.
    """
    true = np.eye(len(FIRST))[batch.targets.max(axis=1)]
    worst: Array = np.abs(last_predictions(model, batch) - true).max(axis=1)
    return worst
