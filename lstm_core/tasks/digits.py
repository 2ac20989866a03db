"""Handwritten digits, read one pixel after another.

    column   ink in 0..16, 8 rows of 8 pixels from top left to bottom right: 64 timesteps
    target   the digit at the last timestep, right where it is the most probable one

There are 1,797 images. Networks learn from the first 1,198 and are tested on the last 599, which
were mostly written by other people. This is sequential MNIST (Le, Jaitly & Hinton 2015) in small.

Source: Alpaydin & Kaynak 1998, Optical Recognition of Handwritten Digits (its test set), UCI
Machine Learning Repository, CC BY 4.0; see data/digits.md.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import ClassVar

import numpy as np

from ..model import Model, ReadoutActivation
from ..model.encoders import NumericEncoder
from ..record import Array, record
from ..sequence import Sequence
from ..training import Batch, Loss
from .common import Cue, Settings, last_predictions, numbers_of
from .events import Event, asked_at_the_end, in_order

FILE = Path(__file__).parent / "data" / "digits.npz"
LEARNED = 1198  # images that networks learn from; the others test
PIXELS = 64


@record
class Digits:
    """All images, as sequences of pixels, and which digits they are."""

    pixels: Array  # (1797, 64) of 0..16
    labels: Array  # (1797,) of 0..9


@cache
def digits() -> Digits:
    """Return the images."""
    with np.load(FILE) as file:
        return Digits(pixels=file["images"].reshape(-1, PIXELS), labels=file["labels"])


@cache
def _known() -> dict[bytes, int]:
    """Each image's digit, by its pixels."""
    every = digits()
    return {row.tobytes(): int(k) for row, k in zip(every.pixels, every.labels, strict=True)}


@record
class SequentialDigits:
    """The task: all pixels, then the digit."""

    name: ClassVar[str] = "sequential_digits"
    title: ClassVar[str] = "Handwritten digits, pixel by pixel"
    question: ClassVar[str] = "Which digit was drawn, when all it sees is one pixel at a time?"
    criterion: ClassVar[str] = "At the last pixel, the most probable digit is the right one."
    published: ClassVar[str] = ""
    encoder: ClassVar[NumericEncoder] = NumericEncoder(
        columns=("ink",), offset=np.zeros(1), scale=np.full(1, 16.0)
    )
    labels: ClassVar[tuple[str, ...]] = tuple("0123456789")
    readout: ClassVar[ReadoutActivation] = "softmax"
    loss: ClassVar[Loss] = "cross_entropy"
    lag: ClassVar[int] = PIXELS
    settings: ClassVar[Settings] = Settings(
        units=32, updates=1500, batch=32, learning_rate=0.01, chrono=True
    )
    legal_threshold: ClassVar[float | None] = None
    tolerance: ClassVar[float | None] = None

    def _batch(self, chosen: Array) -> Batch:
        """The chosen images, in the network's numbers; asked for at the last pixel."""
        every = digits()
        targets = np.zeros((len(chosen), PIXELS), np.int64)
        targets[:, -1] = every.labels[chosen]
        ink = every.pixels[chosen].astype(np.float32)[..., np.newaxis]
        last = np.zeros(targets.shape, np.float32)
        last[:, -1] = 1
        return Batch(inputs=ink / np.float32(16), targets=targets, weights=last)

    def batch(self, rng: np.random.Generator, size: int) -> Batch:
        """Return `size` images of those to learn from."""
        return self._batch(rng.integers(LEARNED, size=size))

    def right(self, model: Model, rng: np.random.Generator, count: int) -> Array:
        """Return whether `model` names the digit of each of `count` test images, (count,) bool.

        They are drawn with repetition; each is run once.
        """
        drawn = rng.integers(LEARNED, len(digits().labels), count)
        chosen, where = np.unique(drawn, return_inverse=True)
        test = self._batch(chosen)
        said = last_predictions(model, test).argmax(axis=-1)
        right: Array = said == test.targets[:, -1]
        return right[where]

    def random_sequence(self, rng: np.random.Generator) -> Sequence:
        """Return a test image, (64, 1) of 0..16."""
        chosen = rng.integers(LEARNED, len(digits().labels))
        return self.encoder.sequence(digits().pixels[chosen])

    def targets(self, sequence: Sequence) -> tuple[frozenset[str], ...]:
        """Return the digit at the last timestep of an image that is known; nothing elsewhere."""
        values = np.ravel(numbers_of(sequence))
        before: list[frozenset[str]] = [frozenset()] * len(values)
        whole = len(values) == PIXELS and bool(np.all((values >= 0) & (values <= 16)))
        known = _known().get(np.rint(values).astype(np.uint8).tobytes()) if whole else None
        return tuple(before) if known is None else (*before[:-1], frozenset(str(known)))

    def cue(self, sequence: Sequence) -> Cue | None:
        """Return the first pixel with ink: of what tells digits apart, the longest to keep."""
        values = np.ravel(numbers_of(sequence))
        inked = np.flatnonzero(values > 0)
        if not len(inked):
            return None
        return Cue(timestep=int(inked[0]), value=float(values[inked[0]]))

    def events(self, sequence: Sequence) -> tuple[Event, ...]:
        """Return the timesteps that matter: the first pixel with ink, and the end."""
        cue = self.cue(sequence)
        first = Event(timestep=cue.timestep, label="the first ink") if cue else None
        return in_order([first, asked_at_the_end(self.targets(sequence), "the digit")])
