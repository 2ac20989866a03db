"""`gatescope capture`, and what the other commands make of a captured run."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from app import command
from app.command import main
from app.session.local_files import VARIABLE, local_files
from app.words import command_line as words
from lstm_core import load_model
from lstm_core.capture import snippet

CAPTURED = Path(__file__).parents[2] / "golden" / "captured"
CHUNKS = CAPTURED / "torch_lstm_chunks.npz"


@pytest.mark.parametrize("framework", ["keras", "torch"])
def test_the_text_that_captures_elsewhere_is_printed(framework: str, capsys):
    assert main(["capture", "--snippet", framework]) == 0
    assert capsys.readouterr().out == snippet(framework)


def test_inspect_says_by_how_much_what_was_recorded_differs(capsys):
    assert main(["inspect", str(CHUNKS)]) == 0
    said = capsys.readouterr().out
    assert words.RECORDED in said
    assert "96 recorded numbers in 2 sequences differ from ours by at most " in said
    assert main(["inspect", "--json", str(CHUNKS)]) == 0
    (chain,) = json.loads(capsys.readouterr().out)["chains"]
    assert (chain["recorded"]["sequences"], chain["recorded"]["timesteps"]) == (2, 24)
    assert chain["recorded"]["difference"] < 1e-6


def test_trace_runs_the_recorded_sequences_from_their_recorded_start(tmp_path: Path):
    out = tmp_path / "run.npz"
    captured = CAPTURED / "torch_lstm_projected.npz"
    assert main(["trace", str(captured), "--out", str(out)]) == 0
    recorded = load_model(captured).recorded
    with np.load(out) as arrays:
        hidden = arrays["layer0.forward.hidden_state"]
    for k, one in enumerate(recorded):
        np.testing.assert_allclose(hidden[k], one.outputs, atol=1e-6)


def test_without_data_a_file_that_holds_no_sequence_is_refused(capsys):
    lstm = CAPTURED.parent / "torch" / "lstm.pt"
    assert main(["trace", str(lstm)]) == 1
    assert "holds no recorded sequences" in capsys.readouterr().err


def test_the_app_opens_on_a_captured_run(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(command, "open_app", lambda options: None)
    monkeypatch.setenv(VARIABLE, "")
    assert main([str(CHUNKS)]) == 0
    assert local_files().model == (CHUNKS,)
