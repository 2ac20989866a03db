"""Counting: strings S aⁿ bⁿ T and S aⁿ bⁿ cⁿ T, one symbol after another.

    after S        a
    after aᵏ       a or b            how many there will be, nobody knows
    after aⁿ bᵏ    b while k < n, then T (or c, and T after as many of those)

At every position the network says which symbols may follow, one sigmoid for each: above 0.5 for
those, below for the others. No finite memory does it for every n, a counter does: aⁿbⁿ is
context-free, aⁿbⁿcⁿ context-sensitive. Trained on n = 1..N, how much further does it count?

Source: Gers & Schmidhuber 2001.
"""

from __future__ import annotations

from functools import lru_cache
from typing import ClassVar

import numpy as np

from ..model import Model, ReadoutActivation
from ..model.encoders import OneHotEncoder
from ..record import Array, record
from ..sequence import Sequence
from ..training import Batch, Loss
from .common import Cue, Settings, string_of
from .events import Event, first_illegal, in_order
from .sets import THRESHOLD, Asked, asked, set_batch, sets_right

START, END = "S", "T"
LETTERS = ("ab", "abc")
AT_ONCE = 50  # strings that are judged in one run: bounds what a run holds in memory


def counting_string(letters: str, n: int) -> str:
    """Return S aⁿ bⁿ T, or with three letters S aⁿ bⁿ cⁿ T."""
    return START + "".join(letter * n for letter in letters) + END


def legal_next(letters: str, string: str) -> tuple[frozenset[str], ...]:
    """Return for each position the symbols that may follow it, for a string or its beginning.

    After T nothing follows: the set is empty, as it is from the first symbol on that may not
    stand where it stands.
    """
    counts = dict.fromkeys(START + letters + END, 0)
    allowed, legal = frozenset(START), []
    for symbol in string:
        if symbol in allowed:
            counts[symbol] += 1
            allowed = _allowed(letters, counts)
        else:
            allowed = frozenset()
        legal.append(allowed)
    return tuple(legal)


def _allowed(letters: str, counts: dict[str, int]) -> frozenset[str]:
    """What may follow a legal beginning with so many of each symbol."""
    n = counts[letters[0]]
    if counts[END]:
        return frozenset()
    if n == 0 or not counts[letters[1]]:
        return frozenset(letters[: 1 + (n > 0)])
    short = [letter for letter in letters[1:] if counts[letter] < n]
    return frozenset(short[:1] or END)


@lru_cache(maxsize=256)
def _asked(letters: str, n: int) -> Asked:
    """The string of n without its T, after which nothing is asked."""
    string = counting_string(letters, n)[:-1]
    symbols = START + letters + END
    return asked(symbols, symbols, string, legal_next(letters, string))


