"""Operators around the recurrent nodes as stages: constant products, terms, norms, activations.

An operator is followed along the axis of its numbers, which is the last one; between two
transpositions that put the numbers before the time, as convolutions want them, it is the second.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import onnx

from ...model import Convolved, Dense, FrontStage, Normalised, Pooled, Scaled, by_groups
from ...record import Array, record
from .constants import Scope
from .fused import Fused, fused_activation

HANDS_ON = ("Identity", "Dropout")
ACTIVATIONS: Mapping[str, tuple[str, Mapping[str, float]]] = {
    "Relu": ("relu", {}),
    "Tanh": ("tanh", {}),
    "Sigmoid": ("sigmoid", {}),
    "Softsign": ("softsign", {}),
    "Softplus": ("softplus", {}),
    "Mish": ("mish", {}),
    "HardSwish": ("hard_silu", {}),
    "Exp": ("exponential", {}),
    "LeakyRelu": ("leaky_relu", {"alpha": 0.01}),
    "ThresholdedRelu": ("thresholded_relu", {"alpha": 1.0}),
    "Elu": ("elu", {"alpha": 1.0}),
    "Celu": ("celu", {"alpha": 1.0}),
    "HardSigmoid": ("hard_sigmoid", {"alpha": 0.2, "beta": 0.5}),
}
"""By its operator an activation as we spell it, and ONNX's defaults of its numbers."""


@record
class Step:
    """A stage, and the name of what it reads."""

    stage: FrontStage
    reads: str


@record
class _Given:
    """An operator, the numbers that it gives or takes, and whether they stand before the time.

    `flat` says which of two axes behind them is the time, where the other has one place.
    """

    node: Any
    scope: Scope
    width: int
    numbers_first: bool
    flat: int | None = None

    @property
    def attributes(self) -> dict[str, Any]:
        return attributes_of(self.node)

    def constant(self, slot: int) -> Array | None:
        """The finite numbers of an input; None where it has no constant value."""
        names = self.node.input
        value = self.scope.constant(names[slot]) if slot < len(names) and names[slot] else None
        if not isinstance(value, np.ndarray) or value.dtype.kind != "f":
            return None
        return value if np.isfinite(value).all() else None

    def vector(self, slot: int) -> Array | None:
        """A constant of one number for each of `width`, or one for all of them."""
        value = self.constant(slot)
        if value is None or value.size not in (1, self.width):
            return None
        at = -1 - self.numbers_first - (self.flat is not None)
        if value.ndim and value.size > 1 and (value.ndim < -at or value.shape[at] != value.size):
            return None  # one for each timestep or sequence
        return np.broadcast_to(value.ravel(), (self.width,))


def attributes_of(node: Any) -> dict[str, Any]:
    """Return an operator's attributes by their names."""
    return {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}


def step_of(
    node: Any, scope: Scope, width: int, numbers_first: bool = False, flat: int | None = None
) -> Step | None:
    """Return what an operator does to each timestep; None for one that cannot be run here.

    `width` is how many numbers come out of it, or go in where it keeps how many there are.
    """
    if node.domain not in ("", "ai.onnx") or not node.input:
        return None
    given = _Given(node=node, scope=scope, width=width, numbers_first=numbers_first, flat=flat)
    if fused := fused_activation(node, scope):
        return alone(fused, width)
    if node.op_type in ACTIVATIONS:
        return _activated(given)
    make = MAKERS.get(node.op_type)
    return make(given) if make else None


def in_dtype(stage: FrontStage, dtype: Any) -> FrontStage:
    """Return a stage in the dtype in which the layer computes."""
    arrays: dict[str, Any] = {
        name: value.astype(dtype)
        for name, value in vars(stage).items()
        if isinstance(value, np.ndarray)
    }
    return dataclasses.replace(stage, **arrays)


def alone(fused: Fused, width: int) -> Step:
    """Return an activation of several operators as a step."""
    ones = np.ones(width)
    stage = Scaled(scale=ones, offset=0 * ones, activation=fused.activation)
    return Step(stage=stage, reads=fused.reads)


