"""One recurrent layer of a description as our layers: cells, directions, stacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ...model import Layer, Merge
from ...model.findings import Assumption
from ...record import Array, record
from ..errors import ModelFileError, shown
from .cells import Cell, Era, cell, parameters
from .hdf5 import HDF5File
from .network import Node, numbered
from .parts import load
from .weights import paths_of

MERGES: dict[str | None, Merge] = {
    "concat": "concat",
    "sum": "sum",
    "mul": "mul",
    "ave": "ave",
    None: "concat",
}


@record
class RecurrentNode:
    """One recurrent node of the network as layers (several where cells are stacked).

    `added` is the node that adds to the last layer's outputs, where that is run. `joined` says
    whether the last layer's outputs are what the node hands on: not where each way is a chain of
    its own, nor of a layer inside one of the file's own.
    """

    node: Node
    layers: tuple[Layer, ...]
    places: tuple[str, ...]
    every_timestep: bool  # return_sequences
    joined: bool = True
    added: Node | None = None
    assumptions: tuple[Assumption, ...] = ()
    notes: tuple[str, ...] = ()


def recurrent_node(file: HDF5File, node: Node, when: Era, follows: bool) -> RecurrentNode:
    """Return the layers of a node that is LSTM, GRU, SimpleRNN, RNN or Bidirectional.

    Raises ModelFileError where its weights are missing, or it cannot be expressed.
    """
    paths = paths_of(file, node)
    if not paths:
        raise ModelFileError(f"The file has no weights for its layer {shown(node.key)}.")
    arrays = load(file, _in_cell_order(paths, node))
    place = paths[0] if len(paths) == 1 else f"{paths[0]} and {len(paths) - 1} more"
    notes: tuple[str, ...] = ()
    joined = True
    inner = node.config
    if node.class_name == "Bidirectional":
        layers, joined = _bidirectional(node, arrays, when, follows)
        inner = node.wrapped
        notes = () if joined else (_apart(node),)
    else:
        layers = _unidirectional(node, arrays, when, follows)
    return RecurrentNode(
        node=node,
        layers=tuple(layers),
        places=(place,) * len(layers),
        every_timestep=bool(inner.get("return_sequences", False)),
        joined=joined,
        notes=notes,
    )


def _in_cell_order(paths: list[str], node: Node) -> list[str]:
    """The paths of stacked cells in the order of the cells, where their classes are mixed.

    Files list cells by name; by attribute a cell is called by its class and a number.
    """
    configs = _cell_configs(node.class_name, node.config)
    counted: Counter[str] = Counter()
    names = [numbered(one["class_name"], counted) for one in configs]
    owners = [[p for p in paths if f"/cells/{name}/" in p] for name in names]
    ordered = [path for owner in owners for path in owner]
    return ordered if sorted(ordered) == sorted(paths) else paths


def _apart(node: Node) -> str:
    merge = node.config.get("merge_mode")
    together = f"puts them together by {shown(merge)}" if merge else "hands on both"
    return (
        f"{node.key} runs its cells once from left to right and once from right to left, each "
        f"way by itself, and {together}: here each way is a chain of its own."
    )


def _unidirectional(node: Node, arrays: list[Array], when: Era, follows: bool) -> list[Layer]:
    """One layer, or one for each of stacked cells; only the last hands on backwards."""
    cells = _cells(node.class_name, node.config, when)
    reverse = bool(node.config.get("go_backwards", False))
    layers = _stack(node, node.key, cells, arrays, reverse)
    layers[0] = replace(layers[0], follows=follows)
    layers[-1] = replace(layers[-1], running_order=reverse)
    return layers


def _stack(
    node: Node, name: str, cells: list[Cell], arrays: list[Array], reverse: bool
) -> list[Layer]:
    """A layer for each cell, each following the one before it."""
    layers = []
    for k, (how, part) in enumerate(zip(cells, _parts(arrays, len(cells)), strict=True)):
        made, note = parameters(how, part, node.key)
        layers.append(
            Layer(
                name=name if len(cells) == 1 else f"{name}/cell_{k}",
                forward=made,
                reverse=reverse,
                convention=f"Keras: {note}",
                follows=k > 0,
            )
        )
    return layers


def _bidirectional(
    node: Node, arrays: list[Array], when: Era, follows: bool
) -> tuple[list[Layer], bool]:
    """One layer of two directions; or a chain for each way, and False."""
    wrapped = node.config["layer"]
    second = node.config.get("backward_layer") or wrapped
    ways = [_cells(w["class_name"], w["config"], when) for w in (wrapped, second)]
    merge = node.config.get("merge_mode")
    if merge not in MERGES:
        raise ModelFileError(f"The layer {shown(node.key)} merges by {shown(merge)}: not known.")
    half = len(arrays) // 2
    reverse = bool(wrapped["config"].get("go_backwards", False))
    names = [f"{node.key}/{_own_name(w, way)}" for w, way in zip(
        (wrapped, second), ("forward", "backward"), strict=True
    )]  # fmt: skip
    forward = _stack(node, names[0], ways[0], arrays[:half], reverse)
    backward = _stack(node, names[1], ways[1], arrays[half:], not reverse)
    together = len(forward) == len(backward) == 1
    if not together or not _alike(forward[0], backward[0]):
        forward[0] = replace(forward[0], follows=follows)
        return [*forward, *backward], False
    both = replace(
        forward[0],
        name=node.key,
        backward=backward[0].forward,
        merge=MERGES[merge],
        running_order=reverse,
        follows=follows,
    )
    return [both], True


def _alike(forward: Layer, backward: Layer) -> bool:
    """Whether two ways can be one layer: of one kind and size."""
    sizes = [(layer.kind, layer.input_size, layer.hidden_size) for layer in (forward, backward)]
    return sizes[0] == sizes[1]


def _own_name(wrapped: Mapping[str, Any], way: str) -> str:
    """The name of one way's layer, which says the way; Keras 2 keeps one name for both."""
    name = str(wrapped["config"].get("name") or wrapped["class_name"].lower())
    return name if name.startswith(way) else f"{way}_{name}"


def _cells(class_name: str, config: Mapping[str, Any], when: Era) -> list[Cell]:
    """The cells of a layer: one, but where RNN has several stacked."""
    if class_name != "RNN":
        return [cell(class_name, config, when)]
    return [cell(one["class_name"], one["config"], when) for one in _cell_configs("RNN", config)]


def _cell_configs(class_name: str, config: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The cells of an RNN as it describes them; none of another layer."""
    if class_name != "RNN":
        return []
    inner = config["cell"]
    if isinstance(inner, list):
        return inner
    stacked = inner["class_name"] == "StackedRNNCells"
    cells: list[Mapping[str, Any]] = inner["config"]["cells"] if stacked else [inner]
    return cells


def _parts(arrays: list[Array], count: int) -> list[list[Array]]:
    size = len(arrays) // max(count, 1)
    return [arrays[k * size : (k + 1) * size] for k in range(count)]
