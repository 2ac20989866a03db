"""What stands before the LSTM in Keras's files is run: see tests/golden/make_keras_fronts.py."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from lstm_core import Model, load_model, save_model

GOLDEN = Path(__file__).parents[2] / "golden" / "keras_fronts"
with np.load(GOLDEN / "expected.npz") as _file:
    EXPECTED = dict(_file)


@cache
def opened(name: str) -> Model:
    return load_model(GOLDEN / name)


def expected(name: str) -> tuple[np.ndarray, np.ndarray]:
    return EXPECTED[f"{name}/x"][0], EXPECTED[f"{name}/y"][0]


@pytest.mark.parametrize("suffix", [".keras", ".h5"])
def test_dense_layers_norms_and_activations_are_run_before_the_lstm(suffix: str):
    model = opened(f"numbers{suffix}")
    x, y = expected("numbers")
    assert (model.input_size, len(model.front), model.encoder) == (4, 5, None)
    np.testing.assert_allclose(model.run(x).layers[-1].outputs, y, atol=1e-6)
    assert any("are run, too" in note for note in model.findings.notes)


def test_symbols_go_through_their_embedding_and_what_stands_behind_it():
    model = opened("symbols.keras")
    places, y = expected("symbols")
    run = model.run([str(place) for place in places])
    np.testing.assert_allclose(run.layers[0].outputs, y, atol=1e-6)


def test_a_convolution_over_time_is_run():
    model = opened("convolved.keras")
    x, y = expected("convolved")
    assert (model.input_size, len(model.front)) == (2, 2)
    np.testing.assert_allclose(model.run(x).layers[-1].outputs, y, atol=1e-6)


def test_our_own_format_keeps_it_and_another_one_keeps_the_layers(tmp_path: Path):
    model, (x, y) = opened("numbers.keras"), expected("numbers")
    save_model(model, tmp_path / "ours.npz")
    np.testing.assert_allclose(
        load_model(tmp_path / "ours.npz").run(x).layers[-1].outputs, y, atol=1e-6
    )
    save_model(model, tmp_path / "theirs.safetensors")
    assert load_model(tmp_path / "theirs.safetensors").input_size == 3
