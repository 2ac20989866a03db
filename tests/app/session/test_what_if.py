"""What is changed in a run is spelled in an address, fits the run, and is really held."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.session import demos
from app.session.opened_view import open_view
from app.session.view import View, read, spell
from app.session.what_if import MOST, fitting, holdable, presets, read_clamps, spell_clamps
from lstm_core import Clamp, unroll
from lstm_core.training import initial_gru, initial_lstm, initial_rnn

SIGNALS = ("forget_gate", "input_gate", "candidate", "output_gate")
clamps = st.builds(
    lambda signal, value, units, first, length: Clamp(
        signal=signal, value=value / 100, units=units, first=first, last=first + length
    ),
    st.sampled_from(SIGNALS),
    st.integers(-100, 100),
    st.none() | st.lists(st.integers(0, 300), min_size=1, max_size=3).map(tuple),
    st.integers(0, 10_000),
    st.integers(0, 10_000),
)


def parts(clamp: Clamp):
    return clamp.signal, clamp.value, clamp.units, clamp.first, clamp.last


@given(st.lists(clamps, max_size=4).map(tuple))
def test_changes_are_read_back_from_the_address_as_they_were(drawn):
    again = read(spell(View(clamps=drawn))).clamps
    assert [parts(clamp) for clamp in again] == [parts(clamp) for clamp in drawn]


@given(st.text(alphabet="forget_a:;-*+0123456789.e ", max_size=60))
def test_nonsense_in_an_address_changes_nothing_and_raises_nothing(text):
    assert len(read_clamps(text)) <= MOST


@pytest.mark.parametrize(
    "text",
    ["forget_gate:2:*:0-3", "forget_gate:nan:*:0-3", "forget_gate:0:*:5-3", "forget_gate:0:x:0-3"],
)
def test_a_value_outside_the_gates_range_or_a_stretch_in_reverse_is_left_out(text):
    assert read_clamps(text) == ()


def test_changes_that_a_run_cannot_have_are_left_out():
    trace = unroll(initial_lstm(np.random.default_rng(0), 2, 3), np.zeros((5, 2)))
    good = "forget_gate:0:2:1-4"
    negative, no_unit = "forget_gate:-0.5:*:1-4", "forget_gate:0:3:1-4"
    too_late = "forget_gate:0:*:1-5"
    no_gate, another_cells = "cell_state:0:*:1-2", "update_gate:0:*:1-2"
    for bad in (negative, no_unit, too_late, no_gate, another_cells):
        assert spell_clamps(fitting(read_clamps(f"{good};{bad}"), trace)) == good


@pytest.mark.parametrize("make", [initial_lstm, initial_gru, initial_rnn])
def test_every_preset_fits_the_run_and_gates_alone_can_be_held(make):
    trace = unroll(make(np.random.default_rng(0), 2, 3), np.zeros((5, 2)))
    offered = tuple(preset.clamp for preset in presets(trace, 4, 1))
    assert len(fitting(offered, trace)) == len(offered)
    assert bool(offered) == (trace.vocabulary.keeping_gate is not None)
    assert trace.vocabulary.memory not in holdable(trace.vocabulary)


def test_the_stage_shows_the_changed_run_and_the_unchanged_one_stays_beside_it():
    name = demos.demo_names()[0]
    held = (Clamp(signal="forget_gate", value=0.25, units=None, first=3, last=6),)
    opened = open_view(View(demo=name, clamps=held))
    plain = open_view(View(demo=name))
    np.testing.assert_array_equal(opened.trace.forget_gate[3:7], np.float32(0.25))
    np.testing.assert_array_equal(opened.trace.cell_state[:3], plain.trace.cell_state[:3])
    np.testing.assert_array_equal(opened.unchanged_trace.cell_state, plain.trace.cell_state)
    assert (opened.trace.cell_state[6:] != plain.trace.cell_state[6:]).all()
