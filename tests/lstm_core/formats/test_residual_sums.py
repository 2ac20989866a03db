"""Sums around layers that a file of weights cannot record: see tests/golden/make_residuals.py."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lstm_core import Assumption, Model, ModelFileError, load_model
from lstm_core.formats import model_bytes

from .test_checkpoints import linear, weights
from .torch_checkpoints import opened

TESTS = Path(__file__).parents[2]
CASES = Path(__file__).with_name("cases")
GOLDEN = TESTS / "golden" / "residuals"
with np.load(GOLDEN / "expected.npz") as _file:
    EXPECTED = dict(_file)
RIGHT = {
    "stacked": "lstm2",
    "past": "rnn1 … rnn2",
    "around": "gru",
    "each": "layers.0 + layers.1 + layers.2",
}


def question(model: Model) -> Assumption | None:
    return next((a for a in model.findings.assumptions if a.keyword == "residual"), None)


def apart(name: str, model: Model) -> float:
    """How far the predictions are from PyTorch's."""
    predictions = model.run(EXPECTED[f"{name}/x"][0]).predictions
    return float(np.abs(predictions - EXPECTED[f"{name}/y"][0]).max())


@pytest.mark.parametrize("name", RIGHT)
def test_a_state_dict_is_asked_for_its_sums_and_the_answer_is_what_pytorch_computes(name):
    path = GOLDEN / f"{name}.pt"
    plain = load_model(path)
    asked = question(plain)
    assert (asked.value, asked.choices[0]) == ("none", "none")
    assert RIGHT[name] in asked.choices
    assert apart(name, plain) > 0.05
    answered = load_model(path, residual=RIGHT[name])
    assert question(answered).value == RIGHT[name]
    assert question(answered).choices == asked.choices
    assert apart(name, answered) < 1e-6


def test_only_sums_that_the_sizes_allow_are_offered():
    assert question(load_model(GOLDEN / "stacked.pt")).choices == ("none", "lstm2")
    assert question(load_model(GOLDEN / "around.pt")).choices == ("none", "gru")
    three = ["layers.0", "layers.1", "layers.2"]
    past = ["layers.0 … layers.1", "layers.1 … layers.2", "layers.0 … layers.2"]
    choices = question(load_model(GOLDEN / "each.pt")).choices
    assert choices == ("none", " + ".join(three), *three, *past)


@pytest.mark.parametrize(
    "state",
    [
        weights("lstm.", 4, 4, 4),  # nothing reads what it gives
        weights("lstm.", 4, 3, 4) | linear("head", 2, 4),  # another size
        weights("encoder.", 4, 4, 4) | weights("decoder.", 4, 4, 4),  # apart, and nothing reads
    ],
)
def test_nothing_is_asked_where_no_sum_is_possible_or_none_matters(state: dict[str, Any]):
    assert question(opened(state)) is None
    assert opened(state, residual="none").layers[0].residual == 0
    with pytest.raises(ModelFileError, match="The residual sum 'lstm' cannot be made"):
        opened(state, residual="lstm")


def test_layers_that_are_said_to_be_a_chain_are_asked_for_sums():
    state = weights("encoder.", 4, 4, 4) | weights("decoder.", 4, 4, 4)
    model = opened(state, chain="encoder → decoder", residual="encoder")
    assert question(model).choices == ("none", "encoder")
    assert [layer.residual for layer in model.layers] == [1, 0]


@pytest.mark.parametrize("answer", ["lstm1", "lstm2 + lstm2", "lstm1 … lstm2", "<b>"])
def test_a_sum_that_there_cannot_be_is_refused_with_those_there_can(answer):
    with pytest.raises(ModelFileError, match="expected 'none', or one of 'lstm2'"):
        load_model(GOLDEN / "stacked.pt", residual=answer)


def test_the_ends_of_a_sum_are_refused():
    with pytest.raises(ModelFileError, match="reads no residual sum"):
        load_model(GOLDEN / "around.pt", residual="gru", reads="ends")


@pytest.mark.parametrize("suffix", [".npz", ".onnx"])
def test_a_sum_is_saved_with_the_model(suffix):
    model = load_model(GOLDEN / "each.pt", residual=RIGHT["each"])
    again = load_model(model_bytes(model, suffix))
    assert [layer.residual for layer in again.layers] == [1, 1, 1]
    assert apart("each", again) < 1e-6


def test_a_format_without_words_for_a_sum_refuses_it():
    with pytest.raises(ModelFileError, match="adds what is read to what it gives"):
        model_bytes(load_model(GOLDEN / "each.pt", residual="layers.1"), ".safetensors")


def test_keras_weights_without_a_configuration_are_asked_too():
    with np.load(CASES / "get_weights.npz") as file:
        inputs = file["arr_0"].shape[0]
    model = load_model(CASES / "get_weights.npz")
    assert question(model).reason.startswith("A file of weights only does not record")
    sums = load_model(
        CASES / "get_weights.npz",
        residual=question(model).choices[1],
    )
    x = np.random.default_rng(0).normal(size=(5, inputs)).astype(np.float32)
    run = sums.run(x)
    read = run.layers[-1].outputs + run.layers[-1].forward.input
    np.testing.assert_allclose(run.predictions, sums.readout.predict(read), atol=1e-6)
