"""How a network reads the watched sequence, and how far its error reaches back."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.trainer.watched_run import (
    targets_and_weights,
    watched_arrays,
    watched_document,
    watched_from,
    watched_run,
    watched_sequence,
)
from lstm_core.experiment import model_of, recommended
from lstm_core.tasks import LENGTHS, make_task


@pytest.mark.parametrize("task", LENGTHS)
@pytest.mark.parametrize("cell", ["lstm", "gru", "rnn"])
def test_what_is_watched_is_the_run_of_one_sequence(task: str, cell: Any) -> None:
    experiment = recommended(task, cell).replace(units=3)
    model, sequence = model_of(experiment), watched_sequence(experiment)
    seen, run = watched_run(experiment, model), model_of(experiment).run(sequence)
    trace = run.layers[0].forward
    assert list(seen.signals) == [known.name for known in trace.vocabulary.recorded]
    for name, shown in seen.signals.items():
        step = (shown.high - shown.low) / np.iinfo(shown.values.dtype).max
        np.testing.assert_allclose(shown.numbers(), trace.series(name), atol=0.51 * step)
    assert run.predictions is not None
    np.testing.assert_array_equal(seen.predictions, run.predictions)
    assert (seen.cell_gradient is None) == (cell != "lstm")
    assert seen.hidden_gradient.shape == (run.timesteps,)
    assert seen.hidden_gradient.max() > 0
    rebuilt = watched_from(watched_document(seen), watched_arrays(seen))
    assert rebuilt.loss == seen.loss
    assert rebuilt.signals["hidden_state"].values is seen.signals["hidden_state"].values


def test_the_error_is_that_of_what_may_follow_at_each_timestep() -> None:
    task = make_task("embedded_reber")
    sequence = watched_sequence(recommended(task.name))
    targets, asked = targets_and_weights(task, sequence)
    for symbols, target, counts in zip(task.targets(sequence), targets, asked, strict=True):
        assert {task.labels[k] for k in np.flatnonzero(target)} == symbols
        assert (target.sum(), counts) == ((1, 1) if symbols else (0, 0))


def test_the_gradient_of_the_last_timestep_is_the_readouts_alone() -> None:
    experiment = recommended("adding").replace(units=3)
    task, model = make_task("adding"), model_of(experiment)
    sequence = watched_sequence(experiment)
    seen, readout, run = watched_run(experiment, model), model.readout, model.run(sequence)
    assert readout is not None
    assert run.predictions is not None
    wrong = run.predictions[-1] - task.targets(sequence)[-1]
    assert seen.loss == pytest.approx(float(wrong[0] ** 2), rel=1e-5)
    expected = np.linalg.norm(2 * wrong @ readout.kernel.T)
    assert seen.hidden_gradient[-1] == pytest.approx(expected, rel=1e-5)
