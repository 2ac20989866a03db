"""Residual connections that a Keras file describes: what a layer reads, added to what it gives.

    Add()([x, LSTM(...)(x)])              x + LSTM(...)(x)
    Add()([x, GRU(...)(LSTM(...)(x))])    past several layers

The sum is of each timestep, and of what a layer or an input gives once; nothing else reads what
is added to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...record import record
from ..errors import shown
from .network import Network, Node
from .recurrent_nodes import RecurrentNode

OPERATORS = ("__operators__.add", "math.add")  # as tf_keras spells x + y


@record
class ResidualSum:
    """The node that adds what the recurrent node `reader` reads, `steps` layers further down."""

    node: Node
    reader: Node
    steps: int  # `Layer.residual`


def residual_sum(network: Network, recurrent: Sequence[RecurrentNode]) -> ResidualSum | None:
    """Return the sum behind the last of some recurrent nodes; None where there is none."""
    last = recurrent[-1]
    readers = network.readers(last.node)
    if len(readers) != 1 or not _is_plain(last) or not last.every_timestep:
        return None
    node = readers[0].node
    added = _added(network, node, last.node)
    if added is None:
        return None
    steps = 0
    for one in reversed(recurrent):
        steps += len(one.layers)
        if not _is_plain(one):
            return None
        if network.whence(one.node, 0) == added:
            fits = one.layers[0].input_size == last.layers[-1].output_size
            return ResidualSum(node=node, reader=one.node, steps=steps) if fits else None
        if not one.layers[0].follows:
            return None
    return None


def with_sum(one: RecurrentNode, found: ResidualSum) -> RecurrentNode:
    """Return a recurrent node whose last layer closes the residual connection, which is said."""
    *below, last = one.layers
    given = "it" if found.reader is one.node else shown(one.node.key)
    note = (
        f"{shown(found.node.key)} ({found.node.class_name}) adds what {shown(found.reader.key)} "
        f"reads to what {given} gives: a residual connection, which is run."
    )
    layers = (*below, replace(last, residual=found.steps))
    return replace(one, layers=layers, added=found.node, notes=(*one.notes, note))


def _added(network: Network, node: Node, last: Node) -> tuple[str, int] | None:
    """What a node adds to the outputs of a layer; None for a node that does something else."""
    adds = node.class_name == "Add" or node.config.get("function") in OPERATORS
    if not adds or node.within or node.uses > 1 or len(node.inputs) != 2:
        return None
    origins = network.origins(node)
    if (last, 0) not in origins:
        return None
    return network.whence(node, 1 if origins[0] == (last, 0) else 0)


def _is_plain(one: RecurrentNode) -> bool:
    """Whether a node hands on, in the sequence's order, what its layers give at its one place."""
    running = any(layer.running_order for layer in one.layers)
    return one.joined and not running and not one.node.within and one.node.uses == 1
