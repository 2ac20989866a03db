"""The code that the page offers: it parses, names this layer, and executes nothing from names.

That it computes the reference was tried with torch 2.13, Keras 3 and onnxruntime on every kind
of golden file; here onnxruntime, which the tests have, runs it.
"""

from __future__ import annotations

import ast
import dataclasses
from pathlib import Path

import numpy as np
import pytest

from app.inputs.reference import compare, reference_from_file
from app.screens.your_model.snippets import INPUT, REFERENCE, snippet
from app.session.subjects import uploaded
from lstm_core import load_model, save_model

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
