"""The Memory page as a reader uses it, without a browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app.screens.memory import results
from app.session import demos as session_demos
from app.session.shared_store import store
from app.session.view import OWN_UNITS
from app.words import common as words
from app.words import memory as memory_words
from app.words import take_along as take_along_words
from lstm_core import recall_study
from lstm_core.sequence import symbol_sequence
from tests.app import memory_fixtures, pages
from tests.app.pages import choose, group, link, one_page, picker, press, reported, texts

STRING = {"demo": "memory_reber", "text": "BTBTXSETE"}
ALL = {**STRING, "specialists": "1"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two demos with twins that have learnt nothing, and one without any."""
    return memory_fixtures.demos_with_twins(tmp_path_factory.mktemp("demos"))


@pytest.fixture(autouse=True)
def demos(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The page offers these, and no study."""
    monkeypatch.setattr(session_demos, "DEMOS", made)
    monkeypatch.setattr(results, "STUDIES", tmp_path)
    monkeypatch.setattr(recall_study, "FRESH", 300)  # fewer sequences for a probe are soon drawn
    monkeypatch.setattr(recall_study, "REACHED", 24)
    store.clear()
    yield tmp_path
    store.clear()


def opened(*, drawn: bool = True, **address: str) -> AppTest:
    """The page as this address opens it, once the browser has drawn the stages."""
    app = one_page("memory")
    app.session_state["memory-painted"] = {"painted": drawn}
    return pages.opened(app, address)


def pictures(app: AppTest) -> list[str]:
    return [element.proto.spec for element in app.get("plotly_chart")]


def names(spec: str) -> list[str]:
    return [trace["name"] for trace in json.loads(spec)["data"] if trace.get("name")]


def rest(app: AppTest, **report: object) -> AppTest:
    """The page after the stages came to rest and reported where."""
    return reported(app, "memory-stage", **report)


def test_only_demos_with_a_standard_rnn_beside_them_are_offered():
    app = opened()
    offered = picker(app, memory_words.TASK).options
    assert offered == [session_demos.demo(f"memory_{n}").title for n in ("reber", "adding")]
    app = opened(demo="memory_sunspots")
    assert picker(app, memory_words.TASK).value == "memory_reber"


def test_where_nothing_can_be_compared_the_page_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(session_demos, "DEMOS", tmp_path)
    assert memory_words.NONE in texts(opened())


def test_two_networks_stand_beside_each_other_and_a_third_where_it_is_wanted():
    two, three = opened(**ALL, alike="size"), opened(**ALL, alike="size", third="1")
    (_, recall, *_), (_, recall_of_three, *_) = pictures(two), pictures(three)
    assert names(recall) == ["LSTM", "Standard RNN", memory_words.CHANCE]
    assert names(recall_of_three) == ["LSTM", "Standard RNN", "GRU", memory_words.CHANCE]
    assert "Standard RNN, 12 units" in texts(two)
    assert "GRU, 12 units" in texts(three)


def test_alike_in_numbers_is_another_network_than_alike_in_size():
    app = opened(**STRING, third="1")
    assert "Standard RNN, 26 units, 1,073 trained numbers" in texts(app)
    third = app.toggle[0]  # there is no GRU of that size, and what stands beside does not move
    assert (third.label, third.disabled, third.value) == (memory_words.THIRD, True, False)
    assert "third" not in link(app)


@pytest.mark.parametrize(("there", "other"), [("size", "count"), ("count", "size")])
def test_where_networks_are_alike_in_one_way_only_that_one_is_shown_and_said(
    monkeypatch, there, other
):
    monkeypatch.setattr(session_demos, "twin_names", lambda name: (f"rnn_same_{there}",))
    app = opened(**STRING, alike=other)
    assert group(app, memory_words.ALIKE).value == there
    assert group(app, memory_words.ALIKE).options == [memory_words.ALIKES[there]]
    assert escape(memory_words.only_alike(there)) in texts(app)
    assert link(app).get("alike", "count") == there
    units = {"size": 12, "count": 26}[there]
    assert f"Standard RNN, {units} units" in texts(app)


def test_nothing_is_said_where_both_ways_are_there():
    assert not any(
        memory_words.only_alike(way) in texts(opened(**STRING)) for way in ("size", "count")
    )


def test_a_new_sequence_begins_where_a_network_has_forgotten_and_the_address_says_where():
    app = opened(**STRING)
    t, string = int(link(app)["t"]), symbol_sequence("BTBTXSETE")
    lstm = session_demos.demo("memory_reber")
    rnn = session_demos.twin("memory_reber", "rnn_same_count")
    right, wrong = (
        network.correct(string, network.model.run(string).predictions)[t] for network in (lstm, rnn)
    )
    assert (right, wrong) == (1, 0)


def test_the_first_timestep_of_a_link_is_kept():
    assert link(opened(**STRING, t="0"))["t"] == "0"


def test_the_pictures_of_influence_follow_the_stages_to_rest_and_no_other_does():
    app = opened(**ALL, t="7")
    before = pictures(app)
    assert memory_words.here(7, 9, "T", 600) in texts(app)
    rest(app, t=4, units=[2, -1])
    after = pictures(app)
    assert memory_words.here(4, 9, "X", 600) in texts(app)
    assert link(app)["t"] == "4"
    assert link(app)["units"] == "2,-1"
    followed = [old != new for old, new in zip(before, after, strict=True)]
    # what is left, recall, curves, two sheets, gains
    assert followed == [True, False, True, True, True, False]


def test_until_the_stages_are_drawn_no_picture_stands_in_their_way():
    app = opened(**STRING, drawn=False)
    assert pictures(app) == []
    assert link(app)["text"] == STRING["text"]


def test_the_whole_view_is_spelled_and_nonsense_takes_its_default():
    asked = {**STRING, "alike": "size", "third": "1", "t": "5", "units": "3,-1,2", "output": "4"}
    assert link(opened(**asked)) == asked
    mad = {"alike": "shape", "third": "yes", "t": "-4", "units": "a,b", "output": "99"}
    found = link(opened(**STRING, **mad))
    assert found.keys() == {*STRING, "t", "units"}
    assert link(opened(**STRING, units="999,999"))["units"] == "-1,-1"


def test_the_reader_chooses_whose_derivatives_are_drawn():
    app = opened(**ALL, t="7")
    box = picker(app, memory_words.OUTPUT)
    assert box.options[0] == memory_words.LIKELIEST
    before = pictures(app)
    choose(app, memory_words.OUTPUT, 3)
    assert link(app)["output"] == "3"
    assert escape(memory_words.OF_LOGIT.format(label=words.quoted("S"))) in texts(app)
    assert pictures(app)[3] != before[3]
    choose(app, memory_words.OUTPUT, OWN_UNITS)
    assert memory_words.OF_UNITS in texts(app)


def test_another_task_begins_anew_and_has_its_own_output():
    app = opened(**ALL, units="1,1", output="3")
    choose(app, memory_words.TASK, "memory_adding")
    assert link(app)["demo"] == "memory_adding"
    assert "output" not in link(app)
    assert picker(app, memory_words.OUTPUT).options == ["sum", memory_words.OWN_UNITS]
    assert memory_words.FIRST_NUMBER_NOTE in texts(app)


def test_a_sequence_of_the_readers_own_is_compared_too():
    app = opened(demo="memory_reber")
    app.text_area[0].input("BPBPVVEPE")
    press(app, words.RUN)
    assert link(app)["text"] == "BPBPVVEPE"
    press(app, words.NEW)
    assert link(app)["seed"].isdigit()


def test_the_answer_is_one_verdict_with_what_it_rests_on():
    said = texts(opened(**STRING))
    assert "Yes. The LSTM still holds P or T after" in said
    assert "; the standard RNN has lost it after" in said
    assert "10,000 of 10,000 strings right" in said
    assert "7 of 10,000 strings right" in said
    assert "Of a small change in the LSTM&#x27;s cell state when “T” was read, " in said


def test_only_the_curve_of_what_is_left_is_drawn_until_more_is_unfolded():
    app = opened(**STRING)
    (left,) = pictures(app)
    assert names(left) == ["LSTM", "LSTM, gates alone: Π f", "Standard RNN"]
    assert "specialists" not in link(app)
    labels = [download.proto.label for download in app.get("download_button")]
    assert labels == [take_along_words.SAVE_RUNS_TABLE, take_along_words.SAVE_RUNS]
    assert [code.value.count("memory_left(") for code in app.code] == [0]
    assert escape("<i>not at all</i>, rnn_same_count") not in texts(app)
    app = opened(**ALL)
    assert link(app)["specialists"] == "1"
    assert sorted(code.value.count("memory_left(") for code in app.code) == [0, 1]
    assert escape("<i>not at all</i>, rnn_same_count") in texts(app)


def test_a_link_to_an_output_unfolds_what_it_is_about():
    assert picker(opened(**STRING, output="3"), memory_words.OUTPUT).value == 3


def test_what_was_explored_comes_along_until_another_task_is_chosen_here():
    app = one_page("memory")
    app.session_state["memory-painted"] = {"painted": True}
    app.session_state["view"] = {**STRING, "cell": "gru", "alike": "size", "t": "3"}
    pages.opened(app, {})
    assert {"text": STRING["text"], "third": "1"}.items() <= link(app).items()
    choose(app, memory_words.TASK, "memory_adding")
    app.run()
    assert link(app)["demo"] == "memory_adding"


def test_studies_are_shown_where_they_are_there_and_passed_over_where_not(demos):
    assert memory_words.VARIANTS not in texts(opened(**ALL))
    (demos / "variants.json").write_text(json.dumps(memory_fixtures.variants_study()))
    (demos / "tasks.json").write_text(json.dumps(memory_fixtures.tasks()))
    app = opened(**ALL)
    assert memory_words.VARIANTS in texts(app)
    assert "Tallec &amp; Ollivier 2018" in texts(app)
    assert "5 of 5 seeds succeed" in texts(app)
    assert len(pictures(app)) == 8
