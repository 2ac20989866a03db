"""What stands before the recurrent nodes of a graph and is not run: named, one by one.

Operators that hand on the numbers of each timestep as they are, in whichever order of axes, are
none of it; nor is what picks a timestep for the body of a loop.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx

from ..errors import shown
from .axes import Axes, attribute, axes_of
from .constants import Scope, key_of
from .front import Front
from .nodes import X, given
from .wires import SAME_NUMBERS, Place, is_recurrent, order_of, source_of

HARMLESS = ("Identity", "Dropout", "Transpose", "Squeeze", "Unsqueeze")
FLOATS = (onnx.TensorProto.FLOAT, onnx.TensorProto.DOUBLE)
TO_THE_END = 2**31 - 1  # and beyond: how exporters write an open end
RECORDED = "A capture in your own process records what it reads."
READ = "what it gives is what is read. A capture in your own process records that."


def unrun_before(front: Front, first: Place, embedded: bool) -> list[str]:
    """Say what stands before the first layer, or before what is run of that, and is not run.

    `embedded` says that what is read goes through the embedding found there.
    """
    if not embedded:
        maker = _maker(front.reads, first.scope)
        return [] if maker is None else [_stands_before(maker, shown(first.name))]
    gather, _ = source_of(front.reads, first.scope, SAME_NUMBERS)
    maker, _ = source_of(gather.input[1], first.scope, SAME_NUMBERS)
    return (
        [] if maker is None else [_stands_before(maker, f"the embedding {shown(key_of(gather))}")]
    )


def apart(place: Place) -> list[str]:
    """Say what a layer reads that follows none, where that is not an input of the graph."""
    reads = given(place.node, X)
    maker = None if place.layer.follows else _maker(reads, place.scope)
    if maker is None:
        return []
    over, (below, _) = "", source_of(reads, place.scope)
    if is_recurrent(below) and axes_of(reads, below, place.scope) == _turned(place.node):
        maker, over = below, ", with time and batch in each other's place"
    return [
        f"{shown(place.name)} reads what {_named(maker)} gives{over}: here it begins a chain of "
        f"its own. {RECORDED}"
    ]


def _turned(node: Any) -> Axes:
    """The axes of what a recurrent node reads, with the first two exchanged."""
    first, second, numbers = order_of(node)
    return second, first, numbers


def _stands_before(maker: Any, what: str) -> str:
    return f"{_named(maker)} stands before {what} and is not run here: {READ}"


def _named(node: Any) -> str:
    return f"{node.op_type} {shown(key_of(node))}"


def _maker(name: str, scope: Scope) -> Any:
    """The node that makes the numbers of a name; None where they come in from outside."""
    for _ in range(100):
        maker, _ = scope.producer(name) or (None, 0)
        if maker is None or not maker.input or not _hands_on(maker, scope):
            return maker
        name = maker.input[0]
    return None


def _hands_on(node: Any, scope: Scope) -> bool:
    """Whether a node hands on each timestep as it is."""
    if node.domain not in ("", "ai.onnx"):
        return False
    if node.op_type == "Cast":
        return attribute(node, "to") in FLOATS
    if node.op_type == "Slice":
        return _is_whole(node, scope)
    return node.op_type in HARMLESS or (node.op_type == "Gather" and _is_counted(node, scope))


def _is_whole(node: Any, scope: Scope) -> bool:
    """Whether a Slice takes everything, from the first to the last, one by one."""
    if len(node.input) < 3:
        return False
    names = {0: node.input[1], 1: node.input[2], 3: (*node.input, "", "")[4]}
    values = {k: scope.constant(name) for k, name in names.items() if name}
    starts, ends, steps = values[0], values[1], values.get(3, np.ones(1))
    if not isinstance(starts, np.ndarray) or not isinstance(ends, np.ndarray):
        return False
    if starts.any() or not (ends >= TO_THE_END).all():
        return False
    return isinstance(steps, np.ndarray) and bool((steps == 1).all())


def _is_counted(node: Any, scope: Scope) -> bool:
    """Whether a Gather in the body of a loop picks the timestep at which the loop is."""
    index = node.input[1]
    return scope.outer is not None and scope.constant(index) is None and not scope.producer(index)