def _alone(given: _Given, activation: str) -> Step:
    ones = np.ones(given.width)
    stage = Scaled(scale=ones, offset=0 * ones, activation=activation)
    return Step(stage=stage, reads=given.node.input[0])


def _activated(given: _Given) -> Step:
    plain, numbers = ACTIVATIONS[given.node.op_type]
    own = given.attributes
    spelled = ", ".join(repr(float(own.get(key, numbers[key]))) for key in numbers)
    return _alone(given, f"{plain}({spelled})" if numbers else plain)


def _gelu(given: _Given) -> Step:
    by_tanh = given.attributes.get("approximate", b"none") == b"tanh"
    return _alone(given, "gelu_tanh" if by_tanh else "gelu")


def _selu(given: _Given) -> Step | None:
    own = given.attributes
    usual = abs(own.get("alpha", 1.67326) - 1.67326) + abs(own.get("gamma", 1.0507) - 1.0507)
    return _alone(given, "selu") if usual < 1e-4 else None


def _clipped(given: _Given) -> Step | None:
    low, high = given.constant(1), given.constant(2)
    if low is None or high is None or low.size != 1 or high.size != 1:
        return None
    ends = (float(low.item()), float(high.item()))
    if ends[0] == 0 and ends[1] > 0:
        return _alone(given, f"clipped_relu({ends[1]!r})")
    return _alone(given, "hard_tanh") if ends == (-1.0, 1.0) else None


def _product(given: _Given) -> Step | None:
    kernel = given.constant(1)
    if kernel is None or kernel.ndim != 2 or given.numbers_first:
        return None
    bias = np.zeros(kernel.shape[1])
    return Step(stage=Dense(kernel=kernel, bias=bias), reads=given.node.input[0])


def _general_product(given: _Given) -> Step | None:
    """Gemm: alpha·x·W + beta·b."""
    own, kernel, bias = given.attributes, given.constant(1), given.constant(2)
    if kernel is None or kernel.ndim != 2 or own.get("transA") or given.numbers_first:
        return None
    kernel = own.get("alpha", 1.0) * (kernel.T if own.get("transB") else kernel)
    if bias is None:
        if len(given.node.input) > 2 and given.node.input[2]:
            return None
        bias = np.zeros(kernel.shape[1])
    if bias.size not in (1, kernel.shape[1]):
        return None
    added = np.broadcast_to(own.get("beta", 1.0) * bias.ravel(), (kernel.shape[1],))
    return Step(stage=Dense(kernel=kernel, bias=added), reads=given.node.input[0])


def _normalised(given: _Given) -> Step | None:
    own = given.attributes
    trained = [given.vector(slot) for slot in range(1, len(given.node.input))]
    apart = given.numbers_first or own.get("axis", -1) != -1
    if apart or not trained or any(part is None for part in trained):
        return None
    scale, offset = (*trained, np.zeros(given.width))[:2]
    assert scale is not None
    assert offset is not None
    stage = Normalised(scale=scale, offset=offset, epsilon=float(own.get("epsilon", 1e-5)))
    return Step(stage=stage, reads=given.node.input[0])


def _batch_normalised(given: _Given) -> Step | None:
    """Batch normalisation as it is once trained; its numbers stand on the second axis."""
    own = given.attributes
    parts = [given.constant(slot) for slot in range(1, 5)]
    trained = [part for part in parts if part is not None and part.shape == (given.width,)]
    if len(trained) != 4 or own.get("training_mode"):
        return None
    gamma, beta, mean, variance = (part.astype(np.float64) for part in trained)
    scale = gamma / np.sqrt(variance + own.get("epsilon", 1e-5))
    stage = Scaled(scale=scale, offset=beta - mean * scale)
    return Step(stage=stage, reads=given.node.input[0])


