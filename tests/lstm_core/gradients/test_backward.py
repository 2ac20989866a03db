"""Back through time: gradients are the slopes of the loss, for every cell and every option."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lstm_core import (
    Clamp,
    GRUParameters,
    LSTMParameters,
    LSTMState,
    RNNParameters,
    unroll,
)
from lstm_core.activations import activation
from lstm_core.gradients import backward

from ..slopes import SHIFT, assert_derivatives, slope_along
from ..strategies import cell_parameters, clamps, draw_state, draw_weights, seeds

NEAR_A_KINK = 1e-3
KINKS = {"relu": (0.0,), "hard_sigmoid(0.2, 0.5)": (-2.5, 2.5)}
KINKS["hard_sigmoid(0.16666666666666666, 0.5)"] = (-3.0, 3.0)


class Loss:
    """A random linear loss over every hidden state, every write and the final state of a run."""

    def __init__(
        self,
        parameters: Any,
        seed: int,
        lengths: Any,
        reverse: bool,
        clamps: Any = (),
    ):
        rng = np.random.default_rng(seed)
        leading = (3,) if lengths is None else lengths.shape
        shape = (*leading, 6)
        self.lengths, self.reverse, self.clamps = lengths, reverse, clamps
        self.inputs = draw_weights(rng, (*shape, parameters.input_size), np.float64)
        self.initial = draw_state(parameters, leading, rng)
        self.d_hidden = draw_weights(rng, (*shape, parameters.output_size), np.float64)
        self.d_final = draw_state(parameters, leading, rng)
        writes = draw_weights(rng, (*shape, parameters.hidden_size), np.float64)
        self.d_written = None if parameters.kind == "rnn" or clamps else writes

    def run(self, parameters: Any, inputs: Any = None, initial: Any = None) -> Any:
        inputs = self.inputs if inputs is None else inputs
        initial = self.initial if initial is None else initial
        return unroll(parameters, inputs, initial, self.lengths, self.reverse, self.clamps)

    def __call__(self, *arguments: Any) -> float:
        trace = self.run(*arguments)
        value = np.vdot(trace.hidden_state, self.d_hidden)
        if self.d_written is not None:
            value += np.vdot(trace.written, self.d_written)
        for name, d in vars(self.d_final).items():
            value += np.vdot(getattr(trace.final_state, name), d)
        return float(value)

    def gradients(self, parameters: Any) -> Any:
        return backward(self.run(parameters), self.d_hidden, self.d_final, self.d_written)


def smooth(parameters: Any, trace: Any, steepest: float = 1.0) -> bool:
    """Whether no preactivation stands where its function has a kink and so two slopes.

    Nor so near that the referee's shift could take it there, in a run as steep as that.
    """
    variant = getattr(parameters, "variant", parameters)
    kinks = {variant.clip, -variant.clip} if variant.clip else set()
    for field in ("recurrent_activation", "activation", "output_activation"):
        kinks |= set(KINKS.get(getattr(variant, field, ""), ()))
    series = [trace.preactivation, *([trace.cell_state] if parameters.kind == "lstm" else [])]
    gaps = [np.abs(np.abs(s[s != 0]) - abs(kink)) for s in series for kink in kinks]
    free = [g[g > 0] for g in gaps]  # what clip holds stands exactly at its bound
    near = max(NEAR_A_KINK, 100 * SHIFT * steepest)
    return all(np.min(g, initial=1.0) > near for g in free)


def largest(found: Any) -> float:
    return max(1.0, *(np.abs(w).max() for w in found.parameters.weights().values()))


def assert_gradients(parameters: Any, loss: Loss, found: Any) -> None:
    """Each gradient to 1e-6 of the largest: differences of a loss have no finer grain."""
    weights, state = sorted(parameters.weights()), sorted(vars(loss.initial))

    def moved(at: Any) -> float:
        initial = dataclasses.replace(loss.initial, **{name: at[name] for name in state})
        return loss(parameters.replace(**{name: at[name] for name in weights}), at["x"], initial)

    assert_derivatives(
        {
            "x": found.inputs,
            **of_names(found.parameters, weights),
            **of_names(found.initial, state),
        },
        moved,
        {"x": loss.inputs, **of_names(parameters, weights), **of_names(loss.initial, state)},
        largest(found),
    )


def of_names(values: Any, names: list[str]) -> dict[str, np.ndarray]:
    return {name: getattr(values, name) for name in names}


@settings(max_examples=40)
@given(cell_parameters(), seeds, st.booleans(), st.booleans())
def test_every_gradient_is_the_slope_of_the_loss(parameters, seed, ragged, reverse):
    lengths = np.array([[6, 0], [3, 5]]) if ragged else None
    parameters = parameters.astype(np.float64)
    loss = Loss(parameters, seed, lengths, reverse)
    found = loss.gradients(parameters)
    assume(smooth(parameters, loss.run(parameters), largest(found)))
    assert_gradients(parameters, loss, found)


@settings(max_examples=40)
@given(st.data(), cell_parameters(), seeds, st.booleans(), st.booleans())
def test_where_a_signal_is_held_gradients_are_the_slope_of_the_loss_too(
    data, parameters, seed, ragged, reverse
):
    lengths = np.array([[6, 0], [3, 5]]) if ragged else None
    parameters = parameters.astype(np.float64)
    loss = Loss(parameters, seed, lengths, reverse, data.draw(clamps(parameters, 6)))
    found = loss.gradients(parameters)
    assume(smooth(parameters, loss.run(parameters), largest(found)))
    assert_gradients(parameters, loss, found)


def test_a_gradient_that_explodes_is_the_slope_of_the_loss_too():
    rng = np.random.default_rng(226)
    parameters = GRUParameters(
        kernel=rng.normal(0, 0.7, (5, 15)),
        recurrent_kernel=rng.normal(0, 0.7, (5, 15)),
        bias=rng.normal(0, 0.7, 15),
        recurrent_activation="tanh",
    )
    loss = Loss(parameters, 7, None, True)
    found = loss.gradients(parameters)
    assert largest(found) > 500
    assert_gradients(parameters, loss, found)


@pytest.mark.parametrize(
    "spelling",
    [
        *("sigmoid", "tanh", "relu", "identity", "softsign", "softplus", "hard_sigmoid"),
        *("affine(0.7, 0.1)", "scaled_tanh(1.7, 0.6)", "leaky_relu(0.2)", "elu(1.5)"),
        "thresholded_relu(0.5)",
    ],
)
def test_every_activation_has_the_slope_it_says(spelling):
    function = activation(spelling)
    z = np.linspace(-4.03, 4.01, 201)  # no kink of any of them is on the grid
    expected = slope_along(function, z, np.ones_like(z))
    np.testing.assert_allclose(function.derivative(z, function(z)), expected, rtol=0, atol=1e-8)


@given(cell_parameters(), seeds)
def test_gradients_of_a_batch_are_the_sum_of_its_sequences(parameters, seed):
    parameters = parameters.astype(np.float64)
    loss = Loss(parameters, seed, None, False)
    whole = loss.gradients(parameters)
    alone = [
        backward(
            unroll(parameters, loss.inputs[k], pick(loss.initial, k)),
            loss.d_hidden[k],
            pick(loss.d_final, k),
            None if loss.d_written is None else loss.d_written[k],
        )
        for k in range(3)
    ]
    for name, expected in whole.parameters.weights().items():
        parts = sum(getattr(gradients.parameters, name) for gradients in alone)
        np.testing.assert_allclose(parts, expected, rtol=1e-10, atol=1e-10)
    np.testing.assert_allclose(
        np.stack([gradients.inputs for gradients in alone]), whole.inputs, rtol=1e-10, atol=1e-12
    )


def pick(state: Any, k: int) -> Any:
    return type(state)(**{name: values[k] for name, values in vars(state).items()})


@given(cell_parameters(), seeds, st.booleans())
def test_padding_teaches_nothing_whatever_stands_there(parameters, seed, reverse):
    parameters = parameters.astype(np.float64)
    loss = Loss(parameters, seed, np.array([4, 0, 6]), reverse)
    clean = loss.gradients(parameters)
    outside = np.arange(6) >= loss.lengths[:, np.newaxis]
    loss.d_hidden[outside] = np.nan
    loss.inputs[outside] = 1e6
    dirty = loss.gradients(parameters)
    for name, expected in clean.parameters.weights().items():
        np.testing.assert_allclose(getattr(dirty.parameters, name), expected, rtol=1e-12)
    assert not dirty.inputs[outside].any()


@given(cell_parameters(), seeds)
def test_the_gradient_of_a_state_is_the_initial_gradient_of_the_rest(parameters, seed):
    parameters = parameters.astype(np.float64)
    loss = Loss(parameters, seed, None, False)
    found, trace, cut = loss.gradients(parameters), loss.run(parameters), 3
    rest = unroll(parameters, loss.inputs[:, cut:], trace[cut].previous)
    d_written = None if loss.d_written is None else loss.d_written[:, cut:]
    later = backward(rest, loss.d_hidden[:, cut:], loss.d_final, d_written)
    own = loss.d_hidden[:, cut - 1]
    np.testing.assert_allclose(
        found.hidden_state[:, cut - 1], later.initial.hidden_state + own, rtol=1e-9, atol=1e-12
    )


@given(cell_parameters(), seeds)
def test_gradients_keep_the_parameters_type_shape_and_dtype(parameters, seed):
    loss = Loss(parameters, seed, None, False)
    found = loss.gradients(parameters)
    assert type(found.parameters) is type(parameters)
    for name, weights in parameters.weights().items():
        gradient = getattr(found.parameters, name)
        assert (gradient.shape, gradient.dtype) == (weights.shape, weights.dtype)
    assert found.inputs.shape == loss.inputs.shape
    assert found.hidden_state.shape == loss.d_hidden.shape


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"d_hidden": np.zeros((5, 3))}, r"d_hidden is \(5, 3\): expected \(5, 2\)"),
        (
            {"d_final": LSTMState(hidden_state=np.zeros(2), cell_state=np.zeros(3))},
            r"d_final.cell_state is \(3,\): expected \(2,\)",
        ),
    ],
)
def test_a_gradient_of_another_shape_is_named(arguments, sentence):
    parameters = LSTMParameters(
        kernel=np.ones((1, 8)), recurrent_kernel=np.ones((2, 8)), bias=np.ones(8)
    )
    trace = unroll(parameters, np.zeros((5, 1)))
    with pytest.raises(ValueError, match=sentence):
        backward(trace, **{"d_hidden": np.zeros((5, 2)), **arguments})


def test_a_projection_learns_nothing_from_the_outputs_that_are_held():
    rng = np.random.default_rng(0)
    parameters = LSTMParameters(
        kernel=rng.normal(size=(2, 12)),
        recurrent_kernel=rng.normal(size=(2, 12)),
        bias=rng.normal(size=12),
        projection=rng.normal(size=(3, 2)),
    )
    held = Clamp(signal="hidden_state", value=0.5, units=(0,))
    trace = unroll(parameters, rng.normal(size=(6, 2)), interventions=(held,))
    found = backward(trace, rng.normal(size=(6, 2))).parameters.projection
    assert np.all(found[:, 0] == 0)
    assert np.all(found[:, 1] != 0)


def test_a_gradient_by_what_is_written_wants_a_run_without_interventions():
    parameters = LSTMParameters(
        kernel=np.ones((1, 4)), recurrent_kernel=np.ones((1, 4)), bias=np.zeros(4)
    )
    held = Clamp(signal="forget_gate", value=0.0)
    trace = unroll(parameters, np.ones((5, 1)), interventions=(held,))
    d_hidden = np.ones_like(trace.hidden_state)
    with pytest.raises(ValueError, match="the run has interventions"):
        backward(trace, d_hidden, d_written=d_hidden)


def test_a_standard_rnn_has_no_gradient_by_what_is_written():
    parameters = RNNParameters(
        kernel=np.ones((1, 1)), recurrent_kernel=np.ones((1, 1)), bias=np.zeros(1)
    )
    trace = unroll(parameters, np.ones((5, 1)))
    d_hidden = np.ones_like(trace.hidden_state)
    with pytest.raises(ValueError, match="Standard RNN has no written"):
        backward(trace, d_hidden, d_written=d_hidden)
