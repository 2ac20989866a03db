"""Influence through time: its curves are those of the exact Jacobians, and what follows."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core import Clamp, LSTMParameters, RNNParameters, State, unroll
from lstm_core.analysis.influence import influence
from lstm_core.analysis.jacobians import jacobians_between
from lstm_core.analysis.output_influence import output_influence
from lstm_core.gradients import backward

from ..strategies import (
    cell_parameters,
    clamps,
    draw_state,
    draw_weights,
    gru_parameters,
    lstm_parameters,
    rnn_parameters,
    seeds,
)

T = 6


def trace_of(
    parameters: Any, seed: int, reverse: bool, timesteps: int = T, held: tuple[Clamp, ...] = ()
) -> Any:
    rng = np.random.default_rng(seed)
    inputs = draw_weights(rng, (timesteps, parameters.input_size), parameters.dtype)
    state = draw_state(parameters, (), rng)
    return unroll(parameters, inputs, state, reverse=reverse, interventions=held)


def deaf(parameters: Any) -> Any:
    """The same cell, with gates and candidate that hear nothing of the state."""
    silent = {"recurrent_kernel": np.zeros_like(parameters.recurrent_kernel)}
    if getattr(parameters, "peephole", None) is not None:
        silent["peephole"] = np.zeros_like(parameters.peephole)
    return parameters.replace(**silent)


@settings(max_examples=25)
@given(cell_parameters(), seeds, st.booleans(), st.integers(0, T - 1))
def test_every_curve_is_drawn_from_the_jacobians(parameters, seed, reverse, t):
    trace = trace_of(parameters, seed, reverse)
    found = influence(trace, t, spectral=True)
    read = range(t, T) if reverse else range(t + 1)
    assert list(found.timesteps) == list(read)
    assert list(found.lags) == [abs(t - s) for s in read]
    names = {"input": "hidden_by_input", "hidden": "hidden_by_hidden"}
    names |= {"cell": "cell_by_cell", "cell_input": "cell_by_input"}
    for name, matrix in names.items():
        curve = getattr(found, name)
        matrices = [getattr(jacobians_between(trace, t, s), matrix) for s in read]
        if parameters.kind != "lstm" and name.startswith("cell"):
            assert curve is None
            continue
        for k, each in enumerate(matrices):
            close = {"rtol": 1e-9, "atol": 1e-14}
            np.testing.assert_allclose(curve.norm[k], np.linalg.norm(each), **close)
            np.testing.assert_allclose(curve.units[k], np.linalg.norm(each, axis=1), **close)
            np.testing.assert_allclose(curve.spectral[k], np.linalg.norm(each, ord=2), **close)
            total = np.abs(each).sum()
            np.testing.assert_allclose(
                curve.balance[k], each.sum() / total if total else 0, **close
            )
            if curve.own is not None:
                np.testing.assert_allclose(curve.own[k], np.diagonal(each), **close)
        assert np.all(curve.norm >= 0)
        assert np.all(np.abs(curve.balance) <= 1 + 1e-12)
        assert curve.relative[list(read).index(t)] == (1 if curve.norm[curve.at] else 0)


@settings(max_examples=25)
@given(cell_parameters(), seeds, st.booleans(), st.integers(1, T + 2))
def test_the_last_timesteps_alone_say_the_same_about_themselves(parameters, seed, reverse, last):
    trace = trace_of(parameters, seed, reverse)
    t = 1 if reverse else 4
    whole, some = influence(trace, t), influence(trace, t, last)
    kept = slice(last) if reverse else slice(-last, None)
    np.testing.assert_array_equal(some.timesteps, whole.timesteps[kept])
    np.testing.assert_array_equal(some.hidden.norm, whole.hidden.norm[kept])
    np.testing.assert_array_equal(some.input.relative, whole.input.relative[kept])
    if whole.kept is not None:
        np.testing.assert_array_equal(some.kept, whole.kept[kept])


@settings(max_examples=25)
@given(lstm_parameters(), seeds, st.booleans())
def test_with_deaf_gates_the_belt_is_the_product_of_its_forget_gates(parameters, seed, reverse):
    trace = trace_of(deaf(parameters.astype(np.float64)), seed, reverse)
    t = 0 if reverse else T - 1
    found = influence(trace, t)
    gates = trace.forget_gate[::-1] if reverse else trace.forget_gate
    for s in range(T):
        product = np.prod(gates[s + 1 :], axis=0)
        at = T - 1 - s if reverse else s
        np.testing.assert_allclose(found.kept[at], product, rtol=1e-12, atol=0)
        np.testing.assert_allclose(found.cell.own[at], product, rtol=1e-12, atol=0)
        whole = jacobians_between(trace, t, at).cell_by_cell
        np.testing.assert_allclose(whole, np.diag(product), rtol=1e-12, atol=0)
    np.testing.assert_allclose(found.kept_relative, found.cell.relative, rtol=1e-12)


@settings(max_examples=25)
@given(st.data(), lstm_parameters(), seeds, st.booleans())
def test_nothing_is_kept_where_the_cell_state_is_held(data, parameters, seed, reverse):
    parameters = deaf(parameters.astype(np.float64))
    trace = trace_of(parameters, seed, reverse, held=data.draw(clamps(parameters, T)))
    found = influence(trace, 0 if reverse else T - 1)
    np.testing.assert_allclose(found.kept, found.cell.own, rtol=1e-12, atol=0)


@settings(max_examples=25)
@given(gru_parameters(), seeds, st.booleans())
def test_with_deaf_gates_a_gru_keeps_the_product_of_its_update_gates(parameters, seed, reverse):
    trace = trace_of(deaf(parameters.astype(np.float64)), seed, reverse)
    found = influence(trace, 0 if reverse else T - 1)
    np.testing.assert_allclose(found.hidden.own, found.kept, rtol=1e-12, atol=0)
    np.testing.assert_allclose(found.hidden.relative, found.kept_relative, rtol=1e-12)


@settings(max_examples=25)
@given(rnn_parameters(), seeds)
def test_a_standard_rnn_has_no_belt(parameters, seed):
    found = influence(trace_of(parameters, seed, False), T - 1)
    assert found.kept is None
    assert found.kept_relative is None
    assert found.cell is None
    assert found.cell_input is None


@settings(max_examples=50)
@given(st.data(), cell_parameters(), seeds, st.booleans(), st.integers(0, T - 1))
def test_the_influence_on_an_output_is_the_gradient_of_training(data, parameters, seed, reverse, t):
    held = data.draw(st.just(()) | clamps(parameters, T))
    trace = trace_of(parameters.astype(np.float64), seed, reverse, held=held)
    direction = draw_weights(np.random.default_rng(seed), trace.hidden_state.shape[1:], np.float64)
    found = output_influence(trace, t, direction)
    d_hidden = np.zeros_like(trace.hidden_state)
    d_hidden[t] = direction
    expected = backward(trace, d_hidden)
    close = {"rtol": 1e-9, "atol": 1e-13}
    read = found.timesteps
    np.testing.assert_allclose(found.input, expected.inputs[read], **close)
    np.testing.assert_allclose(found.hidden, expected.hidden_state[read], **close)
    if parameters.kind == "lstm":
        np.testing.assert_allclose(found.cell, expected.cell_state[read], **close)
        np.testing.assert_allclose(found.cell_norm, np.linalg.norm(found.cell, axis=1), **close)
    along = np.sum(trace.input[read] * found.input, axis=1)
    np.testing.assert_allclose(found.along_input, along, **close)
    np.testing.assert_allclose(found.input_norm, np.linalg.norm(found.input, axis=1), **close)


@settings(max_examples=25)
@given(lstm_parameters(), seeds, st.booleans())
def test_the_influence_on_a_belt_is_the_gradient_of_training(parameters, seed, reverse):
    trace = trace_of(parameters.astype(np.float64), seed, reverse)
    state = draw_state(trace.parameters, (), np.random.default_rng(seed))
    last = 0 if reverse else T - 1
    found = output_influence(trace, last, state.hidden_state, state.cell_state)
    expected = backward(trace, np.zeros_like(trace.hidden_state), state)
    close = {"rtol": 1e-9, "atol": 1e-13}
    np.testing.assert_allclose(found.input, expected.inputs, **close)
    np.testing.assert_allclose(found.hidden, expected.hidden_state, **close)
    np.testing.assert_allclose(found.cell, expected.cell_state, **close)


@settings(max_examples=25)
@given(cell_parameters(), seeds, st.booleans())
def test_float32_says_what_float64_says(parameters, seed, reverse):
    single = parameters.astype(np.float32)
    trace = trace_of(single, seed, reverse)
    again = unroll(
        single.astype(np.float64),
        trace.input,
        draw_initial(trace, reverse),
        reverse=reverse,
    )
    t = 0 if reverse else T - 1
    some, other = influence(trace, t), influence(again, t)
    assert some.input.norm.dtype == np.float64
    for name in ("input", "hidden", "cell", "cell_input"):
        if getattr(some, name) is not None:
            expected = getattr(other, name).norm
            np.testing.assert_allclose(
                getattr(some, name).norm, expected, rtol=1e-3, atol=1e-4 * (1 + expected.max())
            )


def draw_initial(trace: Any, reverse: bool) -> Any:
    return trace[T - 1 if reverse else 0].previous


def chain_of(rate: float, timesteps: int, dtype: Any) -> Any:
    """A run in which each timestep multiplies by `rate`, from a state of one."""
    parameters = RNNParameters(
        kernel=np.ones((1, 2), dtype),
        recurrent_kernel=(rate * np.eye(2)).astype(dtype),
        bias=np.zeros(2, dtype),
        activation="identity",
    )
    state = State(hidden_state=np.zeros(2))
    return unroll(parameters, np.zeros((timesteps, 1)), state)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_what_vanishes_is_small_and_then_exactly_zero_and_never_nan(dtype):
    found = influence(chain_of(0.125, 500, dtype), 499, spectral=True)
    for curve in (found.input, found.hidden):
        small = 0.125 ** found.lags[-330:].astype(float)  # down to 1e-297
        np.testing.assert_allclose(curve.relative[-330:], small, rtol=1e-9)
        np.testing.assert_allclose(curve.spectral[-330:], curve.spectral[-1] * small, rtol=1e-9)
        for values in (curve.norm, curve.balance, curve.relative, curve.units, curve.spectral):
            assert not values[:100].any()
            assert np.isfinite(values).all()
    signed = output_influence(chain_of(0.125, 500, dtype), 499, np.ones(2))
    np.testing.assert_allclose(signed.input_norm[-300], 2 * 0.125**299, rtol=1e-9)
    assert np.isfinite(signed.input).all()
    assert not signed.input_norm[:100].any()


def test_a_gradient_does_not_stop_at_the_last_number_before_zero():
    trace = chain_of(0.6, 1600, np.float64)
    assert 0.6**1600 == 0
    assert 5e-324 * 0.6 == 5e-324
    for norm in (
        influence(trace, 1599).input.norm,
        output_influence(trace, 1599, np.ones(2)).input_norm,
    ):
        assert not norm[:100].any()
        assert norm[-1300:].all()


def test_what_explodes_beyond_all_numbers_is_infinite_and_never_nan():
    found = influence(chain_of(1000.0, 200, np.float64), 199, spectral=True)
    for curve in (found.input, found.hidden):
        np.testing.assert_allclose(curve.relative[-90:], 1000.0 ** found.lags[-90:], rtol=1e-9)
        for values in (curve.norm, curve.relative, curve.spectral):
            assert np.all(values[:50] == np.inf)
        assert np.isfinite(curve.balance).all()
    signed = output_influence(chain_of(1000.0, 200, np.float64), 199, np.ones(2))
    assert np.all(signed.input_norm[:50] == np.inf)


def a_trace(leading: tuple[int, ...] = ()) -> Any:
    rng = np.random.default_rng(1)
    parameters = LSTMParameters(
        kernel=draw_weights(rng, (1, 8), np.float64),
        recurrent_kernel=draw_weights(rng, (2, 8), np.float64),
        bias=draw_weights(rng, (8,), np.float64),
    )
    return unroll(parameters, np.ones((*leading, T, 1)))


@pytest.mark.parametrize(
    ("arguments", "error", "sentence"),
    [
        ({}, ValueError, "direction and cell_direction are None: expected at least one"),
        ({"direction": np.ones(3)}, ValueError, r"direction is \(3,\): expected \(2,\)"),
        ({"cell_direction": np.ones(1)}, ValueError, r"cell_direction is \(1,\): expected \(2,\)"),
        ({"direction": np.ones(2), "t": 6}, IndexError, "timestep is 6: expected 0..5"),
        ({"direction": np.ones(2), "last": 0}, ValueError, "last is 0: expected at least 1"),
    ],
)
def test_an_output_that_cannot_be_asked_is_named(arguments, error, sentence):
    with pytest.raises(error, match=sentence):
        output_influence(a_trace(), **{"t": 3, **arguments})


def test_a_cell_without_belt_has_no_direction_on_it():
    with pytest.raises(ValueError, match="cell_direction is given: a rnn has no cell state"):
        output_influence(chain_of(0.5, 5, np.float64), 3, cell_direction=np.ones(2))


def test_a_batch_is_refused():
    for ask in (influence, lambda trace, t: output_influence(trace, t, np.ones(2))):
        with pytest.raises(ValueError, match=r"input is \(3, 6, 1\): expected"):
            ask(a_trace((3,)), 2)


def test_a_unit_s_own_belt_is_a_direction_too():
    trace = a_trace()
    found = output_influence(trace, 4, cell_direction=np.array([0, 1]))
    for s in range(5):
        expected = jacobians_between(trace, 4, s)
        np.testing.assert_allclose(found.cell[s], expected.cell_by_cell[1], rtol=1e-12)
        np.testing.assert_allclose(found.input[s], expected.cell_by_input[1], rtol=1e-12)
