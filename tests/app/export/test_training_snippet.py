"""The lines of Python that the page Train shows train the network that it shows."""

from __future__ import annotations

import numpy as np
import pytest

from app.export.training_snippet import training_snippet
from app.trainer import watched_sequence
from lstm_core.experiment import Experiment, batches, model_of, recipe_of, recommended
from lstm_core.training import training

from .executed import printed

SMALL = recommended("adding", "gru", length=10).replace(units=3, batch=4, seed=5)
SYMBOLS = recommended("embedded_reber").replace(units=3, batch=4)


@pytest.mark.slow  # executes what it writes
@pytest.mark.parametrize("updates", [0, 3])
@pytest.mark.parametrize("experiment", [SMALL, SYMBOLS], ids=["numbers", "symbols"])
def test_the_lines_train_the_same_network(experiment: Experiment, updates: int):
    model, loss = model_of(experiment), None
    steps = training(model, batches(experiment), recipe_of(experiment))
    for _ in range(updates):
        progress = next(steps)
        model, loss = progress.model, progress.loss
    lines = printed(training_snippet(experiment, updates, model))
    assert lines[0] == ("[]" if loss is None else str([loss]))
    trace = model.run(watched_sequence(experiment)).layers[-1].forward
    assert float(lines[1]) == pytest.approx(float(np.mean(trace.state.memory[-1])), rel=1e-6)
