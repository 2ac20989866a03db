"""The variables' own names and order, from the graph of objects that TensorFlow writes beside them.

A checkpoint of TensorFlow 2 has keys by place, `variables/0/.ATTRIBUTES/VARIABLE_VALUE`; the
name, `sequential/lstm/lstm_cell/kernel`, stands in a message of its own among the arrays. The
keys stand in the alphabet's order, `variables/10` before `variables/2`; that of the layers is
told by going from the model to its layers, and from those to their variables.

Source: tensorflow/core/protobuf/trackable_object_graph.proto.
"""

from __future__ import annotations

import re
from collections import Counter

from ...record import record
from ..protobuf import LENGTH, fields, varint

NODES, CHILDREN, ATTRIBUTES = 1, 1, 2
NODE_ID, LOCAL_NAME = 1, 2
FULL_NAME, CHECKPOINT_KEY = 2, 3
VALUE = "/.ATTRIBUTES/VARIABLE_VALUE"
STATE = ("/.OPTIMIZER_SLOT/", "optimizer/", "save_counter", "keras_api/")
LAYER = re.compile(r"layer(_with_weights)?-(\d+)")
COPIES = "_all_variables"  # Keras 3 exports each variable twice, with one name
LISTS = (
    *("variables", "trainable_variables", "non_trainable_variables", "keras_api", "_variables"),
    COPIES,
)
"""Under these an object lists once more what it has by names of its own."""
FIRST, NAMED, LAST = 0, 1, 2
DIRECTIONS = ("forward", "backward")


@record
class Thing:
    """An object: what it has, by the names that it has it by, and its variable's name and key."""

    children: tuple[tuple[str, int], ...]
    variables: tuple[tuple[str, str], ...]


@record
class ObjectGraph:
    """The objects that were saved; the first of them is the model, or whatever has it."""

    things: tuple[Thing, ...]

    def names(self) -> dict[str, str]:
        """Return the name of each variable by its key; a name of several is none.

        That of copies is one of theirs.
        """
        named = {
            key: name
            for thing in self.things
            for name, key in thing.variables
            if key and not is_state(key)
        }
        counted = Counter(name for key, name in named.items() if not key.startswith(COPIES))
        return {key: name for key, name in named.items() if counted[name] <= 1}

    def variables(self) -> list[str]:
        """Return the keys of the variables, layer by layer in the order of the model."""
        keys: dict[str, None] = {}
        waiting, seen = [0], set[int]()
        while waiting:
            at = waiting.pop()
            if at in seen or at >= len(self.things):
                continue
            seen.add(at)
            thing = self.things[at]
            keys |= dict.fromkeys(key for _, key in thing.variables)
            waiting += [child for _, child in sorted(thing.children, key=_place)[::-1]]
        return list(keys)


def object_graph(raw: memoryview) -> ObjectGraph:
    """Return the objects that the one string of a tensor describes.

    The string comes behind its length and a checksum.
    """
    length, _ = varint(raw, 0)
    message = raw[len(raw) - length :]
    return ObjectGraph(
        things=tuple(
            _thing(node)
            for number, wire, node in fields(message)
            if number == NODES and wire == LENGTH
        )
    )


def _thing(node: memoryview) -> Thing:
    children, variables = [], []
    for number, wire, content in fields(node):
        if wire != LENGTH or number not in (CHILDREN, ATTRIBUTES):
            continue
        parts = {n: c for n, _, c in fields(content)}
        if number == CHILDREN:
            at = varint(parts[NODE_ID], 0)[0] if NODE_ID in parts else 0
            children.append((_text(parts.get(LOCAL_NAME)), at))
        else:
            name, key = (_text(parts.get(part)) for part in (FULL_NAME, CHECKPOINT_KEY))
            variables.append((name, key))
    return Thing(children=tuple(children), variables=tuple(variables))


def _text(content: memoryview | None) -> str:
    return bytes(content or b"").decode("utf-8", "replace")


def _place(child: tuple[str, int]) -> tuple[int, int]:
    """Where a child stands among others; those of one place stay as they are listed."""
    name = child[0]
    layer = LAYER.fullmatch(name)
    if layer:
        return FIRST, 2 * int(layer[2]) + (not layer[1])
    direction = name.removesuffix("_layer")
    if direction in DIRECTIONS:
        return NAMED, DIRECTIONS.index(direction)
    return (LAST if name in LISTS else NAMED), 0


def natural(key: str) -> list[tuple[int, str]]:
    """Return by what keys and names are sorted without a graph: lstm_2 before lstm_10.

    The forward direction of a layer stands before the other one.
    """
    key = re.sub(r"(?<![a-z])forward_", "0_", re.sub(r"(?<![a-z])backward_", "1_", key))
    parts = re.split(r"(\d+)", key)
    return [(int(part), "") if part.isdigit() else (-1, part) for part in parts]


def is_state(key: str) -> bool:
    """Return whether a key is of an optimiser or of the saving, not of the model."""
    return any(word in key for word in STATE)


def name_of(key: str, named: dict[str, str]) -> str:
    """Return a variable's own name; its place where it has none."""
    return named.get(key) or key.removesuffix(VALUE)
