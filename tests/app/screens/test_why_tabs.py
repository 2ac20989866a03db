"""What stands out in a run and the time scales of its units, on the page."""

from __future__ import annotations

from html import unescape

import numpy as np
import pytest

from app.screens.shared.highlights_tab import findings
from app.session.demos import demo_names
from app.session.opened_view import open_view
from app.session.run_facts import run_facts
from app.session.view import View, read
from app.session.what_if import read_changes
from app.words import why as words
from app.words.formatting import percent
from lstm_core.analysis import contributions
from lstm_core.analysis.origins import INITIAL

from ..pages import link, one_page, opened, ran, texts


def explore(**address: str):
    return opened(one_page("explore"), {"details": "highlights", **address})


@pytest.mark.parametrize("name", demo_names())
def test_every_finding_is_on_the_page_with_the_numbers_of_the_trace(name):
    shown = open_view(View(demo=name), None)
    facts = run_facts(shown)
    sentences = [finding.sentence for finding in findings(shown, facts)]
    page = unescape(texts(explore(demo=name)))
    for sentence in sentences:
        assert sentence in page
        assert "{" not in sentence
    for highlight in facts.highlights:
        if highlight.kind in ("carry", "write"):
            unit = highlight.units[0]
            parts = contributions(shown.trace, highlight.timestep)
            terms = np.append(parts.written[:, unit], parts.initial[unit]).astype(np.float64)
            share = abs(terms[highlight.since]) / np.abs(terms).sum()
            assert any(percent(float(share)) in sentence for sentence in sentences)


def test_what_a_memory_keeps_of_a_held_value_is_not_called_a_write():
    held = read_changes("cell_state:3:0:2-4")
    shown = open_view(View(demo="first_letter", changes=held), None)
    facts = run_facts(shown)
    (carry,) = (one for one in facts.highlights if one.kind == "carry")
    sentences = [finding.sentence for finding in findings(shown, facts)]
    assert (carry.units[0], carry.since) == (0, 4)
    assert any("held" in sentence for sentence in sentences)
    assert not any("wrote" in sentence and "unit 0" in sentence for sentence in sentences)


def test_a_button_moves_the_stage_to_what_its_sentence_is_about():
    app = explore(demo="temporal_order")
    shown = open_view(View(demo="temporal_order"), None)
    first = next(iter(findings(shown, run_facts(shown))))
    assert INITIAL not in (first.timestep, first.unit)
    ran(app.button(key="look-0").click().run())
    view = read(link(app))
    assert (view.t, view.unit) == (first.timestep, first.unit)


def test_the_units_tab_says_what_its_columns_mean():
    page = unescape(texts(explore(details="units")))
    assert words.UNITS_HELP.format(gate="forget gate") in page
    assert words.SATURATION_NOTE in page


def test_units_are_listed_in_order_and_cut_where_there_are_many():
    assert words.units_listed((3,)) == "Unit 3"
    assert words.units_listed((5, 3, 4)) == "Units 3, 4 and 5"
    assert words.units_listed(tuple(range(9))) == "Units 0, 1, 2, 3, 4, 5 and 3 more"
    assert words.so_do(()) == ""
    assert words.so_do((2,)) == "So does unit 2."
    assert words.so_do((2, 4)) == "So do units 2 and 4."


def test_a_prediction_that_a_shut_output_gate_makes_constant_is_diagnosed():
    held = {"demo": "sunspots", "whatif": "output_gate:0:*:0-308"}
    page = unescape(texts(explore(**held)))
    assert words.constant("output_gate", 0.0) in page
    assert words.constant("output_gate", 0.0) not in unescape(texts(explore(demo="sunspots")))
