"""Keras's description of a model as a flat list: what each layer is and what it reads.

Nested models are laid out in place. Nothing in the description is run: a Lambda layer is a
name among others.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from ...record import record
from .cells import KINDS

RECURRENT = (*KINDS, "RNN", "Bidirectional")
MODELS = ("Sequential", "Functional", "Model")
PASS_THROUGH = (
    *("InputLayer", "Dropout", "SpatialDropout1D", "GaussianNoise", "GaussianDropout"),
    *("AlphaDropout", "Masking", "ActivityRegularization", "Identity"),
)
"""Layers that hand on what they get, once a model is trained."""


READ_BY_KEYWORD = {
    "MultiHeadAttention": ("query", "value", "key"),
    "TFOpLambda": ("y",),
}
"""Layers that read others by keyword, too."""

REPEATS = "TimeDistributed"
"""The wrapper that runs a layer over each timestep of its own input."""


@record
class Node:
    """One layer of a Keras model.

    `stored` is its place in a `.keras` or `.weights.h5` file, where layers are counted by
    class; `group` is its place in older files, where the outermost layer's name counts.
    """

    key: str  # "encoder/lstm_1": unique
    class_name: str
    name: str
    config: Mapping[str, Any]
    inputs: tuple[str, ...]  # keys
    tensors: tuple[int, ...]  # which output of each of them: 1 is the first state of a layer
    stored: str  # "layers/lstm_1"
    group: str  # "encoder"
    starts_elsewhere: bool = False  # whether other layers give its initial state
    within: tuple[tuple[str, str], ...] = ()  # key and class of the wrappers around it
    alone: bool = False  # whether it is all that the outermost layer holds
    uses: int = 1  # at how many places of the model it stands
    call: Any = None  # how it is called first, as Keras spells that

    @property
    def wrapped(self) -> Mapping[str, Any]:
        """The configuration of the layer inside a wrapper such as TimeDistributed."""
        inner: Mapping[str, Any] = self.config["layer"]["config"]
        return inner

    @property
    def repeated(self) -> bool:
        """Whether it stands in a wrapper that is one of Keras's: TimeDistributed."""
        return all(class_name == REPEATS for _, class_name in self.within)

    @property
    def keywords(self) -> Mapping[str, Any]:
        """The keywords of its call."""
        return keywords_of(self.call)

    @property
    def places(self) -> Any:
        """The indices with which it picks from what it reads; None where it has none."""
        if isinstance(self.call, dict):
            args: Any = self.call.get("args") or ()
            return args[1] if len(args) > 1 else self.keywords.get("indices")
        return self.keywords.get("slice_spec")

    @property
    def hands_on(self) -> bool:
        """Whether the layer's outputs are its inputs."""
        inner = self.config.get("layer") if self.class_name == "TimeDistributed" else None
        name = inner["class_name"] if inner else self.class_name
        linear = name == "Activation" and self.config.get("activation") == "linear"
        return name in PASS_THROUGH or linear


@record
class Reader:
    """A layer that reads another, and which of its outputs: 0, or the number of a state."""

    node: Node
    tensor: int


Read = tuple[tuple[str, int], ...]
"""Keys of the layers that are read, and which output of each."""


@record
class _Place:
    """Where in the model and in the file layers are being laid out."""

    scope: str = ""  # "encoder/"
    stored: str = ""
    group: str = ""
    within: tuple[tuple[str, str], ...] = ()
    alone: bool = False


