"""Constants of an ONNX graph: those that stand in it, and those that are computed from them.

Exporters cut weights up and put them together again inside the graph. This folds what they
use; what depends on an input of the graph has no constant value.

Source: the ONNX operators, opsets 7 to 24.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import onnx
import onnx.helper
import onnx.numpy_helper

from ...record import Array, record
from ..errors import ModelFileError, shown
from .file import Tensor
from .partial import OneSequence, Operator, Partial, fold_partial

MAX_DEPTH = 100
MAX_FOLDED = 256 << 20  # bytes of all folded arrays together, at least


@record
class Fill:
    """One number everywhere, in a shape that only a run knows: an initial state of zeros."""

    value: float


Value = Array | Fill | Partial | None
Attributes = Mapping[str, Any]


class Budget:
    """How many bytes may still be folded: a short file can describe enormous arrays."""

    def __init__(self, size: int):
        """Allow four times the size of the file, or 256 MB."""
        self.left = max(4 * size, MAX_FOLDED)
        self.inexact: set[str] = set()  # names that come from a quantised number

    def spend(self, count: int) -> None:
        """Raise ModelFileError where more is asked than is left."""
        self.left -= count
        if self.left < 0:
            raise ModelFileError(
                "The graph computes arrays from constants that are far larger than the file: "
                "that is refused."
            )


class Scope:
    """The names that a graph knows: its own, and those of the graphs around it."""

    def __init__(
        self,
        nodes: Sequence[Any],
        initializers: Sequence[Tensor],
        budget: Budget,
        outer: Scope | None = None,
        inside: tuple[Any, Any] | None = None,
    ):
        """Take a graph's nodes and initializers; `outer` is the graph that it stands in.

        `inside` is the node of that one in which it stands, and the graph itself.
        """
        self.inside = inside
        self.nodes, self.outer, self.budget = nodes, outer, budget
        self.initializers = {tensor.name: tensor for tensor in initializers}
        self.producers = {
            name: (node, k) for node in nodes for k, name in enumerate(node.output) if name
        }
        self._folded: dict[str, list[Value]] = {}

    def producer(self, name: str) -> tuple[Any, int] | None:
        """The node, here or around, that makes `name`, and as which of its outputs."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.producers:
                return scope.producers[name]
            if name in scope.initializers:
                return None
            scope = scope.outer
        return None

    def constant(self, name: str, depth: int = 0) -> Value:
        """The constant value of `name`; None where it has none.

        Raises ModelFileError for constants that break the rules or grow beyond reason.
        """
        if depth > MAX_DEPTH:
            return None
        if name in self.initializers:
            return self.initializers[name].array()
        if name not in self.producers:
            return self.outer.constant(name, depth) if self.outer else None
        node, k = self.producers[name]
        key = node.output[0]
        if key not in self._folded:
            self._folded[key] = []  # a node that needs itself has no constant value
            self._folded[key] = self._fold(node, depth)
        values = self._folded[key]
        return values[k] if k < len(values) else None

    def _fold(self, node: Any, depth: int) -> list[Value]:
        if node.domain not in ("", "ai.onnx") or node.op_type not in OPERATORS:
            return []
        attributes = {a.name: _attribute(a) for a in node.attribute}
        inputs = [self.constant(name, depth + 1) if name else None for name in node.input]
        missing = [name for name, v in zip(node.input, inputs, strict=True) if name and v is None]
        if node.op_type == "DequantizeLinear" or self.budget.inexact & set(node.input):
            self.budget.inexact |= set(node.output)

        def compute(given: list[Any], attributes: Attributes) -> list[Array]:
            return OPERATORS[node.op_type](_Call(given, attributes, len(node.output), self))

        values: list[Value]
        try:
            if not missing and all(isinstance(v, np.ndarray | None) for v in inputs):
                values = [*compute(inputs, attributes)]
            else:
                values = _in_part(node.op_type, inputs, attributes, compute)
        except (ValueError, IndexError, TypeError, KeyError, OverflowError) as error:
            raise ModelFileError(
                f"The node {shown(node.name or key_of(node))} ({node.op_type}) breaks the rules "
                f"of its operator ({shown(error)})."
            ) from error
        for value in values:
            array = value.array if isinstance(value, OneSequence) else value
            if isinstance(array, np.ndarray) and array.base is None:
                self.budget.spend(array.nbytes)
        return values


def key_of(node: Any) -> str:
    """A name for a node: its own, or that of its first output."""
    return str(node.name or (node.output[0] if node.output else node.op_type))


