"""Recurrent layers that an exporter wrote out as a loop over the timesteps: named, not shown."""

from __future__ import annotations

from typing import Any

from ..errors import shown
from .constants import key_of

LOOPS = ("Loop", "Scan")
PRODUCTS = {"MatMul", "Gemm", "Einsum"}
RECURRENT = {"LSTM", "GRU", "RNN"}
MOST_NAMES = 3


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
