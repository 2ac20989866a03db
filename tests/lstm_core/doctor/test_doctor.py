"""The doctor names a fault that it was shown, says where there is none, and never guesses."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core import GRUParameters, LSTMParameters, LSTMState, RNNParameters, unroll
from lstm_core.doctor import ResultError, diagnose, diagnose_trace, named_signals
from lstm_core.doctor.faults import Case, faults
from tests.lstm_core.strategies import draw_weights, seeds

NAMES = ("kernel", "recurrent_kernel", "bias")


def network(kind: str, seed: int, inputs: int = 3, hidden: int = 3) -> Any:
    rng = np.random.default_rng(seed)
    width = {"lstm": 4, "gru": 3, "rnn": 1}[kind] * hidden
    arrays = {
        "kernel": draw_weights(rng, (inputs, width), np.float64),
        "recurrent_kernel": draw_weights(rng, (hidden, width), np.float64),
        "bias": draw_weights(rng, (width,), np.float64),
    }
    if kind == "gru":
        return GRUParameters(**arrays, recurrent_bias=draw_weights(rng, (hidden,), np.float64))
    return {"lstm": LSTMParameters, "rnn": RNNParameters}[kind](**arrays)


def sequence(seed: int, parameters: Any, timesteps: int = 7) -> np.ndarray:
    return np.random.default_rng([seed, 1]).normal(size=(timesteps, parameters.input_size))


def start(seed: int, parameters: Any) -> Any:
    rng, zero = np.random.default_rng([seed, 2]), parameters.initial_state()
    arrays = {name: rng.normal(size=array.shape) for name, array in zero.arrays().items()}
    return type(zero)(**arrays)


def names(diagnosis: Any) -> set[tuple[str, str]]:
    return {(fault.kind, fault.detail) for fault in diagnosis.explanations}


@settings(max_examples=30)
@given(seed=seeds, kind=st.sampled_from(["lstm", "lstm", "gru", "rnn"]), k=st.integers(0, 999))
def test_any_fault_that_changes_the_hidden_states_is_named(seed: int, kind: str, k: int):
    parameters = network(kind, seed)
    case = Case(
        parameters=parameters, inputs=sequence(seed, parameters), start=start(seed, parameters)
    )
    known = list(faults(case))
    fault = known[k % len(known)]
    theirs = fault.run(case).get("hidden_state")
    if theirs is None or np.abs(theirs).max() > 50:  # without gates a cell may run away
        return
    diagnosis = diagnose(parameters, case.inputs, {"hidden_state": theirs}, case.start)
    assert (fault.kind, fault.detail) in names(diagnosis)
    for other in diagnosis.explanations:
        made = other.run(case)["hidden_state"]
        np.testing.assert_allclose(made, theirs, atol=2e-5 * max(1, np.abs(theirs).max()))


@settings(max_examples=20)
@given(seed=seeds, kind=st.sampled_from(["lstm", "gru", "rnn"]))
def test_without_a_fault_it_says_that_they_agree(seed: int, kind: str):
    parameters = network(kind, seed)
    trace = unroll(parameters, sequence(seed, parameters), start(seed, parameters))
    noise = np.random.default_rng(seed).uniform(-1e-6, 1e-6, trace.hidden_state.shape)
    diagnosis = diagnose_trace(trace, {"hidden_state": trace.hidden_state + noise})
    assert diagnosis.agrees
    assert diagnosis.explanations == ()
    assert diagnosis.departures == ()


@settings(max_examples=10)
@given(seed=seeds, kind=st.sampled_from(["lstm", "gru"]))
def test_two_faults_at_once_are_explained_by_none(seed: int, kind: str):
    parameters = network(kind, seed)
    inputs = sequence(seed, parameters)
    wrong = parameters.replace(
        bias=2 * parameters.bias, kernel=np.ascontiguousarray(parameters.kernel[:, ::-1])
    )
    theirs = unroll(wrong, inputs, start(seed, parameters)).hidden_state
    diagnosis = diagnose(parameters, inputs, {"hidden_state": theirs}, start(seed, parameters))
    assert not diagnosis.agrees
    assert diagnosis.explanations == ()
    assert diagnosis.tried > 30


def sigmoid(z: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-z))


def students_forward(x: Any, w: Any, u: Any, b: Any, order: str = "ifgo", h: Any = None) -> Any:
    """An `lstm_step_forward` as courses ask for it, written without this package."""
    hidden = np.zeros(len(u)) if h is None else h
    cell, outputs = np.zeros(len(u)), []
    for row in x:
        z = dict(zip(order, np.split(row @ w + hidden @ u + b, 4), strict=True))
        cell = sigmoid(z["f"]) * cell + sigmoid(z["i"]) * np.tanh(z["g"])
        hidden = sigmoid(z["o"]) * np.tanh(cell)
        outputs.append(hidden)
    return np.array(outputs)


def test_a_students_step_that_reads_the_gates_in_another_order_is_told_which():
    parameters = network("lstm", 3, inputs=2)
    x = sequence(3, parameters)
    w, u, b = (getattr(parameters, name) for name in NAMES)
    theirs = students_forward(x, w, u, b, order="ifog")  # CS231n's order
    assert names(diagnose(parameters, x, {"hidden_state": theirs})) == {("block order", "i f o g")}


def test_a_students_step_with_a_transposed_matrix_is_told_which():
    parameters = network("lstm", 4, inputs=2)
    x = sequence(4, parameters)
    w, u, b = (getattr(parameters, name) for name in NAMES)
    turned = np.hstack([block.T for block in np.hsplit(u, 4)])
    diagnosis = diagnose(parameters, x, {"hidden_state": students_forward(x, w, turned, b)})
    assert names(diagnosis) == {("transposed", "recurrent_kernel")}
    assert diagnosis.departures[0].timestep == 1  # the first state is zero


def test_the_last_state_alone_is_enough():
    parameters = network("lstm", 5)
    x = sequence(5, parameters)
    w, u, b = (getattr(parameters, name) for name in NAMES)
    last = students_forward(x, w, u, 0 * b)[-1]
    theirs = named_signals(parameters, len(x), last)
    assert names(diagnose(parameters, x, theirs)) == {("bias", "missing")}


UPDATES = {
    "no output gate": lambda i, f, o, g, c: (f * c + i * g, np.tanh(f * c + i * g)),
    "no input gate": lambda i, f, o, g, c: (f * c + g, o * np.tanh(f * c + g)),
    "no forget gate": lambda i, f, o, g, c: (c + i * g, o * np.tanh(c + i * g)),
    "coupled gates": lambda i, f, o, g, c: (
        (1 - i) * c + i * g,
        o * np.tanh((1 - i) * c + i * g),
    ),
    "earlier cell state": lambda i, f, o, g, c: (f * c + i * g, o * np.tanh(c)),
}


@pytest.mark.parametrize("detail", UPDATES)
def test_a_students_step_with_another_update_is_told_which(detail: str):
    parameters = network("lstm", 9)
    x = sequence(9, parameters)
    w, u, b = (getattr(parameters, name) for name in NAMES)
    hidden, cell, outputs = np.zeros(3), np.zeros(3), []
    for row in x:
        i, f, g, o = np.split(row @ w + hidden @ u + b, 4)
        gates = (sigmoid(i), sigmoid(f), sigmoid(o), np.tanh(g))
        cell, hidden = UPDATES[detail](*gates, cell)
        outputs.append(hidden)
    theirs = {"hidden_state": np.array(outputs)}
    assert names(diagnose(parameters, x, theirs)) == {("update", detail)}


@pytest.mark.parametrize("timesteps", [2, 3])
def test_a_short_result_is_compared_timestep_by_timestep(timesteps: int):
    parameters = network("lstm", 10)
    trace = unroll(parameters, sequence(10, parameters, timesteps))
    theirs = trace.hidden_state.copy()
    theirs[0, 1] += 0.5
    (departure,) = diagnose_trace(trace, {"hidden_state": theirs}).departures
    assert (departure.timestep, departure.unit) == (0, 1)
    assert departure.ours == trace.hidden_state[0, 1]


def test_a_last_state_that_differs_departs_at_the_last_timestep():
    parameters = network("lstm", 11)
    trace = unroll(parameters, sequence(11, parameters))
    last = trace.hidden_state[-1] + [0, 0, 0.5]
    diagnosis = diagnose_trace(trace, named_signals(parameters, len(trace), last))
    (departure,) = diagnosis.departures
    assert (departure.timestep, departure.unit) == (len(trace) - 1, 2)


def test_a_start_that_was_left_out_is_told_though_only_one_state_of_it_is_not_zero():
    parameters = network("lstm", 12)
    x = sequence(12, parameters)
    begun = LSTMState(hidden_state=np.ones(3) / 2, cell_state=np.zeros(3))
    theirs = {"hidden_state": unroll(parameters, x).hidden_state}
    assert ("start", "zero") in names(diagnose(parameters, x, theirs, begun))


def test_which_gate_differs_is_seen_in_the_gates_side_by_side():
    parameters = network("lstm", 6)
    trace = unroll(parameters, sequence(6, parameters))
    gates = np.concatenate([trace.series(block) for block in parameters.blocks], axis=1)
    gates[2, 4] += 0.1  # the second unit of the forget gate
    diagnosis = diagnose_trace(trace, named_signals(parameters, len(trace), gates))
    assert diagnosis.explanations == ()
    (departure,) = diagnosis.departures
    assert (departure.signal, departure.timestep, departure.unit) == ("forget_gate", 2, 1)


def test_a_direction_from_the_end_to_the_start_is_examined_as_it_runs():
    parameters = network("lstm", 7)
    x = sequence(7, parameters)
    right = unroll(parameters, x, reverse=True)
    assert diagnose_trace(right, {"hidden_state": right.hidden_state}).agrees
    forwards = unroll(parameters, x).hidden_state
    assert ("time", "reversed") in names(diagnose_trace(right, {"hidden_state": forwards}))


def test_what_this_sequence_cannot_tell_apart_is_all_listed():
    parameters = network("lstm", 8)
    x = sequence(8, parameters, timesteps=1)
    zero = LSTMState(hidden_state=np.zeros(3), cell_state=np.zeros(3))
    theirs = np.zeros((1, 3))  # h before the update is zero, and so is o·tanh(c₋)
    told = names(diagnose(parameters, x, {"hidden_state": theirs}, zero))
    assert {("off by one", "before the update"), ("update", "earlier cell state")} <= told


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (np.zeros((7, 5)), "has the shape (7, 5): expected the hidden states (7, 3)"),
        (np.full((7, 3), np.nan), "is nan at timestep 0, column 0: expected finite numbers."),
    ],
)
def test_a_result_that_cannot_be_one_is_refused_in_one_sentence(values: np.ndarray, said: str):
    with pytest.raises(ResultError) as refused:
        named_signals(network("lstm", 9), 7, values)
    assert said in str(refused.value)
