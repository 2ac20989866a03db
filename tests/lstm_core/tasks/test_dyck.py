"""Dyck-1: brackets in balance, and what may follow them."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.sequence import symbol_sequence
from lstm_core.tasks import dyck
from lstm_core.tasks.common import string_of
from lstm_core.tasks.dyck import Dyck1

from ..strategies import seeds
from .oracles import Oracle


def balanced(string: str) -> bool:
    """Whether a string is S, brackets in balance, T: cancelled pair by pair, not counted."""
    inner = string[1:-1]
    while "()" in inner:
        inner = inner.replace("()", "")
    return string[:1] + inner + string[-1:] == "ST" and len(string) > 2


@given(seeds, st.integers(1, 40))
def test_brackets_are_in_balance_and_as_many_as_asked_for(seed, pairs):
    string = dyck.brackets(np.random.default_rng(seed), pairs)
    assert balanced(string)
    assert len(string) == 2 * pairs + 2


@given(seeds, st.integers(1, 12), st.data())
def test_exactly_what_is_allowed_leads_to_brackets_in_balance(seed, pairs, data):
    string = dyck.brackets(np.random.default_rng(seed), pairs)
    cut = data.draw(st.integers(1, len(string) - 1))
    allowed = dyck.legal_next(string[:cut])[-1]
    for symbol in "()T":
        begun = string[:cut] + symbol
        endings = ["", *(")" * k + "T" for k in range(14))]
        finished = any(balanced(begun + e) for e in endings)
        if cut > 1:
            assert (symbol in allowed) == finished
    assert allowed == dyck.legal_next(string)[cut - 1]


def test_what_may_follow_is_spelled_out():
    legal = [set(symbols) for symbols in dyck.legal_next("S(())T")]
    assert legal == [{"(", "T"}, {"(", ")"}, {"(", ")"}, {"(", ")"}, {"(", "T"}, set()]
    assert not any(dyck.legal_next("S)(")[1:])
    assert dyck.legal_next("") == ()


def test_lengths_are_drawn_evenly_and_depths_vary():
    rng = np.random.default_rng(0)
    strings = [string_of(Dyck1().random_sequence(rng)) for _ in range(2000)]
    pairs = Counter((len(string) - 2) // 2 for string in strings)
    assert sorted(pairs) == list(range(1, 26))
    assert all(40 < times < 130 for times in pairs.values())
    deepest = [max(np.cumsum([1 if c == "(" else -1 for c in s[1:-1]])) for s in strings]
    assert set(range(1, 8)) <= set(deepest)


@given(seeds)
def test_who_does_not_count_beyond_depth_one_is_wrong_about_deeper_strings(seed):
    task = Dyck1(most=6)

    def thinks_every_bracket_closes_all(outputs):
        closed = np.flatnonzero(outputs[:, 2])
        outputs[closed[1:], 3] = 1
        return outputs

    rng = np.random.default_rng(seed)
    batch = task.batch(np.random.default_rng(seed), 8)
    deep = batch.targets[:, :, 2].sum(axis=1) > 1
    right = task.right(Oracle(task, thinks_every_bracket_closes_all), rng, 8)
    assert np.array_equal(right, ~deep)


def test_the_cue_is_the_bracket_that_stays_open_longest():
    cue = Dyck1().cue(symbol_sequence("S()(())()T"))
    assert (cue.timestep, cue.value) == (3, "(")
    assert Dyck1().cue(symbol_sequence("S((")) is None


def test_strings_without_brackets_are_named():
    with pytest.raises(ValueError, match="most is 0: expected at least 1 pair"):
        Dyck1(most=0)
