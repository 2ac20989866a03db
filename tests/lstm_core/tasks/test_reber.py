"""The embedded Reber grammar: its strings, what may follow, and what counts as right."""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.tasks import reber

from ..strategies import seeds

# The inner automaton as a regular expression, written down from its drawing in the 1997 paper.
LOWER = "T*V(?:PXT*V)*"
INNER = f"B(?:TS*X(?:X{LOWER}(?:PS|V)|S)|P{LOWER}(?:PS|V))E"
GRAMMAR = re.compile(f"B(?:T{INNER}T|P{INNER}P)E")


@given(seeds)
def test_every_string_is_one_of_the_grammars(seed):
    assert GRAMMAR.fullmatch(reber.embedded_reber(np.random.default_rng(seed)))


@given(seeds)
def test_every_symbol_of_a_string_was_allowed_by_those_before_it(seed):
    string = reber.embedded_reber(np.random.default_rng(seed))
    legal = reber.legal_next(string)
    assert len(legal) == len(string)
    assert all(after in allowed for allowed, after in zip(legal, string[1:], strict=False))
    assert legal[-1] == frozenset()


@given(seeds, st.data())
def test_exactly_what_is_allowed_leads_to_a_string_of_the_grammar(seed, data):
    string = reber.embedded_reber(np.random.default_rng(seed))
    cut = data.draw(st.integers(1, len(string) - 1))
    allowed = reber.legal_next(string[:cut])[-1]
    for symbol in reber.ALPHABET:
        assert (symbol in allowed) == can_be_finished(string[:cut] + symbol)


def can_be_finished(beginning: str, depth: int = 9) -> bool:
    """Whether any continuation makes it a string of the regular expression: tried, not computed."""
    if GRAMMAR.fullmatch(beginning):
        return True
    endings = ("", "E", "SE", "VE", "PSE", "VVE", "XVVE", "XSE", "TXSE", "BTXSE")
    outer = beginning[1:2]
    candidates = [e + outer + "E" for e in endings] + ["E", "TBTXSETE", "TBTXSET"]
    candidates += [f"{o}BTXSE{o}E" for o in "TP"]
    return any(GRAMMAR.fullmatch(beginning + ending) for ending in candidates)


def test_what_follows_something_illegal_nobody_knows():
    assert reber.legal_next("BTX")[1:] == [frozenset("B"), frozenset()]
    assert reber.legal_next("") == []


def test_both_outer_symbols_and_every_choice_are_drawn_at_even_odds():
    rng = np.random.default_rng(0)
    strings = [reber.embedded_reber(rng) for _ in range(4000)]
    outer = Counter(string[1] for string in strings)
    inner = Counter(string[3] for string in strings)
    for counts in (outer, inner):
        assert counts["T"] / 4000 == pytest.approx(0.5, abs=0.03)
    assert min(map(len, strings)) == 9
    assert np.mean([len(s) for s in strings]) == pytest.approx(12, abs=1)


def test_the_last_but_one_symbol_repeats_the_second():
    rng = np.random.default_rng(1)
    for _ in range(200):
        string = reber.embedded_reber(rng)
        assert string[-2] == string[1]
        assert reber.legal_next(string)[-3] == frozenset(string[1])


def test_distinct_strings_are_distinct_and_unlike_those_given():
    seen = reber.distinct_strings(np.random.default_rng(2), 300)
    fresh = reber.distinct_strings(np.random.default_rng(3), 300, unlike=set(seen))
    assert len(set(seen) | set(fresh)) == 600


@given(st.lists(seeds, min_size=1, max_size=4))
def test_a_batch_asks_at_every_position_for_the_symbol_that_followed(several):
    strings = tuple(reber.embedded_reber(np.random.default_rng(seed)) for seed in several)
    batch = reber.next_symbol_batch(strings)
    assert batch.lengths is not None
    for row, string in enumerate(strings):
        length = batch.lengths[row]
        read = batch.inputs[row, :length].argmax(-1)
        assert "".join(reber.ALPHABET[k] for k in read) == string[:-1]
        asked = batch.targets[row, :length]
        assert "".join(reber.ALPHABET[k] for k in asked) == string[1:]


def test_margins_are_the_weakest_right_and_the_strongest_wrong():
    string = "BTBTXSETE"
    legal = reber.legal_next(string)
    perfect = np.array([[symbol in allowed for symbol in reber.ALPHABET] for allowed in legal])
    predictions = np.where(perfect, 0.6, 0.1)
    predictions[3, reber.ALPHABET.index("S")] = 0.4
    predictions[5, reber.ALPHABET.index("T")] = 0.3
    predictions[-1] = 0.99  # after the closing E nothing is asked
    assert reber.margins(predictions, string) == (0.4, 0.3)
