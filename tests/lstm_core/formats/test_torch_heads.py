"""A Sequential behind an LSTM is run: see tests/golden/make_torch_heads.py."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from lstm_core import load_model

GOLDEN = Path(__file__).parents[2] / "golden" / "torch_heads"
with np.load(GOLDEN / "expected.npz") as _file:
    EXPECTED = dict(_file)


def ran(file: str):
    """The model of a file, its predictions, and PyTorch's answer to the same input."""
    name = file.partition("_")[0]
    model = load_model(GOLDEN / f"{file}.pt")
    return model, model.run(EXPECTED[f"{name}/x"][0]).predictions, EXPECTED[f"{name}/y"][0]


@pytest.mark.parametrize("file", ["tagger", "tagger_script"])
def test_the_modules_of_a_sequential_are_run_in_their_order(file):
    model, predictions, y = ran(file)
    np.testing.assert_allclose(predictions, y, atol=1e-6)
    assert model.readout.labels == ("y0", "y1")
    assert any("'head' are run behind" in note for note in model.findings.notes)


def test_norms_and_activations_have_the_numbers_that_the_file_records():
    model, predictions, y = ran("normed")
    np.testing.assert_allclose(predictions[-1], y, atol=1e-6)
    assert (model.readout.activation, len(model.back)) == ("softmax", 4)


@pytest.mark.parametrize(
    ("file", "named"),
    [
        ("bilinear", "'head.1 (GLU)'"),
        ("bilinear_script", "'head.1 (GLU)'"),
        ("normed_script", "'classifier.0 (LayerNorm)'"),  # its epsilon is in its code
    ],
)
def test_a_module_that_cannot_be_run_is_named_and_capture_offered(file, named):
    model, predictions, _ = ran(file)
    assert (predictions, model.back) == (None, ())
    (note,) = [note for note in model.findings.notes if named in note]
    assert "No predictions are shown. A capture in your own process" in note
