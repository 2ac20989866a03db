"""What is changed in a run is spelled in an address, fits the run, and is really held."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.session import demos
from app.session.cells import in_cell
from app.session.holding import fits, holdable, input_presets, presets
from app.session.opened_view import open_view
from app.session.scenes import scene
from app.session.view import Source, View, read, spell
from app.session.what_if import (
    LARGEST_STATE,
    MOST,
    STATES,
    GoOn,
    Start,
    StartAfter,
    after_pull,
    read_changes,
    spell_changes,
)
from lstm_core import Clamp, DropInput, PadInput, RepeatInput, ReplaceInput, unroll
from lstm_core.model.rerun import first_change
from lstm_core.training import initial_gru, initial_lstm, initial_rnn

SIGNALS = ("forget_gate", "input_gate", "candidate", "output_gate")
held_values = st.one_of(
    st.tuples(st.sampled_from(SIGNALS), st.floats(-1, 1)),
    st.tuples(st.sampled_from(STATES), st.floats(-LARGEST_STATE, LARGEST_STATE)),
)
clamps = st.builds(
    lambda held, units, first, length: Clamp(
        signal=held[0], value=held[1], units=units, first=first, last=first + length
    ),
    held_values,
    st.none() | st.lists(st.integers(0, 300), min_size=1, max_size=3).map(tuple),
    st.integers(0, 10_000),
    st.integers(0, 10_000),
)


places, values = st.integers(0, 9999), st.text(max_size=3) | st.floats(-1e9, 1e9)
edits = st.one_of(
    st.builds(lambda t, v, k: ReplaceInput(timestep=t, value=v, column=k), places, values, places),
    st.builds(lambda first, n: DropInput(first=first, last=first + n), places, places),
    st.builds(lambda t, n: RepeatInput(timestep=t, times=n), places, places),
    st.builds(lambda a, b, v: PadInput(before=a, after=b, value=v), places, places, values),
    st.builds(lambda v, k: Start(value=v / 8, unit=k), st.integers(-99, 99), st.none() | places),
    st.builds(lambda name: StartAfter(sequence=name), st.text(max_size=20)),
    st.builds(
        lambda n, hot, seed: GoOn(timesteps=n, temperature=hot / 8, seed=seed),
        st.integers(1, 500),
        st.integers(0, 40),
        places,
    ),
)


@given(st.lists(clamps | edits, max_size=4).map(tuple))
def test_changes_are_read_back_from_the_address_as_they_were(drawn):
    again = read(spell(View(changes=drawn))).changes
    assert [(type(one), vars(one)) for one in again] == [(type(one), vars(one)) for one in drawn]


@given(st.text(alphabet="forget_adrop:;-*+0123456789.e~% ", max_size=60))
def test_nonsense_in_an_address_changes_nothing_and_raises_nothing(text):
    assert len(read_changes(text)) <= MOST


@pytest.mark.parametrize(
    "text",
    [
        "forget_gate:2:*:0-3",
        "forget_gate:nan:*:0-3",
        "cell_state:1e7:*:0-3",
        "forget_gate:0:*:5-3",
        "forget_gate:0:x:0-3",
        "repeat:3:99999",
        "replace:1:0:inf",
        "start:nan:*",
        "drop:2",
        "goon:0:1:0",
        "goon:9:-1:0",
    ],
)
def test_a_value_outside_the_gates_range_or_a_stretch_in_reverse_is_left_out(text):
    assert read_changes(text) == ()


def test_changes_that_a_run_cannot_have_are_left_out():
    trace = unroll(initial_lstm(np.random.default_rng(0), 2, 3), np.zeros((5, 2)))
    good = "forget_gate:0:2:1-4"
    negative, no_unit = "forget_gate:-0.5:*:1-4", "forget_gate:0:3:1-4"
    too_late = "forget_gate:0:*:1-5"
    no_signal, another_cells = "written:0:*:1-2", "update_gate:0:*:1-2"
    for bad in (negative, no_unit, too_late, no_signal, another_cells):
        kept = [clamp for clamp in read_changes(f"{good};{bad}") if fits(clamp, trace, len(trace))]
        assert spell_changes(tuple(kept)) == good


@pytest.mark.parametrize("make", [initial_lstm, initial_gru, initial_rnn])
def test_every_preset_and_every_recorded_signal_at_any_value_of_it_fits_the_run(make):
    trace = unroll(make(np.random.default_rng(0), 2, 3), np.ones((5, 2)))
    offered = [change for preset in presets(trace, 3, 1) for change in preset.changes]
    states = {name for name in STATES if name in holdable(trace.vocabulary)}
    held = [Clamp(signal=name, value=-2.5, units=(0, 2), first=1, last=3) for name in states]
    assert offered
    assert held
    assert all(fits(clamp, trace, len(trace)) for clamp in [*offered, *held])


@pytest.mark.parametrize("reverse", [False, True])
def test_a_frozen_memory_stays_what_it_is_here_until_the_run_ends(reverse):
    trace = unroll(initial_lstm(np.random.default_rng(0), 2, 3), np.ones((5, 2)), reverse=reverse)
    (freeze,) = (preset for preset in presets(trace, 2, 1) if preset.name == "freeze")
    frozen = unroll(
        trace.parameters, trace.input, reverse=reverse, interventions=freeze.changes
    ).cell_state[:, 1]
    later, before = (slice(0, 3), slice(3, 5)) if reverse else (slice(2, 5), slice(0, 2))
    np.testing.assert_allclose(frozen[later], trace.cell_state[2, 1], rtol=1e-5)
    np.testing.assert_array_equal(frozen[before], trace.cell_state[before, 1])


@pytest.mark.parametrize("name", demos.demo_names())
def test_whatever_is_changed_in_what_a_demo_reads_can_be_opened_and_shown(name):
    plain = open_view(View(demo=name))
    symbols, timesteps = plain.sequence.numbers is None, len(plain.sequence)
    offered = [p.changes for p in input_presets(symbols, timesteps, timesteps // 2)]
    if symbols:
        first = plain.subject.model.encoder.alphabet[0]
        offered.append((ReplaceInput(timestep=1, value=first), PadInput(value=first, after=3)))
    for changes in offered:
        opened = open_view(View(demo=name, changes=changes, t=timesteps // 2))
        assert opened.view.changes == changes
        assert len(opened.trace) == len(opened.origin) == len(opened.sequence)
        assert scene(opened).timesteps == len(opened.trace)
        same = slice(0, first_change(opened.unchanged.inputs, opened.run.inputs))
        memory = opened.trace.vocabulary.memory
        before, after = opened.unchanged_trace.series(memory), opened.trace.series(memory)
        np.testing.assert_array_equal(after[same], before[same])


def test_an_edit_that_the_network_cannot_read_is_left_out():
    too_late, stranger = DropInput(first=0, last=999), ReplaceInput(timestep=1, value="Ω")
    opened = open_view(View(demo="first_letter", changes=(too_late, stranger)))
    assert opened.view.changes == ()
    assert opened.origin is None


def test_a_run_begins_with_what_was_typed_or_with_what_another_sequence_leaves():
    plain = open_view(View(demo="counter"))
    name = plain.subject.examples[1].sequence.name
    left = open_view(View(demo="counter", source=Source(value=name))).trace.final_state
    after = open_view(View(demo="counter", changes=(StartAfter(sequence=name),)))
    np.testing.assert_array_equal(after.trace[0].previous.memory, left.memory)
    typed = (StartAfter(sequence=name), Start(value=0.5, unit=1))
    start = open_view(View(demo="counter", changes=typed)).trace[0].previous
    np.testing.assert_array_equal(start.hidden_state, left.hidden_state)
    assert start.memory[1] == 0.5
    assert start.memory[0] == left.memory[0]


def test_a_network_goes_on_from_its_own_predictions_with_all_changes_on():
    steer = "goon:20:0:0;forget_gate:0:*:80-85"
    plain = open_view(View(demo="python"))
    opened = open_view(View(demo="python", changes=read_changes(steer)))
    length = len(plain.sequence)
    assert spell_changes(opened.view.changes) == steer
    assert opened.sequence.symbols[:length] == plain.sequence.symbols
    assert (opened.origin[length:] == -1).all()
    np.testing.assert_array_equal(opened.trace.forget_gate[80:86], 0)
    labels = opened.subject.model.readout.labels
    likeliest = [labels[k] for k in opened.run.predictions[length - 1 : -1].argmax(axis=1)]
    assert list(opened.sequence.symbols[length:]) == likeliest
    assert scene(opened).timesteps == length + 20


def test_of_what_a_network_wrote_itself_nothing_is_true():
    end = len(open_view(View(demo="sunspots")).sequence) - 1
    for t, known in ((end - 1, True), (end, False), (end + 5, False)):
        opened = open_view(View(demo="sunspots", t=t, changes=read_changes("goon:20:0:0")))
        assert np.isfinite(opened.truth).all() == known
    verdicts = opened.subject.correct(opened.sequence, opened.run.predictions)
    assert (verdicts[end:] == -1).all()


def test_a_network_that_answers_something_else_does_not_go_on():
    changes = read_changes("goon:20:0:0;forget_gate:0:*:1-2")
    opened = open_view(View(demo="temporal_order", changes=changes))
    assert spell_changes(opened.view.changes) == "forget_gate:0:*:1-2"


def test_a_twin_runs_with_its_own_changes():
    held = read_changes("update_gate:0.25:*:3-6;input_gate:0:*:3-6")
    view = View(demo="first_letter", cell="gru", changes=held)
    opened = in_cell(open_view(view), view)
    assert opened.trace.kind == "gru"
    assert spell_changes(opened.view.changes) == "update_gate:0.25:*:3-6"
    np.testing.assert_array_equal(opened.trace.update_gate[3:7], np.float32(0.25))


def test_the_stage_shows_the_changed_run_and_the_unchanged_one_stays_beside_it():
    name = demos.demo_names()[0]
    held = (Clamp(signal="forget_gate", value=0.25, units=None, first=3, last=6),)
    opened = open_view(View(demo=name, changes=held))
    plain = open_view(View(demo=name))
    np.testing.assert_array_equal(opened.trace.forget_gate[3:7], np.float32(0.25))
    np.testing.assert_array_equal(opened.trace.cell_state[:3], plain.trace.cell_state[:3])
    np.testing.assert_array_equal(opened.unchanged_trace.cell_state, plain.trace.cell_state)
    assert (opened.trace.cell_state[6:] != plain.trace.cell_state[6:]).all()


def pull(**news: object) -> dict[str, object]:
    return {"signal": "forget_gate", "unit": 3, "first": 5, "last": 5, "t": 5, "value": 0.5, **news}


def after(changes, report):
    found = after_pull({"whatif": spell_changes(changes), **report})
    assert found is not None
    assert found[1] == report["t"]
    return found[0]


def test_a_pulled_gate_is_held_where_it_was_pulled_and_moves_with_a_second_pull():
    once = after((), pull())
    assert spell_changes(once) == "forget_gate:0.5:3:5-5"
    assert spell_changes(after(once, pull(value=0.25))) == "forget_gate:0.25:3:5-5"
    assert spell_changes(after(once, pull(t=6, first=6, last=6))).count(";") == 1
    assert (
        spell_changes(after(once, pull(unit=-1))) == "forget_gate:0.5:3:5-5;forget_gate:0.5:*:5-5"
    )
    assert after(once, pull(value=None)) == ()


def test_a_pull_within_a_painted_stretch_moves_the_whole_stretch():
    painted = after((), pull(first=2, last=9, t=2, value=0))
    assert spell_changes(painted) == "forget_gate:0:3:2-9"
    assert spell_changes(after(painted, pull(value=1))) == "forget_gate:1:3:2-9"
    assert after(painted, pull(value=None)) == ()


def test_a_stretch_painted_over_a_held_gate_is_a_change_of_its_own():
    once = after((), pull())
    both = after(once, pull(first=5, last=9, value=1))
    assert spell_changes(both) == "forget_gate:0.5:3:5-5;forget_gate:1:3:5-9"


@pytest.mark.parametrize(
    "news",
    [
        {"value": "x"},
        {"value": 7},
        {"unit": -2},
        {"first": 6},
        {"t": None},
        {"value": float("nan")},
    ],
)
def test_a_pull_that_makes_no_sense_changes_nothing(news):
    assert after_pull(pull(**news)) is None
