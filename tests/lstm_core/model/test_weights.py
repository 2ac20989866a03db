"""A model's trained numbers by name: all of them, and put back where they were."""

from __future__ import annotations

import numpy as np
import pytest

from lstm_core import EmbeddingEncoder, Layer, Model, NumericEncoder, Readout
from lstm_core.model.weights import weights, with_weights
from lstm_core.training import initial_gru, initial_lstm


def a_model() -> Model:
    rng = np.random.default_rng(0)
    return Model(
        encoder=EmbeddingEncoder(alphabet=("a", "b"), embedding=rng.normal(0, 1, (2, 3))),
        layers=(
            Layer(
                name="below",
                forward=initial_lstm(rng, 3, 4, peepholes=True, output_size=2),
                backward=initial_lstm(rng, 3, 4, output_size=2),
            ),
            Layer(name="above", forward=initial_gru(rng, 4, 2)),
        ),
        readout=Readout(
            kernel=np.ones((2, 1)),
            bias=np.zeros(1),
            activation="linear",
            labels=("y",),
            offset=np.ones(1),
            scale=np.ones(1),
        ),
    )


def test_every_trained_array_has_a_name():
    assert sorted(weights(a_model())) == sorted(
        [
            "encoder.embedding",
            *(f"layers.0.forward.{n}" for n in ("kernel", "recurrent_kernel", "bias")),
            *("layers.0.forward.peephole", "layers.0.forward.projection"),
            *(f"layers.0.backward.{n}" for n in ("kernel", "recurrent_kernel", "bias")),
            "layers.0.backward.projection",
            *(f"layers.1.forward.{n}" for n in ("kernel", "recurrent_kernel", "bias")),
            "layers.1.forward.recurrent_bias",
            *("readout.kernel", "readout.bias"),
        ]
    )


def test_a_scaling_is_not_trained():
    encoder = NumericEncoder(columns=("x",), offset=np.zeros(1), scale=np.ones(1))
    layer = Layer(name="lstm", forward=initial_lstm(np.random.default_rng(0), 1, 2))
    assert not [n for n in weights(Model(layers=(layer,), encoder=encoder)) if "encoder" in n]


def test_weights_put_back_are_where_they_were():
    model = a_model()
    changed = {name: array + k for k, (name, array) in enumerate(weights(model).items(), 1)}
    found = weights(with_weights(model, changed))
    assert all(np.array_equal(found[name], array) for name, array in changed.items())


def test_what_is_not_named_stays():
    model = a_model()
    found = weights(with_weights(model, {"readout.bias": np.array([7.0])}))
    assert found.pop("readout.bias") == 7
    assert all(found[name] is array or np.shares_memory(found[name], array)
               for name, array in weights(model).items() if name in found)  # fmt: skip


def test_a_name_the_model_does_not_have_is_refused():
    with pytest.raises(ValueError, match=r"weights have 'layers\.7\.forward\.kernel': the model"):
        with_weights(a_model(), {"layers.7.forward.kernel": np.ones((1, 1))})


def test_an_array_that_does_not_fit_is_named():
    with pytest.raises(ValueError, match=r"bias is \(3,\): expected \(16,\)"):
        with_weights(a_model(), {"layers.0.backward.bias": np.ones(3, np.float32)})
