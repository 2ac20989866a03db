"""Two sequences, and two networks: where they part, on the page."""

from __future__ import annotations

from dataclasses import replace
from html import unescape

import numpy as np
import pytest

from app.session import demos
from app.session.opened_view import open_view
from app.session.runs import model_run
from app.session.view import View
from app.words import pair as words
from app.words import your_model as model_words
from lstm_core import ReplaceInput, edited, load_model
from lstm_core.analysis.alignment import aligned, parting
from lstm_core.formats import model_bytes

from ..pages import ROOT, give, link, one_page, opened, ran, texts

GOLDEN = ROOT / "tests" / "golden" / "torch"


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


def test_a_twin_stands_beside_the_demo_s_own_network_on_the_same_sequence():
    app = opened(one_page("explore"), {"demo": "reber", "details": "pair", "unit": "0"})
    ran(app.segmented_control(key="pair-part").set_value("networks").run())
    twin = demos.twin("reber", "rnn_same_size")
    ran(app.selectbox(key="pair-network").set_value(twin.title).run())
    shown = open_view(View(demo="reber"))
    first, second = shown.run.predictions, model_run(twin, shown.sequence).predictions
    apart = np.flatnonzero(np.abs(second - first).max(axis=1) > 0.1)
    said = words.answers_differ(len(apart), len(first)) if len(apart) else words.SAME_ANSWERS
    page = unescape(texts(app))
    assert said in page
    assert words.OTHER_SIZE in page


def test_a_file_stands_beside_another_of_the_same_units_and_the_stage_keeps_its_own():
    model = load_model(GOLDEN / "lstm.pt")
    layer = model.layers[0]
    kernel = layer.forward.kernel.copy()
    kernel[:, 0] += 1.0
    tuned = replace(model, layers=(replace(layer, forward=layer.forward.replace(kernel=kernel)),))
    app = opened(one_page("your_model"), {})
    give(app, model_words.FILE, "before.pt", (GOLDEN / "lstm.pt").read_bytes())
    opened(app, {"details": "pair", "unit": "0"})
    ran(app.segmented_control(key="pair-part").set_value("networks").run())
    assert words.ALONE in unescape(texts(app))
    give(app, words.GIVE, "after.safetensors", model_bytes(tuned, ".safetensors"))
    assert app.selectbox(key="pair-network").options == ["after.safetensors"]
    page = unescape(texts(app))
    assert "before.pt" in page
    assert words.NETWORKS_NOTE in page
    assert "They clearly diverge at timestep" in page


def test_the_page_says_in_which_of_two_runs_something_is_held_and_lets_the_reader_choose():
    address = {"demo": "reber", "details": "pair", "unit": "0", "whatif": "cell_state:0.5:1:4-6"}
    app = opened(one_page("explore"), address)
    assert words.HELD_IN_BOTH in unescape(texts(app))
    ran(app.selectbox(key="pair-held").set_value("first").run())
    assert link(app)["held"] == "first"
    assert words.CHANGED_ALONE in unescape(texts(app))
    ran(app.selectbox(key="pair-beside").set_value(words.UNCHANGED).run())
    assert link(app)["beside"] == "unchanged"
    assert words.CHANGED_ALONE in unescape(texts(app))
    assert "pair-held" not in {one.key for one in app.selectbox}
