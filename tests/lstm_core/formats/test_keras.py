"""Keras's files: what we open computes what the Keras that saved it computes.

The files and numbers are made by tests/golden/make_keras_files.py, with Keras 3 and Keras 2.
"""

from __future__ import annotations

import itertools
from functools import cache
from pathlib import Path

import h5py
import numpy as np
import pytest

from lstm_core import load_model, unroll
from lstm_core.formats.keras import cells
from lstm_core.formats.keras.network import Network
from lstm_core.model import Model, softmax

FOLDER = Path(__file__).parents[2] / "golden" / "keras"
H = {"rtol": 0, "atol": 2e-5}
C = {"rtol": 2e-6, "atol": 2e-5}


@cache
def opened(file: str, **settled: str) -> Model:
    """The model in one of these files, read once: a process opens it, which takes its time."""
    return load_model(FOLDER / file, **settled)


def numbers() -> dict[str, dict[str, dict[str, np.ndarray]]]:
    """By file and part of it: x, y and the final states of a layer, or predictions."""
    found: dict[str, dict[str, dict[str, np.ndarray]]] = {}
    for path in sorted(FOLDER.glob("*.npz")):
        with np.load(path) as arrays:
            for name in arrays.files:
                if name != "provenance":
                    file, part, what = name.split("/")
                    found.setdefault(file, {}).setdefault(part, {})[what] = arrays[name]
    return found


WHOLE = {}
"""Of whole models, by file: symbols and predictions."""

NUMBERS = {}
"""Of layers, by file and place."""

for file, parts in numbers().items():
    if "model" in parts:
        WHOLE[file] = parts.pop("model")
    NUMBERS[file] = {int(place): arrays for place, arrays in parts.items()}
UNKNOWABLE = {"every": {2, 3}, "nested": {0}, "directions": set(range(8))}
"""Layers with options that a file of weights only does not record: other activations, merges."""


def unknowable(file: str) -> set[int]:
    """The layers of a file that differ from what has to be assumed about them."""
    model = Path(file).stem.split("_")[1].split(".")[0]
    return UNKNOWABLE.get(model, set()) if "weights" in file else set()


def final_states(run) -> list[np.ndarray]:
    """The final states in Keras's order: h, c of each direction."""
    traces = [run.forward] + ([run.backward] if run.backward else [])
    return [
        state
        for trace in traces
        for state in (
            trace.final_state.hidden_state,
            getattr(trace.final_state, "cell_state", None),
        )
        if state is not None
    ]


@pytest.mark.parametrize("file", sorted(NUMBERS))
def test_every_layer_of_a_file_computes_what_keras_computed(file):
    model = opened(file)
    assert len(model.layers) == len(NUMBERS[file])
    for k, theirs in NUMBERS[file].items():
        if k in unknowable(file):
            continue
        ours = model.layers[k].unroll(theirs["x"])
        np.testing.assert_allclose(ours.outputs, theirs["y"], **H, err_msg=model.layers[k].name)
        for n, state in enumerate(final_states(ours)):
            np.testing.assert_allclose(state, theirs[f"state_{n}"], **C)


@pytest.mark.parametrize("file", ["keras2_deep.h5", "keras3_deep.keras", "keras3_deep.weights.h5"])
def test_layers_stand_in_the_models_order_and_not_in_hdf5s(file):
    kernels = [layer.forward.kernel for layer in opened(file).layers]
    assert [kernel.shape for kernel in kernels] == [(2, 8)] * 12 + [(2, 9)]


@pytest.mark.parametrize("major", [2, 3])
def test_all_containers_of_one_model_hold_the_same_layers(major):
    files = sorted(FOLDER.glob(f"keras{major}_deep*"))
    assert len(files) == (4 if major == 2 else 3)
    models = [opened(file.name) for file in files]
    for layers in zip(*(model.layers for model in models), strict=True):
        assert len({layer.forward.kernel.tobytes() for layer in layers}) == 1


@pytest.mark.parametrize("file", ["keras2_every.h5", "keras3_every.keras", "keras3_every.h5"])
def test_a_whole_model_predicts_from_symbols_what_its_parts_compute(file):
    model = opened(file)
    run = model.run(["3", "0", "6", "6"])
    assert run.predictions.shape == (4, 7)
    np.testing.assert_allclose(run.predictions.sum(axis=-1), 1, atol=1e-6)
    assert model.findings.ignored == ("dropout (Dropout)",)


