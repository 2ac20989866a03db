"""What stands behind the last recurrent layer of a Keras model and can be run, up to its answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...model import Convolved, Dense, Layer, Pooled, Readout, Stage
from ...record import record
from ..answers import CAPTURE, answer_of
from ..errors import shown
from .cells import Era
from .hdf5 import HDF5File
from .network import Network, Node
from .recurrent_nodes import RecurrentNode
from .stages import stage_of


@record
class Back:
    """The stages behind the last recurrent layer, the readout behind them, and what to say.

    `reads_ends` is that of `Model`.
    """

    stages: tuple[Stage, ...] = ()
    readout: Readout | None = None
    nodes: tuple[Node, ...] = ()
    reads_ends: bool = False
    notes: tuple[str, ...] = ()


def back_of(file: HDF5File, network: Network, last: RecurrentNode, when: Era) -> Back:
    """Return what reads the last recurrent layer, one layer after the other, as far as it is run.

    It ends where several layers read one, and where a layer is met that cannot be run here. There
    is no readout unless a dense layer is among what is run.
    """
    if not last.joined or not last.node.repeated:
        return Back()
    layer = last.layers[-1]
    if obstacle := _obstacle(last, layer):
        return Back(notes=(obstacle,) if network.readers(last.node) else ())
    stages, nodes, softmax, further = _followed(file, network, last, when)
    kernels = [k for k, stage in enumerate(stages) if isinstance(stage, Dense)]
    if not kernels:
        return Back(notes=_unread(further))
    read, made = answer_of(stages, softmax)
    once = not last.every_timestep
    return Back(
        stages=read,
        readout=made,
        nodes=tuple(nodes),
        reads_ends=once and layer.bidirectional,
        notes=(*_run(nodes, read), *_once(last, nodes, layer), *_goes_on(nodes[-1], further)),
    )


def _obstacle(last: RecurrentNode, layer: Layer) -> str:
    """Why what reads a layer cannot be run timestep by timestep, in a sentence; "" where it can."""
    name = shown(last.node.key)
    if layer.running_order:
        return (
            f"What reads {name} is not run here: it reads the last timestep first, not timestep "
            f"by timestep. {CAPTURE}"
        )
    if last.every_timestep or not layer.bidirectional or layer.merge == "concat":
        return ""
    return (
        f"What reads {name} is not run here: it reads what both ways end with, put together by "
        f"{shown(layer.merge)}. {CAPTURE}"
    )


def _followed(
    file: HDF5File, network: Network, last: RecurrentNode, when: Era
) -> tuple[list[Stage], list[Node], bool, list[Node]]:
    """The stages behind a layer with their nodes, whether softmax follows, and what reads that."""
    stages: list[Stage] = []
    nodes: list[Node] = []
    width, softmax = last.layers[-1].output_size, False
    readers = network.readers(last.node)
    while len(readers) == 1 and not softmax:
        (node,) = readers
        plain, softmax = _without_softmax(node)
        made = stage_of(file, plain, when, width, in_time=last.every_timestep)
        if made is None or made.input_size != width or isinstance(made, Convolved | Pooled):
            softmax = False
            break
        stages.append(made)
        nodes.append(node)
        width = made.output_size
        readers = network.readers(node)
    return stages, nodes, softmax, readers


def _without_softmax(node: Node) -> tuple[Node, bool]:
    """A layer with its softmax taken off, and whether it had one."""
    config: Mapping[str, Any] = node.config
    wrapped = node.class_name == "TimeDistributed"
    class_name = config["layer"]["class_name"] if wrapped else node.class_name
    own = node.wrapped if wrapped else config
    alone = class_name == "Softmax" and own.get("axis", -1) in (-1, [-1])
    if not alone and not (
        class_name in ("Dense", "Activation") and own.get("activation") == "softmax"
    ):
        return node, False
    plain = {**own, "activation": "linear"}
    kind = "Activation" if alone else class_name
    if wrapped:
        plain, kind = {**config, "layer": {"class_name": kind, "config": plain}}, "TimeDistributed"
    return _replaced(node, kind, plain), True


def _replaced(node: Node, class_name: str, config: Mapping[str, Any]) -> Node:
    return Node(**{**vars(node), "class_name": class_name, "config": config})


def _named(nodes: list[Node]) -> str:
    return ", ".join(f"{shown(node.key)} ({node.class_name})" for node in nodes)


def _run(nodes: list[Node], stages: tuple[Stage, ...]) -> list[str]:
    return [f"{_named(nodes)} behind the layers is run, too."] if stages else []


def _once(last: RecurrentNode, nodes: list[Node], layer: Layer) -> list[str]:
    """Say where the model answers once for the sequence."""
    if last.every_timestep:
        return []
    first, name = shown(nodes[0].key), shown(last.node.key)
    if layer.bidirectional:
        return [
            f"The model answers once: {first} reads what each way of {name} ends with. Before the "
            "last timestep the predictions are what it answers with the first way stopped there."
        ]
    return [
        f"The model answers once, after the last timestep that {name} reads: the predictions "
        "before it are what it would answer there."
    ]


def _goes_on(node: Node, further: list[Node]) -> list[str]:
    if not further:
        return []
    return [
        f"What {shown(node.key)} gives goes on to {_named(further)}, which is not run here: its "
        f"numbers are shown as predictions. {CAPTURE}"
    ]


def _unread(further: list[Node]) -> tuple[str, ...]:
    """Say why there are no predictions."""
    if not further:
        return ()
    several = "more than one layer reads the last one" if len(further) > 1 else "it is not run here"
    return (f"No predictions are shown: {_named(further)} stands behind, and {several}. {CAPTURE}",)
