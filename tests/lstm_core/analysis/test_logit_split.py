"""A logit is split exactly over the writes of the last layer."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core import Clamp, Layer, LayerState, LSTMVariant, Model, Readout
from lstm_core.analysis import contributions, logit_split, without_each_write
from lstm_core.training import initial_lstm, initial_rnn
from lstm_core.vocabulary import vocabulary

from ..strategies import draw_state, draw_weights, gru_parameters, lstm_parameters, seeds

T = 6


def a_model(cell: Any, rng: np.random.Generator, **options: Any) -> Model:
    layer = Layer(name="layer", forward=cell.astype(np.float64), **options)
    readout = Readout(
        kernel=draw_weights(rng, (layer.output_size, 3), np.float64),
        bias=draw_weights(rng, (3,), np.float64),
        activation="softmax",
        labels=tuple("abc"),
    )
    return Model(layers=(layer,), readout=readout)


@settings(max_examples=40)
@given(st.one_of(lstm_parameters(), gru_parameters()), seeds, st.booleans(), st.booleans())
def test_the_parts_add_up_to_the_logit(cell: Any, seed: int, both: bool, against: bool) -> None:
    rng = np.random.default_rng(seed)
    options: dict[str, Any] = {"backward": cell.astype(np.float64)} if both else {}
    model = a_model(cell, rng, **options)
    inputs, t = rng.normal(size=(T, cell.input_size)), int(rng.integers(T))
    state = draw_state(model.layers[0].forward, (2,) if both else (), rng)
    arrays = state.arrays()
    start = LayerState(hidden=arrays["hidden_state"], cell=arrays.get("cell_state"))
    held: tuple[Clamp, ...] = ()
    if seed % 2:
        signal = ("hidden_state", vocabulary(cell.kind).memory)[seed // 2 % 2]
        held = (Clamp(signal=signal, value=0.7, units=(0,), first=seed % T),)
    run = model.run_inputs(inputs, interventions={0: {"forward": held}}, initial={0: start})
    split = logit_split(model, run, t, 1, 2 if against else None)
    logits = model.readout.logits(run.layers[0].outputs[t])
    expected = logits[1] - (logits[2] if against else 0)
    assert split.value == pytest.approx(expected, abs=1e-12)
    assert split.total == pytest.approx(expected, abs=1e-8)
    assert split.by_timestep.shape == (T,)


def test_without_an_output_activation_each_write_adds_its_own_share() -> None:
    rng = np.random.default_rng(0)
    cell = initial_lstm(rng, 2, 4, dtype=np.float64)
    cell = cell.replace(variant=LSTMVariant(output_activation="identity"))
    model = a_model(cell, rng)
    run = model.run_inputs(rng.normal(size=(T, 2)))
    trace: Any = run.layers[0].forward
    weight = model.readout.kernel[:, 0] * trace.output_gate[4]
    expected = (contributions(trace, 4).written * weight).sum(axis=1)
    np.testing.assert_allclose(logit_split(model, run, 4, 0).by_timestep[:5], expected, atol=1e-12)


def test_where_no_gate_sees_the_state_leaving_a_write_out_takes_what_it_adds() -> None:
    rng = np.random.default_rng(1)
    cell = initial_lstm(rng, 2, 4, dtype=np.float64)
    cell = cell.replace(
        variant=LSTMVariant(output_activation="identity"),
        recurrent_kernel=np.zeros_like(cell.recurrent_kernel),
    )
    model, inputs = a_model(cell, rng), rng.normal(size=(T, 2))
    split = logit_split(model, model.run_inputs(inputs), 4, 0, 2)
    taken = without_each_write(model, inputs, range(T), 4, 0, 2)
    np.testing.assert_allclose(taken, split.by_timestep, atol=1e-12)
    clamp = Clamp(signal="cell_state", value=0.7, units=(1, 2), first=1, last=2)
    held: Any = {0: {"forward": (clamp,)}}
    split = logit_split(model, model.run_inputs(inputs, interventions=held), 4, 0, 2)
    taken = without_each_write(model, inputs, range(T), 4, 0, 2, held)
    np.testing.assert_allclose(taken, split.by_timestep, atol=1e-12)


def test_a_standard_rnn_has_no_writes_to_split_over() -> None:
    rng = np.random.default_rng(0)
    model = a_model(initial_rnn(rng, 2, 4), rng)
    with pytest.raises(ValueError, match="has no contributions"):
        logit_split(model, model.run_inputs(np.ones((T, 2))), 3, 0)


def test_a_residual_sum_is_not_split_over_the_writes_of_its_layer_alone() -> None:
    rng = np.random.default_rng(0)
    model = a_model(initial_lstm(rng, 4, 4), rng, residual=1)
    with pytest.raises(ValueError, match="reads a residual sum"):
        logit_split(model, model.run_inputs(np.ones((T, 4))), 3, 0)