def _scaled(given: _Given) -> Step | None:
    """A constant that is added, taken off, multiplied or divided by."""
    node = given.node
    if len(node.input) != 2:
        return None
    constants = [given.vector(slot) for slot in (0, 1)]
    computed = [k for k in (0, 1) if constants[k] is None]
    swapped = node.op_type in ("Sub", "Div") and computed == [1]
    if len(computed) != 1 or swapped:
        return None
    value = constants[1 - computed[0]]
    assert value is not None
    one, zero = np.ones(given.width), np.zeros(given.width)
    scale, offset = {
        "Add": (one, value),
        "Sub": (one, -value),
        "Mul": (value, zero),
        "Div": (one / value, zero),
    }[node.op_type]
    return Step(stage=Scaled(scale=scale, offset=offset), reads=node.input[computed[0]])


def _convolved(given: _Given) -> Step | None:
    own, kernel, bias = given.attributes, given.constant(1), given.constant(2)
    if not given.numbers_first or kernel is None or kernel.ndim != 3 + (given.flat is not None):
        return None
    if given.flat is not None:
        if kernel.shape[3 - given.flat] != 1:
            return None
        own, kernel = _along(own, given.flat), kernel.squeeze(3 - given.flat)
    if bias is None and len(given.node.input) > 2 and given.node.input[2]:
        return None
    padding = _padding(own)
    if padding == ():
        return None
    stage = Convolved(
        kernel=by_groups(np.moveaxis(kernel, (0, 1, 2), (2, 1, 0)), own.get("group", 1)),
        bias=np.zeros(len(kernel)) if bias is None else bias,
        stride=_single(own.get("strides")),
        dilation=_single(own.get("dilations")),
        padding=padding,
    )
    return Step(stage=stage, reads=given.node.input[0])


def _pooled(given: _Given) -> Step | None:
    own = given.attributes
    if given.flat is not None and "kernel_shape" in own:
        if own["kernel_shape"][1 - given.flat] != 1:
            return None
        own = _along(own, given.flat)
    padding = _padding(own)
    counted = own.get("count_include_pad") and padding != (0, 0)
    unusual = own.get("ceil_mode") or counted or _single(own.get("dilations")) > 1
    if not given.numbers_first or padding == () or unusual or len(own["kernel_shape"]) != 1:
        return None
    stage = Pooled(
        size=given.width,
        window=_single(own["kernel_shape"]),
        of="max" if given.node.op_type == "MaxPool" else "mean",
        stride=_single(own.get("strides")),
        padding=padding,
    )
    return Step(stage=stage, reads=given.node.input[0])


def _along(own: Mapping[str, Any], flat: int) -> dict[str, Any]:
    """The attributes of an operator over two axes for one of them, where the other has one place.

    Padding on the other axis would make places of nothing: then it is kept as of both axes.
    """
    taken = {
        key: [own[key][flat]] for key in ("strides", "dilations", "kernel_shape") if key in own
    }
    pads = own.get("pads", [0, 0, 0, 0])
    other = pads[1 - flat] == pads[3 - flat] == 0
    return {**own, **taken, "pads": [pads[flat], pads[2 + flat]] if other else pads}


def _single(value: Any) -> int:
    return int(value[0]) if value else 1


def _padding(own: Mapping[str, Any]) -> Any:
    """Timesteps before and after; () for a way to pad that is not known here."""
    named = own.get("auto_pad", b"NOTSET")
    if named == b"VALID":
        return (0, 0)
    if named != b"NOTSET":
        return ()
    pads = own.get("pads", [0, 0])
    return tuple(int(n) for n in pads) if len(pads) == 2 and min(pads) >= 0 else ()


MAKERS: Mapping[str, Callable[[_Given], Step | None]] = {
    "Gelu": _gelu,
    "Selu": _selu,
    "Clip": _clipped,
    "MatMul": _product,
    "Gemm": _general_product,
    "LayerNormalization": _normalised,
    "BatchNormalization": _batch_normalised,
    "Conv": _convolved,
    "MaxPool": _pooled,
    "AveragePool": _pooled,
    **dict.fromkeys(("Add", "Sub", "Mul", "Div"), _scaled),
}
