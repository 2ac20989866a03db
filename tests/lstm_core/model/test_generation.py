"""A model goes on from a sequence by reading its own predictions."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from lstm_core import Clamp, Layer, Model, NumericEncoder, OneHotEncoder, Readout
from lstm_core.model import can_go_on, generated
from lstm_core.training import initial_lstm

from ..strategies import draw_weights

ALPHABET = tuple("abcd")


def of_symbols(labels: tuple[str, ...] = ALPHABET, **layer: Any) -> Model:
    rng = np.random.default_rng(0)
    readout = Readout(
        kernel=4 * draw_weights(rng, (6, len(labels)), np.float64),
        bias=np.zeros(len(labels)),
        activation="softmax",
        labels=labels,
    )
    cell = initial_lstm(rng, 4, 6, dtype=np.float64)
    layers = (Layer(name="layer", forward=cell, **layer),)
    return Model(layers=layers, encoder=OneHotEncoder(alphabet=ALPHABET), readout=readout)


def of_numbers(columns: int = 2) -> Model:
    rng = np.random.default_rng(0)
    readout = Readout(
        kernel=draw_weights(rng, (6, 2), np.float64),
        bias=np.zeros(2),
        activation="linear",
        labels=("x", "y"),
        offset=np.array([1.0, 2.0]),
        scale=np.array([3.0, 4.0]),
    )
    encoder = NumericEncoder(
        columns=tuple("xyz"[:columns]), offset=np.ones(columns), scale=np.full(columns, 3.0)
    )
    cell = initial_lstm(rng, columns, 6, dtype=np.float64)
    return Model(layers=(Layer(name="layer", forward=cell),), encoder=encoder, readout=readout)


def go_on(model: Model, start: Any, seed: int = 0, **more: Any) -> Any:
    sequence = model.encoder.sequence(start)
    return generated(model, sequence, 12, np.random.default_rng(seed), **more)


def test_at_temperature_zero_each_symbol_is_the_likeliest_after_those_before_it() -> None:
    model = of_symbols()
    whole = go_on(model, "abd", temperature=0)
    assert whole.symbols[:3] == tuple("abd")
    assert len(whole) == 15
    predictions = model.run(whole).predictions
    assert [ALPHABET[k] for k in predictions[2:-1].argmax(axis=1)] == list(whole.symbols[3:])


def test_a_forecast_reads_what_it_predicted() -> None:
    model = of_numbers()
    start = np.random.default_rng(1).normal(size=(4, 2))
    whole = go_on(model, start)
    np.testing.assert_array_equal(whole.numbers[:4], start)
    np.testing.assert_allclose(whole.numbers[4:], model.run(whole).predictions[3:-1], atol=1e-9)


def test_the_same_seed_draws_the_same_symbols_and_another_one_others() -> None:
    model = of_symbols()
    assert go_on(model, "a", 3).symbols == go_on(model, "a", 3).symbols
    assert len({go_on(model, "a", seed).symbols for seed in range(8)}) > 1


def test_interventions_steer_what_is_generated_from_where_they_begin() -> None:
    model = of_numbers()
    start = np.random.default_rng(1).normal(size=(4, 2))
    held = (Clamp(signal="output_gate", value=0.0, first=6, last=7),)
    plain, steered = go_on(model, start), go_on(model, start, interventions={0: {"forward": held}})
    np.testing.assert_array_equal(steered.numbers[:7], plain.numbers[:7])
    np.testing.assert_allclose(steered.numbers[7:9], np.tile([1.0, 2.0], (2, 1)))
    again = model.run(steered, {0: {"forward": held}}).predictions
    np.testing.assert_allclose(steered.numbers[4:], again[3:-1], atol=1e-9)


@pytest.mark.parametrize(
    ("model", "reason"),
    [
        (of_symbols(labels=("yes", "no")), "something else than the symbol that comes next"),
        (of_numbers(columns=3), "other numbers than those that it reads"),
        (of_symbols(reverse=True), "a layer reads backwards"),
        (Model(layers=of_symbols().layers), "no readout"),
    ],
)
def test_a_model_that_does_not_predict_what_it_reads_cannot_go_on(
    model: Model, reason: str
) -> None:
    assert reason in can_go_on(model)
    with pytest.raises(ValueError, match=reason):
        generated(model, of_symbols().encoder.sequence("a"), 3, np.random.default_rng(0))


def test_a_temperature_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="temperature is -1: expected 0 or more"):
        go_on(of_symbols(), "a", temperature=-1)
