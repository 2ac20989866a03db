"""How far the reading of a large file is, and the way out of it."""

from __future__ import annotations

import streamlit as st

from lstm_core.subject import Subject

from ...session import state
from ...session.own_sequence import cancel, reading_of
from ...session.reading.reading import Progress
from ...session.uploads import Answers, Upload
from ...words import uploads as upload_words
from .plain_label import plain_label

EVERY = 0.5  # seconds
SHARES = {"bytes": (0.0, 0.4), "columns": (0.4, 0.6)}  # where each part begins, and its share


def reading_progress(upload: Upload, subject: Subject, answers: Answers) -> None:
    """Show how far the reading of an upload is, until it has ended."""
    st.fragment(_progress, key="reading", run_every=EVERY)(upload, subject, answers)


def _progress(upload: Upload, subject: Subject, answers: Answers) -> None:
    reading = reading_of(upload, subject, answers)
    if reading is None:
        st.rerun()  # the whole page, which shows what was read
    now = reading.progress
    sentence = upload_words.how_far(
        upload.name, upload.size, now.counted, now.done, now.total, now.seconds
    )
    if now.before:
        sentence = upload_words.waits_its_turn(upload.name, now.before)
    st.progress(_share(now), text=plain_label(sentence))
    st.button(
        upload_words.CANCEL_READING,
        key="cancel-reading",
        help=upload_words.CANCEL_READING_HELP,
        on_click=_cancel,
        args=(upload, subject, answers),
    )


def _share(now: Progress) -> float:
    """The share of the work that is done, 0 to 1."""
    begins, share = SHARES.get(now.counted, (0.0, 0.0))
    return begins + share * min(now.done / max(now.total, 1), 1.0)


def _cancel(upload: Upload, subject: Subject, answers: Answers) -> None:
    cancel(upload, subject, answers)
    state.close_preview()
