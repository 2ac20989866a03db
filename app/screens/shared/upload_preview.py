"""What a file was understood as, before it is run: the table, what was noticed, what is asked.

What the reader wants to find out here, in this order:

1. Is this my file, read as I meant it?       its first rows, each column with its use; remarks
2. What does it want to know from me?         the questions, the likelier answer chosen
3. Is the right column where it belongs?      which column feeds which input
4. In which units does the network read?      scaling; what the prediction is held against
5. Go.                                        Run
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import streamlit as st

from lstm_core.subject import Subject

from ...figures import understanding as figures
from ...incidents import contained
from ...inputs import Question, Understanding, UploadError
from ...inputs.decisions import (
    Decisions,
    chosen,
    confirmed,
    decisions_of,
    is_correctable,
    is_ready,
)
from ...inputs.understanding.by_vocabulary import VOCABULARY
from ...inputs.understanding.plausibility import FITTED
from ...session import state
from ...session.own_sequence import (
    answered,
    attempted,
    begun,
    clear_answers,
    is_long,
    understood,
)
from ...session.uploads import Upload
from ...session.view import Source
from ...words import common as words
from ...words import uploads as upload_words
from . import sequence_input
from .opening import network
from .plain_label import plain_label, spoken_label
from .reading_progress import reading_progress
from .vocabulary_choice import vocabulary_choice

FEW = 5  # options that are shown beside each other
MOST_PICKERS = 12  # inputs whose columns are chosen side by side; of more, one at a time
WIDTH = 340  # of a list, in pixels


Then = Callable[[Upload], None]
"""What is done with an upload once it is clear how it is read."""


def on_stage(upload: Upload) -> None:
    """Put the first sequence of an upload on the stage."""
    sequence_input.show(Source(kind="upload", value=upload.name))


@contained
def preview(then: Then = on_stage) -> None:
    """Show the open preview, or an empty place for it, so that the stage below never moves.

    Run does `then` with its upload.
    """
    place, opened = st.container(key="preview"), state.preview()
    if opened is None:
        return
    upload = next((u for u in state.listed_uploads() if u.id == opened["upload"]), None)
    if upload is None:
        state.close_preview()
        return
    with place:
        st.html(f"<h2>{escape(upload_words.head(upload.name))}</h2>")
        _body(upload, network(state.current_view()), opened, then)


def _body(upload: Upload, subject: Subject, opened: dict[str, Any], then: Then) -> None:
    answers, problem = opened["answers"], opened["problem"]
    try:
        if begun(upload, subject, answers, state.session_id()):
            reading_progress(upload, subject, answers)
            return
        seen = attempted(upload, subject, answers)
    except UploadError as error:  # it is no longer kept
        seen = error
    _go_on(upload, opened, seen, then)
    if isinstance(seen, UploadError):
        _refusal(seen)
    else:
        st.html(figures.preview(seen) + _given_together(subject, opened))
    decisions = decisions_of(seen)
    if any(question.id == VOCABULARY for question in seen.choices):
        vocabulary_choice(upload, opened["answers"], _take)
    _questions(upload, decisions.questions)
    _settings(upload, decisions.settings)
    _corrections(upload, decisions, expanded=isinstance(seen, UploadError))
    if problem:
        _say(problem)
    _buttons(upload, None if isinstance(seen, UploadError) else seen, then)


def _go_on(
    upload: Upload, opened: dict[str, Any], seen: Understanding | UploadError, then: Then
) -> None:
    """Do what waited until a large file was read: go back from a bad answer, or run it."""
    if opened["before"] is not None and isinstance(seen, UploadError):
        state.open_preview(upload, opened["before"], str(seen), opened["together"])
        st.rerun()
    if opened["run"]:
        _run(upload, then)
        st.rerun()


def _refusal(refusal: UploadError) -> None:
    """Say why nothing is read, and what to do: another column may do."""
    _say(str(refusal))
    advice = upload_words.CORRECT if is_correctable(refusal) else upload_words.NOT_READ
    st.html(f'<p class="hint">{escape(advice)}</p>')


def _given_together(subject: Subject, opened: dict[str, Any]) -> str:
    """Say of each file given with this one whether it runs with it or asks something first."""
    clear, asked = [], []
    for upload in _together(opened):
        answers = clear_answers(upload, subject, opened["answers"])
        if answers is None:
            asked.append(upload_words.asked_later(upload.name))
        else:
            count = len(understood(upload, subject, answers).sequences)
            clear.append(upload_words.read_alike(upload.name, count))
    return figures.given_together((*clear, *asked))


def _together(opened: dict[str, Any]) -> list[Upload]:
    """The other small files that were given together with the one shown, and are still kept."""
    ids = opened["together"]
    return [u for u in state.listed_uploads() if u.id in ids and not is_long(u)]


def _say(sentence: str) -> None:
    st.html(f'<p class="problem" role="alert">{escape(sentence)}</p>')


def _questions(upload: Upload, questions: tuple[Question, ...]) -> None:
    """Show what must be answered: all options in sight where they are few."""
    if questions:
        open_ones = any(chosen(question) is None for question in questions)
        head = upload_words.QUESTIONS if open_ones else upload_words.LIKELY
        st.html(f'<h3 class="part">{head}</h3>')
    for question in questions:
        st.html(f'<p class="asked">{escape(question.text)}</p>')
        if len(question.options) <= FEW and not question.example:
            _radio(upload, question)
        else:
            _list(upload, question, question.text, hidden=True)


def _radio(upload: Upload, question: Question) -> None:
    key, standing = _key(upload, question), chosen(question)
    state.set_widget(key, standing)
    st.radio(
        spoken_label(question.text),
        question.options,
        index=None,
        format_func=plain_label,
        key=key,
        label_visibility="collapsed",
        on_change=_answer,
        args=(upload, question.id, key),
    )


def _list(upload: Upload, question: Question, label: str, *, hidden: bool = False) -> None:
    """Show a decision as a list; where an answer may be typed, it takes that too."""
    key, standing = _key(upload, question), chosen(question)
    options = list(question.options)
    if standing is not None and standing not in options:
        options.append(standing)
    state.set_widget(key, standing)
    st.selectbox(
        spoken_label(label) if hidden else plain_label(label),
        options,
        index=None,
        placeholder=upload_words.NOT_CHOSEN,
        key=key,
        help=upload_words.or_type(question.example) if question.example else None,
        label_visibility="collapsed" if hidden else "visible",
        accept_new_options=bool(question.example),
        on_change=_answer,
        args=(upload, question.id, key),
        width=WIDTH,
    )


def _key(upload: Upload, question: Question) -> str:
    return f"answer-{upload.id}-{question.id}"


def _settings(upload: Upload, settings: tuple[Question, ...]) -> None:
    """Show scaling, truth and the stretch of rows."""
    with st.container(horizontal=True, key="settings", vertical_alignment="bottom"):
        for question in settings:
            _list(upload, question, upload_words.SETTINGS[question.id])
            if question.id == "scaling":
                _standardise(upload, question)


def _standardise(upload: Upload, scaling: Question) -> None:
    """Offer, in one click, to scale by the file's own mean and deviation."""
    fitted = next((option for option in scaling.options if option.startswith(FITTED)), None)
    if fitted is None or chosen(scaling) == fitted:
        return
    st.button(
        upload_words.STANDARDISE,
        key="standardise",
        help=upload_words.STANDARDISE_HELP,
        on_click=_take,
        args=(upload, scaling.id, fitted),
    )


