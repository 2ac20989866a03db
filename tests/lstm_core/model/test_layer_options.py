"""What a layer from a file can ask for: its order, its start, a chain of its own."""

from __future__ import annotations

import numpy as np
import pytest

from lstm_core import Layer, LSTMParameters, Model, OneHotEncoder, Readout

rng = np.random.default_rng(11)


def lstm(inputs: int = 3, hidden: int = 4) -> LSTMParameters:
    shapes = {
        "kernel": (inputs, 4 * hidden),
        "recurrent_kernel": (hidden, 4 * hidden),
        "bias": (4 * hidden,),
    }
    return LSTMParameters(**{name: rng.normal(size=shape) for name, shape in shapes.items()})


X = rng.normal(size=(2, 6, 3))


def test_a_reversed_layer_is_its_forward_run_of_the_mirrored_sequence():
    cell = lstm()
    run = Layer(name="a", forward=cell, reverse=True).unroll(X)
    mirrored = Layer(name="a", forward=cell).unroll(X[:, ::-1])
    np.testing.assert_allclose(run.outputs, mirrored.outputs[:, ::-1], atol=1e-12)
    np.testing.assert_allclose(run.final_hidden, mirrored.final_hidden, atol=1e-12)


def test_outputs_in_running_order_begin_with_the_sequences_last():
    cell = lstm()
    run = Layer(name="a", forward=cell, reverse=True, running_order=True).unroll(X)
    mirrored = Layer(name="a", forward=cell).unroll(X[:, ::-1])
    np.testing.assert_allclose(run.outputs, mirrored.outputs, atol=1e-12)
    np.testing.assert_allclose(run.forward.hidden_state, mirrored.outputs[:, ::-1], atol=1e-12)


def test_the_second_direction_of_a_reversed_layer_runs_forward():
    forward, backward = lstm(), lstm()
    both = Layer(name="a", forward=forward, backward=backward, reverse=True).unroll(X)
    assert both.forward.reverse
    assert not both.backward.reverse
    alone = Layer(name="b", forward=backward).unroll(X)
    np.testing.assert_allclose(both.outputs[..., 4:], alone.outputs, atol=1e-12)


def test_a_layer_begins_in_its_own_state_unless_told_otherwise():
    cell, h, c = lstm(), rng.normal(size=4), rng.normal(size=4)
    layer = Layer(name="a", forward=cell, initial_hidden=h, initial_cell=c)
    told = Layer(name="a", forward=cell).unroll(X, np.stack([h, h]), np.stack([c, c]))
    np.testing.assert_allclose(layer.unroll(X).outputs, told.outputs, atol=1e-12)
    zeros = layer.unroll(X, initial_hidden=np.zeros((2, 4)), initial_cell=np.zeros((2, 4)))
    plain = Layer(name="a", forward=cell).unroll(X)
    np.testing.assert_allclose(zeros.outputs, plain.outputs, atol=1e-12)


@pytest.mark.parametrize("backward", [None, lstm()], ids=["one direction", "two directions"])
def test_one_sequence_begins_in_the_first_of_the_states_recorded_for_a_batch(backward):
    directions = () if backward is None else (2,)
    h, c = rng.normal(size=(2, *directions, 2, 4))
    cells = {"forward": lstm(), "backward": backward}
    recorded = Layer(name="a", initial_hidden=h, initial_cell=c, **cells)
    first = Layer(name="a", initial_hidden=h[..., 0, :], initial_cell=c[..., 0, :], **cells)
    told = Layer(name="a", **cells).unroll(X[0], h[..., 0, :], c[..., 0, :])
    for layer in (recorded, first):
        np.testing.assert_array_equal(layer.unroll(X[0]).outputs, told.outputs)
    np.testing.assert_allclose(recorded.unroll(X).outputs[0], told.outputs, atol=1e-12)


def test_initial_states_of_the_wrong_number_of_directions_are_named():
    layer = Layer(name="a", forward=lstm(), backward=lstm())
    with pytest.raises(ValueError, match=r"initial state is \(3, 2, 4\): expected \(2, ..., h"):
        layer.unroll(X, initial_hidden=np.zeros((3, 2, 4)))
    with pytest.raises(ValueError, match=r"initial hidden_state is \(5, 4\)"):
        Layer(name="a", forward=lstm()).unroll(X, initial_hidden=np.zeros((5, 4)))


def test_each_chain_is_a_model_of_its_own():
    layers = (
        Layer(name="one", forward=lstm(3, 4)),
        Layer(name="two", forward=lstm(4, 2)),
        Layer(name="three", forward=lstm(3, 5), follows=False),
    )
    model = Model(layers=layers)
    assert [layer.name for layer in model.chain(1).layers] == ["one", "two"]
    assert [layer.name for layer in model.chain(2).layers] == ["three"]
    assert model.chain(2).run_inputs(X).layers[0].outputs.shape == (2, 6, 5)
    whole = Model(layers=layers[:2])
    assert whole.chain(1) is whole


def test_the_first_chain_has_the_encoder_and_the_last_the_readout():
    layers = tuple(
        Layer(name=n, forward=lstm(3, 4), follows=False) for n in ("one", "two", "three")
    )
    encoder = OneHotEncoder(alphabet=("a", "b", "c"))
    readout = Readout(kernel=np.ones((4, 1)), bias=np.ones(1), activation="linear", labels=("y",))
    model = Model(layers=layers, encoder=encoder, readout=readout)
    parts = [(chain.encoder, chain.readout) for chain in map(model.chain, range(3))]
    assert parts == [(encoder, None), (None, None), (None, readout)]