@pytest.mark.parametrize(
    ("version", "gates"),
    [
        ("1.2.2", "hard_sigmoid(0.2, 0.5)"),
        ("2.1.6-tf", "hard_sigmoid(0.2, 0.5)"),
        ("2.2.4", "hard_sigmoid(0.2, 0.5)"),
        ("2.2.4-tf", "sigmoid"),
        ("2.3.0", "sigmoid"),
        ("2.3.0-tf", "sigmoid"),
        ("3.1.0", "sigmoid"),
        (None, "sigmoid"),
    ],
)
def test_gates_that_a_file_does_not_name_are_those_of_its_version(version, gates):
    how = cells.cell("LSTM", {}, cells.era(version))
    assert how.recurrent_activation == gates


@pytest.mark.parametrize(
    ("spelled", "found"),
    [
        ("leaky_relu", "leaky_relu(0.2)"),  # the function
        ({"class_name": "LeakyReLU", "config": {"name": "a"}}, "leaky_relu(0.3)"),  # the layer
        ({"class_name": "LeakyReLU", "config": {"name": "a", "alpha": 0.1}}, "leaky_relu(0.1)"),
        ({"class_name": "LeakyReLU", "config": {"negative_slope": 0.4}}, "leaky_relu(0.4)"),
        ({"class_name": "function", "config": "softsign"}, "softsign"),
        (None, "identity"),
    ],
)
def test_an_activation_has_the_numbers_that_keras_gives_it(spelled, found):
    assert cells.cell("SimpleRNN", {"activation": spelled}, cells.era("3.1.0")).activation == found


def test_the_two_hard_sigmoids_belong_to_their_eras():
    spelled = {
        file: opened(file).layers[2].forward.recurrent_activation
        for file in ("keras2_every.h5", "keras3_every.h5")
    }
    assert spelled == {
        "keras2_every.h5": "hard_sigmoid(0.2, 0.5)",
        "keras3_every.h5": "hard_sigmoid(0.16666666666666666, 0.5)",
    }


def test_a_file_of_weights_only_says_what_was_assumed_and_lets_it_be_settled():
    file = "keras1_lstm_weights.h5"
    found = opened(file).findings
    assumption, candidate, backwards = [a for a in found.assumptions if a.keyword]
    assert (backwards.keyword, backwards.value) == ("backwards", "none")
    assert assumption.keyword == "recurrent_activation"
    assert assumption.value == "hard_sigmoid(0.2, 0.5)"
    assert (candidate.keyword, candidate.value) == ("activation", "tanh")
    assert assumption.value in assumption.choices
    settled = opened(file, recurrent_activation="sigmoid")
    assert settled.layers[0].forward.variant.recurrent_activation == "sigmoid"
    assert settled.findings.assumptions[0].value == "sigmoid"


def test_what_a_file_says_is_not_overruled():
    model = opened("keras1_lstm.h5", recurrent_activation="sigmoid")
    assert model.layers[0].forward.variant.recurrent_activation == "hard_sigmoid(0.2, 0.5)"


def test_cudnn_weights_need_no_assumption_about_the_gates():
    found = opened("keras2_cudnn_lstm_weights.h5").findings
    assert [a.keyword for a in found.assumptions if a.keyword] == ["backwards"]


def test_the_code_of_a_lambda_layer_is_a_name_and_nothing_more():
    model = opened("keras2_nested.h5")
    assert "code (Lambda)" in model.findings.ignored
    follows = [layer.follows for layer in model.layers[1:]]
    assert follows == [True, True, False, True, True]  # code stands between the third and fourth


def test_a_readout_with_its_activation_in_a_layer_of_its_own_is_one_readout():
    readout = opened("keras3_nested.keras").readout
    assert (readout.kernel.shape, readout.activation) == ((3, 2), "sigmoid")


