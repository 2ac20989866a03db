"""By which vocabulary a file of symbols is read: one that was given, or one that is given now."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import streamlit as st

from ...inputs import UploadError
from ...inputs.understanding.by_vocabulary import VOCABULARY
from ...inputs.understanding.vocabularies import MAX_VOCABULARY, vocabulary_of
from ...session import state
from ...session.uploads import Answers, Upload
from ...session.vocabularies import answer_of
from ...words import common as words
from ...words import uploads as upload_words
from .plain_label import plain_label

Take = Callable[[Upload, str, str], None]
"""Takes the answer to a choice about an upload, if it can be."""

PLACE = "vocabulary"  # where what is wrong with a vocabulary is said


def vocabulary_choice(upload: Upload, answers: Answers, take: Take) -> None:
    """Show which vocabulary a file is read by, and take a new one."""
    given = {answer_of(one): one for one in state.listed_vocabularies()}
    standing = answers.get(VOCABULARY, "")
    with st.expander(upload_words.VOCABULARY, expanded=True):
        st.html(f'<p class="hint">{escape(upload_words.VOCABULARY_HINT)}</p>')
        if given:
            _list(upload, given, standing if standing in given else "", take)
        key = f"vocabulary-{state.uploader_number()}"
        st.file_uploader(
            upload_words.ADD_VOCABULARY,
            key=key,
            max_upload_size=MAX_VOCABULARY // 2**20,
            on_change=_add,
            args=(upload, key, take),
        )
        if sentence := state.fault(PLACE):
            st.html(f'<p class="problem" role="alert">{escape(sentence)}</p>')


def _list(upload: Upload, given: dict[str, Upload], standing: str, take: Take) -> None:
    """Show the vocabularies that were given, and the way out of the one that stands."""
    key = f"answer-{upload.id}-{VOCABULARY}"
    state.set_widget(key, standing)
    names = {"": upload_words.NO_VOCABULARY, **{answer: one.name for answer, one in given.items()}}
    st.selectbox(
        upload_words.VOCABULARY,
        list(names),
        format_func=lambda answer: plain_label(names[answer]),
        key=key,
        label_visibility="collapsed",
        on_change=_choose,
        args=(upload, key, take),
    )
    if standing:
        st.button(
            upload_words.REMOVE,
            key="remove-vocabulary",
            help=upload_words.REMOVE_HELP,
            icon=":material/delete:",
            on_click=_remove,
            args=(upload, given[standing], take),
        )


def _choose(upload: Upload, key: str, take: Take) -> None:
    state.show_fault(PLACE, "")
    take(upload, VOCABULARY, str(state.widget_value(key) or ""))


def _remove(upload: Upload, vocabulary: Upload, take: Take) -> None:
    take(upload, VOCABULARY, "")
    state.remove_upload(vocabulary)


def _add(upload: Upload, key: str, take: Take) -> None:
    """Keep a vocabulary and read the file by it; one that does not fit is said and not kept."""
    file = state.widget_value(key)
    if file is None:
        return
    state.empty_uploader()
    state.show_fault(PLACE, "")
    try:
        vocabulary_of(file.name, file.getvalue())
        given = state.add_upload(file.name, file.getvalue(), is_vocabulary=True)
    except UploadError as error:
        state.show_fault(PLACE, words.still_shown(str(error)))
        return
    take(upload, VOCABULARY, answer_of(given))
    opened = state.preview()
    if opened is None or opened["answers"].get(VOCABULARY) != answer_of(given):
        state.remove_upload(given)
