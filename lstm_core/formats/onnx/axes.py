"""What the axes of a name in a graph are: time, batch, direction and numbers, behind a layer.

A recurrent node gives (time, way, batch, numbers); exporters turn and join these axes until the
next operator has them where it wants them. Pooling over time, and taking one timestep, is told from
pooling over the batch by this alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import onnx

from .constants import Scope

TIME, WAY, BATCH, NUMBERS, ONE = "time", "way", "batch", "numbers", "one"
SAME = ("Identity", "Dropout", "Cast")
POINTWISE = (
    *(
        "Add",
        "Sum",
        "Sub",
        "Mul",
        "Div",
        "MatMul",
        "Gemm",
        "Relu",
        "Tanh",
        "Sigmoid",
        "Softsign",
        "Clip",
    ),
    *("Softplus", "Mish", "HardSwish", "Exp", "LeakyRelu", "ThresholdedRelu", "Elu", "Celu"),
    *("HardSigmoid", "Gelu", "Selu", "Erf", "Softmax", "LayerNormalization", "BatchNormalization"),
)
"""Operators that keep the axes of what they compute with."""
REDUCE = ("ReduceMean", "ReduceMax", "ReduceSum")
Axes = tuple[str, ...]
MAX_DEPTH = 100


def axes_of(name: str, node: Any, scope: Scope) -> Axes | None:
    """Return the axes of `name`, which a recurrent node's outputs go into; None where unknown."""
    return _axes_of(name, node, scope, 0, set())


def _axes_of(name: str, node: Any, scope: Scope, depth: int, failed: set[str]) -> Axes | None:
    """The axes of a name; `failed` are names that do not lead back to the node."""
    if name in node.output:
        return _given(node, list(node.output).index(name))
    maker, _ = scope.producer(name) or (None, 0)
    if maker is None or not maker.input or depth > MAX_DEPTH or name in failed:
        return None
    read = maker.input[:1]
    if maker.op_type in POINTWISE:
        read = [n for n in maker.input if n and scope.constant(n) is None] or read
    found = (_axes_of(one, node, scope, depth + 1, failed) for one in read)
    axes = next((one for one in found if one is not None), None)
    if axes is None:
        failed.add(name)
    if axes is None or maker.op_type in (*SAME, *POINTWISE):
        return axes
    return None if _mixes(maker, node, axes, scope) else _moved(maker, axes, scope)


def attribute(node: Any, name: str, default: Any = None) -> Any:
    """Return an operator's attribute."""
    for one in node.attribute:
        if one.name == name:
            return onnx.helper.get_attribute_value(one)
    return default


def reduced_axes(node: Any, scope: Scope, rank: int) -> list[int] | None:
    """Return which axes an operator reduces, squeezes or puts in, from 0; None where unknown."""
    listed = attribute(node, "axes")
    if listed is None and len(node.input) > 1 and node.input[1]:
        value = scope.constant(node.input[1])
        listed = value.ravel().tolist() if isinstance(value, np.ndarray) else None
    return None if listed is None else [int(k) % rank for k in listed]


def _given(node: Any, output: int) -> Axes | None:
    batch_first = bool(attribute(node, "layout", 0))
    if output == 0:
        return (BATCH, TIME, WAY, NUMBERS) if batch_first else (TIME, WAY, BATCH, NUMBERS)
    return (BATCH, WAY, NUMBERS) if batch_first else (WAY, BATCH, NUMBERS)


def _moved(maker: Any, axes: Axes, scope: Scope) -> Axes | None:
    """The axes behind an operator that moves, joins or drops some."""
    kind = maker.op_type
    if kind in ("Slice", "Split", "Concat"):
        return axes
    move = MOVES.get(kind)
    return move(maker, axes, scope) if move else None


def _transposed(maker: Any, axes: Axes, scope: Scope) -> Axes | None:
    order = attribute(maker, "perm", list(reversed(range(len(axes)))))
    return tuple(axes[k] for k in order) if len(order) == len(axes) else None


def _squeezed(maker: Any, axes: Axes, scope: Scope) -> Axes:
    dropped = reduced_axes(maker, scope, len(axes))
    if dropped is None:
        return tuple(a for a in axes if a not in (WAY, ONE))
    return tuple(a for k, a in enumerate(axes) if k not in dropped)


def _reduced(maker: Any, axes: Axes, scope: Scope) -> Axes | None:
    dropped = reduced_axes(maker, scope, len(axes))
    keep = attribute(maker, "keepdims", 1)
    named = [ONE if k in (dropped or []) else a for k, a in enumerate(axes)]
    return None if dropped is None else tuple(a for a in named if keep or a != ONE)


def _gathered(maker: Any, axes: Axes, scope: Scope) -> Axes:
    value = scope.constant(maker.input[1])
    at = attribute(maker, "axis", 0) % len(axes)
    single = isinstance(value, np.ndarray) and value.ndim == 0
    return axes[:at] + axes[at + 1 :] if single else axes


def _put_in(maker: Any, axes: Axes, scope: Scope) -> Axes | None:
    listed = attribute(maker, "axes")
    value = scope.constant(maker.input[1]) if listed is None and len(maker.input) > 1 else None
    listed = value.ravel().tolist() if isinstance(value, np.ndarray) else listed
    if not listed:
        return None
    rank, rest = len(axes) + len(listed), iter(axes)
    places = {int(k) % rank for k in listed}
    return tuple(ONE if k in places else next(rest) for k in range(rank))


def _mixes(maker: Any, node: Any, axes: Axes, scope: Scope) -> bool:
    """Whether a Reshape joins two directions that do not stand beside their numbers.

    In a batch of one sequence they do, wherever its axis is.
    """
    if maker.op_type not in ("Reshape", "Flatten") or len(axes) != 4 or WAY not in axes:
        return False
    if axes.index(WAY) == 2 or attribute(node, "direction", b"forward") != b"bidirectional":
        return False
    shape = scope.constant(maker.input[1]) if len(maker.input) > 1 else None
    return not (isinstance(shape, np.ndarray) and shape.size == 3 and 1 in shape[:2])


def _reshaped(maker: Any, axes: Axes, scope: Scope) -> Axes | None:
    """Axes of one size dropped, or directions joined with their numbers; None for all else."""
    rank = 2
    if maker.op_type == "Reshape":
        shape = scope.constant(maker.input[1]) if len(maker.input) > 1 else None
        array = getattr(shape, "array", shape)
        rank = array.size if isinstance(array, np.ndarray) else 0
    joined = tuple(a for a in axes if a not in (WAY, ONE))
    if WAY in axes and axes.index(WAY) != len(axes) - 2 and len(axes) == 4:
        joined = tuple(a for a in axes if a != WAY)  # of one direction: see `Place`
    if rank == len(joined) and (BATCH in joined or rank == 1):
        return joined
    return None


MOVES: Mapping[str, Callable[[Any, Axes, Scope], Axes | None]] = {
    "Transpose": _transposed,
    "Squeeze": _squeezed,
    "Unsqueeze": _put_in,
    "Reshape": _reshaped,
    "Flatten": _reshaped,
    "Gather": _gathered,
    **dict.fromkeys(REDUCE, _reduced),
}
