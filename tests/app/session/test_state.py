"""What the session remembers: looking changes nothing, and each page has its own."""

from __future__ import annotations

import copy
from typing import Any

import pytest
import streamlit
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.screens.memory import networks
from app.screens.shared import opening
from app.screens.train import choices, run_panel
from app.session import shared_store, state
from app.session.view import Source, View
from lstm_core.experiment import read, recommended, spell
from tests.app.session.test_view import SETTINGS, values

Session = dict[str, Any]

STRING = {"demo": "reber", "text": "BTBTXSETE"}
STAGE = {name: values(s) for name, s in SETTINGS.items() if s.stage}
MOMENTS = st.integers(1, 10**12)

in_one_session = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Session:
    """A session that has just begun on Explore, with no parameter in the address."""
    begun: Session = {}
    monkeypatch.setattr(streamlit, "session_state", begun)
    monkeypatch.setattr(streamlit, "query_params", {})
    state.open_page("explore")
    return begun


def arrive(**address: str) -> None:
    """The reader comes with an address, or changes it."""
    streamlit.query_params.clear()
    streamlit.query_params.update(address)


def report(session: Session, moment: int, **reported: object) -> None:
    """The stage of the open page comes to rest."""
    session[state.stage_key()] = {"report": {**reported, "moment": moment}}


@pytest.mark.parametrize("address", [{}, STRING, {"demo": "nobody", "text": "?", "t": "900"}])
def test_looking_at_a_page_changes_nothing_that_is_remembered(session, address):
    arrive(**address)
    for page, look in [
        ("explore", opening.open_now),
        ("memory", networks.open_now),
        ("train", choices.asked),
        ("train", run_panel.now),
    ]:
        state.open_page(page)
        report(session, 1, t=2, unit=1, units=[1, 1])
        before = copy.deepcopy(session)
        look()
        look()
        state.current_view()
        assert session == before


def test_what_was_settled_is_what_is_looked_at_from_then_on(session):
    for address in ({}, STRING, {"demo": "reber", "text": "?", "t": "900"}):
        arrive(**address)
        opened = opening.open_now()
        opening.remember(opened)
        assert state.current_view() == opened.view
        assert opening.open_now().view == opened.view


def test_what_cannot_be_shown_is_said_when_the_page_is_settled_and_not_before(session):
    arrive(demo="reber", text="BTQ")
    opened = opening.open_now()
    assert (state.notice(), opened.problem != "") == ("", True)
    opening.remember(opened)
    assert state.notice() == opened.problem
    assert opening.open_now().problem == ""  # what is remembered can be shown
    state.clear_notice()
    assert state.notice() == ""


@in_one_session
@given(st.fixed_dictionaries({}, optional=STAGE), MOMENTS)
def test_the_view_follows_whatever_the_stage_reports(session, reported, moment):
    session.clear()
    report(session, moment, **reported)
    assert state.current_view() == View(**reported)
    state.follow_stage()
    assert state.current_view() == View(**reported)


@in_one_session
@given(st.fixed_dictionaries(STAGE), MOMENTS, st.integers(0, 100))
def test_a_report_counts_once_and_the_same_place_reported_again_counts_again(
    session, reported, moment, t
):
    session.clear()
    report(session, moment, **reported)
    state.change_view(t=t)
    assert state.current_view() == View(**{**reported, "t": t})
    report(session, moment + 1, **reported)
    assert state.current_view() == View(**reported)


@pytest.mark.parametrize(
    "reported",
    [{"t": -1}, {"t": "x"}, {"t": [1, 2]}, {"t": {}}, {"veil": 2}, {"speed": 1e9}, {"order": None}],
)
def test_nonsense_in_a_report_moves_nothing(session, reported):
    report(session, 1, **reported)
    assert state.current_view() == View()


def test_an_address_counts_when_the_reader_comes_with_it_or_changes_it(session):
    arrive(t="3", unit="2")
    state.change_view(unit=5)
    assert state.current_view() == View(t=3, unit=5)  # the address that was read counts no more
    arrive(t="4")
    assert state.current_view() == View(t=4)


def test_a_new_demo_or_sequence_begins_at_its_first_timestep(session):
    arrive(t="3")
    state.change_view(source=Source(kind="seed", value="1"))
    assert state.current_view().t == 0
    state.change_view(t=4)
    state.change_view(demo="adding", t=2)
    assert state.current_view().t == 2


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ({"demo": "adding", "veil": "0"}, False),
        ({"t": "0"}, True),
        ({"unit": "0"}, True),
        ({"seed": "3"}, True),
        ({"demo": "reber", "sequence": "A long way"}, True),
    ],
)
def test_a_sequence_a_timestep_or_a_unit_names_a_place(session, words, named):
    assert not state.place_is_named()
    arrive(**words)
    assert state.place_is_named() == named
    opening.remember(opening.open_now())
    assert state.place_is_named()
    state.forget_view()
    assert not state.place_is_named()


def test_a_stage_that_was_moved_names_a_place(session):
    report(session, 1, t=0)
    assert state.place_is_named()


def test_each_page_remembers_its_own_view_notice_and_stage(session):
    state.change_view(t=5)
    state.show_notice("No.", {"task": "adding"})
    state.open_page("memory")
    assert (state.current_view(), state.notice(), state.notice_recipe()) == (View(), "", {})
    assert state.stage_key() == "memory-stage"
    state.show_on_explore("adding")
    assert state.current_view() == View(demo="adding")
    assert not state.place_is_named()
    assert (state.notice(), state.stage_key()) == ("", "stage")


