"""What if: changes are added, listed, undone, said and carried by the link."""

from __future__ import annotations

from html import unescape

import pytest

from app.screens.shared.what_if_outcome import outcome
from app.session import demos
from app.session.opened_view import open_view
from app.session.view import View
from app.session.what_if import read_changes
from app.words import what_if as words

from ..pages import link, one_page, opened, ran, texts

FIRST = "first_letter"


def explore(**address: str):
    return opened(one_page("explore"), {"demo": FIRST, "details": "what_if", **address})


def test_a_press_changes_the_run_and_an_undo_brings_it_back():
    app = explore(t="12", unit="0")
    assert words.NONE in texts(app)
    ran(app.button(key="preset-forget_here").click().run())
    assert link(app)["whatif"] == "forget_gate:0:*:12-12"
    page = unescape(texts(app))
    assert words.held("Forget gate", 0.0, None, 12, 12) in page
    assert words.on_stage(words.held("Forget gate", 0.0, None, 12, 12), 0) in page
    assert words.part(12, "cell state") in page
    ran(app.button(key="undo-0").click().run())
    assert "whatif" not in link(app)
    assert words.NONE in texts(app)


def test_the_state_of_several_units_is_held_listed_combined_and_undone():
    app = explore(t="12", unit="1", demo="counter")
    ran(app.selectbox(key="hold-signal").set_value("cell_state").run())
    assert words.STATE_NOTE in unescape(texts(app))
    app.number_input(key="hold-cell_state-value").set_value(-2.5)
    (units,) = [one for one in app.multiselect if one.label == words.OF_UNITS]
    assert units.value == [1]
    ran(units.set_value([0, 1]).run())
    ran(app.button(key="hold-add").click().run())
    end = len(open_view(View(demo="counter")).trace) - 1
    held = f"cell_state:-2.5:0+1:12-{end}"
    assert link(app)["whatif"] == held
    page = unescape(texts(app))
    assert words.held("Cell state", -2.5, (0, 1), 12, end) in page
    assert words.part(12, "cell state") in page
    ran(app.button(key="preset-freeze").click().run())
    assert link(app)["whatif"] == f"{held};cell_state:-2.5:1:12-{end}"
    ran(app.button(key="undo-0").click().run())
    ran(app.button(key="undo-0").click().run())
    assert "whatif" not in link(app)


def test_a_held_hidden_state_is_what_both_runs_are_compared_in():
    shown = open_view(View(demo=FIRST, changes=read_changes("hidden_state:0.75:0:12-12")))
    assert any(" hidden state is 0.750 instead of" in sentence for sentence in outcome(shown))


def test_several_changes_are_combined_and_undone_at_once():
    app = explore(t="12", unit="0")
    ran(app.button(key="preset-keep_all").click().run())
    ran(app.button(key="preset-without_write").click().run())
    assert len(link(app)["whatif"].split(";")) == 2
    ran(app.button(key="undo-all").click().run())
    assert "whatif" not in link(app)


def test_another_sequence_begins_unchanged():
    app = explore(t="12", whatif="forget_gate:0:*:12-12")
    assert "whatif" in link(app)
    ran(app.button(key="new").click().run())
    assert "whatif" not in link(app)


def test_another_cell_begins_unchanged():
    app = explore(t="12", whatif="candidate:0:*:12-12")
    assert "whatif" in link(app)
    ran(app.segmented_control(key="cell").set_value("rnn").run())
    assert "whatif" not in link(app)


def test_forgetting_the_first_letter_turns_the_answer_to_a_guess():
    held = read_changes("forget_gate:0:*:12-12")
    shown = open_view(View(demo=FIRST, changes=held))
    end = len(shown.trace) - 1
    before, after = (r.predictions[end, 0] for r in (shown.unchanged, shown.run))
    assert before > 0.99
    assert abs(after - before) > 0.2
    assert any(f"{100 * float(after):.1f} %" in sentence for sentence in outcome(shown))


@pytest.mark.parametrize("name", demos.demo_names())
def test_what_leaving_a_write_out_does_is_compared_with_its_share(name):
    shown = open_view(View(demo=name, changes=read_changes("candidate:0:0:2-2")))
    said = list(outcome(shown))
    assert said == [words.SAME] or any("Of that write" in sentence for sentence in said)


def test_holding_a_gate_where_it_is_says_that_nothing_changes():
    shown = open_view(View(demo=FIRST, changes=read_changes("candidate:0:0:12-12")))
    plain = shown.unchanged_trace.candidate[12, 0]
    assert abs(plain) < 1e-3
    assert list(outcome(shown))


def test_what_is_read_is_changed_listed_and_undone():
    app = explore(t="0", unit="0")
    ran(app.segmented_control(key="what-if-kind").set_value("input").run())
    ran(app.button(key="preset-drop").click().run())
    assert link(app)["whatif"] == "drop:0-0"
    page = unescape(texts(app))
    assert words.dropped(0, 0) in page
    assert words.part(0, "cell state") in page
    ran(app.selectbox(key="instead-symbol").select_index(1).run())
    ran(app.button(key="instead-add").click().run())
    ran(app.button(key="pad-add").click().run())
    assert [part.partition(":")[0] for part in link(app)["whatif"].split(";")] == [
        "drop",
        "replace",
        "pad",
    ]
    ran(app.button(key="undo-0").click().run())
    assert link(app)["whatif"].startswith("replace")


def test_a_run_begins_otherwise():
    app = explore(t="3", unit="1", demo="counter")
    ran(app.segmented_control(key="what-if-kind").set_value("start").run())
    ran(app.button(key="begin-add").click().run())
    assert link(app)["whatif"] == "start:1:1"
    assert words.started(1.0, 1, "cell state") in unescape(texts(app))


def test_another_cell_is_changed_in_its_own_gates():
    app = explore(t="12", unit="0", cell="gru")
    ran(app.button(key="preset-forget_here").click().run())
    assert link(app)["whatif"] == "update_gate:0:*:12-12"
    assert words.part(12, "hidden state") in unescape(texts(app))


def test_a_forecast_goes_on_and_says_so():
    app = explore(demo="sunspots", t="3")
    ran(app.segmented_control(key="what-if-kind").set_value("go_on").run())
    ran(app.button(key="go-on-add").click().run())
    assert link(app)["whatif"] == "goon:50:0:0"
    assert words.goes_on(50, 0, 0, drawn=False) in unescape(texts(app))
