"""A vocabulary of the reader's says which token stands behind each id, of a file or a network."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.inputs import Understanding, UploadError, understand
from app.inputs.understanding.by_vocabulary import VOCABULARY
from app.inputs.understanding.vocabularies import Vocabulary, vocabulary_of
from lstm_core import Encoder
from tests.app.inputs.understanding.networks import IDS, SUNSPOTS, WORDS, asked, said, tokens

TOKENS = ("<pad>", "<unk>", "the", "cat", "sat", *(f"word{k}" for k in range(5, 50)))
FIFTY = Vocabulary(name="vocab.txt", tokens=dict(enumerate(TOKENS)))
SENTENCE = ["the", "cat", "sat"]

FORMS = {
    "a token per line": "\n".join(TOKENS) + "\n",
    "Windows lines": "\r\n".join(TOKENS),
    "a token, a tab, its id": "\n".join(f"{token}\t{k}" for k, token in enumerate(TOKENS)),
    "a list": json.dumps(TOKENS),
    "tokens with ids": json.dumps({token: k for k, token in enumerate(TOKENS)}),
    "ids with tokens": json.dumps({str(k): token for k, token in enumerate(TOKENS)}),
    "a tokenizer.json": json.dumps({"model": {"vocab": {t: k for k, t in enumerate(TOKENS)}}}),
}


def read(
    data: str, encoder: Encoder, vocabulary: Vocabulary | None, **answers: str
) -> Understanding:
    return understand("file", data, encoder, answers, vocabulary=vocabulary)


@pytest.mark.parametrize("text", FORMS.values(), ids=FORMS.keys())
def test_a_vocabulary_is_the_same_in_every_form(text: str) -> None:
    assert dict(vocabulary_of("vocab.txt", text.encode()).tokens) == dict(FIFTY.tokens)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("the\ncat\nthe\n", ("line 3", "'the'", "line 1")),
        ("the\n\ncat\n", ("line 2", "empty")),
        ("", ("empty", "token per line")),
        ('{"the": 0, "cat": 0}', ("'the'", "'cat'", "id 0")),
        ('{"the": 0, "the": 1}', ("entry 2", "'the'")),
        ('{"the": -1}', ("'the'", "-1", "whole number")),
        ('{"the": 1.5}', ("'the'", "1.5", "whole number")),
        ("[1, 2]", ("lists 1", "token per line")),
        ('["the", ', ("no JSON",)),
    ],
)
def test_what_is_no_vocabulary_is_refused_in_one_sentence(
    text: str, parts: tuple[str, ...]
) -> None:
    with pytest.raises(UploadError) as caught:
        vocabulary_of("vocab.txt", text.encode())
    for part in ("vocab.txt", *parts):
        assert part in str(caught.value)


@given(st.binary(max_size=60) | st.text('{}[]":,012ab\n\t ', max_size=60).map(str.encode))
def test_no_bytes_are_anything_but_a_vocabulary_or_one_sentence(data: bytes) -> None:
    sentence = ""
    try:
        assert vocabulary_of("vocab.txt", data).tokens
    except UploadError as error:
        sentence = str(error)
    assert sentence == "" or (sentence.endswith(".") and "\n" not in sentence)


@given(st.lists(st.integers(0, 49), min_size=2, max_size=12))
def test_ids_and_their_tokens_are_the_same_sequence_to_a_network_of_ids(ids: list[int]) -> None:
    by_ids = read(" ".join(map(str, ids)), IDS, FIFTY)
    by_tokens = read(" ".join(TOKENS[k] for k in ids), IDS, FIFTY)
    assert tokens(by_ids) == tokens(by_tokens) == [[TOKENS[k] for k in ids]]
    (one,) = by_ids.sequences
    assert one.places is not None
    assert one.places.tolist() == ids
    assert by_ids.encoder is not None
    assert by_ids.encoder.alphabet == TOKENS


def test_a_network_of_ids_that_its_vocabulary_leaves_out_keeps_their_numbers() -> None:
    some = Vocabulary(name="some.json", tokens={2: "the", 3: "9"})
    found = read("2 3 9", IDS, some)
    assert tokens(found) == [["the", "9", "<9>"]]
    assert "some.json" in said(found)


def test_a_network_of_tokens_reads_ids_by_the_vocabulary_of_the_file() -> None:
    other = Vocabulary(name="other.json", tokens={7: "the", 8: "cat", 9: "sat", 10: "dog"})
    assert tokens(read("7 8 9", WORDS, other)) == [SENTENCE]
    found = read("7 8 10", WORDS, other)
    assert tokens(found) == [["the", "cat", "<unk>"]]
    assert "'dog'" in said(found)


def test_ids_for_a_network_of_tokens_may_be_places_in_its_alphabet_and_that_is_asked() -> None:
    assert asked(read("2 3 4", WORDS, None)) == ["ids"]
    assert tokens(read("2 3 4", WORDS, None, ids="Yes, counted from 0")) == [SENTENCE]
    with pytest.raises(UploadError, match="'2'"):
        read("2 3 4", WORDS, None, ids="No")


def test_what_may_be_ids_and_tokens_is_asked_about() -> None:
    digits = Vocabulary(name="digits.txt", tokens={k: str((k + 1) % 10) for k in range(10)})
    found = read("3 4", IDS, digits)
    assert (asked(found), found.sequences) == (["ids"], ())
    readings = [
        tokens(read("3 4", IDS, digits, ids=option)) for option in found.questions[0].options
    ]
    assert readings == [[["4", "5"]], [["3", "4"]]]


def test_a_vocabulary_is_offered_where_ids_are_read() -> None:
    assert read("2 3", IDS, None).choices[0].id == VOCABULARY
    with pytest.raises(UploadError) as caught:
        read("the cat", IDS, None)
    assert caught.value.choices[0].id == VOCABULARY
    assert not read("the cat", WORDS, None).choices


@pytest.mark.parametrize(
    ("encoder", "vocabulary", "part"),
    [
        (IDS, Vocabulary(name="big", tokens={50: "the"}), "the ids 0 to 49"),
        (WORDS, Vocabulary(name="other", tokens={0: "le", 1: "chat"}), "none of this network"),
        (SUNSPOTS, FIFTY, "reads numbers"),
    ],
)
def test_the_vocabulary_of_another_network_is_refused(
    encoder: Encoder, vocabulary: Vocabulary, part: str
) -> None:
    with pytest.raises(UploadError, match=part):
        read("1 2", encoder, vocabulary)
