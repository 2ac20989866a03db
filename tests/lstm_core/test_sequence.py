"""A sequence is one value: symbols or numbers, with a fingerprint of what is read."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.sequence import Sequence, number_sequence, symbol_sequence

WORDS = st.lists(st.text(max_size=3), max_size=12)


@given(WORDS)
def test_symbols_come_back_word_for_word(words: list[str]) -> None:
    sequence = symbol_sequence(words)
    assert sequence.symbols == tuple(words)
    assert len(sequence) == len(words)
    assert sequence.numbers is None


@given(WORDS, WORDS)
def test_equal_symbols_have_equal_fingerprints_and_others_have_others(
    one: list[str], other: list[str]
) -> None:
    assert (symbol_sequence(one).id == symbol_sequence(other).id) == (one == other)


@given(WORDS, st.randoms())
def test_the_order_of_the_alphabet_does_not_change_the_fingerprint(
    words: list[str], random: Any
) -> None:
    alphabet = list({*words, "another"})
    random.shuffle(alphabet)
    known = symbol_sequence(words, tuple(alphabet))
    assert known.alphabet == tuple(alphabet)
    assert known.id == symbol_sequence(words).id


def test_a_symbol_outside_the_alphabet_joins_its_end() -> None:
    sequence = symbol_sequence("ABX", ("B", "A"))
    assert sequence.alphabet == ("B", "A", "X")
    np.testing.assert_array_equal(sequence.places, [1, 0, 2])


def test_an_alphabet_with_a_symbol_twice_is_kept_and_means_the_first() -> None:
    sequence = symbol_sequence("ab", ("a", "a", "b"))
    assert sequence.alphabet == ("a", "a", "b")
    np.testing.assert_array_equal(sequence.places, [0, 2])


def test_truth_values_are_read_as_0_and_1_without_a_copy() -> None:
    values = np.array([[True, False]])
    numbers = number_sequence(values).numbers
    assert numbers is not None
    assert numbers.tolist() == [[1, 0]]
    assert np.shares_memory(numbers, values)


def test_numbers_are_kept_as_they_are_and_cannot_be_written() -> None:
    values = np.arange(6, dtype=np.float32).reshape(3, 2)
    sequence = number_sequence(values, ("rain", "flow"), name="gauge", label="wet")
    assert sequence.numbers is not None
    assert np.shares_memory(sequence.numbers, values)
    assert not sequence.numbers.flags.writeable
    assert (sequence.symbols, len(sequence), sequence.label) == (None, 3, "wet")


def test_a_plain_list_of_numbers_is_one_column() -> None:
    assert number_sequence(np.array([1, 2, 3])).numbers.shape == (3, 1)  # type: ignore[union-attr]


def test_fingerprints_of_numbers_tell_values_types_and_shapes_apart() -> None:
    arrays = [np.zeros((2, 3)), np.zeros((3, 2)), np.zeros((2, 3), np.float32), np.eye(2, 3)]
    assert len({number_sequence(array).id for array in arrays}) == len(arrays)
    assert number_sequence(np.zeros((2, 3)), name="a").id == number_sequence(np.zeros((2, 3))).id


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({}, "either numbers or places"),
        ({"numbers": np.zeros((1, 1)), "places": np.zeros(1, int)}, "either numbers or places"),
        ({"numbers": np.zeros(3)}, r"float64 \(3,\): expected numbers \(timesteps, columns\)"),
        ({"numbers": np.zeros((3, 2)), "columns": ("a",)}, "columns are 1: expected 2"),
        ({"numbers": np.zeros((3, 2)), "times": ("now",)}, "times are 1: expected 3"),
        ({"places": np.array([0, 2]), "alphabet": ("a", "b")}, "0 to 2: expected 0..1"),
        ({"places": np.array([-1]), "alphabet": ("a",)}, "-1 to -1: expected 0..0"),
        ({"places": np.array([0.5]), "alphabet": ("a",)}, "expected whole numbers"),
    ],
)
def test_parts_that_do_not_fit_together_are_refused(parts: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        Sequence(**parts)
