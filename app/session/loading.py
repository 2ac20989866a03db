"""What is loaded or computed once and shared by all sessions: the only module that caches.

Caches are keyed by words and hashes and hold immutable records; they are asked by keyword,
because Streamlit inspects a function's signature for every positional argument. A run of a
short sequence is small and there are many of them; a long one is large, so few are kept.
"""

from __future__ import annotations

from hashlib import blake2b

import streamlit as st

from lstm_core import ModelFileError, load_model
from lstm_core.demo import Demo, list_demos, load_demo
from lstm_core.experiment import Experiment, model_of, read, spell
from lstm_core.model import Model, ModelRun
from lstm_core.record import Array, record
from lstm_core.run.trace import Trace
from lstm_core.sequence import Sequence
from lstm_core.subject import Subject
from lstm_core.tasks import Targets, make_task

from ..components.stage import Scene, build_scene
from ..components.workbench import Frame, make_frame
from ..inputs.files import UploadError
from ..inputs.uploads import sequence_from_text
from ..trainer import Watched
from ..trainer.watched import watched
from ..words import common as words
from ..words import your_model as model_words
from .assets import assets_folder
from .sequence_strip import strip_of
from .subjects import Trained, Uploaded, uploaded
from .view import Source, SourceKind, View

DEMOS = assets_folder() / "demos"
LONG_RUN = 200_000  # timesteps times units
HOUR = 3600
MODEL_MB = 200  # the largest model file
LARGE_FILE = 8 * 2**20  # bytes: few of these are kept
LARGE_NETWORK = 500_000  # trained numbers: few of these are kept


@record
class Found:
    """The sequence that a source names, or another and the reason why."""

    source: Source
    sequence: Sequence
    problem: str = ""


@record
class Opened:
    """What a view asks for, loaded: the network, the sequence and its run.

    `found.source` is what is really shown; where that isn't what the view asked for,
    `found.problem` says why in one sentence. `view` fits the run: its timestep, unit, layer and
    direction are there.
    """

    view: View
    demo: Subject
    found: Found
    run: ModelRun

    @property
    def trace(self) -> Trace:
        """The trace of the layer and direction that the view names."""
        layer = self.run.layers[self.view.layer]
        if self.view.direction == "backward" and layer.backward is not None:
            return layer.backward
        return layer.forward


@st.cache_resource(ttl=HOUR, show_spinner=False)
def demo_names() -> tuple[str, ...]:
    """Return the names of the demos, in teaching order."""
    return list_demos(DEMOS)


@st.cache_resource(max_entries=16, ttl=24 * HOUR, show_spinner=False)
def demo(name: str) -> Demo:
    """Return the demo of this name."""
    return load_demo(DEMOS / name)


@st.cache_resource(ttl=24 * HOUR, show_spinner=False)
def task_title(name: str) -> str:
    """Return what a task is called."""
    return make_task(name).title


def frame_id(experiment: Experiment) -> str:
    """Return the word by which the browser knows the network before its first update."""
    return "~".join(["untrained", *_spelled(experiment)])


def frame(experiment: Experiment) -> Frame:
    """Return what is the same at every checkpoint of an experiment."""
    found: Frame = _frame(spelled=_spelled(experiment))
    return found


def untrained(experiment: Experiment) -> Watched:
    """Return how the network of an experiment reads before its first update."""
    seen: Watched = _untrained(spelled=_spelled(experiment))
    return seen


def _spelled(experiment: Experiment) -> tuple[str, ...]:
    return tuple(f"{name}.{value}" for name, value in spell(experiment).items())


def _experiment(spelled: tuple[str, ...]) -> Experiment:
    return read(dict(pair.partition(".")[::2] for pair in spelled))


@st.cache_resource(max_entries=128, ttl=HOUR, show_spinner=False)
def _frame(spelled: tuple[str, ...]) -> Frame:
    return make_frame(_experiment(spelled))


@st.cache_resource(max_entries=128, ttl=HOUR, show_spinner=False)
def _untrained(spelled: tuple[str, ...]) -> Watched:
    experiment = _experiment(spelled)
    return watched(experiment, model_of(experiment))


class ModelGoneError(UploadError):
    """A model that is no longer in memory; its text is one clear sentence for the page."""


def keep_file(name: str, data: bytes) -> str:
    """Open a model file, keep it for a while, and return the word under which it is kept.

    The word is a fingerprint of name and content, which nobody can guess. Raises ModelFileError
    with one sentence for a file that cannot be opened; then nothing is kept.
    """
    if len(data) > MODEL_MB * 2**20:
        raise ModelFileError(
            model_words.too_large(words.cut(name, 60), len(data) / 2**20, MODEL_MB)
        )
    digest = blake2b(data, digest_size=16, key=blake2b(name.encode()).digest()).hexdigest()
    file = f"{'large' if len(data) > LARGE_FILE else 'small'}-{digest}"
    _model_by_size(file, {}, (name, data))
    _file_by_size(file, (name, data))
    return file


