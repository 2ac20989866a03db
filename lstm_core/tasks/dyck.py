"""Dyck-1: brackets that open and close, one kind of them.

    string   S, brackets in balance, T          S(()())()T
    after a balanced beginning      ( or T
    after any other                 ( or )

At every position the network says which symbols may follow, one sigmoid for each: above 0.5 for
those, below for the others. It has to count the brackets that are open, up and down.

A string has 1 to `most` pairs, at even odds. Bracket by bracket it opens or closes at even odds,
where both can still come into balance.

Source: Suzgun, Gehrmann, Belinkov & Shieber 2019.
"""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from ..model import Model, ReadoutActivation
from ..model.encoders import OneHotEncoder
from ..record import Array, record
from ..sequence import Sequence
from ..training import Batch, Loss
from .common import Cue, Settings, string_of
from .events import Event
from .sets import THRESHOLD, asked, set_batch, sets_right

ALPHABET = ("S", "(", ")", "T")


def brackets(rng: np.random.Generator, pairs: int) -> str:
    """Return S, a random walk of so many pairs of brackets that ends in balance, and T."""
    walk, depth = "", 0
    for opens, left in zip(rng.integers(2, size=2 * pairs), range(2 * pairs, 0, -1), strict=True):
        up = depth == 0 or (bool(opens) and depth < left)
        walk += "(" if up else ")"
        depth += 1 if up else -1
    return f"S{walk}T"


def legal_next(string: str) -> tuple[frozenset[str], ...]:
    """Return for each position the symbols that may follow it, for a string or its beginning.

    After T nothing follows: the set is empty, as it is from the first symbol on that may not
    stand where it stands.
    """
    allowed, depth, legal = frozenset("S"), 0, []
    for symbol in string:
        depth += {"(": 1, ")": -1}.get(symbol, 0)
        following = "" if symbol == "T" else "()" if depth else "(T"
        allowed = frozenset(following) if symbol in allowed else frozenset()
        legal.append(allowed)
    return tuple(legal)


@record
class Dyck1:
    """The task with strings of 1 to `most` pairs of brackets."""

    name: ClassVar[str] = "dyck1"
    title: ClassVar[str] = "Brackets in balance (Dyck-1)"
    question: ClassVar[str] = "How many brackets are open, and may the string end here?"
    criterion: ClassVar[str] = (
        f"At every position, the output of each symbol that may follow is above {THRESHOLD}, and "
        "every other one below."
    )
    published: ClassVar[str] = (
        "Suzgun, Gehrmann, Belinkov & Shieber 2019: an LSTM with a single unit is practically "
        "enough."
    )
    encoder: ClassVar[OneHotEncoder] = OneHotEncoder(alphabet=ALPHABET)
    labels: ClassVar[tuple[str, ...]] = ALPHABET
    readout: ClassVar[ReadoutActivation] = "sigmoid"
    loss: ClassVar[Loss] = "cross_entropy"
    settings: ClassVar[Settings] = Settings(
        units=4, updates=1000, batch=32, learning_rate=0.02, chrono=True
    )
    legal_threshold: ClassVar[float | None] = THRESHOLD
    tolerance: ClassVar[float | None] = None

    most: int = 25

    def check(self) -> None:
        """Raise ValueError for strings without brackets."""
        if self.most < 1:
            raise ValueError(f"most is {self.most}: expected at least 1 pair")

    @property
    def lag(self) -> int:
        """From the first bracket to the T, at most."""
        return 2 * self.most

    def batch(self, rng: np.random.Generator, size: int) -> Batch:
        """Return `size` fresh strings; the set is asked for at every position."""
        strings = [self._string(rng)[:-1] for _ in range(size)]
        return set_batch(ALPHABET, [asked(ALPHABET, ALPHABET, s, legal_next(s)) for s in strings])

    def right(self, model: Model, rng: np.random.Generator, count: int) -> Array:
        """Return whether `model` gets each of `count` fresh strings right, (count,) bool."""
        return sets_right(model, self.batch(rng, count))

    def random_sequence(self, rng: np.random.Generator) -> Sequence:
        """Return a new string."""
        return self.encoder.sequence(self._string(rng))

    def _string(self, rng: np.random.Generator) -> str:
        return brackets(rng, int(rng.integers(1, self.most + 1)))

    def targets(self, sequence: Sequence) -> tuple[frozenset[str], ...]:
        """Return for each position the symbols that may follow."""
        return legal_next(string_of(sequence))

    def cue(self, sequence: Sequence) -> Cue | None:
        """Return the opening bracket that stays open longest."""
        opened: list[int] = []
        longest: tuple[int, int] | None = None
        for t, symbol in enumerate(string_of(sequence)):
            if symbol == "(":
                opened.append(t)
            elif symbol == ")" and opened:
                start = opened.pop()
                longest = max(longest or (0, 0), (t - start, start))
        return None if longest is None else Cue(timestep=longest[1], value="(")

    def events(self, sequence: Sequence) -> tuple[Event, ...]:
        """Return the timesteps that matter: the bracket that stays open longest."""
        cue = self.cue(sequence)
        return () if cue is None else (Event(timestep=cue.timestep, label="stays open longest"),)
