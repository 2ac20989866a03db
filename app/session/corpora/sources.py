"""What a corpus is made of: fresh sequences of a task, those of an upload, or what was recorded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Literal

import numpy as np

from lstm_core.corpus.plan import model_id
from lstm_core.model import Model
from lstm_core.record import record
from lstm_core.sequence import Sequence
from lstm_core.subject import Subject

from ..corpus_names import parted, spelled
from ..own_sequence import OwnSequence, digest, understood
from ..sequence_strip import names_classes
from ..uploads import Upload
from ..view import Direction, Source
from .kept import GIVEN

MOST_FRESH = 10_000

Kind = Literal["fresh", "upload", "examples"]


@record
class Made:
    """What a corpus is made of, in words and numbers: `count` fresh ones, or an upload's."""

    kind: Kind
    count: int = 0
    upload: Upload | None = None


def spelled_of(made: Made) -> str:
    """Return how an address names what a corpus is made of."""
    return spelled(made.kind, made.count, made.upload.id if made.upload else "")


def made_from(text: str, uploads: Iterable[Upload]) -> Made | None:
    """Return what an address names; None for nothing, a folder, or a file that is not given."""
    kind, rest = parted(text)
    if kind == "fresh" and 2 <= int(rest) <= MOST_FRESH:
        return Made(kind="fresh", count=int(rest))
    if kind == "examples":
        return Made(kind="examples")
    if kind == "upload":
        upload = next((one for one in uploads if one.id == rest), None)
        return Made(kind="upload", upload=upload) if upload else None
    return None


def key_of(subject: Subject, made: Made, layer: int, direction: Direction) -> str:
    """Return what names a corpus: the network, how it reads, its sequences, and the layer.

    That of an upload begins with the upload's id, by which it is forgotten.
    """
    of = str(made.count)
    if made.upload is not None:
        answers = made.upload.answers.get(subject.name, {})
        of = "\n".join([made.upload.id, *(f"{k}={answers[k]}" for k in sorted(answers))])
    model = replace(reading(subject, made), recorded=())
    known = digest("\0".join([subject.name, model_id(model), made.kind, of, str(layer), direction]))
    return f"{GIVEN}{made.upload.id}-{known}" if made.upload else known


def reading(subject: Subject, made: Made) -> Model:
    """Return the model with the scaling with which an upload is read."""
    if made.upload is None:
        return subject.model
    own = _own(subject, made.upload)
    return own.reader(subject).model if own.understanding.sequences else subject.model


def sequences_of(subject: Subject, made: Made) -> Iterator[Sequence]:
    """Yield the sequences of a corpus in their order, drawn or read when they are asked for.

    Raises UploadError for an upload that cannot be read by this network.
    """
    if made.kind == "fresh":
        for seed in range(made.count):
            yield labelled(subject, subject.random_sequence(seed), f"seed {seed}")
    elif made.upload is not None:
        for k, one in enumerate(_own(subject, made.upload).understanding.sequences):
            yield replace(one, name=one.name or str(k + 1))
    else:
        for example in subject.examples:
            yield labelled(subject, example.sequence, example.sequence.name)


def count_of(subject: Subject, made: Made) -> int:
    """Return how many sequences a corpus has."""
    if made.kind == "fresh":
        return made.count
    if made.upload is not None:
        return len(_own(subject, made.upload).understanding.sequences)
    return len(subject.examples)


def source_of(made: Made, number: int, name: str) -> Source:
    """Return what puts a sequence of a corpus on the stage."""
    if made.kind == "fresh":
        return Source(kind="seed", value=str(number))
    if made.upload is not None:
        return Source(kind="upload", value=made.upload.name, place=number)
    return Source(value=name)


def labelled(subject: Subject, one: Sequence, name: str) -> Sequence:
    """Return a sequence with its name and, where the task knows the answer, that as its label.

    The answer is what is true at the last timestep: the one class, or the one number.
    """
    if one.label is not None:
        return replace(one, name=name)
    targets, label = subject.truth.targets(one), None
    if isinstance(targets, tuple) and targets and len(targets[-1]) == 1 and names_classes(subject):
        (label,) = targets[-1]
    elif isinstance(targets, np.ndarray) and targets.shape[-1:] == (1,) and len(targets):
        last = float(targets[-1, 0])
        label = f"{last:.6g}" if np.isfinite(last) and np.isnan(targets[:-1]).all() else None
    return replace(one, name=name, label=label)


def _own(subject: Subject, upload: Upload) -> OwnSequence:
    understanding = understood(upload, subject, upload.answers.get(subject.name, {}))
    return OwnSequence(understanding=understanding, upload=upload)
