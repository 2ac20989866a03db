"""The runs of a network over a sequence, and what is true of the sequence: computed once."""

from __future__ import annotations

from lstm_core.model import ModelRun
from lstm_core.sequence import Sequence
from lstm_core.subject import Subject
from lstm_core.tasks import Targets

from .own_sequence import HeldAgainst, encoder_id
from .shared_store import store


def run_key(subject: Subject, sequence: Sequence) -> tuple[str, str, str]:
    """Return what names a run: the network, how it reads, and the sequence."""
    return (subject.name, encoder_id(subject.model.encoder), sequence.id)


def model_run(subject: Subject, sequence: Sequence) -> ModelRun:
    """Return the run of a network over a sequence."""
    return store.get_or_compute(
        ("run", *run_key(subject, sequence)), lambda: subject.model.run(sequence)
    )


def targets(subject: Subject, sequence: Sequence) -> Targets | None:
    """Return what is true at each timestep of a sequence; None where it is unknown."""
    if isinstance(subject.truth, HeldAgainst):
        return subject.truth.targets(sequence)
    return store.get_or_compute(
        ("targets", subject.name, sequence.id), lambda: subject.truth.targets(sequence)
    )
