"""A long time lag without noise: the first symbol decides the last, a hundred symbols later.

    x a₁ a₂ … a₍ₚ₋₁₎ x
    y a₁ a₂ … a₍ₚ₋₁₎ y

There are only these two sequences, at even odds. After every symbol the network predicts the
next; each is certain but the last, which only the first tells. What lies between is the same
every time: nothing distracts, and still no gradient of a standard RNN reaches across p = 100.

Source: Hochreiter & Schmidhuber 1997, experiment 2a.
"""

from __future__ import annotations

from string import ascii_letters, digits
from typing import ClassVar

import numpy as np

from ..model import Model, ReadoutActivation
from ..model.encoders import OneHotEncoder
from ..record import Array, record
from ..sequence import Sequence
from ..training import Batch, Loss
from .common import Cue, Settings, string_of
from .events import Event, in_order, to_remember

FIRST = "xy"
TOLERANCE = 0.25
_GREEK, _ARMENIAN = (range(0x3B1, 0x3CA), range(0x561, 0x587))
BETWEEN = "".join(c for c in ascii_letters + digits if c not in FIRST) + "".join(
    chr(code) for codes in (_GREEK, _ARMENIAN) for code in codes if code != 0x3C2
)
"""a₁, a₂, …: one character each, so that a sequence can be typed. Final sigma is left out."""


@record
class LongLag:
    """The task with the lag p = `length`."""

    name: ClassVar[str] = "long_lag_2a"
    title: ClassVar[str] = "Long time lag, no noise"
    criterion: ClassVar[str] = (
        f"After every symbol, each output is within {TOLERANCE} of the truth: 1 for the symbol "
        "that follows, 0 for the others."
    )
    published: ClassVar[str] = (
        "Hochreiter & Schmidhuber 1997, experiment 2a, p = 100: all of 10,000 sequences right "
        "after 5,040 training sequences; back-propagation through time and real-time recurrent "
        "learning never."
    )
    readout: ClassVar[ReadoutActivation] = "softmax"
    loss: ClassVar[Loss] = "cross_entropy"
    settings: ClassVar[Settings] = Settings(
        units=32, updates=1000, batch=2, learning_rate=0.008, forget_bias=5.0
    )
    legal_threshold: ClassVar[float | None] = 1 - TOLERANCE
    tolerance: ClassVar[float | None] = None

    length: int = 100

    def check(self) -> None:
        """Raise ValueError where there are not so many symbols."""
        if not 2 <= self.length <= len(BETWEEN) + 1:
            raise ValueError(f"length is {self.length}: expected 2 to {len(BETWEEN) + 1}")

    @property
    def question(self) -> str:
        """One sentence: what the network is asked."""
        return f"Was the first symbol x or y, {self.length} timesteps ago?"

    @property
    def labels(self) -> tuple[str, ...]:
        """x, y and the symbols between, in their order."""
        return tuple(FIRST + BETWEEN[: self.length - 1])

    @property
    def encoder(self) -> OneHotEncoder:
        """One input per symbol: local coding."""
        return OneHotEncoder(alphabet=self.labels)

    @property
    def lag(self) -> int:
        """p, from the first symbol to the last."""
        return self.length

    def _string(self, first: int) -> str:
        return FIRST[first] + BETWEEN[: self.length - 1] + FIRST[first]

    def _batch(self, firsts: Array) -> Batch:
        """Sequences that begin with these, as one-hot inputs and the places that follow."""
        places = np.array([self.encoder.places(self._string(int(k))) for k in firsts])
        weights = np.ones((len(places), self.length), np.float32)
        weights[:, -1] = self.length - 1
        inputs = np.eye(len(self.labels), dtype=np.float32)[places[:, :-1]]
        return Batch(inputs=inputs, targets=places[:, 1:], weights=weights)

    def batch(self, rng: np.random.Generator, size: int) -> Batch:
        """Return `size` sequences; every symbol but the first is asked for.

        The last one counts as much as all others together: it is what the lag is about. There
        are as many of the one sequence as of the other, or one more, for as there are only two,
        chance would teach nothing but its own excess.
        """
        return self._batch((rng.permutation(size) + rng.integers(2)) % 2)

    def right(self, model: Model, rng: np.random.Generator, count: int) -> Array:
        """Return whether `model` gets each of `count` sequences right, (count,) bool.

        There are only two different ones: each is run once.
        """
        both = self._batch(np.arange(2))
        predictions = model.run_inputs(both.inputs).predictions
        assert predictions is not None
        true = np.eye(len(self.labels))[both.targets]
        worst: Array = np.abs(predictions - true).max(axis=(1, 2))
        return worst[rng.integers(2, size=count)] < TOLERANCE

    def random_sequence(self, rng: np.random.Generator) -> Sequence:
        """Return one of the two sequences."""
        return self.encoder.sequence(self._string(int(rng.integers(2))))

    def targets(self, sequence: Sequence) -> tuple[frozenset[str], ...]:
        """Return for each position the symbol that follows; nothing once it is neither of both."""
        string = string_of(sequence)
        whole = self._string(int(string[:1] == FIRST[1]))
        following: list[frozenset[str]] = [frozenset()] * len(string)
        for t, (given, expected) in enumerate(zip(string, whole[:-1], strict=False)):
            if given != expected:
                break
            following[t] = frozenset(whole[t + 1])
        return tuple(following)

    def cue(self, sequence: Sequence) -> Cue | None:
        """Return the first symbol, x or y."""
        first = string_of(sequence)[:1]
        return Cue(timestep=0, value=first) if first in tuple(FIRST) else None

    def events(self, sequence: Sequence) -> tuple[Event, ...]:
        """Return the timesteps that matter: the first symbol, and where it comes again."""
        string, cue = string_of(sequence), self.cue(sequence)
        first = to_remember(0, str(cue.value)) if cue else None
        whole = cue is not None and string == self._string(FIRST.index(string[0]))
        again = Event(timestep=len(string) - 1, label=f"{string[0]} again") if whole else None
        return in_order([first, again])