@record
class Counting:
    """The task with the letters "ab" or "abc", trained on n = 1..`most`."""

    readout: ClassVar[ReadoutActivation] = "sigmoid"
    loss: ClassVar[Loss] = "cross_entropy"
    legal_threshold: ClassVar[float | None] = THRESHOLD
    tolerance: ClassVar[float | None] = None
    criterion: ClassVar[str] = (
        f"At every position, the output of each symbol that may follow is above {THRESHOLD}, and "
        "every other one below."
    )

    letters: str = "ab"
    most: int = 20

    def check(self) -> None:
        """Raise ValueError for other letters, and where there is nothing to count."""
        if self.letters not in LETTERS:
            raise ValueError(f"letters are {self.letters!r}: expected {' or '.join(LETTERS)}")
        if self.most < 1:
            raise ValueError(f"most is {self.most}: expected at least 1")

    @property
    def name(self) -> str:
        """Anbn or anbncn."""
        return "".join(f"{letter}n" for letter in self.letters)

    @property
    def title(self) -> str:
        """What it is called on the page."""
        return f"Counting: {''.join(f'{letter}ⁿ' for letter in self.letters)}"

    @property
    def question(self) -> str:
        """One sentence: what the network is asked."""
        others = "b" if self.letters == "ab" else "b and c"
        return f"Were there as many {others} as a, and does it still count beyond n = {self.most}?"

    @property
    def published(self) -> str:
        """What the literature reached."""
        reached = {
            "ab": "trained on n = 1..10, the best network accepts n = 1..1000",
            "abc": "trained on n = 1..40, the best network accepts n = 1..500",
        }
        return f"Gers & Schmidhuber 2001: {reached[self.letters]}."

    @property
    def encoder(self) -> OneHotEncoder:
        """One input per symbol."""
        return OneHotEncoder(alphabet=self.labels)

    @property
    def labels(self) -> tuple[str, ...]:
        """S, the letters and T."""
        return (START, *self.letters, END)

    @property
    def lag(self) -> int:
        """From the first a to the T, at most."""
        return len(self.letters) * self.most + 1

    @property
    def settings(self) -> Settings:
        """What we found to work: a counter forgets nothing, so its forget gates begin open."""
        if self.letters == "ab":
            return Settings(units=4, updates=2000, learning_rate=0.03, forget_bias=5.0)
        return Settings(units=10, updates=1500, learning_rate=0.02, forget_bias=5.0)

    def batch(self, rng: np.random.Generator, size: int) -> Batch:
        """Return `size` strings; the set is asked for at every position.

        n is 1 + ⌊N·u²⌋, u uniform in 0..1: every n, but short strings, which teach the turns
        from letter to letter, more often than long ones.
        """
        return self._batch(1 + (self.most * rng.random(size) ** 2).astype(np.int64))

    def _batch(self, counts: Array) -> Batch:
        return set_batch(self.labels, [_asked(self.letters, int(n)) for n in counts])

    def right(self, model: Model, rng: np.random.Generator, count: int) -> Array:
        """Return whether `model` gets each of `count` strings right, (count,) bool.

        n is 1..N at even odds. There are only as many different strings: each is run once.
        """
        counts, where = np.unique(rng.integers(1, self.most + 1, count), return_inverse=True)
        return self.accepted(model, counts)[where]

    def accepted(self, model: Model, counts: Array) -> Array:
        """Return whether `model` gets the string of each n of `counts` right, in order; n ≥ 1."""
        parts = [counts[k : k + AT_ONCE] for k in range(0, len(counts), AT_ONCE)]
        return np.concatenate([sets_right(model, self._batch(part)) for part in parts])

    def furthest(self, model: Model, most: int) -> int:
        """Return the largest N ≤ `most` of which `model` gets all of n = 1..N right, or 0."""
        for first in range(1, most + 1, AT_ONCE):
            counts = np.arange(first, min(first + AT_ONCE, most + 1))
            wrong = np.flatnonzero(~self.accepted(model, counts))
            if len(wrong):
                return int(counts[wrong[0]]) - 1
        return most

    def random_sequence(self, rng: np.random.Generator) -> Sequence:
        """Return a new string."""
        n = int(rng.integers(1, self.most + 1))
        return self.encoder.sequence(counting_string(self.letters, n))

    def targets(self, sequence: Sequence) -> tuple[frozenset[str], ...]:
        """Return for each position the symbols that may follow."""
        return legal_next(self.letters, string_of(sequence))

    def cue(self, sequence: Sequence) -> Cue | None:
        """Return the first a: every a counts alike, and this one has to be kept longest."""
        first = self.letters[0]
        timestep = string_of(sequence).find(first)
        return None if timestep < 0 else Cue(timestep=timestep, value=first)

    def events(self, sequence: Sequence) -> tuple[Event, ...]:
        """Return the timesteps that matter: the first of each letter, the end, what is illegal."""
        string = string_of(sequence)
        firsts = [(letter, string.find(letter)) for letter in (*self.letters, END)]
        return in_order(
            [
                *(Event(timestep=t, label=f"the first {s}") for s, t in firsts[:-1] if t >= 0),
                *(Event(timestep=t, label="the end") for _, t in firsts[-1:] if t >= 0),
                first_illegal(string, legal_next(self.letters, string), frozenset(START)),
            ]
        )
