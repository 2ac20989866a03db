"""The adding problem, as the 1997 paper specifies it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.sequence import number_sequence
from lstm_core.tasks import adding

from ..strategies import seeds

timesteps_of = st.integers(10, 120)


def drawn(seed: int, count: int = 20, timesteps: int = 100):
    return adding.adding(np.random.default_rng(seed), count, timesteps, np.float64)


@given(seeds, timesteps_of)
def test_sequences_have_t_to_t_and_a_tenth_timesteps(seed, timesteps):
    lengths = drawn(seed, timesteps=timesteps).lengths
    assert np.all((lengths >= timesteps) & (lengths <= timesteps + timesteps // 10))


def test_every_length_from_t_to_t_and_a_tenth_is_drawn():
    assert set(drawn(0, count=2000).lengths.tolist()) == set(range(100, 111))


@given(seeds, timesteps_of)
def test_values_are_between_minus_one_and_one_and_padding_is_zero(seed, timesteps):
    sequences = drawn(seed, timesteps=timesteps)
    assert np.abs(sequences.inputs[:, :, 0]).max() <= 1
    outside = np.arange(sequences.inputs.shape[1]) >= sequences.lengths[:, np.newaxis]
    assert not sequences.inputs[outside].any()


@given(seeds, timesteps_of)
def test_two_are_marked_where_the_paper_says(seed, timesteps):
    sequences = drawn(seed, timesteps=timesteps)
    for k in range(len(sequences.lengths)):
        marks = sequences.rows(k)[:, 1]
        one, other = np.flatnonzero(marks == 1)
        assert one < 10
        assert other < max(timesteps // 2 - 1, 10)
        ends = {0, len(marks) - 1} - {one, other}
        assert set(np.flatnonzero(marks == -1)) == ends
        assert set(np.unique(marks)) <= {-1, 0, 1}


@given(seeds)
def test_the_target_is_a_half_and_a_quarter_of_the_sum_of_the_marked(seed):
    sequences = drawn(seed)
    for k in range(len(sequences.lengths)):
        rows = sequences.rows(k)
        marked = [value if t else 0.0 for t, (value, mark) in enumerate(rows) if mark == 1]
        assert sequences.targets[k] == pytest.approx(0.5 + sum(marked) / 4)
        assert adding.target(rows) == pytest.approx(sequences.targets[k])


def test_a_marked_first_timestep_counts_as_zero():
    rows = np.zeros((100, 2))
    rows[[0, 20], 1] = 1
    rows[[0, 20], 0] = 0.8, -0.6
    assert adding.target(rows) == pytest.approx(0.5 - 0.6 / 4)
    cue = adding.Adding().cue(number_sequence(rows))
    assert (cue.timestep, cue.value) == (0, 0.0)
    assert (cue.then.timestep, cue.then.value) == pytest.approx((20, -0.6))


@pytest.mark.parametrize("marked", [[], [3], [3, 4, 5]])
def test_without_two_marks_there_is_no_target(marked):
    rows = np.zeros((100, 2))
    rows[marked, 1] = 1
    assert adding.target(rows) is None
    assert np.isnan(adding.Adding().targets(number_sequence(rows))).all()


def test_both_marks_are_spread_evenly_over_the_places_they_may_take():
    sequences = drawn(0, count=20_000)
    marks = sequences.inputs[:, :, 1] == 1
    late = marks[:, 10:49].mean(axis=0)
    assert late == pytest.approx(1 / 48, abs=0.005)
    assert not marks[:, 49:].any()
    assert marks[:, :10].sum() / 20_000 == pytest.approx(1 + 9 / 48, abs=0.01)


@given(seeds)
def test_a_batch_asks_at_the_last_timestep_only(seed):
    sequences = drawn(seed)
    batch = sequences.batch()
    assert batch.weights is not None
    rows = np.arange(20)
    assert batch.weights.sum() == 20
    assert np.all(batch.weights[rows, sequences.lengths - 1] == 1)
    assert np.array_equal(batch.targets[rows, sequences.lengths - 1, 0], sequences.targets)


def test_the_same_seed_draws_the_same_sequences():
    assert np.array_equal(drawn(5).inputs, drawn(5).inputs)
    assert not np.array_equal(drawn(5).inputs, drawn(6).inputs)


def test_too_few_timesteps_are_named():
    with pytest.raises(ValueError, match="timesteps are 9: expected at least 10"):
        drawn(0, timesteps=9)


def test_a_demo_is_asked_for_the_sum_at_the_end_only():
    task = adding.Adding()
    sequence = task.random_sequence(np.random.default_rng(0))
    targets = task.targets(sequence)
    assert targets.shape == (len(sequence), 1)
    assert np.isnan(targets[:-1]).all()
    assert targets[-1, 0] == pytest.approx(adding.target(sequence.numbers))