class Network:
    """The layers of a model in their order, nested ones in place, and who reads whom."""

    def __init__(self, model: Mapping[str, Any]):
        """Lay out a model as Keras describes it: {"class_name": ..., "config": ...}."""
        self.nodes: list[Node] = []
        self._outputs: dict[str, Read] = {}  # of nested models and wrappers, by their key
        self._lay_out(model, _Place(), ())
        self._by_key = {node.key: node for node in self.nodes}

    def source(self, node: Node) -> Node | None:
        """The layer whose outputs `node` reads, seen through those that only hand on."""
        origin, tensor = self._origin(node, 0) if node.inputs else (None, 0)
        return None if tensor else origin

    def readers(self, node: Node) -> list[Reader]:
        """The layers that read anything of `node`, seen through those that only hand on."""
        readers = []
        for one in self.nodes:
            if one.hands_on:
                continue
            tensors = [tensor for origin, tensor in self.origins(one) if origin is node]
            if tensors:
                readers.append(Reader(node=one, tensor=max(tensors)))
        return readers

    def origins(self, node: Node) -> list[tuple[Node | None, int]]:
        """The layer that each input of `node` comes from, and which of its outputs that is."""
        return [self._origin(node, k) for k in range(len(node.inputs))]

    def whence(self, node: Node, k: int) -> tuple[str, int]:
        """The key of what the k-th input of `node` comes from, and which of its outputs that is.

        That is a layer, or an input of the model.
        """
        key, tensor = node.inputs[k], node.tensors[k]
        for _ in range(len(self.nodes) + len(self._outputs) + 1):
            while key in self._outputs:
                given = self._outputs[key]
                key, tensor = given[tensor] if tensor < len(given) else (given[0][0], tensor)
            origin = self._by_key.get(key)
            if origin is None or not origin.hands_on or not origin.inputs:
                break
            key, tensor = origin.inputs[0], tensor or origin.tensors[0]
        return key, tensor

    def _origin(self, node: Node, k: int) -> tuple[Node | None, int]:
        """The layer that the k-th input of `node` comes from, and which of its outputs that is."""
        key, tensor = self.whence(node, k)
        origin = self._by_key.get(key)
        return (None if origin is None or origin.hands_on else origin), tensor

    def _lay_out(self, model: Mapping[str, Any], at: _Place, feeds: Read) -> Read:
        """Add the layers of one model; return its outputs."""
        config = model["config"]
        layers = config if isinstance(config, list) else config.get("layers", [])
        counted: Counter[str] = Counter()
        previous, waiting = feeds, list(feeds)
        for layer in layers:
            class_name, name = layer["class_name"], _name(layer)
            inputs = previous
            if model["class_name"] != "Sequential":
                read = _inbound(layer.get("inbound_nodes"), READ_BY_KEYWORD.get(class_name, ()))
                inputs = tuple((at.scope + name, tensor) for name, tensor in read)
            if class_name == "InputLayer":
                inputs = (waiting.pop(0),) if waiting else ()
            stored = f"{at.stored}layers/{numbered(class_name, counted)}"
            key = self._add(layer, replace(at, stored=stored, group=at.group or name), inputs)
            previous = ((key, 0),)
        if model["class_name"] == "Sequential" or isinstance(config, list):
            return previous[:1] or (("", 0),)
        outputs = _references(config.get("output_layers", []))
        return tuple((at.scope + name, tensor) for name, tensor in outputs) or (("", 0),)

    def _add(self, layer: Mapping[str, Any], at: _Place, inputs: Read) -> str:
        """Add one layer at its place, or what is inside it; return its key."""
        class_name, name = layer["class_name"], _name(layer)
        key = at.scope + name
        inner = wrapped_layer(layer)
        if class_name in MODELS:
            inside = replace(at, scope=f"{key}/", stored=f"{at.stored}/", alone=False)
            self._outputs[key] = self._lay_out(layer, inside, inputs)
        elif inner is not None:
            inside = replace(
                at,
                scope=f"{key}/",
                stored=f"{at.stored}/layer",
                within=(*at.within, (key, class_name)),
                alone=not at.scope or at.alone,
            )
            self._outputs[key] = ((self._add(inner, inside, inputs), 0),)
        else:
            self.nodes.append(
                Node(
                    key=key,
                    class_name=class_name,
                    name=name,
                    config=layer["config"],
                    inputs=tuple(name for name, _ in inputs),
                    tensors=tuple(tensor for _, tensor in inputs),
                    stored=at.stored,
                    group=at.group,
                    starts_elsewhere=_starts_elsewhere(layer.get("inbound_nodes")),
                    within=at.within,
                    alone=at.alone,
                    uses=_uses(layer.get("inbound_nodes")),
                    call=_first_call(layer.get("inbound_nodes")),
                )
            )
        return key