def test_what_was_given_is_listed_until_it_is_removed_and_stands_in_the_address(session):
    assert (state.listed_uploads(), state.in_address({"t": "3"})) == ((), {"t": "3"})
    first, second = state.add_upload("a.txt", b"BT"), state.add_upload("b.txt", b"BP")
    assert [upload.name for upload in state.listed_uploads()] == ["a.txt", "b.txt"]
    assert set(state.in_address({})) == {"session"}
    state.remove_upload(first)
    assert [upload.id for upload in state.listed_uploads()] == [second.id]


def test_a_new_session_with_the_same_address_has_what_was_given_and_adds_to_a_list_of_its_own(
    session,
):
    state.keep_answers(state.add_upload("a.txt", b"BT"), "reber", {"lines": "one"})
    address = state.in_address({})
    session.clear()
    arrive(**address)
    assert [upload.name for upload in state.listed_uploads()] == ["a.txt"]
    state.remember_view(View())
    (kept,) = state.listed_uploads()
    assert kept.answers == {"reber": {"lines": "one"}}
    assert state.in_address({}) != address
    state.add_upload("b.txt", b"BP")
    session.clear()
    assert [upload.name for upload in state.listed_uploads()] == ["a.txt"]


@pytest.mark.parametrize("token", ["x" * 22, "", "../etc", "é" * 22])
def test_a_token_that_stands_for_nothing_is_said_once_and_does_no_harm(session, token):
    arrive(session=token, t="3")
    assert state.listed_uploads() == ()
    assert state.current_view() == View(t=3)
    state.remember_view(View())
    assert (state.notice() != "") == (token != "")
    state.clear_notice()
    state.remember_view(View())
    assert state.notice() == ""


def test_what_the_store_no_longer_keeps_is_said_and_leaves_the_list(session):
    lost, kept = state.add_upload("lost.txt", b"BT"), state.add_upload("kept.txt", b"BP")
    shared_store.store.remove(("upload", lost.id))
    state.say_lost_uploads()
    assert "lost.txt" in state.notice()
    assert state.listed_uploads() == (kept,)
    state.clear_notice()
    state.say_lost_uploads()
    assert state.notice() == ""


def test_each_page_has_a_preview_and_a_fault_of_its_own(session):
    upload = state.add_upload("a.txt", b"BT")
    state.open_preview(upload, {"lines": "one"})
    state.show_fault("typing", "No.")
    opened = state.preview()
    assert opened is not None
    assert (opened["upload"], opened["answers"]) == (upload.id, {"lines": "one"})
    state.open_page("memory")
    assert (state.preview(), state.fault("typing")) == (None, "")
    state.open_page("explore")
    assert state.fault("typing") == "No."
    state.close_preview()
    assert state.preview() is None


def test_a_model_is_held_on_its_own_page_alone_and_another_one_begins_anew(session):
    state.open_page("model")
    state.hold_model("one", "a.pt")
    state.change_model(layer=2)
    state.change_view(t=5)
    held = {"file": "one", "name": "a.pt", "layer": 2, "answers": {}}
    assert state.held_model() == held
    state.hold_model("two", "b.pt")
    assert state.held_model() == {**held, "file": "two", "name": "b.pt", "layer": 0}
    assert state.current_view() == View()
    state.open_page("explore")
    assert state.held_model() is None


def test_a_reload_of_the_readers_own_model_finds_the_file_and_what_was_said_about_it(session):
    state.open_page("model")
    state.hold_model("one", "a.pt")
    state.change_model(answers={"nonlinearity": "relu"})
    held, address = state.held_model(), state.in_address({"t": "3"})
    for _ in range(2):  # the second finds what the first left as it was
        session.clear()
        state.open_page("model")
        arrive(**address)
        assert state.held_model() == held
        state.remember_view(state.current_view())
        assert (state.held_model(), state.current_view()) == (held, View(t=3))
        state.change_model(layer=1)
        assert state.held_model() == {**held, "layer": 1}


def test_sequences_shows_the_readers_own_model_unless_the_address_or_they_name_another(session):
    state.open_page("model")
    state.hold_model("one", "a.pt")
    held = state.held_model()
    state.open_page("sequences")
    assert state.held_model() == held
    arrive(**state.in_address({"demo": "reber"}))
    assert state.held_model() is None
    state.show_own_model(True)
    assert state.held_model() == held
    arrive(**state.in_address({}))
    state.show_own_model(False)
    assert state.held_model() is None


def test_going_back_shows_what_the_earlier_address_says_whatever_was_chosen_since(session):
    arrive(**STRING, t="3")
    state.remember_view(state.current_view())
    state.change_view(cell="gru", t=5)
    state.return_to({**STRING, "t": "3"})
    assert state.current_view() == View(
        demo="reber", source=Source(kind="text", value=STRING["text"]), t=3
    )


def test_a_recipe_is_that_of_the_address_until_another_is_chosen(session):
    state.open_page("train")
    assert spell(choices.asked()) == spell(read({}))
    arrive(task="adding", units="x")
    assert spell(choices.asked()) == spell(recommended("adding", "lstm"))
    choices.remember()
    assert "units" in state.notice()
    assert state.recipe() == spell(recommended("adding", "lstm"))
    state.choose_recipe({"task": "copy_memory"})
    assert state.recipe() == {"task": "copy_memory"}


def test_a_moment_is_new_once(session):
    assert [state.mark_seen("a", k) for k in (1, 1, 2, 1)] == [True, False, True, True]
    assert state.mark_seen("b", 1)


def test_a_trained_network_is_named_once_the_newest_last(session):
    for name in ("a", "b", "a"):
        state.add_trained(name)
    assert state.trained_names() == ("b", "a")
