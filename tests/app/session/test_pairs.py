"""What can stand beside the run on the stage, and where in the pair the reader is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.container import unpack
from app.session.beside import Beside
from app.session.opened_view import OpenedView, open_view
from app.session.pair_offers import offered_networks, offered_sequences, sequence_beside
from app.session.pair_scenes import pair_members
from app.session.pairs import Pair, network_pair, place_of, sequence_pair, timestep_at
from app.session.runs import model_run
from app.session.view import Source, View
from app.session.what_if import read_changes
from app.words import pair as words
from lstm_core.analysis.alignment import difference_along


def pair(demo: str, beside: Beside, **more) -> tuple[Pair, OpenedView]:
    opened = open_view(View(demo=demo, beside=beside, **more))
    names = offered_sequences(opened)
    return sequence_pair(opened, sequence_beside(opened, beside), names[beside]), opened


def text(demo: str, beside: Beside) -> str:
    return "".join(pair(demo, beside)[0].second.sequence.symbols or ())


@pytest.mark.parametrize("t", [0, 7])
def test_the_pair_that_the_task_is_about_is_offered_first_wherever_the_cursor_is(t):
    reber = list(offered_sequences(open_view(View(demo="reber", t=t))))
    assert reber[0] == Beside(kind="symbol", value="P", timesteps=(1,))
    order = list(offered_sequences(open_view(View(demo="temporal_order", t=t))))
    assert order[0] == Beside(kind="exchange", timesteps=(15, 55))  # Y before X
    assert order[1] == Beside(kind="symbol", value="Y", timesteps=(15,))


def test_the_pairs_differ_in_what_their_names_say():
    first = "".join(open_view(View(demo="temporal_order")).sequence.symbols or ())
    exchanged = text("temporal_order", Beside(kind="exchange", timesteps=(15, 55)))
    assert {k for k, (a, b) in enumerate(zip(first, exchanged, strict=True)) if a != b} == {15, 55}
    assert (first[15] + first[55], exchanged[15] + exchanged[55]) == ("XY", "YX")
    assert text("reber", Beside(kind="symbol", value="P", timesteps=(1,)))[1] == "P"


def test_a_pair_of_a_link_is_offered_where_the_sequence_has_its_timestep():
    asked = Beside(kind="symbol", value="V", timesteps=(9,))
    assert asked in offered_sequences(open_view(View(demo="reber", beside=asked)))
    for never in (
        Beside(kind="symbol", value="V", timesteps=(900,)),
        Beside(kind="symbol", value="?", timesteps=(9,)),
        Beside(kind="exchange", timesteps=(3, 900)),
    ):
        assert never not in offered_sequences(open_view(View(demo="reber", beside=never)))


@settings(max_examples=20)
@given(place=st.integers(0, 61))
def test_a_place_and_its_timestep_of_the_first_run_lead_to_each_other(place):
    beside = Beside(kind="sequence", value="n = 20")
    shown, opened = pair("counter", beside)
    t = timestep_at(shown, place)
    assert place_of(shown, opened.view.replace(t=t, place=place)) == place
    elsewhere = place_of(shown, opened.view.replace(t=t, place=0))
    assert timestep_at(shown, elsewhere) == t


def test_the_stages_are_both_runs_and_their_difference_in_one_order():
    shown, opened = pair("counter", Beside(kind="sequence", value="n = 20"))
    a, b, difference = pair_members(shown, opened.view)
    assert (a.title, b.title, difference.title) == ("A · n = 5", "B · n = 20", words.DIFFERENCE)
    assert (a.reads, b.reads, difference.reads) == (True, True, False)
    values = difference_along(shown.first.trace, shown.second.trace, shown.alignment)
    np.testing.assert_array_equal(difference.scene.trace.series("cell_state"), values)
    assert {len(member.scene.trace) for member in (a, b, difference)} == {len(shown.alignment)}
    assert shown.parting is not None


def test_a_colour_means_one_number_in_both_runs_however_far_one_of_them_goes():
    typed = Source(kind="text", value=" ".join(["60"] * 60))
    beside = Beside(kind="sequence", value="1956 to 2008")
    shown, opened = pair("sunspots", beside, source=typed)
    first, second, _ = (
        next(s for s in unpack(member.scene.payload)[0]["signals"] if s["name"] == "cell_state")
        for member in pair_members(shown, opened.view)
    )
    furthest = float(np.abs(shown.first.trace.series("cell_state")).max())
    assert furthest > float(np.abs(shown.second.trace.series("cell_state")).max())
    assert (first["low"], first["high"]) == (second["low"], second["high"])
    assert first["high"] == pytest.approx(furthest)


def test_networks_of_other_units_stand_beside_each_other_without_a_difference():
    opened = open_view(View(demo="reber", beside=Beside(kind="network")))
    offered = offered_networks(opened)
    name, other = offered[Beside(kind="network", value="rnn_same_size")]
    shown = network_pair(opened, name, other)
    assert not shown.alike
    assert len(pair_members(shown, opened.view)) == 2
    assert shown.alignment.pairs.all()


HELD = read_changes("cell_state:0.5:1:4-6;start:0.25:0;drop:0-0")


def test_both_runs_of_a_pair_have_what_is_held_and_the_start_unless_the_first_alone_has_them():
    beside = Beside(kind="symbol", value="P", timesteps=(2,))
    shown, opened = pair("reber", beside, changes=HELD)
    assert opened.view.changes == HELD
    for side in (shown.first, shown.second):
        assert (side.trace.cell_state[4:7, 1] == 0.5).all()
        assert side.trace[0].previous.memory[0] == 0.25
    alone, _ = pair("reber", beside, changes=HELD, held="first")
    np.testing.assert_array_equal(alone.first.trace.cell_state, shown.first.trace.cell_state)
    plain = model_run(opened.subject, alone.second.sequence).layers[0].forward
    np.testing.assert_array_equal(alone.second.trace.cell_state, plain.cell_state)


def test_a_changed_run_stands_beside_itself_without_the_changes():
    asked = Beside(kind="unchanged")
    assert asked not in offered_sequences(open_view(View(demo="reber", beside=asked)))
    opened = open_view(View(demo="reber", beside=asked, changes=HELD))
    names = offered_sequences(opened)
    other = sequence_beside(opened, asked)
    shown = sequence_pair(opened, other, names[asked], unchanged=True)
    assert shown.second.sequence is opened.unchanged_sequence
    np.testing.assert_array_equal(shown.second.trace.cell_state, opened.unchanged_trace.cell_state)
    assert shown.alignment.cost == 1


def test_what_the_other_run_has_no_timestep_for_is_held_in_the_first_alone():
    end = len(open_view(View(demo="counter")).sequence) - 1
    held = read_changes(f"forget_gate:0:*:{end}-{end};forget_gate:0:*:1-1")
    longer = max(offered_sequences(open_view(View(demo="counter"))), key=lambda b: -len(b.value))
    shown, _ = pair("counter", longer, changes=held)
    here = len(shown.second.sequence) > end
    assert len(shown.second.trace.interventions) == 1 + here
