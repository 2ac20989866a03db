"""Vocabularies that readers bring: which token stands behind each id.

    the            {"the": 0, "cat": 1}        ["the", "cat"]        {"0": "the", "1": "cat"}
    cat

A token per line (or a token, a tab and its id), or JSON: tokens with their ids, tokens in the
order of their ids, or ids with their tokens. Of a `tokenizer.json` of Hugging Face the vocabulary
inside is read.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from lstm_core.record import record

from ..arrays import shown
from ..files import UploadError
from .decoding import decoded
from .numerals import clean

NUMBERED = re.compile(r"([^\t]+)\t([0-9]{1,7})")  # a token and its id, a tab between them
MAX_TOKENS = 500_000
MAX_VOCABULARY = 32 * 2**20  # bytes
INSIDE = {"model", "vocab", "vocabulary", "token_to_id", "id_to_token", "word_index"}
FORMS = "expected a token per line, or JSON: a list of tokens, or tokens with their ids"


@record
class Vocabulary:
    """The token behind each id, and what the file is called. No token has two ids."""

    name: str
    tokens: Mapping[int, str]

    @property
    def largest(self) -> int:
        """The largest id."""
        return max(self.tokens)


def vocabulary_of(name: str, data: bytes) -> Vocabulary:
    """Return the vocabulary in a file; UploadError, in one sentence, for what is none."""
    if len(data) > MAX_VOCABULARY:
        raise UploadError(
            f"{shown(name)} holds {len(data) / 2**20:,.0f} MB: a vocabulary of at most "
            f"{MAX_VOCABULARY // 2**20} MB can be read."
        )
    if not data.strip():
        raise UploadError(f"{shown(name)} is empty: {FORMS}.")
    text = decoded(name, data).text
    if text.lstrip().startswith(("{", "[")):
        return _vocabulary(name, _of_json(name, text), "entry")
    lines = text.removesuffix("\n").split("\n")
    numbered = [NUMBERED.fullmatch(line) for line in lines]
    if all(numbered):
        return _vocabulary(name, [(int(m[2]), m[1]) for m in numbered if m], "line")
    return _vocabulary(name, list(enumerate(lines)), "line")


def _vocabulary(name: str, pairs: list[tuple[int, str]], place: str) -> Vocabulary:
    """The vocabulary of (id, token) in the file's order."""
    if not 0 < len(pairs) <= MAX_TOKENS:
        raise UploadError(
            f"{shown(name)} holds {len(pairs):,} tokens: expected 1 to {MAX_TOKENS:,}."
        )
    tokens: dict[int, str] = {}
    seen: dict[str, int] = {}
    for k, (number, given) in enumerate(pairs, start=1):
        token = unicodedata.normalize("NFC", clean(given))
        if not token:
            raise UploadError(f"{shown(name)}, {place} {k:,}, is empty: {FORMS}.")
        if token in seen:
            raise UploadError(
                f"{shown(name)}, {place} {k:,}, is {shown(token)!r}, as {place} {seen[token]:,} "
                "is: expected each token once."
            )
        if number in tokens:
            raise UploadError(
                f"{shown(name)}: {shown(tokens[number])!r} and {shown(token)!r} both have the id "
                f"{number}: expected an id for each token."
            )
        tokens[number], seen[token] = token, k
    return Vocabulary(name=name, tokens=tokens)


def _of_json(name: str, text: str) -> list[tuple[int, str]]:
    try:
        whole = json.loads(text, object_pairs_hook=_Pairs)
    except (ValueError, RecursionError):
        raise UploadError(f"{shown(name)} is no JSON that can be read: {FORMS}.") from None
    if isinstance(whole, list) and not isinstance(whole, _Pairs):
        return [(k, _token(name, value)) for k, value in enumerate(whole)]
    return _of_pairs(name, _inside(whole))


class _Pairs(list[tuple[str, Any]]):
    """The names and values of a JSON object, in its order, also where a name stands twice."""


def _inside(whole: _Pairs) -> _Pairs:
    """The vocabulary in a tokenizer.json or under a name of its own, else the object itself."""
    for key, value in whole:
        if key in INSIDE and isinstance(value, _Pairs):
            return _inside(value)
    return whole


def _of_pairs(name: str, pairs: _Pairs) -> list[tuple[int, str]]:
    """(id, token) of an object that has tokens with their ids, or ids with their tokens."""
    if pairs and all(isinstance(value, str) and key.isdecimal() for key, value in pairs):
        return [(_id(name, value, int(key)), value) for key, value in pairs]
    return [(_id(name, key, value), key) for key, value in pairs]


def _id(name: str, token: str, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 10 * MAX_TOKENS:
        raise UploadError(
            f"{shown(name)}: the id of {shown(token)!r} is {shown(json.dumps(value))}: expected a "
            f"whole number from 0 to {10 * MAX_TOKENS:,}."
        )
    return value


def _token(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise UploadError(
            f"{shown(name)} lists {shown(json.dumps(value))} among its tokens: {FORMS}."
        )
    return value


def own_vocabulary(alphabet: Iterable[str]) -> Vocabulary:
    """Return a network's own alphabet as a vocabulary: the id of a symbol is its place."""
    return Vocabulary(name="", tokens=dict(enumerate(alphabet)))
