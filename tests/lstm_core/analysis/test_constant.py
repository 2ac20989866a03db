"""Where a prediction is constant, the first part of the way that stands still is named."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from lstm_core import Layer, LSTMParameters, Model, Readout
from lstm_core.analysis import constant_prediction

T, D, H = 40, 2, 4


def a_model(bias: dict[str, float] | None = None, inputs: float = 1.0, shown: float = 1.0) -> Model:
    """A model whose gates have these biases, with weights of these sizes."""
    rng = np.random.default_rng(0)
    blocks = ("input_gate", "forget_gate", "candidate", "output_gate")
    cell = LSTMParameters(
        kernel=inputs * rng.normal(size=(D, 4 * H)),
        recurrent_kernel=0.1 * inputs * rng.normal(size=(H, 4 * H)),
        bias=np.repeat([(bias or {}).get(name, 0.0) for name in blocks], H),
    )
    readout = Readout(
        kernel=shown * rng.normal(size=(H, 3)),
        bias=np.array([1.0, 0.0, -1.0]),
        activation="softmax",
        labels=tuple("abc"),
    )
    return Model(layers=(Layer(name="layer", forward=cell),), readout=readout)


def found(model: Model, inputs: Any = None) -> Any:
    given = np.random.default_rng(1).normal(size=(T, D)) if inputs is None else inputs
    return constant_prediction(model, model.run_inputs(given))


def test_a_prediction_that_varies_has_no_cause() -> None:
    assert found(a_model()) is None


@pytest.mark.parametrize(
    ("model", "inputs", "cause"),
    [
        (a_model(), np.full((T, D), 0.3), "inputs"),
        (a_model({"candidate": 3.0}, inputs=1e-3), None, "weights"),
        (a_model(shown=1e-4), None, "readout"),
        (a_model({"output_gate": -9.0}), None, "output_gate"),
        (
            a_model({"forget_gate": 9.0, "input_gate": 9.0, "candidate": 9.0, "output_gate": 9.0}),
            None,
            "saturated",
        ),
        (a_model({"forget_gate": 12.0, "input_gate": -12.0}), None, "memory"),
        (
            a_model({"forget_gate": -9.0, "input_gate": 9.0, "candidate": 2.0}, 0.3, 0.1),
            None,
            "kept",
        ),
    ],
)
def test_the_first_part_that_stands_still_is_the_cause(
    model: Model, inputs: Any, cause: str
) -> None:
    constant = found(model, inputs)
    assert constant is not None
    assert constant.cause == cause
    assert constant.deviation < 0.01


def test_a_short_run_says_nothing() -> None:
    assert found(a_model(shown=0.0), np.ones((5, D))) is None
