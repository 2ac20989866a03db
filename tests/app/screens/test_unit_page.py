"""One unit over all sequences, and what moves all units, on the page."""

from __future__ import annotations

from html import unescape

import numpy as np
import pytest

from app.session import demos
from app.session.opened_view import open_view
from app.session.responding import unit_responses
from app.session.unit_runs import unit_runs
from app.session.view import View
from app.words import responses as response_words
from app.words import unit_page as words
from lstm_core.analysis import drives
from lstm_core.analysis.unit_profile import memory_change

from ..pages import link, one_page, opened, press, ran, texts


@pytest.mark.parametrize("name", ["adding", "counter", "python"])
def test_every_sequence_of_a_network_is_read_with_the_unit_s_eyes(name):
    app = opened(one_page("explore"), {"demo": name, "details": "unit_page", "unit": "0"})
    page = unescape(texts(app))
    runs = unit_runs(open_view(View(demo=name)))
    assert {run.sequence.id for run in runs} == {
        example.sequence.id for example in demos.demo(name).examples
    }
    held = np.concatenate([run.trace.state.memory[:, 0] for run in runs])
    said = words.seen(0, len(runs), len(held), held.min(), held.max(), "cell state")
    assert said in page
    assert page.count('class="unit-name"') == min(len(runs), 12)


def test_what_drives_a_unit_most_is_named():
    app = opened(one_page("explore"), {"demo": "counter", "details": "unit_page", "unit": "3"})
    runs = unit_runs(open_view(View(demo="counter")))
    found = drives((run.sequence.symbols, memory_change(run.trace, 3)) for run in runs)
    page = unescape(texts(app))
    assert all(drive.count >= 5 for drive in (found[0], found[-1]))
    assert words.raises(f"“{found[0].symbol}”", found[0].change) in page
    assert words.lowers(f"“{found[-1].symbol}”", found[-1].change) in page


def test_the_page_of_a_unit_is_reached_from_the_units_and_stands_in_the_link():
    app = opened(one_page("explore"), {"demo": "reber", "details": "units", "unit": "5"})
    press(app, words.read_closely(5))
    assert (link(app)["details"], link(app)["unit"]) == ("unit_page", "5")
    assert words.TEXT in texts(app)


@pytest.mark.parametrize("name", ["reber", "adding"])
def test_what_moves_the_units_is_said_of_symbols_and_of_numbers(name):
    app = opened(one_page("explore"), {"demo": name, "details": "units", "unit": "2"})
    ran(app.segmented_control(key="units-part").set_value("responses").run())
    shown = open_view(View(demo=name))
    alphabet = shown.subject.model.encoder.alphabet if name == "reber" else ()
    chosen = (alphabet[1], alphabet[0]) if alphabet else ("", "0")
    impulse = unit_responses(shown, *chosen)["impulse"]
    unsettled = int(np.isinf(impulse.settling).sum())
    said = response_words.unsettled(unsettled, len(impulse.gain), 200)
    assert said in unescape(texts(app))
