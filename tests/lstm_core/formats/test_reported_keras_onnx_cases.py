"""Files that people reported: what we open computes what their framework computes.

Each file in `cases` stands for a kind: Keras and ONNX files, and arrays without names. The
numbers beside it are the framework's own, for every timestep and both directions.
"""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
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


@pytest.mark.parametrize("file", ["own_layer.keras", "own_layer.h5", "repacked_with_folder.keras"])
def test_a_layer_inside_a_layer_of_ones_own_is_found_beside_the_plain_one(file):
    opened, numbers = load_model(CASES / file), expected("own_layer.npz")
    assert [layer.name for layer in opened.layers] == ["block/inside_block", "plain"]
    assert not opened.layers[1].follows
    for layer, name in zip(opened.layers, ("inside_block", "plain"), strict=True):
        assert_computes(layer, numbers[f"{name}/x"], numbers[f"{name}/y"])
    assert opened.readout.kernel.shape == (3, 1)
    asked = {a.keyword: a.value for a in opened.findings.assumptions if a.keyword}
    assert asked == {"recurrent_activation": "sigmoid", "activation": "tanh"}
    assert "block is a layer of the file's own" in opened.findings.notes[0]


@pytest.mark.parametrize("file", ["timedistributed_lstm.keras", "timedistributed_lstm.h5"])
def test_a_layer_that_runs_over_and_over_is_found_with_its_configuration(file):
    opened, numbers = load_model(CASES / file), expected("timedistributed_lstm.npz")
    assert [layer.name for layer in opened.layers] == [
        "time_distributed_1/over_hours",
        "over_days",
    ]
    assert not opened.layers[1].follows  # it reads days, one for each of the other's sequences
    for layer, name in zip(opened.layers, ("over_hours", "over_days"), strict=True):
        assert_computes(layer, numbers[f"{name}/x"], numbers[f"{name}/y"])
    assert not opened.findings.assumptions
    assert "stands in time_distributed_1 (TimeDistributed)" in opened.findings.notes[0]


@pytest.mark.parametrize(
    "file", ["bidirectional_stacked.keras", "bidirectional_stacked.weights.h5"]
)
def test_stacked_cells_that_run_both_ways_are_a_chain_for_each_way(file):
    opened, numbers = load_model(CASES / file), expected("bidirectional_stacked.npz")
    x, y = numbers["bidirectional_2/x"], numbers["bidirectional_2/y"]
    assert [layer.follows for layer in opened.layers[1:]] == [True, False, True]
    assert [layer.reverse for layer in opened.layers] == [False, False, True, True]
    ways = [opened.chain(k).run_inputs(x).layers[-1].outputs for k in (0, 2)]
    np.testing.assert_allclose(np.concatenate(ways, axis=-1), y, **CLOSE)
    assert "each way is a chain of its own" in " ".join(opened.findings.notes)


def test_a_file_of_weights_only_asks_for_the_candidates_activation():
    numbers, whole = expected("relu_forecaster.npz"), load_model(CASES / "relu_forecaster.keras")
    bare = CASES / "relu_forecaster.weights.h5"
    (asked,) = [a for a in load_model(bare).findings.assumptions if a.keyword == "activation"]
    assert asked.value == "tanh"
    assert "relu" in asked.choices
    answered = load_model(bare, activation="relu")
    for opened in (whole, answered):
        assert [layer.name for layer in opened.layers] == ["lstm", "lstm_1"]
        assert [layer.follows for layer in opened.layers[1:]] == [True]
        assert opened.readout.kernel.shape == (4, 1)
        for layer in opened.layers:
            assert_computes(layer, numbers[f"{layer.name}/x"], numbers[f"{layer.name}/y"])


def test_a_file_whose_saving_failed_is_refused_and_says_what_to_do():
    with pytest.raises(ModelFileError, match="twice and holds it once.*Save the model again as"):
        load_model(CASES / "keras305_failed_save.h5")


