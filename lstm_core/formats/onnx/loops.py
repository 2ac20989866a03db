"""Loops over the timesteps: layers that are written out as one, and nodes that run in one.

What is written out is named and not shown. A node in the body of a loop takes one timestep, and
its states are handed on by the loop.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..errors import shown
from .constants import Fill, Scope, key_of
from .nodes import INITIAL_C, INITIAL_H, given
from .partial import OneSequence
from .wires import SAME_NUMBERS, Place, source_of

LOOPS = ("Loop", "Scan")
PRODUCTS = {"MatMul", "Gemm", "Einsum"}
RECURRENT = {"LSTM", "GRU", "RNN"}
MOST_NAMES = 3
OF_ITS_OWN = "what the loop is given when the model runs; here it is zero"


def is_written_out(node: Any) -> bool:
    """Whether a node is a loop that multiplies by a matrix at each timestep."""
    if node.op_type not in LOOPS:
        return False
    bodies = [a.g for a in node.attribute if a.HasField("g")]
    operators = {inner.op_type for body in bodies for inner in body.node}
    return bool(operators & PRODUCTS) and not operators & RECURRENT


def written_out(loops: list[tuple[str, Any]]) -> str:
    """Return the sentence that names loops, given with the paths to their graphs."""
    names = [f"{shown(path + key_of(node))} ({node.op_type})" for path, node in loops]
    named = ", ".join(names[:MOST_NAMES]) + (" and more" if len(names) > MOST_NAMES else "")
    one = len(names) == 1
    return (
        f"{named} {'is a recurrent layer' if one else 'are recurrent layers'} that the exporter "
        f"wrote out step by step, not {'as one node' if one else 'each as one node'}: "
        f"{'it is' if one else 'they are'} not shown. Open the file that this one was exported "
        "from (.keras, .h5, .pt) instead."
    )


def begins(place: Place, slot: int) -> str | None:
    """Return in words what a loop begins with that hands the state of input `slot` on.

    None where no loop does: where the node does not stand in one, or begins anew in each round.
    """
    scope = place.scope
    if scope.inside is None or scope.outer is None or not given(place.node, slot):
        return None
    loop, body = scope.inside
    at = _input_of(given(place.node, slot), scope, [one.name for one in body.input])
    out = at - (loop.op_type == "Loop")  # a Loop is given its count, which the body does not give
    if loop.op_type not in LOOPS or at < 0 or not 0 <= out < len(body.output):
        return None
    states = {INITIAL_H: 1, INITIAL_C: 2}
    maker, k = source_of(body.output[out].name, scope)
    if maker is not place.node or k != states[slot] or at >= len(loop.input):
        return None
    zero = _is_zero(scope.outer.constant(loop.input[at]))
    return "zero at the first timestep" if zero else OF_ITS_OWN


def _is_zero(value: Any) -> bool:
    """Whether what is known of a value is that all of it is zero."""
    if isinstance(value, Fill):
        return value.value == 0
    array = value.array if isinstance(value, OneSequence) else value
    return isinstance(array, np.ndarray) and not array.any()


def _input_of(name: str, scope: Scope, inputs: list[str]) -> int:
    """Which of a body's inputs has the numbers of `name`; -1 for none."""
    for _ in range(100):
        maker, _ = scope.producer(name) or (None, 0)
        if maker is None or maker.op_type not in SAME_NUMBERS or not maker.input:
            break
        name = maker.input[0]
    return inputs.index(name) if name in inputs else -1