def _corrections(upload: Upload, decisions: Decisions, *, expanded: bool = False) -> None:
    """Show how to correct what was not asked: columns of inputs, and how the file is written."""
    left, right = st.columns(2)
    if decisions.inputs:
        with left.expander(upload_words.INPUTS, expanded=expanded):
            _inputs(upload, decisions.inputs)
    if decisions.otherwise:
        with (right if decisions.inputs else left).expander(upload_words.OTHERWISE):
            for question in decisions.otherwise:
                _list(upload, question, question.text)


def _inputs(upload: Upload, inputs: tuple[Question, ...]) -> None:
    """Show the column of each input; of many, that of the one which is chosen."""
    by_name = {question.id.partition(":")[2]: question for question in inputs}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if len(inputs) <= MOST_PICKERS:
            for name, question in by_name.items():
                _list(upload, question, name)
            return
        name = st.selectbox(
            upload_words.INPUT,
            list(by_name),
            format_func=lambda name: upload_words.fed(name, chosen(by_name[name])),
            key=f"input-{upload.id}",
            width=WIDTH,
        )
        _list(upload, by_name[name], upload_words.COLUMN)


def _answer(upload: Upload, name: str, key: str) -> None:
    value = state.widget_value(key)
    if value is not None:
        _take(upload, name, str(value))


