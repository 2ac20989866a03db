"""What a graph computes from sizes that only a run knows: the shape of a batch, mostly.

An exporter that cannot know the batch expands trained initial states in the graph, from the
shape of the input. Such numbers are known all the same: every sequence of a batch starts in
the same state. So sizes that a run decides are carried along as unknown, one by one, and where
they are used as a shape, the batch is taken to be one sequence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from ...record import Array, record

Operator = Callable[[list[Any], Mapping[str, Any]], list[Array]]

REARRANGE = (
    *("Concat", "Gather", "Slice", "Split", "Squeeze", "Unsqueeze", "Reshape", "Transpose"),
    *("Identity", "Cast", "Flatten"),
)
COMPUTE = ("Add", "Sub", "Mul", "Div", "Neg", "Equal", "Where", "Max", "Min")
SHAPED = {"Expand": 1, "Tile": 1, "Reshape": 1, "ConstantOfShape": 0}
"""Operators that take a shape, and as which of their inputs."""


@record
class Sizes:
    """Whole numbers of which a run decides some: those have `known` False, and 1 instead."""

    array: Array
    known: Array  # bool, of the same shape


@record
class SomeShape:
    """The shape of an array of which not even the number of axes is known."""


@record
class OneSequence:
    """The numbers for a batch of one sequence; those of any other sequence are the same."""

    array: Array


Partial = Sizes | SomeShape | OneSequence


def shape_of(value: Any, attributes: Mapping[str, Any]) -> Array | Sizes | SomeShape:
    """Return what is known of the shape of a value that is no constant."""
    start, end = attributes.get("start", 0), attributes.get("end")
    if isinstance(value, Sizes):
        return np.array(value.array.shape[start:end], np.int64)
    if isinstance(value, OneSequence):
        return _all_unknown(len(value.array.shape[start:end]))
    if end is not None and (start >= 0) == (end >= 0):
        return _all_unknown(max(end - start, 0))
    return SomeShape()


def _all_unknown(*shape: int) -> Sizes:
    return Sizes(array=np.ones(shape, np.int64), known=np.zeros(shape, bool))


def fold_partial(
    op_type: str, inputs: Sequence[Any], attributes: Mapping[str, Any], operator: Operator
) -> list[Array | Partial]:
    """Return the outputs of a node whose inputs are known in part; empty where they are not.

    `operator` computes the node on arrays, as its rules say.
    """
    if op_type == "Shape":
        return [shape_of(inputs[0], attributes)]
    if isinstance(inputs[0], SomeShape):
        return _of_some_shape(op_type, inputs)
    at = SHAPED.get(op_type)
    if at is not None and at < len(inputs) and isinstance(inputs[at], Sizes):
        return _shaped(op_type, at, inputs, attributes, operator)
    if any(isinstance(value, Sizes) for value in inputs):
        return _of_sizes(op_type, inputs, attributes, operator)
    return _of_one_sequence(inputs, attributes, operator)


def _array(value: Any) -> Array:
    array: Array = value if isinstance(value, np.ndarray) else value.array
    return array


def _of_one_sequence(
    inputs: Sequence[Any], attributes: Mapping[str, Any], operator: Operator
) -> list[Array | Partial]:
    """Numbers for one sequence, computed from such numbers and from constants."""
    if any(not isinstance(value, np.ndarray | OneSequence) for value in inputs):
        return []
    made = operator([_array(value) for value in inputs], attributes)
    return [OneSequence(array=array) for array in made]


def _of_some_shape(op_type: str, inputs: Sequence[Any]) -> list[Array | Partial]:
    """Single sizes out of a shape of unknown length."""
    if op_type in ("Identity", "Cast"):
        return [inputs[0]]
    others = inputs[1:]
    if not others or not all(isinstance(value, np.ndarray) for value in others):
        return []
    if op_type == "Gather":
        return [_all_unknown(*others[0].shape)]
    if op_type == "Slice" and len(others) in (2, 3) and others[0].size == others[1].size == 1:
        start, end = int(others[0].item()), int(others[1].item())
        if (start >= 0) == (end >= 0):
            return [_all_unknown(max(end - start, 0))]
        return [_all_unknown(1)] if start == -1 and end > 2**30 else []
    return []


def _shaped(
    op_type: str, at: int, inputs: Sequence[Any], attributes: Mapping[str, Any], operator: Operator
) -> list[Array | Partial]:
    """An array in a shape of which a run decides some axes: that of one sequence."""
    sizes = inputs[at]
    data = [value for k, value in enumerate(inputs) if k != at]
    if any(not isinstance(value, np.ndarray | OneSequence) for value in data):
        return []
    shape = np.where(sizes.known, sizes.array, 1)
    if op_type == "Tile":
        repeated = ~sizes.known & (np.array(_array(data[0]).shape) > 1)
        if repeated.any():
            return []
    if op_type == "Reshape" and (~sizes.known).sum() == 1 and not (shape == -1).any():
        shape = np.where(sizes.known, shape, -1)
    arrays = [shape if k == at else _array(value) for k, value in enumerate(inputs)]
    return [OneSequence(array=array) for array in operator(arrays, attributes)]


def _of_sizes(
    op_type: str, inputs: Sequence[Any], attributes: Mapping[str, Any], operator: Operator
) -> list[Array | Partial]:
    """Sizes computed from sizes; which of them are known goes the same way as they do."""
    if not all(isinstance(value, np.ndarray | Sizes) for value in inputs):
        return []
    arrays = [_array(value) for value in inputs]
    known = [v.known if isinstance(v, Sizes) else np.ones(v.shape, bool) for v in inputs]
    if op_type in COMPUTE:
        made = operator(arrays, attributes)
        return [_sizes(array, _known_of_computed(op_type, arrays, known)) for array in made]
    rest = [] if op_type == "Concat" else inputs[1:]
    if op_type not in REARRANGE or any(isinstance(value, Sizes) for value in rest):
        return []
    made = operator(arrays, attributes)
    if op_type == "Cast":
        moved = known
    else:
        moved = operator(known if op_type == "Concat" else [known[0], *rest], attributes)
    return [_sizes(array, mask) for array, mask in zip(made, moved, strict=True)]


def _known_of_computed(op_type: str, arrays: list[Array], known: list[Array]) -> Array:
    if op_type == "Where":
        return known[0] & np.where(arrays[0], known[1], known[2])
    together = known[0]
    for mask in known[1:]:
        together = together & mask
    return together


def _sizes(array: Array, known: Array) -> Array | Sizes:
    if known.all():
        return array
    return Sizes(array=np.where(known, array, 1), known=np.broadcast_to(known, array.shape))
