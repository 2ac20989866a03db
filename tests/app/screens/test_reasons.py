"""Why: four answers to what a prediction is made of, on the page with the numbers of the run."""

from __future__ import annotations

from html import unescape

import pytest

from app.screens.shared.why_tab import answers_of
from app.session import demos
from app.session.opened_view import open_view
from app.session.reasons import asked_now, reasons
from app.session.view import View
from app.session.what_if import read_changes
from app.words import reasons as words

from ..pages import one_page, opened, texts

SHORT = ("first_letter", "reber", "counter", "sunspots")
HELD = "cell_state:0.5:0:4-6;hidden_state:-0.25:0:12-12"


@pytest.mark.parametrize("changes", ["", HELD])
@pytest.mark.parametrize("name", SHORT)
def test_the_shares_of_all_writes_add_up_to_what_is_explained(name, changes):
    shown = open_view(View(demo=name, t=12, changes=read_changes(changes)))
    found = reasons(shown, asked_now(shown))
    whole = found.written.sum() + found.rest + found.held
    assert whole == pytest.approx(found.value, abs=1e-4)
    assert bool(found.held) == bool(changes)
    for values in answers_of(found).values():
        assert values.shape == (len(shown.trace),)
        assert not values[13:].any()


def test_what_is_said_of_leaving_a_write_out_is_what_the_changed_run_shows():
    view = View(demo="reber", t=12)
    shown = open_view(view)
    asked = asked_now(shown)
    found = reasons(shown, asked)
    readout = shown.subject.model.readout

    def lead(run) -> float:
        logits = readout.logits(run.layers[-1].outputs[12])
        return float(logits[asked.output] - logits[asked.against])

    for s, removed in zip(found.tested, found.removed, strict=True):
        without = open_view(view.replace(changes=read_changes(f"candidate:0:*:{s}-{s}")))
        assert lead(shown.run) - lead(without.run) == pytest.approx(removed, abs=1e-4)


def test_the_page_says_which_lead_it_is_and_that_the_answers_may_disagree():
    page = unescape(
        texts(opened(one_page("explore"), {"demo": "reber", "details": "why", "t": "12"}))
    )
    shown = open_view(View(demo="reber", t=12))
    asked = asked_now(shown)
    labels = shown.subject.model.readout.labels
    value = reasons(shown, asked).value
    assert words.explained(labels[asked.output], labels[asked.against], value, 12) in page
    assert words.DIFFERENT in page


def test_of_a_standard_rnn_the_page_says_why_there_is_no_split():
    address = {"demo": "reber", "details": "why", "t": "12", "cell": "rnn"}
    assert words.NO_SPLIT in unescape(texts(opened(one_page("explore"), address)))


def test_the_page_says_that_a_held_memory_counts_as_what_was_written():
    address = {"demo": "reber", "details": "why", "t": "12", "whatif": HELD}
    page = unescape(texts(opened(one_page("explore"), address)))
    shown = open_view(View(demo="reber", t=12, changes=read_changes(HELD)))
    assert words.HELD_IS_WRITTEN in page
    assert words.held_adds(reasons(shown, asked_now(shown)).held) in page


@pytest.mark.parametrize("part", ["memory", "write"])
@pytest.mark.parametrize("name", demos.demo_names()[:2])
def test_a_units_memory_and_a_write_have_a_picture(name, part):
    app = opened(one_page("explore"), {"demo": name, "details": "why", "t": "5", "unit": "0"})
    app.segmented_control(key="why-part").set_value(part).run()
    assert not app.exception
    note = {"memory": words.TRIANGLE_NOTE, "write": words.FAN_NOTE}[part]
    assert note in unescape(texts(app))
