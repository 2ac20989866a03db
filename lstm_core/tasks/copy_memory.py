"""Copy memory: ten symbols, a long silence, a sign, and the ten symbols again.

    read    d h a … c   . . . …    .   :   . . . …         10 symbols of 8, T - 1 blanks, a sign
    say                                    d h a … c       at the 10 blanks after the sign

The network reads T + 20 symbols. Nothing is asked before the sign has been read; then each of
the ten symbols in its turn. (Arjovsky and colleagues ask for blanks before, too; these teach
nothing but silence and are not counted here.)

Source: Hochreiter & Schmidhuber 1997 (the idea); Arjovsky, Shah & Bengio 2016 (this form).
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
from .events import Event, in_order, to_remember

SYMBOLS = "abcdefgh"
BLANK, SIGN = ".", ":"
COUNT = 10  # how many symbols are to be remembered


@record
class CopyMemory:
    """The task with a silence of T = `length`, from the last symbol to the sign."""

    name: ClassVar[str] = "copy_memory"
    title: ClassVar[str] = "Copy memory"
    criterion: ClassVar[str] = (
        f"At each of the {COUNT} timesteps after the sign, the most probable symbol is the right "
        "one."
    )
    published: ClassVar[str] = (
        "Tallec & Ollivier 2018: at T = 500 and at T = 2,000, chrono initialisation does far "
        "better than a forget bias of 1."
    )
    encoder: ClassVar[OneHotEncoder] = OneHotEncoder(alphabet=(*SYMBOLS, BLANK, SIGN))
    labels: ClassVar[tuple[str, ...]] = tuple(SYMBOLS)
    readout: ClassVar[ReadoutActivation] = "softmax"
    loss: ClassVar[Loss] = "cross_entropy"
    settings: ClassVar[Settings] = Settings(
        units=100, updates=3000, batch=32, learning_rate=0.01, forget_bias=3.0
    )
    legal_threshold: ClassVar[float | None] = 0.5
    tolerance: ClassVar[float | None] = None

    length: int = 20

    def check(self) -> None:
        """Raise ValueError where there is no room for the sign."""
        if self.length < 1:
            raise ValueError(f"length is {self.length}: expected at least 1 timestep")

    @property
    def question(self) -> str:
        """One sentence: what the network is asked."""
        return f"Which {COUNT} symbols came before {self.length} timesteps of silence?"

    @property
    def lag(self) -> int:
        """From a symbol to its repetition: the same for all."""
        return self.length + COUNT

    def _places(self, rng: np.random.Generator, count: int) -> Array:
        """The symbols' places in the alphabet, (count, T + 20)."""
        places = np.full((count, self.length + 2 * COUNT), len(SYMBOLS))
        places[:, :COUNT] = rng.integers(len(SYMBOLS), size=(count, COUNT))
        places[:, -COUNT - 1] = len(SYMBOLS) + 1
        return places

    def batch(self, rng: np.random.Generator, size: int) -> Batch:
        """Return `size` fresh sequences; the symbols are asked for at the last ten timesteps."""
        places = self._places(rng, size)
        targets, weights = np.zeros_like(places), np.zeros(places.shape, np.float32)
        targets[:, -COUNT:], weights[:, -COUNT:] = places[:, :COUNT], 1
        inputs = np.eye(len(self.encoder.alphabet), dtype=np.float32)[places]
        return Batch(inputs=inputs, targets=targets, weights=weights)

    def right(self, model: Model, rng: np.random.Generator, count: int) -> Array:
        """Return whether `model` repeats each of `count` fresh sequences, (count,) bool."""
        test = self.batch(rng, count)
        predictions = model.run_inputs(test.inputs).predictions
        assert predictions is not None
        said = predictions[:, -COUNT:].argmax(axis=-1)
        right: Array = (said == test.targets[:, -COUNT:]).all(axis=1)
        return right

    def random_sequence(self, rng: np.random.Generator) -> Sequence:
        """Return a new sequence."""
        return Sequence(places=self._places(rng, 1)[0], alphabet=self.encoder.alphabet)

    def targets(self, sequence: Sequence) -> tuple[frozenset[str], ...]:
        """Return at the k-th blank after the sign the k-th symbol that was read before it."""
        before, sign, after = string_of(sequence).partition(SIGN)
        remembered = [symbol for symbol in before if symbol in SYMBOLS]
        asked = [frozenset(remembered[k : k + 1]) for k in range(len(after))]
        return tuple([frozenset()] * (len(before) + len(sign)) + asked)

    def cue(self, sequence: Sequence) -> Cue | None:
        """Return the first symbol: all have to be kept equally long."""
        first = re.search(f"[{SYMBOLS}]", string_of(sequence))
        return None if first is None else Cue(timestep=first.start(), value=first[0])

    def events(self, sequence: Sequence) -> tuple[Event, ...]:
        """Return the timesteps that matter: the first symbol to keep, and where the copy begins."""
        cue, targets = self.cue(sequence), self.targets(sequence)
        first = to_remember(cue.timestep, str(cue.value)) if cue else None
        asked = [t for t, answer in enumerate(targets) if answer & set(SYMBOLS)]
        begins = Event(timestep=asked[0], label="asks for the copy") if asked else None
        return in_order([first, begins])
