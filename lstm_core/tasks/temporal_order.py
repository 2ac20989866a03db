"""Temporal order: which of two symbols came first, told long after.

A sequence begins with E, ends with B, and between them come a, b, c and d at random but for
two places (6a) or three (6b), where X or Y stands. At the end the network must say which of
them stood there, in their order: one of four classes, or of eight.

    6a   T = 100 to 110; X or Y at 10 to 20 and at 50 to 60
    6b   T = 100 to 110; X or Y at 10 to 20, at 33 to 43 and at 66 to 76

Another `length` than 100 scales all of these. A sequence is right when every output at its last
timestep is within 0.3 of the truth (1 for its class, 0 for the others).

Source: Hochreiter & Schmidhuber 1997, experiments 6a and 6b.
"""

from __future__ import annotations

import re
from itertools import product
from typing import ClassVar

import numpy as np

from ..model import Model, ReadoutActivation
from ..model.encoders import OneHotEncoder
from ..record import Array, record
from ..sequence import Sequence
from ..training import Batch, Loss
from .common import Cue, Settings, last_predictions, padded, string_of
from .events import Event, asked_at_the_end, in_order, to_remember

ALPHABET = ("E", "B", "a", "b", "c", "d", "X", "Y")
PLACES = {2: (0.10, 0.50), 3: (0.10, 0.33, 0.66)}
SLACK = 0.10  # of the length: by how much a place, and the length itself, varies
TOLERANCE = 0.3


@record
class TemporalOrder:
    """The task with `symbols` places to remember, 2 (6a) or 3 (6b)."""

    legal_threshold: ClassVar[float | None] = 1 - TOLERANCE
    tolerance: ClassVar[float | None] = None
    readout: ClassVar[ReadoutActivation] = "softmax"
    loss: ClassVar[Loss] = "cross_entropy"

    symbols: int = 2
    length: int = 100

    def check(self) -> None:
        """Raise ValueError where there is no such experiment, or no room for the places."""
        if self.symbols not in PLACES:
            raise ValueError(f"symbols are {self.symbols}: expected 2 (6a) or 3 (6b)")
        if self.length < 20:
            raise ValueError(f"length is {self.length}: expected at least 20 timesteps")

    @property
    def name(self) -> str:
        """temporal_order_6a or temporal_order_6b."""
        return f"temporal_order_6{'a' if self.symbols == 2 else 'b'}"

    @property
    def title(self) -> str:
        """What it is called on the page."""
        return f"Temporal order, {'two' if self.symbols == 2 else 'three'} symbols"

    @property
    def question(self) -> str:
        """One sentence: what the network is asked."""
        count = "two" if self.symbols == 2 else "three"
        return (
            f"In which order did the {count} symbols X or Y come, among letters that mean nothing?"
        )

    @property
    def criterion(self) -> str:
        """One sentence: when a fresh sequence counts as right."""
        return "Every output at the last timestep is within 0.3 of the truth."

    @property
    def published(self) -> str:
        """What the literature reached."""
        reached = {
            2: "1 of 2,560 wrong after 31,390 sequences (156 weights)",
            3: "2 of 2,560 wrong after 571,100 sequences (308 weights)",
        }
        experiment = "6a" if self.symbols == 2 else "6b"
        return f"Hochreiter & Schmidhuber 1997, experiment {experiment}: {reached[self.symbols]}."

    @property
    def encoder(self) -> OneHotEncoder:
        """One input per symbol."""
        return OneHotEncoder(alphabet=ALPHABET)

    @property
    def labels(self) -> tuple[str, ...]:
        """The classes: what stood at the places, in order."""
        return tuple("".join(order) for order in product("XY", repeat=self.symbols))

    @property
    def lag(self) -> int:
        """From the first place to the end."""
        return round(self.length * (1 + SLACK - PLACES[self.symbols][0]))

    @property
    def settings(self) -> Settings:
        """What we found to work."""
        if self.symbols == 2:
            return Settings(units=8, updates=1500, batch=64, learning_rate=0.01, chrono=True)
        return Settings(units=12, updates=4000, batch=64, learning_rate=0.01, chrono=True)

    def draw(self, rng: np.random.Generator, count: int) -> tuple[list[Array], Array]:
        """Return `count` sequences as places in the alphabet, (T_k,) each, and classes (count,)."""
        slack = round(SLACK * self.length)
        rows, classes = [], np.zeros(count, np.int64)
        for k, timesteps in enumerate(rng.integers(self.length, self.length + slack + 1, count)):
            row = rng.integers(2, 6, timesteps)
            row[0], row[-1] = 0, 1
            for start in PLACES[self.symbols]:
                which = int(rng.integers(2))
                row[round(start * self.length) + int(rng.integers(slack + 1))] = 6 + which
                classes[k] = 2 * classes[k] + which
            rows.append(row)
        return rows, classes

    def batch(self, rng: np.random.Generator, size: int) -> Batch:
        """Return `size` fresh sequences; only the last timestep of each is asked."""
        rows, classes = self.draw(rng, size)
        places, lengths = padded(rows)
        last = np.arange(places.shape[1]) == lengths[:, np.newaxis] - 1
        return Batch(
            inputs=np.eye(len(ALPHABET), dtype=np.float32)[places],
            targets=np.where(last, classes[:, np.newaxis], 0),
            weights=last.astype(np.float32),
            lengths=lengths,
        )

    def right(self, model: Model, rng: np.random.Generator, count: int) -> Array:
        """Return whether `model` gets each of `count` fresh sequences right, (count,) bool."""
        batch = self.batch(rng, count)
        true = np.eye(len(self.labels))[batch.targets.max(axis=1)]
        right: Array = (np.abs(last_predictions(model, batch) - true) < TOLERANCE).all(axis=1)
        return right

    def random_sequence(self, rng: np.random.Generator) -> Sequence:
        """Return a new sequence."""
        (row,), _ = self.draw(rng, 1)
        return Sequence(places=row, alphabet=ALPHABET)

    def targets(self, sequence: Sequence) -> tuple[frozenset[str], ...]:
        """Return the class at the last timestep; nothing is asked before, or without the places."""
        string = string_of(sequence)
        seen = "".join(symbol for symbol in string if symbol in "XY")
        asked = len(seen) == self.symbols and string.endswith("B")
        before: list[frozenset[str]] = [frozenset()] * len(sequence)
        return (*before[:-1], frozenset({seen})) if asked else tuple(before)

    def cue(self, sequence: Sequence) -> Cue | None:
        """Return the first X or Y."""
        first = re.search("[XY]", string_of(sequence))
        return None if first is None else Cue(timestep=first.start(), value=first[0])

    def events(self, sequence: Sequence) -> tuple[Event, ...]:
        """Return the timesteps that matter: each X and Y, and where their order is asked for."""
        places = re.finditer("[XY]", string_of(sequence))
        return in_order(
            [
                *(to_remember(match.start(), match[0]) for match in places),
                asked_at_the_end(self.targets(sequence), "their order"),
            ]
        )
