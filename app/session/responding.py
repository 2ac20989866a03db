"""How the units on the stage answer an impulse, a step and a sine, computed once for all."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lstm_core.analysis import Response, response
from lstm_core.analysis.responses import Disturbance
from lstm_core.model import Model
from lstm_core.record import Array

from .opened_view import OpenedView, trace_of
from .runs import run_key
from .shared_store import store

TIMESTEPS, BEFORE, PERIOD = 200, 60, 20
MOST_UNITS = 2048  # of all layers: more would keep the reader waiting


def is_causal(model: Model) -> bool:
    """Return whether no layer reads backwards: else a response begins before its cause."""
    return not any(layer.bidirectional or layer.reverse for layer in model.layers)


def is_quick(model: Model) -> bool:
    """Return whether a network is small enough to be run six times while the reader waits."""
    return sum(layer.hidden_size for layer in model.layers) <= MOST_UNITS


def unit_responses(opened: OpenedView, resting: str, moved: str) -> Mapping[Disturbance, Response]:
    """Return the responses of all units' memory, by disturbance.

    A network of symbols reads the symbol `resting`, then `moved`; one of numbers reads zeros (as
    it reads them, after scaling), then one more in the column `moved`.
    """
    view = opened.view
    key = ("responses", *run_key(opened.subject, opened.unchanged_sequence)[:-1], view.layer)
    return store.get_or_compute((*key, resting, moved), lambda: _responses(opened, resting, moved))


def _responses(opened: OpenedView, resting: str, moved: str) -> dict[Disturbance, Response]:
    model, memory = opened.subject.model, opened.trace.vocabulary.memory
    first, second = _inputs(model, resting, moved)

    def run(inputs: Array) -> Array:
        given = np.asarray(inputs, model.dtype)
        return trace_of(model.run_inputs(given), opened.view).series(memory)

    symbols = reads_symbols(model)
    kinds: tuple[Disturbance, ...] = ("impulse", "step") if symbols else ("impulse", "step", "sine")
    return {
        kind: response(run, first, second, kind, timesteps=TIMESTEPS, before=BEFORE, period=PERIOD)
        for kind in kinds
    }


def reads_symbols(model: Model) -> bool:
    """Return whether a network reads symbols."""
    return model.encoder is not None and model.encoder.reads_symbols


def _inputs(model: Model, resting: str, moved: str) -> tuple[Array, Array]:
    """What is read at rest and then, (D,) each."""
    if model.encoder is not None and model.encoder.reads_symbols:
        both = model.encode((resting, moved))
        return both[0], both[1]
    still = np.zeros(model.layers[0].input_size)
    other = still.copy()
    other[int(moved)] = 1.0
    return still, other
