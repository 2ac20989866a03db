"""`gatescope inspect`: what is in a model file, in words and as JSON."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.command import main

GOLDEN = Path(__file__).parents[2] / "golden"
CHECKPOINT = str(GOLDEN / "torch" / "checkpoint.pt")
KERAS = str(GOLDEN / "keras" / "keras3_every.keras")


def test_a_file_is_described_with_its_layers_what_was_assumed_and_what_was_left_aside(capsys):
    assert main(["inspect", CHECKPOINT]) == 0
    said = capsys.readouterr().out
    assert "checkpoint.pt: PyTorch checkpoint (zip container): 2 recurrent layers" in said
    assert "lstm layer 1  LSTM  4       4      left to right  PyTorch: i f g o" in said
    assert "lstm layer 0: reads 7 symbols (B T S X P V E); predicts 7 outputs" in said
    assert "decoder.weight, softmax: " in said
    assert "- optimizer_state_dict: dict of 2" in said


def test_as_json_every_file_is_one_line_with_the_names_of_the_field(capsys):
    assert main(["inspect", "--json", CHECKPOINT, KERAS]) == 0
    torch, keras = map(json.loads, capsys.readouterr().out.splitlines())
    assert [layer["hidden_size"] for layer in torch["layers"]] == [4, 4]
    assert torch["chains"] == [
        {
            "layers": ["lstm layer 0", "lstm layer 1"],
            "inputs": 3,
            "alphabet": list("BTSXPVE"),
            "columns": None,
            "predicts": list("BTSXPVE"),
        }
    ]
    first = keras["layers"][0]
    assert (first["cell"], first["bidirectional"], first["gate_order"]) == (
        "lstm",
        True,
        "Keras: i f c o",
    )


def test_a_file_that_cannot_be_opened_fails_in_one_sentence_and_the_others_are_shown(
    capsys, tmp_path: Path
):
    broken = tmp_path / "broken.pt"
    broken.write_bytes(b"PK\x03\x04 no")
    assert main(["inspect", str(broken), CHECKPOINT]) == 1
    said = capsys.readouterr()
    assert said.err.count("\n") == 1
    assert said.err.startswith(f"{broken}: ")
    assert "2 recurrent layers" in said.out
    assert main(["inspect", "--json", str(broken)]) == 1
    refusal = json.loads(capsys.readouterr().out)
    assert refusal["file"] == str(broken)
    assert "zip archive" in refusal["error"]


def test_a_file_comes_through_a_pipe_as_well(capsys, monkeypatch: pytest.MonkeyPatch):
    piped = SimpleNamespace(buffer=io.BytesIO(Path(CHECKPOINT).read_bytes()))
    monkeypatch.setattr(sys, "stdin", piped)
    assert main(["inspect", "-"]) == 0
    assert capsys.readouterr().out.startswith("standard input: PyTorch checkpoint")


def test_what_a_file_leaves_open_is_settled_by_an_option(capsys):
    weights_only = str(GOLDEN / "keras" / "keras3_every.weights.h5")
    assert main(["inspect", weights_only]) == 0
    said = capsys.readouterr().out
    assert "Settle it with --recurrent-activation, one of 'sigmoid'" in said
    assert main(["inspect", weights_only, "--recurrent-activation", "sigmoid"]) == 0
    assert "--recurrent-activation" not in capsys.readouterr().out
    assert main(["inspect", weights_only, "--recurrent-activation", "sigmoidal"]) == 1
    assert "'sigmoidal'" in capsys.readouterr().err


def test_no_name_in_a_file_can_steer_the_terminal(capsys, tmp_path: Path):
    hostile = tmp_path / "red\x1b[31m\r.pt"
    hostile.write_bytes(Path(CHECKPOINT).read_bytes())
    assert main(["inspect", str(hostile)]) == 0
    said = capsys.readouterr().out
    assert "\\x1b[31m\\r.pt" in said
    assert not {"\x1b", "\r"} & set(said)


def test_a_wrong_command_line_is_told_in_one_sentence(capsys):
    with pytest.raises(SystemExit) as left:
        main(["inspect"])
    assert left.value.code == 2
    expected = "the following arguments are required: FILE\n"
    assert capsys.readouterr().err == expected
