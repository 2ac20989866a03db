"""What stands before the first recurrent node of a graph and can be run, timestep by timestep.

Constant matrix products with what is added to them, constant factors and terms, layer normalisation
over the last axis, and activations of one number. On the way only what leaves the last axis where
it is may stand between: a Reshape may put timesteps among the numbers.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

import numpy as np
import onnx

from ...model import Dense, Normalised, Scaled, Stage
from ...record import Array, record
from .constants import Scope

HANDS_ON = ("Identity", "Dropout")
ACTIVATIONS: Mapping[str, tuple[str, Mapping[str, float]]] = {
    "Relu": ("relu", {}),
    "Tanh": ("tanh", {}),
    "Sigmoid": ("sigmoid", {}),
    "Softsign": ("softsign", {}),
    "Softplus": ("softplus", {}),
    "Mish": ("mish", {}),
    "HardSwish": ("hard_silu", {}),
    "LeakyRelu": ("leaky_relu", {"alpha": 0.01}),
    "ThresholdedRelu": ("thresholded_relu", {"alpha": 1.0}),
    "Elu": ("elu", {"alpha": 1.0}),
    "Celu": ("celu", {"alpha": 1.0}),
    "HardSigmoid": ("hard_sigmoid", {"alpha": 0.2, "beta": 0.5}),
}
"""By its operator an activation as we spell it, and ONNX's defaults of its numbers."""


@record
class Front:
    """The stages before a recurrent node, in the order in which they run.

    `width` is how many numbers the first of them reads, under the name `reads`.
    """

    stages: tuple[Stage, ...]
    reads: str
    width: int


def front_of(name: str, scope: Scope, width: int, dtype: Any) -> Front:
    """Return what makes the numbers `name`, `width` of them, as far as it can be run here."""
    stages: list[Stage] = []
    name = _before(name, scope)
    while (step := _stage(name, scope, width)) is not None:
        stage, name = step
        stages.insert(0, _as(stage, dtype))
        width = stage.input_size
        name = _before(name, scope)
    return Front(stages=tuple(stages), reads=name, width=width)


def _before(name: str, scope: Scope) -> str:
    """The name of the same numbers further up, last axis last."""
    for _ in range(100):
        maker, _ = scope.producer(name) or (None, 0)
        if maker is None or not maker.input:
            return name
        kept = maker.op_type in HANDS_ON
        if maker.op_type == "Transpose":
            order = _attributes(maker).get("perm") or []
            kept = bool(order) and order[-1] == len(order) - 1
        if not kept:
            return name
        name = maker.input[0]
    return name


def _stage(name: str, scope: Scope, width: int) -> tuple[Stage, str] | None:
    """The stage that makes `name`, and the name of what it reads; None where there is none."""
    node, k = scope.producer(name) or (None, 0)
    if node is None or k or node.domain not in ("", "ai.onnx") or not node.input:
        return None
    if node.op_type in ACTIVATIONS:
        plain, numbers = ACTIVATIONS[node.op_type]
        given = _attributes(node)
        spelled = ", ".join(repr(float(given.get(key, numbers[key]))) for key in numbers)
        activation = f"{plain}({spelled})" if numbers else plain
        ones = np.ones(width)
        return Scaled(scale=ones, offset=0 * ones, activation=activation), node.input[0]
    if node.op_type == "MatMul":
        kernel = _constant(node.input[1], scope)
        if kernel is None or kernel.ndim != 2 or kernel.shape[1] != width:
            return None
        return Dense(kernel=kernel, bias=np.zeros(width)), node.input[0]
    if node.op_type == "LayerNormalization":
        return _normalised(node, scope, width)
    return _scaled(node, scope, width)


def _normalised(node: Any, scope: Scope, width: int) -> tuple[Stage, str] | None:
    given = _attributes(node)
    trained = [_vector(name, scope, width) for name in node.input[1:]]
    if given.get("axis", -1) != -1 or not trained or any(part is None for part in trained):
        return None
    scale, offset = (*trained, np.zeros(width))[:2]
    assert scale is not None
    assert offset is not None
    stage = Normalised(scale=scale, offset=offset, epsilon=float(given.get("epsilon", 1e-5)))
    return stage, node.input[0]


def _scaled(node: Any, scope: Scope, width: int) -> tuple[Stage, str] | None:
    """A constant that is added, taken off, multiplied or divided by."""
    if node.op_type not in ("Add", "Sub", "Mul", "Div") or len(node.input) != 2:
        return None
    constants = [_vector(name, scope, width) for name in node.input]
    given = [k for k in (0, 1) if constants[k] is None]
    swapped = node.op_type in ("Sub", "Div") and given == [1]
    if len(given) != 1 or swapped:
        return None
    value = constants[1 - given[0]]
    assert value is not None
    one, zero = np.ones(width), np.zeros(width)
    scale, offset = {
        "Add": (one, value),
        "Sub": (one, -value),
        "Mul": (value, zero),
        "Div": (one / value, zero),
    }[node.op_type]
    return Scaled(scale=scale, offset=offset), node.input[given[0]]


def _constant(name: str, scope: Scope) -> Array | None:
    value = scope.constant(name)
    finite = isinstance(value, np.ndarray) and value.dtype.kind == "f" and np.isfinite(value).all()
    return value if finite and isinstance(value, np.ndarray) else None


def _vector(name: str, scope: Scope, width: int) -> Array | None:
    """A constant of one number for each of `width`, or one for all of them."""
    value = _constant(name, scope)
    if value is None or value.size not in (1, width):
        return None
    if value.ndim and value.shape[-1] != value.size:  # one for each timestep or sequence
        return None
    return np.broadcast_to(value.ravel(), (width,))


def _attributes(node: Any) -> dict[str, Any]:
    return {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}


def _as(stage: Stage, dtype: Any) -> Stage:
    """A stage in the dtype in which the layer computes."""
    arrays: dict[str, Any] = {
        name: value.astype(dtype)
        for name, value in vars(stage).items()
        if isinstance(value, np.ndarray)
    }
    return dataclasses.replace(stage, **arrays)
