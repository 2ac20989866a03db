"""The Explore page as a reader uses it, without a browser."""

from __future__ import annotations

from html import escape

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from app import navigation
from app.figures.values import timesteps_table, units_table
from app.session.opened_view import open_view
from app.session.shared_store import store
from app.session.view import read, spell
from app.words import common as words
from lstm_core.analysis import moment
from lstm_core.demo import list_demos, load_demo
from tests.app import pages
from tests.app.pages import (
    ROOT,
    choose,
    choose_button,
    give_files,
    link,
    picker,
    press,
    ran,
    reported,
    run_upload,
    texts,
    whole_app,
)

pytestmark = pytest.mark.usefixtures("server_follows")

FIRST = {"demo": "reber", "text": "BTBTXSETE"}


def opened(**address: str) -> AppTest:
    """Explore as this address opens it."""
    return pages.opened(whole_app(), address)


def rest(app: AppTest, **report: object) -> AppTest:
    """The page after the stage came to rest and reported where."""
    return reported(app, "stage", **report)


def type_in(app: AppTest, text: str) -> AppTest:
    """Give a sequence in the popover."""
    box = app.text_input[0] if app.text_input else app.text_area[0]
    box.input(text)
    return press(app, words.RUN)


def upload(app: AppTest, name: str, data: bytes) -> AppTest:
    return run_upload(give_files(app, (name, data)))


def without_session(address: dict[str, str]) -> dict[str, str]:
    """The address as Copy link gives it away."""
    return {name: value for name, value in address.items() if name != "session"}


def shown(app: AppTest) -> str:
    """What the page says is on the stage: the sequence picker's own words."""
    box = picker(app, words.SEQUENCE)
    return box.format_func(box.value)


def test_the_page_opens_on_the_first_demo_and_asks_its_question():
    app = opened()
    assert picker(app, words.DEMO).value == "first_letter"
    assert "Was the first letter A or B" in texts(app)


def test_a_link_that_names_a_demo_opens_that_one():
    app = opened(demo="reber")
    assert picker(app, words.DEMO).value == "reber"
    assert "may come next" in texts(app)


DEMOS = ROOT / "assets" / "demos"


@pytest.mark.parametrize("name", list_demos(DEMOS))
def test_every_demo_opens_at_its_moment(name):
    demo = load_demo(DEMOS / name)
    first = moment(demo.model.run(demo.examples[0].sequence).layers[0].forward)
    opens = read(link(opened(demo=name)))
    assert (opens.t, opens.unit) == (first.t, first.unit)
    assert 0 < opens.t < len(demo.examples[0].sequence) - 1


def test_an_address_without_a_word_opens_the_first_demo_at_its_moment():
    assert link(opened()) == link(opened(demo="first_letter"))
    assert link(opened())["t"] == "12"


@pytest.mark.parametrize(("cell", "title"), [("rnn", "Standard RNN"), ("gru", "GRU")])
def test_another_cell_reads_the_same_sequence_at_the_same_timestep(cell, title):
    app = opened(demo="first_letter", sequence="B, then 22 others", t="9")
    control = next(each for each in app.segmented_control if each.label == words.CELL)
    assert control.options == ["LSTM", "RNN", "GRU"]
    ran(control.set_value(cell).run())
    here = {"demo": "first_letter", "sequence": "B, then 22 others", "t": "9"}
    assert link(app) == {**here, "cell": cell}
    assert f"trained alike: {title}" in texts(app)
    assert "only the first differs" not in texts(app)  # what the LSTM's note says
    again = opened(**link(app))
    assert link(again) == link(app)
    assert picker(again, words.DEMO).value == "first_letter"


def test_a_cell_that_no_twin_has_is_the_demos_own():
    app = opened(demo="python", cell="gru", t="3")
    assert link(app) == {**link(opened(demo="python", t="3"))}
    assert "cell" not in link(app)


def test_every_unit_of_a_twin_can_be_opened_though_the_demo_has_fewer():
    app = opened(demo="first_letter", cell="rnn", t="2", unit="2")
    assert (link(app)["unit"], link(app)["cell"]) == ("2", "rnn")


@pytest.mark.parametrize("place", [{"t": "0"}, {"unit": "0"}, {"t": "0", "unit": "0"}])
def test_a_place_that_the_address_names_wins(place):
    view = read(link(opened(demo="temporal_order", **place)))
    assert (view.t, view.unit) == (0, 0)


def test_a_demo_that_is_chosen_opens_at_its_moment_too():
    app = opened(**FIRST, t="5", unit="3")
    choose(app, words.DEMO, "temporal_order")
    assert link(app) == link(opened(demo="temporal_order"))


