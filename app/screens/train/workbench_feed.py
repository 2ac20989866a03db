"""What the workbench is sent: the state of the run, and the checkpoints that the browser lacks."""

from __future__ import annotations

import math

from lstm_core.experiment import Experiment

from ...components.workbench import Feed, last_choice
from ...session import experiments, state
from ...trainer import CheckpointSummary, Status, WatchedRun, is_drawn_at_once
from ...trainer.instance import trainer
from ...words import train as train_words


def can_be_shown(status: Status) -> bool:
    """Return whether a run has a checkpoint, or its network is quick to draw before it has."""
    return bool(status.checkpoints) or is_drawn_at_once(status.experiment)


def untrained(asked: Experiment, status: Status | None) -> Feed:
    """Return what is shown before training: the network before its first update.

    `status` is that of a run which cannot be shown yet, or None.
    """
    return Feed(
        state="untrained",
        state_words=train_words.STATES["untrained"] if status is None else state_words(status),
        counted=train_words.counted(0, asked.updates),
        left="",
        update=0,
        updates=asked.updates,
        kept=(untested(),),
        watched={0: experiments.untrained(asked)},
    )


def state_words(status: Status) -> str:
    """Say in which state a run is; where it waits, at which place in the line."""
    return train_words.waits(status.place) if status.place else train_words.STATES[status.state]


def untested() -> CheckpointSummary:
    """Return the summary of a network before its first update, which has not been tested."""
    return CheckpointSummary(updates=0, loss=math.nan, success=math.nan)


def feed(status: Status) -> Feed:
    """Return the state of the run, with the checkpoints that the browser does not have."""
    planned = status.experiment.updates
    left = train_words.time_left(status.seconds_left) if status.state == "running" else ""
    return Feed(
        state=status.state,
        state_words=state_words(status),
        counted=train_words.counted(status.updates, planned),
        left=status.problem or left,
        update=status.updates,
        updates=planned,
        kept=status.checkpoints or (untested(),),
        watched=_lacking(status),
        curve=status.curve,
    )


def _lacking(status: Status) -> dict[int, WatchedRun]:
    """The newest checkpoint, where the browser lacks it, and those that the browser asks for."""
    if not status.checkpoints:
        return {0: experiments.untrained(status.experiment)}
    wanted, newest = set[int](), status.checkpoints[-1].updates
    if state.is_new("newest", [status.run, newest]):
        wanted.add(newest)
    report = last_choice(status.run)
    if state.is_new("missing", report["moment"]):
        wanted |= {int(update) for update in report["missing"]}
    kept = {mark.updates for mark in status.checkpoints}
    checkpoints = {at: trainer().checkpoint(status.run, at) for at in sorted(wanted & kept)}
    return {at: one.watched for at, one in checkpoints.items() if one is not None}


def mark_sent(status: Status) -> None:
    """Remember that the browser has been sent the checkpoints that it lacked."""
    if status.checkpoints:
        state.mark_seen("newest", [status.run, status.checkpoints[-1].updates])
        state.mark_seen("missing", last_choice(status.run)["moment"])
