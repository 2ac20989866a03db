"""What is kept of a run: checkpoints, curves, and how the network reads one sequence."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.trainer import Snapshot, watched
from app.trainer.checkpoints import before, thinned
from app.trainer.curve import Record
from lstm_core.experiment import model_of, recommended
from lstm_core.tasks import LENGTHS, make_task

FEW = 40  # points of a short curve


def kept(numbers: list[int], size: int = 1) -> list[Snapshot]:
    """Return checkpoints of which only the updates and the size matter."""
    return [cast(Snapshot, SimpleNamespace(updates=number, size=size)) for number in numbers]


@settings(max_examples=30)
@given(st.integers(3, 12), st.integers(1, 300), st.integers(1, 50))
def test_checkpoints_stay_few_and_spread_over_the_run(most: int, count: int, apart: int) -> None:
    left: list[Snapshot] = []
    for number in range(count):
        left = thinned([*left, *kept([number * apart])], most=most)
    numbers = [snapshot.updates for snapshot in left]
    assert len(numbers) == min(most, count)
    assert (numbers[0], numbers[-1]) == (0, (count - 1) * apart)
    if count > 1:
        assert max(np.diff(numbers)) <= max(3 * numbers[-1] / (len(numbers) - 1), apart)


def test_checkpoints_stay_within_their_bytes() -> None:
    left = thinned(kept(list(range(10)), size=100), most=60, size=450)
    assert (left[0].updates, left[-1].updates, len(left)) == (0, 9, 4)


def test_the_checkpoint_before_an_update_is_the_last_one_that_is_not_after_it() -> None:
    assert [before(kept([5, 10, 20]), k).updates for k in (0, 5, 9, 10, 99)] == [5, 5, 5, 10, 20]


@settings(max_examples=20)
@given(st.integers(1, 5 * FEW), st.integers(1, 2 * FEW), st.integers(0, 2**32 - 1))
def test_a_curve_stays_short_and_loses_no_peak(count: int, piece: int, seed: int) -> None:
    losses, norms = np.random.default_rng(seed).uniform(0, 9, (2, count))
    rows = [(k + 1, losses[k], norms[k]) for k in range(count)]
    made, at_once = Record(FEW), Record(FEW)
    at_once.add(rows)
    for start in range(0, count, piece):
        made.add(rows[start : start + piece])
    curve = made.curve()
    assert len(curve.updates) <= FEW
    assert curve.updates[-1] == count
    assert (curve.loss_high.max(), curve.loss_low.min()) == (losses.max(), losses.min())
    assert (curve.gradient_norm_high.max(), curve.gradient_norm_low.min()) == (
        norms.max(),
        norms.min(),
    )
    np.testing.assert_allclose(curve.loss[0], losses[: curve.every].mean())
    np.testing.assert_allclose(curve.gradient_norm[0], norms[: curve.every].mean())
    np.testing.assert_array_equal(curve.loss, at_once.curve().loss)


@settings(max_examples=20)
@given(st.integers(0, 2 * FEW))
def test_a_curve_that_is_cut_ends_there_and_goes_on_to_the_same_end(at: int) -> None:
    rows = [(k + 1, float(k % 7), 1.0) for k in range(2 * FEW)]
    made = Record(FEW)
    made.add(rows)
    made.cut(at)
    assert not len(made) or at - made.every < made.curve().updates[-1] <= at
    made.add(rows[at:])
    assert made.curve().updates[-1] == 2 * FEW
    assert (np.diff(made.curve().updates) > 0).all()


# What is watched


@pytest.mark.parametrize("task", LENGTHS)
@pytest.mark.parametrize("cell", ["lstm", "gru", "rnn"])
def test_what_is_watched_is_the_run_of_one_sequence(task: str, cell: Any) -> None:
    experiment = recommended(task, cell).replace(units=3)
    model, sequence = model_of(experiment), watched.watched_sequence(experiment)
    seen, run = watched.watched(experiment, model), model_of(experiment).run(sequence)
    trace = run.layers[0].forward
    assert list(seen.signals) == [known.name for known in trace.words.recorded]
    for name, shown in seen.signals.items():
        step = (shown.high - shown.low) / np.iinfo(shown.values.dtype).max
        np.testing.assert_allclose(shown.numbers(), trace.series(name), atol=0.51 * step)
    assert run.predictions is not None
    np.testing.assert_array_equal(seen.predictions, run.predictions)
    assert (seen.cell_gradient is None) == (cell != "lstm")
    assert seen.hidden_gradient.shape == (run.timesteps,)
    assert seen.hidden_gradient.max() > 0
    rebuilt = watched.watched_of(watched.words_of(seen), watched.arrays_of(seen))
    assert rebuilt.loss == seen.loss
    assert rebuilt.signals["hidden_state"].values is seen.signals["hidden_state"].values


def test_the_error_is_that_of_what_may_follow_at_each_timestep() -> None:
    task = make_task("embedded_reber")
    sequence = watched.watched_sequence(recommended(task.name))
    targets, asked = watched.asked(task, sequence)
    for symbols, target, counts in zip(task.targets(sequence), targets, asked, strict=True):
        assert {task.labels[k] for k in np.flatnonzero(target)} == symbols
        assert (target.sum(), counts) == ((1, 1) if symbols else (0, 0))


def test_the_gradient_of_the_last_timestep_is_the_readouts_alone() -> None:
    experiment = recommended("adding").replace(units=3)
    task, model = make_task("adding"), model_of(experiment)
    sequence = watched.watched_sequence(experiment)
    seen, readout, run = watched.watched(experiment, model), model.readout, model.run(sequence)
    assert readout is not None
    assert run.predictions is not None
    wrong = run.predictions[-1] - task.targets(sequence)[-1]
    assert seen.loss == pytest.approx(float(wrong[0] ** 2), rel=1e-5)
    expected = np.linalg.norm(2 * wrong @ readout.kernel.T)
    assert seen.hidden_gradient[-1] == pytest.approx(expected, rel=1e-5)
