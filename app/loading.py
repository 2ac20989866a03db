"""What is loaded or computed once and shared by all sessions: the only module that caches.

Caches are keyed by words and hashes and hold immutable records; they are asked by keyword,
because Streamlit inspects a function's signature for every positional argument. A run of a
short sequence is small and there are many of them; a long one is large, so few are kept.
"""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path

import streamlit as st

from app.stage import Scene, build_scene
from lstm_core.demo import Demo, list_demos, load_demo
from lstm_core.model import ModelRun
from lstm_core.record import record
from lstm_core.trace import Trace

from . import words
from .strips import strip_of
from .uploads import Given, UploadError, plain, sequence_from_text
from .view import Source, SourceKind, View

DEMOS = Path(__file__).resolve().parent.parent / "assets" / "demos"
LONG_RUN = 200_000  # timesteps times units
HOUR = 3600


@record
class Found:
    """The sequence that a source names, or another and the reason why."""

    source: Source
    sequence: Given
    sequence_id: str  # the same for the same sequence, in every session
    problem: str = ""


@record
class Opened:
    """What a view asks for, loaded: the demo, the sequence and its run.

    `found.source` is what is really shown; where that isn't what the view asked for,
    `found.problem` says why in one sentence. `view` fits the run: its timestep, unit, layer and
    direction are there.
    """

    view: View
    demo: Demo
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


def open_view(view: View, held: Found | None) -> Opened:
    """Load what the view asks for; `held` is the session's own sequence, if it has one.

    A demo or a sequence that isn't there takes the first; a text or an upload that cannot be
    had is told in `problem`.
    """
    names = demo_names()
    chosen = demo(name=view.demo if view.demo in names else names[0])
    found = held or _found(name=chosen.name, kind=view.source.kind, value=view.source.value)
    run = model_run(chosen, found)
    return Opened(
        view=_fitting(view.replace(demo=chosen.name), run),
        demo=chosen,
        found=found,
        run=run,
    )


@st.cache_resource(max_entries=512, ttl=HOUR, show_spinner=False)
def _found(name: str, kind: SourceKind, value: str) -> Found:
    """The sequence that this source names in the demo `name`."""
    chosen, source = demo(name), Source(kind=kind, value=value)
    own = {named.name: named for named in chosen.sequences}
    shown = own.get(value, chosen.sequences[0]).name
    problem = ""
    if kind == "seed":
        return identified(source, plain(chosen.random_sequence(int(value))))
    if kind == "text":
        try:
            return identified(source, typed(chosen, value))
        except UploadError as error:
            problem = words.text_unreadable(str(error), shown)
    if kind == "upload":
        problem = words.upload_missing(value, shown)
    return identified(Source(kind="sequence", value=shown), plain(own[shown].sequence), problem)


def identified(source: Source, sequence: Given, problem: str = "") -> Found:
    """Return a sequence with its fingerprint."""
    digest = blake2b(repr(sequence).encode(), digest_size=12).hexdigest()
    return Found(source=source, sequence=sequence, sequence_id=digest, problem=problem)


def typed(chosen: Demo, text: str) -> Given:
    """Return the sequence that a text spells for this demo; UploadError where it spells none."""
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


def model_run(chosen: Demo, found: Found) -> ModelRun:
    """Return the run of a demo's model over a sequence, computed once."""
    units = sum(layer.hidden_size for layer in chosen.model.layers)
    keep = _long_run if len(found.sequence) * units > LONG_RUN else _short_run
    run: ModelRun = keep(
        name=chosen.name,
        sequence_id=found.sequence_id,
        _demo=chosen,
        _sequence=found.sequence,
    )
    return run


@st.cache_resource(max_entries=512, ttl=HOUR, show_spinner=False)
def _short_run(name: str, sequence_id: str, _demo: Demo, _sequence: Given) -> ModelRun:
    return _demo.model.run(_sequence)


@st.cache_resource(max_entries=6, ttl=HOUR, show_spinner=False)
def _long_run(name: str, sequence_id: str, _demo: Demo, _sequence: Given) -> ModelRun:
    return _demo.model.run(_sequence)


def scene(opened: Opened) -> Scene:
    """Return what the stage plays for this view, packed once."""
    view = opened.view
    long = len(opened.run.inputs) * opened.trace.parameters.hidden_size > LONG_RUN
    keep = _long_scene if long else _short_scene
    packed: Scene = keep(
        name=view.demo,
        sequence_id=opened.found.sequence_id,
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
