"""The variables' own names, from the graph of objects that TensorFlow writes beside them.

A checkpoint of TensorFlow 2 has keys by place, `variables/0/.ATTRIBUTES/VARIABLE_VALUE`; the
name, `sequential/lstm/lstm_cell/kernel`, stands in a message of its own among the arrays.

Source: tensorflow/core/protobuf/trackable_object_graph.proto.
"""

from __future__ import annotations

from ..protobuf import LENGTH, fields, varint

NODES, ATTRIBUTES = 1, 2
FULL_NAME, CHECKPOINT_KEY = 2, 3
VALUE = "/.ATTRIBUTES/VARIABLE_VALUE"
STATE = ("/.OPTIMIZER_SLOT/", "optimizer/", "save_counter", "keras_api/")


def graph_names(raw: memoryview) -> dict[str, str]:
    """Return the name of each variable by its key in the checkpoint.

    `raw` is the string tensor: the length of its one string, a checksum, and the string.
    """
    length, _ = varint(raw, 0)
    message = raw[len(raw) - length :]
    named = {}
    for number, wire, node in fields(message):
        if number != NODES or wire != LENGTH:
            continue
        for part, kind, attribute in fields(node):
            if part == ATTRIBUTES and kind == LENGTH:
                texts = {n: bytes(c).decode("utf-8", "replace") for n, w, c in fields(attribute)
                         if w == LENGTH}  # fmt: skip
                if texts.get(CHECKPOINT_KEY):
                    named[texts[CHECKPOINT_KEY]] = texts.get(FULL_NAME, "")
    return named


def is_state(key: str) -> bool:
    """Return whether a key is of an optimiser or of the saving, not of the model."""
    return any(word in key for word in STATE)


def name_of(key: str, named: dict[str, str]) -> str:
    """Return a variable's own name; its place where it has none."""
    return named.get(key) or key.removesuffix(VALUE)
