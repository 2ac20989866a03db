"""The stage outside the app: a page in one file, and what a notebook shows."""

from __future__ import annotations

import re
from base64 import b64decode
from html import unescape
from pathlib import Path

import numpy as np
import pytest
from traitlets import TraitError

import app
from app import notebook
from app.container import unpack
from app.notebook import recorded_trace
from lstm_core import LSTMParameters, load_model, unroll
from lstm_core.capture import Recorder

CAPTURED = Path(__file__).parents[1] / "golden" / "captured"

DATA = r'<script type="application/octet-stream" id="(?:scene|parcel)">(.*?)</script>'


def trace(timesteps: int = 6, inputs: int = 3, units: int = 4):
    rng = np.random.default_rng(0)
    parameters = LSTMParameters(
        kernel=rng.normal(size=(inputs, 4 * units)),
        recurrent_kernel=rng.normal(size=(units, 4 * units)),
        bias=rng.normal(size=4 * units),
    )
    return unroll(parameters, rng.normal(size=(timesteps, inputs)))


def test_a_page_asks_for_nothing_and_runs_its_own_script_alone():
    page = app.html(trace())
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    assert policy[1].startswith("default-src 'none';")
    assert "script-src 'sha256-" in policy[1]
    assert set(re.findall(r"https?://[\w.]+", page)) <= {"http://www.w3.org"}  # SVG's own name


def test_names_are_texts_and_never_markup():
    hostile = "</title><script>alert(1)</script><img src=x>"
    page = app.html(trace(), title=hostile, text=hostile, columns=(hostile, "b", "c"))
    assert "<img" not in page
    assert "alert(1)</script>" not in page


def test_two_hundred_timesteps_of_sixty_four_units_take_less_than_a_megabyte():
    assert len(app.html(trace(200, 2, 64))) < 2**20


def test_a_notebook_shows_the_page_in_a_frame_that_may_do_nothing_else():
    shown = app.show(trace(), live=False, title="Mine & yours")
    frame = shown._repr_html_()
    assert 'sandbox="allow-scripts allow-downloads"' in frame
    document = re.search(r'srcdoc="([^"]*)"', frame)
    assert document
    assert unescape(document[1]) == shown.html


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"symbols": "abc"}, "expected (timesteps|6)|strip has 3 timesteps: expected 6"),
        ({"columns": ("a", "b")}, r"expected \(timesteps, 2\)"),
        ({"symbols": "abcdef", "columns": "abc"}, "symbols and columns are both given"),
        ({"t": 6}, "t is 6: expected a whole number from 0 to 5"),
        ({"t": 1.5}, "t is 1.5: expected a whole number from 0 to 5"),
        ({"unit": -2}, "unit is -2: expected a whole number from -1 to 3"),
    ],
)
def test_what_does_not_fit_the_run_is_refused(arguments: dict[str, object], said: str):
    with pytest.raises(ValueError, match=said):
        app.html(trace(), **arguments)


@pytest.mark.slow
def test_a_long_run_is_pooled_with_exact_numbers_around_where_it_begins():
    run = trace(100_000, 1, 4)
    page = app.html(run, t=60_000)
    assert len(page) < 4 * 2**20
    whole, details = (unpack(b64decode(data)) for data in re.findall(DATA, page))
    assert whole[0]["tiles"][0]["factor"] > 1
    (tile,) = details[0]["tiles"]
    assert tile["start"] < 60_000 < tile["stop"]
    exact = details[1][tile["exact"]["cell_state"]]
    expected = run.cell_state[tile["start"] : tile["stop"]].astype(np.float32)
    assert np.array_equal(exact, expected)


def test_a_batch_is_refused():
    rng = np.random.default_rng(0)
    one = trace()
    batch = unroll(one.parameters, rng.normal(size=(2, 6, 3)))
    with pytest.raises(ValueError, match=r"expected \(timesteps, input_size\)"):
        app.html(batch)


class Saved(Recorder):
    """A recorder that was here before, and wrote this file."""

    def save(self, path):
        path.write((CAPTURED / "torch_policy.npz").read_bytes())


def test_a_captured_run_is_shown_as_the_layer_and_the_sequence_that_were_recorded():
    model = load_model(CAPTURED / "torch_policy.npz")
    for layer, sequence in ((0, 1), (1, 0)):
        recorded = model.chain(layer).recorded[sequence]
        shown = recorded_trace(Saved(), layer, sequence)
        np.testing.assert_allclose(shown.hidden_state, recorded.outputs, atol=1e-6)
    assert app.show(Saved(), sequence=1, live=False).html == app.html(recorded_trace(Saved(), 0, 1))


@pytest.mark.parametrize(("layer", "sequence"), [(2, 0), (0, 3)])
def test_what_was_not_recorded_is_not_shown(layer: int, sequence: int):
    with pytest.raises(ValueError, match=r"is \d: expected 0..\d"):
        app.show(Saved(), layer=layer, sequence=sequence)


def test_a_widget_says_where_the_reader_is_and_refuses_what_the_run_does_not_have():
    stage = app.show(trace(), live=True, t=2, unit=3)
    assert (stage.t, stage.unit, stage.all_units) == (2, 3, True)
    stage.t = 5
    for name, value, said in (("t", 6, "0 to 5"), ("unit", -2, "-1 to 3"), ("unit", 4, "-1 to 3")):
        with pytest.raises(TraitError, match=f"{name} is {value}: expected {said}"):
            setattr(stage, name, value)
    assert (stage.t, stage.unit) == (5, 3)


def test_a_widget_keeps_the_page_for_an_exported_notebook():
    data, _ = app.show(trace(), live=True)._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    assert data["text/html"] == app.show(trace(), live=False)._repr_html_()


def test_without_anywidget_a_notebook_shows_the_page(monkeypatch):
    monkeypatch.setattr(notebook, "find_spec", lambda name: None)
    assert isinstance(app.show(trace()), app.StagePage)
