"""Takes sequences from the reader: typed, pasted, or as files.

What can't be read changes nothing: what is wrong with it is said where it was given.
"""

from __future__ import annotations

from html import escape

import streamlit as st

from lstm_core.model.encoders import Encoder

from ...inputs import UploadError
from ...inputs.decisions import is_correctable
from ...inputs.understanding.by_vocabulary import VOCABULARY
from ...inputs.understanding.limits import MAX_SEQUENCES
from ...inputs.writing import text_of
from ...session import state
from ...session.opened_view import OpenedView
from ...session.own_sequence import is_long, is_plain, typed, understood
from ...session.uploads import UPLOAD_MB, Answers, Upload
from ...session.view import INLINE_LIMIT, Source
from ...session.vocabularies import answer_of, vocabulary_among
from ...words import common as words
from ...words import uploads as upload_words
from ...words.formatting import paragraph
from .fragments import whole_page
from .opening import network

TYPING, UPLOADING = "typing", "uploading"  # the popovers, and where their faults are said
MOST_FAULTS = 3  # that are said of files given at once
EDITABLE = 2000  # numbers or symbols that are still a text to edit by hand


def typing(opened: OpenedView) -> None:
    """Show a popover with the sequence as text, to change or to replace."""
    key = f"text-{opened.subject.name}-{opened.sequence.id}"
    popover = st.popover(
        words.TYPE, help=words.TYPE_HELP, icon=":material/edit:", key=TYPING, on_change="rerun"
    )
    with popover, st.form("typed", border=False):
        st.text_area(words.TYPED_LABEL, value=_shown_text(opened), key=key)
        st.html(f'<p class="hint">{escape(_hint(opened))}</p>')
        st.form_submit_button(words.RUN, type="primary", on_click=_run_typed, args=(key,))
        _show_fault(TYPING)


def _shown_text(opened: OpenedView) -> str:
    """The text of a sequence, where it is short enough to be edited by hand."""
    sequence, encoder = opened.sequence, opened.subject.model.encoder
    width = 1 if sequence.numbers is None else sequence.numbers.shape[1]
    short = len(sequence) <= INLINE_LIMIT and len(sequence) * width <= EDITABLE
    return text_of(sequence, encoder.columns if encoder else ()) if short else ""


def _hint(opened: OpenedView) -> str:
    encoder = opened.subject.model.encoder
    return words.typed_hint(encoder.columns, encoder.alphabet) if encoder else ""


def _has_lines(encoder: Encoder | None) -> bool:
    """Whether this network reads text in lines, in which every space counts."""
    return encoder is not None and "\n" in encoder.alphabet


def _run_typed(key: str) -> None:
    """Run a short text that can be read in only one way; preview any other text."""
    text = state.widget_value(key) or ""
    try:
        chosen = network(state.current_view())
        if not text.strip() or not _has_lines(chosen.model.encoder):
            text = text.strip()
        if len(text) <= INLINE_LIMIT and is_plain(typed(chosen, text)):
            state.close_preview()
            show(Source(kind="text", value=text))
        else:
            upload = state.add_upload(upload_words.TYPED_NAME, text.encode("utf-8", "replace"))
            _preview(upload, {})
    except UploadError as error:
        state.show_fault(TYPING, words.still_shown(str(error)))
    else:
        _close(TYPING)
    whole_page()


def uploading(opened: OpenedView) -> None:
    """Show a popover that takes files."""
    popover = st.popover(
        words.UPLOAD,
        help=words.UPLOAD_HELP,
        icon=":material/upload_file:",
        key=UPLOADING,
        on_change="rerun",
    )
    key = f"files-{state.uploader_number()}"
    with popover:
        st.file_uploader(
            words.UPLOAD_LABEL,
            accept_multiple_files=True,
            key=key,
            max_upload_size=UPLOAD_MB,
            on_change=_take_files,
            args=(key,),
        )
        limits = upload_words.limits(UPLOAD_MB, opened.subject.max_timesteps, MAX_SEQUENCES)
        for hint in filter(
            None, (upload_words.KINDS, limits, upload_words.LISTED, words.ENGLISH_ONLY)
        ):
            st.html(f'<p class="hint">{escape(hint)}</p>')
        _show_fault(UPLOADING)


def _take_files(key: str) -> None:
    """Keep the files that can be read, and show the first of them before it is run."""
    taken, faults = [], []
    files = [(file.name, file.getvalue()) for file in state.widget_value(key) or []]
    answers = _take_vocabulary(files)
    for name, data in files:
        try:
            taken.append(_take_file(name, data, answers))
        except UploadError as error:
            faults.append(str(error))
    if taken or faults:
        state.empty_uploader()
    if taken:
        _preview(taken[0], answers, tuple(upload.id for upload in taken[1:]))
    if faults:
        state.show_fault(UPLOADING, words.still_shown(paragraph(faults[:MOST_FAULTS])))
    elif taken:
        _close(UPLOADING)
    whole_page()


def _take_vocabulary(files: list[tuple[str, bytes]]) -> Answers:
    """Take the vocabulary out of files given together; return the answer that names it, if any."""
    place = vocabulary_among(files, network(state.current_view()))
    if place is None:
        return {}
    return {VOCABULARY: answer_of(state.add_upload(*files.pop(place), is_vocabulary=True))}


def _take_file(name: str, data: bytes, answers: Answers) -> Upload:
    """Keep a file; UploadError where this network can read nothing in it, whatever is chosen.

    A large one is read by the preview, which says so meanwhile.
    """
    chosen = network(state.current_view())
    upload = state.add_upload(name, data)
    if is_long(upload):
        return upload
    try:
        understood(upload, chosen, answers)
    except UploadError as error:
        if not is_correctable(error):
            state.remove_upload(upload)
            raise
    return upload


def _preview(upload: Upload, answers: Answers, together: tuple[str, ...] = ()) -> None:
    """Show an upload before it is run, with the answers with which it was run last."""
    before = upload.answers.get(network(state.current_view()).name, {})
    state.open_preview(upload, {**before, **answers}, together=together)


def _close(popover: str) -> None:
    """Close a popover, and forget what was wrong in it."""
    state.show_fault(popover, "")
    state.set_widget(popover, False)


def _show_fault(where: str) -> None:
    place = st.empty()
    if sentence := state.fault(where):
        place.html(f'<p class="problem" role="alert">{escape(sentence)}</p>')


def show(source: Source) -> None:
    """Put a sequence on the stage."""
    state.clear_notice()
    state.change_view(source=source)


def choose_upload(upload: Upload, place: int = 0) -> None:
    """Show an upload: on the stage where this network has run it, else its preview."""
    try:
        chosen = network(state.current_view())
    except UploadError:
        return  # the model is gone, and the page says so
    if chosen.name in upload.answers:
        state.close_preview()
        show(Source(kind="upload", value=upload.name, place=place))
    else:
        state.open_preview(upload, {})
