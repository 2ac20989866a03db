"""A run goes on from a progress as if it had never stopped."""

from __future__ import annotations

from typing import Any

import pytest

from app.trainer.progress import progress_arrays, progress_document, progress_from
from lstm_core.experiment import batches, recipe_of
from lstm_core.training import training

from .runs import SMALL, alone


@pytest.mark.parametrize("cell", ["lstm", "gru", "rnn"])
@pytest.mark.parametrize("optimiser", ["adam", "sgd"])
def test_a_progress_is_put_together_as_it_was_taken_apart(cell: Any, optimiser: Any) -> None:
    experiment = SMALL.replace(cell=cell, optimiser=optimiser, updates=5)
    true = alone(experiment)
    middle = progress_from(experiment, progress_document(true[2]), progress_arrays(true[2]))
    apart, again = progress_arrays(true[2]), progress_arrays(middle)
    assert apart.keys() == again.keys()
    assert any(name.startswith("states.") for name in apart)
    assert all((apart[name] == again[name]).all() for name in apart)
    recipe, rest = recipe_of(experiment), batches(experiment, 3)
    *_, last = training(middle.model, rest, recipe, resume=middle)
    assert last.loss == true[-1].loss
