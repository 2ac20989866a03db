"""The code that the page offers: it parses, names this layer, and executes nothing from names.

That it computes the reference was tried with torch 2.13, Keras 3 and onnxruntime on every kind
of golden file; here onnxruntime, which the tests have, runs it.
"""

from __future__ import annotations

import ast
import dataclasses
import sys
import types
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import save_file

from app.inputs.reference import compare, reference_from_file
from app.screens.your_model.snippets import INPUT, REFERENCE, snippet
from app.session.subjects import uploaded
from lstm_core import Layer, load_model, save_model

GOLDEN = Path(__file__).parents[2] / "golden"
CASES = Path(__file__).parents[2] / "lstm_core" / "formats" / "cases"
HOSTILE = "'); import os; os.abort() #\n\"\\"


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("torch/checkpoint.pt", "torch.nn.LSTM(4, 4, batch_first=True)"),
        ("torch/gru_stacked_bidirectional.pth", "torch.nn.GRU(8, 4, batch_first=True, bidir"),
        ("torch/lstm_projected.pt", "proj_size=2"),
        ("torch/gru_without_bias.safetensors", "bias=False"),
        ("torch/rnn_tanh.pt", "nonlinearity='tanh'"),
        ("torch/lstm_double.pt", ".double()"),
        ("torch/lstm_numpy.npz", "numpy.load('lstm_numpy.npz')"),
        ("keras/keras3_nested.keras", ".get_layer('inner').get_layer('lstm"),
        ("keras/keras3_every.weights.h5", "model.load_weights('keras3_every.weights.h5')"),
    ],
)
def test_a_snippet_names_the_layer_as_its_framework_does(file, expected):
    path = GOLDEN / file
    model = load_model(path)
    codes = [
        snippet(path.name, layer, place).code
        for layer, place in zip(model.layers, model.findings.places, strict=True)
    ]
    assert expected in "\n".join(codes)
    for code in codes:
        ast.parse(code)
        assert INPUT in code
        assert REFERENCE in code


@pytest.mark.parametrize("convention", ["PyTorch: i f g o", "Keras: i f c o", "ONNX: i o f c"])
def test_names_from_a_file_are_only_ever_literals(convention):
    model = load_model(GOLDEN / "torch" / "lstm.pt")
    layer = dataclasses.replace(model.layers[0], name=HOSTILE, convention=convention)
    for place in (f"{HOSTILE}: {HOSTILE}weight_ih_l0 and 3 more", f"graph: node {HOSTILE}"):
        code = snippet(HOSTILE, layer, place).code
        called = [ast.unparse(n.func) for n in ast.walk(ast.parse(code)) if isinstance(n, ast.Call)]
        assert "os.abort" not in called


class StandIn(types.ModuleType):
    """Just so much of torch or paddle that the offered code finds the tensors it names."""

    def __init__(self, name: str, content: object, layer: Layer):
        super().__init__(name)
        self.load = lambda *_, **__: content
        self.as_tensor = self.from_numpy = self.to_tensor = np.asarray
        self.jit = self.nn = self
        names = ("load_state_dict", "set_state_dict")
        methods = {"state_dict": self.state_dict, "__call__": self.call}
        made = type("Made", (), methods | dict.fromkeys(names, self.take))
        self.LSTM = self.GRU = self.RNN = lambda *_, **__: made()
        self.layer = layer
        self.taken: dict[str, np.ndarray] = {}

    def state_dict(self) -> dict[str, None]:
        ways = ("", "_reverse") if self.layer.bidirectional else ("",)
        parts = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")
        return {part + way: None for way in ways for part in parts}

    def take(self, tensors: dict[str, np.ndarray]) -> None:
        self.taken = tensors

    def call(self, x: np.ndarray) -> list[list[Any]]:
        outputs = self.layer.unroll(x[0]).outputs
        tensor = types.SimpleNamespace(numpy=lambda: outputs)
        tensor.detach = lambda: tensor
        return [[tensor]]


