"""Encoders: what a person gives, as the network reads it; what it cannot read, in a sentence."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core import (
    EmbeddingEncoder,
    NumericEncoder,
    OneHotEncoder,
    SequenceError,
    number_sequence,
    symbol_sequence,
)
from lstm_core.model.encoders import BLOCK

LETTERS = OneHotEncoder(alphabet=tuple("BTSXPVE"))
TWO_COLUMNS = NumericEncoder(
    columns=("value", "marker"), offset=np.array([10.0, 0.0]), scale=np.array([2.0, 1.0])
)
WORDS = EmbeddingEncoder(alphabet=("the", "cat", "sat"), embedding=np.arange(6.0).reshape(3, 2))
AS_THEY_ARE = NumericEncoder(columns=("x",), offset=np.zeros(1), scale=np.ones(1))


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


@given(st.lists(st.sampled_from(LETTERS.alphabet)))
def test_a_sequence_is_read_as_its_symbols_are_whatever_its_own_alphabet(symbols):
    places = [LETTERS.alphabet.index(symbol) for symbol in symbols]
    for sequence in (
        symbol_sequence(symbols),
        symbol_sequence(symbols, LETTERS.alphabet),
        symbol_sequence(symbols, LETTERS.alphabet[::-1]),
        symbol_sequence(symbols, ("nowhere", *LETTERS.alphabet)),
        LETTERS.sequence(symbols),
    ):
        assert LETTERS.places(sequence).tolist() == places
        np.testing.assert_array_equal(LETTERS.encode(sequence), LETTERS.encode(symbols))


def test_places_in_the_encoders_own_alphabet_are_used_as_they_are():
    sequence = LETTERS.sequence("BTX")
    assert LETTERS.places(sequence) is sequence.places


def test_an_alphabet_that_has_a_symbol_twice_means_the_first():
    twice = OneHotEncoder(alphabet=("a", "a", "b"))
    assert twice.places("ab").tolist() == twice.places(twice.sequence("ab")).tolist() == [0, 2]


@given(st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(-1, 1)), min_size=1))
def test_numbers_are_scaled_and_can_be_scaled_back(rows):
    scaled = TWO_COLUMNS.encode(rows, np.float64)
    restored = scaled * TWO_COLUMNS.scale + TWO_COLUMNS.offset
    np.testing.assert_allclose(restored, rows, rtol=1e-12, atol=1e-9)


def test_a_plain_list_is_one_column():
    encoder = NumericEncoder(columns=("y",), offset=np.array([1.0]), scale=np.array([4.0]))
    assert encoder.encode([1, 3]).tolist() == [[0.0], [0.5]]


@given(st.integers(0, 9), st.sampled_from(["f4", "f8", "i8", "u1", ">f8"]))
def test_a_sequence_of_numbers_is_read_as_its_array_is(timesteps, dtype):
    values = np.arange(2 * timesteps).reshape(timesteps, 2).astype(dtype)
    inputs = TWO_COLUMNS.encode(number_sequence(values))
    assert inputs.dtype == np.float32
    expected = ((np.float64(values) - TWO_COLUMNS.offset) / TWO_COLUMNS.scale).astype(np.float32)
    np.testing.assert_array_equal(inputs, expected)


def test_a_long_sequence_is_scaled_in_parts_that_join_without_a_seam():
    values = np.random.default_rng(0).normal(size=(BLOCK + 5, 2))
    expected = (values - TWO_COLUMNS.offset) / TWO_COLUMNS.scale
    np.testing.assert_array_equal(TWO_COLUMNS.encode(values, np.float64), expected)
    values[BLOCK + 1, 1] = np.nan
    with pytest.raises(SequenceError, match=f"Row {BLOCK + 2} of marker is nan"):
        TWO_COLUMNS.encode(values)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_numbers_that_need_no_scaling_are_not_copied(dtype):
    sequence = number_sequence(np.ones((4, 1), dtype))
    assert np.shares_memory(AS_THEY_ARE.encode(sequence, dtype), sequence.numbers)


@pytest.mark.parametrize("encoder", [LETTERS, WORDS])
def test_the_joined_kernel_is_what_the_kernel_makes_of_each_symbol(encoder):
    rng = np.random.default_rng(0)
    kernel, places = rng.normal(size=(encoder.input_size, 5)), rng.integers(3, size=(4, 2))
    made = encoder.vectors(places, np.float64) @ kernel
    np.testing.assert_allclose(encoder.joined(kernel)[places], made, rtol=1e-14)


@pytest.mark.parametrize("encoder", [LETTERS, WORDS])
def test_the_gradients_through_the_joined_kernel_are_those_through_the_inputs(encoder):
    rng = np.random.default_rng(0)
    kernel, places = rng.normal(size=(encoder.input_size, 5)), rng.integers(3, size=9)
    inputs, d_preactivation = encoder.vectors(places, np.float64), rng.normal(size=(9, 5))
    d_joined = np.zeros((len(encoder.alphabet), 5))
    np.add.at(d_joined, places, d_preactivation)
    d_kernel, of_encoder = encoder.joined_gradients(d_joined, kernel)
    np.testing.assert_allclose(d_kernel, inputs.T @ d_preactivation, atol=1e-13)
    expected = encoder.gradients(places, d_preactivation @ kernel.T)
    assert of_encoder.keys() == expected.keys() == encoder.weights.keys()
    for name, array in expected.items():
        np.testing.assert_allclose(of_encoder[name], array, atol=1e-13)


@pytest.mark.parametrize("encoder", [LETTERS, WORDS, TWO_COLUMNS, AS_THEY_ARE])
def test_an_encoder_reads_the_sequences_that_it_makes(encoder):
    drawn = encoder.random_sequence(np.random.default_rng(3), 5)
    assert len(drawn) == 5
    assert drawn.id == encoder.random_sequence(np.random.default_rng(3), 5).id
    for sequence in (drawn, encoder.simplest_sequence(5)):
        encoder.check_readable(sequence)
        assert encoder.encode(sequence).shape == (len(sequence), encoder.input_size)
        assert encoder.reads_symbols == (sequence.numbers is None)
        assert sequence.alphabet == encoder.alphabet
        assert sequence.columns == encoder.columns


def test_the_simplest_sequence_is_the_alphabet_in_order_or_zeros():
    assert LETTERS.simplest_sequence(4).symbols == ("B", "T", "S", "X")
    assert WORDS.simplest_sequence(60).symbols == WORDS.alphabet
    assert not TWO_COLUMNS.simplest_sequence(3).numbers.any()


def test_random_numbers_are_standard_normal_for_the_network():
    drawn = TWO_COLUMNS.random_sequence(np.random.default_rng(0), 20_000)
    inputs = TWO_COLUMNS.encode(drawn)
    np.testing.assert_allclose([inputs.mean(), inputs.std()], [0, 1], atol=0.02)


def test_only_an_embedding_is_trained_and_only_its_inputs_have_no_names():
    assert list(WORDS.weights) == ["embedding"]
    assert dict(LETTERS.weights) == dict(TWO_COLUMNS.weights) == {}
    assert (LETTERS.input_names, WORDS.input_names) == (LETTERS.alphabet, ())
    assert TWO_COLUMNS.input_names == ("value", "marker")
    assert TWO_COLUMNS.scaling == (("value", 10.0, 2.0), ("marker", 0.0, 1.0))


@pytest.mark.parametrize(
    ("encoder", "sequence", "sentence"),
    [
        (LETTERS, "BTQ", r"'Q' at position 3 is not in the alphabet: allowed are B T S X P V E"),
        (LETTERS, "BT\n", r"'\\n' at position 3"),
        (TWO_COLUMNS, [[1, 2, 3]], r"shape \(1, 3\): expected \(timesteps, 2\).*value, marker"),
        (TWO_COLUMNS, [[1, 2], [3, np.nan]], "Row 2 of marker is nan: expected a finite number"),
        (TWO_COLUMNS, [[np.inf, 2]], "Row 1 of value is inf"),
        (TWO_COLUMNS, [[0, 2], [1e200, 2]], r"Number 2 of value is 1e\+200: too large"),
        (AS_THEY_ARE, np.array([[np.nan]], np.float32), "Row 1 of x is nan"),
        (LETTERS, symbol_sequence("BTQ", tuple("QTB")), "'Q' at position 3"),
        (LETTERS, number_sequence([1, 2]), "holds numbers: expected symbols, allowed are B T S"),
        (TWO_COLUMNS, symbol_sequence("BT"), r"symbols: expected numbers \(timesteps, 2\) .*value"),
    ],
)
def test_what_cannot_be_read_is_named(encoder, sequence, sentence):
    with pytest.raises(SequenceError, match=sentence):
        encoder.encode(sequence)
    with pytest.raises(SequenceError, match=sentence):
        encoder.check_readable(sequence)


def test_encoders_whose_parts_do_not_fit_are_refused():
    with pytest.raises(ValueError, match=r"embedding is \(2, 2\): expected \(3, input_size\)"):
        EmbeddingEncoder(alphabet=tuple("abc"), embedding=np.ones((2, 2)))
    for scale in ([0.0, 0.0], [1.0, 0.0]):
        with pytest.raises(ValueError, match="scale has a zero"):
            NumericEncoder(columns=("x", "y"), offset=np.zeros(2), scale=np.array(scale))