def test_the_arithmetic_and_the_link_follow_the_stage_to_rest():
    app = opened(**FIRST, t="3", unit="2")
    assert words.here(3, 9, "T", 2) in texts(app)
    rest(app, t=5, unit=7, veil=False)
    assert words.here(5, 9, "S", 7) in texts(app)
    followed = {"t": "5", "unit": "7", "veil": "0"}
    assert link(app) == {**FIRST, **followed}


def test_what_the_stage_reported_long_ago_does_not_come_back():
    app = opened(**FIRST)
    rest(app, t=5)
    press(app, words.NEW)
    assert read(link(app)).t == 0
    ran(app.run())
    assert read(link(app)).t == 0
    rest(app, t=5)
    assert read(link(app)).t == 5


OF_NO_TIMESTEP = (
    "reading",
    "highlights",
    "units",
    "exercises",
)  # what each tab shows


@pytest.mark.parametrize("details", words.TABS)
def test_every_tab_opens_at_every_unit(details):
    for unit in ("4", "-1"):
        app = opened(**FIRST, details=details, unit=unit, t="4")
        assert read(link(app)) == read({**link(app), "details": details, "unit": unit})
        if details not in OF_NO_TIMESTEP:
            assert words.here(4, 9, "X", int(unit)) in texts(app)


def test_a_demo_shows_its_birth_certificate():
    page = texts(opened(**FIRST, details="training"))
    provenance = load_demo(ROOT / "assets" / "demos" / "reber").provenance
    assert escape(provenance.published) in page
    assert provenance.sha256 in page
    assert f"strings right {provenance.reached['strings_right']:,}" in page


def test_the_arithmetic_of_every_gate_is_on_the_page():
    page = texts(opened(**FIRST, unit="3", t="4"))
    for gate in ("forget_gate", "input_gate", "candidate", "output_gate"):
        assert f'data-block="{gate}"' in page


def test_the_prediction_marks_what_may_really_follow():
    page = texts(opened(**FIRST, details="prediction", t="1"))
    assert words.may_follow(("B",)) in page
    assert "✓ may follow" in page


def test_where_the_browser_cannot_follow_the_server_shows_the_values():
    app = opened(**FIRST, details="values", t="3", unit="2")
    rest(app, t=5)
    trace = open_view(read(link(app))).trace
    pd.testing.assert_frame_equal(app.dataframe[0].value, units_table(trace, 5))
    choose_button(app, words.TABLE_LABEL, "timesteps")
    by_timestep = timesteps_table(trace, 2, tuple("BTBTXSETE"))
    pd.testing.assert_frame_equal(app.dataframe[0].value, by_timestep)


def test_a_page_whose_demo_and_run_were_evicted_computes_them_anew():
    app = opened(**FIRST, unit="3", t="4")
    before = texts(app), link(app)
    store.clear()
    ran(app.run())
    assert (texts(app), link(app)) == before


def test_plotly_is_not_drawn_before_its_tab_is_opened():
    assert opened().get("plotly_chart") == []
    assert len(opened(**FIRST, details="reading").get("plotly_chart")) == 2


@pytest.mark.parametrize("text", ["BTBTXSETE", "BPBPVVEPE", "B"])
def test_a_typed_sequence_is_run_and_linked_word_for_word(text):
    app = type_in(opened(**FIRST, t="5"), text)
    assert words.here(0, len(text), "B", 0) in texts(app)
    assert link(app) == {"demo": "reber", "text": text}
    assert shown(app) == words.own_sequence("text", text)


def test_a_typed_program_keeps_its_lines_and_its_indentation():
    program = "    if x:\n        return x\n"
    app = type_in(opened(demo="python", t="5"), program)
    assert words.here(0, len(program), " ", 0) in texts(app)
    assert link(app) == {"demo": "python", "text": program}


def test_a_typed_symbol_outside_the_alphabet_is_told_and_changes_nothing():
    app = opened(**FIRST, t="5")
    before = link(app)
    type_in(app, "BTQ")
    problem = "position 3: &#x27;Q&#x27; is not in the alphabet"
    assert problem in texts(app)
    assert 'role="alert"' in texts(app)
    assert link(app) == before
    type_in(app, "BT")
    assert 'role="alert"' not in texts(app)


@pytest.mark.parametrize("text", ["", "   "])
def test_typing_nothing_is_told_and_changes_nothing(text):
    app = opened(**FIRST)
    before = link(app)
    type_in(app, text)
    assert "is empty: give at least one timestep" in texts(app)
    assert link(app) == before


def test_markup_in_what_is_typed_or_uploaded_stays_text():
    app = type_in(opened(**FIRST), "<img src=x onerror=alert(1)>")
    assert "<img" not in texts(app)
    upload(app, "<b>x.txt", b"BT")
    assert "<b>x" not in texts(app)
    assert "&lt;b&gt;x.txt" in texts(app)