def wrapped_layer(layer: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return what a wrapper wraps, where that is recurrent or a model; None elsewhere.

    Bidirectional is no wrapper here: it is a recurrent layer.
    """
    config = layer["config"]
    inner = config.get("layer") if isinstance(config, dict) else None
    if layer["class_name"] == "Bidirectional" or not isinstance(inner, dict):
        return None
    if not isinstance(inner.get("config"), dict | list) or "class_name" not in inner:
        return None
    if inner["class_name"] in (*RECURRENT, *MODELS) or wrapped_layer(inner) is not None:
        return inner
    return None


def numbered(class_name: str, counted: Counter[str]) -> str:
    """Return lstm, lstm_1, lstm_2, ... for the layers of one class in one model."""
    snake = re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", re.sub(r"\W+", "", class_name))
    snake = re.sub(r"([a-z])([A-Z])", r"\1_\2", snake).lower()
    count = counted[snake]
    counted[snake] += 1
    return f"{snake}_{count}" if count else snake


def _name(layer: Mapping[str, Any]) -> str:
    config = layer["config"]
    own = config.get("name") if isinstance(config, dict) else None
    return str(layer.get("name") or own or layer["class_name"])


def _inbound(nodes: Any, keywords: tuple[str, ...] = ()) -> list[tuple[str, int]]:
    """Layers that are read, and which of their outputs, where the layer is used first."""
    if not isinstance(nodes, list):
        return []
    given = keywords_of(nodes[0]) if nodes else {}
    return [*_references(nodes[:1]), *_references([given.get(name) for name in keywords])]


def keywords_of(call: Any) -> Mapping[str, Any]:
    """Return the keywords of a call, as Keras 3 or Keras 2 spells it."""
    if isinstance(call, dict):
        return call.get("kwargs") or {}
    spelled: Any = call
    while isinstance(spelled, list) and spelled and isinstance(spelled[0], list):
        spelled = spelled[0]
    last = spelled[-1] if isinstance(spelled, list) and spelled else None
    return last if isinstance(last, dict) else {}


def _first_call(nodes: Any) -> Any:
    return nodes[0] if isinstance(nodes, list) and nodes else None


def _uses(nodes: Any) -> int:
    """At how many places of a model a layer stands; a Sequential model does not say."""
    return len(nodes) if isinstance(nodes, list) and nodes else 1


def _starts_elsewhere(nodes: Any) -> bool:
    """Whether a call names an initial state, as a keyword (Keras 2, 3) or as further inputs."""
    text = json.dumps(nodes[:1]) if isinstance(nodes, list) else ""
    named = '"initial_state": ' in text and '"initial_state": null' not in text
    return named or len(_inbound(nodes)) > 1


def _references(value: Any) -> Iterator[tuple[str, int]]:
    """References as Keras 1 to 3 spell them: ["lstm", 0, 0], nested or as history.

    The last number says which output of the layer is read.
    """
    if isinstance(value, dict):
        history = value.get("config", {}).get("keras_history") if "config" in value else None
        if history:
            yield _reference(history)
        else:
            yield from _references(list(value.get("args", ())))
    elif isinstance(value, list):
        if len(value) >= 3 and isinstance(value[0], str) and isinstance(value[1], int):
            yield _reference(value)
        else:
            for item in value:
                yield from _references(item)


def _reference(spelled: list[Any]) -> tuple[str, int]:
    tensor = spelled[2] if len(spelled) > 2 else 0
    return spelled[0], tensor if isinstance(tensor, int) else 0
