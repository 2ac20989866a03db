"""A whole model's gradient: through the readout, every layer and direction, to the embedding."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core import EmbeddingEncoder, Layer, Model, Readout
from lstm_core.model.weights import weights, with_weights
from lstm_core.training import (
    Batch,
    initial_gru,
    initial_lstm,
    initial_rnn,
    loss_and_gradients,
    loss_and_states,
)

from ..slopes import assert_derivatives
from ..strategies import seeds

CELLS = {"lstm": initial_lstm, "gru": initial_gru, "rnn": initial_rnn}
LOSSES = [
    ("cross_entropy", "softmax"),
    ("cross_entropy", "sigmoid"),
    ("squared_error", "linear"),
    ("squared_error", "sigmoid"),
]


@st.composite
def models(draw: st.DrawFn, activation: str, rng: np.random.Generator) -> Model:
    """An embedding or none, one to three layers of any kind and merge, a readout of three."""
    sizes = [draw(st.integers(1, 4)) for _ in range(draw(st.integers(1, 3)))]
    embedding = rng.normal(0, 1, (5, 2)) if draw(st.booleans()) else None
    layers: list[Layer] = []
    width = 2
    for size in sizes:
        kind = CELLS[draw(st.sampled_from(sorted(CELLS)))]
        make = lambda kind=kind, width=width, size=size: kind(  # noqa: E731
            rng, width, size, dtype=np.float64
        )
        layers.append(
            Layer(
                name=f"{kind.__name__} {len(layers)}",
                forward=make(),
                backward=make() if draw(st.booleans()) else None,
                merge=draw(st.sampled_from(["concat", "sum", "mul", "ave"])),
                reverse=draw(st.booleans()),
                running_order=draw(st.booleans()),
            )
        )
        width = layers[-1].output_size
    scaled = activation == "linear" and draw(st.booleans())
    return Model(
        layers=tuple(layers),
        encoder=None
        if embedding is None
        else EmbeddingEncoder(alphabet=tuple("abcde"), embedding=embedding),
        readout=Readout(
            kernel=rng.normal(0, 1, (width, 3)),
            bias=rng.normal(0, 1, 3),
            activation=activation,
            labels=tuple("xyz"),
            offset=np.array([1.0, 2.0, 3.0]) if scaled else None,
            scale=np.array([0.5, 2.0, 4.0]) if scaled else None,
        ),
    )


def a_batch(model: Model, activation: str, rng: np.random.Generator) -> Batch:
    count, timesteps = 3, 5
    embedded = model.encoder is not None
    inputs: Any = rng.integers(0, 5, (count, timesteps))
    targets: Any = rng.integers(0, 3, (count, timesteps))
    if activation != "softmax":
        targets = rng.uniform(0, 1, (count, timesteps, 3))
    return Batch(
        inputs=inputs if embedded else rng.normal(0, 1, (count, timesteps, 2)),
        targets=targets,
        weights=rng.uniform(0.1, 1, (count, timesteps)),
        lengths=np.array([5, 2, 4]),
    )


@settings(max_examples=12)
@pytest.mark.parametrize(("loss", "activation"), LOSSES)
@given(data=st.data(), seed=seeds)
def test_every_gradient_of_a_model_is_the_slope_of_its_loss(loss, activation, data, seed):
    rng = np.random.default_rng(seed)
    model = data.draw(models(activation, rng))
    batch = a_batch(model, activation, rng)
    penalty = data.draw(st.sampled_from([0.0, 0.7]))
    cost, scale = {"write_penalty": penalty}, 1.0 if penalty else 0.01
    value, found = loss_and_gradients(model, batch, loss, **cost)
    assert value == pytest.approx(loss_and_states(model, batch, loss, **cost)[0], rel=1e-12)
    assert set(found) == set(weights(model))
    loss_of = lambda w: loss_and_states(with_weights(model, w), batch, loss, **cost)[0]  # noqa: E731
    kinks = penalty > 0  # |w| has one at 0
    assert_derivatives(found, loss_of, weights(model), scale, kinks=kinks)


def a_model(activation: str = "softmax", seed: int = 0) -> Model:
    rng = np.random.default_rng(seed)
    return Model(
        layers=(Layer(name="lstm", forward=initial_lstm(rng, 2, 4, dtype=np.float64)),),
        readout=Readout(
            kernel=rng.normal(0, 1, (4, 3)),
            bias=rng.normal(0, 1, 3),
            activation=activation,
            labels=tuple("xyz"),
        ),
    )


def test_a_timestep_of_weight_zero_counts_for_nothing():
    model, rng = a_model(), np.random.default_rng(1)
    batch = a_batch(model, "softmax", rng)
    inside = np.arange(5) < batch.lengths[:, np.newaxis]
    as_weights = Batch(
        inputs=batch.inputs,
        targets=np.where(inside, batch.targets, 2),
        weights=np.where(inside, batch.weights, 0),
    )
    ragged = loss_and_gradients(model, batch, "cross_entropy")
    weighted = loss_and_gradients(model, as_weights, "cross_entropy")
    assert ragged[0] == pytest.approx(weighted[0], rel=1e-12)
    for name, gradient in ragged[1].items():
        np.testing.assert_allclose(gradient, weighted[1][name], rtol=1e-10, atol=1e-14)


def test_a_target_without_weight_may_be_anything():
    model = a_model("linear")
    batch = Batch(
        inputs=np.ones((1, 5, 2)),
        targets=np.full((1, 5, 3), np.nan),
        weights=np.array([[0.0, 0, 0, 0, 1]]),
    )
    targets = batch.targets.copy()
    targets[0, -1] = 0.5
    batch = Batch(inputs=batch.inputs, targets=targets, weights=batch.weights)
    loss, found = loss_and_gradients(model, batch, "squared_error")
    assert np.isfinite(loss)
    assert all(np.isfinite(gradient).all() for gradient in found.values())


def test_the_loss_of_a_uniform_prediction_is_the_logarithm_of_the_choices():
    model = with_weights(
        a_model(), {"readout.kernel": np.zeros((4, 3)), "readout.bias": np.ones(3)}
    )
    batch = Batch(inputs=np.ones((2, 5, 2)), targets=np.ones((2, 5), int))
    loss, _ = loss_and_gradients(model, batch, "cross_entropy")
    assert loss == pytest.approx(np.log(3), rel=1e-12)


def test_the_squared_error_of_a_scaled_readout_is_measured_in_scaled_numbers():
    model = with_weights(a_model("linear"), {"readout.kernel": np.zeros((4, 3))})
    readout = Readout(
        kernel=np.zeros((4, 3)),
        bias=np.zeros(3),
        activation="linear",
        labels=tuple("xyz"),
        offset=np.full(3, 50.0),
        scale=np.full(3, 40.0),
    )
    model = Model(layers=model.layers, readout=readout)
    batch = Batch(inputs=np.ones((5, 2)), targets=np.full((5, 3), 90.0))
    assert loss_and_gradients(model, batch, "squared_error")[0] == pytest.approx(1.0)


def test_huge_logits_do_not_overflow():
    model = with_weights(a_model(), {"readout.bias": np.array([1e4, -1e4, 0])})
    batch = Batch(inputs=np.ones((2, 5, 2)), targets=np.zeros((2, 5), int))
    loss, found = loss_and_gradients(model, batch, "cross_entropy")
    assert loss == pytest.approx(0.0, abs=1e-9)
    assert all(np.isfinite(gradient).all() for gradient in found.values())


def some(**changes: Any) -> dict[str, Any]:
    return {"inputs": np.ones((2, 5, 2)), "targets": np.zeros((2, 5), int), **changes}


@pytest.mark.parametrize(
    ("activation", "loss", "batch", "sentence"),
    [
        ("linear", "cross_entropy", some(targets=np.zeros((2, 5, 3))), "cross_entropy of a linear"),
        ("softmax", "squared_error", some(), "squared_error of a softmax readout"),
        ("softmax", "absolute", some(), "loss is 'absolute': expected cross_entropy or"),
        ("softmax", "cross_entropy", some(targets=np.zeros((2, 4), int)), r"targets are \(2, 4\)"),
        ("softmax", "cross_entropy", some(weights=np.zeros((2, 5))), "weights sum to 0"),
        ("softmax", "cross_entropy", some(weights=np.ones(3)), r"weights are \(3,\): expected"),
    ],
)
def test_what_cannot_be_learned_from_is_named(activation, loss, batch, sentence):
    with pytest.raises(ValueError, match=sentence):
        loss_and_gradients(a_model(activation), Batch(**batch), loss)


def test_a_model_without_readout_has_nothing_to_learn_from():
    model = Model(layers=a_model().layers)
    with pytest.raises(ValueError, match="the model has no readout"):
        loss_and_gradients(model, Batch(**some()), "cross_entropy")


def test_layers_that_read_a_residual_sum_are_not_trained():
    cell = initial_lstm(np.random.default_rng(0), 5, 5)
    readout = Readout(
        kernel=np.ones((5, 3)), bias=np.zeros(3), activation="softmax", labels=tuple("xyz")
    )
    model = Model(layers=(Layer(name="layer", forward=cell, residual=1),), readout=readout)
    with pytest.raises(ValueError, match="a residual sum stands behind a layer"):
        loss_and_gradients(model, Batch(**some()), "cross_entropy")


def test_an_embedding_reads_places_not_numbers():
    encoder = EmbeddingEncoder(alphabet=("a",), embedding=np.ones((1, 2)))
    model = Model(layers=a_model().layers, encoder=encoder, readout=a_model().readout)
    with pytest.raises(ValueError, match="inputs are float64: expected the places of symbols"):
        loss_and_gradients(model, Batch(**some(inputs=np.ones((2, 5)))), "cross_entropy")


def test_what_is_written_costs_its_mean_size_over_units_and_valid_timesteps():
    model, rng = a_model(), np.random.default_rng(1)
    batch = a_batch(model, "softmax", rng)
    free, charged = (
        loss_and_states(model, batch, "cross_entropy", write_penalty=penalty)[0]
        for penalty in (0.0, 3.0)
    )
    trace = model.layers[0].unroll(batch.inputs, lengths=batch.lengths).forward
    inside = np.arange(5) < batch.lengths[:, np.newaxis]
    assert charged - free == pytest.approx(3 * np.abs(trace.written[inside]).mean(), rel=1e-12)


def test_a_standard_rnn_has_no_writes_that_could_cost_anything():
    rng = np.random.default_rng(0)
    model = a_model()
    cell = initial_rnn(rng, 2, 4, dtype=np.float64)
    model = Model(layers=(Layer(name="rnn", forward=cell),), readout=model.readout)
    batch = a_batch(model, "softmax", rng)
    free, charged = (
        loss_and_gradients(model, batch, "cross_entropy", write_penalty=penalty)
        for penalty in (0.0, 3.0)
    )
    assert free[0] == charged[0]
    assert all(np.array_equal(free[1][name], charged[1][name]) for name in free[1])
