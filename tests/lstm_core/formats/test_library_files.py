"""Files of other people's libraries compute what they computed: see make_library_files.py."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from lstm_core import Model, load_model

FOLDER = Path(__file__).parents[2] / "golden" / "libraries"
CLOSE = {"rtol": 0, "atol": 2e-5}
MODULES = {
    "lightning.ckpt": ["encoder"],
    "darts.ckpt": ["rnn"],
    "pytorch_forecasting.ckpt": ["rnn"],
    "recurrent_ppo.zip": ["lstm_actor", "lstm_critic"],
    "fastai.pth": ["0.rnns.0", "0.rnns.1"],
    "skorch.pt": ["rnn"],
    "gluonts.pt": ["rnn"],
    "flair_like.pt": ["rnn"],
}


def expected(file: str) -> dict[str, np.ndarray]:
    with np.load((FOLDER / file).with_suffix(".npz")) as arrays:
        return dict(arrays)


def outputs(model: Model, module: str, x: np.ndarray) -> np.ndarray:
    """What the layers of one module make of x, one after the other."""
    names = (module, *(f"{module} layer {k}" for k in range(2)))
    layers = [layer for layer in model.layers if layer.name in names]
    assert layers
    for layer in layers:
        x = layer.unroll(x).outputs
    return x


@pytest.mark.parametrize("file", MODULES)
def test_every_recurrent_module_of_a_library_computes_what_it_computed_there(file):
    model, numbers = load_model(FOLDER / file), expected(file)
    assert {name.rpartition("/")[0] for name in numbers} == set(MODULES[file])
    for module in MODULES[file]:
        ours = outputs(model, module, numbers[f"{module}/x"])
        np.testing.assert_allclose(ours, numbers[f"{module}/y"], **CLOSE)


@pytest.mark.parametrize(
    ("file", "shape"),
    [
        ("lightning.ckpt", (5, 1)),
        ("pytorch_forecasting.ckpt", (5, 1)),
        ("skorch.pt", (10, 2)),
        ("flair_like.pt", (10, 4)),
        ("recurrent_ppo.zip", None),  # between the LSTM and the action stand layers and a tanh
        ("gluonts.pt", None),  # its head is listed before its LSTM
    ],
)
def test_a_head_is_found_where_it_stands_alone(file, shape):
    readout = load_model(FOLDER / file).readout
    assert (None if readout is None else readout.kernel.shape) == shape


@pytest.mark.parametrize("exporter", ["dynamo", "script"])
@pytest.mark.parametrize("name", ["classifier", "tagger"])
def test_a_network_that_either_exporter_of_pytorch_wrote_answers_as_in_pytorch(name, exporter):
    file = f"{name}_{exporter}.onnx"
    numbers = expected(file)
    predictions = load_model(FOLDER / file).run(numbers["net/x"]).predictions
    ours = predictions[-1] if numbers["net/y"].ndim == 1 else predictions
    np.testing.assert_allclose(ours, numbers["net/y"], **CLOSE)
