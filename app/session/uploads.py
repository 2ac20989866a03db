"""What readers gave: files and long texts, kept for hours under tokens that nobody can guess.

Each session has a token of its own, which stands in its address, so that a reload finds everything
again, and which model file was open. Whoever opens such an address gets a list of their own of the
same files: what they add to it does not show in anybody else's. A file that is removed is gone for
all who had it: its bytes are not kept behind the reader's back.
"""

from __future__ import annotations

import dataclasses
import re
import secrets
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

from lstm_core.record import record

from ..inputs import UploadError
from ..words import uploads as words
from ..words.formatting import cut
from .kept import kept
from .shared_store import store

UPLOAD_MB = 200  # the largest file
SESSION_MB = 256  # all files of a session
LONGEST_NAME = 60

Answers = Mapping[str, str]
"""What the reader chose, by the id of the question."""


@record
class Upload:
    """A file or a text that a reader gave, without its bytes.

    `name` is a line of text, unlike that of any other of the session. `answers` are those with
    which it was run, by the name of the network. A vocabulary holds no sequences: it says how
    those of other uploads are read.
    """

    id: str
    name: str
    size: int  # bytes
    answers: Mapping[str, Answers]
    is_vocabulary: bool = False


def new_token() -> str:
    """Return a token for a session, which nobody can guess."""
    return secrets.token_urlsafe(16)


def is_token(text: str) -> bool:
    """Return whether a text can be the token of a session."""
    return re.fullmatch(r"[A-Za-z0-9_-]{22}", text) is not None


def listed(token: str) -> tuple[Upload, ...]:
    """Return what a session has given and not removed, the oldest first."""
    uploads: tuple[Upload, ...] = kept.value_of(_list_key(token), _uploads_from) or ()
    return uploads


def is_known(token: str) -> bool:
    """Return whether a session with this token has given something that may still be kept."""
    return is_token(token) and kept.value_of(_list_key(token), _uploads_from) is not None


def copied(token: str) -> str:
    """Return the token of a new session that begins with what the session of `token` has given."""
    fresh = new_token()
    kept.put_value(_list_key(fresh), listed(token))
    kept.put_value(_drafts_key(fresh), _drafts(token))
    if (model := open_model(token)) is not None:
        keep_open_model(fresh, model)
    return fresh


def open_model(token: str) -> dict[str, Any] | None:
    """Return which model file a session has open, as it was kept; None where there is none."""
    model: dict[str, Any] | None = kept.value_of(_model_key(token))
    return model


def keep_open_model(token: str, model: dict[str, Any]) -> None:
    """Remember which model file a session has open, and what the reader has said about it."""
    kept.put_value(_list_key(token), listed(token))
    kept.put_value(_model_key(token), model)


def contents(upload_id: str) -> bytes | None:
    """Return the bytes of an upload; None where they are no longer kept."""
    data: bytes | None = kept.bytes_of(_data_key(upload_id))
    return data


def add(
    token: str, name: str, data: bytes, *, is_vocabulary: bool = False
) -> tuple[Upload, tuple[Upload, ...]]:
    """Keep what a reader gave; return it, and which older uploads had to make room for it.

    The same name and bytes given twice are one upload. Raises UploadError for more bytes than
    are kept.
    """
    limit = min(UPLOAD_MB * 2**20, store.largest)
    if len(data) > limit:
        raise UploadError(words.too_large(cut(name, LONGEST_NAME), len(data), limit))
    upload_id = blake2b(data, digest_size=16, key=blake2b(f"{token} {name}".encode()).digest())
    before = listed(token)
    same = [upload for upload in before if upload.id == upload_id.hexdigest()]
    upload = Upload(
        id=upload_id.hexdigest(),
        name=same[0].name if same else _distinct(name, before),
        size=len(data),
        answers=same[0].answers if same else {},
        is_vocabulary=is_vocabulary,
    )
    others = [one for one in before if one.id != upload.id]
    stay, gone = _within_bound(others, len(data))
    kept.put_bytes(_data_key(upload.id), data)
    kept.put_value(_list_key(token), (*stay, upload))
    return upload, gone


def keep_answers(token: str, upload_id: str, network: str, answers: Answers) -> None:
    """Keep the answers with which a network runs an upload."""
    kept.put_value(
        _list_key(token),
        tuple(
            dataclasses.replace(upload, answers={**upload.answers, network: dict(answers)})
            if upload.id == upload_id
            else upload
            for upload in listed(token)
        ),
    )


def keep_draft(token: str, page: str, draft: Mapping[str, Any] | None) -> None:
    """Remember which upload is being looked at on a page and how its questions were answered."""
    kept.put_value(_drafts_key(token), {**_drafts(token), page: draft})


def draft(token: str, page: str) -> Mapping[str, Any] | None:
    """Return what `keep_draft` was given last for a page; None where nothing is kept."""
    return _drafts(token).get(page)


def _drafts(token: str) -> Mapping[str, Any]:
    drafts: Mapping[str, Any] = kept.value_of(_drafts_key(token)) or {}
    return drafts


def remove(token: str, upload_id: str) -> None:
    """Forget an upload: its bytes, and its place in the list."""
    kept.remove(_data_key(upload_id))
    kept.put_value(_list_key(token), tuple(u for u in listed(token) if u.id != upload_id))


def forget_lost(token: str) -> tuple[Upload, ...]:
    """Take what is no longer kept from a session's list, and return it.

    To ask for it counts as its use: what is in the list of an open page stays.
    """
    before = listed(token)
    lost = tuple(upload for upload in before if contents(upload.id) is None)
    if lost:
        kept.put_value(_list_key(token), tuple(u for u in before if u not in lost))
    return lost


def _within_bound(uploads: list[Upload], more: int) -> tuple[list[Upload], tuple[Upload, ...]]:
    """The newest uploads that leave so many bytes of the session's bound, and those that go."""
    free = SESSION_MB * 2**20 - more
    stay: list[Upload] = []
    for upload in reversed(uploads):
        free -= upload.size
        if free < 0:
            break
        stay.insert(0, upload)
    gone = tuple(uploads[: len(uploads) - len(stay)])
    for upload in gone:
        kept.remove(_data_key(upload.id))
    return stay, gone


def _distinct(name: str, uploads: tuple[Upload, ...]) -> str:
    """A name in one line that is not taken yet."""
    line = "".join(sign if sign.isprintable() else " " for sign in name)
    wanted = cut(line, LONGEST_NAME) or words.NAMELESS
    names, count, chosen = {upload.name for upload in uploads}, 1, wanted
    while chosen in names:
        count += 1
        chosen = f"{cut(wanted, LONGEST_NAME - 8)} ({count})"
    return chosen


def _uploads_from(plain: tuple[dict[str, Any], ...]) -> tuple[Upload, ...]:
    return tuple(Upload(**one) for one in plain)


def _list_key(token: str) -> tuple[str, str]:
    return ("uploads", token)


def _drafts_key(token: str) -> tuple[str, str]:
    return ("drafts", token)


def _model_key(token: str) -> tuple[str, str]:
    return ("open model", token)


def _data_key(upload_id: str) -> tuple[str, str]:
    return ("upload", upload_id)