@pytest.mark.parametrize(
    ("file", "wrap"),
    [
        ("compiled_prefix.pt", lambda sd: {f"_orig_mod.{name}": t for name, t in sd.items()}),
        ("model_best.pth.tar", lambda sd: sd),
        ("beside_deque.pt", lambda sd: {"state_dict": sd, "losses": [0.5]}),
        ("tuple_model_and_optimizer.pt", lambda sd: (sd, {"state": {}})),
        ("whole_module.pt", lambda sd: types.SimpleNamespace(state_dict=lambda: sd)),
        ("torchscript.pt", lambda sd: types.SimpleNamespace(state_dict=lambda: sd)),
        ("paddle_bilstm.pdparams", lambda sd: sd),
    ],
)
def test_the_code_finds_the_tensors_of_the_layer(file, wrap, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    model = load_model(CASES / file)
    framework = "paddle" if file.endswith(".pdparams") else "torch"
    for k, layer in enumerate(model.layers):
        module = layer.name.partition(" ")[0]
        stored = {f"{module}.{name}": array for name, array in as_stored(layer, k).items()}
        stand_in = StandIn(framework, wrap(stored), layer)
        monkeypatch.setitem(sys.modules, framework, stand_in)
        np.save(INPUT, np.zeros((4, layer.input_size), np.float32))
        code = snippet(file, layer, model.findings.places[k], model.findings.format)
        exec(code.code, {})
        first = stand_in.taken["weight_ih_l0"]
        np.testing.assert_array_equal(first, layer.forward.kernel.T)


def as_stored(layer: Layer, number: int) -> dict[str, np.ndarray]:
    """The tensors of a layer as its framework calls them."""
    stored = {}
    for way, cell in (("", layer.forward), ("_reverse", layer.backward)):
        if cell is not None:
            stored[f"weight_ih_l{number}{way}"] = cell.kernel.T
            stored[f"weight_hh_l{number}{way}"] = cell.recurrent_kernel.T
            stored[f"bias_ih_l{number}{way}"] = cell.bias
            stored[f"bias_hh_l{number}{way}"] = np.zeros_like(cell.bias)
    return stored


def test_the_code_unpacks_an_archive_before_it_reads_the_file_in_it():
    model = load_model(CASES / "recurrent_ppo.zip")
    findings = model.findings
    code = snippet(
        "recurrent_ppo.zip", model.layers[0], findings.places[0], findings.format, findings.entry
    )
    assert "unpack_archive('recurrent_ppo.zip', 'unpacked')" in code.code
    assert "torch.load('unpacked/policy.pth'" in code.code


def test_an_exported_program_is_loaded_as_one():
    file = CASES / "exported.pt2"
    model = load_model(file)
    (place,) = model.findings.places
    code = snippet(file.name, model.layers[0], place, model.findings.format).code
    assert "content = torch.export.load('exported.pt2').state_dict" in code
    ast.parse(code)


def test_of_two_copies_in_a_safetensors_file_the_opened_one_is_named(tmp_path):
    arrays = {
        f"{copy}.lstm.{part}_l0": np.ones((20, 5) if part[0] == "w" else 20, np.float32)
        for copy in ("model", "ema_model")
        for part in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    }
    save_file(arrays, tmp_path / "m.safetensors")
    for part in ("model", "ema_model"):
        model = load_model(tmp_path / "m.safetensors", part=part)
        code = snippet("m.safetensors", model.layers[0], model.findings.places[0]).code
        assert f"tensors['{part}.lstm.' + name]" in code


@pytest.mark.parametrize(
    ("part", "sizes"),
    [("keras_names", (1, 4, 4)), ("batch_first", (2, 4, 4)), ("projected", (1, 2, 4))],
)
def test_a_layer_begins_with_the_states_that_it_began_with_on_the_page(part, sizes):
    model = load_model(CASES / "trained_starts.pt", part=part)
    layer, ways = model.layers[0], sizes[0]
    code = snippet("m.pt", layer, model.findings.places[0], model.findings.format).code
    call = code.rpartition("layer(x, (")[2]
    for state, size in zip((layer.initial_hidden, layer.initial_cell), sizes[1:], strict=True):
        numbers, _, call = call.removeprefix(", ").partition(f"]).to(x).view({ways}, 1, {size})")
        written = ast.literal_eval(numbers.removeprefix("torch.tensor(") + "]")
        np.testing.assert_array_equal(np.float32(written), state.ravel())
    zero = load_model(CASES / "trained_starts.pt", part=part, start="zero")
    assert "layer(x)" in snippet("m.pt", zero.layers[0], zero.findings.places[0]).code


def test_our_own_format_has_no_framework_to_ask():
    layer = dataclasses.replace(
        load_model(GOLDEN / "torch" / "lstm.pt").layers[0], convention="Gatescope: i f g o"
    )
    assert snippet("a.npz", layer, "") is None


@pytest.mark.parametrize("name", ["lstm_stacked_bidirectional.pt", "gru.pt", "rnn_tanh.pt"])
def test_the_code_for_onnx_computes_a_reference_that_agrees(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    save_model(load_model(GOLDEN / "torch" / name), "model.onnx")
    model = load_model("model.onnx")
    for k, layer in enumerate(model.layers):
        subject = uploaded("m", "model.onnx", model, k)
        run = subject.model.run(subject.examples[0].sequence).layers[k - subject.first]
        np.save(INPUT, run.forward.input)
        exec(snippet("model.onnx", layer, model.findings.places[k]).code, {})
        theirs = reference_from_file(REFERENCE, Path(REFERENCE).read_bytes())
        assert compare(run, layer.merge, theirs).agrees


@pytest.mark.parametrize("name", ["dynamic_axes", "learned_start_expand"])
def test_the_code_runs_where_the_graph_leaves_its_axes_open(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("model.onnx").write_bytes((CASES / f"{name}.onnx").read_bytes())
    model = load_model("model.onnx")
    for layer, place in zip(model.layers, model.findings.places, strict=True):
        x = np.random.default_rng(0).normal(size=(9, layer.input_size)).astype(np.float32)
        np.save(INPUT, x)
        exec(snippet("model.onnx", layer, place).code, {})
        np.testing.assert_allclose(np.load(REFERENCE), layer.unroll(x).outputs, atol=1e-6)
