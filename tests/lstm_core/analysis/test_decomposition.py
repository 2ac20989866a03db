"""The memory is exactly the sum of what was written to it and is still there."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core import Clamp, LSTMParameters, LSTMState, LSTMVariant, RNNParameters, unroll
from lstm_core.analysis import contribution_matrix, contributions, survival
from lstm_core.analysis.writes import writes
from lstm_core.vocabulary import vocabulary
from tests.lstm_core.strategies import draw_weights, gru_parameters, lstm_parameters, runs

WITH_SUM = st.one_of(lstm_parameters(), gru_parameters())


@st.composite
def traces(draw: st.DrawFn, ragged: bool = True) -> Any:
    """A run of an LSTM or GRU with any option, either direction, perhaps of unequal lengths.

    In half of them an intervention holds a state of some units for a while.
    """
    parameters, inputs, state = draw(runs(WITH_SUM))
    lengths = None
    if ragged and inputs.ndim > 2 and draw(st.booleans()):
        rng = np.random.default_rng(draw(st.integers(0, 99)))
        lengths = rng.integers(0, inputs.shape[-2] + 1, inputs.shape[:-2])
    held = draw(st.just(()) | held_states(parameters, inputs.shape[-2]))
    return unroll(parameters, inputs, state, lengths, draw(st.booleans()), held)


@st.composite
def held_states(draw: st.DrawFn, parameters: Any, timesteps: int) -> tuple[Clamp, ...]:
    """Interventions that hold the memory, or what is shown of it, over one or two stretches."""
    clamps = []
    for value in draw(st.lists(st.sampled_from([0.0, 0.5, -3.0]), min_size=1, max_size=2)):
        first, last = sorted(draw(st.tuples(*2 * (st.integers(0, timesteps - 1),))))
        clamps.append(
            Clamp(
                signal=draw(st.sampled_from([vocabulary(parameters.kind).memory, "hidden_state"])),
                value=value,
                units=draw(st.none() | st.just((0,))),
                first=first,
                last=last,
            )
        )
    return tuple(clamps)


def memory(trace: Any) -> Any:
    return trace.cell_state if trace.kind == "lstm" else trace.hidden_state


@given(traces())
def test_contributions_add_up_to_the_memory_at_every_timestep(trace: Any) -> None:
    bound = 1e-12 if trace.input.dtype == np.float64 else 1e-5
    for t in range(len(trace)):
        parts = contributions(trace, t)
        size = np.abs(parts.written).sum(axis=-2) + np.abs(parts.initial)
        error = np.abs(parts.total - memory(trace)[..., t, :])
        assert (error <= bound * np.maximum(size, np.finfo(np.float32).tiny)).all()


@given(traces(), st.integers(1, 4))
def test_the_size_of_a_block_changes_nothing_but_rounding(trace: Any, size: int) -> None:
    whole = contributions(trace, -1), survival(trace, 0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("lstm_core.analysis.decomposition.BLOCK", size)
        parts = contributions(trace, -1), survival(trace, 0)
    np.testing.assert_allclose(parts[0].written, whole[0].written, rtol=1e-6)
    np.testing.assert_allclose(parts[0].initial, whole[0].initial, rtol=1e-6)
    np.testing.assert_allclose(parts[1], whole[1], rtol=1e-6)


@given(traces())
def test_a_contribution_is_the_write_times_what_survives_of_it(trace: Any) -> None:
    last = 0 if trace.reverse else len(trace) - 1
    for written, s in zip(
        np.moveaxis(contributions(trace, last).written, -2, 0),
        contributions(trace, last).timesteps,
        strict=True,
    ):
        left = survival(trace, int(s))[..., 0 if trace.reverse else -1, :]
        expected = writes(trace)[..., s, :] * left
        np.testing.assert_allclose(written, expected, rtol=1e-5, atol=1e-30)


@given(traces(ragged=False))
def test_what_was_written_now_is_whole_and_survival_begins_with_one(trace: Any) -> None:
    for t in (0, len(trace) - 1):
        now = 0 if trace.reverse else -1
        np.testing.assert_array_equal(
            contributions(trace, t).written[..., now, :], writes(trace)[..., t, :]
        )
        first = survival(trace, t)[..., -1 if trace.reverse else 0, :]
        np.testing.assert_array_equal(first, np.ones_like(first))


@given(traces(ragged=False))
def test_the_matrix_of_a_unit_has_the_contributions_of_each_timestep_as_its_rows(
    trace: Any,
) -> None:
    if trace.input.ndim > 2:
        with pytest.raises(ValueError, match=r"expected \(timesteps, input_size\)"):
            contribution_matrix(trace, 0)
        return
    matrix = contribution_matrix(trace, 0)
    for t in range(len(trace)):
        parts = contributions(trace, t)
        np.testing.assert_allclose(
            matrix[t, parts.timesteps], parts.written[:, 0], rtol=1e-4, atol=1e-6
        )
        others = np.setdiff1d(np.arange(len(trace)), parts.timesteps)
        assert not matrix[t, others].any()


def carrying(forget: float, timesteps: int) -> Any:
    """An LSTM that writes tanh(1)·σ(20) once, at its first timestep, and then only forgets."""
    bias = np.array([-20.0, np.log(forget / (1 - forget)), 0.0, 0.0])
    parameters = LSTMParameters(
        kernel=np.array([[40.0, 0.0, 1.0, 0.0]]),
        recurrent_kernel=np.zeros((1, 4)),
        bias=bias,
        variant=LSTMVariant(),
    )
    inputs = np.zeros((timesteps, 1))
    inputs[0] = 1
    return unroll(parameters, inputs, LSTMState(hidden_state=np.zeros(1), cell_state=np.ones(1)))


def test_a_value_that_is_carried_decays_with_the_forget_gate_and_nothing_else() -> None:
    trace = carrying(0.99, 101)
    parts = contributions(trace, 100)
    assert parts.written.shape == (101, 1)
    assert parts.written[0, 0] == pytest.approx(np.tanh(1) * 0.99**100, rel=1e-8)
    assert parts.initial[0] == pytest.approx(0.99**101, rel=1e-9)
    assert np.abs(parts.written[1:]).max() < 1e-8
    np.testing.assert_allclose(survival(trace, 0)[:, 0], 0.99 ** np.arange(101), rtol=1e-9)


def test_products_too_small_for_a_normal_number_are_zero() -> None:
    trace = carrying(0.5, 3000)
    parts = contributions(trace, -1)
    assert parts.initial[0] == 0
    assert not parts.written[:1900].any()
    assert survival(trace, 0)[-1, 0] == 0


def test_a_standard_rnn_has_none_and_the_error_says_why() -> None:
    rng = np.random.default_rng(0)
    parameters = RNNParameters(
        kernel=draw_weights(rng, (2, 3), np.float64),
        recurrent_kernel=draw_weights(rng, (3, 3), np.float64),
        bias=np.zeros(3),
    )
    trace = unroll(parameters, np.ones((5, 2)))
    for question in (contributions, survival):
        with pytest.raises(ValueError, match="Standard RNN has no contributions"):
            question(trace, 2)


@pytest.mark.parametrize("t", [5, -6])
def test_a_timestep_outside_the_run_is_an_index_error(t: int) -> None:
    trace = carrying(0.5, 5)
    with pytest.raises(IndexError, match=r"expected 0\.\.4"):
        contributions(trace, t)
    with pytest.raises(IndexError, match=r"expected 0\.\.4"):
        survival(trace, t)


def test_negative_timesteps_count_from_the_end() -> None:
    trace = carrying(0.5, 5)
    np.testing.assert_array_equal(contributions(trace, -2).written, contributions(trace, 3).written)


def test_a_held_memory_is_the_write_of_its_timestep_and_nothing_from_before_is_left() -> None:
    trace = carrying(0.5, 6)
    held = Clamp(signal="cell_state", value=3.0, first=2, last=3)
    changed = unroll(trace.parameters, trace.input, interventions=(held,))
    parts = contributions(changed, 5)
    assert parts.written[3, 0] == pytest.approx(3 * 0.25, rel=1e-12)
    assert parts.initial[0] == 0
    assert not parts.written[:3].any()
    np.testing.assert_allclose(survival(changed, 3)[:, 0], [1, 0.5, 0.25], rtol=1e-12)
    np.testing.assert_array_equal(survival(changed, 0)[:, 0], [1, 0.5, 0, 0, 0, 0])
