"""One sequence of the reader's own, as it was understood, and a network that reads it so."""

from __future__ import annotations

import dataclasses
from functools import cached_property
from hashlib import blake2b
from typing import ClassVar, TypeVar

import numpy as np

from lstm_core.model import Model
from lstm_core.model.encoders import Encoder
from lstm_core.record import Array, record
from lstm_core.sequence import Sequence
from lstm_core.subject import Subject
from lstm_core.tasks import Event, GroundTruth

from ..inputs import Understanding, UploadError, understand
from ..inputs.decisions import without_later
from ..inputs.understanding.by_vocabulary import VOCABULARY
from ..words import uploads as words
from ..words.formatting import is_counted
from ..words.language import spoken
from .reading.bounds import takes_long
from .reading.reading import CancelledError, Reading
from .reading.readings import readings
from .reading.wire import order
from .shared_store import store
from .size import size_of
from .store import Key
from .uploads import Answers, Upload, contents
from .vocabularies import chosen_vocabulary

S = TypeVar("S", bound=Subject)

BY_ORDER = "inputs"  # the question whether columns without names follow as the inputs do


@record
class HeldAgainst:
    """What a column of the reader's own says is true of one sequence.

    `values` (T,) are numbers as the first of `outputs` outputs would predict them, NaN where
    nothing is known. Whoever asks for a further sequence gets one of `task`.
    """

    legal_threshold: ClassVar[float | None] = None
    tolerance: ClassVar[float | None] = None

    column: str
    values: Array
    outputs: int
    task: GroundTruth

    def random_sequence(self, rng: np.random.Generator) -> Sequence:
        """Return a sequence of the network's own task."""
        return self.task.random_sequence(rng)

    def targets(self, sequence: Sequence) -> Array:
        """Return what is true at each timestep, (T, outputs), NaN for all but the first."""
        targets = np.full((len(self.values), self.outputs), np.nan)
        targets[:, 0] = self.values
        return targets

    def cue(self, sequence: Sequence) -> None:
        """Return None: what has to be remembered is unknown."""

    def events(self, sequence: Sequence) -> tuple[Event, ...]:
        """Return (): which timesteps matter is unknown."""
        return ()

    @cached_property
    def id(self) -> str:
        """A fingerprint of the column and its values."""
        values = np.ascontiguousarray(self.values)
        return blake2b(values.data, digest_size=12).hexdigest() + digest(self.column)


@record
class OwnSequence:
    """One sequence that the reader gave, what it was understood as, and where it stands in it.

    `upload` is the file or text that it is in; None where a link carries the text.
    """

    understanding: Understanding
    upload: Upload | None = None
    place: int = 0

    @property
    def sequence(self) -> Sequence:
        """What is read."""
        return self.understanding.sequences[self.place]

    def reader(self, subject: S) -> S:
        """Return the network with the scaling that was chosen, held against what was named."""
        model, truth = subject.model, subject.truth
        encoder = self.understanding.encoder
        if encoder is not None:
            model = _read_by(model, encoder)
        column, readout = self.understanding.truth_column, subject.model.readout
        if column is not None and readout is not None:
            mean, deviation = self.understanding.truth_scaling
            values = (self.understanding.truth[self.place] - mean) / deviation
            outputs = len(readout.labels)
            truth = HeldAgainst(column=column, values=values, outputs=outputs, task=truth)
        return dataclasses.replace(subject, model=model, truth=truth)


def _read_by(model: Model, encoder: Encoder) -> Model:
    """The model with this encoder; outputs that are its symbols are called as its symbols are."""
    readout, before = model.readout, model.encoder
    if before and before.reads_symbols and readout and readout.labels == before.alphabet:
        readout = dataclasses.replace(readout, labels=encoder.alphabet)
    return dataclasses.replace(model, encoder=encoder, readout=readout)


def understood(upload: Upload, subject: Subject, answers: Answers) -> Understanding:
    """Return what an upload means to a network, with these answers.

    Raises UploadError where it means nothing, and where it is no longer kept.
    """
    seen = attempted(upload, subject, answers)
    if isinstance(seen, UploadError):
        raise UploadError(str(seen), seen.choices)
    return seen


def attempted(upload: Upload, subject: Subject, answers: Answers) -> Understanding | UploadError:
    """Return what an upload means to a network, or the refusal that says why it means nothing.

    Both are kept. Raises UploadError where the upload itself is no longer kept.
    """
    key = _key(upload, subject, answers)
    return store.get_or_compute(key, lambda: _attempt(upload, subject, answers))


def is_long(upload: Upload) -> bool:
    """Return whether an upload is read in a process of its own, which takes a while."""
    data = contents(upload.id)
    return data is not None and takes_long(data)


def begun(upload: Upload, subject: Subject, answers: Answers, session: str) -> Reading | None:
    """Return the reading of a large upload, begun for a session, while it goes on.

    None where `attempted` answers at once. Raises UploadError where the upload or its vocabulary
    is no longer kept.
    """
    key = _key(upload, subject, answers)
    if store.get(key) is not None or subject.model.encoder is None or not is_long(upload):
        return None
    reading = _reading(key, upload, subject, answers, session)
    return None if reading.ended else reading


def reading_of(upload: Upload, subject: Subject, answers: Answers) -> Reading | None:
    """Return the reading of a large upload while it goes on; None where none does."""
    reading = readings.named(_key(upload, subject, answers))
    return None if reading is None or reading.ended else reading