def zipped(files: dict[str, bytes]) -> bytes:
    """The files as one zip archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def test_an_onnx_file_with_its_weights_apart_opens_as_two_files_or_a_zip_of_both():
    names = ("two_files.onnx.data", "two_files.onnx")  # in either order
    files = {name: (CASES / name).read_bytes() for name in names}
    numbers = expected("two_files.npz")
    with pytest.raises(ModelFileError, match="open both files at once, or a zip of both"):
        load_model(files["two_files.onnx"], name="two_files.onnx")
    in_a_folder = {f"run/{name}": content for name, content in files.items()}
    for given in (files, zipped(files), zipped(in_a_folder)):
        opened = load_model(given)
        assert opened.findings.format.startswith("ONNX, ")
        ours = opened.run_inputs(numbers["x"]).predictions
        np.testing.assert_allclose(ours, numbers["y"], **CLOSE)


def test_weights_without_names_are_told_by_their_shapes_in_keras_order():
    opened, numbers = load_model(CASES / "get_weights.npz"), expected("get_weights.expected.npz")
    assert [layer.follows for layer in opened.layers[1:]] == [True]
    assert opened.readout.kernel.shape == (5, 1)
    for layer, name in zip(opened.layers, ("lstm_5", "lstm_6"), strict=True):
        assert_computes(layer, numbers[f"{name}/x"], numbers[f"{name}/y"])
    asked = {a.keyword for a in opened.findings.assumptions if a.keyword}
    assert asked == {"recurrent_activation", "activation", "backwards", "residual", "reads"}


def weights_of(*shapes: tuple[int, ...]) -> bytes:
    """What np.savez(*model.get_weights()) writes for weights of these shapes."""
    rng, file = np.random.default_rng(0), io.BytesIO()
    np.savez(file, *[draw(rng, *shape) for shape in shapes])
    return file.getvalue()


GRU = ((3, 9), (3, 9), (2, 9))


@pytest.mark.parametrize(
    ("shapes", "kinds", "both_ways", "asked"),
    [
        (((4, 3), (3, 3), (3,), (3, 2), (2,)), ["rnn"], [False], False),
        ((*GRU, *GRU, (3, 1), (1,)), ["gru", "gru"], [False, False], False),
        ((*GRU, *GRU, (6, 1), (1,)), ["gru"], [True], False),
        ((*GRU, *GRU), ["gru", "gru"], [False, False], True),
        (((4, 12), (3, 12), (4, 12), (3, 12)), ["lstm"], [True], True),
        (((9, 4), (4, 12), (3, 12), (12,)), ["lstm"], [False], False),
    ],
)
def test_shapes_tell_stacked_layers_from_two_directions_or_it_is_asked(
    shapes, kinds, both_ways, asked
):
    opened = load_model(weights_of(*shapes))
    assert [layer.kind for layer in opened.layers] == kinds
    assert [layer.bidirectional for layer in opened.layers] == both_ways
    assert [layer.follows for layer in opened.layers[1:]] == [True] * (len(kinds) - 1)
    question = [a for a in opened.findings.assumptions if a.keyword == "chain"]
    assert bool(question) == asked
    for choice in question[0].choices if question else ():
        answered = load_model(weights_of(*shapes), chain=choice)
        assert any(x.bidirectional for x in answered.layers) == (choice == "two directions of one")


def test_no_readout_reaches_across_arrays_that_stand_between():
    normalised = ((4, 12), (3, 12), (12,), (3,), (3,), (3,), (3,), (3, 1), (1,))
    assert load_model(weights_of(*normalised)).readout is None


def test_a_single_array_says_how_to_save_a_model():
    file = io.BytesIO()
    np.save(file, np.zeros((2, 3)))
    with pytest.raises(ModelFileError, match=r"one array of shape \(2, 3\).*np\.savez"):
        load_model(file.getvalue(), name="weights.npy")


def test_a_savedmodel_opens_as_the_zip_of_its_folder():
    opened = load_model(CASES / "savedmodel.zip")
    (layer,) = opened.layers
    assert (layer.kind, layer.input_size, layer.hidden_size) == ("lstm", 4, 5)
    assert layer.name == "sequential_7/lstm_7"
    assert opened.readout.kernel.shape == (5, 1)
    asked = {a.keyword for a in opened.findings.assumptions if a.keyword}
    assert asked == {"recurrent_activation", "activation", "backwards", "reads"}
    with zipfile.ZipFile(CASES / "savedmodel.zip") as archive:
        stored = archive.read("variables/variables.data-00000-of-00001")
    kernel = np.frombuffer(stored[:320], "<f4").reshape(4, 20)  # i f c o
    i, f, g, o = np.split(kernel, 4, axis=1)
    np.testing.assert_array_equal(layer.forward.kernel, np.hstack([i, f, g, o]))


def test_a_savedmodels_graph_alone_says_what_to_do_and_that_works():
    graph = CASES / "saved_model.pb"
    with pytest.raises(ModelFileError, match="Zip the whole folder of the model"):
        load_model(graph)
    with zipfile.ZipFile(CASES / "savedmodel.zip") as archive:
        files = {name: archive.read(name) for name in archive.namelist() if name[-1] != "/"}
    folder = {f"my_model/{name}": content for name, content in files.items()}
    bare = {name.rpartition("/")[2]: content for name, content in files.items()}
    for given in (zipped(folder), bare):
        assert load_model(given).layers[0].hidden_size == 5


def test_a_bundle_that_is_cut_off_or_without_its_numbers_is_refused_in_a_sentence():
    with zipfile.ZipFile(CASES / "savedmodel.zip") as archive:
        files = {name: archive.read(name) for name in archive.namelist() if name[-1] != "/"}
    index, data = "variables/variables.index", "variables/variables.data-00000-of-00001"
    with pytest.raises(ModelFileError, match="is missing: give the .index and .data files"):
        load_model(zipped({index: files[index]}))
    with pytest.raises(ModelFileError, match="lies beyond the end of its file"):
        load_model(zipped({index: files[index], data: files[data][:100]}))
    for k in range(0, len(files[index]), 7):
        damaged = bytearray(files[index])
        damaged[k] ^= 0x55
        with suppress(ModelFileError):
            load_model(zipped({index: bytes(damaged), data: files[data]}))
