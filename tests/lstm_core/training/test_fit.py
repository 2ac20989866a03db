"""Training: a sequence of values that can be watched, stopped, resumed and repeated."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core import Layer, Model
from lstm_core.model.weights import weights
from lstm_core.training import (
    SGD,
    Adam,
    Batch,
    Recipe,
    constant,
    cosine,
    exponential,
    fit,
    initial_lstm,
    initial_readout,
    loss_and_gradients,
    training,
)
from lstm_core.training.optimisers import clipped, norm


def new_model(seed: int = 0) -> Model:
    rng = np.random.default_rng(seed)
    return Model(
        layers=(Layer(name="lstm", forward=initial_lstm(rng, 1, 6)),),
        readout=initial_readout(rng, 6, ("echo",), "linear"),
    )


def echoes(seed: int = 0) -> Iterator[Batch]:
    """Say again what came in one timestep before."""
    rng = np.random.default_rng(seed)
    while True:
        inputs = rng.uniform(-1, 1, (8, 10, 1)).astype(np.float32)
        yield Batch(inputs=inputs, targets=np.roll(inputs, 1, axis=1), weights=AFTER_THE_FIRST)


AFTER_THE_FIRST = np.broadcast_to(np.arange(10) > 0, (8, 10)).astype(np.float32)
RECIPE = Recipe(loss="squared_error", updates=60, learning_rate=0.02, longest_gradient=1.0)


def same_weights(one: Model, other: Model) -> bool:
    ours, theirs = weights(one), weights(other)
    return all(np.array_equal(ours[name], theirs[name]) for name in theirs)


@pytest.mark.parametrize("optimiser", [Adam(), SGD(momentum=0.9)])
def test_training_learns_an_echo(optimiser):
    rate = 0.02 if isinstance(optimiser, Adam) else 0.2
    recipe = Recipe(
        loss="squared_error", updates=300, learning_rate=rate, optimiser=optimiser,
        schedule=cosine(), longest_gradient=1.0,
    )  # fmt: skip
    losses: list[float] = []
    trained = fit(new_model(), echoes(), recipe, lambda progress: losses.append(progress.loss))
    fresh = next(echoes(seed=99))
    before, _ = loss_and_gradients(new_model(), fresh, "squared_error")
    after, _ = loss_and_gradients(trained, fresh, "squared_error")
    assert len(losses) == 300
    assert after < 0.1 * before


def test_the_same_seed_trains_the_same_model_to_the_bit():
    first, second = (fit(new_model(), echoes(), RECIPE) for _ in range(2))
    assert same_weights(first, second)
    assert not same_weights(first, fit(new_model(1), echoes(), RECIPE))


def test_training_stopped_and_resumed_ends_where_it_would_have():
    whole = fit(new_model(), echoes(), RECIPE)
    batches = echoes()
    *_, kept = itertools.islice(training(new_model(), batches, RECIPE), 25)
    assert kept.updates == 25
    *_, resumed = training(new_model(), batches, RECIPE, resume=kept)
    assert resumed.updates == RECIPE.updates
    assert same_weights(resumed.model, whole)


def test_every_progress_keeps_its_own_model():
    early, *_, late = training(new_model(), echoes(), RECIPE)
    before = weights(early.model)
    assert not same_weights(early.model, late.model)
    again = next(training(new_model(), echoes(), RECIPE))
    assert all(np.array_equal(before[name], array) for name, array in weights(again.model).items())


def test_nothing_is_computed_before_it_is_asked_for():
    asked = []

    def batches() -> Iterator[Batch]:
        for batch in echoes():
            asked.append(batch)
            yield batch

    steps = training(new_model(), batches(), RECIPE)
    assert not asked
    next(steps)
    assert len(asked) == 1


def test_training_ends_where_the_batches_end():
    progresses = list(training(new_model(), itertools.islice(echoes(), 3), RECIPE))
    assert [progress.updates for progress in progresses] == [1, 2, 3]


def test_training_no_updates_changes_nothing():
    recipe = Recipe(loss="squared_error", updates=0, learning_rate=1.0)
    model = new_model()
    assert fit(model, echoes(), recipe) is model


def test_training_keeps_the_dtype_of_the_model():
    *_, last = itertools.islice(training(new_model(), echoes(), RECIPE), 3)
    assert {array.dtype for array in weights(last.model).values()} == {np.dtype(np.float32)}


@given(st.floats(0, 1), st.floats(0.001, 1))
def test_schedules_fall_from_one_to_their_last(done, last):
    for schedule in (cosine(last), exponential(last)):
        assert schedule(0) == pytest.approx(1)
        assert schedule(1) == pytest.approx(last)
        assert last * (1 - 1e-9) <= schedule(done) <= 1 + 1e-9
    assert constant()(done) == 1


def test_the_learning_rate_is_the_recipes_times_the_schedule():
    recipe = Recipe(
        loss="squared_error", updates=4, learning_rate=0.1, schedule=exponential(0.0001)
    )
    rates = [progress.learning_rate for progress in training(new_model(), echoes(), recipe)]
    assert rates == pytest.approx([0.1, 0.01, 0.001, 0.0001])


@given(st.integers(0, 2**32 - 1), st.floats(0.01, 100))
def test_clipping_shortens_to_the_longest_allowed_and_keeps_the_direction(seed, longest):
    rng = np.random.default_rng(seed)
    before = {"a": rng.normal(0, 1, (3, 2)), "b": rng.normal(0, 1, 4)}
    after, length = clipped(before, longest)
    assert length == pytest.approx(norm(before))
    assert norm(after) == pytest.approx(min(length, longest))
    for name, array in before.items():
        np.testing.assert_allclose(after[name] * length, array * norm(after), atol=1e-9)


@pytest.mark.parametrize("numbers", [{"updates": -1}, {"learning_rate": 0.0}])
def test_a_recipe_that_trains_nothing_is_refused(numbers):
    with pytest.raises(ValueError, match="expected a count and a positive number"):
        Recipe(**{"loss": "squared_error", "updates": 1, "learning_rate": 0.1, **numbers})
