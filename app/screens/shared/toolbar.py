"""The row above the stage: which network, which sequence, and the link to all of it."""

from __future__ import annotations

import secrets
from dataclasses import replace
from html import escape

import streamlit as st

from ...figures import recipe
from ...incidents import contained
from ...session import demos, state, trained_networks
from ...session.cells import cells_of, twin_results
from ...session.opened_view import OpenedView
from ...session.subjects import Unknown, title_of
from ...session.view import Control, Source, View
from ...words import common as words
from ...words import train as train_words
from ...words import your_model as model_words
from ...words.formatting import paragraph
from ...words.phrases import said
from . import links, sequence_input, upload_preview, what_was_read
from .fragments import PANEL, QUESTION, ROW, STAGE, whole_page
from .opening import open_now

_ALONE = {"sequence", "seed"}  # sources of which no part of the page but these tells
SEEDS = 10_000  # seeds that the button draws from: short enough to read aloud


def controls(opened: OpenedView) -> None:
    """Show the one row of controls, and where there are several layers which one is shown."""
    _row()
    if shows(opened, "layer"):
        layer_picker(opened)


@st.fragment(key=ROW)
@contained
def _row() -> None:
    opened = open_now()
    with st.container(horizontal=True, key="row", vertical_alignment="bottom"):
        if shows(opened, "network"):
            _demo_picker(opened)
        if shows(opened, "cell"):
            _cell_picker(opened)
        sequence_controls(opened, words.NEW_HELP)
        if shows(opened, "link"):
            links.copy_link()


def shows(opened: OpenedView, control: Control) -> bool:
    """Return whether a control is there: a lesson link can leave it out."""
    return control not in opened.view.hidden


def sequence_controls(opened: OpenedView, new_help: str) -> None:
    """Show what chooses the sequence: the network's own, typed, uploaded or drawn anew."""
    if shows(opened, "sequence"):
        _sequence_picker(opened)
    if shows(opened, "own"):
        sequence_input.typing(opened)
        sequence_input.uploading(opened)
    if shows(opened, "new"):
        st.button(words.NEW, key="new", help=new_help, icon=":material/casino:", on_click=_draw)


def sentences(opened: OpenedView, lead: str = "") -> None:
    """Say what the network is asked, what is read here, and what went wrong, if anything did.

    `lead` comes first. A file that is not run yet is shown above all that.
    """
    upload_preview.preview()
    if state.opened_page() == "explore":
        _question_apart()
    else:
        _question(introduction(opened, lead))
    what_was_read.what_was_read(opened)
    problem()


@st.fragment(key=QUESTION)
@contained
def _question_apart() -> None:
    _question(introduction(open_now()))


def _question(asked: str) -> None:
    st.html(f'<p class="question">{escape(asked)}</p>')


def introduction(opened: OpenedView, lead: str = "") -> str:
    """Return what the network is asked and what is read here, in sentences behind `lead`.

    Of a twin it is said that it is one; what a sequence's note says is true of the demo's own
    network.
    """
    subject, source = opened.subject, opened.view.source
    notes = [lead, said(subject.question)]
    is_twin = opened.view.cell != View.cell
    if is_twin:
        notes.append(words.twin(title_of(subject)))
        notes.append(words.twin_results(twin_results(opened)))
    own = {example.sequence.name: example.note for example in subject.examples}
    if source.kind == "sequence" and not is_twin:
        notes.append(said(own[source.value]))
    if source.kind == "seed" and isinstance(subject.truth, Unknown):
        notes.append(model_words.DRAWN)
    if subject.model.encoder and subject.model.encoder.scaling:
        notes.append(words.scaling(subject.model.encoder.scaling))
    if not source.in_link:
        notes.append(words.not_in_link(source.value))
    return paragraph(notes)


def problem() -> None:
    """Say what went wrong, if anything did.

    The place is kept where nothing did: an element that comes and goes would move what stands
    below, and a stage that is moved begins anew.
    """
    place = st.empty()
    if sentence := state.notice():
        wanted = state.notice_recipe()
        link = recipe.link(wanted, train_words.RECIPE_LINK) if wanted else ""
        place.html(f'<p class="problem" role="alert">{escape(sentence)} {link}</p>')


def _demo_picker(opened: OpenedView) -> None:
    state.set_widget("demo", opened.view.demo)
    here = [name for name in state.trained_names() if trained_networks.trained(name)]
    titles = _titles([*demos.demo_names(), *here])
    st.selectbox(
        words.DEMO,
        list(titles),
        format_func=lambda name: titles.get(name, name),
        key="demo",
        on_change=_pick_demo,
        label_visibility="collapsed",
        width=360 if here else 260,
    )


