"""The continual embedded Reber grammar: string after string, and nobody says where one ends.

    stream   a string of the embedded Reber grammar, another one, another one, …

The network begins with an empty memory and is never reset between strings: what it kept of one
string it must forget in time for the next. Without a forget gate nothing does that, and the cell
state grows from string to string.

Source: Gers, Schmidhuber & Cummins 2000.
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
from .common import Cue, Settings, string_of
from .events import Event, first_illegal, in_order, to_remember
from .reber import (
    ALPHABET,
    THRESHOLD,
    embedded_reber,
    legal_next,
    next_symbol_batch,
    repetitions,
)
from .sets import asked, set_batch, sets_right

STRING = re.compile(r"B([TP])B[^E]*E\1E")  # of a legal stream: an inner string holds one E


def stream(rng: np.random.Generator, strings: int) -> str:
    """Return so many strings of the embedded Reber grammar in a row."""
    return "".join(embedded_reber(rng) for _ in range(strings))


@record
class ContinualReber:
    """The task with streams of `strings` strings: at every position, which symbols may follow."""

    name: ClassVar[str] = "continual_reber"
    title: ClassVar[str] = "Continual embedded Reber grammar"
    criterion: ClassVar[str] = (
        f"At every position of a whole stream but the last, each symbol that may follow has a "
        f"probability above {THRESHOLD}, and every other one below."
    )
    published: ClassVar[str] = (
        "Gers, Schmidhuber & Cummins 2000: LSTMs without a forget gate never solve it, LSTMs "
        "with one do."
    )
    encoder: ClassVar[OneHotEncoder] = OneHotEncoder(alphabet=ALPHABET)
    labels: ClassVar[tuple[str, ...]] = ALPHABET
    readout: ClassVar[ReadoutActivation] = "softmax"
    loss: ClassVar[Loss] = "cross_entropy"
    lag: ClassVar[int] = 12  # from an outer symbol to its repetition, on average 9
    settings: ClassVar[Settings] = Settings(
        units=16, updates=2000, batch=8, learning_rate=0.02, forget_bias=2.0
    )
    legal_threshold: ClassVar[float | None] = THRESHOLD
    tolerance: ClassVar[float | None] = None

    strings: int = 8

    def check(self) -> None:
        """Raise ValueError for a stream of nothing."""
        if self.strings < 1:
            raise ValueError(f"strings are {self.strings}: expected at least 1")

    @property
    def question(self) -> str:
        """One sentence: what the network is asked."""
        return (
            f"Which symbols may come next in a stream of {self.strings} strings, and does it "
            "forget each in time?"
        )

    def batch(self, rng: np.random.Generator, size: int) -> Batch:
        """Return `size` fresh streams; every symbol but the first is asked for."""
        return next_symbol_batch(tuple(stream(rng, self.strings) for _ in range(size)))

    def right(self, model: Model, rng: np.random.Generator, count: int) -> Array:
        """Return whether `model` makes no error on each of `count` fresh streams, (count,) bool."""
        streams = [stream(rng, self.strings)[:-1] for _ in range(count)]
        rows = [asked(ALPHABET, ALPHABET, s, legal_next(s, endless=True)) for s in streams]
        return sets_right(model, set_batch(ALPHABET, rows), THRESHOLD)

    def random_sequence(self, rng: np.random.Generator) -> Sequence:
        """Return a new stream."""
        return self.encoder.sequence(stream(rng, self.strings))

    def targets(self, sequence: Sequence) -> tuple[frozenset[str], ...]:
        """Return for each position the symbols that may follow, after a string the next B."""
        return tuple(legal_next(string_of(sequence), endless=True))

    def cue(self, sequence: Sequence) -> Cue | None:
        """Return the outer symbol, T or P, of the longest string of the stream."""
        strings = STRING.finditer(string_of(sequence))
        longest = max(strings, key=lambda m: len(m[0]), default=None)
        if longest is None:
            return None
        return Cue(timestep=longest.start() + 1, value=longest[1])

    def events(self, sequence: Sequence) -> tuple[Event, ...]:
        """Return the timesteps that matter: each outer symbol, each repetition, what is illegal."""
        string = string_of(sequence)
        legal = legal_next(string, endless=True)
        return in_order(
            [
                *(to_remember(m.start() + 1, m[1]) for m in STRING.finditer(string)),
                *repetitions(string, legal),
                first_illegal(string, legal, frozenset("B")),
            ]
        )
