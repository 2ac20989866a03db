"""What the reader gave: the token that stands for it in the address, and the preview of a file.

The files themselves are kept in the store (see `session.uploads`). The session remembers its
token, and each page which file is in its preview, with the answers so far.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from ...words import uploads as words
from .. import uploads
from ..corpora.kept import forget_upload
from ..uploads import Answers, Upload
from .language import with_language
from .notices import show_notice
from .pages import opened_page, page_value, remember_for_page

PARAMETER = "session"
"""The parameter of the address that carries the session's token."""

_TOKEN = "uploads-token"  # of the session, not of a page
_PREVIEW, _FAULT, _UPLOADER = "preview", "fault", "uploader"


def session_token() -> str:
    """Return the session's token, or that of the address if it is known; else ""."""
    token: str = st.session_state.get(_TOKEN, "")
    asked = st.query_params.get(PARAMETER, "")
    return token or (asked if uploads.is_known(asked) else "")


def own_session_token() -> str:
    """Return the session's token; a new one from now on where it has none."""
    token = session_token() or uploads.new_token()
    st.session_state[_TOKEN] = token
    return token


def adopt_session_token() -> None:
    """Take over the uploads that the token in the address stands for; say so where it has none.

    The session gets a token of its own: who made the address does not see what is given here.
    """
    if _TOKEN in st.session_state or not (asked := st.query_params.get(PARAMETER, "")):
        return
    known = uploads.is_known(asked)
    st.session_state[_TOKEN] = uploads.copied(asked) if known else ""
    if not known:
        show_notice(words.gone())


def in_address(spelled: dict[str, str]) -> dict[str, str]:
    """Return the parameters of an address, with the language and the session's token, if any."""
    token, spelled = session_token(), with_language(spelled)
    return {**spelled, PARAMETER: token} if token else spelled


def listed_uploads() -> tuple[Upload, ...]:
    """Return the sequences that the session has given and not removed, the oldest first."""
    return tuple(upload for upload in _listed() if not upload.is_vocabulary)


def listed_vocabularies() -> tuple[Upload, ...]:
    """Return the vocabularies that the session has given and not removed, the oldest first."""
    return tuple(upload for upload in _listed() if upload.is_vocabulary)


def _listed() -> tuple[Upload, ...]:
    token = session_token()
    return uploads.listed(token) if token else ()


def upload_named(name: str) -> Upload | None:
    """Return the upload of this name; None where there is none."""
    return next((upload for upload in listed_uploads() if upload.name == name), None)


def add_upload(name: str, data: bytes, *, is_vocabulary: bool = False) -> Upload:
    """Keep what the reader gave; UploadError for more than is kept.

    Says which older uploads had to make room.
    """
    upload, gone = uploads.add(own_session_token(), name, data, is_vocabulary=is_vocabulary)
    if gone:
        names = tuple(one.name for one in gone)
        show_notice(words.made_room(names, uploads.SESSION_MB))
    return upload


def keep_answers(upload: Upload, network: str, answers: Answers) -> None:
    """Keep the answers with which a network runs an upload."""
    uploads.keep_answers(session_token(), upload.id, network, answers)


def remove_upload(upload: Upload) -> None:
    """Forget an upload, and what was surveyed of it."""
    uploads.remove(session_token(), upload.id)
    forget_upload(upload.id)


def say_lost_uploads() -> None:
    """Take what the store no longer keeps from the list, and say so."""
    lost = uploads.forget_lost(token) if (token := session_token()) else ()
    if lost:
        show_notice(words.gone(tuple(upload.name for upload in lost)))


def open_preview(
    upload: Upload,
    answers: Answers,
    problem: str = "",
    together: tuple[str, ...] = (),
    *,
    before: Answers | None = None,
    run: bool = False,
) -> None:
    """Have the open page show what an upload was understood as, with the answers so far.

    `together` are the ids of uploads that were given with it. For a large one that has to be read
    first, `before` are the answers to go back to where nothing can be read with the new ones, and
    `run` says whether it is run as soon as it was read.
    """
    opened = {
        "upload": upload.id,
        "answers": dict(answers),
        "problem": problem,
        "together": together,
        "before": before,
        "run": run,
    }
    _remember_preview(opened)


def close_preview() -> None:
    """Have the open page show no preview."""
    _remember_preview(None)


def _remember_preview(opened: dict[str, Any] | None) -> None:
    """Remember the preview of the open page, also for after a reload."""
    remember_for_page(_PREVIEW, opened)
    if token := session_token():
        uploads.keep_draft(token, opened_page(), opened)


def preview() -> dict[str, Any] | None:
    """Return what `open_preview` remembered for the open page; None where no preview is open.

    After a reload it is what was remembered before.
    Its keys are "upload" and the names of what `open_preview` takes.
    """
    token = session_token()
    before = uploads.draft(token, opened_page()) if token else None
    opened: dict[str, Any] | None = page_value(_PREVIEW, before)
    return opened


def show_fault(where: str, sentence: str) -> None:
    """Have a field or uploader say what was wrong with its input; "" says nothing."""
    remember_for_page(f"{_FAULT}-{where}", sentence)


def fault(where: str) -> str:
    """Return what was wrong with the input of a field or uploader; "" where nothing was."""
    sentence: str = page_value(f"{_FAULT}-{where}", "")
    return sentence


def uploader_number() -> int:
    """Return how many times the open page took files: each time it shows a new, empty uploader."""
    number: int = page_value(_UPLOADER, 0)
    return number


def empty_uploader() -> None:
    """Have the open page show an empty uploader: the files in it were taken."""
    remember_for_page(_UPLOADER, uploader_number() + 1)