def cancel(upload: Upload, subject: Subject, answers: Answers) -> None:
    """End the reading of a large upload."""
    key = _key(upload, subject, answers)
    reading = readings.named(key)
    if reading is not None:
        reading.cancel()
        readings.forget(key)


def _key(upload: Upload, subject: Subject, answers: Answers) -> Key:
    spelled = tuple(f"{name}={value}" for name, value in sorted(answers.items()))
    return ("understanding", upload.id, subject.name, *spelled)


def _attempt(upload: Upload, subject: Subject, answers: Answers) -> Understanding | UploadError:
    if is_long(upload) and subject.model.encoder is not None:
        return _long_attempt(upload, subject, answers)
    try:
        return understand(
            upload.name,
            _data(upload),
            subject.model.encoder,
            _own_answers(answers),
            limit=subject.max_timesteps,
            vocabulary=chosen_vocabulary(answers),
        )
    except NoLongerKeptError:
        raise
    except UploadError as error:
        return UploadError(str(error), error.choices)


def _long_attempt(
    upload: Upload, subject: Subject, answers: Answers
) -> Understanding | UploadError:
    """What a large upload means; UploadError where it was cancelled while somebody waited."""
    key = _key(upload, subject, answers)
    try:
        seen = _reading(key, upload, subject, answers).result()
    finally:
        readings.forget(key)
    fits = size_of(seen).total <= store.largest
    return seen if fits else UploadError(words.too_large_to_keep(upload.name))


def _reading(
    key: Key, upload: Upload, subject: Subject, answers: Answers, session: str = ""
) -> Reading:
    encoder = subject.model.encoder
    assert encoder is not None
    asked = order(
        upload.name,
        _data(upload),
        encoder,
        _own_answers(answers),
        subject.max_timesteps,
        chosen_vocabulary(answers),
    )
    return readings.begun(
        key, lambda turn, alive: Reading(upload.name, asked, encoder, turn, alive), session
    )


class NoLongerKeptError(UploadError):
    """An upload that the store has let go: that may change, and is not kept as its meaning."""


def _data(upload: Upload) -> bytes:
    """The bytes of an upload; NoLongerKeptError where they are gone."""
    data = contents(upload.id)
    if data is None:
        raise NoLongerKeptError(words.gone((upload.name,)))
    return data


def _own_answers(answers: Answers) -> dict[str, str]:
    """The answers that are `understand`'s to read: the vocabulary is a file of its own."""
    return {name: answer for name, answer in answers.items() if name != VOCABULARY}


def answered(upload: Upload, subject: Subject, answers: Answers, name: str, value: str) -> Answers:
    """Return the answers with one that is new or changed.

    Where the others do not fit with it, those to what is decided later are left out. Raises
    UploadError where the answer itself cannot be.
    """
    before = attempted(upload, subject, answers)
    changed = {**answers, name: value}
    if isinstance(attempted(upload, subject, changed), UploadError):
        changed = {**without_later(before, answers, name), name: value}
        understood(upload, subject, changed)
    return changed


def clear_answers(upload: Upload, subject: Subject, answers: Answers) -> Answers | None:
    """Return answers with which nothing is open in an upload: these, or none at all.

    None where a question stays open, where nothing can be read, and where reading was cancelled.
    """
    for tried in (answers, {}):
        try:
            seen = understood(upload, subject, tried)
        except CancelledError:
            return None  # nobody waits: it is not begun anew
        except UploadError:
            continue
        if not seen.questions and seen.sequences:
            return tried
    return None


def typed(subject: Subject, text: str) -> Understanding:
    """Return what a short text means to a network, as it was typed or as a link carries it.

    Where the page asks for numbers it says in which order: columns without names are taken in
    that order. Raises UploadError where the text means nothing.
    """
    key = ("typed", subject.name, text, spoken().code)
    return store.get_or_compute(key, lambda: _typed(subject, text))


def _typed(subject: Subject, text: str) -> Understanding:
    encoder, limit = subject.model.encoder, subject.max_timesteps
    seen = understand(words.TYPED_NAME, text, encoder, limit=limit)
    by_order = {q.id: q.preselection for q in seen.questions if q.id == BY_ORDER}
    if all(option is None for option in by_order.values()):
        return seen
    answers = {name: option for name, option in by_order.items() if option}
    return understand(words.TYPED_NAME, text, encoder, answers, limit=limit)


def is_plain(understanding: Understanding) -> bool:
    """Return whether nothing is open: one sequence, and no question."""
    return not understanding.questions and len(understanding.sequences) == 1


def column_names(encoder: Encoder | None, sequence: Sequence) -> tuple[str, ...]:
    """Return what the numbers of a sequence are called.

    The names are those of the reader's columns; where a column has none, that of the input.
    """
    inputs = encoder.columns if encoder else ()
    own = sequence.columns
    if not own or not inputs:
        return own or inputs
    return tuple(
        network if is_counted(name) else name for name, network in zip(own, inputs, strict=True)
    )


def encoder_id(encoder: Encoder | None) -> str:
    """Return a fingerprint of how numbers are scaled, or of the alphabet; "" where neither is."""
    if encoder is None or not (encoder.scaling or encoder.alphabet):
        return ""
    if encoder.reads_symbols:
        return digest("\0".join(encoder.alphabet))
    scaling = np.array([(offset, scale) for _, offset, scale in encoder.scaling])
    return blake2b(scaling.data, digest_size=12).hexdigest()


def digest(text: str) -> str:
    """Return a fingerprint of a text."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
