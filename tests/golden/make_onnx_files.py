"""Make onnx/: what three exporters write for one and the same kind of model, with predictions.

pip install torch==2.13.0 onnx onnxscript            (writes torch_script and torch_dynamo)
pip install tensorflow-cpu==2.15.1 tf2onnx==1.17.0   (writes tf2onnx)

then python make_onnx_files.py, in each of the two environments.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).parent / "onnx"
SYMBOLS = np.random.default_rng(20261123).integers(0, 7, (2, 8))


def with_torch() -> None:
    """Embedding, LSTM both ways, GRU, LSTM, Linear and softmax, by both of torch's exporters."""
    import torch

    class Tagger(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.embedding = torch.nn.Embedding(7, 4)
            self.both = torch.nn.LSTM(4, 3, bidirectional=True, batch_first=True)
            self.gru = torch.nn.GRU(6, 5, batch_first=True)
            self.last = torch.nn.LSTM(5, 4, batch_first=True)
            self.readout = torch.nn.Linear(4, 3)

        def forward(self, symbols: torch.Tensor) -> torch.Tensor:
            x, _ = self.both(self.embedding(symbols))
            x, _ = self.gru(x)
            x, _ = self.last(x)
            return torch.softmax(self.readout(x), -1)

    torch.manual_seed(20261123)
    model = Tagger().eval()
    symbols = torch.from_numpy(SYMBOLS)
    axes = {0: "batch", 1: "time"}
    torch.onnx.export(
        model, (symbols,), str(FOLDER / "torch_script.onnx"), dynamo=False, opset_version=17,
        input_names=["symbols"], dynamic_axes={"symbols": axes},
    )  # fmt: skip
    torch.onnx.export(
        model, (symbols,), str(FOLDER / "torch_dynamo.onnx"), dynamo=True,
        dynamic_shapes=(axes,), external_data=False,
    )  # fmt: skip
    predictions = model(symbols).detach().numpy()
    for name in ("torch_script", "torch_dynamo"):
        anonymise(FOLDER / f"{name}.onnx")
        np.savez(FOLDER / f"{name}.npz", symbols=SYMBOLS, predictions=predictions)


def anonymise(path: Path) -> None:
    """Take out where on which machine each node was traced."""
    import onnx

    model = onnx.load(path)
    for part in (*model.graph.node, *model.graph.value_info, *model.graph.input):
        part.ClearField("metadata_props")
        part.ClearField("doc_string")
    onnx.save(model, path)


def with_tensorflow() -> None:
    """The same with Keras, but for the readout, which sees the last timestep only."""
    import tensorflow as tf
    import tf2onnx

    layers = tf.keras.layers
    model = tf.keras.Sequential(
        [
            tf.keras.Input((None,), dtype="int32"),
            layers.Embedding(7, 4),
            layers.Bidirectional(layers.LSTM(3, return_sequences=True)),
            layers.GRU(5, return_sequences=True),
            layers.LSTM(4),
            layers.Dense(3, activation="sigmoid"),
        ]
    )
    rng = np.random.default_rng(20261123)
    model.set_weights([rng.normal(0, 0.5, w.shape) for w in model.get_weights()])
    tf2onnx.convert.from_keras(model, opset=14, output_path=str(FOLDER / "tf2onnx.onnx"))
    predictions = model(SYMBOLS.astype("int32")).numpy()
    np.savez(FOLDER / "tf2onnx.npz", symbols=SYMBOLS, predictions=predictions)


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    if importlib.util.find_spec("tf2onnx"):
        with_tensorflow()
    else:
        with_torch()
