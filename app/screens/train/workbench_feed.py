"""What the workbench is told at one look: how the run stands, and what the browser lacks of it."""

from __future__ import annotations

import math

from lstm_core.experiment import Experiment

from ...components.workbench import Feed, last_choice
from ...session import experiments, state
from ...trainer import Mark, Status, Watched
from ...trainer.instance import trainer
from ...words import train as train_words


def untrained(asked: Experiment) -> Feed:
    """Return what is seen before training: the network as it begins."""
    return Feed(
        state="untrained",
        state_words=train_words.STATES["untrained"],
        counted=train_words.counted(0, asked.updates),
        left="",
        update=0,
        updates=asked.updates,
        kept=(beginning(),),
        watched={0: experiments.untrained(asked)},
    )


def beginning() -> Mark:
    """Return the mark of a network that nobody has tried yet."""
    return Mark(updates=0, loss=math.nan, success=math.nan)


def feed(status: Status) -> Feed:
    """Return how the run stands, with the checkpoints that the browser does not have."""
    planned = status.experiment.updates
    left = train_words.time_left(status.seconds_left) if status.state == "running" else ""
    return Feed(
        state=status.state,
        state_words=train_words.STATES[status.state],
        counted=train_words.counted(status.updates, planned),
        left=status.problem or left,
        update=status.updates,
        updates=planned,
        kept=status.checkpoints or (beginning(),),
        watched=_lacking(status),
        curve=status.curve,
    )


def _lacking(status: Status) -> dict[int, Watched]:
    """The newest checkpoint where it is new, and those that the browser asks for."""
    if not status.checkpoints:
        return {0: experiments.untrained(status.experiment)}
    wanted, newest = set[int](), status.checkpoints[-1].updates
    if state.mark_seen("newest", [status.run, newest]):
        wanted.add(newest)
    report = last_choice(status.run)
    if state.mark_seen("missing", report["moment"]):
        wanted |= {int(update) for update in report["missing"]}
    kept = {mark.updates for mark in status.checkpoints}
    found = {at: trainer().snapshot(status.run, at) for at in sorted(wanted & kept)}
    return {at: snapshot.watched for at, snapshot in found.items() if snapshot is not None}
