"""Where Keras keeps a layer's arrays in an HDF5 file, in both of its layouts.

    by attribute   layers/lstm_1/cell/vars/0       (.keras, .weights.h5; counted by class)
    by name        [model_weights/]lstm_5: weight_names = lstm_5/lstm_cell/kernel:0, ...

HDF5 lists names alphabetically; the order of the layers is kept apart, and looked up there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ...record import record
from .hdf5 import HDF5File
from .network import Node

BY_ATTRIBUTE = re.compile(r"(?P<owner>.*?)/?\bvars/(?P<index>\d+)")
ROLES = ("kernel", "recurrent_kernel", "bias", "embeddings", "depthwise_kernel")
KERAS_1 = re.compile(r"(?P<owner>.+?)_(?P<role>[WUb])(_[icfozrh])?(:\d+)?")
DIRECTION = re.compile(r"(?<![a-z])(?P<direction>forward|backward)_")


@record
class Bundle:
    """Arrays that belong to one layer or cell: their owner's path, and theirs in order."""

    owner: str
    paths: tuple[str, ...]


def laid_out_by_attribute(file: HDF5File) -> bool:
    """Whether the file is of the layout that counts layers by class."""
    return any(BY_ATTRIBUTE.fullmatch(path) for path in file.datasets)


def root(file: HDF5File) -> str:
    """The group of the layers in the layout by name, with its slash."""
    return "model_weights/" if "model_weights" in file.groups else ""


def paths_of(file: HDF5File, node: Node) -> list[str]:
    """The arrays of one layer in Keras's order, forward before backward."""
    if laid_out_by_attribute(file):
        for place in (node.stored, node.stored.replace("layers", "_layer_checkpoint_dependencies")):
            found = _under(file, place)
            if found:
                return found
        return []
    group = root(file) + node.group
    names = file.names(group, "weight_names") or []
    if node.key != node.name:  # nested: the outermost group holds the arrays of all inside
        names = [name for name in names if node.name in name.split("/")]
    return [f"{group}/{name}" for name in names if "seed_generator" not in name]


def _under(file: HDF5File, place: str) -> list[str]:
    prefix = f"{place}/"
    found = [p for p in file.datasets if p.startswith(prefix) and "seed_generator" not in p]
    if any(path.startswith(f"{prefix}forward_layer/") for path in found):
        found = [path for path in found if not path.startswith(f"{prefix}layer/")]
    return sorted(found, key=_by_attribute_order)


def _by_attribute_order(path: str) -> list[tuple[int, str]]:
    """Forward before backward, and lstm_cell_10 after lstm_cell_2."""
    path = path.replace("/forward_layer/", "/0/").replace("/backward_layer/", "/1/")
    parts = re.split(r"(\d+)", path)
    return [(int(part), "") if part.isdigit() else (-1, part) for part in parts]


def bundles(file: HDF5File) -> list[Bundle]:
    """All arrays of a file without a description of its model, by owner, in the model's order."""
    if laid_out_by_attribute(file):
        return _bundles_by_attribute(file)
    return _bundles_by_name(file)


def _bundles_by_attribute(file: HDF5File) -> list[Bundle]:
    """Owners in the order in which they were written, which is the order of the layers."""
    owned: dict[str, list[str]] = {}
    for path in sorted(file.datasets, key=_by_attribute_order):
        match = BY_ATTRIBUTE.fullmatch(path)
        if match and not path.startswith("optimizer") and "seed_generator" not in path:
            owned.setdefault(match["owner"], []).append(path)
    made = [Bundle(owner=owner, paths=tuple(paths)) for owner, paths in owned.items()]
    address = {bundle.owner: file.datasets[bundle.paths[0]].address for bundle in made}
    first: dict[str, int] = {}  # a bidirectional layer is where its first direction is
    for bundle in made:
        whole = without_direction(bundle.owner)
        first[whole] = min(first.get(whole, address[bundle.owner]), address[bundle.owner])
    return sorted(made, key=lambda b: (first[without_direction(b.owner)], is_backward(b.owner)))


def _bundles_by_name(file: HDF5File) -> list[Bundle]:
    made = []
    for layer in _layer_names(file):
        group = root(file) + layer
        owned: dict[str, list[str]] = {}
        for name in file.names(group, "weight_names") or []:
            owner, role = _owner_and_role(name)
            if role in ROLES:
                owned.setdefault(owner, []).append(f"{group}/{name}")
        made += [Bundle(owner=f"{group}/{o}", paths=tuple(paths)) for o, paths in owned.items()]
    return made


def _layer_names(file: HDF5File) -> Iterable[str]:
    names = file.names(root(file).rstrip("/"), "layer_names")
    if names is not None:
        return names
    start = root(file)
    return [g.removeprefix(start) for g in file.groups if g.startswith(start) and g != start]


def _owner_and_role(name: str) -> tuple[str, str]:
    keras_1 = KERAS_1.fullmatch(name)
    if keras_1:
        return keras_1["owner"], {"W": "kernel", "U": "recurrent_kernel", "b": "bias"}[
            keras_1["role"]
        ]
    owner, _, last = name.rpartition("/")
    return owner, re.sub(r"(_\d+)?(:\d+)?$", "", last)


def without_direction(owner: str) -> str:
    """An owner's name without what tells the two directions of one layer apart."""
    return DIRECTION.sub("", owner)


def is_backward(owner: str) -> bool:
    """Whether an owner is the backward direction of a bidirectional layer."""
    match = DIRECTION.search(owner)
    return match is not None and match["direction"] == "backward"
