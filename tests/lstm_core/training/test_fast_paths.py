"""Which way a model goes: through chunks and tables by its size, through traces by its options."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest

from lstm_core import (
    EmbeddingEncoder,
    GRUParameters,
    Layer,
    LSTMParameters,
    LSTMVariant,
    Model,
    OneHotEncoder,
    RNNParameters,
)
from lstm_core.training import Batch, fast, initial_readout
from lstm_core.training.fast import layer as fast_layer
from lstm_core.training.objective import loss_and_states, loss_gradients_and_states
from lstm_core.training.recorded import recorded_gradients

TIMESTEPS, SYMBOLS, SIZE = 7, 5, 3


def lstm(rng: np.random.Generator, inputs: int, peepholes: bool = False, **options: Any) -> Any:
    blocks = 4 if options.get("forget", "gate") == "gate" else 3
    return LSTMParameters(
        kernel=rng.normal(size=(inputs, blocks * SIZE)),
        recurrent_kernel=rng.normal(size=(SIZE, blocks * SIZE)),
        bias=rng.normal(size=blocks * SIZE),
        peephole=rng.normal(size=(blocks - 1, SIZE)) if peepholes else None,
        variant=LSTMVariant(**options),
    )


def gru(rng: np.random.Generator, inputs: int, **options: Any) -> Any:
    return GRUParameters(
        kernel=rng.normal(size=(inputs, 3 * SIZE)),
        recurrent_kernel=rng.normal(size=(SIZE, 3 * SIZE)),
        bias=rng.normal(size=3 * SIZE),
        **{"recurrent_bias": rng.normal(size=SIZE), **options},
    )


def rnn(rng: np.random.Generator, inputs: int, **options: Any) -> Any:
    return RNNParameters(
        kernel=rng.normal(size=(inputs, SIZE)),
        recurrent_kernel=rng.normal(size=(SIZE, SIZE)),
        bias=rng.normal(size=SIZE),
        **options,
    )


USUAL = {
    "lstm": lstm,
    "lstm, no forget gate": lambda rng, inputs: lstm(rng, inputs, forget="none"),
    "lstm, coupled gates": lambda rng, inputs: lstm(rng, inputs, forget="coupled"),
    "lstm, peepholes": lambda rng, inputs: lstm(rng, inputs, peepholes=True),
    "gru": gru,
    "rnn": rnn,
}
OTHERS = {
    "lstm, clip": lambda rng, inputs: lstm(rng, inputs, clip=0.5),
    "lstm, gates": lambda rng, inputs: lstm(rng, inputs, recurrent_activation="tanh"),
    "lstm, candidate": lambda rng, inputs: lstm(rng, inputs, activation="sigmoid"),
    "lstm, output": lambda rng, inputs: lstm(rng, inputs, output_activation="sigmoid"),
    "lstm, projection": lambda rng, inputs: lstm(rng, inputs).replace(
        projection=rng.normal(size=(SIZE, SIZE))
    ),
    "gru, clip": lambda rng, inputs: gru(rng, inputs, clip=0.5),
    "gru, gates": lambda rng, inputs: gru(rng, inputs, recurrent_activation="tanh"),
    "gru, candidate": lambda rng, inputs: gru(rng, inputs, activation="sigmoid"),
    "gru, reset before": lambda rng, inputs: gru(rng, inputs, recurrent_bias=None),
    "rnn, clip": lambda rng, inputs: rnn(rng, inputs, clip=0.5),
}
START = np.full(SIZE, 0.5)
LAYERS: dict[str, dict[str, Any]] = {
    "read backwards": {"reverse": True},
    "handed on backwards": {"reverse": True, "running_order": True},
    "two directions": {"backward": lstm(np.random.default_rng(3), SYMBOLS), "merge": "sum"},
    "a hidden state of its own": {"initial_hidden": START},
    "a cell state of its own": {"initial_cell": START},
}


def model_of(make: Any, reads: str = "one-hot", **layer: Any) -> Model:
    rng = np.random.default_rng(1)
    alphabet = tuple("abcde")
    encoder: Any = OneHotEncoder(alphabet=alphabet)
    if reads == "embedding":
        encoder = EmbeddingEncoder(alphabet=alphabet, embedding=rng.normal(size=(SYMBOLS, 2)))
    below = Layer(name="below", forward=make(rng, encoder.input_size), **layer)
    above = Layer(name="above", forward=rnn(rng, SIZE))
    readout = initial_readout(rng, SIZE, tuple("xyz"), "softmax", dtype=np.float64)
    return Model(layers=(below, above), encoder=encoder, readout=readout)


def batch() -> Batch:
    rng = np.random.default_rng(2)
    return Batch(
        inputs=rng.integers(0, SYMBOLS, (2, TIMESTEPS)),
        targets=rng.integers(0, 3, (2, TIMESTEPS)),
        lengths=np.array([TIMESTEPS, 4]),
    )


def assert_as_recorded(model: Model) -> None:
    """Assert that loss, gradients and final states are those of traces."""
    value, gradients, ended = loss_gradients_and_states(model, batch(), "cross_entropy")
    expected, recorded, ended_there = recorded_gradients(
        model, model.readout, batch(), "cross_entropy", None
    )
    assert value == pytest.approx(expected, rel=1e-12)
    assert loss_and_states(model, batch(), "cross_entropy")[0] == pytest.approx(expected)
    assert set(gradients) == set(recorded)
    for name, gradient in recorded.items():
        np.testing.assert_allclose(gradients[name], gradient, rtol=1e-9, atol=1e-13, err_msg=name)
    for one, other in zip(ended, ended_there, strict=True):
        for field in dataclasses.fields(other):
            np.testing.assert_allclose(getattr(one, field.name), getattr(other, field.name))


@pytest.mark.parametrize("timesteps", [1, 2, TIMESTEPS - 1, TIMESTEPS, TIMESTEPS + 1])
@pytest.mark.parametrize("cell", USUAL)
def test_a_gradient_goes_back_through_every_chunk(monkeypatch, cell, timesteps):
    """The cell state's gradient too: an LSTM whose error ends with its chunk forgets."""
    model = model_of(USUAL[cell])
    assert fast.supports(model)
    blocks = {"lstm": 6, "gru": 5, "rnn": 1}[model.layers[0].kind]
    monkeypatch.setattr(fast_layer, "CHUNK", timesteps * blocks * SIZE * 2)
    assert_as_recorded(model)


