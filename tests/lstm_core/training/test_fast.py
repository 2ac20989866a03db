"""The fast way through a model, against the way of traces, which is its referee."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core import (
    EmbeddingEncoder,
    GRUParameters,
    Layer,
    LSTMParameters,
    LSTMVariant,
    Model,
    OneHotEncoder,
)
from lstm_core.cells.rnn import RNNParameters
from lstm_core.model.encoders import Encoder
from lstm_core.training import Batch, fast, initial_readout
from lstm_core.training.objective import loss_gradients_and_states
from lstm_core.training.recorded import recorded_gradients

from ..strategies import seeds

FORGETS = ["gate", "none", "coupled"]
SPELLINGS = ["tanh", "relu", "softsign", "scaled_tanh(1.5, 0.7)"]


@st.composite
def cells(draw, rng, inputs: int, size: int):
    """Any cell that can go the fast way."""
    kind = draw(st.sampled_from(["lstm", "gru", "rnn"]))
    forget = draw(st.sampled_from(FORGETS))
    width = size * {"lstm": 4 if forget == "gate" else 3, "gru": 3, "rnn": 1}[kind]
    arrays = {
        "kernel": rng.normal(0, 0.7, (inputs, width)),
        "recurrent_kernel": rng.normal(0, 0.7, (size, width)),
        "bias": rng.normal(0, 0.7, width),
    }
    if kind == "lstm":
        looks = (width // size - 1, size)
        peephole = rng.normal(0, 0.7, looks) if draw(st.booleans()) else None
        variant = LSTMVariant(forget=forget)
        return LSTMParameters(**arrays, peephole=peephole, variant=variant)
    if kind == "gru":
        return GRUParameters(**arrays, recurrent_bias=rng.normal(0, 0.7, size))
    return RNNParameters(**arrays, activation=draw(st.sampled_from(SPELLINGS)))


@st.composite
def models_and_batches(draw, rng):
    """A model of one or two layers that reads numbers or symbols, and what it learns from."""
    count, timesteps = draw(st.integers(1, 4)), draw(st.integers(1, 40))
    symbols = draw(st.sampled_from([2, 5, 40]))
    reads = draw(st.sampled_from(["numbers", "one-hot", "embedding"]))
    encoder: Encoder | None = None
    width = symbols
    alphabet = tuple(map(str, range(symbols)))
    if reads == "one-hot":
        encoder = OneHotEncoder(alphabet=alphabet)
    if reads == "embedding":
        width = 3
        encoder = EmbeddingEncoder(alphabet=alphabet, embedding=rng.normal(0, 1, (symbols, 3)))
    sizes = [width, *(draw(st.integers(1, 6)) for _ in range(draw(st.integers(1, 2))))]
    layers = tuple(
        Layer(name=f"layer {k}", forward=draw(cells(rng, *sizes[k : k + 2])))
        for k in range(len(sizes) - 1)
    )
    readout = initial_readout(rng, sizes[-1], tuple("xyz"), "softmax", dtype=np.float64)
    inputs = rng.integers(0, symbols, (count, timesteps))
    batch = Batch(
        inputs=rng.normal(0, 1, (count, timesteps, width)) if reads == "numbers" else inputs,
        targets=rng.integers(0, 3, (count, timesteps)),
        lengths=rng.integers(1, timesteps + 1, count) if draw(st.booleans()) else None,
        weights=rng.uniform(0.1, 1, (count, timesteps)) if draw(st.booleans()) else None,
    )
    return Model(layers=layers, encoder=encoder, readout=readout), batch


@settings(max_examples=60)
@given(data=st.data(), seed=seeds)
def test_both_ways_through_a_model_agree(data, seed):
    rng = np.random.default_rng(seed)
    model, batch = data.draw(models_and_batches(rng))
    assert fast.supports(model)
    states, penalty = None, data.draw(st.sampled_from([0.0, 0.7]))
    for _ in range(2):  # from the start, and from where that ended
        value, found, ended = loss_gradients_and_states(
            model, batch, "cross_entropy", states, write_penalty=penalty
        )
        expected, recorded, ended_there = recorded_gradients(
            model, model.readout, batch, "cross_entropy", states, penalty
        )
        assert value == pytest.approx(expected, rel=1e-9)
        assert set(found) == set(recorded)
        for name, gradient in recorded.items():
            np.testing.assert_allclose(found[name], gradient, rtol=1e-7, atol=1e-10, err_msg=name)
        for one, other in zip(ended, ended_there, strict=True):
            for field in dataclasses.fields(other):
                np.testing.assert_allclose(
                    getattr(one, field.name), getattr(other, field.name), rtol=1e-9, atol=1e-12
                )
        states = ended


@given(data=st.data(), seed=seeds)
@settings(max_examples=20)
def test_memory_that_was_used_before_changes_nothing(data, seed):
    rng = np.random.default_rng(seed)
    model, batch = data.draw(models_and_batches(rng))
    longer = dataclasses.replace(
        batch,
        **{
            name: np.concatenate([array] * 2, axis=1)
            for name in ("inputs", "targets", "weights")
            if (array := getattr(batch, name)) is not None
        },
    )
    buffers = fast.Buffers(model.dtype)
    for before in (batch, longer, batch):
        loss_gradients_and_states(model, before, "cross_entropy", None, buffers)
    value, found, _ = loss_gradients_and_states(model, batch, "cross_entropy", None, buffers)
    expected, fresh, _ = loss_gradients_and_states(model, batch, "cross_entropy")
    assert value == expected
    for name, gradient in fresh.items():
        np.testing.assert_array_equal(found[name], gradient, err_msg=name)


def test_one_sequence_without_an_axis_of_sequences_is_a_batch_too():
    rng = np.random.default_rng(0)
    parameters = LSTMParameters(
        kernel=rng.normal(size=(2, 12)), recurrent_kernel=rng.normal(size=(3, 12)), bias=np.ones(12)
    )
    model = Model(
        layers=(Layer(name="lstm", forward=parameters),),
        readout=initial_readout(rng, 3, ("a", "b"), "softmax", dtype=np.float64),
    )
    inputs, targets = rng.normal(size=(7, 2)), rng.integers(0, 2, 7)
    one = loss_gradients_and_states(model, Batch(inputs=inputs, targets=targets), "cross_entropy")
    batch = Batch(inputs=inputs[np.newaxis], targets=targets[np.newaxis])
    of_one = loss_gradients_and_states(model, batch, "cross_entropy")
    assert one[0] == of_one[0]
    assert one[2][0].hidden_state.shape == (3,)
    assert all(np.array_equal(one[1][name], of_one[1][name]) for name in one[1])


def test_inputs_beyond_the_end_of_a_sequence_may_be_anything():
    rng = np.random.default_rng(0)
    parameters = RNNParameters(
        kernel=rng.normal(size=(2, 3)), recurrent_kernel=rng.normal(size=(3, 3)), bias=np.ones(3)
    )
    model = Model(
        layers=(Layer(name="rnn", forward=parameters),),
        readout=initial_readout(rng, 3, ("a", "b"), "softmax", dtype=np.float64),
    )
    inputs = rng.normal(size=(1, 7, 2))
    inputs[:, 4:] = np.nan
    batch = Batch(inputs=inputs, targets=np.full((1, 7), 1), lengths=np.array([4]))
    value, found, _ = loss_gradients_and_states(model, batch, "cross_entropy")
    assert np.isfinite(value)
    assert all(np.isfinite(gradient).all() for gradient in found.values())


def test_a_target_that_is_no_label_is_named():
    rng = np.random.default_rng(0)
    model, batch = _symbols_model(rng)
    with pytest.raises(ValueError, match=r"targets reach from 2 to 2: expected .* 0\.\.1"):
        loss_gradients_and_states(
            model, dataclasses.replace(batch, targets=np.full((1, 3), 2)), "cross_entropy"
        )


def _symbols_model(rng):
    parameters = RNNParameters(
        kernel=rng.normal(size=(2, 3)), recurrent_kernel=rng.normal(size=(3, 3)), bias=np.ones(3)
    )
    model = Model(
        encoder=OneHotEncoder(alphabet=("a", "b")),
        layers=(Layer(name="rnn", forward=parameters),),
        readout=initial_readout(rng, 3, ("a", "b"), "softmax", dtype=np.float64),
    )
    return model, Batch(inputs=np.ones((1, 3), np.uint8), targets=np.ones((1, 3), int))
