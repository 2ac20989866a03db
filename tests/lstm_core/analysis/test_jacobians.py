"""Jacobians: differences in float64 are the referee, for every cell and every option."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lstm_core import RNNParameters, State, unroll
from lstm_core.activations import activation
from lstm_core.analysis.jacobians import jacobians_between, largest_singular_values, step_jacobians

from ..gradients.test_backward import smooth
from ..slopes import assert_derivative
from ..strategies import cell_parameters, draw_state, draw_weights, seeds

T = 6


class Run:
    """A cell over one sequence, in either direction, that can be begun again at any timestep."""

    def __init__(self, parameters: Any, seed: int, reverse: bool):
        rng = np.random.default_rng(seed)
        self.parameters, self.reverse = parameters, reverse
        self.inputs = draw_weights(rng, (T, parameters.input_size), parameters.dtype)  # as read
        self.trace = unroll(
            parameters,
            self.inputs[::-1] if reverse else self.inputs,
            draw_state(parameters, (), rng),
            reverse=reverse,
        )

    def own(self, k: int) -> int:
        """The sequence's own name of the k-th timestep that was read."""
        return T - 1 - k if self.reverse else k

    def state(self, k: int) -> Any:
        return self.trace[self.own(k)].state

    def later(self, state: Any, s: int, t: int) -> np.ndarray:
        """[h_t, c_t] of the run that goes on after timestep s from `state`."""
        end = unroll(self.parameters, self.inputs[s + 1 : t + 1], state).final_state
        return flat(end)

    def later_of_belt(self, cell_state: np.ndarray, s: int, t: int) -> np.ndarray:
        """[h_t, c_t] where the cell state at s is another one, and so is the h_s that it makes."""
        p, before = self.parameters, self.trace[self.own(s)].previous.hidden_state
        width = -p.hidden_size
        z = self.inputs[s] @ p.kernel[:, width:] + before @ p.recurrent_kernel[:, width:]
        z = z + p.bias[width:] + p.peepholes().get("output_gate", 0) * cell_state
        bound = p.variant.clip or np.inf
        o = activation(p.variant.recurrent_activation)(np.clip(z, -bound, bound))
        h = o * activation(p.variant.output_activation)(cell_state)
        h = h if p.projection is None else h @ p.projection
        return self.later(type(self.state(s))(hidden_state=h, cell_state=cell_state), s, t)

    def later_of_input(self, x: np.ndarray, s: int, t: int) -> np.ndarray:
        inputs = self.inputs[s : t + 1].copy()
        inputs[0] = x
        return flat(unroll(self.parameters, inputs, self.trace[self.own(s)].previous).final_state)


def flat(state: Any) -> np.ndarray:
    return np.concatenate(list(vars(state).values()), axis=-1)


def one_below_the_other(of_hidden: Any, of_cell: Any) -> np.ndarray:
    return of_hidden if of_cell is None else np.concatenate([of_hidden, of_cell])


@pytest.mark.slow
@settings(max_examples=50)
@given(cell_parameters(), seeds, st.booleans(), st.sampled_from([(5, 5), (5, 4), (4, 1), (5, 0)]))
def test_every_derivative_between_two_timesteps_is_a_slope(parameters, seed, reverse, ends):
    run = Run(parameters.astype(np.float64), seed, reverse)
    assume(smooth(run.parameters, run.trace))
    (t, s), state = ends, run.state(ends[1])
    found = jacobians_between(run.trace, run.own(t), run.own(s))
    by_input = one_below_the_other(found.hidden_by_input, found.cell_by_input)
    assert_derivative(by_input, lambda x: run.later_of_input(x, s, t), run.inputs[s])
    begun = lambda h: run.later(dataclasses.replace(state, hidden_state=h), s, t)  # noqa: E731
    by_hidden = one_below_the_other(found.hidden_by_hidden, found.cell_by_hidden)
    assert_derivative(by_hidden, begun, state.hidden_state)
    if run.parameters.kind == "lstm":
        by_cell = one_below_the_other(found.hidden_by_cell, found.cell_by_cell)
        assert_derivative(by_cell, lambda c: run.later_of_belt(c, s, t), state.cell_state)
    else:
        assert found.cell_by_cell is found.hidden_by_cell is found.cell_by_input is None


@pytest.mark.slow
@settings(max_examples=50)
@given(cell_parameters(), seeds, st.booleans())
def test_each_step_jacobian_is_the_slope_of_one_step(parameters, seed, reverse):
    run = Run(parameters.astype(np.float64), seed, reverse)
    assume(smooth(run.parameters, run.trace))
    found = step_jacobians(run.trace)
    for k in range(1, T):
        before = run.state(k - 1)
        sizes = np.cumsum([len(part) for part in vars(before).values()])[:-1]

        def after(values: np.ndarray, k: int = k, before: Any = before, sizes: Any = sizes) -> Any:
            parts = zip(vars(before), np.split(values, sizes), strict=True)
            return run.later(type(before)(**dict(parts)), k - 1, k)

        assert_derivative(found[k], after, flat(before))


