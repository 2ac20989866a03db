"""The runs of a network over a sequence, and what is true of the sequence: computed once."""

from __future__ import annotations

from hashlib import blake2b

import numpy as np

from lstm_core.model import Model, ModelRun
from lstm_core.sequence import Sequence
from lstm_core.subject import Subject
from lstm_core.tasks import Targets

from .heavy_runs import in_turn, run_seconds
from .own_sequence import HeldAgainst, encoder_id
from .shared_store import store


def run_key(subject: Subject, sequence: Sequence) -> tuple[str, str, str, str]:
    """Return what names a run: the network, how it reads and begins, and the sequence."""
    model = subject.model
    return (subject.name, encoder_id(model.encoder), start_id(model), sequence.id)


def start_id(model: Model) -> str:
    """Return a fingerprint of the states that a model's layers begin with; "" where it is zero."""
    states = [(layer.initial_hidden, layer.initial_cell) for layer in model.layers]
    if not any(state is not None for layer in states for state in layer):
        return ""
    digest = blake2b(digest_size=12)
    for layer in states:
        for state in layer:
            digest.update(b"-" if state is None else np.ascontiguousarray(state).tobytes())
    return digest.hexdigest()


def model_run(subject: Subject, sequence: Sequence) -> ModelRun:
    """Return the run of a network over a sequence."""
    seconds = run_seconds(subject.model, len(sequence))
    return store.get_or_compute(
        ("run", *run_key(subject, sequence)),
        lambda: in_turn(seconds, lambda: subject.model.run(sequence)),
    )


def targets(subject: Subject, sequence: Sequence) -> Targets | None:
    """Return what is true at each timestep of a sequence; None where it is unknown."""
    if isinstance(subject.truth, HeldAgainst):
        return subject.truth.targets(sequence)
    return store.get_or_compute(
        ("targets", subject.name, sequence.id), lambda: subject.truth.targets(sequence)
    )
