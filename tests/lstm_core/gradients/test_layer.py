"""Back through a layer, whichever way it merges its directions and hands them on."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from lstm_core import Layer
from lstm_core.gradients.layer import layer_gradients
from lstm_core.model.layer import Merge
from lstm_core.training import initial_lstm

from ..slopes import assert_derivative

DIRECTIONS: list[tuple[Merge, bool]] = [
    ("concat", False),  # one direction
    ("concat", True),
    ("sum", True),
    ("ave", True),
    ("mul", True),
]


@pytest.mark.slow  # runs the layer thousands of times
@pytest.mark.parametrize("running_order", [False, True])
@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize(("merge", "both"), DIRECTIONS)
def test_gradients_of_a_layer_are_the_slopes_of_what_it_hands_on(
    merge, both, reverse, running_order
):
    rng = np.random.default_rng(4)
    cells = [initial_lstm(rng, 2, 2, dtype=np.float64) for _ in range(2)]
    layer = Layer(
        name="layer",
        forward=cells[0],
        backward=cells[1] if both else None,
        merge=merge,
        reverse=reverse,
        running_order=running_order,
    )
    inputs = rng.normal(size=(2, 3, 2))
    run = layer.unroll(inputs)
    d_outputs = rng.normal(size=run.outputs.shape)
    parameters, d_inputs = layer_gradients(layer, run, d_outputs)

    def loss(x: np.ndarray, changed: Layer = layer) -> float:
        return float(np.sum(changed.unroll(x).outputs * d_outputs))

    assert_derivative(d_inputs, loss, inputs)
    assert set(parameters) == ({"forward", "backward"} if both else {"forward"})
    for direction, gradients in parameters.items():
        cell = getattr(layer, direction)
        for name in ("kernel", "recurrent_kernel", "bias"):

            def moved(array: np.ndarray, name: str = name, direction: str = direction) -> float:
                other = getattr(layer, direction).replace(**{name: array})
                return loss(inputs, dataclasses.replace(layer, **{direction: other}))

            assert_derivative(getattr(gradients, name), moved, getattr(cell, name))
