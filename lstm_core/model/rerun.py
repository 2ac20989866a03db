"""A changed run: the same as another up to the first change, and computed anew from there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from ..record import Array
from ..run.interventions import Intervention
from ..run.joining import joined
from .layer import EMPTY, Interventions, Layer, LayerRun, LayerState
from .model import NOTHING, ZERO, Model, ModelRun


def rerun(
    model: Model,
    before: ModelRun,
    inputs: Array,
    interventions: Mapping[int, Interventions] = NOTHING,
    initial: Mapping[int, LayerState] = ZERO,
) -> ModelRun:
    """Run other inputs (T, D), or the same with interventions, from where that changes anything.

    `before` is what `model.run_inputs` computed without any of this. Up to the first timestep at
    which the inputs differ or an intervention begins the result has its numbers, bit for bit.
    Where a layer reads backwards, or states to begin with are given, everything is computed.

    Raises ValueError as `Model.run_inputs` does.
    """
    inputs = np.asarray(inputs, before.inputs.dtype)
    first = first_change(before.inputs, inputs, _clamps(interventions))
    backwards = any(layer.backward is not None or layer.reverse for layer in model.layers)
    if first == 0 or backwards or initial:
        return model.run_inputs(inputs, interventions=interventions, initial=initial)
    rest = model.run_inputs(
        inputs[first:],
        interventions={
            k: {name: _from(first, len(inputs), clamps) for name, clamps in changed.items()}
            for k, changed in interventions.items()
        },
        initial={k: _state_before(run, first) for k, run in enumerate(before.layers)},
    )
    layers = tuple(
        _joined_layer(layer, old, new, first, interventions.get(k, EMPTY).get("forward", ()))
        for k, (layer, old, new) in enumerate(
            zip(model.layers, before.layers, rest.layers, strict=True)
        )
    )
    predictions = None
    if model.reads_other_timesteps and model.readout is not None:
        predictions = model.readout.predict(model.read_off(layers))
    elif before.predictions is not None and rest.predictions is not None:
        predictions = np.concatenate([before.predictions[:first], rest.predictions])
    return ModelRun(inputs=inputs, layers=layers, predictions=predictions)


def first_change(before: Array, inputs: Array, clamps: Iterable[Intervention] = ()) -> int:
    """Return the first timestep at which inputs (T, D) differ or a clamp begins.

    Where one run reads further than the other, it is the end of the shorter one; where nothing
    is changed, it is T.
    """
    both = min(len(before), len(inputs))
    different = np.flatnonzero((before[:both] != inputs[:both]).any(axis=1))
    begins = [clamp.first or 0 for clamp in clamps]
    return min([*(int(t) for t in different[:1]), both, *begins])


def _clamps(interventions: Mapping[int, Interventions]) -> list[Intervention]:
    return [clamp for layer in interventions.values() for held in layer.values() for clamp in held]


def _from(first: int, stop: int, clamps: tuple[Intervention, ...]) -> tuple[Intervention, ...]:
    """The clamps as a run that begins at timestep `first` sees them."""
    seen = (clamp.within(first, stop) for clamp in clamps)
    return tuple(clamp for clamp in seen if clamp is not None)


def _state_before(run: LayerRun, first: int) -> LayerState:
    """The state with which the timestep `first` begins."""
    state = run.forward[first - 1].state.arrays()
    return LayerState(hidden=state["hidden_state"], cell=state.get("cell_state"))


def _joined_layer(
    layer: Layer, before: LayerRun, rest: LayerRun, first: int, clamps: tuple[Intervention, ...]
) -> LayerRun:
    old: Any = before.forward
    trace = joined(old, first, rest.forward, clamps)
    return LayerRun(
        outputs=trace.hidden_state,
        forward=trace,
        backward=None,
        final_hidden=rest.final_hidden,
        final_cell=rest.final_cell,
    )
