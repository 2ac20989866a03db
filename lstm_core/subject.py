"""A subject: a trained network, sequences to step it through, and what is true of them.

A demo is one, and so is whatever else can be watched at work: a network trained a minute ago, or
one that somebody brought. What they have in common is said here, once.
"""

from __future__ import annotations

import dataclasses
from typing import Self

import numpy as np

from .model import LayerState, Model
from .record import Array, record
from .sequence import Sequence
from .tasks import GroundTruth, Targets


@record
class Example:
    """A sequence worth watching, and one sentence that says why.

    `start` are the states that the network's layers begin with, () for their own.
    """

    sequence: Sequence
    note: str
    start: tuple[LayerState, ...] = ()


@record
class Subject:
    """A network that can be stepped through.

    `name` is what links and caches know it by, `title` what it is called on a page, `question`
    what it is asked, in one sentence. `examples`, at least one, are sequences to begin with.
    `truth` draws further ones and knows what is true of any. `max_timesteps` is how long a
    sequence of the reader's own may be.
    """

    name: str
    title: str
    question: str
    model: Model
    examples: tuple[Example, ...]
    truth: GroundTruth
    max_timesteps: int

    def starting(self, example: Example | None) -> Self:
        """Return the network that begins as an example does; as it does by itself without one."""
        if example is None or not example.start:
            return self
        return dataclasses.replace(self, model=self.model.starting(example.start))

    def example(self, name: str) -> Example | None:
        """Return the example whose sequence has this name; None where there is none."""
        return next((one for one in self.examples if one.sequence.name == name), None)

    def random_sequence(self, seed: int) -> Sequence:
        """Return the sequence of this seed."""
        return self.truth.random_sequence(np.random.default_rng(seed))

    def correct(self, sequence: Sequence, predictions: Array) -> Array:
        """Return at each timestep whether the prediction is right, (T,): 1, 0, or -1 unknown.

        Symbols are right where exactly those that may follow have p > `truth.legal_threshold`.
        Without a threshold they are right where the most probable one did follow, and nowhere
        wrong: what did not follow might have. Numbers are right where every error is below
        `truth.tolerance`.
        """
        labels = self.model.readout.labels if self.model.readout else ()
        truth, targets = self.truth, self.truth.targets(sequence)
        return verdicts(targets, predictions, labels, truth.legal_threshold, truth.tolerance)


def verdicts(
    targets: Targets | None,
    predictions: Array,
    labels: tuple[str, ...],
    legal_threshold: float | None,
    tolerance: float | None,
) -> Array:
    """Return what `Subject.correct` says, for `targets` and the readout's labels."""
    right = np.full(len(predictions), -1, np.int8)
    if isinstance(targets, tuple):
        for t, legal in enumerate(targets):
            if legal_threshold is None and labels[predictions[t].argmax()] in legal:
                right[t] = 1
            elif legal_threshold is not None and legal:
                likely = zip(labels, predictions[t] > legal_threshold, strict=True)
                right[t] = legal == {symbol for symbol, is_likely in likely if is_likely}
    elif targets is not None and tolerance is not None:
        known = np.isfinite(targets).all(axis=-1)
        errors = np.abs(predictions - targets)[known]
        right[known] = (errors < tolerance).all(axis=-1)
    return right
