"""One timestep: the identities that every right LSTM, GRU and standard RNN keeps."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from lstm_core import LSTMParameters, LSTMState, LSTMVariant, RNNParameters, step, vocabulary
from lstm_core.activations import activation

from .strategies import gru_parameters, lstm_parameters, rnn_parameters, runs, same


def first_step(run):
    parameters, inputs, initial = run
    return parameters, step(parameters, initial, inputs[..., 0, :])


@given(runs(lstm_parameters()))
def test_cell_state_is_what_was_retained_plus_what_was_written(run):
    parameters, now = first_step(run)
    same(now.cell_state, now.retained + now.written, parameters.dtype)


@given(runs(lstm_parameters()))
def test_retained_is_forget_gate_times_the_belt_before(run):
    _, _, initial = run
    parameters, now = first_step(run)
    same(now.retained, now.forget_gate * initial.cell_state, parameters.dtype)


@given(runs(lstm_parameters(plain=True)))
def test_hidden_state_is_what_the_output_gate_shows_of_the_belt(run):
    parameters, now = first_step(run)
    same(now.hidden_state, now.output_gate * np.tanh(now.cell_state), parameters.dtype)


@given(runs(lstm_parameters()))
def test_every_gate_is_its_activation_of_its_preactivation(run):
    parameters, now = first_step(run)
    functions = {"candidate": parameters.variant.activation}
    for k, name in enumerate(parameters.blocks):
        function = activation(functions.get(name, parameters.variant.recurrent_activation))
        same(getattr(now, name), function(now.preactivation[..., k, :]), parameters.dtype)


@given(runs(lstm_parameters(variant=LSTMVariant(forget="none"))))
def test_without_a_forget_gate_nothing_is_forgotten(run):
    _, _, initial = run
    parameters, now = first_step(run)
    assert np.all(now.forget_gate == 1)
    same(now.retained, initial.cell_state, parameters.dtype)


@given(runs(lstm_parameters(variant=LSTMVariant(forget="coupled"))))
def test_coupled_gates_forget_exactly_what_they_make_room_for(run):
    parameters, now = first_step(run)
    same(now.forget_gate + now.input_gate, np.ones_like(now.input_gate), parameters.dtype)


@given(runs(lstm_parameters(variant=LSTMVariant(clip=0.25))))
def test_clip_bounds_every_preactivation(run):
    _, now = first_step(run)
    assert np.abs(now.preactivation).max() <= 0.25


@given(runs(gru_parameters()))
def test_gru_hidden_state_is_what_was_retained_plus_what_was_written(run):
    parameters, now = first_step(run)
    same(now.hidden_state, now.retained + now.written, parameters.dtype)


@given(runs(rnn_parameters()))
def test_standard_rnn_is_one_layer_of_its_activation(run):
    parameters, now = first_step(run)
    expected = activation(parameters.activation)(now.preactivation[..., 0, :])
    same(now.hidden_state, expected, parameters.dtype)


@given(runs())
def test_a_step_keeps_the_parameters_dtype_and_records_every_signal_of_the_vocabulary(run):
    parameters, now = first_step(run)
    for signal in vocabulary(parameters.kind).signals:
        assert getattr(now, signal.name).dtype == parameters.dtype


def hand_made_lstm() -> LSTMParameters:
    """One unit, one input, and four blocks that cannot be taken for each other."""
    return LSTMParameters(
        kernel=np.array([[0.1, 0.2, 0.3, 0.4]]),
        recurrent_kernel=np.array([[-0.5, 0.6, -0.7, 0.8]]),
        bias=np.array([0.01, 0.02, 0.03, 0.04]),
    )


def test_one_timestep_computed_with_pencil_and_paper():
    x, h, c = 2.0, 0.5, -1.5
    sigmoid = lambda z: 1 / (1 + np.exp(-z))  # noqa: E731
    i = sigmoid(0.1 * x - 0.5 * h + 0.01)
    f = sigmoid(0.2 * x + 0.6 * h + 0.02)
    g = np.tanh(0.3 * x - 0.7 * h + 0.03)
    o = sigmoid(0.4 * x + 0.8 * h + 0.04)
    expected = f * c + i * g

    before = LSTMState(hidden_state=np.array([h]), cell_state=np.array([c]))
    now = step(hand_made_lstm(), before, np.array([x]))

    assert now.cell_state == pytest.approx([expected], abs=1e-15)
    assert now.hidden_state == pytest.approx([o * np.tanh(expected)], abs=1e-15)


@pytest.mark.parametrize(
    ("forget", "gates"),
    [
        ("gate", ["input_gate", "forget_gate", "output_gate"]),
        ("none", ["input_gate", "output_gate"]),
        ("coupled", ["input_gate", "output_gate"]),
    ],
)
def test_the_rows_of_the_peepholes_are_i_f_o(forget, gates):
    width = len(gates) + 1
    parameters = LSTMParameters(
        kernel=np.zeros((1, width)),
        recurrent_kernel=np.zeros((1, width)),
        bias=np.zeros(width),
        peephole=np.arange(1.0, width)[:, np.newaxis],
        variant=LSTMVariant(forget=forget),
    )
    before = LSTMState(hidden_state=np.zeros(1), cell_state=np.array([0.5]))
    now = step(parameters, before, np.zeros(1))
    for k, gate in enumerate(gates):
        seen = now.cell_state if gate == "output_gate" else before.cell_state
        assert parameters.peepholes()[gate] == k + 1
        assert getattr(now, gate) == pytest.approx(1 / (1 + np.exp(-(k + 1) * seen)))


def test_gates_saturate_without_overflow():
    parameters = hand_made_lstm().replace(bias=np.array([1e4, -1e4, 1e4, 1e4]))
    now = step(parameters, parameters.initial_state(), np.array([1.0]))
    np.testing.assert_array_equal([now.input_gate, now.forget_gate, now.candidate], [[1], [0], [1]])


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"bias": np.zeros(5)}, r"bias is \(5,\): expected \(4,\)"),
        (
            {"recurrent_kernel": np.zeros((2, 4))},
            r"recurrent_kernel is \(2, 4\): expected \(1, 4\)",
        ),
        ({"kernel": np.zeros((1, 6))}, r"kernel is \(1, 6\): expected \(input_size, 4 \* hidden"),
        ({"kernel": np.zeros((0, 4))}, r"kernel is \(0, 4\): expected"),
        ({"bias": np.zeros(4, np.float32)}, "bias is float32: expected .* the same for all"),
        ({"peephole": np.zeros((2, 1))}, r"peephole is \(2, 1\): expected \(3, 1\)"),
    ],
)
def test_parameters_that_do_not_fit_are_named(change, sentence):
    with pytest.raises(ValueError, match=sentence):
        hand_made_lstm().replace(**change)


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ({"forget": "maybe"}, "forget is 'maybe': expected gate, none or coupled"),
        ({"activation": "swish"}, "activation is 'swish': expected one of sigmoid, tanh"),
        ({"clip": 0.0}, "clip is 0.0: expected a positive number"),
    ],
)
def test_words_that_name_no_variant_are_refused(word, sentence):
    with pytest.raises(ValueError, match=sentence):
        LSTMVariant(**word)


def test_parameters_are_values():
    own = np.ones((1, 1))
    parameters = RNNParameters(kernel=own, recurrent_kernel=own.copy(), bias=np.zeros(1))
    with pytest.raises(ValueError, match="read-only"):
        parameters.kernel[0, 0] = 2
    with pytest.raises(AttributeError):
        setattr(parameters, "bias", np.zeros(2))  # noqa: B010 (mypy knows it cannot be done)
    own[0, 0] = 3  # the caller's own array stays the caller's
