"""PyTorch's files: what each of its containers holds, computed as PyTorch computed it.

tests/golden/make_torch_models.py trained and saved them; PyTorch itself is not needed here.
"""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lstm_core import Layer, LSTMParameters, LSTMState, Model, load_model

FOLDER = Path(__file__).parents[2] / "golden" / "torch"
EXPECTED = np.load(FOLDER / "expected.npz")
NAMES = sorted({key.partition("/")[0] for key in EXPECTED.files if "/" in key})
CELLS = {"lstm_cell.pt", "gru_cell.pt", "rnn_cell.pt"}


def golden(name: str, key: str) -> np.ndarray:
    return EXPECTED[f"{name}/{key}"]


def opened(name: str) -> Model:
    return load_model(FOLDER / name, **json.loads(str(golden(name, "settled"))))


def outputs_and_states(layers: tuple[Layer, ...], x: np.ndarray) -> tuple[Any, Any, Any]:
    """Outputs of the last layer; final states of all, directions of layers in a row."""
    hidden, cell = [], []
    for layer in layers:
        run = layer.unroll(x)
        hidden += list(run.final_hidden) if layer.bidirectional else [run.final_hidden]
        if run.final_cell is not None:
            cell += list(run.final_cell) if layer.bidirectional else [run.final_cell]
        x = run.outputs
    return x, np.stack(hidden), np.stack(cell) if cell else None


@pytest.mark.parametrize("name", NAMES)
def test_a_model_computes_what_pytorch_computed(name):
    model = opened(name)
    y, h, c = outputs_and_states(model.layers, golden(name, "x"))
    np.testing.assert_allclose(y, golden(name, "y"), rtol=0, atol=2e-5)
    np.testing.assert_allclose(h, golden(name, "h"), rtol=0, atol=2e-5)
    if c is not None:
        np.testing.assert_allclose(c, golden(name, "c"), rtol=2e-6, atol=2e-5)
    assert model.layers[0].kind == name.partition("_")[0].partition(".")[0].replace(
        "checkpoint", "lstm"
    )


def test_every_file_there_is_compared():
    assert {path.name for path in FOLDER.iterdir()} - {"expected.npz"} == set(NAMES)


def in_order(layer: Layer, order: tuple[int, ...]) -> Layer:
    """The layer, had its blocks stood in another order in the file."""

    def turned(values: np.ndarray) -> np.ndarray:
        blocks = np.split(values, 4, axis=-1)
        return np.concatenate([blocks[k] for k in order], axis=-1)

    cell = layer.forward
    arrays = {n: turned(getattr(cell, n)) for n in ("kernel", "recurrent_kernel", "bias")}
    return Layer(name=layer.name, forward=LSTMParameters(**arrays))


@pytest.mark.parametrize("name", ["lstm.pt", "lstm_square.pt", "lstm_legacy.pth", "lstm_cell.pt"])
def test_only_one_of_24_gate_orders_agrees(name):
    (layer,) = opened(name).layers
    agreeing = [
        order
        for order in itertools.permutations(range(4))
        if np.allclose(
            in_order(layer, order).unroll(golden(name, "x")).outputs, golden(name, "y"), atol=1e-3
        )
    ]
    assert agreeing == [(0, 1, 2, 3)]


@pytest.mark.parametrize("name", ["lstm_square.pt", "gru.pt", "rnn_tanh.pt"])
def test_untransposed_square_weights_would_be_noticed(name):
    (layer,) = opened(name).layers
    cell = layer.forward
    blocks = np.split(cell.recurrent_kernel, len(cell.blocks), axis=-1)
    wrong = cell.replace(recurrent_kernel=np.concatenate([b.T for b in blocks], axis=-1))
    run = Layer(name="wrong", forward=wrong).unroll(golden(name, "x"))
    assert np.abs(run.outputs - golden(name, "y")).max() > 1e-3


def test_layers_say_what_they_are():
    lower, upper = opened("lstm_stacked_bidirectional.pt").layers
    assert (lower.name, upper.name) == ("net.rnn layer 0", "net.rnn layer 1")
    assert (lower.input_size, lower.hidden_size, upper.input_size) == (3, 4, 8)
    assert lower.bidirectional
    assert lower.kind == "lstm"
    assert lower.convention == "PyTorch: i f g o"
    assert opened("gru.pt").layers[0].convention == "PyTorch: r z n"


