"""Copy memory: ten symbols, silence, a sign, and the ten symbols again."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.sequence import symbol_sequence
from lstm_core.tasks.common import string_of
from lstm_core.tasks.copy_memory import CopyMemory

from ..strategies import seeds
from .oracles import Oracle

silences = st.integers(1, 60)


@given(silences, seeds)
def test_a_sequence_is_ten_symbols_silence_the_sign_and_ten_blanks(silence, seed):
    sequence = string_of(CopyMemory(length=silence).random_sequence(np.random.default_rng(seed)))
    assert re.fullmatch(r"[a-h]{10}\.*:\.{10}", sequence)
    assert len(sequence) == silence + 20
    assert sequence.index(":") == silence + 9


@given(silences, seeds)
def test_the_symbols_are_asked_for_in_their_order_after_the_sign_and_only_there(silence, seed):
    task = CopyMemory(length=silence)
    sequence = string_of(task.random_sequence(np.random.default_rng(seed)))
    targets = task.targets(symbol_sequence(sequence))
    assert not any(targets[:-10])
    assert targets[-10:] == tuple(map(frozenset, sequence[:10]))
    weights = task.batch(np.random.default_rng(seed), 3).weights
    assert np.array_equal(weights.any(axis=0), [bool(asked) for asked in targets])


@given(silences, seeds)
def test_each_symbol_is_asked_for_after_the_same_lag(silence, seed):
    task = CopyMemory(length=silence)
    sequence = string_of(task.random_sequence(np.random.default_rng(seed)))
    targets = task.targets(symbol_sequence(sequence))
    assert all(targets[t + task.lag] == frozenset(sequence[t]) for t in range(10))


def test_every_symbol_is_drawn_equally_often_at_every_place():
    targets = CopyMemory().batch(np.random.default_rng(0), 4000).targets[:, -10:]
    for place in targets.T:
        assert np.bincount(place) / 4000 == pytest.approx(np.full(8, 1 / 8), abs=0.025)


def test_one_forgotten_symbol_is_one_too_many():
    task = CopyMemory()

    def forgets_the_third(outputs):
        outputs[-8] = np.roll(outputs[-8], 1)
        return outputs

    right = task.right(Oracle(task, forgets_the_third), np.random.default_rng(0), 20)
    assert not right.any()


def test_a_shorter_sequence_asks_for_as_many_symbols_as_it_has():
    assert CopyMemory().targets(symbol_sequence("ab:...")) == (
        *[frozenset()] * 3,
        {"a"},
        {"b"},
        frozenset(),
    )
    assert not any(CopyMemory().targets(symbol_sequence("abc...")))
    assert CopyMemory().targets(symbol_sequence(":a")) == (frozenset(), frozenset())


def test_no_silence_is_named():
    with pytest.raises(ValueError, match="length is 0: expected at least 1"):
        CopyMemory(length=0)