def file_model(file: str, name: str, settled: dict[str, str]) -> Model:
    """Return the model in a file that is kept; `settled` are keywords of `load_model`.

    Raises ModelGoneError where it is no longer kept, and ModelFileError where it cannot be
    opened in this way.
    """
    try:
        return _model_by_size(file, settled, None)
    except LookupError:
        raise ModelGoneError(model_words.GONE.format(name=words.cut(name, 60))) from None


def brought(file: str, name: str, layer: int, settled: dict[str, str]) -> Uploaded:
    """Return the chain of layers that the reader looks at in a file of theirs.

    Raises as `file_model` does.
    """
    model = file_model(file, name, settled)
    digest = blake2b(f"{file} {sorted(settled.items())}".encode(), digest_size=12).hexdigest()
    return uploaded(f"model-{digest}", name, model, layer)


def _file_by_size(file: str, kept: tuple[str, bytes] | None) -> tuple[str, bytes]:
    """The name and the bytes of a file: put there with `kept`, else LookupError where gone."""
    keep = _large_file if file.startswith("large") else _small_file
    found: tuple[str, bytes] = keep(file=file, _kept=kept)
    return found


@st.cache_resource(max_entries=64, ttl=4 * HOUR, show_spinner=False)
def _small_file(file: str, _kept: tuple[str, bytes] | None) -> tuple[str, bytes]:
    return _given(_kept)


@st.cache_resource(max_entries=3, ttl=4 * HOUR, show_spinner=False)
def _large_file(file: str, _kept: tuple[str, bytes] | None) -> tuple[str, bytes]:
    return _given(_kept)


def _given(kept: tuple[str, bytes] | None) -> tuple[str, bytes]:
    if kept is None:
        raise LookupError
    return kept


def _model_by_size(file: str, settled: dict[str, str], kept: tuple[str, bytes] | None) -> Model:
    keep = _large_model if file.startswith("large") else _small_model
    model: Model = keep(file=file, settled=tuple(sorted(settled.items())), _kept=kept)
    return model


@st.cache_resource(max_entries=128, ttl=4 * HOUR, show_spinner=False)
def _small_model(
    file: str, settled: tuple[tuple[str, str], ...], _kept: tuple[str, bytes] | None
) -> Model:
    return _read(file, settled, _kept)


@st.cache_resource(max_entries=3, ttl=4 * HOUR, show_spinner=False)
def _large_model(
    file: str, settled: tuple[tuple[str, str], ...], _kept: tuple[str, bytes] | None
) -> Model:
    return _read(file, settled, _kept)


def _read(file: str, settled: tuple[tuple[str, str], ...], kept: tuple[str, bytes] | None) -> Model:
    name, data = kept or _file_by_size(file, None)
    return load_model(data, name=name, **dict(settled))


def keep_trained(subject: Trained) -> None:
    """Keep a network that was trained here for a while: in every session under its own name."""
    keep = _large_trained if subject.model.size > LARGE_NETWORK else _small_trained
    keep(name=subject.name, _kept=subject)


def trained(name: str) -> Trained | None:
    """Return the trained network of this name, where it is still in memory."""
    for kept in (_small_trained, _large_trained):
        try:
            subject: Trained = kept(name=name, _kept=None)
        except LookupError:
            continue
        return subject
    return None


@st.cache_resource(max_entries=128, ttl=4 * HOUR, show_spinner=False)
def _small_trained(name: str, _kept: Trained | None) -> Trained:
    return _there(_kept)


@st.cache_resource(max_entries=4, ttl=4 * HOUR, show_spinner=False)
def _large_trained(name: str, _kept: Trained | None) -> Trained:
    return _there(_kept)


def _there(kept: Trained | None) -> Trained:
    if kept is None:
        raise LookupError
    return kept


def network(name: str) -> Subject:
    """Return the demo or the trained network of this name; the first demo where neither is."""
    return trained(name) or demo_of(View(demo=name))


def demo_of(view: View) -> Demo:
    """Return the demo that a view names, or the first where it isn't there."""
    names = demo_names()
    return demo(name=view.demo if view.demo in names else names[0])


def open_view(view: View, held: Found | None, chosen: Subject | None = None) -> Opened:
    """Load what the view asks for; `held` is the session's own sequence, if it has one.

    `chosen` is the network, that of the view's demo where it isn't given; a view of a model that
    the reader brought names no demo. A demo or a sequence that isn't there takes the first; a
    text or an upload that cannot be had is told in `problem`.
    """
    chosen = chosen or demo_of(view)
    source = view.source
    found = held or _found(name=chosen.name, kind=source.kind, value=source.value, _chosen=chosen)
    run = model_run(chosen, found)
    name = "" if isinstance(chosen, Uploaded) else chosen.name
    return Opened(view=_fitting(view.replace(demo=name), run), demo=chosen, found=found, run=run)


