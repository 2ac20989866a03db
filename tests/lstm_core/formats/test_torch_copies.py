"""A model and its moving average in one state dict are parts of the file; towers are not."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from safetensors.numpy import save

from lstm_core import Model, ModelFileError, load_model

from .test_checkpoints import linear, opened, weights


def tagger(prefix: str) -> dict[str, Any]:
    return {**weights(f"{prefix}lstm.", 4, 3, 5), **linear(f"{prefix}fc", 2, 5)}


def assert_is(model: Model, state: dict[str, Any], prefix: str) -> None:
    (layer,) = model.layers
    np.testing.assert_array_equal(layer.forward.kernel.T, state[f"{prefix}lstm.weight_ih_l0"])
    np.testing.assert_array_equal(model.readout.kernel.T, state[f"{prefix}fc.weight"])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("model", "ema_model"),
        ("online_model", "ema_model"),
        ("net", "net_ema"),
        ("model", "swa_model"),
        ("trainer.model", "trainer.ema"),
        ("model", "ema.module"),
    ],
)
def test_a_moving_average_is_a_part_of_its_own(one, other):
    state = {**tagger(f"{one}."), "steps": np.array(3), **tagger(f"{other}.")}
    if one.startswith("trainer"):
        del state["steps"]
    parts = (one, other.removesuffix(".module"))
    assert opened(state).findings.parts == parts
    assert_is(opened(state), state, f"{one}.")
    for part, prefix in zip(parts, (one, other), strict=True):
        model = opened(state, part=part)
        assert_is(model, state, f"{prefix}.")
        assert model.findings.places[0].startswith(f"{part}: lstm.weight_ih_l0")
        assert model.findings.ignored == ()
    assert any(
        f"'{parts[1]}' has tensors of the same names and shapes as '{parts[0]}'" in note
        for note in opened(state).findings.notes
    )


def test_inside_a_checkpoint_and_a_safetensors_file_they_are_parts_too():
    state = {**tagger("model."), **tagger("ema_model.")}
    wrapped = {"state_dict": state, "epoch": 3}
    assert opened(wrapped).findings.parts == ("state_dict.model", "state_dict.ema_model")
    assert opened(wrapped).findings.ignored == ("epoch: int",)
    assert_is(opened(wrapped, part="state_dict.ema_model"), state, "ema_model.")
    content = save(state)
    assert load_model(content).findings.parts == ("ema_model", "model")
    assert_is(load_model(content, part="model"), state, "model.")
    with pytest.raises(ModelFileError, match="has no part 'x': expected one of 'ema_model'"):
        load_model(content, part="x")


@pytest.mark.parametrize(
    "state",
    [
        {**tagger("user."), **tagger("item.")},
        {**tagger("actor."), **tagger("critic.")},
        {**tagger("model."), **weights("ema_model.lstm.", 4, 3, 5)},
        {**tagger("model."), **tagger("ema_model."), **linear("head", 2, 5)},
        {**weights("cinema.lstm.", 4, 3, 5), **weights("schema.lstm.", 4, 3, 5)},
    ],
)
def test_other_modules_of_one_shape_stay_side_by_side(state):
    model = opened(state)
    assert model.findings.parts == ()
    assert len(model.layers) == 2
