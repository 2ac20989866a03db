"""A run: the fast path is the definition, repeated; a trace is a step with a time axis."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core import RNNParameters, State, step, unroll, vocabulary
from lstm_core.activations import activation
from tests.lstm_core.strategies import cell_parameters, draw_state, draw_weights, runs, same, seeds


def signals_of(parameters):
    return [signal.name for signal in vocabulary(parameters.kind).signals] + ["preactivation"]


@pytest.mark.slow
@settings(max_examples=150)
@given(runs())
def test_every_timestep_of_a_run_is_a_step_from_where_it_starts(run):
    """With the test below: unroll is step repeated, also where small differences would grow."""
    parameters, inputs, initial = run
    trace = unroll(parameters, inputs, initial)
    for t in range(inputs.shape[-2]):
        now = step(parameters, trace[t].previous, inputs[..., t, :])
        for name in signals_of(parameters):
            same(getattr(trace[t], name), getattr(now, name), parameters.dtype, slack=4)


@given(runs())
def test_every_step_of_a_trace_starts_where_the_one_before_ended(run):
    parameters, inputs, initial = run
    trace = unroll(parameters, inputs, initial)
    assert np.array_equal(trace[0].previous.hidden_state, initial.hidden_state)
    for before, now in zip(trace, list(trace)[1:], strict=False):
        assert np.array_equal(now.previous.hidden_state, before.hidden_state)
    last = trace[-1].state if inputs.shape[-2] else initial
    assert np.array_equal(trace.final_state.hidden_state, last.hidden_state)


@given(runs(), st.data())
def test_a_run_may_be_cut_anywhere_and_continued(run, data):
    parameters, inputs, initial = run
    cut = data.draw(st.integers(0, inputs.shape[-2]))
    whole = unroll(parameters, inputs, initial)
    first = unroll(parameters, inputs[..., :cut, :], initial)
    second = unroll(parameters, inputs[..., cut:, :], first.final_state)
    joined = np.concatenate([first.hidden_state, second.hidden_state], axis=-2)
    same(joined, whole.hidden_state, parameters.dtype, slack=4)


@given(runs())
def test_a_batch_is_its_sequences_run_one_by_one(run):
    parameters, inputs, initial = run
    trace = unroll(parameters, inputs, initial)
    for at in np.ndindex(*inputs.shape[:-2]):
        state = type(initial)(**{k: v[at] for k, v in vars(initial).items()})
        alone = unroll(parameters, inputs[at], state)
        same(alone.hidden_state, trace.hidden_state[at], parameters.dtype, slack=4)


@given(cell_parameters(), seeds, st.booleans())
def test_ragged_sequences_run_as_if_each_were_alone(parameters, seed, reverse):
    rng = np.random.default_rng(seed)
    lengths = rng.integers(0, 8, (2, 3))
    inputs = draw_weights(rng, (2, 3, 7, parameters.input_size), parameters.dtype)
    initial = draw_state(parameters, (2, 3), rng)
    trace = unroll(parameters, inputs, initial, lengths, reverse)
    for at in np.ndindex(2, 3):
        state = type(initial)(**{k: v[at] for k, v in vars(initial).items()})
        alone = unroll(parameters, inputs[at][: lengths[at]], state, reverse=reverse)
        for name in signals_of(parameters):
            series = getattr(trace, name)[at]
            same(series[: lengths[at]], getattr(alone, name), parameters.dtype, slack=8)
            if name not in ("retained", "written"):
                assert not series[lengths[at] :].any()
        final = trace.final_state.hidden_state[at]
        same(final, alone.final_state.hidden_state, parameters.dtype, slack=8)


def test_a_short_sequence_that_blows_up_in_its_padding_leaves_no_trace_of_it():
    growing = RNNParameters(
        kernel=np.ones((1, 1), np.float32),
        recurrent_kernel=np.full((1, 1), 1e12, np.float32),
        bias=np.zeros(1, np.float32),
        activation="relu",
    )
    inputs = np.array([np.zeros(5), np.ones(5)])[..., np.newaxis]
    trace = unroll(growing, inputs, lengths=np.array([5, 1]))  # a warning would be an error here
    assert trace.hidden_state[:, :, 0].tolist() == [[0, 0, 0, 0, 0], [1, 0, 0, 0, 0]]
    assert trace.final_state.hidden_state[:, 0].tolist() == [0, 1]


@given(runs())
def test_the_reverse_direction_is_the_mirrored_sequence_mirrored_back(run):
    parameters, inputs, initial = run
    backward = unroll(parameters, inputs, initial, reverse=True)
    mirrored = unroll(parameters, inputs[..., ::-1, :].copy(), initial)
    for name in signals_of(parameters):
        axis = inputs.ndim - 2
        same(getattr(backward, name), np.flip(getattr(mirrored, name), axis), parameters.dtype)
    assert np.array_equal(backward[-1].previous.hidden_state, initial.hidden_state)


@given(cell_parameters())
def test_a_run_of_no_timesteps_ends_where_it_began(parameters):
    trace = unroll(parameters, np.zeros((0, parameters.input_size)))
    assert len(trace) == 0
    assert not trace.final_state.hidden_state.any()


@given(runs())
def test_a_trace_reads_by_timestep_and_by_name(run):
    parameters, inputs, initial = run
    trace = unroll(parameters, inputs, initial)
    assert len(list(trace)) == len(trace) == inputs.shape[-2]
    for signal in trace.vocabulary.signals:
        series = trace.series(signal.name)
        assert np.array_equal(series[..., -1, :], getattr(trace[-1], signal.name))
    with pytest.raises(IndexError, match="timestep is"):
        trace[len(trace)]
    with pytest.raises(ValueError, match="signal is 'remember_gate'"):
        trace.series("remember_gate")


@given(runs())
def test_a_trace_cannot_be_changed(run):
    trace = unroll(*run)
    with pytest.raises(ValueError, match="read-only"):
        trace.hidden_state[...] = 0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"inputs": np.zeros((5, 4))}, r"inputs are \(5, 4\): expected \(..., timesteps, 3\)"),
        ({"inputs": np.zeros(3)}, r"inputs are \(3,\): expected"),
        ({"lengths": np.array([1, 2])}, r"lengths are int64 \(2,\): expected integers \(\)"),
        ({"lengths": np.array(6)}, r"lengths reach from 6 to 6: expected 0..5"),
        ({"lengths": np.array(-1)}, r"lengths reach from -1 to -1: expected 0..5"),
        ({"lengths": np.array(1.5)}, r"lengths are float64"),
        ({"initial": State(hidden_state=np.zeros(3))}, r"initial hidden_state is \(3,\): expect"),
    ],
)
def test_what_does_not_fit_is_named(arguments, sentence):
    parameters = RNNParameters(
        kernel=np.ones((3, 2)), recurrent_kernel=np.ones((2, 2)), bias=np.ones(2)
    )
    with pytest.raises(ValueError, match=sentence):
        unroll(parameters, **{"inputs": np.zeros((5, 3)), **arguments})


@given(runs())
def test_a_state_has_as_many_numbers_as_the_cell_carries_on(run):
    trace = unroll(*run)
    carried = sum(array.shape[-1] for array in trace.final_state.arrays().values())
    assert carried == trace.parameters.state_size


@given(runs())
def test_what_lies_between_the_signals_leads_from_one_to_the_next(run):
    trace = unroll(*run)
    between, at = trace.intermediates(slice(1, 4)), (..., slice(1, 4), slice(None))
    if trace.kind == "lstm" and trace.parameters.projection is None:
        shown = trace.output_gate[at] * between["squashed"]
        same(shown, trace.hidden_state[at], trace.parameters.dtype)
    if trace.kind == "rnn":
        squash = activation(trace.parameters.activation)
        same(squash(between["preactivation"]), trace.hidden_state[at], trace.parameters.dtype)


@given(cell_parameters())
def test_the_options_of_a_cell_spell_its_activations_and_say_which_weights_it_has(parameters):
    options = parameters.options()
    for name, value in options.items():
        if name.endswith("activation"):
            assert activation(value)(np.zeros(1)).shape == (1,)
        elif name in ("peephole", "projection"):
            assert value == (name in parameters.weights())
    assert options.get("reset_after", False) == ("recurrent_bias" in parameters.weights())
