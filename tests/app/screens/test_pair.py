"""Two sequences: where the network parts from itself, on the page."""

from __future__ import annotations

from html import unescape

import numpy as np
import pytest

from app.session import demos
from app.session.opened_view import open_view
from app.session.runs import model_run
from app.session.view import View
from app.words import pair as words
from lstm_core import ReplaceInput, edited
from lstm_core.analysis.alignment import aligned, parting

from ..pages import one_page, opened, ran, texts


def test_a_minimal_pair_parts_where_its_symbol_is():
    app = opened(one_page("explore"), {"demo": "reber", "details": "pair", "t": "1", "unit": "0"})
    beside = app.selectbox(key="pair-beside")
    name = words.minimal("P", 1)
    assert beside.options[0] == name  # P might have followed as well
    ran(beside.set_value(name).run())
    shown = open_view(View(demo="reber", t=1))
    other = edited(shown.sequence, (ReplaceInput(timestep=1, value="P"),)).sequence
    second = model_run(shown.subject, other).layers[0].forward
    time = np.arange(len(other))
    found = parting(shown.trace, second, aligned(time, time, "position"), "cell_state")
    assert found.first == 1
    said = words.parts(1, 1, found.unit, found.difference, "cell state")
    page = unescape(texts(app))
    assert f"{words.cost(1, 'edits')} {said}" in page
    assert "B" + " " + "".join(other.symbols) in page


@pytest.mark.parametrize("name", demos.demo_names())
def test_every_demo_shows_its_sequences_side_by_side(name):
    app = opened(one_page("explore"), {"demo": name, "details": "pair", "unit": "0"})
    last = app.selectbox(key="pair-beside").options[-1]
    ran(app.selectbox(key="pair-beside").set_value(last).run())
    assert words.NOTE in unescape(texts(app))
