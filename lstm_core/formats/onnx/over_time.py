"""Operators that make one of all timesteps: pooling over time, and attention of a learned score.

ReduceMean, ReduceMax over time; GlobalAveragePool, GlobalMaxPool of (batch, numbers, time)
h → MatMul … → Softmax over time → Mul with h → ReduceSum over time
→ MatMul with h, over time
"""

from __future__ import annotations

from typing import Any

from ...model import Attended, Gathered, PointStage
from ...record import record
from .axes import BATCH, NUMBERS, ONE, TIME, attribute, axes_of, reduced_axes
from .stages import in_dtype, step_of
from .wires import Place, Reader, plain_readers

REDUCED = {"ReduceMean": "mean", "ReduceMax": "max"}
GLOBAL = {"GlobalAveragePool": "mean", "GlobalMaxPool": "max"}


@record
class OverTime:
    """What makes one of all timesteps, and the last node that does."""

    stage: Gathered | Attended
    last: Any


def pooled(node: Any, reads: str, last: Place, width: int) -> OverTime | None:
    """Return what a node makes of all timesteps of `reads`; None where it does something else."""
    axes = axes_of(reads, last.node, last.scope)
    of = {**REDUCED, **GLOBAL}.get(node.op_type)
    if axes is None or of is None:
        return None
    over = axes == (BATCH, NUMBERS, TIME)
    if node.op_type in REDUCED:
        reduced = reduced_axes(node, last.scope, len(axes)) or []
        over = [axes[k] for k in reduced if axes[k] != ONE] == [TIME]
    stage = Gathered(size=width, of="max" if of == "max" else "mean")
    return OverTime(stage=stage, last=node) if over else None


def attended(readers: list[Reader], last: Place) -> OverTime | None:
    """Return the attention that two readers of a layer make; None where they make none."""
    if len(readers) != 2 or any(reader.once for reader in readers):
        return None
    for scored, weighted in (readers, readers[::-1]):
        if found := _attended(scored, weighted, last):
            return found
    return None


def _attended(scored: Reader, weighted: Reader, last: Place) -> OverTime | None:
    found = _scores(scored, last)
    if found is None:
        return None
    scores, name = found
    users = plain_readers(last.scope, name)
    if len(users) != 1 or users[0][0] is not weighted.node:
        return None
    weights = axes_of(users[0][1], last.node, last.scope)
    numbers = axes_of(weighted.reads, last.node, last.scope)
    if weights is None or numbers is None or TIME not in weights or TIME not in numbers:
        return None
    ended = _summed(weighted, users[0][1], weights, numbers, last)
    return OverTime(stage=Attended(scores=scores), last=ended) if ended is not None else None


def _scores(reader: Reader, last: Place) -> tuple[tuple[PointStage, ...], str] | None:
    """The stages that make a score of each timestep, and the name of its softmax over time."""
    stages: list[PointStage] = []
    node, reads, width = reader.node, reader.reads, last.layer.output_size
    for _ in range(len(last.scope.nodes)):
        if stages and width == 1 and node.op_type == "Softmax":
            axes = axes_of(reads, last.node, last.scope)
            at = attribute(node, "axis", -1)
            return (tuple(stages), node.output[0]) if axes and axes[at] == TIME else None
        step = step_of(node, last.scope, width)
        if step is None or step.reads != reads or not isinstance(step.stage, PointStage):
            return None
        made = in_dtype(step.stage, last.layer.forward.dtype)
        assert isinstance(made, PointStage)
        if made.input_size != width:
            return None
        stages.append(made)
        width = made.output_size
        users = plain_readers(last.scope, node.output[0])
        if len(users) != 1:
            return None
        ((node, reads),) = users
    return None


def _summed(
    weighted: Reader, name: str, weights: tuple[str, ...], numbers: tuple[str, ...], last: Place
) -> Any:
    """The node that ends the weighted sum over time; None where there is no such sum."""
    node = weighted.node
    if node.op_type == "MatMul":
        rows = weights[-1] == TIME and numbers[-2:] == (TIME, NUMBERS)
        return node if rows and list(node.input) == [name, weighted.reads] else None
    same = len(weights) == len(numbers) and weights.index(TIME) == numbers.index(TIME)
    if node.op_type != "Mul" or not same:
        return None
    users = plain_readers(last.scope, node.output[0])
    if len(users) != 1 or users[0][0].op_type != "ReduceSum":
        return None
    over = reduced_axes(users[0][0], last.scope, len(numbers))
    axes = numbers if users[0][1] == node.output[0] else ()
    return users[0][0] if axes and over == [axes.index(TIME)] else None
