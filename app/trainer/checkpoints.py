"""The points of a run that are kept: to look at, to take away, and to go on from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lstm_core.experiment import Experiment, model_of
from lstm_core.model import Model
from lstm_core.model.weights import with_weights
from lstm_core.record import Array, record

from .messages import Message
from .progress import WEIGHTS, part
from .watched import Watched, arrays_of, watched_of

KEPT = 60
KEPT_BYTES = 16 * 2**20  # of one run
PROGRESS, WATCHED = "progress.", "watched."


@record
class Mark:
    """What is said of a kept checkpoint.

    `loss` is that of the batch that the last update learned from, measured before it; where
    there was no update yet, of the first batch. `success` is the share of fresh sequences that
    the network gets right.
    """

    updates: int
    loss: float
    success: float


@record
class Snapshot:
    """One kept checkpoint: the network, and how it reads the watched sequence."""

    experiment: Experiment
    mark: Mark
    watched: Watched
    progress: dict[str, Any]
    arrays: Mapping[str, Array]  # what a run goes on from

    @property
    def updates(self) -> int:
        """After how many updates this was."""
        return self.mark.updates

    @property
    def model(self) -> Model:
        """The network, built anew."""
        return with_weights(model_of(self.experiment), part(self.arrays, WEIGHTS))

    @property
    def size(self) -> int:
        """How many bytes it takes."""
        held = (*arrays_of(self.watched).values(), *self.arrays.values())
        return sum(array.nbytes for array in held)


def snapshot_of(experiment: Experiment, told: Message) -> Snapshot:
    """Return the checkpoint that a worker tells of."""
    return Snapshot(
        experiment=experiment,
        mark=Mark(
            updates=told.words["progress"]["updates"],
            loss=told.words["progress"]["loss"],
            success=told.words["success"],
        ),
        watched=watched_of(told.words["watched"], part(told.arrays, WATCHED)),
        progress=told.words["progress"],
        arrays=part(told.arrays, PROGRESS),
    )


def thinned(kept: Sequence[Snapshot], most: int = KEPT, size: int = KEPT_BYTES) -> list[Snapshot]:
    """Return at most `most` of these, of `size` bytes together, spread over the whole run.

    The first and the last always stay; of the others goes the one whose going leaves the
    smallest gap.
    """
    left = list(kept)
    while len(left) > 2 and (len(left) > most or sum(s.size for s in left) > size):
        gaps = [b.updates - a.updates for a, b in zip(left, left[2:], strict=False)]
        del left[1 + gaps.index(min(gaps))]
    return left


def before(kept: Sequence[Snapshot], updates: int) -> Snapshot:
    """Return the last checkpoint at or before `updates`, or the first there is."""
    earlier = [snapshot for snapshot in kept if snapshot.updates <= updates]
    return earlier[-1] if earlier else kept[0]
