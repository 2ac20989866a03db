"""Keras's layers that make one of all timesteps: global pooling, and attention of a learned score.

GlobalAveragePooling1D, GlobalMaxPooling1D
h → Dense … Dense(1) → softmax over time → Multiply with h → sum over time
                                         → Dot with h over time
"""

from __future__ import annotations

from ...model import Attended, Gathered, PointStage
from ...record import record
from .cells import Era
from .hdf5 import HDF5File
from .network import Network, Node
from .stages import stage_of

POOLS = {"GlobalAveragePooling1D": "mean", "GlobalMaxPooling1D": "max"}
POOLS |= {"GlobalAvgPool1D": "mean", "GlobalMaxPool1D": "max"}
OPERATIONS = ("Mean", "Max", "Amax")
POOLS |= {"Mean": "mean", "Max": "max", "Amax": "max"}
"""Layers, and operations of keras.ops, that pool over an axis."""
RESHAPE = ("Flatten", "Reshape", "RepeatVector", "Permute", "Squeeze", "ExpandDims")
"""Layers that move the scores, one for each timestep, and change none of them."""


@record
class OverTime:
    """What makes one of all timesteps, the layers that do it, and the last of them."""

    stage: Gathered | Attended
    nodes: tuple[Node, ...]
    kept: bool = False  # whether there is still an axis of time, of one place

    @property
    def last(self) -> Node:
        """The layer that gives it."""
        return self.nodes[-1]


def over_time_of(
    file: HDF5File, network: Network, readers: list[Node], width: int, when: Era
) -> OverTime | None:
    """Return what the readers of a layer of `width` numbers make of all its timesteps together.

    None where they do something else.
    """
    if len(readers) == 1:
        return _pooled(readers[0], width)
    if len(readers) != 2:
        return None
    for scored, weighted in (readers, readers[::-1]):
        if found := _attended(file, network, scored, weighted, width, when):
            return found
    return None


def _pooled(node: Node, width: int) -> OverTime | None:
    config = node.config
    plain = config.get("data_format") in (None, "channels_last")
    if node.class_name not in POOLS or not plain or node.within or node.uses > 1:
        return None
    if node.class_name in OPERATIONS and config.get("axis") not in (1, [1], -2, [-2]):
        return None
    of = POOLS[node.class_name]
    stage = Gathered(size=width, of="max" if of == "max" else "mean")
    return OverTime(stage=stage, nodes=(node,), kept=bool(config.get("keepdims")))


def _attended(
    file: HDF5File, network: Network, scored: Node, weighted: Node, width: int, when: Era
) -> OverTime | None:
    """Attention whose scores begin with one reader, and whose sum begins with the other."""
    found = _scores(file, network, scored, width, when)
    if found is None:
        return None
    scores, nodes = found
    *moved, joined = _moved(network, nodes[-1])
    if joined is not weighted or weighted.uses > 1:
        return None
    ended = _summed(network, weighted)
    if ended is None:
        return None
    return OverTime(stage=Attended(scores=scores), nodes=(*nodes, *moved, weighted, *ended))


def _scores(
    file: HDF5File, network: Network, node: Node, width: int, when: Era
) -> tuple[tuple[PointStage, ...], list[Node]] | None:
    """The stages that make a score of each timestep, and the layers up to the softmax over time."""
    stages: list[PointStage] = []
    nodes: list[Node] = []
    flat = False  # whether timesteps stand on the last axis
    for _ in range(len(network.nodes)):
        nodes.append(node)
        if stages and width == 1 and _is_softmax_over_time(node, flat):
            return tuple(stages), nodes
        if node.class_name == "Flatten" and width == 1:
            flat = True
        else:
            made = stage_of(file, node, when, width)
            if not isinstance(made, PointStage) or made.input_size != width or flat:
                return None
            stages.append(made)
            width = made.output_size
        readers = [reader.node for reader in network.readers(node)]
        if len(readers) != 1:
            return None
        (node,) = readers
    return None


def _is_softmax_over_time(node: Node, flat: bool) -> bool:
    if node.class_name == "Softmax":
        axis = node.config.get("axis", -1)
        axis = axis[0] if isinstance(axis, list) and len(axis) == 1 else axis
        return axis == 1 or (flat and axis == -1)
    return flat and node.class_name == "Activation" and node.config.get("activation") == "softmax"


def _moved(network: Network, node: Node) -> list[Node]:
    """The layers that only move the weights about, and what reads them then."""
    moved: list[Node] = []
    while True:
        readers = [reader.node for reader in network.readers(node)]
        if len(readers) != 1:
            return [*moved, node]
        (node,) = readers
        moved.append(node)
        if node.class_name not in RESHAPE:
            return moved


def _summed(network: Network, weighted: Node) -> list[Node] | None:
    """The layers behind a product that end the sum over time; None where there is no such sum."""
    config = weighted.config
    if weighted.class_name == "Dot":
        plain = config.get("axes") in (1, [1, 1], [1]) and not config.get("normalize")
        return _flattened(network, weighted) if plain else None
    if weighted.class_name != "Multiply":
        return None
    readers = [reader.node for reader in network.readers(weighted)]
    if len(readers) != 1 or readers[0].class_name != "Sum":
        return None
    own = readers[0].config
    axis = own.get("axis")
    axis = axis[0] if isinstance(axis, list) and len(axis) == 1 else axis
    return [readers[0], *_flattened(network, readers[0])] if axis in (1, -2) else None


def _flattened(network: Network, node: Node) -> list[Node]:
    """A Flatten behind one answer for the sequence, which changes nothing."""
    readers = [reader.node for reader in network.readers(node)]
    return readers if len(readers) == 1 and readers[0].class_name in ("Flatten", "Reshape") else []
