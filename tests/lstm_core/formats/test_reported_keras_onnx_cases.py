"""Files that people reported: what we open computes what their framework computes.

Each file in `cases` stands for a kind: Keras and ONNX files, and arrays without names. The
numbers beside it are the framework's own, for every timestep and both directions.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from lstm_core import load_model

CASES = Path(__file__).with_name("cases")
CLOSE = {"rtol": 0, "atol": 2e-5}


def expected(name: str) -> dict[str, np.ndarray]:
    """The framework's numbers: x and y of each module."""
    with np.load(CASES / name) as arrays:
        return dict(arrays)


def assert_computes(layer, x: np.ndarray, y: np.ndarray) -> None:
    """The layer's outputs on x are y: at every timestep, or at the last where y has that only."""
    ours = layer.unroll(x).outputs
    np.testing.assert_allclose(ours[:, -y.shape[1] :] if y.ndim == 3 else ours[:, -1], y, **CLOSE)


@pytest.mark.parametrize(("file", "name"), [("gelu", "lstm_3"), ("swish", "lstm_4")])
def test_an_activation_of_dense_layers_is_that_of_keras(file, name):
    model, numbers = (
        load_model(CASES / f"activation_{file}.keras"),
        expected(f"activation_{file}.npz"),
    )
    (layer,) = model.layers
    assert layer.name == name
    assert_computes(layer, numbers[f"{name}/x"], numbers[f"{name}/y"])
    assert model.readout.kernel.shape == (5, 1)
