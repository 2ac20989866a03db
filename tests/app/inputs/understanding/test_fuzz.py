"""Whatever the bytes: an understanding that can be run, questions, or one sentence."""

from __future__ import annotations

import gzip

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.inputs import UploadError, understand
from lstm_core import Encoder, NumericEncoder
from tests.app.inputs.understanding.networks import (
    ADDING,
    CHARACTERS,
    IDS,
    PYTHON,
    REBER,
    SUNSPOTS,
    WORDS,
    anonymous,
)

ENCODERS = (SUNSPOTS, ADDING, anonymous(3), None, REBER, IDS, WORDS, CHARACTERS, PYTHON)
encoders = st.sampled_from(ENCODERS)

MESSY = st.text(
    st.sampled_from("012345BTXab.,;:|\t\n\r \"'-+%#eE()[]{}/\\_$€\u00a0\ufeff\u0663NA")
    | st.characters(),
    max_size=120,
)
WORDS_IN_CELLS = (
    *("", "1", "2.5", "1.234", "-999", "NA", "?", "a", "BTX", "2024-01-01", "id", "t", "value"),
    *("mark", "12 %", "$ 5", "inf", "nan", "1e400", "0x1F", "True", "1,5", "1,234", '"', "[1, 2]"),
)
CELLS = st.sampled_from(WORDS_IN_CELLS)
GRIDS = st.lists(st.lists(CELLS, max_size=6), min_size=1, max_size=8)


def reads_asks_or_tells(data: bytes | str, encoder: Encoder | None) -> None:
    """Check that a file gives finite inputs, or asks, or is refused in one sentence."""
    answers: dict[str, str] = {}
    try:
        for _ in range(8):
            found = understand("file", data, encoder, answers)
            for sequence in found.sequences:
                assert len(sequence)
                if isinstance(found.encoder, NumericEncoder):
                    assert np.isfinite(found.encoder.encode(sequence.numbers)).all()
            if not found.questions:
                assert found.sequences
                return
            for question in found.questions:
                answers[question.id] = question.preselection or question.options[-1]
    except UploadError as error:
        sentence = str(error)
        assert sentence.endswith(".")
        assert "\n" not in sentence
        assert len(sentence) < 1000


@given(st.binary(max_size=200), encoders)
def test_no_bytes_raise_anything_but_one_sentence(data: bytes, encoder: Encoder | None) -> None:
    reads_asks_or_tells(data, encoder)


@given(MESSY, encoders)
@settings(max_examples=300)
def test_no_text_raises_anything_but_one_sentence(text: str, encoder: Encoder | None) -> None:
    reads_asks_or_tells(text, encoder)


@pytest.mark.slow
@given(GRIDS, st.sampled_from(",;\t| "), encoders)
@settings(max_examples=300)
def test_no_table_raises_anything_but_one_sentence(
    rows: list[list[str]], delimiter: str, encoder: Encoder | None
) -> None:
    reads_asks_or_tells("\n".join(delimiter.join(row) for row in rows), encoder)


STARTS = (
    b"PK\3\4",
    b"PAR1",
    b"\x93NUMPY\1\0",
    b"\x1f\x8b\x08\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"[",
)


@pytest.mark.parametrize("start", STARTS)
@given(rest=st.binary(max_size=80))
@settings(max_examples=40)
def test_no_damaged_file_raises_anything_but_one_sentence(start: bytes, rest: bytes) -> None:
    reads_asks_or_tells(start + rest, SUNSPOTS)
    reads_asks_or_tells(gzip.compress(start + rest), REBER)
