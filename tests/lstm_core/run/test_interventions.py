"""What would have happened: signals that are held at a value while the cell runs."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core import (
    Clamp,
    LSTMParameters,
    LSTMState,
    LSTMVariant,
    RNNParameters,
    unroll,
    without_write,
)
from lstm_core.analysis import contributions
from tests.lstm_core.strategies import (
    draw_weights,
    gru_parameters,
    lstm_parameters,
    rnn_parameters,
    runs,
    same,
)

ANY_CELL = st.one_of(lstm_parameters(), gru_parameters(), rnn_parameters())


@st.composite
def clamped_runs(draw: st.DrawFn) -> Any:
    """Keywords of a run, its trace, and a clamp that fits it."""
    parameters, inputs, state = draw(runs(ANY_CELL))
    keywords: dict[str, Any] = {"initial": state, "reverse": draw(st.booleans())}
    if inputs.ndim > 2 and draw(st.booleans()):
        rng = np.random.default_rng(draw(st.integers(0, 99)))
        keywords["lengths"] = rng.integers(1, inputs.shape[-2] + 1, inputs.shape[:-2])
    plain = unroll(parameters, inputs, **keywords)
    signal = draw(st.sampled_from([s.name for s in plain.vocabulary.recorded]))
    width = plain.series(signal).shape[-1]
    first = draw(st.integers(0, len(plain) - 1))
    clamp = Clamp(
        signal=signal,
        value=draw(st.sampled_from([0.0, 1.0, -0.5])),
        units=draw(st.none() | st.lists(st.integers(0, width - 1), min_size=1).map(tuple)),
        first=first,
        last=draw(st.integers(first, len(plain) - 1)),
    )
    return parameters, inputs, keywords, plain, clamp


def recorded(trace: Any) -> list[str]:
    return [*(signal.name for signal in trace.vocabulary.recorded), "preactivation"]


@given(clamped_runs())
def test_everything_before_the_first_touched_timestep_is_the_same_bit_for_bit(run: Any) -> None:
    parameters, inputs, keywords, plain, clamp = run
    changed = unroll(parameters, inputs, **keywords, interventions=(clamp,))
    untouched = slice(clamp.last + 1, None) if keywords["reverse"] else slice(0, clamp.first)
    for name in recorded(plain):
        axis = plain.input.ndim - 2
        before = (slice(None),) * axis + (untouched,)
        np.testing.assert_array_equal(
            getattr(changed, name)[before], getattr(plain, name)[before], err_msg=name
        )


@given(clamped_runs())
def test_a_clamped_signal_has_the_value_there_and_only_where_something_is_read(run: Any) -> None:
    parameters, inputs, keywords, plain, clamp = run
    changed = unroll(parameters, inputs, **keywords, interventions=(clamp,))
    series = np.moveaxis(changed.series(clamp.signal), -2, 0)[clamp.first : clamp.last + 1]
    held = series if clamp.units is None else series[..., list(clamp.units)]
    expected = np.full(held.shape, clamp.value, held.dtype)
    if plain.lengths is not None:
        time = np.arange(clamp.first, clamp.last + 1).reshape(-1, *(1,) * plain.lengths.ndim)
        expected[time >= plain.lengths] = 0
    np.testing.assert_array_equal(held, expected)


@given(clamped_runs(), st.data())
def test_clamping_to_the_recorded_values_changes_nothing(run: Any, data: st.DataObject) -> None:
    parameters, inputs, keywords, plain, clamp = run
    series = plain.series(clamp.signal)
    one = series.reshape(-1, *series.shape[-2:])
    if len(one) > 1:  # a clamp holds for every sequence of a batch
        return
    unit = data.draw(st.integers(0, series.shape[-1] - 1))
    same_values = tuple(
        Clamp(signal=clamp.signal, value=float(one[0, t, unit]), units=(unit,), first=t, last=t)
        for t in range(len(plain))
    )
    again = unroll(parameters, inputs, **keywords, interventions=same_values)
    for name in recorded(plain):
        np.testing.assert_array_equal(getattr(again, name), getattr(plain, name))
    assert len(again.interventions) == len(plain)


@given(runs(st.one_of(lstm_parameters(), gru_parameters())), st.data())
def test_the_update_still_holds_between_what_is_retained_and_written(
    run: Any, data: st.DataObject
) -> None:
    parameters, inputs, state = run
    gates = [s.name for s in unroll(parameters, inputs).vocabulary.recorded if s.role != "state"]
    clamp = Clamp(signal=data.draw(st.sampled_from(gates)), value=0.25, first=2, last=3)
    trace = unroll(parameters, inputs, state, interventions=(clamp,))
    memory = trace.cell_state if trace.kind == "lstm" else trace.hidden_state
    same(trace.retained + trace.written, memory, parameters.dtype, slack=10)
    parts = contributions(trace, -1)
    same(parts.total, memory[..., -1, :], parameters.dtype, slack=100)


@given(runs(lstm_parameters(plain=True)))
def test_a_clamped_lstm_is_the_equations_with_that_gate_replaced(run: Any) -> None:
    parameters, inputs, state = run
    clamp = Clamp(signal="forget_gate", value=0.0, units=(0,), first=2, last=4)
    trace = unroll(parameters, inputs, state, interventions=(clamp,))
    h, c = state.hidden_state, state.cell_state
    for t in range(inputs.shape[-2]):
        x = inputs[..., t, :]
        z = x @ parameters.kernel + h @ parameters.recurrent_kernel + parameters.bias
        i, f, g, o = np.split(z, 4, axis=-1)
        i, f, g, o = 1 / (1 + np.exp(-i)), 1 / (1 + np.exp(-f)), np.tanh(g), 1 / (1 + np.exp(-o))
        if 2 <= t <= 4:
            f = f.copy()
            f[..., 0] = 0
        c = f * c + i * g
        h = o * np.tanh(c)
        same(trace[t].hidden_state, h, parameters.dtype, slack=10)


def lstm(units: int = 3, inputs: int = 2, seed: int = 0, coupled: bool = False) -> LSTMParameters:
    rng = np.random.default_rng(seed)
    width = (3 if coupled else 4) * units
    return LSTMParameters(
        kernel=draw_weights(rng, (inputs, width), np.float64),
        recurrent_kernel=draw_weights(rng, (units, width), np.float64),
        bias=draw_weights(rng, (width,), np.float64),
        variant=LSTMVariant(forget="coupled" if coupled else "gate"),
    )


def test_removing_a_write_takes_its_contribution_away_where_gates_do_not_depend_on_it() -> None:
    parameters = lstm()
    parameters = LSTMParameters(
        kernel=parameters.kernel,
        recurrent_kernel=np.zeros_like(parameters.recurrent_kernel),
        bias=parameters.bias,
    )
    inputs = np.random.default_rng(1).normal(size=(9, 2))
    plain = unroll(parameters, inputs)
    removed = unroll(parameters, inputs, interventions=(without_write(3, units=(1,)),))
    for t in range(3, 9):
        expected = plain.cell_state[t].copy()
        expected[1] -= contributions(plain, t).written[3, 1]
        np.testing.assert_allclose(removed.cell_state[t], expected, rtol=0, atol=1e-15)


def test_where_gates_depend_on_the_state_removing_a_write_changes_other_writes_too() -> None:
    inputs = np.random.default_rng(1).normal(size=(9, 2))
    plain, removed = (
        unroll(lstm(), inputs, interventions=interventions)
        for interventions in ((), (without_write(3),))
    )
    assert np.abs(removed.written[4:] - plain.written[4:]).max() > 1e-3


def test_a_coupled_forget_gate_follows_a_clamped_input_gate_unless_it_is_clamped_itself() -> None:
    inputs = np.random.default_rng(1).normal(size=(6, 2))
    shut = Clamp(signal="input_gate", value=0.0, first=2, last=2)
    trace = unroll(lstm(coupled=True), inputs, interventions=(shut,))
    np.testing.assert_array_equal(trace.forget_gate[2], 1)
    np.testing.assert_array_equal(trace.cell_state[2], trace.cell_state[1])
    both = (shut, Clamp(signal="forget_gate", value=0.0, first=2, last=2))
    np.testing.assert_array_equal(
        unroll(lstm(coupled=True), inputs, interventions=both).cell_state[2], 0
    )


def test_the_later_of_two_clamps_wins() -> None:
    inputs = np.ones((5, 2))
    clamps = tuple(Clamp(signal="output_gate", value=value) for value in (0.2, 0.7))
    trace = unroll(lstm(), inputs, interventions=clamps)
    np.testing.assert_array_equal(trace.output_gate, 0.7)


def test_a_forget_gate_held_open_with_the_input_shut_carries_the_initial_state_for_ever() -> None:
    start = LSTMState(hidden_state=np.zeros(3), cell_state=np.array([0.5, -1.0, 2.0]))
    held = (Clamp(signal="forget_gate", value=1.0), Clamp(signal="input_gate", value=0.0))
    trace = unroll(lstm(), np.ones((50, 2)), start, interventions=held)
    np.testing.assert_array_equal(trace.cell_state, np.tile(start.cell_state, (50, 1)))


@pytest.mark.parametrize(
    ("clamp", "sentence"),
    [
        (
            {"signal": "reset_gate", "value": 0.0},
            "expected one that the LSTM records, cell_state, forget",
        ),
        ({"signal": "written", "value": 0.0}, "signal is 'written'"),
        ({"signal": "input_gate", "value": 0.0, "units": (3,)}, r"unit .* is 3: expected 0\.\.2"),
        ({"signal": "input_gate", "value": 0.0, "units": (-1,)}, r"is -1: expected 0\.\.2"),
        ({"signal": "input_gate", "value": 0.0, "first": 5}, r"first .* is 5: expected 0\.\.4"),
        ({"signal": "input_gate", "value": 0.0, "last": 9}, r"last .* is 9: expected 0\.\.4"),
        ({"signal": "input_gate", "value": 0.0, "first": -1}, r"first .* is -1"),
        ({"signal": "input_gate", "value": float("nan")}, "is nan: expected a finite number"),
        ({"signal": "input_gate", "value": 1.0, "first": 3, "last": 2}, "first is 3 and last 2"),
    ],
)
def test_an_intervention_on_what_is_not_there_is_refused(
    clamp: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        unroll(lstm(), np.ones((5, 2)), interventions=(Clamp(**clamp),))


def test_units_of_a_projected_hidden_state_count_its_outputs() -> None:
    rng = np.random.default_rng(0)
    parameters = LSTMParameters(
        kernel=draw_weights(rng, (2, 12), np.float64),
        recurrent_kernel=draw_weights(rng, (2, 12), np.float64),
        bias=np.zeros(12),
        projection=draw_weights(rng, (3, 2), np.float64),
    )
    clamp = Clamp(signal="hidden_state", value=0.0, units=(2,))
    with pytest.raises(ValueError, match=r"unit of hidden_state is 2: expected 0\.\.1"):
        unroll(parameters, np.ones((5, 2)), interventions=(clamp,))


def test_a_standard_rnn_can_be_held_at_its_hidden_state() -> None:
    parameters = RNNParameters(kernel=np.ones((1, 2)), recurrent_kernel=np.eye(2), bias=np.zeros(2))
    clamp = Clamp(signal="hidden_state", value=0.0, units=(0,), first=2, last=2)
    trace = unroll(parameters, np.ones((5, 1)), interventions=(clamp,))
    assert trace.hidden_state[2, 0] == 0
    assert trace.hidden_state[3, 0] == pytest.approx(np.tanh(1))
