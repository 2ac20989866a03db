"""Another network on the sequence of the stage: a twin of the demo's, or another file's.

What the reader wants to find out: what a network does otherwise after it was trained further; or
whether another kind of cell does the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

import numpy as np
import streamlit as st

from lstm_core import ModelFileError, SequenceError
from lstm_core.analysis.alignment import aligned, parting
from lstm_core.model import ModelRun
from lstm_core.model.readout import Readout
from lstm_core.record import Array
from lstm_core.run.trace import Trace
from lstm_core.subject import Subject

from ...session import demos, model_files, state
from ...session.opened_view import OpenedView, trace_of
from ...session.runs import model_run
from ...session.subjects import Uploaded
from ...words import pair as words
from ...words.formatting import paragraph
from ...words.phrases import said
from .figure_config import figure_config
from .labels import here

FILE = "other-network"  # the uploader
CLEARLY = 0.1  # of probability: answers that are nearer to each other do not differ


def two_networks(opened: OpenedView) -> None:
    """Show the network of the stage beside another one, on the same sequence."""
    st.html(here(opened))
    offered = dict(_others(opened))
    own = isinstance(opened.subject, Uploaded)
    if offered:
        name = st.selectbox(words.OTHER, list(offered), key="pair-network", width=420)
        _compare(opened, offered[name])
    else:
        _say(words.ALONE if own else words.ALONE_HERE)
    if own:
        _uploader()


def _say(*sentences: str) -> None:
    st.html(f'<p class="finding">{escape(paragraph(sentences))}</p>')


def _uploader() -> None:
    """The door for another file, which leaves that on the stage where it is."""
    key = f"{FILE}-{len(state.opened_models())}"
    st.file_uploader(
        words.GIVE,
        accept_multiple_files=True,
        key=key,
        max_upload_size=model_files.MODEL_MB,
        on_change=_take,
        args=(key,),
    )


def _take(key: str) -> None:
    files = {file.name: file.getvalue() for file in state.widget_value(key) or ()}
    if not files:
        return
    name, data = model_files.together(files)
    try:
        state.remember_model(model_files.keep_model_file(name, data), name)
    except ModelFileError as error:
        state.show_notice(str(error))


def _others(opened: OpenedView) -> Iterator[tuple[str, Subject]]:
    """The other networks that can read what is on the stage, by name."""
    for name, subject in (*_files(opened), *_twins(opened)):
        reader = opened.read_by(subject)
        if subject.name != opened.subject.name and _reads(reader, opened):
            yield name, reader


def _files(opened: OpenedView) -> Iterator[tuple[str, Subject]]:
    """The other files of this session; of each the chain that stands where the open one does."""
    held = state.held_model()
    if held is None:
        return
    for file, name in state.opened_models().items():
        if file == held["file"]:
            continue
        try:
            yield name, model_files.uploaded_chain(file, name, held["layer"], {})
        except (model_files.ModelGoneError, ModelFileError):
            continue


def _twins(opened: OpenedView) -> Iterator[tuple[str, Subject]]:
    """A demo's own network and its twins."""
    demo = opened.view.demo
    if demo in demos.demo_names():
        yield demos.demo(demo).title, demos.demo(demo)
        for name in demos.twin_names(demo):
            yield demos.twin(demo, name).title, demos.twin(demo, name)


def _reads(subject: Subject, opened: OpenedView) -> bool:
    """Whether a network can read the sequence on the stage."""
    encoder, mine = subject.model.encoder, opened.subject.model.encoder
    if encoder is None or mine is None or encoder.reads_symbols != mine.reads_symbols:
        return False
    try:
        encoder.check_readable(opened.unchanged_sequence)
    except SequenceError:
        return False
    return True


def _compare(opened: OpenedView, other: Subject) -> None:
    run = model_run(other, opened.unchanged_sequence)
    layer = min(opened.view.layer, len(run.layers) - 1)
    trace = trace_of(run, opened.view.replace(layer=layer))
    _say(*_apart(opened, trace), *_answers(opened, run, other.model.readout))
    if isinstance(other, Uploaded) and _leaves_open(other):
        _say(words.UNTOLD)
    if _alike(opened, trace):
        _picture(opened, trace)
        st.html(f'<p class="note">{escape(words.NETWORKS_NOTE)}</p>')
    else:
        st.html(f'<p class="note">{escape(words.OTHER_SIZE)}</p>')


def _leaves_open(subject: Uploaded) -> bool:
    found = subject.whole.findings
    return bool(found and any(one.keyword and one.choices for one in found.assumptions))


def _alike(opened: OpenedView, trace: Trace) -> bool:
    """Whether a unit of one network can be held against the same unit of the other."""
    mine = opened.unchanged_trace
    return mine.kind == trace.kind and mine.parameters.hidden_size == trace.parameters.hidden_size


def _apart(opened: OpenedView, trace: Trace) -> list[str]:
    """Where the memories part, and by which unit."""
    if not _alike(opened, trace):
        return []
    memory, time = trace.vocabulary.memory, np.arange(len(trace))
    found = parting(opened.unchanged_trace, trace, aligned(time, time, "position"), memory)
    if found is None:
        return [words.SAME]
    title = {s.name: said(s.title).lower() for s in trace.vocabulary.recorded}[memory]
    return [words.parts(found.first, found.second, found.unit, found.difference, title)]


def _answers(opened: OpenedView, run: ModelRun, readout: Readout | None) -> list[str]:
    """Where what they answer differs."""
    mine, first, second = (
        opened.subject.model.readout,
        opened.unchanged.predictions,
        run.predictions,
    )
    if mine is None or readout is None or first is None or second is None:
        return []
    if mine.labels != readout.labels or mine.activation != readout.activation:
        return []
    if mine.activation == "linear":
        return [_furthest(mine.labels, first, second)]
    apart = np.flatnonzero(np.abs(second - first).max(axis=1) > CLEARLY)
    if not len(apart):
        return [words.SAME_ANSWERS]
    t = int(apart[0])
    k = int(np.abs(second[t] - first[t]).argmax())
    part = words.answers_part(t, mine.labels[k], float(first[t, k]), float(second[t, k]))
    return [part, words.answers_differ(len(apart), len(first))]


def _furthest(labels: tuple[str, ...], first: Array, second: Array) -> str:
    t, k = np.unravel_index(int(np.abs(first - second).argmax()), first.shape)
    return words.furthest(int(t), labels[k], float(first[t, k]), float(second[t, k]))


def _picture(opened: OpenedView, trace: Trace) -> None:
    """One unit's memory in both networks, and the difference of all units."""
    from ...figures.what_if import changed_memory

    memory = trace.vocabulary.memory
    figure = changed_memory(
        opened.unchanged_trace.series(memory),
        trace.series(memory),
        opened.view.unit,
        memory,
        names=(words.A, words.B),
        dark=state.is_dark(),
    )
    st.plotly_chart(
        figure, theme=None, key="networks-picture", config=figure_config("networks-picture")
    )