def _cell_picker(opened: OpenedView) -> None:
    """Show the cells that solve this task, where there are several, at the same timestep."""
    there = cells_of(opened.view.demo)
    if len(there) > 1:
        state.set_widget("cell", opened.view.cell)
        st.segmented_control(
            words.CELL,
            there,
            format_func=train_words.SHORT.__getitem__,
            key="cell",
            label_visibility="collapsed",
            help=words.CELL_HELP,
            required=True,
            on_change=_pick,
            args=("cell",),
            width="content",
        )


def _titles(names: list[str]) -> dict[str, str]:
    """A title for each network, each one different: the reader chooses by the title alone."""
    titles: dict[str, str] = {}
    for name in names:
        title = title_of(trained_networks.network(name))
        alike = sum(known.partition(" · ")[0] == title for known in titles.values())
        titles[name] = f"{title} · {alike + 1}" if alike else title
    return titles


def _pick_demo() -> None:
    state.clear_notice()
    state.change_view(demo=state.widget_value("demo"), source=Source())
    whole_page()


def _sequence_picker(opened: OpenedView) -> None:
    """The demo's own sequences, all that the reader gave, and whatever else is on the stage."""
    own = [Source(value=example.sequence.name) for example in opened.subject.examples]
    given = [Source(kind="upload", value=upload.name) for upload in state.listed_uploads()]
    current = replace(opened.view.source, place=0)
    sources = {_key(source): source for source in (*own, *given, current)}
    key = f"sequence-{opened.subject.name}"
    state.set_widget(key, _key(current))
    st.selectbox(
        words.SEQUENCE,
        list(sources),
        format_func=lambda name: sequence_title(sources.get(name), name),
        key=key,
        on_change=_pick_sequence,
        args=(key, sources),
        label_visibility="collapsed",
    )


def _key(source: Source) -> str:
    """The id of a sequence in the picker."""
    return source.value if source.kind == "sequence" else f"{source.kind}:{source.value}"


def sequence_title(source: Source | None, picked: str = "") -> str:
    """Return what a sequence is called in the picker; one that is not listed as it was picked."""
    if source is None:
        return said(picked)
    if source.kind == "sequence":
        return said(source.value)
    return words.own_sequence(source.kind, source.value)


def _pick_sequence(key: str, sources: dict[str, Source]) -> None:
    """Show what was picked; a list that was drawn for another view may name one that is gone."""
    source = sources.get(state.widget_value(key))
    if source is None:
        return
    upload = state.upload_named(source.value) if source.kind == "upload" else None
    if upload is not None:
        sequence_input.choose_upload(upload)
    elif state.preview():
        state.close_preview()
        sequence_input.show(source)
    else:
        _show(source)
    whole_page()


def _draw() -> None:
    _show(Source(kind="seed", value=str(secrets.randbelow(SEEDS))))


def _show(source: Source) -> None:
    """Put a sequence on the stage; on Explore those parts of the page that show it run alone.

    All else is drawn already, but for what is said above the stage of a sequence or a file that the
    reader gave, and of what went wrong.
    """
    view = state.current_view()
    apart = (
        state.opened_page() == "explore"
        and {view.source.kind, source.kind} <= _ALONE
        and "details" not in view.hidden
        and not state.notice()
        and not state.preview()
    )
    sequence_input.show(source)
    if apart:
        state.remember_page()
        st.rerun([ROW, QUESTION, STAGE, PANEL])
    whole_page()


def layer_picker(opened: OpenedView) -> None:
    """Show which layer and direction is on the stage, where there are several."""
    layers = opened.subject.model.layers
    if len(layers) > 1:
        state.set_widget("layer", opened.view.layer)
        st.segmented_control(
            words.LAYER,
            range(len(layers)),
            format_func=lambda k: layers[k].name,
            key="layer",
            required=True,
            on_change=_pick,
            args=("layer",),
        )
    direction_picker(opened)


def direction_picker(opened: OpenedView) -> None:
    """Show which of two directions is on the stage."""
    if opened.subject.model.layers[opened.view.layer].bidirectional:
        state.set_widget("direction", opened.view.direction)
        st.segmented_control(
            words.DIRECTION,
            list(words.DIRECTIONS),
            format_func=words.DIRECTIONS.__getitem__,
            key="direction",
            required=True,
            on_change=_pick,
            args=("direction",),
        )


def _pick(name: str) -> None:
    state.change_view(**{name: state.widget_value(name)})
    whole_page()
