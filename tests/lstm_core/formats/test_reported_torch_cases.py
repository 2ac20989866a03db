"""Files that PyTorch, Lightning, Stable-Baselines3 and Paddle wrote, held to their own numbers.

Each file in `cases` was made with the library named, and the archive beside it has what the
library computed on random input: `<module>/x`, `/y`, and final states `/h`, `/c`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lstm_core import Layer, Model, ModelFileError, load_model

FOLDER = Path(__file__).parent / "cases"
TOLERANCE = 2e-5


def golden(file: str, key: str) -> np.ndarray:
    return np.load(FOLDER / f"{Path(file).stem}.npz")[key]


def opened(file: str, **keywords: Any) -> Model:
    return load_model(FOLDER / file, **keywords)


def layers_of(model: Model, module: str) -> list[Layer]:
    """The layers of one module of the file, from the first one up."""
    return [
        layer
        for layer in model.layers
        if layer.name == module or layer.name.startswith(f"{module} layer ")
    ]


def assert_agrees(
    layers: list[Layer], file: str, module: str, tolerance: float = TOLERANCE
) -> None:
    """The layers compute what the library computed for a module, from x to y, h and c."""
    expected = np.load(FOLDER / f"{Path(file).stem}.npz")
    values, hidden, cell = expected[f"{module}/x"], [], []
    assert layers
    for layer in layers:
        run = layer.unroll(values)
        values = run.outputs
        hidden += list(run.final_hidden) if layer.bidirectional else [run.final_hidden]
        if run.final_cell is not None:
            cell += list(run.final_cell) if layer.bidirectional else [run.final_cell]
    np.testing.assert_allclose(values, expected[f"{module}/y"], rtol=0, atol=tolerance)
    for key, states in (("h", hidden), ("c", cell)):
        if f"{module}/{key}" in expected:
            np.testing.assert_allclose(
                np.stack(states), expected[f"{module}/{key}"], rtol=0, atol=tolerance
            )


ONE_LSTM = [
    "lightning_hparams.ckpt",
    "beside_deque.pt",
    "beside_loss_module.pt",
    "beside_numpy_text.pt",
    "beside_uint16_tensor.pt",
    "tuple_model_and_optimizer.pt",
    "whole_module.pt",
    "torchscript.pt",
    "model_best.pth.tar",
    "compiled_prefix.pt",
]


@pytest.mark.parametrize("file", ONE_LSTM)
def test_what_lies_beside_and_around_the_weights_does_not_close_the_file(file):
    model = opened(file)
    assert [layer.name for layer in model.layers] == ["lstm layer 0", "lstm layer 1"]
    assert_agrees(list(model.layers), file, "lstm")
    assert model.encoder is None
    assert model.readout is not None
    assert model.findings.assumptions[0].value == "fc.weight, linear"


@pytest.mark.parametrize("name", ["", "model", "model.th", "model.net", "model.tar", "model.h5"])
def test_the_content_decides_what_a_file_is_and_not_its_name(name):
    content = (FOLDER / "model_best.pth.tar").read_bytes()
    assert_agrees(list(load_model(content, name=name).layers), "model_best.pth.tar", "lstm")


def test_the_last_and_the_best_are_both_reachable():
    file = "last_and_best.pt"
    parts = opened(file).findings.parts
    assert parts == ("last_state_dict", "best_state_dict")
    for part, module in zip(parts, ("last.lstm", "best.lstm"), strict=True):
        model = opened(file, part=part)
        assert model.findings.parts == parts
        assert model.findings.places[0].startswith(f"{part}: lstm.weight_ih_l0")
        assert_agrees(list(model.layers), file, module)
    assert_agrees(list(opened(file).layers), file, "last.lstm")
    with pytest.raises(ModelFileError, match="expected one of 'last_state_dict'"):
        opened(file, part="third")
    with pytest.raises(ModelFileError, match="has no part 'best'"):
        opened("compiled_prefix.pt", part="best")


def test_a_whole_module_says_what_its_lstm_records():
    notes = opened("whole_module.pt").findings.notes
    assert any("'lstm' records" in n and "num_layers=2" in n and "batch_first" in n for n in notes)


def test_quantised_weights_are_near_and_said_to_be_inexact():
    model = opened("quantised_state_dict.pt")
    assert_agrees(list(model.layers), "quantised_state_dict.pt", "lstm", tolerance=0.02)
    assert model.findings.assumptions[0].value == "inexact"
    assert model.readout.kernel.shape == (8, 3)


@pytest.mark.parametrize("module", ["lstm", "gru", "both", "lstm_cell", "gru_cell", "rnn_cell"])
def test_weights_that_were_rounded_to_halves_keep_their_biases(module):
    model = opened("quantised_halves.pt")
    assert_agrees(layers_of(model, module), "quantised_halves.pt", module, tolerance=1e-6)
    (rounded,) = (a for a in model.findings.assumptions if a.value == "rounded")
    assert "16 bits" in rounded.reason
    assert model.findings.inexact


@pytest.mark.parametrize("module", ["lstm_cell", "gru_cell", "rnn_cell"])
def test_quantised_cells_keep_their_biases(module):
    model = opened("quantised_cells.pt")
    assert_agrees(layers_of(model, module), "quantised_cells.pt", module, tolerance=0.02)
    values = [assumption.value for assumption in model.findings.assumptions]
    assert "inexact" in values
    assert "rounded" not in values


@pytest.mark.parametrize(
    ("file", "module"), [("spectral_norm.pt", "lstm"), ("spectral_parametrised.pt", "gru")]
)
def test_weights_under_a_spectral_norm_are_those_of_evaluation(file, module):
    model = opened(file)
    assert_agrees(list(model.layers), file, module)
    assert model.findings.ignored == ()


def test_an_exported_program_gives_its_weights():
    model = opened("exported.pt2")
    assert_agrees(list(model.layers), "exported.pt2", "gru")
    assert model.readout.kernel.shape == (4, 2)
    assert any("graph of the exported program is not read" in n for n in model.findings.notes)


def test_a_policy_is_found_inside_the_zip_of_its_library():
    file = "recurrent_ppo.zip"
    model = opened(file)
    assert [layer.name for layer in model.layers] == ["lstm_actor", "lstm_critic"]
    assert [layer.follows for layer in model.layers] == [True, False]
    for name in ("lstm_actor", "lstm_critic"):
        assert_agrees(layers_of(model, name), file, name)
    assert model.readout is None
    assert "policy.pth" in model.findings.format


def test_an_encoder_stands_before_its_decoder_and_whether_it_is_read_is_asked():
    file = "autoencoder.safetensors"
    model = opened(file)
    assert [(layer.name, layer.follows) for layer in model.layers] == [
        ("encoder", True),
        ("decoder", False),
    ]
    for name in ("encoder", "decoder"):
        assert_agrees(layers_of(model, name), file, name)
    (asked,) = model.findings.assumptions
    assert (asked.keyword, asked.value) == ("chain", "apart")
    chained = opened(file, chain="encoder → decoder")
    assert "encoder → decoder" in asked.choices
    assert_agrees(list(chained.layers), file, "net")
    for choice in asked.choices:
        assert opened(file, chain=choice).findings.assumptions[0].value == choice


def test_numbers_in_names_are_numbers():
    file = "twelve_layers.safetensors"
    model = opened(file)
    assert [layer.name for layer in model.layers] == [f"layers.{k}" for k in range(12)]
    assert all(layer.follows for layer in model.layers)
    for layer in model.layers:
        assert_agrees([layer], file, layer.name)
    assert_agrees(list(model.layers), file, "net")


def test_embeddings_and_readout_belong_to_the_layers_of_their_prefix():
    file = "seq2seq_prefixes.pt"
    model = opened(file)
    assert [layer.follows for layer in model.layers] == [True, False]
    embeddings = [model.chain(k).encoder.embedding for k in (0, 1)]
    assert not np.array_equal(*embeddings)
    notes = model.findings.notes
    for name in ("encoder", "decoder"):
        assert_agrees(layers_of(model, f"{name}.gru"), file, f"{name}.gru")
        assert any(f"'{name}.embedding.weight'" in n and f"'{name}.gru'" in n for n in notes)
    assert model.chain(0).readout is None
    assert model.chain(1).readout.kernel.shape == (8, 20)


@pytest.mark.parametrize("file", ["only_a_linear_before.pt", "bias_free_linear_before.pt"])
def test_a_linear_layer_in_front_is_neither_readout_nor_embedding(file):
    model = opened(file)
    assert model.encoder is None
    assert_agrees(list(model.layers), file, "lstm")
    front = {
        "only_a_linear_before.pt": "inp.weight",
        "bias_free_linear_before.pt": "context.weight",
    }
    assert any(entry.startswith(front[file]) for entry in model.findings.ignored)
    assert (model.readout is None) == (file == "only_a_linear_before.pt")


def test_a_cell_with_a_layer_norm_is_said_not_to_be_plain():
    with pytest.raises(ModelFileError, match=r"'cell' is no plain LSTM.*'cell\.layernorm_i"):
        opened("layernorm_cell.pt")


def test_paddle_lists_a_layer_twice_and_it_is_read_once():
    file = "paddle_bilstm.pdparams"
    model = opened(file)
    assert [layer.name for layer in model.layers] == ["rnn layer 0", "rnn layer 1"]
    assert_agrees(list(model.layers), file, "net")
    assert model.encoder.embedding.shape == (20, 5)
    assert model.readout.kernel.shape == (16, 3)
