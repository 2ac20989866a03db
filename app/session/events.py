"""The events of a run: the timesteps that the task says matter, and those that went wrong."""

from __future__ import annotations

import numpy as np

from lstm_core.model import ModelRun
from lstm_core.sequence import Sequence
from lstm_core.subject import Subject
from lstm_core.tasks import Event
from lstm_core.tasks.events import in_order

from ..words import common as words

MOST = 1000  # events of a run: more would mark nothing


def run_events(subject: Subject, sequence: Sequence, run: ModelRun) -> tuple[Event, ...]:
    """Return the events of one run, by timestep, at most `MOST`."""
    events = [*subject.truth.events(sequence), *_mistakes(subject, sequence, run)]
    return in_order(events[:MOST])


def _mistakes(subject: Subject, sequence: Sequence, run: ModelRun) -> list[Event]:
    """Where a prediction is wrong."""
    if run.predictions is None:
        return []
    wrong = np.flatnonzero(subject.correct(sequence, run.predictions) == 0)
    return [Event(timestep=int(t), label=words.WRONG_PREDICTION) for t in wrong]