def _take(upload: Upload, name: str, value: str) -> None:
    """Take an answer; where it cannot be used, say so and change nothing."""
    opened = state.preview()
    if opened is None:
        return
    before = opened["answers"]
    if is_long(upload):
        new = {**before, name: value}
        state.open_preview(upload, new, together=opened["together"], before=before)
        return
    try:
        after = answered(upload, network(state.current_view()), before, name, value)
    except UploadError as error:
        state.open_preview(upload, before, str(error), opened["together"])
        return
    state.open_preview(upload, after, together=opened["together"])


def _buttons(upload: Upload, understanding: Understanding | None, then: Then) -> None:
    """Show Run, which waits for all answers, and the buttons that close or remove the file."""
    ready = understanding is not None and is_ready(understanding)
    if understanding is not None and not ready:
        st.html(f'<p class="hint">{escape(upload_words.ANSWER_FIRST)}</p>')
    with st.container(horizontal=True, key="preview-buttons"):
        if understanding is not None:
            st.button(
                words.RUN,
                type="primary",
                key="run-upload",
                icon=":material/play_arrow:",
                disabled=not ready,
                on_click=_run,
                args=(upload, then),
            )
        st.button(
            upload_words.CLOSE,
            key="close-preview",
            help=upload_words.CLOSE_HELP,
            on_click=state.close_preview,
        )
        remove_button(upload, "remove-previewed")


def remove_button(upload: Upload, key: str) -> None:
    """Show a button that forgets an upload."""
    st.button(
        upload_words.REMOVE,
        key=key,
        help=upload_words.REMOVE_HELP,
        icon=":material/delete:",
        on_click=_remove,
        args=(upload,),
    )


def _remove(upload: Upload) -> None:
    """Forget an upload; if it is on the stage, an example takes its place."""
    view = state.current_view()
    state.remove_upload(upload)
    state.close_preview()
    if view.source.kind == "upload" and view.source.value == upload.name:
        sequence_input.show(Source())


def _run(upload: Upload, then: Then) -> None:
    """Run the upload as it is understood now, unless the answers lead to a further question.

    Files that were given with it and leave nothing open are run alike when they are chosen.
    """
    opened = state.preview()
    if opened is None:
        return
    answers = opened["answers"]
    try:
        subject = network(state.current_view())
        answers = confirmed(understood(upload, subject, answers), answers)
        if begun(upload, subject, answers, state.session_id()):
            state.open_preview(upload, answers, together=opened["together"], run=True)
            return
        understanding = understood(upload, subject, answers)
    except UploadError as error:
        state.open_preview(upload, opened["answers"], str(error), opened["together"])
        return
    if understanding.questions or not understanding.sequences:
        state.open_preview(upload, answers, together=opened["together"])
        return
    state.keep_answers(upload, subject.name, answers)
    for other in _together(opened):
        clear = clear_answers(other, subject, answers)
        if clear is not None:
            state.keep_answers(other, subject.name, clear)
    state.close_preview()
    then(upload)
