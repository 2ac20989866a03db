"""`gatescope trace`: every signal of every timestep, as arrays."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from app.command import main
from app.commands import trace
from lstm_core import load_model, symbol_sequence

ROOT = Path(__file__).parents[3]
REBER = str(ROOT / "assets" / "demos" / "reber" / "weights.npz")
ADDING = str(ROOT / "assets" / "demos" / "adding" / "weights.npz")
STACKED = str(ROOT / "tests" / "golden" / "torch" / "checkpoint.pt")


@pytest.fixture
def written(tmp_path: Path):
    """Trace a model over a text, and return the arrays."""

    def traced(model: str, text: str, *options: str) -> dict[str, np.ndarray]:
        data, out = tmp_path / "data.csv", tmp_path / "run.npz"
        data.write_text(text)
        assert main(["trace", model, str(data), "--out", str(out), *options]) == 0
        with np.load(out) as archive:
            return dict(archive)

    return traced


def test_every_signal_is_that_of_the_same_run_and_zero_after_the_end_of_a_sequence(written):
    arrays = written(REBER, "BTXSE\nBPVVEBP\n")
    model = load_model(REBER)
    assert arrays["lengths"].tolist() == [5, 7]
    assert "".join(arrays["symbols"][1]) == "BPVVEBP"
    for k, text in enumerate(("BTXSE", "BPVVEBP")):
        run = model.run(symbol_sequence(text, model.encoder.alphabet))
        forward = run.layers[0].forward
        for signal in forward.vocabulary.signals:
            values = arrays[f"layer0.forward.{signal.name}"]
            assert values.shape == (2, 7, 12)
            np.testing.assert_array_equal(values[k, : len(text)], forward.series(signal.name))
            assert not values[k, len(text) :].any()
        np.testing.assert_array_equal(arrays["predictions"][k, : len(text)], run.predictions)


def test_all_layers_of_the_chain_are_there_and_what_was_read_is_told(written):
    arrays = written(STACKED, "BTXSE\n")
    assert arrays["layer1.forward.cell_state"].shape == (1, 5, 4)
    about = json.loads(str(arrays["about"]))
    assert about["layers"] == ["lstm layer 0", "lstm layer 1"]
    assert about["data"] == "data.csv"


def test_one_of_several_sequences_can_be_run_alone(written):
    arrays = written(REBER, "BTXSE\nBPVVEBP\n", "--only", "2")
    assert "".join(arrays["symbols"][0]) == "BPVVEBP"


def test_a_question_about_the_data_stops_the_run_until_it_is_answered(
    written, tmp_path: Path, capsys
):
    table = "a,b\n0.1,1\n0.2,0\n0.4,1\n"
    data = tmp_path / "data.csv"
    data.write_text(table)
    out = tmp_path / "run.npz"
    assert main(["trace", ADDING, str(data), "--out", str(out)]) == 1
    assert "--answer 'input:mark' 'b'" in capsys.readouterr().err
    assert not out.exists()
    answers = ("--answer", "input:value", "b", "--answer", "input:mark", "a")
    arrays = written(ADDING, table, *answers)
    np.testing.assert_array_equal(arrays["numbers"][0, :, 0], [1, 0, 1])


def test_sequences_come_and_runs_go_through_pipes(monkeypatch: pytest.MonkeyPatch):
    given, taken = io.BytesIO(b"BTXSE"), io.BytesIO()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=given))
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(buffer=taken, flush=lambda: None))
    assert main(["trace", REBER, "-", "--out", "-"]) == 0
    with np.load(io.BytesIO(taken.getvalue())) as archive:
        assert archive["lengths"].tolist() == [5]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--only", "3"], "--only is 3: expected 1 to 2."),
        (["--layer", "7"], "--layer is 7: expected 0 to 0."),
        (["--out", "nowhere/run.npz"], "nowhere/run.npz cannot be written: "),
    ],
)
def test_what_is_wrong_is_one_sentence(options: list[str], said: str, tmp_path: Path, capsys):
    data = tmp_path / "data.txt"
    data.write_text("BTXSE\nBPVVE\n")
    assert main(["trace", REBER, str(data), *options]) == 1
    assert capsys.readouterr().err.splitlines()[-1].startswith(said)


def test_data_that_is_not_there_is_one_sentence(tmp_path: Path, capsys):
    assert main(["trace", REBER, str(tmp_path / "nothing.csv")]) == 1
    assert capsys.readouterr().err.endswith("cannot be read: No such file or directory.\n")


def test_a_run_that_does_not_fit_in_memory_is_refused_before_it_begins(
    tmp_path: Path, capsys, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(trace, "LARGEST", 1000)
    data, out = tmp_path / "data.txt", tmp_path / "run.npz"
    data.write_text("BTXSE\nBPVVE\n")
    assert main(["trace", REBER, str(data), "--out", str(out)]) == 1
    assert "with --only" in capsys.readouterr().err
    assert not out.exists()
