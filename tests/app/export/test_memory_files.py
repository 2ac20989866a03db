"""What is taken along of networks beside each other is what stands on the page Memory."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest

from app.export.memory_file import runs_file
from app.export.memory_snippet import memory_snippet, studies_snippet
from app.figures.values import runs_table
from app.session import demos
from app.session.opened_view import OpenedView, open_view
from app.session.runs import model_run
from app.session.view import Source, View
from lstm_core.analysis.influence import influence
from lstm_core.analysis.jacobians import largest_singular_values
from lstm_core.analysis.memory_left import memory_left
from lstm_core.demo import Demo
from lstm_core.model import ModelRun

from .executed import printed

TYPED = Source(kind="text", value="ABCD")


def compared(view: View) -> tuple[OpenedView, list[Demo], list[ModelRun]]:
    opened = open_view(view)
    networks = [demos.demo(view.demo), demos.twin(view.demo, "rnn_same_count")]
    return opened, networks, [model_run(n, opened.sequence) for n in networks]


@pytest.mark.slow  # executes what it writes
@pytest.mark.parametrize(
    "view",
    [
        View(demo="temporal_order", t=60),
        View(demo="adding", source=Source(kind="seed", value="7"), t=9),
        View(demo="reber", source=Source(kind="text", value="BTBTXSETE"), t=4),
    ],
    ids=["an example", "a random sequence", "typed"],
)
def test_the_lines_of_the_stages_compute_every_network_s_memory(
    view: View, tmp_path: Path, monkeypatch
):
    opened, networks, runs = compared(view)
    (tmp_path / "m.npz").write_bytes(runs_file(runs, opened.sequence))
    monkeypatch.chdir(tmp_path)
    lines = printed(memory_snippet(opened, networks, "m.npz"))
    for line, run in zip(lines, runs, strict=True):
        kind, value = line.split()
        trace = run.layers[0].forward
        assert kind == trace.kind
        assert float(value) == pytest.approx(float(trace.state.memory[view.t].mean()), rel=1e-5)


@pytest.mark.slow  # executes what it writes, and fits a probe
def test_the_lines_of_the_pictures_measure_what_they_show(tmp_path: Path, monkeypatch):
    from app.screens.memory.results import probed_recall

    opened, networks, runs = compared(View(demo="first_letter", t=20))
    monkeypatch.chdir(tmp_path)
    lines = printed(studies_snippet(opened, networks, "m.npz", 12, cue=True))
    for line, run in zip(lines[:2], runs, strict=True):
        trace = run.layers[0].forward
        expected = (
            memory_left(trace, 20, 12).left[-1],
            influence(trace, 20, 12).hidden.norm[0],
            largest_singular_values(trace, 12)[-1],
        )
        np.testing.assert_allclose([float(x) for x in line.split()], expected, rtol=1e-5)
    scores = [probed_recall(n)[-1].recall.score[-1] for n in networks]
    np.testing.assert_allclose([float(line) for line in lines[2:]], scores, atol=1e-9)


def test_without_a_cue_the_lines_measure_all_but_the_recall(tmp_path: Path, monkeypatch):
    opened, networks, runs = compared(View(demo="reber"))
    monkeypatch.chdir(tmp_path)
    lines = printed(studies_snippet(opened, networks, "m.npz", 4, cue=False))
    assert len(lines) == len(networks)
    left = memory_left(runs[0].layers[0].forward, opened.view.t, 4).left[-1]
    assert float(lines[0].split()[0]) == pytest.approx(left, rel=1e-5)


def test_the_file_of_the_runs_has_every_signal_of_every_network():
    opened, _, runs = compared(View(demo="reber"))
    saved = np.load(io.BytesIO(runs_file(runs, opened.sequence)))
    assert tuple(saved["symbols"]) == opened.sequence.symbols
    for k, run in enumerate(runs):
        hidden = saved[f"network{k}.layer0.forward.hidden_state"]
        np.testing.assert_array_equal(hidden, run.layers[0].forward.hidden_state)


def test_the_table_of_the_runs_stacks_them_under_their_names():
    opened, _, runs = compared(View(demo="reber"))
    traces = {name: run.layers[0].forward for name, run in zip("AB", runs, strict=True)}
    table = runs_table(traces, opened.sequence.symbols)
    units = [trace.parameters.hidden_size for trace in traces.values()]
    assert list(table["network"].value_counts()[list("AB")]) == [24 * n for n in units]
    hidden = table[table["network"] == "B"]["Hidden state"].to_numpy()
    np.testing.assert_array_equal(hidden, traces["B"].hidden_state.ravel())
    assert table[table["network"] == "B"]["Cell state"].isna().all()