def test_a_projected_lstm_hands_on_less_than_it_keeps():
    lower, _ = opened("lstm_projected.pt").layers
    run = lower.unroll(golden("lstm_projected.pt", "x"))
    assert run.final_hidden.shape == (2, 3, 2)
    assert run.final_cell.shape == (2, 3, 5)
    assert run.forward.output_gate.shape == (3, 8, 5)


def test_initial_states_have_a_leading_axis_of_directions():
    layer = opened("lstm_stacked_bidirectional.pt").layers[0]
    x, rng = golden("lstm_stacked_bidirectional.pt", "x"), np.random.default_rng(3)
    hidden, cell = rng.normal(size=(2, 2, 3, 4))
    run = layer.unroll(x, initial_hidden=hidden, initial_cell=cell)
    for step, expected in ((run.forward[0], cell[0]), (run.backward[-1], cell[1])):
        assert isinstance(step.previous, LSTMState)
        np.testing.assert_allclose(step.previous.cell_state, expected, rtol=1e-6)
    one = opened("lstm.pt").layers[0]
    start = rng.normal(size=(1, 3, 5))
    y = one.unroll(golden("lstm.pt", "x"), initial_hidden=start).outputs
    again = one.unroll(golden("lstm.pt", "x"), initial_hidden=start[0]).outputs
    np.testing.assert_array_equal(y, again)


def test_half_precision_becomes_single_and_double_stays():
    for name, dtype in (
        ("lstm_half.pt", np.float32),
        ("lstm_bfloat16.safetensors", np.float32),
        ("lstm.pt", np.float32),
        ("lstm_double.pt", np.float64),
    ):
        assert opened(name).dtype == dtype


def test_a_double_model_agrees_in_double_precision():
    x = golden("lstm_double.pt", "x")
    y, _, _ = outputs_and_states(opened("lstm_double.pt").layers, x)
    np.testing.assert_allclose(y, golden("lstm_double.pt", "y"), rtol=0, atol=1e-14)


def test_a_checkpoint_brings_embedding_vocabulary_and_readout():
    model = opened("checkpoint.pt")
    assert model.encoder.alphabet == tuple("BTSXPVE")
    assert model.readout.labels == tuple("BTSXPVE")
    symbols = golden("checkpoint.pt", "symbols")
    for row, shares in zip(symbols, golden("checkpoint.pt", "shares"), strict=True):
        run = model.run([model.encoder.alphabet[k] for k in row])
        np.testing.assert_allclose(run.predictions, shares, rtol=0, atol=2e-5)


def test_findings_say_what_was_found_assumed_and_ignored():
    findings = opened("checkpoint.pt").findings
    assert findings.format == "PyTorch checkpoint (zip container)"
    assert findings.places[0] == "model_state_dict: lstm.weight_ih_l0 and 3 more tensors"
    assert "optimizer_state_dict: dict of 2" in findings.ignored
    assert any("embedding.weight" in note for note in findings.notes)


def test_what_the_file_cannot_say_is_asked_with_a_default():
    assumed = load_model(FOLDER / "rnn_tanh.pt").findings.assumptions
    assert [(a.keyword, a.value, a.choices) for a in assumed] == [
        ("nonlinearity", "tanh", ("tanh", "relu"))
    ]
    settled = load_model(FOLDER / "rnn_relu.pt", nonlinearity="relu")
    assert settled.layers[0].forward.activation == "relu"
    assert not settled.findings.assumptions
    with pytest.raises(ValueError, match="activation is 'loud'"):
        load_model(FOLDER / "rnn_relu.pt", nonlinearity="loud")


@pytest.mark.parametrize("name", ["lstm.pt", "lstm_pickled.pkl", "lstm_bfloat16.safetensors"])
def test_bytes_open_like_the_file(name):
    content = (FOLDER / name).read_bytes()
    for given in (content, bytearray(content), memoryview(content)):
        model = load_model(given)
        np.testing.assert_array_equal(
            model.layers[0].forward.kernel, opened(name).layers[0].forward.kernel
        )


def test_pytorch_is_not_imported():
    """Not even where it is installed: an import of it is made to fail."""
    script = (
        "import sys\n"
        "sys.modules['torch'] = None\n"
        "import lstm_core\n"
        "for path in sys.argv[1:]:\n"
        "    lstm_core.load_model(path)\n"
    )
    files = [str(FOLDER / name) for name in NAMES]
    subprocess.run([sys.executable, "-c", script, *files], check=True, cwd=FOLDER.parents[2])
