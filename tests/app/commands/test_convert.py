"""`gatescope convert`: the same model as a file for another program."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.command import main
from app.words import your_model as model_words
from lstm_core import load_model
from lstm_core.model.weights import weights

GOLDEN = Path(__file__).parents[2] / "golden"


@pytest.mark.parametrize("suffix", [".safetensors", ".onnx", ".npz"])
def test_what_is_written_has_the_same_numbers(suffix: str, tmp_path: Path, capsys):
    source, out = GOLDEN / "torch" / "checkpoint.pt", tmp_path / f"out{suffix}"
    assert main(["convert", str(source), str(out)]) == 0
    assert f"to {out}." in capsys.readouterr().out
    before, after = load_model(source), load_model(out)
    for old, new in zip(before.layers, after.layers, strict=True):
        np.testing.assert_array_equal(old.forward.kernel, new.forward.kernel)
        np.testing.assert_array_equal(old.forward.recurrent_kernel, new.forward.recurrent_kernel)


def test_what_the_file_does_not_say_is_said_on_the_way(tmp_path: Path, capsys):
    source = GOLDEN / "keras" / "keras3_every.weights.h5"
    assert main(["convert", str(source), str(tmp_path / "out.npz")]) == 0
    assert "Settle it with --recurrent-activation" in capsys.readouterr().err
    assert weights(load_model(tmp_path / "out.npz"))


@pytest.mark.parametrize(
    ("out", "said"),
    [("out.docx", "expected one of .safetensors"), ("nowhere/out.npz", "cannot be written")],
)
def test_what_cannot_be_written_is_one_sentence(out: str, said: str, tmp_path: Path, capsys):
    assert main(["convert", str(GOLDEN / "torch" / "gru.pt"), str(tmp_path / out)]) == 1
    told = capsys.readouterr().err
    assert said in told
    assert told.count("\n") == 1
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("suffix", "said"), [(".npz", False), (".safetensors", True)])
def test_what_another_format_does_not_keep_is_said(suffix: str, said: bool, tmp_path: Path, capsys):
    source = GOLDEN / "captured" / "torch_lstm.npz"
    assert main(["convert", str(source), str(tmp_path / f"out{suffix}")]) == 0
    assert (model_words.KEPT_BY_NPZ in capsys.readouterr().err) == said
