"""Vocabularies that readers gave: as an answer about a file, and among files given together.

The answer names the upload and carries its id, so that it outlives a reload as other answers do.
"""

from __future__ import annotations

from collections.abc import Sequence

from lstm_core.subject import Subject

from ..inputs import UploadError
from ..inputs.understanding.by_vocabulary import VOCABULARY, covers
from ..inputs.understanding.vocabularies import Vocabulary, vocabulary_of
from ..words import uploads as words
from .uploads import Answers, Upload, contents


def answer_of(upload: Upload) -> str:
    """Return the answer with which a file is read by this vocabulary."""
    return f"{upload.id} {upload.name}"


def chosen_vocabulary(answers: Answers) -> Vocabulary | None:
    """Return the vocabulary that was chosen, if any; UploadError where it is no longer kept."""
    upload_id, _, name = answers.get(VOCABULARY, "").partition(" ")
    if not upload_id:
        return None
    data = contents(upload_id)
    if data is None:
        raise UploadError(words.gone((name,)))
    return vocabulary_of(name, data)


def vocabulary_among(files: Sequence[tuple[str, bytes]], subject: Subject) -> int | None:
    """Return which of several files is a vocabulary of the network; None where that is unclear."""
    if len(files) < 2:
        return None
    places = [k for k, (name, data) in enumerate(files) if is_vocabulary(name, data, subject)]
    return places[0] if len(places) == 1 else None


def is_vocabulary(name: str, data: bytes, subject: Subject) -> bool:
    """Return whether a file names what the network reads, token for token."""
    encoder = subject.model.encoder
    if encoder is None or not encoder.reads_symbols:
        return False
    try:
        return covers(vocabulary_of(name, data), encoder)
    except UploadError:
        return False
