"""Layers and models: directions merged, layers stacked, predictions read off."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core import (
    Clamp,
    Layer,
    LSTMParameters,
    Model,
    OneHotEncoder,
    Readout,
    SequenceError,
    number_sequence,
    symbol_sequence,
    unroll,
)
from lstm_core.model.weights import weights
from lstm_core.training import initial_lstm
from tests.lstm_core.strategies import draw_weights, same, seeds


def lstm(rng: np.random.Generator, inputs: int, hidden: int) -> LSTMParameters:
    return LSTMParameters(
        kernel=draw_weights(rng, (inputs, 4 * hidden), np.float64),
        recurrent_kernel=draw_weights(rng, (hidden, 4 * hidden), np.float64),
        bias=draw_weights(rng, (4 * hidden,), np.float64),
    )


def readout(rng: np.random.Generator, inputs: int, outputs: int, activation: str) -> Readout:
    return Readout(
        kernel=draw_weights(rng, (inputs, outputs), np.float64),
        bias=draw_weights(rng, (outputs,), np.float64),
        activation=activation,
        labels=tuple(f"y{k}" for k in range(outputs)),
    )


def with_sums(rng: np.random.Generator) -> Model:
    """Three layers: the second adds what it reads, the third what the first one reads."""
    steps = (0, 1, 3)
    return Model(
        layers=tuple(
            Layer(name=f"layer {k}", forward=lstm(rng, 4, 4), residual=n)
            for k, n in enumerate(steps)
        ),
        readout=readout(rng, 4, 2, "linear"),
    )


MERGES = {
    "concat": lambda f, b: np.concatenate([f, b], axis=-1),
    "sum": lambda f, b: f + b,
    "mul": lambda f, b: f * b,
    "ave": lambda f, b: (f + b) / 2,
}


@given(seeds, st.sampled_from(sorted(MERGES)), st.sampled_from([(), (3,)]))
def test_a_bidirectional_layer_merges_two_runs_in_the_sequences_own_order(seed, merge, leading):
    rng = np.random.default_rng(seed)
    forward, backward = lstm(rng, 3, 4), lstm(rng, 3, 4)
    layer = Layer(name="lstm", forward=forward, backward=backward, merge=merge)
    inputs = rng.normal(size=(*leading, 6, 3))
    hidden, cell = rng.normal(size=(2, 2, *leading, 4))
    run = layer.unroll(inputs, initial_hidden=hidden, initial_cell=cell)

    mirrored = inputs[..., ::-1, :]
    back = layer.unroll(mirrored, initial_hidden=hidden[::-1], initial_cell=cell[::-1])
    expected = MERGES[merge](run.forward.hidden_state, run.backward.hidden_state)
    same(run.outputs, expected, np.float64)
    assert run.outputs.shape[-1] == layer.output_size
    assert run.final_hidden.shape == run.final_cell.shape == (2, *leading, 4)
    alone = Layer(name="b", forward=backward).unroll(mirrored, hidden[1], cell[1])
    same(run.backward.cell_state, alone.forward.cell_state[..., ::-1, :], np.float64)
    same(run.final_cell[1], alone.final_cell, np.float64)
    assert back.outputs.shape == run.outputs.shape


@given(seeds)
def test_each_layer_reads_what_the_one_below_hands_on(seed):
    rng = np.random.default_rng(seed)
    below = Layer(name="one", forward=lstm(rng, 3, 4), backward=lstm(rng, 3, 4))
    above = Layer(name="two", forward=lstm(rng, 8, 2))
    model = Model(layers=(below, above))
    inputs = rng.normal(size=(5, 3))
    run = model.run(inputs)
    same(run.layers[0].outputs, below.unroll(inputs).outputs, np.float64)
    expected = unroll(above.forward, run.layers[0].outputs).hidden_state
    same(run.layers[1].outputs, expected, np.float64)


@settings(max_examples=30)
@given(seeds)
def test_a_softmax_is_a_distribution_and_a_linear_readout_is_scaled_back(seed):
    rng = np.random.default_rng(seed)
    outputs = 50 * rng.normal(size=(7, 4))
    shares = readout(rng, 4, 3, "softmax").predict(outputs)
    same(shares.sum(axis=-1), np.ones(7), np.float64)
    assert shares.min() >= 0
    linear = readout(rng, 4, 2, "linear")
    scaled = Readout(**{**vars(linear), "offset": np.array([1.0, 2]), "scale": np.array([3.0, 4])})
    same(scaled.predict(outputs), linear.logits(outputs) * [3, 4] + [1, 2], np.float64)


def test_a_model_encodes_runs_and_predicts():
    rng = np.random.default_rng(7)
    model = Model(
        layers=(Layer(name="lstm", forward=lstm(rng, 3, 4)),),
        encoder=OneHotEncoder(alphabet=tuple("abc")),
        readout=readout(rng, 4, 3, "softmax"),
    )
    run = model.run("abcab")
    assert run.timesteps == 5
    assert run.predictions.shape == (5, 3)
    assert model.size == 3 * 16 + 4 * 16 + 16 + 4 * 3 + 3
    same(run.layers[0].outputs, model.run_inputs(np.eye(3)[[0, 1, 2, 0, 1]]).layers[0].outputs, "d")
    same(model.run(symbol_sequence("abcab")).predictions, run.predictions, "d")


def test_a_model_without_an_encoder_reads_numbers_as_they_are_and_no_symbols():
    model = Model(layers=(Layer(name="lstm", forward=lstm(np.random.default_rng(7), 3, 4)),))
    numbers = np.arange(6.0).reshape(2, 3)
    assert np.shares_memory(model.run(number_sequence(numbers)).inputs, numbers)
    with pytest.raises(SequenceError, match="holds symbols: a model without an encoder reads"):
        model.run(symbol_sequence("ab"))


def test_the_size_of_a_model_counts_every_direction_and_the_readout():
    rng = np.random.default_rng(7)
    both = Layer(name="both", forward=lstm(rng, 3, 4), backward=lstm(rng, 3, 4))
    above = Layer(name="above", forward=lstm(rng, 8, 2))
    model = Model(layers=(both, above), readout=readout(rng, 2, 3, "softmax"))
    assert model.size == sum(array.size for array in weights(model).values())
    assert Model(layers=(both,)).size == 2 * both.forward.size


def test_parts_that_do_not_fit_are_named():
    rng = np.random.default_rng(0)
    one, two = (Layer(name=n, forward=lstm(rng, 3, 4)) for n in ("one", "two"))
    with pytest.raises(ValueError, match="one gives 4 numbers: two takes 3"):
        Model(layers=(one, two))
    with pytest.raises(ValueError, match="one gives 4 numbers: the readout takes 5"):
        Model(layers=(one,), readout=readout(rng, 5, 2, "linear"))
    with pytest.raises(ValueError, match="encoder gives 2 numbers: one takes 3"):
        Model(layers=(one,), encoder=OneHotEncoder(alphabet=("a", "b")))
    with pytest.raises(ValueError, match="layers are empty"):
        Model(layers=())
    for other in (lstm(rng, 5, 4), lstm(rng, 3, 2)):
        with pytest.raises(ValueError, match="backward is .* expected a lstm of 3 inputs and 4"):
            Layer(name="pair", forward=lstm(rng, 3, 4), backward=other)


def test_an_intervention_in_one_layer_changes_the_layers_above_and_the_predictions_only() -> None:
    rng = np.random.default_rng(5)
    below, above = initial_lstm(rng, 2, 3), initial_lstm(rng, 6, 4)
    model = Model(
        layers=(
            Layer(name="below", forward=below, backward=initial_lstm(rng, 2, 3)),
            Layer(name="above", forward=above),
        ),
        readout=Readout(
            kernel=rng.normal(0, 1, (4, 2)),
            bias=np.zeros(2),
            activation="linear",
            labels=("y0", "y1"),
        ),
    )
    inputs = rng.normal(0, 1, (7, 2))
    shut = Clamp(signal="forget_gate", value=0.0, units=(1,), first=4)
    plain, changed = model.run(inputs), model.run(inputs, {0: {"forward": (shut,)}})
    assert not changed.layers[0].forward.forget_gate[4:, 1].any()
    np.testing.assert_array_equal(
        changed.layers[0].backward.cell_state, plain.layers[0].backward.cell_state
    )
    for before, after in zip(plain.layers, changed.layers, strict=True):
        np.testing.assert_array_equal(before.outputs[:4], after.outputs[:4])
        assert (before.outputs[5:] != after.outputs[5:]).any()
    np.testing.assert_array_equal(plain.predictions[:4], changed.predictions[:4])
    assert (plain.predictions[5:] != changed.predictions[5:]).any()
    backwards = model.run(inputs, {0: {"backward": (shut,)}})
    assert not backwards.layers[0].backward.forget_gate[4:, 1].any()


def test_an_intervention_where_there_is_no_such_layer_or_direction_is_refused() -> None:
    model = Model(
        layers=(Layer(name="lstm", forward=initial_lstm(np.random.default_rng(0), 2, 3)),)
    )
    inputs, shut = np.zeros((5, 2)), (Clamp(signal="forget_gate", value=0.0),)
    with pytest.raises(ValueError, match=r"layer of an intervention is 1: expected 0\.\.0"):
        model.run(inputs, {1: {"forward": shut}})
    with pytest.raises(ValueError, match="direction of an intervention is 'backward': expected fo"):
        model.run(inputs, {0: {"backward": shut}})


@given(seeds, st.sampled_from([(), (3,)]))
def test_a_residual_connection_adds_what_a_layer_below_reads(seed, leading):
    rng = np.random.default_rng(seed)
    model = with_sums(rng)
    first, second, third = (layer.forward for layer in model.layers)
    x = rng.normal(size=(*leading, 6, 4))
    run = model.run_inputs(x)
    below = unroll(first, x).hidden_state
    above = unroll(second, below).hidden_state + below
    read = unroll(third, above).hidden_state + x
    np.testing.assert_allclose(model.handed_on(run.layers), read, atol=1e-12)
    np.testing.assert_allclose(run.predictions, model.readout.predict(read), atol=1e-12)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"residual": 4}, "expected one of its chain"),
        ({"residual": -1}, "expected one of its chain"),
        ({"residual": 3, "follows": False}, "expected one of its chain"),
        ({"residual": 1, "running_order": True}, "another order of time"),
    ],
)
def test_a_residual_connection_stays_in_its_chain_and_its_order_of_time(changed, message):
    first, second, third = with_sums(np.random.default_rng(0)).layers
    with pytest.raises(ValueError, match=message):
        Model(layers=(first, second, dataclasses.replace(third, **changed)))


def test_a_residual_connection_adds_as_many_numbers_as_there_are():
    rng = np.random.default_rng(0)
    with pytest.raises(ValueError, match="gives 4 numbers, and 3 are added to them"):
        Model(layers=(Layer(name="lstm", forward=lstm(rng, 3, 4), residual=1),))
