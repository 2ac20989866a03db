"""The vocabulary: every signal once, and true of what the cells compute."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given

from lstm_core import GRUStep, LSTMStep, RNNStep, signal, unroll, vocabulary
from lstm_core.vocabulary import VOCABULARIES

from .strategies import runs

STEPS = {"lstm": LSTMStep, "gru": GRUStep, "rnn": RNNStep}


@pytest.mark.parametrize("kind", VOCABULARIES)
def test_every_recorded_signal_is_a_field_of_the_step_and_the_other_way_round(kind):
    fields = {field.name for field in dataclasses.fields(STEPS[kind])}
    recorded = {signal.name for signal in vocabulary(kind).recorded}
    assert recorded == fields - {"input", "previous", "preactivation"}


@pytest.mark.parametrize("kind", VOCABULARIES)
def test_every_block_is_a_signal(kind):
    names = {signal.name for signal in vocabulary(kind).recorded}
    assert set(vocabulary(kind).blocks) <= names


@pytest.mark.parametrize("kind", VOCABULARIES)
def test_no_two_signals_share_a_name_or_a_symbol(kind):
    signals = vocabulary(kind).signals
    assert len({s.name for s in signals}) == len({s.symbol for s in signals}) == len(signals)


@given(runs())
def test_gates_stay_between_closed_and_open(run):
    trace = unroll(*run)
    squashing = getattr(getattr(trace.parameters, "variant", None), "recurrent_activation", None)
    for s in trace.vocabulary.signals:
        if s.role == "gate" and (squashing or trace.parameters.recurrent_activation) != "tanh":
            assert s.low <= trace.series(s.name).min()
            assert trace.series(s.name).max() <= s.high


def test_strangers_are_named():
    with pytest.raises(ValueError, match="kind is 'transformer': expected one of lstm, gru, rnn"):
        vocabulary("transformer")
    with pytest.raises(ValueError, match="signal is 'cell_state': a GRU has hidden_state"):
        signal("gru", "cell_state")


@given(runs())
def test_the_memory_is_what_the_keeping_gate_multiplies(run):
    trace = unroll(*run)
    cell = vocabulary(trace.kind)
    np.testing.assert_array_equal(trace.series(cell.memory), trace.state.memory)
    if cell.keeping_gate is not None:
        kept = trace.series(cell.keeping_gate) * trace.previous.memory
        np.testing.assert_array_equal(kept, trace.retained)
