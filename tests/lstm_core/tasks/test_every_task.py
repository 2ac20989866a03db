"""What holds of every task that a network can be trained on."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.sequence import number_sequence, symbol_sequence
from lstm_core.tasks import LENGTHS, make_task

from ..strategies import seeds
from .oracles import Oracle, sequence_of

SHORT = {
    name: None if length.usual is None else min(length.usual, max(length.shortest, 20))
    for name, length in LENGTHS.items()
}
tasks = st.sampled_from([make_task(name, length) for name, length in SHORT.items()])
everything = pytest.mark.parametrize("name", LENGTHS)


def short(name):
    return make_task(name, SHORT[name])


def rng_of(seed):
    return np.random.default_rng(seed)


def same(one, other):
    return np.shape(one) == np.shape(other) and np.all(np.equal(one, other))


@pytest.mark.parametrize("name", sorted({*LENGTHS} - {"anbncn"}))  # counts further than anbn
def test_the_usual_length_is_the_one_that_a_task_has_by_itself(name):
    made = make_task(name)
    by_itself = {f.name: f.default for f in dataclasses.fields(made)}
    lengths = by_itself.keys() & {"length", "strings", "most"}
    assert len(lengths) == (LENGTHS[name].usual is not None)
    for length in lengths:
        assert getattr(made, length) == LENGTHS[name].usual == by_itself[length]


@everything
def test_a_task_has_a_name_a_question_and_a_criterion(name):
    task = make_task(name)
    assert task.name == name
    assert task.title
    assert task.question.endswith("?")
    assert task.criterion.endswith(".")
    assert task.published == "" or task.published.endswith(".")


@everything
def test_outputs_and_targets_have_one_column_for_each_label(name):
    task = short(name)
    batch = task.batch(rng_of(0), 5)
    assert batch.inputs.shape[:1] == (5,)
    assert batch.inputs.shape[2] == task.encoder.input_size
    if np.issubdtype(batch.targets.dtype, np.integer):
        assert batch.targets.max() < len(task.labels)
    else:
        assert batch.targets.shape[2] == len(task.labels)


@given(tasks, seeds)
def test_the_same_seed_draws_the_same(task, seed):
    one, other = (task.batch(rng_of(seed), 3) for _ in range(2))
    assert same(one.inputs, other.inputs)
    assert same(one.targets, other.targets)
    assert task.random_sequence(rng_of(seed)).id == task.random_sequence(rng_of(seed)).id


@everything
def test_other_seeds_draw_others(name):
    drawn = [make_task(name).batch(rng_of(seed), 8).inputs for seed in (1, 2)]
    assert not same(*drawn)


@given(tasks, seeds)
def test_what_a_batch_asks_is_what_is_true_of_its_sequences(task, seed):
    batch = task.batch(rng_of(seed), 3)
    lengths = np.full(3, batch.inputs.shape[1]) if batch.lengths is None else batch.lengths
    weights = np.ones(batch.inputs.shape[:2]) if batch.weights is None else batch.weights
    for row, end in enumerate(lengths):
        true = task.targets(sequence_of(task, batch.inputs[row, :end]))
        assert len(true) == end
        for t in np.flatnonzero(weights[row, :end]):
            asked = batch.targets[row, t]
            if isinstance(true, np.ndarray):
                np.testing.assert_allclose(asked, true[t], atol=1e-6)
            elif np.ndim(asked):  # a set
                assert {task.labels[k] for k in np.flatnonzero(asked)} == true[t]
            else:  # one of those that may follow
                assert task.labels[asked] in true[t]


@given(tasks, seeds)
def test_who_knows_the_rule_is_always_right(task, seed):
    assert task.right(Oracle(task), rng_of(seed), 5).tolist() == [True] * 5


@given(tasks, seeds)
def test_who_is_wrong_about_it_is_never_right(task, seed):
    wrong = Oracle(task, lambda outputs: 3 - outputs)
    assert not task.right(wrong, rng_of(seed), 5).any()


@given(tasks, seeds)
def test_the_cue_is_where_it_says(task, seed):
    sequence = task.random_sequence(rng_of(seed))
    cue = task.cue(sequence)
    assert cue is not None
    if sequence.symbols:
        assert sequence.symbols[cue.timestep] == cue.value
    else:  # a number on the very first timestep counts as something else
        assert cue.timestep == 0 or cue.value == sequence.numbers[cue.timestep, 0]


@given(tasks, seeds)
def test_a_drawn_sequence_is_one_that_the_network_reads_as_it_is(task, seed):
    sequence = task.random_sequence(rng_of(seed))
    assert sequence.alphabet == task.encoder.alphabet
    assert sequence.columns == task.encoder.columns
    assert task.encoder.encode(sequence).shape == (len(sequence), task.encoder.input_size)
    assert len(task.targets(sequence)) == len(sequence)


@given(tasks, st.data())
def test_any_sequence_has_an_answer_even_where_there_is_none(task, data):
    if task.encoder.reads_symbols:
        any_symbols = st.lists(st.sampled_from(task.encoder.alphabet), max_size=60)
        sequence = symbol_sequence(data.draw(any_symbols))
    else:
        rows = data.draw(st.integers(0, 70))
        numbers = rng_of(data.draw(seeds)).integers(-1, 2, (rows, task.encoder.input_size))
        sequence = number_sequence(numbers)
    targets = task.targets(sequence)
    assert len(targets) == len(sequence)
    cue = task.cue(sequence)
    assert cue is None or 0 <= cue.timestep < len(sequence)
    assert all(0 <= event.timestep < len(sequence) for event in task.events(sequence))


@given(tasks, seeds)
def test_events_are_in_order_have_a_few_words_each_and_tell_the_cue(task, seed):
    sequence = task.random_sequence(rng_of(seed))
    events = task.events(sequence)
    timesteps = [event.timestep for event in events]
    assert timesteps == sorted(set(timesteps))
    assert all(0 < len(event.label) <= 40 for event in events)
    assert task.cue(sequence).timestep in timesteps