def test_an_uploaded_sequence_is_run_and_said_to_be_missing_from_the_link():
    app = upload(opened(**FIRST), "mine.txt", b"BPBTXSEPE")
    assert words.here(0, 9, "B", 0) in texts(app)
    assert words.not_in_link("mine.txt") in texts(app)
    elsewhere = opened(**without_session(link(app)))
    assert "mine.txt" in texts(elsewhere)
    assert 'role="alert"' in texts(elsewhere)
    assert (
        shown(elsewhere) == load_demo(ROOT / "assets" / "demos" / "reber").examples[0].sequence.name
    )


def test_an_uploaded_sequence_stays_while_the_stage_is_stepped():
    app = upload(opened(**FIRST), "mine.txt", b"BPBTXSEPE")
    rest(app, t=5)
    assert words.here(5, 9, "S", 0) in texts(app)
    assert shown(app) == words.own_sequence("upload", "mine.txt")


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.txt", b"BTZ", "position 3: &#x27;Z&#x27; is not in the alphabet"),
        ("a.txt", b"", "is empty"),
        ("a.txt", b"\xff\xfe\xff", "a.txt"),
        ("a.csv", b"x,y\n1\n", "a.csv"),
    ],
)
def test_a_bad_file_is_told_in_one_sentence_and_changes_nothing(name, data, told):
    app = opened(**FIRST)
    before = without_session(link(app))
    give_files(app, (name, data))
    assert told in texts(app)
    assert 'role="alert"' in texts(app)
    assert without_session(link(app)) == before


def test_a_new_random_sequence_is_the_same_wherever_its_link_opens():
    app = press(opened(**FIRST), words.NEW)
    assert shown(app) == words.own_sequence("seed", link(app)["seed"])
    assert shown(opened(**link(app))) == shown(app)


def said(app: AppTest) -> set[str]:
    """All the HTML that was drawn last, element by element."""
    return {element.proto.body for element in app.get("html")}


@pytest.fixture
def pages_drawn(monkeypatch) -> list[str]:
    """One for each time that a whole page is drawn."""
    drawn: list[str] = []
    whole = navigation.run

    def run() -> None:
        drawn.append("a page")
        whole()

    monkeypatch.setattr(navigation, "run", run)
    return drawn


def test_another_sequence_draws_only_the_parts_that_show_it(pages_drawn):
    app = opened(demo="reber", details="prediction", t="3")
    pages_drawn.clear()
    before = said(app)
    press(app, words.NEW)
    assert shown(app) == words.own_sequence("seed", link(app)["seed"])
    assert said(app) - before
    assert said(app) <= said(opened(**link(app)))
    choose(app, words.SEQUENCE, "A long way")
    assert shown(app) == "A long way"
    assert said(app) <= said(opened(**link(app)))
    assert len(pages_drawn) == 2  # by those who opened the links


@pytest.mark.parametrize("address", [FIRST, {"demo": "reber", "hide": "details"}])
def test_where_more_than_those_parts_tells_of_the_sequence_the_page_is_drawn(address, pages_drawn):
    app = opened(**address)
    pages_drawn.clear()
    press(app, words.NEW)
    assert len(pages_drawn) == 1
    assert shown(app) == words.own_sequence("seed", link(app)["seed"])


def test_another_sequence_of_the_demo_begins_at_its_first_timestep():
    app = opened(**FIRST, t="7")
    choose(app, words.SEQUENCE, "A long way")
    assert link(app) == {"demo": "reber", "sequence": "A long way"}


@pytest.mark.parametrize(
    "address",
    [
        {"demo": "../../secrets", "t": "-1", "unit": "x"},
        {"demo": "reber", "sequence": "no such", "layer": "7", "direction": "backward"},
        {"text": "BTQ"},
        {"seed": "1e9", "speed": "nan", "details": "nothing"},
        {"t": "999999999", "unit": "999999999"},
    ],
)
def test_nonsense_in_the_address_still_opens_a_page(address):
    app = opened(**address)
    there = "reber" if address.get("demo") == "reber" else "first_letter"
    assert picker(app, words.DEMO).value == there
    assert read(link(app)) == read(spell(read(link(app))))


def test_a_network_that_is_not_there_is_told_and_the_first_is_shown():
    page = texts(opened(demo="python_source<b>"))
    assert escape(words.no_such_network("python_source<b>", "First letter")) in page
    assert 'role="alert"' not in texts(opened(demo="reber"))


def test_an_address_changed_by_hand_counts_again():
    app = opened(**FIRST, t="3")
    app.query_params["t"] = "6"
    ran(app.run())
    assert read(link(app)).t == 6