@settings(max_examples=25)
@given(cell_parameters(), seeds, st.booleans())
def test_step_jacobians_in_a_row_are_the_jacobian_between(parameters, seed, reverse):
    run = Run(parameters.astype(np.float64), seed, reverse)
    steps = step_jacobians(run.trace)
    product = np.linalg.multi_dot([steps[4], steps[3], steps[2]])
    found = jacobians_between(run.trace, run.own(4), run.own(1))
    size = run.parameters.output_size
    whole = [found.hidden_by_hidden]
    if run.parameters.kind == "lstm":
        whole.append(found.cell_by_hidden)
    np.testing.assert_allclose(np.concatenate(whole), product[:, :size], rtol=1e-9, atol=1e-12)


@settings(max_examples=25)
@given(cell_parameters(), seeds, st.booleans())
def test_a_state_depends_on_itself_as_the_identity(parameters, seed, reverse):
    run = Run(parameters, seed, reverse)
    found = jacobians_between(run.trace, 3, 3)
    np.testing.assert_array_equal(found.hidden_by_hidden, np.eye(parameters.output_size))
    if parameters.kind == "lstm":
        np.testing.assert_array_equal(found.cell_by_cell, np.eye(parameters.hidden_size))
        assert not found.cell_by_hidden.any()


@settings(max_examples=25)
@given(cell_parameters(), seeds, st.booleans())
def test_the_largest_singular_value_is_the_spectral_norm(parameters, seed, reverse):
    run = Run(parameters, seed, reverse)
    found = largest_singular_values(run.trace)
    expected = np.linalg.norm(step_jacobians(run.trace), ord=2, axis=(1, 2))
    np.testing.assert_allclose(
        found, expected[::-1] if reverse else expected, rtol=1e-10, atol=1e-14
    )
    last = found[:2] if reverse else found[-2:]
    np.testing.assert_array_equal(largest_singular_values(run.trace, last=2), last)


@settings(max_examples=25)
@given(cell_parameters(), seeds, st.booleans())
def test_padding_is_no_timestep(parameters, seed, reverse):
    run = Run(parameters, seed, False)
    padded = np.concatenate([run.inputs, np.full((3, parameters.input_size), 9.0)])
    alone = unroll(parameters, run.inputs, reverse=reverse)
    among = unroll(parameters, padded, lengths=np.array(T), reverse=reverse)
    np.testing.assert_allclose(step_jacobians(among), step_jacobians(alone), rtol=1e-4, atol=1e-6)
    with pytest.raises(IndexError, match=f"timestep is {T}: expected 0..{T - 1}"):
        jacobians_between(among, T, 0)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_what_clip_holds_does_not_move(dtype):
    parameters = RNNParameters(
        kernel=np.full((1, 2), 9, dtype),
        recurrent_kernel=np.ones((2, 2), dtype),
        bias=np.zeros(2, dtype),
        clip=0.7,
    )
    trace = unroll(parameters, np.ones((5, 1)))
    assert not step_jacobians(trace).any()
    assert not largest_singular_values(trace).any()


def test_an_eigenvalue_above_one_explodes_and_below_one_vanishes():
    def state_after(rate: float, lag: int) -> float:
        parameters = RNNParameters(
            kernel=np.ones((1, 1)),
            recurrent_kernel=np.full((1, 1), rate),
            bias=np.zeros(1),
            activation="identity",
        )
        trace = unroll(parameters, np.zeros((lag + 1, 1)), State(hidden_state=np.ones(1)))
        return float(jacobians_between(trace, lag, 0).hidden_by_hidden[0, 0])

    assert state_after(1.5, 40) == pytest.approx(1.5**40)
    assert state_after(0.5, 40) == pytest.approx(0.5**40)
    assert state_after(0.1, 400) == 0


@pytest.mark.parametrize(
    ("timesteps", "error", "sentence"),
    [
        ((2, 4), ValueError, "timestep 4 was read after timestep 2: expected one read before it"),
        ((6, 0), IndexError, "timestep is 6: expected 0..5"),
        ((3, -1), IndexError, "timestep is -1: expected 0..5"),
    ],
)
def test_timesteps_that_cannot_be_asked_are_named(timesteps, error, sentence):
    parameters = RNNParameters(
        kernel=np.ones((1, 2)), recurrent_kernel=np.ones((2, 2)), bias=np.zeros(2)
    )
    with pytest.raises(error, match=sentence):
        jacobians_between(unroll(parameters, np.ones((T, 1))), *timesteps)


def test_a_batch_is_refused():
    parameters = RNNParameters(
        kernel=np.ones((1, 2)), recurrent_kernel=np.ones((2, 2)), bias=np.zeros(2)
    )
    with pytest.raises(ValueError, match=r"input is \(3, 6, 1\): expected \(timesteps, inputs\)"):
        step_jacobians(unroll(parameters, np.ones((3, T, 1))))
