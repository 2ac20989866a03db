"""What stands before the recurrent nodes of a graph and is not run: named, one by one.

Operators that hand on the numbers of each timestep as they are, in whichever order of axes, are
none of it; nor is what picks a timestep for the body of a loop.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx

from ..errors import shown
from .axes import attribute, axes_of
from .constants import Scope, key_of
from .front import Front
from .nodes import X, given
from .wires import Place, is_recurrent, order_of, source_of

HARMLESS = ("Identity", "Dropout", "Transpose", "Squeeze", "Unsqueeze")
FLOATS = (onnx.TensorProto.FLOAT, onnx.TensorProto.DOUBLE)
TO_THE_END = 2**31 - 1  # and beyond: how exporters write an open end
LONGEST = 50  # letters of an operator's name
RECORDED = "A capture in your own process records what it reads."
READ = "what it gives is what is read. A capture in your own process records that."


def unrun_before(front: Front, first: Place, embedded: bool) -> list[str]:
    """Say what stands before the first layer, or before what is run of that, and is not run.

    `embedded` says that what is read goes through the embedding found there.
    """
    if not embedded:
        maker = _maker(front.reads, first.scope)
        return [] if maker is None else [_stands_before(maker, shown(first.name))]
    gather, _ = source_of(front.reads, first.scope)
    maker, _ = source_of((*gather.input, "")[1], first.scope)
    return (
        [] if maker is None else [_stands_before(maker, f"the embedding {shown(key_of(gather))}")]
    )


def apart(place: Place) -> list[str]:
    """Say what a layer reads that follows none, where that is not an input of the graph."""
    reads = given(place.node, X)
    maker = None if place.layer.follows else _maker(reads, place.scope)
    if maker is None:
        return []
    below, _ = source_of(reads, place.scope)
    over = ""
    if _is_turned(reads, below, place):
        maker, over = below, ", with time and batch in each other's place"
    return [
        f"{shown(place.name)} reads what {_named(maker)} gives{over}: here it begins a chain of "
        f"its own. {RECORDED}"
    ]


def _is_turned(reads: str, below: Any, place: Place) -> bool:
    """Whether a node reads another one's outputs with the first two axes exchanged."""
    if below is None or not is_recurrent(below):
        return False
    first, second, numbers = order_of(place.node)
    return axes_of(reads, below, place.scope) == (second, first, numbers)


def _stands_before(maker: Any, what: str) -> str:
    return f"{_named(maker)} stands before {what} and is not run here: {READ}"


def _named(node: Any) -> str:
    plain = node.op_type.isidentifier() and len(node.op_type) < LONGEST
    return f"{node.op_type if plain else shown(node.op_type)} {shown(key_of(node))}"


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
    index = node.input[1] if len(node.input) > 1 else ""
    return (
        bool(index)
        and scope.outer is not None
        and scope.constant(index) is None
        and not scope.producer(index)
    )
