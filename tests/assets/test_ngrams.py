"""The n-gram model is a distribution, and it is the one that counting by hand finds."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.demos.python.ngrams import fit_ngrams

SYMBOLS = 4
START = 0
texts = st.lists(
    st.lists(st.integers(0, SYMBOLS - 1), min_size=1, max_size=40).map(np.array),
    min_size=1,
    max_size=3,
)


@given(texts, st.lists(st.integers(0, SYMBOLS - 1), max_size=6), st.integers(1, 5))
def test_after_any_context_the_probabilities_of_all_symbols_sum_to_one(text, context, order):
    model = fit_ngrams(text, order, SYMBOLS, START)
    following = [
        model.probabilities(np.array([*context, symbol]), START)[-1] for symbol in range(SYMBOLS)
    ]
    assert sum(following) == pytest.approx(1)
    assert min(following) > 0


@given(texts, st.integers(1, 4))
def test_only_the_last_symbols_of_the_context_count(text, order):
    model = fit_ngrams(text, order, SYMBOLS, START)
    tail = [1, 2, 3, 1]
    near = model.probabilities(np.array([3, 3, *tail]), START)[-1]
    far = model.probabilities(np.array([2, 1, *tail]), START)[-1]
    assert near == far


@given(texts)
def test_a_text_begins_as_if_the_start_symbol_stood_before_it(text):
    model = fit_ngrams(text, 3, SYMBOLS, START)
    alone = model.probabilities(np.array([1, 2]), START)
    after = model.probabilities(np.array([START, START, 1, 2]), START)
    assert np.array_equal(alone, after[2:])


def by_hand(text: list[int], before: tuple[int, ...], symbol: int, order: int) -> Fraction:
    """The definition, one probability at a time, in exact fractions."""
    padded = [START] * (order - 1) + text
    grams = Counter(tuple(padded[k : k + order]) for k in range(len(text)))
    for k in range(order - 1, len(before), -1):
        grams = Counter(gram[-k:] for gram in grams)
    discounts = by_hand_discounts(Counter(grams.values()))
    context = {gram: n for gram, n in grams.items() if gram[:-1] == before}
    lower = Fraction(1, SYMBOLS) if not before else by_hand(text, before[1:], symbol, order)
    if not context:
        return lower
    total = sum(context.values())
    seen = context.get((*before, symbol), 0)
    taken = sum(discounts[min(n, 3)] for n in context.values())
    return (seen - discounts[min(seen, 3)] + taken * lower) / total


def by_hand_discounts(n: Counter[int]) -> list[Fraction]:
    y = Fraction(n[1], n[1] + 2 * n[2]) if n[1] and n[2] else Fraction(1, 2)
    found = [Fraction(0)]
    for k in (1, 2, 3):
        d = k - (k + 1) * y * Fraction(n[k + 1], n[k]) if n[k] else y
        found.append(d if 0 < d < k else y)
    return found


@given(st.lists(st.integers(0, SYMBOLS - 1), min_size=1, max_size=60), st.integers(1, 3))
def test_the_probabilities_are_those_of_the_definition(text, order):
    model = fit_ngrams([np.array(text)], order, SYMBOLS, START)
    other = [1, 0, 2, 2, 3, 1, 1]
    padded = [START] * (order - 1) + other
    expected = [
        float(by_hand(text, tuple(padded[k : k + order - 1]), other[k], order))
        for k in range(len(other))
    ]
    np.testing.assert_allclose(model.probabilities(np.array(other), START), expected, rtol=1e-12)


def test_what_was_seen_often_is_expected_and_the_unseen_is_not_impossible():
    model = fit_ngrams([np.array([1, 2, 3] * 50)], 3, SYMBOLS, START)
    probabilities = model.probabilities(np.array([1, 2, 3, 1, 2, 0]), START)
    assert min(probabilities[2:5]) > 0.95
    assert 0 < probabilities[5] < 0.02


@pytest.mark.parametrize(("order", "symbols"), [(0, 4), (10, 97)])
def test_an_order_that_cannot_be_counted_is_refused(order, symbols):
    with pytest.raises(ValueError, match=f"order is {order} and symbols are {symbols}"):
        fit_ngrams([np.array([0])], order, symbols, START)
