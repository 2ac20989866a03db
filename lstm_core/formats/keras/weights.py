"""Where Keras keeps a layer's arrays in an HDF5 file, in both of its layouts.

    by attribute   layers/lstm_1/cell/vars/0       (.keras, .weights.h5; counted by class)
    by name        [model_weights/]lstm_5: weight_names = lstm_5/lstm_cell/kernel:0, ...

HDF5 lists names alphabetically; the order of the layers is kept apart, and looked up there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from ...record import record
from ..errors import ModelFileError, shown
from .hdf5 import HDF5File
from .network import Node

BY_ATTRIBUTE = re.compile(r"(?P<owner>.*?)/?\bvars/(?P<index>\d+)")
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
            paths = _under(file, place)
            if paths:
                return paths
        return []
    group = root(file) + node.group
    names = weight_names(file, group)
    if node.key != node.name:  # nested: the outermost group holds the arrays of all inside
        names = _of_nested(names, node)
    return [f"{group}/{name}" for name in names if "seed_generator" not in name]


def weight_names(file: HDF5File, group: str) -> list[str]:
    """Return the names of a group's arrays in Keras's order, of the layout by name.

    Raises ModelFileError where two arrays have one name: the second was never written.
    """
    names = file.names(group, "weight_names") or []
    twice = next((name for k, name in enumerate(names) if name in names[:k]), None)
    if twice is not None:
        raise ModelFileError(
            f"The file names {shown(f'{group}/{twice}')} twice and holds it once: saving it "
            "failed, and weights are missing (Keras 3.0 does so with layers of two directions in "
            ".h5). Save the model again as .keras."
        )
    return names


def _of_nested(names: list[str], node: Node) -> list[str]:
    """The names of one layer among those of all that are nested in the outermost one."""
    nested = [name for name in names if _in_order(node.key.split("/")[1:], name.split("/"))]
    nested = nested or [name for name in names if node.name in name.split("/")]
    return nested or (names if node.alone else [])


def _in_order(wanted: list[str], parts: list[str]) -> bool:
    """Whether all that is wanted is among the parts, in this order."""
    left = iter(parts)
    return all(part in left for part in wanted)


def _under(file: HDF5File, place: str) -> list[str]:
    prefix = f"{place}/"
    paths = [p for p in file.datasets if p.startswith(prefix) and "seed_generator" not in p]
    if any(path.startswith(f"{prefix}forward_layer/") for path in paths):
        paths = [path for path in paths if not path.startswith(f"{prefix}layer/")]
    return sorted(paths, key=_by_attribute_order)


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


def _all_by_name(file: HDF5File) -> list[Bundle]:
    """As `_bundles_by_name`, of a file that names arrays twice too: what has a name of its own."""
    return _bundles_by_name(file, lambda group: file.names(group, "weight_names") or [])


def _bundles_by_name(
    file: HDF5File, names_in: Callable[[str], list[str]] | None = None
) -> list[Bundle]:
    made = []
    for layer in _layer_names(file):
        group = root(file) + layer
        owned: dict[str, list[str]] = {}
        for name in names_in(group) if names_in else weight_names(file, group):
            owner = _owner(name)
            if "seed_generator" not in name:
                owned.setdefault(owner, []).append(f"{group}/{name}")
        made += [Bundle(owner=f"{group}/{o}", paths=tuple(paths)) for o, paths in owned.items()]
    return made


def _layer_names(file: HDF5File) -> Iterable[str]:
    names = file.names(root(file).rstrip("/"), "layer_names")
    if names is not None:
        return names
    start = root(file)
    return [g.removeprefix(start) for g in file.groups if g.startswith(start) and g != start]


def _owner(name: str) -> str:
    keras_1 = KERAS_1.fullmatch(name)
    return keras_1["owner"] if keras_1 else name.rpartition("/")[0]


class Places:
    """The arrays of a file by the place below which they lie."""

    def __init__(self, file: HDF5File):
        """Look at all of a file's arrays once."""
        self._by_attribute = laid_out_by_attribute(file)
        self._root = root(file)
        self._below: dict[str, list[Bundle]] = {}
        for bundle in _bundles_by_attribute(file) if self._by_attribute else _all_by_name(file):
            parts = bundle.owner.split("/")
            for k in range(1, len(parts) + 1):
                self._below.setdefault("/".join(parts[:k]), []).append(bundle)

    def below(self, node: Node) -> list[Bundle]:
        """Return the arrays of one layer of a description, by owner, in the model's order."""
        if self._by_attribute:
            return self._below.get(node.stored, [])
        inside = self._below.get(f"{self._root}{node.group}", [])
        if node.key == node.name:
            return inside
        return [bundle for bundle in inside if node.name in bundle.owner.split("/")]


def stored_name(file: HDF5File, owner: str) -> str:
    """Return the name that a layer has beside its arrays (Keras 3); "" where it is not said."""
    return str(file.groups.get(f"{owner}/vars", {}).get("name", ""))


def without_direction(owner: str) -> str:
    """An owner's name without what tells the two directions of one layer apart."""
    return DIRECTION.sub("", owner)


def is_backward(owner: str) -> bool:
    """Whether an owner is the backward direction of a bidirectional layer."""
    match = DIRECTION.search(owner)
    return match is not None and match["direction"] == "backward"
