"""The size of a value is that of everything it keeps alive, and what is shared counts once."""

from __future__ import annotations

import sys
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from app.session.size import size_of
from lstm_core.record import Array, record
from lstm_core.sequence import number_sequence, symbol_sequence


@record
class Pair:
    first: Array
    second: Array


@dataclass(slots=True)
class Slotted:
    numbers: Array


class Plain:
    def __init__(self, numbers: Array) -> None:
        self.numbers = numbers


@given(hnp.arrays(st.sampled_from(["f4", "f8", "i2", "u1", "M8[s]"]), hnp.array_shapes()))
def test_an_array_takes_its_bytes_and_little_more(array: Array) -> None:
    assert array.nbytes < size_of(array).total < array.nbytes + 200


@given(st.one_of(st.binary(), st.text()))
def test_bytes_and_texts_take_what_python_says_they_take(value: bytes | str) -> None:
    expected = len(value) if isinstance(value, bytes) else sys.getsizeof(value)
    assert size_of(value).total == expected


@pytest.mark.parametrize(
    "hold",
    [
        lambda array: Pair(first=array, second=array[:1]),
        Slotted,
        Plain,
        lambda array: {"numbers": array},
        lambda array: [(array.data, frozenset("numbers"))],
        lambda array: np.array([array, None], dtype=object),
        number_sequence,
    ],
)
def test_the_arrays_of_whatever_holds_them_are_counted(hold) -> None:
    array = np.zeros((1000, 10))
    assert array.nbytes < size_of(hold(array)).total < array.nbytes + 2000


def test_a_view_keeps_the_whole_array_alive() -> None:
    assert size_of(np.zeros(1000)[:1]).total > 8000


def test_an_array_over_bytes_shares_their_memory() -> None:
    data = bytes(8000)
    numbers = np.frombuffer(data)
    assert size_of(numbers).buffers == size_of(data).buffers
    assert size_of((data, numbers)).total < 8500


def test_arrays_that_share_memory_are_counted_once() -> None:
    array = np.zeros(1000)
    together = size_of(Pair(first=array, second=array[::-1]))
    assert list(together.buffers.values()) == [8000]


def test_a_value_that_holds_itself_has_a_size() -> None:
    ring: list[object] = [np.zeros(1000)]
    ring.append(ring)
    assert 8000 < size_of(ring).total < 9000


def test_parts_of_the_program_take_nothing() -> None:
    assert size_of((np, Pair, size_of, len, "".join)).total == sys.getsizeof((0,) * 5)


def test_a_long_text_read_by_symbols_counts_each_symbol_once() -> None:
    sequence = symbol_sequence("ab" * 5000)
    assert sequence.symbols is not None
    assert size_of(sequence).total < 10_000 * 8 * 2 + 5000
