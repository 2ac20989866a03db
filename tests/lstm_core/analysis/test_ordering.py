from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core import GRUParameters, LSTMParameters, LSTMVariant, RNNParameters, unroll
from lstm_core.analysis import ordering
from lstm_core.analysis.ordering import by_similarity, longest_first, time_scales
from tests.lstm_core.strategies import lstm_parameters, runs


def constant_gate_lstm(kept: np.ndarray) -> LSTMParameters:
    """An LSTM whose forget gate is `kept` whatever it reads."""
    hidden = len(kept)
    bias = np.zeros(4 * hidden)
    bias[hidden : 2 * hidden] = np.log(kept / (1 - kept))
    return LSTMParameters(
        kernel=np.zeros((1, 4 * hidden)), recurrent_kernel=np.zeros((hidden, 4 * hidden)), bias=bias
    )


@given(runs())
def test_time_scales_are_positive_one_for_each_unit(run: tuple[Any, np.ndarray, Any]):
    parameters, inputs, _ = run
    one = inputs.reshape(-1, *inputs.shape[-2:])[0]
    scales = time_scales(unroll(parameters, one))
    assert scales.shape == (
        parameters.output_size if parameters.kind == "rnn" else parameters.hidden_size,
    )
    assert np.all(scales >= 0)


def test_after_its_time_scale_a_unit_holds_one_in_e_of_what_it_was_given():
    kept = np.array([0.5, 0.9, 0.99])
    trace = unroll(constant_gate_lstm(kept), np.zeros((50, 1)))
    scales = time_scales(trace)
    np.testing.assert_allclose(kept**scales, np.exp(-1), rtol=1e-9)
    np.testing.assert_array_equal(longest_first(scales), [2, 1, 0])


@given(runs(lstm_parameters(variant=LSTMVariant())), st.integers(1, 4))
def test_the_whole_run_decides_how_long_a_unit_remembers_however_long_it_is(
    run: tuple[Any, np.ndarray, Any], block: int
):
    parameters, inputs, _ = run
    trace = unroll(parameters, inputs.reshape(-1, inputs.shape[-1]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ordering, "BINS", block)
        found = time_scales(trace)
    gates = trace.forget_gate.astype(np.float64)
    np.testing.assert_allclose(found, -1 / np.log(gates).mean(axis=0), rtol=1e-4)


def test_a_gru_remembers_by_its_update_gate():
    bias = np.concatenate([np.zeros(2), np.log([0.25 / 0.75, 0.8 / 0.2]), np.zeros(2)])
    cell = GRUParameters(kernel=np.zeros((1, 6)), recurrent_kernel=np.zeros((2, 6)), bias=bias)
    scales = time_scales(unroll(cell, np.zeros((20, 1))))
    np.testing.assert_allclose(scales, -1 / np.log([0.25, 0.8]))


def test_without_a_forget_gate_nothing_is_forgotten_and_the_file_keeps_its_order():
    parameters = LSTMParameters(
        kernel=np.ones((1, 9)),
        recurrent_kernel=np.zeros((3, 9)),
        bias=np.zeros(9),
        variant=LSTMVariant(forget="none"),
    )
    scales = time_scales(unroll(parameters, np.zeros((4, 1))))
    assert np.all(np.isinf(scales))
    np.testing.assert_array_equal(longest_first(scales), [0, 1, 2])


def test_a_standard_rnn_that_moves_slowly_remembers_longer_than_one_that_jumps():
    cell = RNNParameters(
        kernel=np.array([[1.0, 0.0], [0.0, 1.0]]),
        recurrent_kernel=np.zeros((2, 2)),
        bias=np.zeros(2),
    )
    t = np.arange(200)
    inputs = np.stack([np.sin(t / 20), np.random.default_rng(0).normal(size=200)], axis=-1)
    slow, jumping = time_scales(unroll(cell, inputs))
    assert slow > 10 * jumping


@given(st.integers(1, 9), st.integers(2, 30), st.integers(0, 2**32 - 1))
def test_an_order_names_every_unit_once(units: int, timesteps: int, seed: int):
    series = np.random.default_rng(seed).normal(size=(timesteps, units))
    assert sorted(by_similarity(series)) == list(range(units))


@given(st.permutations(range(8)))
def test_units_that_move_together_stand_together_however_the_file_mixed_them(mixed: list[int]):
    """Eight waves, each a little later than the one before: their order is known."""
    t = np.arange(120)[:, np.newaxis]
    waves = np.sin(t / 15 - np.arange(8) / 4)
    found = [mixed[u] for u in by_similarity(waves[:, mixed])]
    assert found in (list(range(8)), list(range(8))[::-1])


@given(st.permutations(range(6)))
def test_of_two_directions_the_one_nearer_to_the_files_order_is_taken(mixed: list[int]):
    t = np.arange(120)[:, np.newaxis]
    order = by_similarity(np.sin(t / 15 - np.arange(6) / 4)[:, mixed])
    places = np.argsort(order)
    assert np.corrcoef(places, np.arange(6))[0, 1] > -1e-9


def test_a_unit_that_never_moves_is_no_trouble():
    series = np.stack([np.zeros(40), np.sin(np.arange(40)), np.cos(np.arange(40))], axis=-1)
    assert sorted(by_similarity(series)) == [0, 1, 2]


def test_a_run_of_any_length_can_be_compared():
    rng = np.random.default_rng(0)
    shared = rng.normal(size=(5000, 1)).cumsum(axis=0)
    series = np.concatenate([shared, -shared, shared], axis=1) + rng.normal(0, 0.01, (5000, 3))
    order = list(by_similarity(series))
    assert abs(order.index(0) - order.index(2)) == 1


@pytest.mark.parametrize("units", [1, 2])
def test_two_units_need_no_order(units: int):
    np.testing.assert_array_equal(by_similarity(np.ones((5, units))), np.arange(units))
