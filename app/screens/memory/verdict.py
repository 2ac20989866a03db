"""The answer that was measured: what each network still knows, and how often it is right.

How firmly it knows is what the probe on fresh sequences scores at the greatest lag, as a share of
the way from a guess to certainty:

    kept     at least KEPT of it
    lost     no better than a guess from some lag on (`forgetting_lag`), before the last tenth
    fading   anything between

Nothing here is said of a kind of cell as such: a small standard RNN that keeps what it should is
said to keep it.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from lstm_core.demo import Provenance
from lstm_core.recall_study import ProbedRecall, forgetting_lag
from lstm_core.record import Array, record

from .comparison import Network

Grade = Literal["kept", "fading", "lost"]

KEPT = 0.9

BETTER = {"right_up_to_n": 1, "bits_per_character": -1, "network_error": -1}
"""What certificates measure that do not count right sequences; 1 where more of it is better."""


@record
class Memory:
    """What a probe reads at the greatest lag of all, and from which lag on it only guesses."""

    grade: Grade
    measure: str
    last: int  # the greatest lag
    score: float  # there
    chance: float  # what a guess scores there
    forgotten: int | None


@record
class Answers:
    """What a certificate says of a network's own answers on sequences it was not trained on.

    `value` of `total` sequences, which are called `name`, are right. Where `total` is 0 `value`
    was measured instead, and `name` is what the certificate calls it.
    """

    name: str
    value: float
    total: int = 0

    @property
    def rank(self) -> float:
        """A number that is larger where the answers are better."""
        return self.value * BETTER.get(self.name, 1)


@record
class Said:
    """What a network answers on the sequence that is shown: it is right at `right` of `asked`.

    At the last of them it says the output of the number `output` with probability `value`, or
    where `output` is None the number `value`.
    """

    asked: int
    right: int
    output: int | None
    value: float


def memory_of(known: ProbedRecall) -> Memory:
    """Return what the probes of a network found at the greatest lag."""
    recall = known.recall
    last = int(np.flatnonzero(np.isfinite(recall.score))[-1])
    score, chance = float(recall.score[last]), float(recall.chance[last])
    forgotten = forgetting_lag(recall)
    firm = chance < 1 and (score - chance) / (1 - chance) >= KEPT
    lost = forgotten is not None and forgotten <= KEPT * recall.lags[last]
    return Memory(
        grade="lost" if lost else "kept" if firm else "fading",
        measure=recall.measure,
        last=int(recall.lags[last]),
        score=score,
        chance=chance,
        forgotten=forgotten,
    )


def answers_of(provenance: Provenance) -> Answers | None:
    """Return what a certificate says of the network's answers; None where it counts nothing."""
    reached = provenance.reached
    for name, count in reached.items():
        right = reached.get(f"{name}_right", count - reached.get(f"{name}_wrong", np.nan))
        if np.isfinite(right):
            return Answers(name=name, value=float(right), total=int(count))
    measured = next((name for name in BETTER if name in reached), None)
    return None if measured is None else Answers(name=measured, value=float(reached[measured]))


def said_by(network: Network, verdicts: Array) -> Said | None:
    """Return what a network answers where it is asked; None where nothing is.

    `verdicts` (T,) are 1 where it is right, 0 where it is wrong and -1 where nobody asks.
    """
    predictions, readout = network.run.predictions, network.demo.model.readout
    truth, asked = network.demo.truth, np.flatnonzero(verdicts >= 0)
    if predictions is None or readout is None:
        return None
    is_number = readout.activation == "linear"
    if not is_number and truth.legal_threshold is None:
        asked = np.arange(len(verdicts) - 1)  # every next symbol is a guess: none is illegal
    if not len(asked):
        return None
    last = int(asked[-1])
    output = 0 if is_number else int(predictions[last].argmax())
    return Said(
        asked=len(asked),
        right=int((verdicts == 1).sum()),
        output=None if is_number else output,
        value=float(predictions[last][output]),
    )
