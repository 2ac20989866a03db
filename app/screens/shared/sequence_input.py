"""A sequence of the reader's own: typed, pasted or uploaded. What can't be read changes nothing."""

from __future__ import annotations

from html import escape

import streamlit as st

from lstm_core.model.encoders import Encoder
from lstm_core.sequence import Sequence

from ...inputs.arrays import MAX_MB
from ...inputs.files import KINDS, UploadError
from ...inputs.uploads import read_file, text_of
from ...session import state
from ...session.opened_view import OpenedView, typed_sequence
from ...session.view import INLINE_LIMIT, Source
from ...words import common as words
from .opening import network

TYPING, UPLOADING = "typing", "uploading"  # the popovers
MOST_PICKERS = 8  # columns to choose one by one; more are taken in the file's order
EDITABLE = 2000  # numbers or symbols that are still a text to edit by hand


def typing(opened: OpenedView) -> None:
    """Show a popover with the sequence as text, to change or to replace."""
    encoder = opened.subject.model.encoder
    key = f"text-{opened.subject.name}-{opened.sequence.id}"
    popover = st.popover(
        words.TYPE, help=words.TYPE_HELP, icon=":material/edit:", key=TYPING, on_change="rerun"
    )
    with popover, st.form("typed", border=False):
        several = opened.sequence.numbers is not None or _has_lines(encoder)
        box = st.text_area if several else st.text_input
        box(words.TYPED_LABEL, value=_shown_text(opened.sequence), key=key)
        st.html(f'<p class="hint">{escape(_hint(opened))}</p>')
        st.form_submit_button(
            words.RUN, type="primary", on_click=_run_typed, args=(opened.subject.name, key)
        )


def _shown_text(sequence: Sequence) -> str:
    """The text of a sequence, where it is short enough to be edited by hand."""
    width = 1 if sequence.numbers is None else sequence.numbers.shape[1]
    short = len(sequence) <= INLINE_LIMIT and len(sequence) * width <= EDITABLE
    return text_of(sequence) if short else ""


def _has_lines(encoder: Encoder | None) -> bool:
    """Whether this network reads text in lines, in which every space counts."""
    return encoder is not None and "\n" in encoder.alphabet


def _hint(opened: OpenedView) -> str:
    encoder = opened.subject.model.encoder
    return words.typed_hint(encoder.columns, encoder.alphabet) if encoder else ""


def _run_typed(demo: str, key: str) -> None:
    text = state.widget_value(key) or ""
    try:
        chosen = network(state.current_view())
        if not text.strip() or not _has_lines(chosen.model.encoder):
            text = text.strip()
        sequence = typed_sequence(chosen, text)
    except UploadError as error:
        state.show_notice(words.kept(str(error)))
        return
    if len(text) <= INLINE_LIMIT:
        _show(Source(kind="text", value=text), TYPING)
    else:
        _hold(demo, words.LONG_TEXT, sequence, TYPING)


def uploading(opened: OpenedView) -> None:
    """Show a popover with a file to read, and with its columns where there is a choice."""
    demo = opened.subject.name
    popover = st.popover(
        words.UPLOAD,
        help=words.UPLOAD_HELP,
        icon=":material/upload_file:",
        key=UPLOADING,
        on_change="rerun",
    )
    with popover:
        st.file_uploader(
            words.UPLOAD_LABEL,
            type=list(KINDS),
            key=f"file-{demo}",
            max_upload_size=MAX_MB,
            on_change=_run_upload,
            args=(demo,),
        )
        if state.widget_value(f"file-{demo}") is not None:
            _column_pickers(opened)


def _column_pickers(opened: OpenedView) -> None:
    """Ask which columns to read, where the file has more than the network wants."""
    demo = opened.subject.name
    columns, chosen = state.file_columns()
    several = MOST_PICKERS >= len(chosen) < len(columns)
    for k, wanted in enumerate(_wanted(opened) if several else ()):
        key = f"column-{demo}-{k}"
        state.set_widget(key, chosen[k])
        st.selectbox(
            words.column_hint(wanted),
            columns,
            key=key,
            on_change=_run_upload,
            args=(demo, len(chosen)),
        )


def _wanted(opened: OpenedView) -> tuple[str, ...]:
    """The names of what is read from a table: the network's numbers, or "" for symbols."""
    encoder = opened.subject.model.encoder
    return (encoder and encoder.columns) or ("",)


def _run_upload(demo: str, pickers: int = 0) -> None:
    """Read the file that was given, in the columns that were chosen, if they were."""
    file = state.widget_value(f"file-{demo}")
    if file is None:
        return
    columns = tuple(state.widget_value(f"column-{demo}-{k}") for k in range(pickers))
    try:
        chosen = network(state.current_view())
        assert chosen.model.encoder is not None
        reading = read_file(
            file.name, file.getvalue(), chosen.model.encoder, columns, chosen.max_timesteps
        )
    except UploadError as error:
        state.remember_columns(error.columns, error.chosen)
        state.show_notice(words.kept(str(error)))
        return
    state.remember_columns(reading.columns, reading.chosen)
    several = len(reading.columns) > len(reading.chosen)
    _hold(demo, file.name, reading.sequence, "" if several else UPLOADING)


def _hold(demo: str, name: str, sequence: Sequence, popover: str) -> None:
    """Show a sequence that a link cannot carry."""
    source = Source(kind="upload", value=words.cut(name, 60))
    state.hold_upload(demo, source.value, sequence)
    _show(source, popover)


def _show(source: Source, popover: str) -> None:
    """Put a sequence on the stage, and close the popover it was given in."""
    state.clear_notice()
    state.change_view(source=source)
    if popover:
        state.set_widget(popover, False)