def _in_part(
    op_type: str, inputs: list[Value], attributes: Attributes, compute: Operator
) -> list[Value]:
    """What can be said of a node that depends on what only a run knows; nothing, perhaps."""
    try:
        values: list[Value] = [*fold_partial(op_type, inputs, attributes, compute)]
    except (ValueError, IndexError, TypeError):  # one sequence is not enough for it
        values = []
    return values or _unknown_shape(op_type, inputs, attributes)


def _unknown_shape(op_type: str, inputs: list[Value], attributes: Attributes) -> list[Value]:
    """What can be said where a shape is only known when the model runs: one number, perhaps."""
    if op_type == "ConstantOfShape":
        value = attributes.get("value")
        return [Fill(value=float(value.ravel()[0]) if value is not None else 0.0)]
    numbers = {_only_number(v) for v in (inputs if op_type == "Concat" else inputs[:1])}
    keeps = ("Expand", "Tile", "Reshape", "Slice", "Squeeze", "Unsqueeze", "Transpose", "Identity")
    if op_type in (*keeps, "Concat", "Cast", "Gather", "Split") and len(numbers) == 1:
        (number,) = numbers
        if number is not None:
            return [Fill(value=number)] * 8
    return []


def _only_number(value: Value) -> float | None:
    """The number that a constant holds everywhere; None where it holds several."""
    if isinstance(value, Fill):
        return value.value
    if not isinstance(value, np.ndarray) or not value.size or value.dtype.kind not in "fiu":
        return None
    low, high = float(value.min()), float(value.max())
    return low if low == high else None


def _attribute(attribute: Any) -> Any:
    value = onnx.helper.get_attribute_value(attribute)
    if isinstance(value, onnx.TensorProto):
        return Tensor(value, None, _nowhere()).array()
    return value


def _nowhere() -> Any:
    """A source without a folder: a constant inside a node has no external data."""
    from ..source import Source

    return Source(b"")


class _Call:
    """One node to fold: its inputs, its attributes and how many outputs it has."""

    def __init__(self, inputs: list[Value], attributes: Attributes, outputs: int, scope: Scope):
        self._inputs, self.attributes, self.outputs, self.scope = inputs, attributes, outputs, scope

    def __getitem__(self, k: int) -> Array:
        value = self._inputs[k]
        if not isinstance(value, np.ndarray):
            raise ValueError(f"input {k} is missing")
        return value

    @property
    def arrays(self) -> list[Array]:
        """All inputs."""
        return [self[k] for k in range(len(self._inputs))]

    def has(self, k: int) -> bool:
        """Whether input k is given."""
        return k < len(self._inputs) and self._inputs[k] is not None

    def numbers(self, k: int, name: str, default: Any = None) -> Any:
        """Whole numbers from input k (newer opsets) or the attribute `name` (older ones)."""
        if self.has(k):
            return [int(n) for n in self[k].ravel()[:64]]
        return self.attributes.get(name, default)


def _sized(call: _Call, shape: Sequence[int]) -> tuple[int, ...]:
    """A shape for which there is room."""
    if min(shape, default=1) < 0 or len(shape) > 32:
        raise ValueError(f"shape is {tuple(shape)}")
    if math.prod(shape) * 8 > call.scope.budget.left:
        call.scope.budget.spend(math.prod(shape) * 8)
    return tuple(shape)


def _constant(call: _Call) -> list[Array]:
    for name, value in call.attributes.items():
        if name == "value":
            return [value]
        if name.startswith("value_") and not name.endswith(("string", "strings")):
            return [np.asarray(value, np.float32 if "float" in name else np.int64)]
    raise ValueError("it has no value")


def _constant_of_shape(call: _Call) -> list[Array]:
    value = call.attributes.get("value", np.zeros(1, np.float32))
    return [np.full(_sized(call, call.numbers(0, "")), value.ravel()[0], value.dtype)]


def _cast(call: _Call) -> list[Array]:
    dtype = onnx.helper.tensor_dtype_to_np_dtype(call.attributes["to"])
    return [call[0].astype(dtype)]


def _squeeze(call: _Call) -> list[Array]:
    axes = call.numbers(1, "axes")
    return [np.squeeze(call[0], None if axes is None else tuple(axes))]


def _unsqueeze(call: _Call) -> list[Array]:
    return [np.expand_dims(call[0], tuple(call.numbers(1, "axes")))]


def _reshape(call: _Call) -> list[Array]:
    shape = call.numbers(1, "shape")
    if not call.attributes.get("allowzero"):
        shape = [call[0].shape[k] if n == 0 else n for k, n in enumerate(shape)]
    return [call[0].reshape(shape)]