@st.cache_resource(max_entries=512, ttl=HOUR, show_spinner=False)
def _found(name: str, kind: SourceKind, value: str, _chosen: Subject) -> Found:
    """The sequence that this source names for the network `name`."""
    chosen, source = _chosen, Source(kind=kind, value=value)
    own = {example.sequence.name: example.sequence for example in chosen.examples}
    shown = value if value in own else chosen.examples[0].sequence.name
    problem = ""
    if kind == "seed":
        return Found(source=source, sequence=chosen.random_sequence(int(value)))
    if kind == "text":
        try:
            return Found(source=source, sequence=typed(chosen, value))
        except UploadError as error:
            problem = words.text_unreadable(str(error), shown)
    if kind == "upload":
        problem = words.upload_missing(value, shown)
    named = Source(kind="sequence", value=shown)
    return Found(source=named, sequence=own[shown], problem=problem)


def typed(chosen: Subject, text: str) -> Sequence:
    """Return the sequence that a text spells here; UploadError where it spells none."""
    encoder = chosen.model.encoder
    if encoder is None:
        raise UploadError(f"{chosen.title} has no encoder: a text cannot be read.")
    return sequence_from_text(text, encoder, chosen.max_timesteps)


def _fitting(view: View, run: ModelRun) -> View:
    """The view with a layer, a direction, a timestep and a unit that this run has."""
    layer = view.layer if view.layer < len(run.layers) else 0
    there = view.direction == "forward" or run.layers[layer].backward is not None
    units = run.layers[layer].forward.parameters.hidden_size
    fitting = view.replace(layer=layer, direction=view.direction if there else "forward")
    return fitting.within(timesteps=run.timesteps, units=units)


def model_run(chosen: Subject, found: Found) -> ModelRun:
    """Return the run of a network over a sequence, computed once."""
    units = sum(layer.hidden_size for layer in chosen.model.layers)
    keep = _long_run if len(found.sequence) * units > LONG_RUN else _short_run
    run: ModelRun = keep(
        name=chosen.name,
        sequence_id=found.sequence.id,
        _demo=chosen,
        _sequence=found.sequence,
    )
    return run


@st.cache_resource(max_entries=512, ttl=HOUR, show_spinner=False)
def _short_run(name: str, sequence_id: str, _demo: Subject, _sequence: Sequence) -> ModelRun:
    return _demo.model.run(_sequence)


@st.cache_resource(max_entries=6, ttl=HOUR, show_spinner=False)
def _long_run(name: str, sequence_id: str, _demo: Subject, _sequence: Sequence) -> ModelRun:
    return _demo.model.run(_sequence)


def truth_at(opened: Opened) -> frozenset[str] | Array | None:
    """Return what is true at the view's timestep, (K,) numbers or a set of symbols.

    None where nobody knows; the sequence is judged once.
    """
    true = _truth(name=opened.demo.name, sequence_id=opened.found.sequence.id, _opened=opened)
    at: frozenset[str] | Array | None = None if true is None else true[opened.view.t]
    return at


@st.cache_resource(max_entries=64, ttl=HOUR, show_spinner=False)
def _truth(name: str, sequence_id: str, _opened: Opened) -> Targets | None:
    return _opened.demo.truth.targets(_opened.found.sequence)


def scene(opened: Opened) -> Scene:
    """Return what the stage plays for this view, packed once."""
    view = opened.view
    long = len(opened.run.inputs) * opened.trace.parameters.hidden_size > LONG_RUN
    keep = _long_scene if long else _short_scene
    packed: Scene = keep(
        name=opened.demo.name,
        sequence_id=opened.found.sequence.id,
        layer=view.layer,
        way=view.direction,
        _opened=opened,
    )
    return packed


@st.cache_resource(max_entries=256, ttl=HOUR, show_spinner=False)
def _short_scene(name: str, sequence_id: str, layer: int, way: str, _opened: Opened) -> Scene:
    return _packed(_opened)


@st.cache_resource(max_entries=6, ttl=HOUR, show_spinner=False)
def _long_scene(name: str, sequence_id: str, layer: int, way: str, _opened: Opened) -> Scene:
    return _packed(_opened)


def _packed(opened: Opened) -> Scene:
    strip = strip_of(opened.demo, opened.found.sequence, opened.run)
    layers = opened.demo.model.layers
    note = ""
    if len(layers) > 1 or layers[0].bidirectional:
        way = words.DIRECTIONS[opened.view.direction].lower()
        note = f"{layers[opened.view.layer].name}, {way}"
    return build_scene(opened.trace, strip, layer_note=note)
