"""Files of the structure that flair writes open and agree: see tests/golden/make_flair_files.py."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from lstm_core import Model, load_model

GOLDEN = Path(__file__).parents[2] / "golden" / "flair"


def scores(model: Model, name: str) -> tuple[np.ndarray, np.ndarray]:
    """What the last linear layer of a model gives, here and in PyTorch."""
    with np.load(GOLDEN / f"{name}.npz") as numbers:
        x, y = numbers["x"], numbers["y"]
    assert model.readout is not None
    read = x if model.encoder is None else [model.encoder.alphabet[k] for k in x]
    layers = model.run(read).layers
    return model.readout.logits(model.read_off(layers)), y


@pytest.mark.parametrize("name", ["language_model", "language_model_backward"])
def test_a_language_model_reads_the_letters_of_its_own_dictionary(name):
    model = load_model(GOLDEN / f"{name}.pt")
    assert model.encoder.alphabet == tuple("abcdefgh .\n")
    np.testing.assert_allclose(*scores(model, name), atol=1e-6)
    turned = any("letters are to be given in reverse" in note for note in model.findings.notes)
    assert turned == name.endswith("backward")


@pytest.mark.parametrize(("name", "crf"), [("tagger", "transitions"), ("tagger_crf", "crf.trans")])
def test_a_tagger_gives_the_scores_before_its_crf_and_says_so(name, crf):
    model = load_model(GOLDEN / f"{name}.pt")
    np.testing.assert_allclose(*scores(model, name), atol=1e-6)
    (note,) = [note for note in model.findings.notes if "belongs to a CRF" in note]
    assert note.startswith(f"'{crf}")