def _slice(call: _Call) -> list[Array]:
    starts, ends = call.numbers(1, "starts"), call.numbers(2, "ends")
    axes = call.numbers(3, "axes", list(range(len(starts))))
    steps = call.numbers(4, "steps", [1] * len(starts))
    index = [slice(None)] * call[0].ndim
    for start, end, axis, step in zip(starts, ends, axes, steps, strict=True):
        index[axis] = slice(start, end, step)
    return [call[0][tuple(index)]]


def _expand(call: _Call) -> list[Array]:
    shape = np.broadcast_shapes(call[0].shape, tuple(call.numbers(1, "")))
    return [np.broadcast_to(call[0], _sized(call, shape))]


def _tile(call: _Call) -> list[Array]:
    repeats = call.numbers(1, "")
    _sized(call, [n * r for n, r in zip(call[0].shape, repeats, strict=True)])
    return [np.tile(call[0], repeats)]


def _split(call: _Call) -> list[Array]:
    axis = call.attributes.get("axis", 0)
    sizes = call.numbers(1, "split")
    if sizes is None:
        return list(np.array_split(call[0], call.outputs, axis))
    return list(np.split(call[0], np.cumsum(sizes)[:-1], axis))


def _gather(call: _Call) -> list[Array]:
    axis = call.attributes.get("axis", 0)
    rest = call[0].size // max(call[0].shape[axis], 1)
    _sized(call, [rest, call[1].size])
    return [np.asarray(np.take(call[0], call[1], axis=axis))]


def _concat(call: _Call) -> list[Array]:
    _sized(call, [sum(a.size for a in call.arrays)])
    return [np.concatenate(call.arrays, axis=call.attributes["axis"])]


def _dequantize(call: _Call) -> list[Array]:
    """(q - zero point) * scale, the scale of a channel along `axis`; float32."""
    q, scale = call[0], call[1]
    zero = call[2] if call.has(2) else np.zeros((), q.dtype)
    shape = [1] * q.ndim
    if scale.size > 1:
        shape[call.attributes.get("axis", 1)] = -1
    real = q.astype(np.float32) - zero.astype(np.float32).reshape(shape)
    return [real * scale.astype(np.float32).reshape(shape)]


def _arithmetic(function: Callable[..., Array]) -> Callable[[_Call], list[Array]]:
    def fold(call: _Call) -> list[Array]:
        _sized(call, np.broadcast_shapes(*(a.shape for a in call.arrays)))
        return [np.asarray(function(*call.arrays))]

    return fold


def _range(call: _Call) -> list[Array]:
    start, limit, delta = (call[k].item() for k in range(3))
    _sized(call, [max(math.ceil((limit - start) / delta), 0)])
    values: Array = np.arange(start, limit, delta).astype(call[0].dtype)
    return [values]


OPERATORS: dict[str, Callable[[_Call], list[Array]]] = {
    "Constant": _constant,
    "ConstantOfShape": _constant_of_shape,
    "Identity": lambda call: [call[0]],
    "Cast": _cast,
    "Squeeze": _squeeze,
    "Unsqueeze": _unsqueeze,
    "Reshape": _reshape,
    "Flatten": lambda call: [
        call[0].reshape(math.prod(call[0].shape[: call.attributes.get("axis", 1)]), -1)
    ],
    "Transpose": lambda call: [np.transpose(call[0], call.attributes.get("perm"))],
    "Slice": _slice,
    "Split": _split,
    "Concat": _concat,
    "Gather": _gather,
    "Expand": _expand,
    "Tile": _tile,
    "Shape": lambda call: [
        np.asarray(call[0].shape, np.int64)[
            call.attributes.get("start", 0) : call.attributes.get("end")
        ]
    ],
    "Size": lambda call: [np.asarray(call[0].size, np.int64)],
    "Range": _range,
    "Where": _arithmetic(np.where),
    "Equal": _arithmetic(np.equal),
    "Max": _arithmetic(lambda *arrays: functools.reduce(np.maximum, arrays)),
    "Min": _arithmetic(lambda *arrays: functools.reduce(np.minimum, arrays)),
    "DequantizeLinear": _dequantize,
    "Add": _arithmetic(np.add),
    "Sub": _arithmetic(np.subtract),
    "Mul": _arithmetic(np.multiply),
    "Div": _arithmetic(lambda a, b: a // b if a.dtype.kind in "iu" else a / b),
    "Neg": _arithmetic(np.negative),
}
"""What can be folded; each takes the node's inputs and returns its outputs."""
