"""Out again: what is saved runs elsewhere, and comes back bit for bit."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import pytest
import safetensors.numpy
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core import (
    EmbeddingEncoder,
    GRUParameters,
    Layer,
    LSTMParameters,
    LSTMVariant,
    Model,
    ModelFileError,
    NumericEncoder,
    OneHotEncoder,
    Readout,
    RNNParameters,
    load_model,
    save_model,
)
from lstm_core.formats import model_bytes
from lstm_core.model.weights import weights
from tests.lstm_core.strategies import draw_weights, dtypes, seeds

GOLDEN = Path(__file__).parents[2] / "golden" / "torch"
SUFFIXES = (".safetensors", ".onnx", ".npz")
Cell = LSTMParameters | GRUParameters | RNNParameters


def cell(rng: np.random.Generator, kind: str, inputs: int, hidden: int, dtype: Any = np.float32):
    """A cell that PyTorch and ONNX both know."""
    width = {"lstm": 4, "gru": 3}.get(kind, 1) * hidden
    arrays = {
        "kernel": draw_weights(rng, (inputs, width), dtype),
        "recurrent_kernel": draw_weights(rng, (hidden, width), dtype),
        "bias": draw_weights(rng, (width,), dtype),
    }
    if kind == "lstm":
        return LSTMParameters(**arrays)
    if kind == "gru":
        return GRUParameters(**arrays, recurrent_bias=draw_weights(rng, (hidden,), dtype))
    return RNNParameters(**arrays, activation=kind)


kinds = st.sampled_from(["lstm", "gru", "tanh", "relu"])
names = st.text(st.characters(codec="utf-8"), max_size=8)


@st.composite
def models(draw: st.DrawFn, dtype: Any = None, merges: tuple[str, ...] = ("concat",)) -> Model:
    """Stacked and bidirectional models with encoders and readouts of every kind."""
    rng = np.random.default_rng(draw(seeds))
    dtype = draw(dtypes) if dtype is None else dtype
    kind, size, hidden = draw(kinds), draw(st.integers(1, 4)), draw(st.integers(1, 4))
    layers: list[Layer] = []
    inputs = size
    stack = draw(st.booleans())
    for k in range(draw(st.integers(1, 3))):
        both = draw(st.booleans()) if not stack or k == 0 else layers[0].bidirectional
        chosen = kind if stack else draw(kinds)
        layer = Layer(
            name=f"encoder layer {k}" if stack else draw(names) + f".{k}",
            forward=cell(rng, chosen, inputs, hidden, dtype),
            backward=cell(rng, chosen, inputs, hidden, dtype) if both else None,
            merge=draw(st.sampled_from(merges)) if both else "concat",
        )
        layers.append(layer)
        inputs = layer.output_size
    return Model(
        layers=tuple(layers),
        encoder=draw(encoders(rng, size, dtype)),
        readout=draw(readouts(rng, inputs, dtype)),
    )


@st.composite
def encoders(draw: st.DrawFn, rng: np.random.Generator, size: int, dtype: Any):
    words = tuple(f"{k}{draw(names)}" for k in range(5))
    scale = rng.uniform(0.1, 3, size)
    matrix = draw_weights(rng, (5, size), dtype)
    return draw(
        st.sampled_from(
            [
                None,
                OneHotEncoder(alphabet=words[:size]) if size <= 5 else None,
                EmbeddingEncoder(alphabet=words, embedding=matrix),
                NumericEncoder(
                    columns=tuple(map(str, range(size))), offset=rng.normal(size=size), scale=scale
                ),
            ]
        )
    )


@st.composite
def readouts(draw: st.DrawFn, rng: np.random.Generator, size: int, dtype: Any):
    outputs = draw(st.integers(1, 3))
    activation = draw(st.sampled_from([None, "softmax", "sigmoid", "linear"]))
    if activation is None:
        return None
    scaled = activation == "linear" and draw(st.booleans())
    return Readout(
        kernel=draw_weights(rng, (size, outputs), dtype),
        bias=draw_weights(rng, (outputs,), dtype),
        activation=activation,
        labels=tuple(f"{draw(names)}{k}" for k in range(outputs)),
        offset=rng.normal(size=outputs) if scaled else None,
        scale=rng.uniform(0.1, 3, outputs) if scaled else None,
    )


def settled(value: Any) -> Any:
    """Everything of a record but its arrays and where it came from."""
    if isinstance(value, np.ndarray):
        return (value.shape, value.dtype.name, value.tobytes())
    if hasattr(value, "__dataclass_fields__"):
        kept = {n: v for n, v in vars(value).items() if n not in ("findings", "convention")}
        return {name: settled(v) for name, v in kept.items()}
    return [settled(item) for item in value] if isinstance(value, tuple) else value


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=60, deadline=None)
@given(model=models())
def test_a_model_comes_back_bit_for_bit(suffix, model):
    again = load_model(model_bytes(model, suffix))
    ours = Model(layers=tuple(model.layers), encoder=model.encoder, readout=model.readout)
    first = again.layers[0]
    assert settled(again.layers[1:]) == settled(ours.layers[1:])
    assert settled(Layer(**{**vars(first), "follows": True})) == settled(ours.layers[0])
    assert settled(again.encoder) == settled(ours.encoder)
    assert settled(again.readout) == settled(ours.readout)


@pytest.mark.parametrize("name", ["", "\n", "a layer 7", "weight_ih_l0", "module.a", "é/<b>", "."])
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_layer_may_have_any_name(name, suffix):
    layer = Layer(name=name, forward=cell(np.random.default_rng(2), "lstm", 2, 3))
    (again,) = load_model(model_bytes(Model(layers=(layer,)), suffix)).layers
    assert again.name == name


@settings(max_examples=40, deadline=None)
@given(model=models(dtype=np.float32, merges=("concat", "sum", "ave", "mul")), seed=seeds)
def test_onnxruntime_computes_what_we_compute(model, seed):
    agrees_with_onnxruntime(model, seed)
    again = load_model(model_bytes(model, ".onnx"))
    assert [layer.merge for layer in again.layers] == [layer.merge for layer in model.layers]


def agrees_with_onnxruntime(model: Model, seed: int) -> None:
    rng = np.random.default_rng(seed)
    session = onnxruntime.InferenceSession(
        model_bytes(model, ".onnx"), providers=["CPUExecutionProvider"]
    )
    (given_input,) = session.get_inputs()
    if given_input.name == "symbols":
        symbols = rng.integers(0, len(model.encoder.embedding), (6, 2))
        feed, x = {"symbols": symbols}, model.encoder.embedding[symbols]
    else:
        x = rng.normal(size=(6, 2, model.layers[0].input_size)).astype(np.float32)
        feed = {"inputs": x}
    given_outputs = [output.name for output in session.get_outputs()]
    theirs = dict(zip(given_outputs, session.run(None, feed), strict=True))
    run = model.run_inputs(np.swapaxes(x, 0, 1))
    ours = {"outputs": np.swapaxes(run.layers[-1].outputs, 0, 1)}
    for k, layer_run in enumerate(run.layers):
        ours[f"layer{k}.Y_h"] = layer_run.final_hidden.reshape(theirs[f"layer{k}.Y_h"].shape)
    if run.predictions is not None:
        ours["predictions"] = np.swapaxes(run.predictions, 0, 1)
    for name, values in ours.items():
        np.testing.assert_allclose(theirs[name], values, rtol=1e-5, atol=2e-5)


def lstm(rng: np.random.Generator, **options: Any) -> LSTMParameters:
    plain = cell(rng, "lstm", 3, 4)
    return plain.replace(**options)


ONNX_ONLY = {
    "peepholes": {"peephole": np.arange(12, dtype=np.float32).reshape(3, 4) / 10},
    "clip": {"variant": LSTMVariant(clip=0.5)},
    "activations": {
        "variant": LSTMVariant(
            recurrent_activation="hard_sigmoid(0.25, 0.5)",
            activation="softsign",
            output_activation="affine(0.75, -0.25)",
        )
    },
}


@pytest.mark.parametrize("name", ONNX_ONLY)
@pytest.mark.parametrize("direction", ["forward", "reverse", "both"])
def test_what_only_onnx_has_comes_back_from_onnx_and_runs_there(name, direction):
    rng = np.random.default_rng(5)
    layer = Layer(
        name="lstm",
        forward=lstm(rng, **ONNX_ONLY[name]),
        backward=lstm(rng, **ONNX_ONLY[name]) if direction == "both" else None,
        reverse=direction == "reverse",
    )
    model = Model(layers=(layer,))
    agrees_with_onnxruntime(model, 5)
    (again,) = load_model(model_bytes(model, ".onnx")).layers
    assert settled(again.forward) == settled(layer.forward)
    assert settled(again.backward) == settled(layer.backward)
    assert again.reverse == layer.reverse
    with pytest.raises(ModelFileError, match=r"which PyTorch has no module for"):
        model_bytes(model, ".safetensors")


def test_coupled_gates_come_back_from_onnx_and_run_there():
    rng = np.random.default_rng(6)
    coupled = LSTMParameters(
        kernel=draw_weights(rng, (3, 12), np.float32),
        recurrent_kernel=draw_weights(rng, (4, 12), np.float32),
        bias=draw_weights(rng, (12,), np.float32),
        variant=LSTMVariant(forget="coupled"),
    )
    model = Model(layers=(Layer(name="lstm", forward=coupled),))
    agrees_with_onnxruntime(model, 6)
    (again,) = load_model(model_bytes(model, ".onnx")).layers
    assert settled(again.forward) == settled(coupled)


def test_a_gru_that_resets_before_runs_in_onnxruntime():
    rng = np.random.default_rng(7)
    before = cell(rng, "gru", 3, 4).replace(recurrent_bias=None)
    model = Model(layers=(Layer(name="gru", forward=before),))
    agrees_with_onnxruntime(model, 7)
    assert load_model(model_bytes(model, ".onnx")).layers[0].forward.recurrent_bias is None


def test_what_a_format_cannot_express_is_refused_in_one_sentence():
    rng = np.random.default_rng(8)
    projected = lstm(rng).replace(
        recurrent_kernel=draw_weights(rng, (2, 16), np.float32),
        projection=draw_weights(rng, (4, 2), np.float32),
    )
    cases = [
        (".onnx", Layer(name="a", forward=projected), "projects its hidden state"),
        (".onnx", Layer(name="a", forward=lstm(rng), running_order=True), "in the order"),
        (".safetensors", Layer(name="a", forward=lstm(rng), reverse=True), "from the end"),
        (".safetensors", Layer(name="a", forward=cell(rng, "softsign", 3, 4)), "uses softsign"),
        (
            ".safetensors",
            Layer(name="a", forward=lstm(rng), backward=lstm(rng), merge="sum"),
            "merges its directions by sum",
        ),
        (
            ".safetensors",
            Layer(name="a", forward=cell(rng, "gru", 3, 4).replace(recurrent_bias=None)),
            "resets before the recurrent product",
        ),
    ]
    for suffix, layer, words in cases:
        with pytest.raises(ModelFileError, match=words):
            model_bytes(Model(layers=(layer,)), suffix)
        load_model(model_bytes(Model(layers=(layer,)), ".npz"))


def test_a_projected_lstm_comes_back_from_safetensors():
    model = load_model(GOLDEN / "lstm_projected.pt")
    again = load_model(model_bytes(model, ".safetensors"))
    assert settled(again.layers) == settled(model.layers)


def test_saved_tensors_have_pytorchs_names_and_its_numbers():
    path = GOLDEN / "lstm_stacked_bidirectional.safetensors"
    theirs = safetensors.numpy.load_file(path)
    ours = safetensors.numpy.load(model_bytes(load_model(path), ".safetensors"))
    assert {name.removeprefix("lstm.") for name in ours} == set(theirs)
    for name, values in theirs.items():
        if "bias" not in name:
            np.testing.assert_array_equal(ours[f"lstm.{name}"], values)
        elif "bias_ih" in name:
            total = values + theirs[name.replace("_ih_", "_hh_")]
            np.testing.assert_array_equal(ours[f"lstm.{name}"], total)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_trained_file_saved_and_opened_computes_the_same(suffix, tmp_path):
    model = load_model(GOLDEN / "checkpoint.pt")
    path = tmp_path / f"model{suffix}"
    save_model(model, path)
    again = load_model(path)
    for name, values in weights(model).items():
        np.testing.assert_array_equal(weights(again)[name], values)
    np.testing.assert_array_equal(again.run("BTXSE").predictions, model.run("BTXSE").predictions)
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_a_saved_onnx_file_is_valid_and_says_who_wrote_it():
    model = onnx.load_from_string(model_bytes(load_model(GOLDEN / "checkpoint.pt"), ".onnx"))
    onnx.checker.check_model(model, full_check=True)
    assert model.producer_name == "Gatescope"
    (described,) = model.metadata_props
    assert json.loads(described.value)["encoder"]["alphabet"] == list("BTSXPVE")


def test_a_path_that_cannot_be_written_is_named_and_leaves_nothing(tmp_path):
    model = load_model(GOLDEN / "lstm.pt")
    with pytest.raises(ModelFileError, match=r"The suffix is '\.exe': expected one of"):
        save_model(model, tmp_path / "a.exe")
    with pytest.raises(ModelFileError, match="cannot be written"):
        save_model(model, tmp_path / "missing" / "a.npz")
    (tmp_path / "folder.npz").mkdir()
    with pytest.raises(ModelFileError, match="cannot be written"):
        save_model(model, tmp_path / "folder.npz")
    assert [path.name for path in tmp_path.iterdir()] == ["folder.npz"]


def test_stacks_stay_stacks_and_layers_of_one_name_are_told_apart():
    rng = np.random.default_rng(9)
    pair = [Layer(name="lstm", forward=cell(rng, "lstm", 4, 4)) for _ in range(2)]
    again = load_model(model_bytes(Model(layers=tuple(pair)), ".safetensors"))
    assert [layer.name for layer in again.layers] == ["lstm", "lstm"]
    for one, other in itertools.zip_longest(pair, again.layers):
        np.testing.assert_array_equal(one.forward.kernel, other.forward.kernel)
    stack = load_model(GOLDEN / "gru_stacked_bidirectional.pth")
    names_saved = safetensors.numpy.load(model_bytes(stack, ".safetensors"))
    assert "gru.weight_ih_l1_reverse" in names_saved
