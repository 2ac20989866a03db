"""One unit over many runs: its gates' statistics, and which symbols drive its memory."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core import unroll
from lstm_core.analysis import drives, gate_statistics
from lstm_core.analysis.unit_profile import memory_change
from lstm_core.training import initial_gru, initial_lstm, initial_rnn

RNG = np.random.default_rng(0)
TRACES = [
    unroll(initial_lstm(np.random.default_rng(1), 2, 3), RNG.normal(0, 3, (n, 2))) for n in (7, 40)
]


def test_statistics_are_those_of_all_timesteps_of_all_runs():
    values = np.concatenate([trace.forget_gate[:, 1] for trace in TRACES])
    (found,) = [g for g in gate_statistics(TRACES, 1) if g.signal == "forget_gate"]
    assert found.mean == pytest.approx(values.mean())
    assert found.quantiles == pytest.approx(np.quantile(values, (0.1, 0.5, 0.9)))
    assert (found.shut, found.open) == ((values < 0.1).mean(), (values > 0.9).mean())


def test_a_gru_has_statistics_of_its_own_gates_and_a_standard_rnn_of_none():
    inputs = RNG.normal(size=(5, 2))
    gru = unroll(initial_gru(np.random.default_rng(1), 2, 3), inputs)
    names = [g.signal for g in gate_statistics([gru], 0)]
    assert names == ["reset_gate", "update_gate"]
    rnn = unroll(initial_rnn(np.random.default_rng(1), 2, 3), inputs)
    assert gate_statistics([rnn], 0) == ()


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=30), st.integers(0, 99))
@settings(max_examples=25)
def test_the_drives_of_all_symbols_add_up_to_what_the_memory_changed_by(tokens, seed):
    change = np.random.default_rng(seed).normal(size=len(tokens))
    found = drives([(tokens[:3], change[:3]), (tokens[3:], change[3:])])
    assert sum(drive.count * drive.change for drive in found) == pytest.approx(change.sum())
    assert {drive.symbol for drive in found} == set(tokens)
    assert [d.change for d in found] == sorted((d.change for d in found), reverse=True)


def test_a_symbol_drives_by_the_mean_of_what_it_changes():
    found = drives([(("a", "b", "a"), np.array([1.0, -2, 2]))])
    assert [(d.symbol, d.count, d.change) for d in found] == [("a", 2, 1.5), ("b", 1, -2.0)]
    assert drives([]) == ()


@pytest.mark.parametrize("trace", TRACES)
def test_changes_lead_from_the_state_at_the_start_to_the_last(trace):
    total = memory_change(trace, 2).sum()
    assert total == pytest.approx(float(trace.cell_state[-1, 2]), abs=1e-5)


def test_a_unit_that_is_not_there_and_runs_that_are_not_are_refused():
    with pytest.raises(ValueError, match=r"unit is 3: expected 0\.\.2"):
        gate_statistics(TRACES, 3)
    with pytest.raises(ValueError, match="there are no runs"):
        gate_statistics([], 0)
    with pytest.raises(ValueError, match="2 symbols and 1 changes"):
        drives([(("a", "b"), np.zeros(1))])
