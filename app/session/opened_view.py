"""From a view to what it shows: the network, the sequence and the run of one over the other."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from lstm_core.model import ModelRun
from lstm_core.record import Array, record
from lstm_core.run.trace import Trace
from lstm_core.sequence import Sequence
from lstm_core.subject import Example, Subject
from lstm_core.tasks import Targets

from ..inputs import UploadError
from ..words import common as words
from ..words import uploads as upload_words
from .changed_run import KnownUntil, changed_run, fitting, with_generated, with_truth
from .demos import demo_or_first
from .own_sequence import OwnSequence, typed, understood
from .runs import model_run, targets
from .shared_store import store
from .subjects import Uploaded
from .uploads import Upload
from .view import Source, View

S = TypeVar("S", bound=Subject)


@record
class OpenedView:
    """What a view asks for, loaded.

    `view` names what is really shown: its source is that of `sequence`, its layer, direction,
    timestep and unit are there in `run`. `problem` says in one sentence why the sequence is not
    the one that was asked for; "" where it is. `own` is what was understood of the reader's own
    sequence; None for any other. `subject` reads it with the scaling that was chosen.

    Where the view has changes, `sequence` and `run` are the changed ones, and `origin` (T,) says
    which timestep of the unchanged run each is (`lstm_core.edited`); None where nothing is.
    `before` is then the same without them.
    """

    view: View
    subject: Subject
    sequence: Sequence
    run: ModelRun
    own: OwnSequence | None = None
    problem: str = ""
    origin: Array | None = None
    unchanged_sequence: Sequence
    before: OpenedView | None = None

    def read_by(self, subject: S) -> S:
        """Return another network as it reads this sequence: with the scaling that was chosen."""
        return self.own.reader(subject) if self.own else subject

    @property
    def trace(self) -> Trace:
        """The trace of the layer and direction that the view names."""
        return trace_of(self.run, self.view)

    @property
    def unchanged(self) -> ModelRun:
        """The run as the network made it, without the view's changes."""
        return model_run(self.subject, self.unchanged_sequence)

    @property
    def unchanged_trace(self) -> Trace:
        """The trace of the unchanged run."""
        return trace_of(self.unchanged, self.view)

    @property
    def truths(self) -> Targets | None:
        """What is true, (T,) sets of symbols or (T, K) numbers; None: unknown."""
        if isinstance(self.subject.truth, KnownUntil):
            return self.subject.truth.targets(self.sequence)
        return targets(self.subject, self.sequence)

    @property
    def truth(self) -> frozenset[str] | Array | None:
        """What is true at the view's timestep, a set of symbols or (K,) numbers; None: unknown."""
        true = self.truths
        return None if true is None else true[self.view.t]


def open_view(
    view: View, uploads: tuple[Upload, ...] = (), subject: Subject | None = None
) -> OpenedView:
    """Load what a view asks for; `uploads` are what the session has given.

    `subject` is the network, that of the view's demo where it isn't given; a view of a model that
    the reader brought names no demo. A demo or a sequence that isn't there takes the first; a
    text or an upload that cannot be had is told in `problem`.
    """
    subject = subject or demo_or_first(view.demo)
    named = _named_sequence(subject, view.source, uploads)
    reader = named.own.reader(subject) if named.own else subject.starting(named.example)
    run = model_run(reader, named.sequence)
    demo = "" if isinstance(subject, Uploaded) else subject.name
    plain = OpenedView(
        view=_fitting(view.replace(demo=demo, source=named.source), run),
        subject=reader,
        sequence=named.sequence,
        unchanged_sequence=named.sequence,
        run=run,
        own=named.own,
        problem=named.problem,
    )
    return with_changes(plain, view)


