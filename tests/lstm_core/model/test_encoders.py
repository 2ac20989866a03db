"""Encoders: what a person gives, as the network reads it; what it cannot read, in a sentence."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core import EmbeddingEncoder, NumericEncoder, OneHotEncoder, SequenceError

LETTERS = OneHotEncoder(alphabet=tuple("BTSXPVE"))
TWO_COLUMNS = NumericEncoder(
    columns=("value", "marker"), offset=np.array([10.0, 0.0]), scale=np.array([2.0, 1.0])
)


@given(st.lists(st.sampled_from(LETTERS.alphabet)))
def test_one_hot_has_exactly_one_one_and_it_tells_the_symbol(symbols):
    inputs = LETTERS.encode(symbols)
    assert inputs.shape == (len(symbols), 7)
    assert [LETTERS.alphabet[k] for k in inputs.argmax(axis=1)] == symbols
    assert np.all(inputs.sum(axis=1) == 1)


@given(st.lists(st.sampled_from("abc")))
def test_an_embedding_is_a_one_hot_times_its_matrix(symbols):
    matrix = np.arange(6, dtype=np.float32).reshape(3, 2) + 1
    embedded = EmbeddingEncoder(alphabet=tuple("abc"), embedding=matrix).encode(symbols)
    assert np.array_equal(embedded, OneHotEncoder(alphabet=tuple("abc")).encode(symbols) @ matrix)


@given(st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(-1, 1)), min_size=1))
def test_numbers_are_scaled_and_can_be_scaled_back(rows):
    scaled = TWO_COLUMNS.encode(rows, np.float64)
    restored = scaled * TWO_COLUMNS.scale + TWO_COLUMNS.offset
    np.testing.assert_allclose(restored, rows, rtol=1e-12, atol=1e-9)


def test_a_plain_list_is_one_column():
    encoder = NumericEncoder(columns=("y",), offset=np.array([1.0]), scale=np.array([4.0]))
    assert encoder.encode([1, 3]).tolist() == [[0.0], [0.5]]


@pytest.mark.parametrize(
    ("encoder", "sequence", "sentence"),
    [
        (LETTERS, "BTQ", r"'Q' at position 3 is not in the alphabet: allowed are B T S X P V E"),
        (LETTERS, "BT\n", r"'\\n' at position 3"),
        (TWO_COLUMNS, [[1, 2, 3]], r"shape \(1, 3\): expected \(timesteps, 2\).*value, marker"),
        (TWO_COLUMNS, [[1, 2], [3, np.nan]], "Row 2 of marker is nan: expected a finite number"),
        (TWO_COLUMNS, [[np.inf, 2]], "Row 1 of value is inf"),
    ],
)
def test_what_cannot_be_read_is_named(encoder, sequence, sentence):
    with pytest.raises(SequenceError, match=sentence):
        encoder.encode(sequence)


def test_encoders_whose_parts_do_not_fit_are_refused():
    with pytest.raises(ValueError, match=r"embedding is \(2, 2\): expected \(3, input_size\)"):
        EmbeddingEncoder(alphabet=tuple("abc"), embedding=np.ones((2, 2)))
    for scale in ([0.0, 0.0], [1.0, 0.0]):
        with pytest.raises(ValueError, match="scale has a zero"):
            NumericEncoder(columns=("x", "y"), offset=np.zeros(2), scale=np.array(scale))
