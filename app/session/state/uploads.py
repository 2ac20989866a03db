"""What the reader gave: the word that stands for it in the address, and what is being looked at.

The files themselves are the store's (see `session.uploads`). The session remembers its word, and
each page which file is in the preview there, with the answers so far.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from ...words import uploads as words
from .. import uploads
from ..uploads import Answers, Upload
from .notices import show_notice
from .pages import page_value, remember_for_page

PARAMETER = "session"
"""The parameter of the address that carries the session's word."""

_WORD = "uploads-word"  # of the session, not of a page
_PREVIEW, _FAULT, _DOOR = "preview", "fault", "door"


def uploads_word() -> str:
    """Return the session's word, or that of the address, if it is known; else ""."""
    word: str = st.session_state.get(_WORD, "")
    asked = st.query_params.get(PARAMETER, "")
    return word or (asked if uploads.is_known(asked) else "")


def keep_word() -> None:
    """Take over what the word in the address stands for; say so where it stands for nothing.

    The session gets a word of its own: who made the address does not see what is given here.
    """
    if _WORD in st.session_state or not (asked := st.query_params.get(PARAMETER, "")):
        return
    known = uploads.is_known(asked)
    st.session_state[_WORD] = uploads.copied(asked) if known else ""
    if not known:
        show_notice(words.ALL_GONE)


def in_address(spelled: dict[str, str]) -> dict[str, str]:
    """Return the parameters of an address, with the session's word where there is one."""
    word = uploads_word()
    return {**spelled, PARAMETER: word} if word else spelled


def listed_uploads() -> tuple[Upload, ...]:
    """Return what the session has given and not removed, the oldest first."""
    word = uploads_word()
    return uploads.listed(word) if word else ()


def upload_named(name: str) -> Upload | None:
    """Return the upload of this name; None where there is none."""
    return next((upload for upload in listed_uploads() if upload.name == name), None)


def add_upload(name: str, data: bytes) -> Upload:
    """Keep what the reader gave; UploadError for more than is kept.

    Says which older uploads had to make room.
    """
    word = uploads_word() or uploads.new_word()
    upload, gone = uploads.add(word, name, data)
    st.session_state[_WORD] = word
    if gone:
        names = tuple(one.name for one in gone)
        show_notice(words.made_room(names, uploads.SESSION_MB))
    return upload


def settle_upload(upload: Upload, network: str, answers: Answers) -> None:
    """Remember with which answers an upload is run by a network."""
    uploads.settle(uploads_word(), upload.id, network, answers)


def remove_upload(upload: Upload) -> None:
    """Forget an upload."""
    uploads.remove(uploads_word(), upload.id)


def say_lost_uploads() -> None:
    """Take what the store no longer keeps from the list, and say so."""
    lost = uploads.forget_lost(word) if (word := uploads_word()) else ()
    if lost:
        show_notice(words.gone(tuple(upload.name for upload in lost)))


def open_preview(
    upload: Upload, answers: Answers, problem: str = "", together: tuple[str, ...] = ()
) -> None:
    """Have the open page show what an upload was understood as, with the answers so far.

    `together` are the ids of uploads that were given with it.
    """
    opened = {
        "upload": upload.id,
        "answers": dict(answers),
        "problem": problem,
        "together": together,
    }
    remember_for_page(_PREVIEW, opened)


def close_preview() -> None:
    """Have the open page show no preview."""
    remember_for_page(_PREVIEW, None)


def preview() -> dict[str, Any] | None:
    """Return the words of the open preview; None where none is.

    They are "upload", "answers", "problem" and "together", as `open_preview` was given them.
    """
    opened: dict[str, Any] | None = page_value(_PREVIEW)
    return opened


def show_fault(where: str, sentence: str) -> None:
    """Have a place in which something is given say what was wrong with it; "" is nothing."""
    remember_for_page(f"{_FAULT}-{where}", sentence)


def fault(where: str) -> str:
    """Return what was wrong with what was given in a place; "" where nothing was."""
    sentence: str = page_value(f"{_FAULT}-{where}", "")
    return sentence


def door() -> int:
    """Return how many times files were taken here: each time the door is a new one, empty."""
    number: int = page_value(_DOOR, 0)
    return number


def open_new_door() -> None:
    """Let go of the files that were taken."""
    remember_for_page(_DOOR, door() + 1)
