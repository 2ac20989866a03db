"""The progress of a training run as a document and arrays, and back without loss."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from typing import Any

from lstm_core.cells.common import State
from lstm_core.cells.lstm import LSTMState
from lstm_core.experiment import Experiment, model_of, recipe_of
from lstm_core.model.weights import weights, with_weights
from lstm_core.record import Array
from lstm_core.training import Progress, States
from lstm_core.training.optimisers import Memory

WEIGHTS, FIRST, SECOND, STATES = "weights.", "first.", "second.", "states."


def initial_progress(experiment: Experiment) -> Progress:
    """Return the progress before the first update; its loss and gradient norm are NaN."""
    model, recipe = model_of(experiment), recipe_of(experiment)
    return Progress(
        updates=0,
        model=model,
        loss=math.nan,
        gradient_norm=math.nan,
        learning_rate=recipe.learning_rate,
        memory=recipe.optimiser.start(weights(model)),
    )


def progress_document(progress: Progress) -> dict[str, Any]:
    """Return what of a progress is not in arrays."""
    names = ("updates", "loss", "gradient_norm", "learning_rate")
    return {name: getattr(progress, name) for name in names}


def progress_arrays(progress: Progress) -> dict[str, Array]:
    """Return the arrays of a progress: weights, the optimiser's memory, the carried states."""
    states = {
        f"{k}.{field.name}": getattr(state, field.name)
        for k, state in enumerate(progress.states)
        for field in dataclasses.fields(state)
    }
    groups = {
        WEIGHTS: weights(progress.model),
        FIRST: progress.memory.first,
        SECOND: progress.memory.second,
        STATES: states,
    }
    return {prefix + name: a for prefix, group in groups.items() for name, a in group.items()}


def progress_from(
    experiment: Experiment, document: dict[str, Any], arrays: Mapping[str, Array]
) -> Progress:
    """Return the progress that `progress_document` and `progress_arrays` took apart."""
    return Progress(
        **document,
        model=with_weights(model_of(experiment), arrays_with(arrays, WEIGHTS)),
        memory=Memory(
            updates=document["updates"],
            first=arrays_with(arrays, FIRST),
            second=arrays_with(arrays, SECOND),
        ),
        states=_states(arrays_with(arrays, STATES)),
    )


def arrays_with(arrays: Mapping[str, Array], prefix: str) -> dict[str, Array]:
    """Return the arrays whose names begin with `prefix`, by the rest of their names."""
    return {n.removeprefix(prefix): array for n, array in arrays.items() if n.startswith(prefix)}


def _states(arrays: Mapping[str, Array]) -> States:
    layers = sorted({int(name.split(".")[0]) for name in arrays})
    fields = [arrays_with(arrays, f"{k}.") for k in layers]
    return tuple(LSTMState(**f) if "cell_state" in f else State(**f) for f in fields)
