"""The lines of Python that a page shows make what it shows."""

from __future__ import annotations

import io
import re
from pathlib import Path

import numpy as np
import pytest

import app
from app.export.snippet import snippet
from app.export.trace_file import trace_file
from app.session.cells import in_cell
from app.session.opened_view import open_view
from app.session.subjects import trained
from app.session.view import Source, View
from app.trainer import watched_sequence
from lstm_core import Clamp
from lstm_core.experiment import batches, model_of, recipe_of, recommended
from lstm_core.training import training

from .executed import printed

HELD = (
    Clamp(signal="forget_gate", value=0.0, units=(1,), first=2, last=2),
    Clamp(signal="cell_state", value=-1.25, units=(1, 3), first=3, last=3),
)


@pytest.mark.slow  # executes what it writes
@pytest.mark.parametrize(
    "view",
    [
        View(demo="reber", t=4, unit=2),
        View(demo="reber", cell="gru", t=4, unit=2),
        View(demo="adding", source=Source(kind="seed", value="7"), t=3),
        View(demo="reber", source=Source(kind="text", value="BTBTXSETE"), t=4, unit=1),
        View(demo="reber", changes=HELD, t=4, unit=1),
    ],
    ids=[
        "a demo",
        "a twin",
        "a random sequence",
        "a text of the reader's own",
        "held gate and state",
    ],
)
def test_the_lines_compute_the_number_that_is_on_the_stage(view: View, tmp_path: Path, monkeypatch):
    opened = in_cell(open_view(view), view)
    (tmp_path / "run.npz").write_bytes(trace_file(opened.run, opened.sequence))
    monkeypatch.chdir(tmp_path)
    (line,) = printed(snippet(opened, "run.npz"))
    memory = opened.trace.vocabulary.memory
    expected = opened.trace.series(memory)[opened.view.t, opened.view.unit]
    assert float(line) == pytest.approx(float(expected), rel=1e-6)


@pytest.mark.slow  # executes what it writes
def test_a_network_that_was_trained_here_is_trained_again(tmp_path: Path, monkeypatch):
    experiment = recommended("adding", "gru", length=10).replace(units=3, batch=4)
    steps = training(model_of(experiment), batches(experiment), recipe_of(experiment))
    model = [next(steps) for _ in range(3)][-1].model
    subject = trained(experiment, 3, 0.0, model, watched_sequence(experiment))
    opened = open_view(View(t=5, unit=1), subject=subject)
    (tmp_path / "run.npz").write_bytes(trace_file(opened.run, opened.sequence))
    monkeypatch.chdir(tmp_path)
    (line,) = printed(snippet(opened, "run.npz"))
    assert float(line) == pytest.approx(float(opened.trace.hidden_state[5, 1]), rel=1e-6)


def test_the_file_of_a_trace_has_every_signal_by_its_name():
    opened = open_view(View(demo="reber"))
    saved = np.load(io.BytesIO(trace_file(opened.run, opened.sequence)))
    assert tuple(saved["symbols"]) == opened.sequence.symbols
    for signal in opened.trace.vocabulary.signals:
        assert np.array_equal(
            saved[f"layer0.forward.{signal.name}"], opened.trace.series(signal.name)
        )


def test_the_file_of_a_trace_says_what_was_held_and_where():
    opened = open_view(View(demo="reber", changes=HELD))
    saved = np.load(io.BytesIO(trace_file(opened.run, opened.sequence)))
    held = saved["layer0.forward.cell_state.held"]
    assert np.argwhere(held).tolist() == [[3, 1], [3, 3]]
    np.testing.assert_array_equal(saved["layer0.forward.cell_state"][held], -1.25)


def test_a_demo_is_had_by_its_name_and_another_name_is_told_which_there_are():
    assert app.demo("reber", "rnn_same_count").model.layers[0].kind == "rnn"
    with pytest.raises(ValueError, match=re.escape("demo is 'rebel': expected one of ")):
        app.demo("rebel")
    with pytest.raises(ValueError, match="twin is 'lstm': expected one of rnn_same_size"):
        app.demo("reber", "lstm")
