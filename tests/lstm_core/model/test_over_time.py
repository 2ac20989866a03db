"""One answer from all timesteps so far: pooling, attention, and what the rest makes of them."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core.analysis.model_influence import logit_influence
from lstm_core.cells.lstm import LSTMParameters
from lstm_core.model import (
    Attended,
    Dense,
    Gathered,
    Layer,
    Model,
    Readout,
    can_go_on,
    rerun,
    stages_gradient,
)
from lstm_core.run.interventions import Clamp
from tests.lstm_core.strategies import seeds

WAYS = st.sampled_from(["mean", "max", "attended"])


def stage_of(way: str, rng: np.random.Generator, size: int = 3) -> Gathered | Attended:
    if way != "attended":
        return Gathered(size=size, of=way)
    hidden = Dense(kernel=rng.normal(size=(size, 2)), bias=rng.normal(size=2), activation="tanh")
    return Attended(scores=(hidden, Dense(kernel=rng.normal(size=(2, 1)), bias=np.zeros(1))))


def whole(stage: Gathered | Attended, values: np.ndarray) -> np.ndarray:
    """What pooling of a whole sequence (T, D) is by its definition."""
    if isinstance(stage, Gathered):
        return values.mean(axis=0) if stage.of == "mean" else values.max(axis=0)
    powers = np.exp(stage.score(values))
    return (powers / powers.sum()) @ values


@settings(max_examples=25)
@given(seed=seeds, way=WAYS, timesteps=st.integers(0, 6))
def test_at_each_timestep_it_is_the_answer_of_a_sequence_that_ends_there(seed, way, timesteps):
    rng = np.random.default_rng(seed)
    stage, batch = stage_of(way, rng), rng.normal(size=(2, timesteps, 3))
    made = stage.apply(batch)
    for values, pooled in zip(batch, made, strict=True):
        for t in range(timesteps):
            np.testing.assert_allclose(pooled[t], whole(stage, values[: t + 1]), atol=1e-12)


@settings(max_examples=25)
@given(seed=seeds, way=WAYS)
def test_its_gradient_is_its_slope_at_every_timestep(seed, way):
    rng = np.random.default_rng(seed)
    stages = (stage_of(way, rng), Dense(kernel=rng.normal(size=(3, 2)), bias=np.zeros(2)))
    values, direction, weight = (rng.normal(size=(5, n)) for n in (3, 3, 2))

    def total(values: np.ndarray) -> float:
        return float((stages[1].apply(stages[0].apply(values)) * weight).sum())

    slope = (total(values + 1e-6 * direction) - total(values - 1e-6 * direction)) / 2e-6
    gradient = stages_gradient(stages, values, weight)
    assert float((gradient * direction).sum()) == pytest.approx(slope, rel=1e-4, abs=1e-5)


def test_scores_far_apart_leave_finite_numbers():
    stage = Attended(scores=(Dense(kernel=np.full((1, 1), 2000.0), bias=np.zeros(1)),))
    made = stage.apply(np.array([[-1.0], [1.0], [-1.0]], np.float32)).ravel()
    np.testing.assert_allclose(made, [-1, 1, 1])


def model_that(way: str, rng: np.random.Generator) -> Model:
    cell = LSTMParameters(
        kernel=rng.normal(size=(2, 12)),
        recurrent_kernel=rng.normal(size=(3, 12)),
        bias=rng.normal(size=12),
    )
    readout = Readout(
        kernel=rng.normal(size=(3, 2)), bias=np.zeros(2), activation="linear", labels=("a", "b")
    )
    return Model(
        layers=(Layer(name="lstm", forward=cell),), readout=readout, back=(stage_of(way, rng),)
    )


@settings(max_examples=10)
@given(seed=seeds, way=WAYS)
def test_what_moves_such_an_answer_is_found_at_all_timesteps(seed, way):
    rng = np.random.default_rng(seed)
    model, x, direction = model_that(way, rng), rng.normal(size=(6, 2)), rng.normal(size=(6, 2))

    def logit(inputs: np.ndarray) -> float:
        return float(model.run_inputs(inputs).predictions[4, 1])

    found = logit_influence(model, model.run_inputs(x), 4, 1)
    slope = (logit(x + 1e-6 * direction) - logit(x - 1e-6 * direction)) / 2e-6
    assert found.value == pytest.approx(logit(x))
    assert float((found.input * direction).sum()) == pytest.approx(slope, rel=1e-4, abs=1e-6)


@pytest.mark.parametrize("way", ["mean", "max", "attended"])
def test_a_changed_run_answers_as_one_from_the_start(way):
    rng = np.random.default_rng(3)
    model, x = model_that(way, rng), rng.normal(size=(6, 2))
    changed = {0: {"forward": (Clamp(signal="forget_gate", value=0.0, units=(1,), first=3),)}}
    again = rerun(model, model.run_inputs(x), x, changed)
    np.testing.assert_allclose(
        again.predictions, model.run_inputs(x, interventions=changed).predictions, atol=1e-12
    )


def test_a_model_that_answers_from_all_timesteps_does_not_read_its_answers():
    model = model_that("mean", np.random.default_rng(4))
    assert model.answers_from_all
    assert not dataclasses.replace(model, back=()).answers_from_all
    assert can_go_on(model) != ""
