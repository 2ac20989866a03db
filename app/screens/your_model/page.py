"""Your model: open the file that a framework wrote, and step through it.

What the reader wants to find out here, in this order:

1. Can it read my file, and does it read it right?   what was found, in which gate order
2. What does my network do?                           layer, direction, sequence; stage and details
3. Is that really what my framework computes?         Check it against your framework
4. What is wrong with what I wrote myself?            Find the fault
5. How do I take it elsewhere?                        Save as
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

import streamlit as st

from lstm_core import Model, ModelFileError
from lstm_core.formats import model_bytes
from lstm_core.model.findings import Assumption

from ...components.address import spell_address
from ...figures import model_findings
from ...session import model_files, state
from ...session.local_files import LocalFiles, contents, local_files
from ...session.opened_view import OpenedView
from ...session.subjects import Uploaded, first_of_chain
from ...session.view import Source
from ...words import your_model as model_words
from ...words.formatting import paragraph, told_apart
from ..shared import details, opening, stage_panel, toolbar
from ..shared.model_door import model_door
from . import captured, doctor, download, reference_check

MERGE = "merge"  # the keyword of `load_model` for how two directions are put together
READS = "reads"  # that for how what stands behind the layers reads time
START = "start"  # that for whether layers begin with states that stand beside them
OTHER = "other-file"  # the popover
LOCAL = "local-files"  # whether the files that the app was started with were opened
FILE = "model-file"
LISTED = 32  # characters of a list's entry that a phone shows
MOST_BUTTONS = 4  # of one question; more answers are a list


def page() -> None:
    """Show the page."""
    state.open_page("model")
    model = _open_model()
    if model is None:
        _welcome()
        return
    opened = opening.open_now()
    opening.remember(opened)
    _file_line(model)
    captured.proof(model)
    with st.container(horizontal=True, key="row", vertical_alignment="bottom"):
        if toolbar.shows(opened, "layer"):
            _layer_picker(model, opened)
            toolbar.direction_picker(opened)
        toolbar.sequence_controls(opened, model_words.NEW_HELP)
    layer = opened.subject.model.layers[opened.view.layer]
    on_stage = model_words.on_stage(layer.name, layer.kind, layer.convention)
    toolbar.sentences(opened, paragraph([on_stage, *_about_answers(opened.subject.model)]))
    stage_panel.play()
    details.tabs()
    reference_check.check()
    doctor.doctor()
    download.save(model)


def _about_answers(model: Model) -> list[str]:
    """Say where a prediction stands that is not one of a timestep."""
    if model.readout is None:
        return []
    if model.answers_from_all:
        knowing = model.looks_ahead or any(layer.reads_ahead for layer in model.layers)
        return [model_words.ANSWERS_ONCE_KNOWING if knowing else model_words.ANSWERS_ONCE]
    if model.looks_ahead:
        return [model_words.ATTENDS]
    return [model_words.ANSWERS_BACKWARDS] if model.layers[-1].running_order else []


def _open_model() -> Uploaded | None:
    """The model that is open; None where there is none, or where it is gone, which is said."""
    held = state.held_model() or _open_local_files()
    if held is None:
        return None
    try:
        return model_files.uploaded_chain(**held)
    except (model_files.ModelGoneError, ModelFileError) as error:
        state.show_notice(str(error))
        return None


def _open_local_files() -> dict[str, Any] | None:
    """Open what the app was started with, once a session; None where nothing is open then."""
    files = local_files()
    if files is None or state.page_value(LOCAL):
        return None
    state.remember_for_page(LOCAL, True)
    try:
        _open(*_local_model(files))
        if state.held_model() is None:
            return None
        _show_layer(files.layer)
        given = [state.add_upload(name, data) for name, data in contents(files.sequences).items()]
    except OSError as problem:
        state.show_notice(model_words.not_read(problem.filename, problem.strerror))
        return state.held_model()
    if given:
        state.open_preview(given[0], {}, together=tuple(upload.id for upload in given[1:]))
    return state.held_model()


def _local_model(files: LocalFiles) -> tuple[str, bytes | Path]:
    """The name of a model of this machine, and its path; of several files their bytes as one.

    Raises OSError where one cannot be read.
    """
    if len(files.model) > 1:
        return model_files.together(contents(files.model))
    path = files.model[0]
    with path.open("rb"):
        return path.name, path


def _welcome() -> None:
    """Ask for a file, and offer one of ours to whoever has none."""
    state.remember_address()  # says so where what had been given is gone
    spell_address(state.in_address({}))
    st.html(model_findings.welcome())
    toolbar.problem()
    _uploader()
    with st.container(horizontal=True, key="sample", vertical_alignment="center"):
        st.html(f'<p class="hint">{escape(model_words.NO_MODEL)}</p>', width="content")
        st.button(model_words.TRY, help=model_words.TRY_HELP, on_click=_open_sample)
        st.download_button(
            model_words.SAMPLE,
            _sample,
            file_name=model_words.SAMPLE_NAME,
            mime="application/octet-stream",
            on_click="ignore",
        )
    captured.how_to()


def _uploader() -> None:
    """The door; a new key each time a file was opened, so that the old one is let go."""
    key = f"{FILE}-{(state.held_model() or {}).get('file', '')}"
    model_door(model_words.FILE, key, _open)


def _open_sample() -> None:
    _open(model_words.SAMPLE_NAME, _sample())


def _sample() -> bytes:
    """A trained model of ours as any program could have written it."""
    return model_bytes(model_files.sample().model, ".safetensors")


def _open(name: str, content: bytes | Path) -> None:
    """Put a file's first layer on the stage; what cannot be opened changes nothing."""
    try:
        file = model_files.keep_model_file(name, content)
    except ModelFileError as error:
        kept = state.held_model() is not None
        state.show_notice(model_words.model_kept(str(error)) if kept else str(error))
        return
    state.hold_model(file, name)
    state.clear_notice()
    state.set_widget(OTHER, False)


