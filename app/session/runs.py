"""The runs of a network over a sequence, and what is true of the sequence: computed once."""

from __future__ import annotations

from lstm_core.model import ModelRun
from lstm_core.sequence import Sequence
from lstm_core.subject import Subject
from lstm_core.tasks import Targets

from .shared_store import store


def model_run(subject: Subject, sequence: Sequence) -> ModelRun:
    """Return the run of a network over a sequence."""
    return store.get_or_compute(
        ("run", subject.name, sequence.id), lambda: subject.model.run(sequence)
    )


def targets(subject: Subject, sequence: Sequence) -> Targets | None:
    """Return what is true at each timestep of a sequence; None where nobody knows."""
    return store.get_or_compute(
        ("targets", subject.name, sequence.id), lambda: subject.truth.targets(sequence)
    )
