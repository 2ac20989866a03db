"""The largest surprise is the symbol that was given the least, one timestep before it came."""

from __future__ import annotations

import numpy as np

from lstm_core.analysis.surprise import largest_surprise

LABELS = ("a", "b", "c")


def test_the_least_expected_symbol_is_found_with_what_it_had_been_given():
    predictions = np.array([[0.7, 0.2, 0.1], [0.5, 0.05, 0.45], [0.9, 0.05, 0.05], [1, 0, 0]])
    found = largest_surprise(predictions, LABELS, ("b", "b", "c", "a"))
    assert found is not None
    assert (found.timestep, found.probability) == (1, 0.2)


def test_symbols_that_nothing_was_predicted_for_are_passed_over():
    predictions = np.full((3, 3), 1 / 3)
    assert largest_surprise(predictions, LABELS, ("a", "z", "z")) is None
    assert largest_surprise(predictions[:1], LABELS, ("a",)) is None
    found = largest_surprise(predictions, LABELS, ("z", "z", "c"))
    assert found is not None
    assert found.timestep == 2