def test_a_timestep_larger_than_a_chunk_is_a_chunk_of_its_own(monkeypatch):
    monkeypatch.setattr(fast_layer, "CHUNK", 1)
    assert_as_recorded(model_of(lstm))


@pytest.mark.parametrize("largest", [SYMBOLS - 1, SYMBOLS], ids=["looked up", "multiplied"])
@pytest.mark.parametrize("reads", ["one-hot", "embedding"])
@pytest.mark.parametrize("cell", USUAL)
def test_a_symbol_is_looked_up_in_a_large_alphabet(monkeypatch, cell, reads, largest):
    monkeypatch.setattr(fast_layer, "MULTIPLIED_SYMBOLS", largest)
    inputs = fast_layer.Inputs(values=batch().inputs.T, size=SYMBOLS, places=True)
    assert inputs.looked_up == (largest < SYMBOLS)
    assert_as_recorded(model_of(USUAL[cell], reads))


@pytest.mark.parametrize("cell", OTHERS)
def test_a_cell_that_the_fast_way_does_not_know_learns_by_way_of_traces(cell):
    model = model_of(OTHERS[cell])
    assert not fast.supports(model)
    assert_as_recorded(model)


@pytest.mark.parametrize("options", LAYERS)
def test_a_layer_that_the_fast_way_does_not_know_learns_by_way_of_traces(options):
    model = model_of(lstm, **LAYERS[options])
    assert not fast.supports(model)
    assert_as_recorded(model)


def test_weights_of_several_precisions_learn_by_way_of_traces():
    model = model_of(lstm)
    readout = initial_readout(np.random.default_rng(0), SIZE, tuple("xyz"), "softmax")
    assert readout.kernel.dtype != model.dtype
    assert not fast.supports(dataclasses.replace(model, readout=readout))
