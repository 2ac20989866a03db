"""How much of the memory is left: the influence's own numbers, for less work."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core.analysis.influence import influence
from lstm_core.analysis.memory_left import memory_left
from tests.lstm_core.analysis.test_influence import T, trace_of
from tests.lstm_core.strategies import cell_parameters, seeds


@settings(max_examples=30)
@given(cell_parameters(), seeds, st.booleans(), st.integers(0, T - 1))
def test_what_is_left_of_the_memory_is_its_influence_on_itself_by_lag(parameters, seed, reverse, t):
    trace = trace_of(parameters, seed, reverse)
    left, whole = memory_left(trace, t), influence(trace, t)
    memory = whole.hidden if whole.cell is None else whole.cell
    by_lag = np.argsort(whole.lags)
    close = {"rtol": 1e-9, "atol": 1e-14}
    np.testing.assert_array_equal(left.lags, whole.lags[by_lag])
    np.testing.assert_allclose(left.left, memory.relative[by_lag], **close)
    if whole.kept_relative is None:
        assert left.gates_alone is None
    else:
        np.testing.assert_allclose(left.gates_alone, whole.kept_relative[by_lag], **close)
