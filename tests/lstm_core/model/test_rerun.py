"""A changed run: the same numbers up to the first change, and the right ones after it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core import Clamp, Layer, LayerState, Model, Readout, ablation, rerun
from lstm_core.model.rerun import first_change
from lstm_core.training import initial_gru, initial_lstm, initial_rnn
from tests.lstm_core.model.test_model import with_sums
from tests.lstm_core.strategies import cell_parameters, clamps, draw_weights, same


def model(*parameters: Any) -> Model:
    layers = tuple(Layer(name=f"layer {k}", forward=p) for k, p in enumerate(parameters))
    size, dtype = parameters[-1].output_size, parameters[-1].dtype
    readout = Readout(
        kernel=draw_weights(np.random.default_rng(0), (size, 3), dtype),
        bias=np.zeros(3, dtype),
        activation="softmax",
        labels=tuple("abc"),
    )
    return Model(layers=layers, readout=readout)


def two_layers() -> Model:
    first, second = np.random.default_rng(0), np.random.default_rng(1)
    return model(initial_lstm(first, 2, 4), initial_gru(second, 4, 3))


def numbers(run: Any) -> list[np.ndarray]:
    traces = [layer.forward for layer in run.layers]
    recorded = [
        trace.series(signal.name) for trace in traces for signal in trace.vocabulary.recorded
    ]
    previous = [array for trace in traces for array in trace.previous.arrays().values()]
    preactivations = [trace.preactivation for trace in traces]
    return [run.inputs, run.predictions, *recorded, *previous, *preactivations]


@st.composite
def changes(draw: st.DrawFn) -> Any:
    """A model, the inputs of a run, other inputs, clamps, and the first timestep they touch."""
    made = model(draw(cell_parameters()))
    width, dtype = made.layers[0].input_size, made.dtype
    rng = np.random.default_rng(draw(st.integers(0, 99)))
    inputs = draw_weights(rng, (draw(st.integers(2, 40)), width), dtype)
    at = draw(st.integers(0, len(inputs) - 1))
    how = draw(st.sampled_from(["same", "replace", "drop", "repeat"]))
    other = {
        "same": inputs,
        "replace": np.concatenate([inputs[:at], -inputs[at : at + 1], inputs[at + 1 :]]),
        "drop": np.delete(inputs, at, axis=0) if len(inputs) > 1 else inputs,
        "repeat": np.insert(inputs, at, inputs[at], axis=0),
    }[how]
    held = draw(clamps(made.layers[0].forward, len(other))) if draw(st.booleans()) else ()
    begins = [clamp.first for clamp in held]
    first = min([*begins, len(other), len(inputs) if how == "same" else at])
    return made, inputs, other, {0: {"forward": held}}, first


@settings(max_examples=40)
@given(changes())
def test_before_the_first_change_a_changed_run_is_the_same_bit_for_bit(change: Any) -> None:
    made, inputs, other, held, first = change
    before = made.run_inputs(inputs)
    after = rerun(made, before, other, held)
    for old, new in zip(numbers(before), numbers(after), strict=True):
        np.testing.assert_array_equal(new[:first], old[:first])
    whole = made.run_inputs(other, interventions=held)
    for expected, actual in zip(numbers(whole), numbers(after), strict=True):
        same(actual, expected, made.dtype, slack=1000)
    for expected, actual in zip(
        whole.layers[0].forward.final_state.arrays().values(),
        after.layers[0].forward.final_state.arrays().values(),
        strict=True,
    ):
        same(actual, expected, made.dtype, slack=1000)


def test_without_a_change_nothing_is_computed_anew() -> None:
    made = model(
        initial_lstm(np.random.default_rng(0), 2, 4), initial_gru(np.random.default_rng(1), 4, 3)
    )
    inputs = np.random.default_rng(2).normal(size=(33, 2))
    before = made.run_inputs(inputs)
    for old, new in zip(numbers(before), numbers(rerun(made, before, inputs)), strict=True):
        np.testing.assert_array_equal(new, old)


@pytest.mark.parametrize("length", [3, 9])
def test_a_run_that_reads_on_or_ends_earlier_changes_at_the_end_of_the_shorter_one(
    length: int,
) -> None:
    whole = draw_weights(np.random.default_rng(4), (9, 2), np.float32)
    made, inputs = two_layers(), whole[:6]
    assert first_change(inputs, whole[:length]) == min(6, length)
    changed = rerun(made, made.run_inputs(inputs), whole[:length])
    fresh = made.run_inputs(whole[:length])
    for mine, theirs in zip(numbers(changed), numbers(fresh), strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=1e-6, atol=1e-6)


def test_carrying_the_states_over_is_reading_both_sequences_in_one() -> None:
    made = model(
        initial_lstm(np.random.default_rng(0), 2, 4), initial_gru(np.random.default_rng(1), 4, 3)
    )
    inputs = np.random.default_rng(2).normal(size=(30, 2))
    begun = made.run_inputs(inputs[:11])
    rest = made.run_inputs(inputs[11:], initial=begun.final_states)
    whole = made.run_inputs(inputs)
    np.testing.assert_allclose(rest.predictions, whole.predictions[11:], rtol=0, atol=1e-6)
    reset = made.run_inputs(inputs[11:])
    assert np.abs(reset.predictions - rest.predictions).max() > 1e-3


def test_a_state_for_a_layer_that_is_not_there_is_refused() -> None:
    made = model(initial_lstm(np.random.default_rng(0), 2, 4))
    start = LayerState(hidden=np.zeros(4), cell=np.ones(4))
    with pytest.raises(ValueError, match=r"layer of an initial state is 1: expected 0\.\.0"):
        made.run_inputs(np.ones((3, 2)), initial={1: start})


@pytest.mark.parametrize("kind", ["lstm", "gru", "rnn"])
def test_what_an_ablated_unit_holds_is_seen_by_nobody(kind: str) -> None:
    make: Any = {"lstm": initial_lstm, "gru": initial_gru, "rnn": initial_rnn}[kind]
    made = model(make(np.random.default_rng(0), 2, 4))
    inputs = np.random.default_rng(1).normal(size=(12, 2))
    out = ablation(made.layers[0].kind, (2,), first=3)
    run = made.run_inputs(inputs, interventions={0: {"forward": out}})
    assert (run.layers[0].outputs[3:, 2] == 0).all()
    assert (run.layers[0].outputs[:3, 2] != 0).all()
    also = (*out, Clamp(signal="hidden_state", value=0.0, units=(2,), first=3))
    again = made.run_inputs(inputs, interventions={0: {"forward": also}})
    np.testing.assert_array_equal(run.predictions, again.predictions)


def test_a_changed_run_of_residual_sums_has_the_numbers_of_a_whole_one():
    rng = np.random.default_rng(1)
    made, inputs = with_sums(rng), rng.normal(size=(9, 4))
    held = {1: {"forward": (Clamp(signal="hidden_state", value=0.5, first=5),)}}
    before, whole = made.run_inputs(inputs), made.run_inputs(inputs, interventions=held)
    changed = rerun(made, before, inputs, held)
    for one, other in zip(numbers(changed), numbers(whole), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-12)
