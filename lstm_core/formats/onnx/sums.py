"""Residual connections of a graph: what a recurrent node reads, added to what it gives.

    Add(x, Y)                of which Y comes from the x of the same node, in whichever shape
    Add(x, Y of a later one) past several nodes

Both sides stand in the same order of time, batch and numbers where they are added, which is told
by following each of them up to where they part.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from ...record import record
from ..errors import shown
from .axes import Axes, axes_of
from .constants import key_of
from .front import further_up
from .nodes import X, given
from .wires import Place, order_of, readers_of

ADDS = ("Add", "Sum")


@record
class ResidualSum:
    """The operator that adds what the node `reader` reads, `steps` nodes further down."""

    node: Any
    reader: Place
    steps: int  # `Layer.residual`

    @property
    def gives(self) -> str:
        """The name of the sum."""
        return str(self.node.output[0])


def residual_sum(places: Sequence[Place]) -> ResidualSum | None:
    """Return the sum behind the last of some recurrent nodes; None where there is none."""
    last = places[-1]
    readers = readers_of(last)
    if len(readers) != 1 or readers[0].once or readers[0].node.op_type not in ADDS:
        return None
    node, reads = readers[0].node, readers[0].reads
    others = [name for name in node.input if name != reads]
    axes = axes_of(reads, last.node, last.scope)
    if len(others) != 1 or axes is None:
        return None
    steps = _steps_down(places, further_up(others[0], last.scope, axes))
    return ResidualSum(node=node, reader=places[-steps], steps=steps) if steps else None


def with_sum(place: Place, found: ResidualSum) -> Place:
    """Return a place whose layer closes the residual connection, which is said."""
    given = "it" if found.steps == 1 else shown(place.name)
    note = (
        f"{shown(key_of(found.node))} ({found.node.op_type}) adds what {shown(found.reader.name)} "
        f"reads to what {given} gives: a residual connection, which is run."
    )
    layer = dataclasses.replace(place.layer, residual=found.steps)
    return dataclasses.replace(place, layer=layer, notes=(note,))


def _steps_down(places: Sequence[Place], added: tuple[str, Axes]) -> int:
    """How many nodes down what is added is read, the last one included; 0 where it is not."""
    last: Place = places[-1]
    for steps, place in enumerate(reversed(places), start=1):
        if place.scope is not last.scope:
            return 0
        if further_up(given(place.node, X), place.scope, order_of(place.node)) == added:
            return steps if place.layer.input_size == last.layer.output_size else 0
        if not place.layer.follows:
            return 0
    return 0
