"""Files that people reported: what we open computes what their framework computes.

Each file in `cases` stands for a kind: Keras and ONNX files, and arrays without names. The
numbers beside it are the framework's own, for every timestep and both directions.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from onnx import helper

from lstm_core import ModelFileError, load_model

from .onnx_models import draw, model, node, run, weights

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


@pytest.mark.parametrize(
    ("file", "names", "readout"),
    [
        ("learned_start_expand", ["/rnn/LSTM"], None),
        ("unoptimised", ["node_LSTM_65", "node_LSTM_126"], (8, 3)),
        ("dynamic_axes", ["/rnn/LSTM", "/rnn/LSTM_1"], (8, 3)),
        ("two_files", ["node_LSTM_65", "node_LSTM_126"], (8, 3)),
    ],
)
def test_an_onnx_file_of_torch_computes_what_torch_computed(file, names, readout):
    opened, numbers = load_model(CASES / f"{file}.onnx"), expected(f"{file}.npz")
    assert [layer.name for layer in opened.layers] == names
    assert (opened.readout.kernel.shape if opened.readout else None) == readout
    ran = opened.run_inputs(numbers["x"])
    ours = ran.layers[-1].outputs if ran.predictions is None else ran.predictions
    np.testing.assert_allclose(ours, numbers["y"], **CLOSE)
    assert not opened.findings.notes


Step = tuple[str, list[str], dict[str, Any]]


def start(*nodes: Step) -> list[Any]:
    """Nodes that compute a state "state" from "h" (H,) and the shape of X (T, B, D)."""
    shape = helper.make_node("Shape", ["X"], ["shape"])
    return [shape, *(helper.make_node(op, i[:-1], i[-1:], **a) for op, i, a in nodes)]


BATCH: Step = ("Slice", ["shape", "one", "two", "batch"], {})
STARTS = {
    "expanded": start(
        BATCH,
        ("Concat", ["one", "batch", "units", "to"], {"axis": 0}),
        ("Expand", ["h", "to", "state"], {}),
    ),
    "tiled": start(
        ("Unsqueeze", ["h", "zero_one", "h3"], {}),
        BATCH,
        ("Concat", ["one", "batch", "one", "to"], {"axis": 0}),
        ("Tile", ["h3", "to", "state"], {}),
    ),
    "gathered, cast and unsqueezed": start(
        ("Gather", ["shape", "number_one", "b"], {}),
        ("Cast", ["b", "b32"], {"to": 6}),
        ("Unsqueeze", ["b32", "zero", "b1"], {}),
        ("Cast", ["b1", "batch"], {"to": 7}),
        ("Concat", ["batch", "units", "to"], {"axis": 0}),
        ("Expand", ["h", "to", "rows"], {}),
        ("Unsqueeze", ["rows", "zero", "state"], {}),
    ),
    "filled and added": start(
        BATCH,
        ("Concat", ["one", "batch", "units", "to"], {"axis": 0}),
        ("ConstantOfShape", ["to", "zeros"], {}),
        ("Add", ["zeros", "h", "state"], {}),
    ),
    "cut out of more": start(
        ("Concat", ["h", "h", "more"], {"axis": 0}),
        BATCH,
        ("Concat", ["one", "batch", "twice", "to"], {"axis": 0}),
        ("Expand", ["more", "to", "wide"], {}),
        ("Slice", ["wide", "units", "twice", "two", "state"], {}),
    ),
    "put together along the batch of none": start(
        BATCH,
        ("Concat", ["batch", "units", "to"], {"axis": 0}),
        ("Expand", ["h", "to", "rows"], {}),
        ("Reshape", ["rows", "as_state", "state"], {}),
    ),
}


@pytest.mark.parametrize("way", STARTS)
def test_a_trained_start_is_found_however_the_graph_spreads_it_over_the_batch(way):
    rng = np.random.default_rng(1)
    made = weights(rng, "LSTM", 2, 3)
    whole = {"one": [1], "two": [2], "zero": [0], "zero_one": [0, 1], "units": [3], "twice": [6]}
    numbers = {name: np.array(values) for name, values in whole.items()}
    numbers |= {"number_one": np.array(1), "as_state": np.array([1, -1, 3])}
    recurrent = node("LSTM", {*made, "initial_h", "initial_c"}, 3)
    recurrent.input[5] = recurrent.input[6] = "state"
    whole_model = model([*STARTS[way], recurrent], {**made, **numbers, "h": draw(rng, 3)})
    x = draw(rng, 5, 2, 2)
    theirs = run(whole_model, X=x)[0]  # (T, 1, B, H)
    (layer,) = load_model(whole_model.SerializeToString(), name="a.onnx").layers
    for k in range(2):
        np.testing.assert_allclose(layer.unroll(x[:, k]).outputs, theirs[:, 0, k], **CLOSE)


def test_a_hidden_size_that_contradicts_the_weights_is_refused():
    made = weights(np.random.default_rng(0), "GRU", 2, 3)
    file = model([node("GRU", made, 4)], made, ("Y",)).SerializeToString()
    with pytest.raises(ModelFileError, match="hidden_size is 4, but its weights are of 3 units"):
        load_model(file, name="a.onnx")


def test_a_layer_that_is_written_out_as_a_loop_is_named_as_such():
    with pytest.raises(ModelFileError, match="exported from") as refused:
        load_model(CASES / "keras_gru_as_loop.onnx")
    told = str(refused.value)
    assert "'sequential_1_1/gru_1/while_loop' (Loop)" in told
    assert "'sequential_1_1/gru_1_2/while_loop' (Loop) are recurrent layers" in told
    assert "Slice" not in told
