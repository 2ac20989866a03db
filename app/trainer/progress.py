"""A point of a training run as words and arrays, and back: nothing is lost on the way."""

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


def beginning(experiment: Experiment) -> Progress:
    """Return where a run stands before its first update; nobody has measured a loss yet."""
    model, recipe = model_of(experiment), recipe_of(experiment)
    return Progress(
        updates=0,
        model=model,
        loss=math.nan,
        gradient_norm=math.nan,
        learning_rate=recipe.learning_rate,
        memory=recipe.optimiser.start(weights(model)),
    )


def words_of(progress: Progress) -> dict[str, Any]:
    """Return the numbers of a progress that are no arrays."""
    names = ("updates", "loss", "gradient_norm", "learning_rate")
    return {name: getattr(progress, name) for name in names}


def arrays_of(progress: Progress) -> dict[str, Array]:
    """Return the arrays of a progress: weights, the optimiser's memory, the carried states."""
    states = {
        f"{k}.{field.name}": getattr(state, field.name)
        for k, state in enumerate(progress.states)
        for field in dataclasses.fields(state)
    }
    parts = {
        WEIGHTS: weights(progress.model),
        FIRST: progress.memory.first,
        SECOND: progress.memory.second,
        STATES: states,
    }
    return {prefix + name: a for prefix, part in parts.items() for name, a in part.items()}


def progress_of(
    experiment: Experiment, words: dict[str, Any], arrays: Mapping[str, Array]
) -> Progress:
    """Return the progress that was taken apart by `words_of` and `arrays_of`."""
    return Progress(
        **words,
        model=with_weights(model_of(experiment), part(arrays, WEIGHTS)),
        memory=Memory(
            updates=words["updates"], first=part(arrays, FIRST), second=part(arrays, SECOND)
        ),
        states=_states(part(arrays, STATES)),
    )


def part(arrays: Mapping[str, Array], prefix: str) -> dict[str, Array]:
    """Return the arrays whose names begin with `prefix`, without it."""
    return {n.removeprefix(prefix): array for n, array in arrays.items() if n.startswith(prefix)}


def _states(arrays: Mapping[str, Array]) -> States:
    layers = sorted({int(name.split(".")[0]) for name in arrays})
    fields = [part(arrays, f"{k}.") for k in layers]
    return tuple(LSTMState(**f) if "cell_state" in f else State(**f) for f in fields)
