"""What is said of two runs side by side: where they part, by which unit, what is predicted then."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from lstm_core.record import Array

from ...session.pairs import Pair
from ...words import pair as words
from ...words import phrases
from ...words.formatting import paragraph

CLEARLY = 0.1  # of probability: answers that are nearer to each other do not differ


def said(pair: Pair) -> str:
    """Return how far apart the sequences are, where the runs part, and what is predicted there."""
    return paragraph([*_cost(pair), *_parting(pair), *_answers(pair)])


def _cost(pair: Pair) -> Iterator[str]:
    """How far apart two sequences of symbols are."""
    symbols = pair.first.sequence.symbols
    if symbols is not None and pair.first.sequence is not pair.second.sequence:
        yield words.cost(pair.alignment.cost, pair.how)


def _parting(pair: Pair) -> Iterator[str]:
    if not pair.alike:
        return
    part, vocabulary = pair.parting, pair.first.trace.vocabulary
    if part is None:
        yield words.SAME
        return
    titles = {signal.name: signal.title for signal in vocabulary.recorded}
    title = phrases.said(titles[vocabulary.memory]).lower()
    yield words.parts(part.first, part.second, part.unit, part.difference, title)


def _answers(pair: Pair) -> Iterator[str]:
    """Where what they predict differs, and what that is."""
    mine, other = pair.first.subject.model.readout, pair.second.subject.model.readout
    first, second = pair.first.run.predictions, pair.second.run.predictions
    if mine is None or other is None or first is None or second is None:
        return
    if mine.labels != other.labels or mine.activation != other.activation:
        return
    here = np.flatnonzero(pair.alignment.pairs)
    times = pair.alignment.first[here], pair.alignment.second[here]
    if not len(here):
        return
    a, b = first[times[0]], second[times[1]]
    tell = _numbers if mine.activation == "linear" else _probabilities
    yield from tell(times, mine.labels, a, b)


def _probabilities(
    times: tuple[Array, Array], labels: tuple[str, ...], a: Array, b: Array
) -> Iterator[str]:
    apart = np.flatnonzero(np.abs(b - a).max(axis=1) > CLEARLY)
    if not len(apart):
        yield words.SAME_ANSWERS
        return
    k = int(apart[0])
    label = int(np.abs(b[k] - a[k]).argmax())
    yield words.answers_part(
        int(times[0][k]), int(times[1][k]), labels[label], float(a[k, label]), float(b[k, label])
    )
    yield words.answers_differ(len(apart), len(a))


def _numbers(
    times: tuple[Array, Array], labels: tuple[str, ...], a: Array, b: Array
) -> Iterator[str]:
    k, label = np.unravel_index(int(np.abs(a - b).argmax()), a.shape)
    yield words.furthest(
        int(times[0][k]), int(times[1][k]), labels[label], float(a[k, label]), float(b[k, label])
    )
