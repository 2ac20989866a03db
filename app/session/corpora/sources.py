"""What a corpus is made of: fresh sequences of a task, those of an upload, or what was recorded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Literal

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
from .kept import GIVEN, limit
from .work import Order, labelled

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


def order_of(
    subject: Subject,
    made: Made,
    layer: int,
    direction: Direction,
    folder: Path,
    block: int,
    seconds: float,
) -> Order:
    """Return what a worker is told to make; sequences of the reader's own go along.

    Raises UploadError for an upload that cannot be read by this network.
    """
    classes = names_classes(subject)
    return Order(
        folder=folder,
        subject=subject,
        model=reading(subject, made),
        kind=made.kind,
        count=made.count,
        given=_given(subject, made, classes),
        classes=classes,
        layer=layer,
        direction=direction,
        block=block,
        largest=limit() // 2,
        seconds=seconds,
    )


def _given(subject: Subject, made: Made, classes: bool) -> tuple[Sequence, ...] | None:
    """The sequences that are there; None of those that are drawn."""
    if made.upload is not None:
        own = _own(subject, made.upload).understanding.sequences
        return tuple(replace(one, name=one.name or str(k + 1)) for k, one in enumerate(own))
    if made.kind == "examples":
        shown = (one.sequence for one in subject.examples)
        return tuple(labelled(subject, one, one.name, classes) for one in shown)
    return None


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


def _own(subject: Subject, upload: Upload) -> OwnSequence:
    understanding = understood(upload, subject, upload.answers.get(subject.name, {}))
    return OwnSequence(understanding=understanding, upload=upload)
