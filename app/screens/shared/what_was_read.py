"""The line that says what was read, while a sequence of the reader's is on the stage."""

from __future__ import annotations

import streamlit as st

from lstm_core.record import record
from lstm_core.sequence import Sequence

from ...figures import understanding as figures
from ...incidents import contained
from ...session import state
from ...session.opened_view import OpenedView
from ...session.own_sequence import OwnSequence
from ...session.uploads import Upload
from ...session.view import Source
from ...words import uploads as upload_words
from . import sequence_input, upload_preview
from .opening import network
from .search_offer import survey_offer

MOST_LISTED = 500  # sequences of a file; of more, those around the one on the stage


@contained
def what_was_read(opened: OpenedView) -> None:
    """Show what was read, its sequences to choose from, and the way back to the preview."""
    place = st.container(key="what-was-read")
    own = opened.own
    if own is None or (own.upload is None and not own.understanding.remarks):
        return
    with place:
        if own.upload is not None:
            _sequences(own, own.upload)
            survey_offer(opened, own.upload, len(own.understanding.sequences))
        with st.container(horizontal=True, key="read", vertical_alignment="top"):
            st.html(figures.what_was_read(_line(own, opened.sequence)))
            if own.upload is not None:
                _ways_back(own.upload)


def _ways_back(upload: Upload) -> None:
    """Show the way back to the preview, and the way out."""
    st.button(
        upload_words.CHANGE,
        key="change-upload",
        help=upload_words.CHANGE_HELP,
        icon=":material/tune:",
        on_click=_change,
        args=(upload,),
    )
    upload_preview.remove_button(upload, "remove-shown")


def _line(own: OwnSequence, sequence: Sequence) -> figures.WhatWasRead:
    return figures.WhatWasRead(
        file=own.upload.name if own.upload else upload_words.TYPED_NAME,
        name=sequence.name,
        label=sequence.label,
        understanding=own.understanding,
    )


def _sequences(own: OwnSequence, upload: Upload) -> None:
    """Show which sequence of the file is on the stage, and buttons to its neighbours."""
    before, after = _neighbours(own, upload)
    if before is None and after is None:
        return
    with st.container(horizontal=True, key="own-sequences", vertical_alignment="bottom"):
        _picker(own, upload)
        _step(upload_words.PREVIOUS, upload_words.PREVIOUS_HELP, "chevron_left", before)
        _step(upload_words.NEXT, upload_words.NEXT_HELP, "chevron_right", after)


@record
class _Place:
    upload: Upload
    place: int = 0


def _neighbours(own: OwnSequence, upload: Upload) -> tuple[_Place | None, _Place | None]:
    """The sequences before and after: in the same file, else in the next one of the session."""
    uploads = state.listed_uploads()
    here = [one.id for one in uploads].index(upload.id)
    last = len(own.understanding.sequences) - 1
    before = after = None
    if own.place > 0:
        before = _Place(upload=upload, place=own.place - 1)
    elif here > 0:
        before = _Place(upload=uploads[here - 1])
    if own.place < last:
        after = _Place(upload=upload, place=own.place + 1)
    elif here < len(uploads) - 1:
        after = _Place(upload=uploads[here + 1])
    return before, after


def _step(label: str, help_text: str, icon: str, to: _Place | None) -> None:
    st.button(
        label,
        key=f"step-{icon}",
        help=help_text,
        icon=f":material/{icon}:",
        disabled=to is None,
        on_click=sequence_input.choose_upload,
        args=(to.upload, to.place) if to else None,
    )


def _picker(own: OwnSequence, upload: Upload) -> None:
    """Show the sequences of the file by name, label and length."""
    sequences = own.understanding.sequences
    first = max(0, min(own.place - MOST_LISTED // 2, len(sequences) - MOST_LISTED))
    places = range(first, min(len(sequences), first + MOST_LISTED))
    key = f"part-{upload.id}"
    state.set_widget(key, own.place)

    def name(place: int) -> str:
        one = sequences[place]
        line = upload_words.sequence_line(one.name, one.label, len(one))
        return upload_words.numbered(place, len(sequences), line)

    st.selectbox(
        upload_words.WHICH,
        places,
        format_func=name,
        key=key,
        on_change=_pick,
        args=(upload, key),
        width=380,
    )


def _pick(upload: Upload, key: str) -> None:
    place = state.widget_value(key)
    sequence_input.show(Source(kind="upload", value=upload.name, place=place))


def _change(upload: Upload) -> None:
    """Go back to the preview; a twin reads with the answers that its network was given."""
    state.open_preview(upload, upload.answers.get(network(state.current_view()).name, {}))