def _file_line(model: Uploaded) -> None:
    """Say what was found, ask what the file does not say, and offer to open another file."""
    with st.container(horizontal=True, key="file", vertical_alignment="center"):
        st.html(model_findings.summary_line(model.title, model.whole))
        popover = st.popover(
            model_words.OTHER,
            help=model_words.OTHER_HELP,
            icon=":material/folder_open:",
            key=OTHER,
            on_change="rerun",
        )
    with popover:
        _uploader()
        st.html(f'<p class="hint">{escape(model_words.PRIVATE)}</p>')
    with st.expander(model_words.FOUND):
        st.html(model_findings.layers_table(model.whole) + model_findings.remarks(model.whole))
    with st.container(horizontal=True, key="questions"):
        _questions()


def _questions() -> None:
    """Ask what the file does not say, where an answer is known to be one of a few."""
    held = state.held_model()
    assert held is not None
    _part_picker(held)
    for keyword, assumption in model_files.questions(
        held["file"], held["name"], held["answers"]
    ).items():
        key = f"answers-{held['file']}-{held['answers'].get(model_files.PART, '')}-{keyword}"
        state.set_widget(key, held["answers"].get(keyword, assumption.value))
        _question(keyword, assumption, key)


def _question(keyword: str, assumption: Assumption, key: str) -> None:
    """Show one question: a few answers side by side; more, or names from the file, in a list.

    The entries of a list are never markup.
    """
    label, choices = model_words.ASKED.get(keyword, keyword), assumption.choices
    named = {
        MERGE: model_words.merge_choice,
        model_files.CHAIN: model_words.chain_choice,
        READS: model_words.reads_choice,
        START: model_words.start_choice,
        model_files.BACKWARDS: model_words.backwards_choice,
        model_files.RESIDUAL: model_words.residual_choice,
    }
    say = named.get(keyword, model_words.activation_choice)
    labels = dict(zip(choices, told_apart([*map(say, choices)], LISTED), strict=True))
    common: dict[str, Any] = {
        "format_func": labels.__getitem__,
        "help": assumption.reason,
        "key": key,
        "on_change": _answer,
        "args": (keyword, key),
    }
    if keyword in model_files.DEPENDING:
        st.selectbox(label, choices, width=420, **common)
    elif len(choices) > MOST_BUTTONS:
        st.selectbox(label, choices, width=260, **common)
    else:
        st.segmented_control(label, choices, required=True, **common)


def _part_picker(held: dict[str, Any]) -> None:
    """Which of several models in the file is open; a list, whose entries are never markup."""
    parts = model_files.parts(held["file"])
    if not parts:
        return
    key = f"part-{held['file']}"
    state.set_widget(key, held["answers"].get(model_files.PART, parts[0]))
    labels = dict(zip(parts, told_apart(parts, LISTED), strict=True))
    st.selectbox(
        model_words.PART,
        parts,
        format_func=labels.__getitem__,
        help=model_words.PART_HELP,
        key=key,
        on_change=_answer,
        args=(model_files.PART, key),
        width=420,
    )


def _answer(keyword: str, key: str) -> None:
    """Read the file again by what the reader says; another part or order begins at its start."""
    held = state.held_model()
    assert held is not None
    try:
        answers = model_files.with_answer(
            held["file"], held["name"], held["answers"], keyword, state.widget_value(key)
        )
    except (model_files.ModelGoneError, ModelFileError) as error:
        state.show_notice(model_words.model_kept(str(error)))
        return
    state.change_model(answers=answers)
    if keyword in model_files.SETTLES:
        state.change_model(layer=0)
        state.change_view(layer=0, source=Source())


def _layer_picker(model: Uploaded, opened: OpenedView) -> None:
    """Which layer of the file is on the stage; a list, whose entries are never markup."""
    layers = model.whole.layers
    if len(layers) == 1:
        return
    called = (model_words.layer_choice(k, one.name, one.kind) for k, one in enumerate(layers))
    labels = told_apart([*called], LISTED)
    key = f"layer-{model.name}"
    state.set_widget(key, model.first + opened.view.layer)
    st.selectbox(
        model_words.LAYER,
        range(len(layers)),
        format_func=labels.__getitem__,
        key=key,
        on_change=_pick_layer,
        args=(key,),
        width=320,
    )


def _pick_layer(key: str) -> None:
    _show_layer(state.widget_value(key))


def _show_layer(chosen: int) -> None:
    """Show another layer; where it belongs to another chain, with a sequence of that chain."""
    model = _open_model()
    if model is None:
        return
    first = first_of_chain(model.whole, chosen)
    state.clear_notice()
    if first == model.first:
        state.change_view(layer=chosen - first)
        return
    state.change_model(layer=chosen)
    state.change_view(layer=chosen - first, source=Source())