def with_changes(opened: OpenedView, asked: View) -> OpenedView:
    """Return an unchanged run with those of the changes that are asked for which it can have."""
    if not asked.changes:
        return opened
    layer, direction, sequence = opened.view.layer, opened.view.direction, opened.sequence
    changes, read = fitting(asked.changes, opened.subject, sequence, layer, direction)
    view = opened.view.replace(changes=changes)
    if not changes:
        return replace(opened, view=view)
    read = with_generated(opened.subject, sequence, changes, read, layer, direction)
    run = changed_run(opened.subject, sequence, changes, read.sequence, layer, direction)
    units = opened.trace.parameters.hidden_size
    return replace(
        opened,
        view=view.replace(t=asked.t).within(timesteps=run.timesteps, units=units),
        subject=with_truth(opened.subject, read.origin, changes),
        sequence=read.sequence,
        run=run,
        origin=read.origin,
        before=opened,
    )


@record
class _Named:
    """The sequence that a source names, or an example of the network's and the reason why."""

    source: Source
    sequence: Sequence
    example: Example | None = None
    own: OwnSequence | None = None
    problem: str = ""


def _named_sequence(subject: Subject, source: Source, uploads: tuple[Upload, ...]) -> _Named:
    if source.kind == "seed":
        return _Named(source=source, sequence=_random_sequence(subject, int(source.value)))
    if source.kind in {"text", "upload"}:
        try:
            own = (
                _typed(subject, source) if source.kind == "text" else _own(subject, source, uploads)
            )
        except UploadError as error:
            return _example(subject, "", str(error))
        return _Named(source=replace(source, place=own.place), sequence=own.sequence, own=own)
    return _example(subject, source.value)


def _example(subject: Subject, name: str, problem: str = "") -> _Named:
    """An example of the network's, the first where none has this name."""
    example = subject.example(name) or subject.examples[0]
    name = example.sequence.name
    return _Named(
        source=Source(kind="sequence", value=name),
        sequence=example.sequence,
        example=example,
        problem=words.shown_instead(problem, name) if problem else "",
    )


def _typed(subject: Subject, source: Source) -> OwnSequence:
    """What a text in a link means; UploadError where it means nothing, or not one thing."""
    understanding = typed(subject, source.value)
    if understanding.questions:
        raise UploadError(upload_words.undecided(understanding.questions[0].text))
    if len(understanding.sequences) != 1:
        raise UploadError(upload_words.several(len(understanding.sequences)))
    return OwnSequence(understanding=understanding)


def _own(subject: Subject, source: Source, uploads: tuple[Upload, ...]) -> OwnSequence:
    """What an upload means by its answers; UploadError where it is not there, or asks something."""
    upload = next((upload for upload in uploads if upload.name == source.value), None)
    if upload is None:
        raise UploadError(words.upload_missing(source.value))
    understanding = understood(upload, subject, upload.answers.get(subject.name, {}))
    if subject.name not in upload.answers or not understanding.sequences:
        raise UploadError(upload_words.not_run_here(upload.name))
    place = min(source.place, len(understanding.sequences) - 1)
    return OwnSequence(understanding=understanding, upload=upload, place=place)


def _random_sequence(subject: Subject, seed: int) -> Sequence:
    return store.get_or_compute(
        ("random sequence", subject.name, seed), lambda: subject.random_sequence(seed)
    )


def _fitting(view: View, run: ModelRun) -> View:
    """The view with a layer, a direction, a timestep and a unit that this run has."""
    layer = view.layer if view.layer < len(run.layers) else 0
    there = view.direction == "forward" or run.layers[layer].backward is not None
    units = run.layers[layer].forward.parameters.hidden_size
    direction = view.direction if there else "forward"
    shown = view.replace(layer=layer, direction=direction, changes=())
    return shown.within(timesteps=run.timesteps, units=units)


def trace_of(run: ModelRun, view: View) -> Trace:
    """Return the trace of the layer and direction that a view names."""
    layer = run.layers[view.layer]
    if view.direction == "backward" and layer.backward is not None:
        return layer.backward
    return layer.forward