def test_only_the_right_one_of_24_gate_orders_computes_the_same():
    file = "keras2_cudnn_square.h5"  # D = H: no shape would complain
    layer, theirs = opened(file).layers[0], NUMBERS[file][0]
    p = layer.forward

    def reordered(array: np.ndarray, order: tuple[int, ...]) -> np.ndarray:
        return np.concatenate([np.split(array, 4, axis=-1)[k] for k in order], axis=-1)

    right = [
        order
        for order in itertools.permutations(range(4))
        if np.allclose(
            unroll(
                p.replace(
                    kernel=reordered(p.kernel, order),
                    recurrent_kernel=reordered(p.recurrent_kernel, order),
                    bias=reordered(p.bias, order),
                ),
                theirs["x"],
            ).hidden_state,
            theirs["y"],
            atol=1e-3,
        )
    ]
    assert right == [(0, 1, 2, 3)]


def test_findings_say_where_each_layer_stood():
    model = opened("keras2_nested.h5")
    assert len(model.findings.places) == len(model.layers)
    assert model.findings.places[1].startswith("model_weights/inner/")
    assert model.findings.format == "Keras 2.15.0 HDF5 model"


@pytest.mark.parametrize("file", sorted(WHOLE))
def test_a_trained_model_predicts_what_keras_predicted(file):
    model, theirs = opened(file), WHOLE[file]
    logits_only = "weights" in file  # such a file does not say softmax
    for symbols, predictions in zip(theirs["symbols"], theirs["predictions"], strict=True):
        ours = model.run([str(k) for k in symbols]).predictions
        ours = softmax(ours) if logits_only else ours
        np.testing.assert_allclose(ours, predictions, **H)
    assert predictions.max() > 0.9  # it has learned something


def test_whether_a_standard_rnn_is_tanh_or_relu_can_be_settled():
    file = "keras3_every.weights.h5"
    assert opened(file).layers[3].forward.activation == "tanh"
    layer = opened(file, nonlinearity="relu").layers[3]
    theirs = NUMBERS["keras3_every.weights.h5"][3]
    np.testing.assert_allclose(layer.unroll(theirs["x"]).outputs, theirs["y"], **H)


def weights_only(path: Path, **layers: tuple[int, int]) -> Path:
    """A file of LSTMs at these places, (inputs, units) each, in the layout by attribute."""
    rng = np.random.default_rng(0)
    with h5py.File(path, "w") as file:
        for place, (inputs, units) in layers.items():
            shapes = [(inputs, 4 * units), (units, 4 * units), (4 * units,)]
            for k, shape in enumerate(shapes):
                file[f"{place.replace('__', '/')}/cell/vars/{k}"] = rng.normal(size=shape)
    return path


def test_layers_in_a_list_follow_each_other_and_attributes_of_a_class_do_not(tmp_path):
    listed = weights_only(tmp_path / "a.h5", layers__lstm=(2, 3), layers__lstm_1=(3, 4))
    assert load_model(listed).layers[1].follows
    named = weights_only(tmp_path / "b.h5", decoder=(2, 3), encoder=(3, 4))
    assert not load_model(named).layers[1].follows


def test_bfloat16_is_read_exactly(tmp_path):
    path = weights_only(tmp_path / "a.h5", layers__lstm=(2, 3))
    upper_half = np.array([0x3F80, 0xBF00, 0x4049] * 8, np.uint16).reshape(2, 12)
    with h5py.File(path, "a") as file:
        del file["layers/lstm/cell/vars/0"]
        file["layers/lstm/cell/vars/0"] = upper_half.view("V2")
    kernel = load_model(path).layers[0].forward.kernel
    np.testing.assert_array_equal(kernel[0, :3], [1.0, -0.5, 3.140625])


@pytest.mark.parametrize(
    "inbound",
    [
        [{"args": [], "kwargs": {"initial_state": [{"config": {"keras_history": ["h", 0, 1]}}]}}],
        [[["x", 0, 0, {"initial_state": ["h", 0, 1]}]]],
        [[["x", 0, 0, {}], ["h", 0, 1, {}], ["h", 0, 2, {}]]],
    ],
    ids=["Keras 3", "Keras 2", "Keras 2, as inputs"],
)
def test_a_start_that_another_layer_gives_is_seen(inbound):
    layers = [{"class_name": "LSTM", "name": "dec", "config": {}, "inbound_nodes": inbound}]
    network = Network({"class_name": "Functional", "config": {"layers": layers}})
    assert network.nodes[0].starts_elsewhere
