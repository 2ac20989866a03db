"""The checkpoints of a run that are kept: to look at, to take away, and to train on from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lstm_core.experiment import Experiment, model_of
from lstm_core.model import Model
from lstm_core.model.weights import with_weights
from lstm_core.record import Array, record

from ..messages import Message
from .progress import WEIGHTS, arrays_with
from .watched_run import WatchedRun, watched_arrays, watched_from

MOST_CHECKPOINTS = 60  # of one run
MOST_BYTES = 16 * 2**20  # of one run
PROGRESS, WATCHED = "progress.", "watched."


@record
class CheckpointSummary:
    """What a reader is shown of a checkpoint.

    `loss` is that of the batch of the last update, measured before it; where there was no update
    yet, that of the first batch. `success` is the share of fresh sequences that the network gets
    right.
    """

    updates: int
    loss: float
    success: float


@record
class Checkpoint:
    """A point of a run: the network, and how it reads the watched sequence."""

    experiment: Experiment
    summary: CheckpointSummary
    watched: WatchedRun
    progress: dict[str, Any]  # with `arrays`, what training goes on from
    arrays: Mapping[str, Array]

    @property
    def updates(self) -> int:
        """How many updates had been done."""
        return self.summary.updates

    @property
    def model(self) -> Model:
        """The network, built anew."""
        return with_weights(model_of(self.experiment), arrays_with(self.arrays, WEIGHTS))

    @property
    def size(self) -> int:
        """The bytes of its arrays."""
        arrays = (*watched_arrays(self.watched).values(), *self.arrays.values())
        return sum(array.nbytes for array in arrays)


def checkpoint_from(experiment: Experiment, report: Message) -> Checkpoint:
    """Return the checkpoint that a worker reports."""
    progress = report.document["progress"]
    return Checkpoint(
        experiment=experiment,
        summary=CheckpointSummary(
            updates=progress["updates"],
            loss=progress["loss"],
            success=report.document["success"],
        ),
        watched=watched_from(report.document["watched"], arrays_with(report.arrays, WATCHED)),
        progress=progress,
        arrays=arrays_with(report.arrays, PROGRESS),
    )


def thinned(
    checkpoints: Sequence[Checkpoint], most: int = MOST_CHECKPOINTS, size: int = MOST_BYTES
) -> list[Checkpoint]:
    """Return at most `most` of these, of `size` bytes together, spread over the whole run.

    The first and the last always stay, whatever their size. Of the others goes the one that
    leaves the smallest gap.
    """
    left = list(checkpoints)
    while len(left) > 2 and (len(left) > most or sum(one.size for one in left) > size):
        gaps = [b.updates - a.updates for a, b in zip(left, left[2:], strict=False)]
        del left[1 + gaps.index(min(gaps))]
    return left


def checkpoint_at(checkpoints: Sequence[Checkpoint], updates: int) -> Checkpoint:
    """Return the last checkpoint at or before `updates`, or the first one."""
    earlier = [checkpoint for checkpoint in checkpoints if checkpoint.updates <= updates]
    return earlier[-1] if earlier else checkpoints[0]
