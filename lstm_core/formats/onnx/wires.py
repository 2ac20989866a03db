"""Who reads whom in a graph, seen through operators that hand numbers on in another shape."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np

from ...model import Layer
from ...record import record
from .axes import BATCH, NUMBERS, TIME, Axes, attribute, axes_of
from .constants import Scope
from .nodes import BLOCKS, is_batch_first

SAME_NUMBERS = (
    *("Transpose", "Reshape", "Squeeze", "Unsqueeze", "Identity", "Dropout", "Cast", "Flatten"),
)
"""Operators that hand on the numbers that they get, in another shape."""
PICKS = ("Slice", "Gather", "Split")
"""Operators that hand on some of them: some timesteps, directions or layers."""
Y, Y_H = 0, 1  # the outputs of a recurrent node


@record
class Place:
    """A recurrent node, the graph it stands in, the layer that it is, and what to say of it."""

    node: Any
    scope: Scope
    name: str
    layer: Layer
    notes: tuple[str, ...] = ()


@record
class Wire:
    """A name for what a node gives, or for a part of it: its final state, or what was `picked`."""

    name: str
    final: bool
    picked: bool = False

    @property
    def once(self) -> bool:
        """Whether it is the end alone: one timestep, or the final state."""
        return self.final or self.picked


@record
class Reader:
    """A node that computes with what a recurrent node gives, and under which name it reads it.

    `once` says that it reads one timestep or the final state, and `final` that it is the latter.
    """

    node: Any
    reads: str
    once: bool
    final: bool


def is_recurrent(node: Any) -> bool:
    """Return whether a node is an LSTM, GRU or RNN."""
    return node.op_type in BLOCKS and node.domain in ("", "ai.onnx")


def order_of(node: Any) -> Axes:
    """Return the axes of what a recurrent node reads, in its order."""
    return (BATCH, TIME, NUMBERS) if is_batch_first(node) else (TIME, BATCH, NUMBERS)


def source_of(name: str, scope: Scope, through: tuple[str, ...] = SAME_NUMBERS) -> tuple[Any, int]:
    """Return the node that makes the numbers of `name`, in whichever shape, and as which output.

    Two directions that were taken apart and put side by side again are their node's output.
    """
    maker, k = _maker(name, scope, through)
    if maker is not None and maker.op_type == "Concat":
        together = _put_together(maker, scope)
        return together or (maker, 0)
    return maker, k


def readers_of(place: Place, added: str = "") -> list[Reader]:
    """Return the nodes that compute with what a place's node gives, or with the sum `added`.

    A node that puts final states together for whoever calls the graph is none of them.
    """
    scope, readers, seen = place.scope, list[Reader](), set[str]()
    waiting = [Wire(name=n, final=k == Y_H) for k, n in enumerate(place.node.output[:2]) if n]
    if added:
        waiting = [Wire(name=added, final=False)]
    while waiting:
        wire = waiting.pop()
        name = wire.name
        for node in scope.nodes:
            if name not in node.input or node.op_type == "Shape" or set(node.output) & seen:
                continue
            handed_on = _handed_on(node, wire, place)
            if handed_on is None:
                readers.append(Reader(node=node, reads=name, once=wire.once, final=wire.final))
            seen.update(node.output)
            waiting += handed_on or []
    return readers


def plain_readers(scope: Scope, name: str) -> list[tuple[Any, str]]:
    """Return the nodes that read `name` and the name they read it by, in whichever shape."""
    readers, waiting = [], [name]
    while waiting:
        read_name = waiting.pop()
        for node in scope.nodes:
            if read_name not in node.input or node.op_type == "Shape":
                continue
            if node.op_type in SAME_NUMBERS:
                waiting += node.output
            else:
                readers.append((node, read_name))
    return readers


def _handed_on(node: Any, wire: Wire, place: Place) -> list[Wire] | None:
    """The wires on which a node hands on what it reads; None for a node that computes."""
    if node.op_type in SAME_NUMBERS:
        return [dataclasses.replace(wire, name=output) for output in node.output]
    if node.op_type in PICKS and wire.name == node.input[0]:
        return _picked(node, wire, place)
    if node.op_type != "Concat":
        return None
    maker, k = _put_together(node, place.scope) or (None, 0)
    if maker is place.node:
        return [Wire(name=node.output[0], final=k == Y_H)]
    return _of_several_layers(node, place)


def _picked(node: Any, wire: Wire, place: Place) -> list[Wire] | None:
    """The wires behind an operator that takes a part; None for another than the last timestep.

    Directions that are taken apart are put together again, or are an end of their own.
    """
    axes = axes_of(wire.name, place.node, place.scope)
    if axes is None:
        return None
    at = _axis(node, place.scope)
    named = axes[at % len(axes)] if at is not None else NUMBERS
    taken = _taken(node, place.scope)
    last = node.op_type != "Split" and taken == -1 and _steps_on(node, place.scope)
    if named == NUMBERS or (named == TIME and not last):
        return None
    return [
        dataclasses.replace(wire, name=output, picked=wire.picked or named != BATCH)
        for output in node.output
    ]


def _steps_on(node: Any, scope: Scope) -> bool:
    """Whether a Slice goes on from where it starts, one by one, rather than back."""
    if node.op_type != "Slice" or len(node.input) < 5 or not node.input[4]:
        return True
    step = scope.constant(node.input[4])
    return isinstance(step, np.ndarray) and bool((step > 0).all())


def _axis(node: Any, scope: Scope) -> int | None:
    """The axis of which an operator takes a part; None where it takes parts of several."""
    if node.op_type != "Slice":
        return int(attribute(node, "axis", 0))
    listed = attribute(node, "axes")
    if listed is None and len(node.input) > 3:
        value = scope.constant(node.input[3])
        listed = value.ravel().tolist() if isinstance(value, np.ndarray) else None
    listed = [0] if listed is None else listed
    return int(listed[0]) if len(listed) == 1 else None


def _of_several_layers(concat: Any, place: Place) -> list[Wire] | None:
    """The wires of the last layer's part of final states that stand one below the other.

    PyTorch's h_n holds those of all layers; the last one is taken with h_n[-1]. Empty where
    nobody takes a part, None where what is put together is something else.
    """
    makers = [_maker(name, place.scope, SAME_NUMBERS) for name in concat.input]
    if any(maker is None or not is_recurrent(maker) or k != Y_H for maker, k in makers):
        return None
    if place.layer.bidirectional:
        return None if plain_readers(place.scope, concat.output[0]) else []
    wires = []
    for node, _ in plain_readers(place.scope, concat.output[0]):
        at = _taken(node, place.scope) if node.op_type in ("Gather", "Slice") else None
        if at is None:
            return None
        if makers[at % len(makers)][0] is place.node:
            wires.append(Wire(name=node.output[0], final=True))
    return wires


def _maker(name: str, scope: Scope, through: tuple[str, ...]) -> tuple[Any, int]:
    """The first node, going back from `name`, that does more than the operators in `through`."""
    for _ in range(100):
        maker, k = scope.producer(name) or (None, 0)
        if maker is None or maker.op_type not in through or not maker.input:
            return maker, k
        name = maker.input[0]
    return None, 0


def _put_together(concat: Any, scope: Scope) -> tuple[Any, int] | None:
    """The bidirectional node whose two directions are joined here, in order, and which output."""
    parts = []
    for name in concat.input:
        maker, k = _maker(name, scope, SAME_NUMBERS)
        if maker is None or maker.op_type not in PICKS:
            return None
        taken, output = scope.producer(maker.input[0]) or (None, 0)
        if taken is None or not is_recurrent(taken) or output not in (Y, Y_H):
            return None
        at = k if maker.op_type == "Split" else _taken(maker, scope)
        parts.append((taken, output, None if at is None else at % 2))
    if len(parts) != 2 or parts[0][:2] != parts[1][:2]:
        return None
    return parts[0][:2] if [at for _, _, at in parts] == [0, 1] else None


def _taken(node: Any, scope: Scope) -> int | None:
    """Which direction a Slice or a Gather takes; None where that is not to be known."""
    value = scope.constant(node.input[1]) if len(node.input) > 1 else None
    if len(node.input) == 1 and node.op_type == "Slice":  # before opset 10
        value = np.array(attribute(node, "starts", []))
    return int(value.ravel()[0]) if isinstance(value, np.ndarray) and value.size == 1 else None
