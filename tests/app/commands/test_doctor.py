"""`gatescope doctor`: the fault in somebody's own implementation, from the command line."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.command import main
from lstm_core import load_model, unroll

GOLDEN = Path(__file__).parents[2] / "golden" / "torch"
LSTM = GOLDEN / "lstm.pt"


@pytest.fixture
def data(tmp_path: Path) -> tuple[str, np.ndarray]:
    values = np.random.default_rng(0).normal(size=(8, 3)).astype(np.float32)
    np.save(tmp_path / "series.npy", values)
    return str(tmp_path / "series.npy"), values


def diagnosed(data: str, result: Path, *options: str) -> int:
    return main(["doctor", str(LSTM), data, str(result), *options])


def test_a_right_result_agrees_and_the_exit_code_says_so(data, tmp_path: Path, capsys):
    hidden = unroll(load_model(LSTM).layers[0].forward, data[1]).hidden_state
    np.save(tmp_path / "mine.npy", hidden)
    assert diagnosed(data[0], tmp_path / "mine.npy") == 0
    assert capsys.readouterr().out.startswith("✓ It agrees: at most 0")


def test_one_fault_is_named_with_the_place_where_it_shows(data, tmp_path: Path, capsys):
    cell = load_model(LSTM).layers[0].forward
    wrong = unroll(cell.replace(bias=0 * cell.bias), data[1])
    np.savez(tmp_path / "mine.npz", h=wrong.hidden_state, c=wrong.cell_state)
    assert diagnosed(data[0], tmp_path / "mine.npz") == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "✗ One fault explains it: it leaves the bias out."
    assert said[1].startswith("At timestep 0 the hidden state departs first")


def test_what_no_single_fault_explains_is_said_to_be_so(data, tmp_path: Path, capsys):
    np.save(tmp_path / "mine.npy", np.random.default_rng(1).normal(size=(8, 5)))
    assert diagnosed(data[0], tmp_path / "mine.npy") == 1
    assert "single faults that are known explains it" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "shape", "said"),
    [
        ((), (8, 9), "The result has the shape (8, 9): expected the hidden states (8, 5)"),
        (("--direction", "backward"), (8, 5), "--direction is backward: layer 0 has one direction"),
        (("--layer", "3"), (8, 5), "--layer is 3: expected 0 to 0."),
    ],
)
def test_what_cannot_be_examined_is_one_sentence(
    data, tmp_path: Path, capsys, options, shape, said
):
    np.save(tmp_path / "mine.npy", np.zeros(shape))
    assert diagnosed(data[0], tmp_path / "mine.npy", *options) == 1
    told = capsys.readouterr().err
    assert said in told
    assert told.count("\n") == 1
