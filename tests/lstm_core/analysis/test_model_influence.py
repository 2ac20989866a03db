"""Influence through a whole model: slopes of a logit by inputs and by every layer's states."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core import EmbeddingEncoder, Layer, Model
from lstm_core.analysis.model_influence import logit_influence, unit_influence
from lstm_core.analysis.output_influence import output_influence
from lstm_core.training import initial_gru, initial_lstm

from ..model.test_model import with_sums
from ..slopes import assert_derivative
from ..strategies import seeds
from ..training.test_objective import a_model, models

T = 5


def assert_influence(found: Any, function: Any, inputs: np.ndarray) -> None:
    assert_derivative(found.input, function, inputs)
    np.testing.assert_allclose(found.along_input, np.sum(inputs * found.input, axis=1))
    np.testing.assert_allclose(found.input_norm, np.linalg.norm(found.input, axis=1))


@settings(max_examples=25)
@given(st.data(), seeds, st.integers(0, T - 1), st.integers(0, 2), st.sampled_from([None, 0, 1]))
def test_the_influence_on_a_logit_is_its_slope_by_every_input(data, seed, t, output, against):
    rng = np.random.default_rng(seed)
    model = data.draw(models("softmax", rng))
    inputs = rng.normal(0, 1, (T, 2))

    def logit(x: np.ndarray) -> float:
        outputs = model.run_inputs(x).layers[-1].outputs
        logits = model.readout.logits(outputs)[t]
        return float(logits[output] - (0 if against is None else logits[against]))

    found = logit_influence(model, model.run_inputs(inputs), t, output, against)
    assert found.value == pytest.approx(logit(inputs), rel=1e-9, abs=1e-12)
    assert len(found.layers) == len(model.layers)
    assert_influence(found, logit, inputs)


@settings(max_examples=25)
@given(st.data(), seeds, st.integers(0, T - 1), st.sampled_from(["hidden", "cell"]))
def test_the_influence_on_a_unit_is_its_slope_by_every_input(data, seed, t, of):
    rng = np.random.default_rng(seed)
    model = data.draw(models("softmax", rng))
    inputs = rng.normal(0, 1, (T, 2))
    run = model.run_inputs(inputs)
    layer = data.draw(st.integers(0, len(model.layers) - 1))
    directions = ["forward", "backward"] if model.layers[layer].bidirectional else ["forward"]
    direction = data.draw(st.sampled_from(directions))
    of = of if model.layers[layer].kind == "lstm" else "hidden"
    unit = data.draw(st.integers(0, model.layers[layer].hidden_size - 1))

    def value(x: np.ndarray) -> float:
        trace = getattr(model.run_inputs(x).layers[layer], direction)
        return float(trace.series(f"{of}_state")[t, unit])

    found = unit_influence(model, run, t, layer, unit, of, direction)
    assert found.value == pytest.approx(value(inputs), rel=1e-12)
    assert len(found.layers) == layer + 1
    assert_influence(found, value, inputs)


def test_the_top_layer_feels_what_its_readout_column_says():
    model = a_model()
    run = model.run_inputs(np.random.default_rng(0).normal(0, 1, (T, 2)))
    found = logit_influence(model, run, 3, 1).layers[0].forward
    alone = output_influence(run.layers[0].forward, 3, model.readout.kernel[:, 1])
    np.testing.assert_allclose(found.hidden[:4], alone.hidden, rtol=1e-12)
    np.testing.assert_allclose(found.cell[:4], alone.cell, rtol=1e-12)
    assert not found.hidden[4:].any()
    assert not found.cell[4:].any()


def test_the_future_moves_the_present_only_where_a_layer_reads_backwards():
    rng = np.random.default_rng(0)
    make = lambda: initial_gru(rng, 2, 3, dtype=np.float64)  # noqa: E731
    inputs = rng.normal(0, 1, (T, 2))
    for backward in (None, make()):
        model = Model(layers=(Layer(name="gru", forward=make(), backward=backward),))
        found = unit_influence(model, model.run_inputs(inputs), 2, 0, 1)
        assert found.input_norm[:3].all()
        assert not found.input_norm[3:].any()
        assert found.layers[0].backward is None
    found = unit_influence(model, model.run_inputs(inputs), 2, 0, 1, direction="backward")
    assert found.input_norm[2:].all()
    assert not found.input_norm[:2].any()


def test_padding_has_no_influence():
    model = a_model()
    inputs = np.random.default_rng(0).normal(0, 1, (T, 2))
    run = model.run_inputs(inputs, np.array(3))
    found = logit_influence(model, run, 2, 0)
    alone = logit_influence(model, model.run_inputs(inputs[:3]), 2, 0)
    np.testing.assert_allclose(found.input[:3], alone.input, rtol=1e-12)
    assert not found.input[3:].any()


def test_symbols_move_an_output_along_their_embeddings():
    rng = np.random.default_rng(0)
    encoder = EmbeddingEncoder(alphabet=tuple("ab"), embedding=rng.normal(0, 1, (2, 2)))
    model = Model(layers=a_model().layers, encoder=encoder, readout=a_model().readout)
    found = logit_influence(model, model.run("abba"), 3, 0)
    along = np.sum(encoder.embedding[[0, 1, 1, 0]] * found.input, axis=1)
    np.testing.assert_allclose(found.along_input, along)


@pytest.mark.parametrize(
    ("ask", "error", "sentence"),
    [
        (lambda m, r: logit_influence(m, r, 5, 0), IndexError, "timestep is 5: expected 0..4"),
        (lambda m, r: logit_influence(m, r, 0, 3), IndexError, "output is 3: expected 0..2"),
        (lambda m, r: logit_influence(m, r, 0, 1, 3), IndexError, "against is 3: expected 0..2"),
        (lambda m, r: unit_influence(m, r, 0, 1, 0), IndexError, "layer is 1: expected 0..0"),
        (lambda m, r: unit_influence(m, r, 0, 0, 4), IndexError, "unit is 4: expected 0..3"),
        (
            lambda m, r: unit_influence(m, r, 0, 0, 0, direction="backward"),
            ValueError,
            "layer 0 has one direction: expected direction forward",
        ),
        (
            lambda m, r: logit_influence(Model(layers=m.layers), r, 0, 0),
            ValueError,
            "the model has no readout",
        ),
        (
            lambda m, r: logit_influence(m, m.run_inputs(np.ones((2, T, 2))), 0, 0),
            ValueError,
            r"the run's inputs are \(2, 5, 2\): expected \(timesteps, inputs\)",
        ),
    ],
)
def test_what_cannot_be_asked_is_named(ask, error, sentence):
    model = a_model()
    with pytest.raises(error, match=sentence):
        ask(model, model.run_inputs(np.ones((T, 2))))


def test_a_cell_state_is_asked_of_an_lstm_only():
    rng = np.random.default_rng(0)
    model = Model(layers=(Layer(name="gru", forward=initial_gru(rng, 2, 3)),))
    with pytest.raises(ValueError, match="layer 0 is a gru: expected an lstm, it has a cell state"):
        unit_influence(model, model.run_inputs(np.ones((T, 2))), 0, 0, 0, "cell")


def test_a_run_of_another_model_is_refused():
    rng = np.random.default_rng(0)
    one = Layer(name="one", forward=initial_lstm(rng, 2, 2, dtype=np.float64))
    deep = Model(layers=(one, one), readout=None)
    run = deep.run_inputs(np.ones((T, 2)))
    with pytest.raises(ValueError, match="the run has 2 layers: expected the 1 of the model"):
        unit_influence(Model(layers=(one,)), run, 0, 1, 0)


@settings(max_examples=10)
@given(seeds, st.integers(0, T - 1), st.integers(0, 2))
def test_influence_goes_past_a_layer_whose_input_is_added_to_its_outputs(seed, t, layer):
    rng = np.random.default_rng(seed)
    model, inputs = with_sums(rng), rng.normal(0, 1, (T, 4))

    def logit(x: np.ndarray) -> float:
        return float(model.run_inputs(x).predictions[t, 1])

    def state(x: np.ndarray) -> float:
        return float(model.run_inputs(x).layers[layer].forward.cell_state[t, 2])

    run = model.run_inputs(inputs)
    assert_influence(logit_influence(model, run, t, 1), logit, inputs)
    assert_influence(unit_influence(model, run, t, layer, 2, "cell"), state, inputs)
