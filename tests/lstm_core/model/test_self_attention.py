"""Self-attention: by its definition, its slope, and what a model with it does otherwise."""

from __future__ import annotations

import dataclasses
import io
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core import Clamp, load_model
from lstm_core.corpus import batched_runs
from lstm_core.formats import model_bytes
from lstm_core.model import Dense, Layer, Model, Readout, SelfAttended, can_go_on, rerun
from lstm_core.model import self_attention as module
from lstm_core.training import initial_lstm
from tests.lstm_core.strategies import seeds


def dense(rng: np.random.Generator, inputs: int, outputs: int) -> Dense:
    return Dense(kernel=rng.normal(size=(inputs, outputs)), bias=rng.normal(size=outputs))


def attention(rng: np.random.Generator, **options: Any) -> SelfAttended:
    """Three heads with keys of 2 and values of 1, over four numbers."""
    return SelfAttended(
        query=dense(rng, 4, 6),
        key=dense(rng, 4, 6),
        value=dense(rng, 4, 3),
        output=dense(rng, 3, 4),
        heads=3,
        scale=0.7,
        **options,
    )


def by_definition(stage: SelfAttended, values: np.ndarray) -> np.ndarray:
    """Attention of (T, D), one number after the other."""
    q, k, v = (part.apply(values) for part in (stage.query, stage.key, stage.value))
    rows = []
    for t in range(len(values)):
        seen = range(t + 1) if stage.causal else range(len(values))
        mixed: list[float] = []
        for n in range(3):
            keys = slice(2 * n, 2 * n + 2)
            powers = np.array([np.exp(stage.scale * q[t, keys] @ k[s, keys]) for s in seen])
            mixed += [float(powers @ v[list(seen), n] / powers.sum())]
        rows.append(stage.output.apply(np.array(mixed)) + stage.residual * values[t])
    return np.array(rows)


@settings(max_examples=20)
@given(seed=seeds, causal=st.booleans(), residual=st.booleans(), most=st.sampled_from([1, 40]))
def test_it_is_the_softmax_of_products_of_each_head(seed, causal, residual, most):
    rng = np.random.default_rng(seed)
    stage, batch = attention(rng, causal=causal, residual=residual), rng.normal(size=(2, 5, 4))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "MOST_SCORES", most)  # blocks of one timestep, and of some
        made = stage.apply(batch)
    for values, given_ in zip(batch, made, strict=True):
        np.testing.assert_allclose(given_, by_definition(stage, values), atol=1e-10)


@settings(max_examples=20)
@given(seed=seeds, causal=st.booleans(), residual=st.booleans())
def test_its_gradient_is_its_slope(seed, causal, residual):
    rng = np.random.default_rng(seed)
    stage = attention(rng, causal=causal, residual=residual)
    values, direction, weight = (rng.normal(size=(5, 4)) for _ in range(3))

    def total(values: np.ndarray) -> float:
        return float((stage.apply(values) * weight).sum())

    slope = (total(values + 1e-6 * direction) - total(values - 1e-6 * direction)) / 2e-6
    gradient = stage.gradient(values, weight)
    assert float((gradient * direction).sum()) == pytest.approx(slope, rel=1e-4, abs=1e-5)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"heads": 4}, "expected a divisor"),
        ({"query": Dense(kernel=np.ones((4, 3)), bias=np.ones(3))}, "do not fit"),
        ({"output": Dense(kernel=np.ones((3, 5)), bias=np.ones(5))}, "4 numbers are added to 5"),
        (
            {"key": Dense(kernel=np.ones((4, 6)), bias=np.ones(6), activation="tanh")},
            "expected none",
        ),
    ],
)
def test_parts_that_do_not_fit_are_named(changed, said):
    stage = attention(np.random.default_rng(0), residual=True)
    with pytest.raises(ValueError, match=said):
        dataclasses.replace(stage, **changed)


def model_with(causal: bool) -> Model:
    rng = np.random.default_rng(2)
    cell = initial_lstm(rng, 2, 4, dtype=np.float64)
    readout = Readout(
        kernel=rng.normal(size=(4, 2)), bias=np.zeros(2), activation="linear", labels=("a", "b")
    )
    layers = (Layer(name="lstm", forward=cell),)
    return Model(layers=layers, back=(attention(rng, causal=causal),), readout=readout)


@pytest.mark.parametrize("causal", [False, True])
def test_a_changed_run_has_the_predictions_of_a_whole_one(causal):
    model, inputs = model_with(causal), np.random.default_rng(3).normal(size=(9, 2))
    held = {0: {"forward": (Clamp(signal="cell_state", value=1.0, first=5),)}}
    changed = rerun(model, model.run_inputs(inputs), inputs, held)
    whole = model.run_inputs(inputs, interventions=held)
    np.testing.assert_allclose(changed.predictions, whole.predictions, atol=1e-12)


@pytest.mark.parametrize("causal", [False, True])
def test_sequences_of_other_lengths_in_a_batch_are_not_attended_to(causal):
    model, rng = model_with(causal), np.random.default_rng(4)
    inputs = [rng.normal(size=(n, 2)) for n in (7, 30, 4)]
    seen = 0
    for chunk in batched_runs(model, inputs, ["hidden_state"]):
        for k, row in enumerate(chunk.rows):
            expected = model.run_inputs(inputs[row]).predictions
            got = chunk.predictions[k, : chunk.counts[k]]
            np.testing.assert_allclose(got, expected, atol=1e-12)
            seen += 1
    assert seen == 3


def test_such_a_model_does_not_read_its_own_predictions_and_is_saved_whole():
    model = model_with(causal=True)
    assert can_go_on(model)
    again = load_model(io.BytesIO(model_bytes(model, ".npz")).getvalue())
    inputs = np.random.default_rng(5).normal(size=(6, 2))
    assert (again.run_inputs(inputs).predictions == model.run_inputs(inputs).predictions).all()
