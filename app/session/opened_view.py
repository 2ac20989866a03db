"""From a view to what it shows: the network, the sequence and the run of one over the other."""

from __future__ import annotations

from lstm_core.model import ModelRun
from lstm_core.record import Array, record
from lstm_core.run.trace import Trace
from lstm_core.sequence import Sequence
from lstm_core.subject import Subject

from ..inputs.files import UploadError
from ..inputs.uploads import sequence_from_text
from ..words import common as words
from .demos import demo_or_first
from .runs import model_run, targets
from .shared_store import store
from .subjects import Uploaded
from .view import Source, View


@record
class OpenedView:
    """What a view asks for, loaded.

    `view` names what is really shown: its source is that of `sequence`, its layer, direction,
    timestep and unit are there in `run`. `problem` says in one sentence why the sequence is not
    the one that was asked for; "" where it is.
    """

    view: View
    subject: Subject
    sequence: Sequence
    run: ModelRun
    problem: str = ""

    @property
    def trace(self) -> Trace:
        """The trace of the layer and direction that the view names."""
        layer = self.run.layers[self.view.layer]
        if self.view.direction == "backward" and layer.backward is not None:
            return layer.backward
        return layer.forward

    @property
    def truth(self) -> frozenset[str] | Array | None:
        """What is true at the view's timestep, a set of symbols or (K,) numbers; None: unknown."""
        true = targets(self.subject, self.sequence)
        return None if true is None else true[self.view.t]


def open_view(view: View, upload: Sequence | None, subject: Subject | None = None) -> OpenedView:
    """Load what a view asks for; `upload` is the session's own sequence, if the view names it.

    `subject` is the network, that of the view's demo where it isn't given; a view of a model that
    the reader brought names no demo. A demo or a sequence that isn't there takes the first; a
    text or an upload that cannot be had is told in `problem`.
    """
    subject = subject or demo_or_first(view.demo)
    if upload is None:
        source, sequence, problem = _named_sequence(subject, view.source)
    else:
        source, sequence, problem = view.source, upload, ""
    run = model_run(subject, sequence)
    demo = "" if isinstance(subject, Uploaded) else subject.name
    shown = _fitting(view.replace(demo=demo, source=source), run)
    return OpenedView(view=shown, subject=subject, sequence=sequence, run=run, problem=problem)


def typed_sequence(subject: Subject, text: str) -> Sequence:
    """Return the sequence that a text spells for a network; UploadError where it spells none."""
    encoder = subject.model.encoder
    if encoder is None:
        raise UploadError(f"{subject.title} has no encoder: a text cannot be read.")
    return sequence_from_text(text, encoder, subject.max_timesteps)


def _named_sequence(subject: Subject, source: Source) -> tuple[Source, Sequence, str]:
    """The sequence that a source names, or an example of the network's and the reason why."""
    examples = {example.sequence.name: example.sequence for example in subject.examples}
    name = source.value if source.value in examples else subject.examples[0].sequence.name
    problem = ""
    if source.kind == "seed":
        return source, _random_sequence(subject, int(source.value)), ""
    if source.kind == "text":
        try:
            return source, typed_sequence(subject, source.value), ""
        except UploadError as error:
            problem = words.text_unreadable(str(error), name)
    if source.kind == "upload":
        problem = words.upload_missing(source.value, name)
    return Source(kind="sequence", value=name), examples[name], problem


def _random_sequence(subject: Subject, seed: int) -> Sequence:
    return store.get_or_compute(
        ("random sequence", subject.name, seed), lambda: subject.random_sequence(seed)
    )


def _fitting(view: View, run: ModelRun) -> View:
    """The view with a layer, a direction, a timestep and a unit that this run has."""
    layer = view.layer if view.layer < len(run.layers) else 0
    there = view.direction == "forward" or run.layers[layer].backward is not None
    units = run.layers[layer].forward.parameters.hidden_size
    fitting = view.replace(layer=layer, direction=view.direction if there else "forward")
    return fitting.within(timesteps=run.timesteps, units=units)
