"""What stands behind the last recurrent layer of a Keras model and can be run, up to its answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...model import Convolved, Dense, Layer, Pooled, Readout, Stage, pools_over_time
from ...record import record
from ..answers import CAPTURE, answer_of
from ..errors import shown
from .cells import Era
from .hdf5 import HDF5File
from .network import Network, Node, Reader
from .over_time import over_time_of
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
    readers = network.readers(last.node)
    if not last.joined or not last.node.repeated or not readers:
        return Back()
    layer = last.layers[-1]
    once = not last.every_timestep or readers[0].tensor > 0
    if obstacle := _obstacle(last, layer, once, readers):
        return Back(notes=(f"{obstacle} {CAPTURE}",))
    stages, nodes, softmax, further = _followed(file, network, last, once, when)
    pools = pools_over_time(stages)
    if not any(isinstance(stage, Dense) for stage in stages):
        return Back(notes=_unread(further))
    read, made = answer_of(stages, softmax)
    return Back(
        stages=read,
        readout=made,
        nodes=tuple(nodes),
        reads_ends=once and layer.bidirectional,
        notes=(
            *_run(nodes, read),
            *(_answers_once(last, nodes, layer) if once else ()),
            *(_answers_from_all(last, layer) if pools else ()),
            *(_answers_backwards(last) if layer.running_order and not (once or pools) else ()),
            *_goes_on(nodes[-1], further),
        ),
    )


def _obstacle(last: RecurrentNode, layer: Layer, once: bool, readers: list[Reader]) -> str:
    """Why what reads a layer cannot be run timestep by timestep, in a sentence; "" where it can."""
    name, tensor = shown(last.node.key), readers[0].tensor
    said = f"What reads {name} is not run here: "
    if last.node.uses > 1:
        return f"{said}{name} is used at {last.node.uses} places."
    if tensor > 1 or (tensor and (layer.bidirectional or len(last.layers) > 1 or layer.reverse)):
        return f"{said}it reads a state, number {tensor}, rather than the outputs."
    if layer.running_order and layer.bidirectional:
        return f"{said}its first way reads the last timestep first."
    if once and layer.bidirectional and layer.merge != "concat":
        return f"{said}it reads what both ways end with, put together by {shown(layer.merge)}."
    return ""


def _followed(
    file: HDF5File, network: Network, last: RecurrentNode, once: bool, when: Era
) -> tuple[list[Stage], list[Node], bool, list[Node]]:
    """The stages behind a layer with their nodes, whether softmax follows, and what reads that."""
    stages: list[Stage] = []
    nodes: list[Node] = []
    width, softmax = last.layers[-1].output_size, False
    readers = [reader.node for reader in network.readers(last.node)]
    while readers and not softmax:
        pooled = None if once else over_time_of(file, network, readers, width, when)
        if pooled is not None:
            stages.append(pooled.stage)
            nodes += pooled.nodes
            once = True
        elif len(readers) > 1:
            break
        else:
            (node,) = readers
            plain, softmax = _without_softmax(node)
            made = stage_of(file, plain, when, width, in_time=not once)
            if made is None or made.input_size != width or isinstance(made, Convolved | Pooled):
                softmax = False
                break
            stages.append(made)
            nodes.append(node)
            width = made.output_size
        readers = [reader.node for reader in network.readers(nodes[-1])]
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
    are = "is" if len(nodes) == 1 else "are"
    return [f"{_named(nodes)} behind the layers {are} run, too."] if stages else []


def _answers_once(last: RecurrentNode, nodes: list[Node], layer: Layer) -> list[str]:
    """Say that the model answers once for the sequence, and what the other predictions are."""
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


def _answers_from_all(last: RecurrentNode, layer: Layer) -> list[str]:
    """Say that the model answers once, from all timesteps, and what the other predictions are."""
    name = shown(last.node.key)
    other = f", where the second way of {name} has read all of it" if layer.bidirectional else ""
    return [
        f"The model answers once, from all timesteps of {name} together: that is the prediction at "
        f"the last one. Those before it are what it makes of the timesteps so far{other}."
    ]


def _answers_backwards(last: RecurrentNode) -> list[str]:
    return [
        f"{shown(last.node.key)} runs from the end of what it reads and hands its answers on in "
        "that order, as Keras does: the first prediction is about the last timestep that it reads."
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
