"""Recall: what is in the state is found, what is not is not, and nothing is flattered."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core import LSTMParameters, unroll
from lstm_core.analysis import recall
from lstm_core.analysis.recall import belief, memory_states, recall_by_lag
from lstm_core.training import initial_gru, initial_rnn

from ..strategies import seeds

N, T, S = 240, 12, 5


class Runs:
    """States of N sequences; the symbol read at each cue stays in them for `kept` timesteps."""

    def __init__(self, seed: int, kept: int = T, classes: int = 2, noise: float = 0.1):
        rng = np.random.default_rng(seed)
        self.values: Any = rng.integers(0, classes, N)
        self.cues = rng.integers(0, 4, N)
        self.lengths = rng.integers(9, T + 1, N)
        directions = rng.normal(0, 1, (classes, S))
        lag = np.arange(T) - self.cues[:, np.newaxis]
        inside = ((lag >= 0) & (lag < kept))[..., np.newaxis]
        self.states = rng.normal(0, noise, (N, T, S)) + inside * directions[self.values][:, None]
        self.states[np.arange(T) >= self.lengths[:, np.newaxis]] = np.nan  # never to be looked at

    def recall(self, **changes: Any) -> Any:
        given = {"lags": range(8), **vars(self), **changes}
        return recall_by_lag(**given)


@settings(max_examples=10)
@given(seeds, st.integers(2, 4))
def test_what_stands_in_the_state_linearly_is_known_perfectly(seed, classes):
    runs = Runs(seed, classes=classes, noise=1e-3)
    found = runs.recall()
    assert found.measure == "accuracy"
    np.testing.assert_array_equal(found.score, 1)
    assert found.probe.labels == tuple(range(classes))
    assert np.all((found.standard_error > 0) & (found.standard_error < 0.02))


@settings(max_examples=10)
@given(seeds)
def test_a_linear_memory_of_a_number_is_known_perfectly(seed):
    runs = Runs(seed)
    values = np.random.default_rng(seed).uniform(0, 1, N)
    states = np.ones((N, T, 1)) * values[:, None, None] * np.arange(1, S + 1) + 7
    found = runs.recall(states=states, values=values)
    assert found.measure == "r2"
    np.testing.assert_allclose(found.score, 1, atol=1e-6)
    np.testing.assert_array_equal(found.chance, 0)
    told = belief(found.probe, states[0], int(runs.cues[0]))
    assert told.shape == (T, 1)
    np.testing.assert_allclose(told[runs.cues[0] + 3], values[0], atol=1e-3)


def test_noise_and_shuffled_labels_are_told_at_chance_however_many_numbers_there_are():
    rng = np.random.default_rng(5)
    noise = Runs(0).recall(states=rng.normal(0, 1, (N, T, 100)))
    runs = Runs(1)
    shuffled = runs.recall(values=rng.permutation(runs.values))
    number = runs.recall(values=rng.normal(0, 1, N))
    for found in (noise, shuffled):
        apart = (found.score - 0.5) / found.standard_error
        assert np.abs(apart).max() < 3.5
        assert abs(apart.mean()) < 2
        assert np.all(np.abs(found.chance - 0.5) < 0.15)
    assert number.score.max() < 0.1


def test_what_is_wiped_after_some_timesteps_is_forgotten_from_there_on():
    found = Runs(2, kept=3).recall()
    assert np.all(found.score[:3] > 0.95)
    assert np.all(found.score[3:] < 0.65)


def test_an_error_bar_is_as_wide_as_scores_scatter():
    noise = np.random.default_rng(3)
    for values in (noise.integers(0, 2, N), noise.normal(0, 1, N)):
        scores, errors = [], []
        for seed in range(40):
            told = values[:, None, None] + noise.normal(0, 1.5, (N, T, S))
            found = Runs(seed).recall(states=told, values=values, lags=[0], seed=seed)
            scores.append(found.score[0])
            errors.append(found.standard_error[0])
        assert 0.6 < np.mean(errors) / np.std(scores) < 1.7


def test_what_is_read_after_the_end_is_not_looked_at_and_short_sequences_drop_out():
    runs = Runs(4)
    found = runs.recall(lags=[0, 8, 11, 30])
    reaching = [(runs.cues + lag < runs.lengths).sum() for lag in found.lags]
    assert found.tested[0] == N // 2
    assert all(tested <= reach for tested, reach in zip(found.tested, reaching, strict=True))
    assert np.isfinite(found.score[:2]).all()
    assert np.isnan(found.score[3])
    assert found.tested[3] == 0
    assert 30 not in found.probe.lags


def test_one_class_left_at_a_lag_is_nothing_to_tell():
    runs = Runs(6)
    long = runs.values == 1
    found = runs.recall(lengths=np.where(long, 9, runs.cues + 3), lags=[1, 4])
    assert np.isfinite(found.score[0])
    assert np.isnan(found.score[1])


def test_constant_columns_and_units_of_measure_change_nothing():
    runs = Runs(7, noise=1.0)
    plain = runs.recall()
    scaled = runs.states * [1e-9, 1, 1e6, 3, 1] + [0, 5, 0, 0, -2]
    columns = np.concatenate([scaled, np.full((N, T, 2), 1e8 / 3)], axis=2)
    found = runs.recall(states=columns)
    np.testing.assert_allclose(found.score, plain.score, atol=0.02)
    assert not found.probe.kernel[:, S:].any()


def test_a_faint_memory_is_found_among_many_numbers_that_say_nothing():
    rng = np.random.default_rng(11)
    states = rng.normal(0, 1, (N, T, 100))
    cues = np.zeros(N, int)
    values = states[:, 0, 0] + rng.normal(0, 0.5, N)
    assert Runs(11).recall(states=states, cues=cues, values=values, lags=[0]).score[0] > 0.3


def test_a_memory_in_the_small_difference_of_two_large_numbers_is_found():
    rng = np.random.default_rng(12)
    values, large = rng.normal(0, 1, N), rng.normal(0, 1, (N, T))
    states = np.stack([large, large + 0.01 * values[:, np.newaxis]], axis=2)
    assert Runs(12).recall(states=states, values=values).score.min() > 0.9


def test_the_half_that_is_fitted_is_not_the_half_that_is_asked():
    values = np.arange(N) % 2
    states = np.repeat(np.eye(N)[:, np.newaxis], T, axis=1)  # each sequence has its own number
    found = Runs(8).recall(states=states, values=values, lags=[0])
    assert found.score[0] < 0.65


@given(seeds)
@settings(max_examples=20)
def test_chance_is_always_to_say_the_commonest_class_of_the_fitted_half(seed):
    """Of two classes in balance, the one more common in one half is less so in the other."""
    values = np.arange(N) % 2
    runs = Runs(0, noise=1.0)
    found = runs.recall(values=values, cues=np.zeros(N, int), lags=[0], seed=seed)
    assert 0 < found.chance[0] <= 0.5


def error_without_each(states: np.ndarray, targets: np.ndarray, ridge: float) -> float:
    """Fit n times, each time without one row, and ask that row."""
    count, size = states.shape
    penalty = np.diag([0.0] + [ridge * count] * size)
    rows, errors = np.hstack([np.ones((count, 1)), states]), []
    for j in range(count):
        others = np.arange(count) != j
        x, y = rows[others], targets[others]
        weights = np.linalg.solve(x.T @ x + penalty, x.T @ y)
        errors.append(np.mean((targets[j] - rows[j] @ weights) ** 2))
    return float(np.mean(errors))


@given(seeds)
@settings(max_examples=60)
def test_the_ridge_is_the_one_whose_error_is_least_on_the_row_left_out(seed):
    rng = np.random.default_rng(seed)
    count, size = rng.integers(recall.FEWEST, 14), rng.integers(1, 5)
    states = rng.normal(size=(count, size))
    states = (states - states.mean(axis=0)) / states.std(axis=0)
    targets = states[:, :1] / 2 + rng.normal(0, rng.uniform(0.1, 3), (count, 2))
    kernel, bias = recall._reading(states, targets)
    np.testing.assert_allclose(bias, targets.mean(axis=0), atol=1e-12)
    power, product = states.T @ states, states.T @ (targets - bias)
    kernels = [
        np.linalg.solve(power + ridge * count * np.eye(size), product) for ridge in recall.RIDGES
    ]
    chosen = int(np.argmin([np.abs(kernel - other).max() for other in kernels]))
    errors = [error_without_each(states, targets, ridge) for ridge in recall.RIDGES]
    np.testing.assert_allclose(kernel, kernels[chosen], rtol=1e-6, atol=1e-9)
    assert errors[chosen] <= min(errors) * (1 + 1e-9)


@given(seeds)
@settings(max_examples=10)
def test_a_belief_is_shares_from_the_cue_to_the_greatest_lag(seed):
    runs = Runs(seed, kept=4, classes=3)
    found = runs.recall(lags=[0, 2, 5])
    cue = int(runs.cues[0])
    told = belief(found.probe, np.nan_to_num(runs.states[0]), cue)
    assert told.shape == (T, 3)
    assert np.isnan(told[:cue]).all()
    assert np.isnan(told[cue + 6 :]).all()
    shares = told[cue : cue + 6]
    np.testing.assert_allclose(shares.sum(axis=1), 1)
    assert np.all((shares >= 0) & (shares <= 1))
    assert np.all(shares[:4].argmax(axis=1) == runs.values[0])


def test_words_and_truths_are_classes_and_floats_are_numbers():
    runs = Runs(9)
    assert runs.recall(values=np.array(list("TP"))[runs.values]).probe.labels == ("P", "T")
    assert runs.recall(values=runs.values == 1).probe.labels == (False, True)
    assert runs.recall(values=runs.values.astype(float)).probe.labels is None


def test_the_same_seed_draws_the_same_halves():
    runs = Runs(10, noise=2.0)
    again, other = runs.recall(seed=3), runs.recall(seed=4)
    np.testing.assert_array_equal(runs.recall(seed=3).score, again.score)
    assert np.any(other.score != again.score)


def test_an_lstm_carries_both_states_and_the_others_one():
    rng = np.random.default_rng(0)
    weights = {"kernel": (2, 12), "recurrent_kernel": (2, 12), "bias": (12,)}
    lstm = LSTMParameters(
        **{name: rng.normal(0, 1, shape) for name, shape in weights.items()},
        projection=rng.normal(0, 1, (3, 2)),
    )
    trace = unroll(lstm, np.ones((4, 6, 2)))
    states = memory_states(trace)
    assert states.shape == (4, 6, 5)
    np.testing.assert_array_equal(states[..., :2], trace.hidden_state)
    np.testing.assert_array_equal(states[..., 2:], trace.cell_state)
    for make in (initial_gru, initial_rnn):
        assert memory_states(unroll(make(rng, 2, 3), np.ones((6, 2)))).shape == (6, 3)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"states": np.ones((N, T))}, r"states are \(240, 12\): expected \(sequences,"),
        ({"cues": np.zeros(3, int)}, r"cues are \(3,\): expected \(240,\)"),
        ({"lengths": np.full(N, T + 1)}, "lengths reach 13: expected at most 12"),
        ({"cues": np.full(N, -1)}, "cues and lags reach below 0"),
        ({"lags": [-1]}, "cues and lags reach below 0"),
        ({"values": np.full(N, "T")}, r"values are all \['T'\]: expected at least two different"),
    ],
)
def test_what_cannot_be_measured_is_named(changes, sentence):
    with pytest.raises(ValueError, match=sentence):
        Runs(0).recall(**changes)


def test_a_belief_about_other_states_is_refused():
    probe = Runs(0).recall().probe
    with pytest.raises(ValueError, match=r"states are \(12, 4\): expected \(T, 5\)"):
        belief(probe, np.ones((T, 4)), 0)
