"""Recurrent layers inside a layer of the file's own class: found, and shown each by itself.

What such a class does is code, which is not in the file and is never run. Its arrays are
there, and perhaps, in its configuration, how the layers inside it compute.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from ...model import Layer
from ..door import Options
from .cells import KINDS, Era, cell
from .hdf5 import HDF5File
from .network import Node
from .questions import assumed_cell, cell_questions, merge_questions
from .recognition import Pair, layer_of, own_cells, pairs_of
from .recurrent_nodes import RecurrentNode
from .weights import Bundle, laid_out_by_attribute, stored_name, without_direction

MAX_DEPTH = 20


def layers_inside(
    file: HDF5File, node: Node, inside: list[Bundle], options: Options, when: Era
) -> RecurrentNode | None:
    """Return the recurrent layers inside a node of another class; None where there are none.

    `inside` are the node's arrays. Raises ModelFileError for weights that are not finite.
    """
    pairs = pairs_of(file, inside)
    if not pairs:
        return None
    described = list(_described(node.config))
    layers, asked = [], []
    for pair, name in zip(pairs, _names(file, node, pairs), strict=True):
        config = _configuration(file, pair, described)
        how = cell(*config, when) if config else assumed_cell(pair.kind, options, when)
        layers.append(_directed(layer_of(file, pair, name, how), config))
        asked += [] if config else [pair]
    silent = f"The file does not record, of the layers inside {node.key},"
    return RecurrentNode(
        node=node,
        layers=tuple(layers),
        places=tuple(pair.place for pair in pairs),
        every_timestep=False,
        joined=False,
        assumptions=(
            *cell_questions(file, asked, options, when, silent),
            *merge_questions(layers, [0] * len(layers), silent),
        ),
        notes=(_note(node), *other_cells(file, inside)),
    )


def other_cells(file: HDF5File, bundles: list[Bundle]) -> Iterator[str]:
    """Yield a sentence for each cell that is not one of Keras's own, and so is not shown."""
    for owner, what in own_cells(file, bundles).items():
        yield (
            f"{owner} has the arrays of a recurrent cell and {what}: it is a cell of the file's "
            "own, whose equations are not in the file, so it is not shown."
        )


def _note(node: Node) -> str:
    return (
        f"{node.key} is a layer of the file's own ({node.class_name}), whose code is not in the "
        "file: the recurrent layers inside it are shown each by itself, with the numbers that "
        "reach it still to be given."
    )


def _described(value: Any, depth: int = 0) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The recurrent layers that a configuration serialises, wherever in it."""
    if depth > MAX_DEPTH:
        return
    if isinstance(value, dict):
        config = value.get("config")
        if value.get("class_name") in KINDS and isinstance(config, dict):
            yield value["class_name"], config
            return
    inside = value.values() if isinstance(value, dict) else value
    for item in inside if isinstance(value, dict | list) else ():
        yield from _described(item, depth + 1)


def _configuration(
    file: HDF5File, pair: Pair, described: list[tuple[str, Mapping[str, Any]]]
) -> tuple[str, Mapping[str, Any]] | None:
    """The configuration of a layer: of its name, or the only one of its kind and size."""
    names = (stored_name(file, _owner(pair)), _owner(pair).rpartition("/")[2])
    units = file.datasets[pair.forward.paths[1]].shape[0]
    fit = [
        (class_name, config)
        for class_name, config in described
        if KINDS[class_name] == pair.kind and config.get("units") == units
    ]
    named = [one for one in fit if one[1].get("name") in names]
    if len(named) == 1 or len(fit) == 1:
        return (named or fit)[0]
    return None


def _directed(layer: Layer, config: tuple[str, Mapping[str, Any]] | None) -> Layer:
    """The layer as its configuration runs it, which may be from the end."""
    reverse = bool(config and config[1].get("go_backwards")) and not layer.bidirectional
    return replace(layer, reverse=layer.reverse or reverse, running_order=reverse)


def _owner(pair: Pair) -> str:
    """Where the layer itself is: above its cell and its directions."""
    parts = pair.forward.owner.split("/")
    if len(parts) > 1 and (
        parts[-1] == "cell" or parts[-1].rstrip("_0123456789").endswith("_cell")
    ):
        parts = parts[:-1]
    if len(parts) > 1 and without_direction(f"{parts[-1]}_") != f"{parts[-1]}_":
        parts = parts[:-1]
    return "/".join(parts)


def _names(file: HDF5File, node: Node, pairs: list[Pair]) -> list[str]:
    """The layers' names below the node's; those that are there twice are counted."""
    names = []
    for pair in pairs:
        owner = _owner(pair)
        own = owner.rpartition("/")[2]
        if laid_out_by_attribute(file):
            own = stored_name(file, owner) or owner.removeprefix(node.stored).strip("/")
        names.append(f"{node.key}/{own}" if own not in ("", node.name) else node.key)
    return [
        name if names.count(name) == 1 else f"{name} ({names[:k].count(name) + 1})"
        for k, name in enumerate(names)
    ]
