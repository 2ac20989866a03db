"""What stands behind the last recurrent layer of a Keras model and can be run, up to its answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...model import Convolved, Dense, Layer, Pooled, Readout, Stage, looks_ahead, pools_over_time
from ...record import record
from ..answers import CAPTURE, answer_of
from ..errors import shown
from .attention import MAKERS, self_attention
from .cells import Era
from .hdf5 import HDF5File
from .last_timestep import picked_last
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


def back_of(
    file: HDF5File, network: Network, last: RecurrentNode, when: Era, added: Node | None = None
) -> Back:
    """Return what reads the last recurrent layer, one layer after the other, as far as it is run.

    `added` is the node that adds something to what the layer gives, where that is run.
    It ends where several layers read one, and where a layer is met that cannot be run here. There
    is no readout unless a dense layer is among what is run.
    """
    readers = network.readers(added or last.node)
    if not last.joined or not last.node.repeated or not readers:
        return Back()
    layer = last.layers[-1]
    once = not last.every_timestep or readers[0].tensor > 0
    if obstacle := _obstacle(last, layer, once, readers):
        return Back(notes=(f"{obstacle} {CAPTURE}",))
    walk = _Walk(file, network, last, once, when, added)
    while walk.go_on():
        pass
    nodes, pools = walk.nodes, pools_over_time(walk.stages)
    if not any(isinstance(stage, Dense) for stage in walk.stages):
        return Back(notes=_unread(walk.readers))
    read, made = answer_of(walk.stages, walk.softmax)
    ahead = looks_ahead(walk.stages)
    where = _where_all_is_read(last, layer, nodes if ahead else [])
    return Back(
        stages=read,
        readout=made,
        nodes=tuple(nodes),
        reads_ends=once and layer.bidirectional,
        notes=(
            *_run(nodes, read),
            *(_answers_once(last, nodes, layer) if once else ()),
            *(_answers_from_all(last, where) if pools else ()),
            *(_answers_at_the_last(nodes, where) if walk.picked else ()),
            *(_attends_to_all(walk.nodes) if ahead and not (pools or walk.picked) else ()),
            *(_answers_backwards(last) if layer.running_order and not walk.once else ()),
            *_goes_on(nodes[-1], walk.readers),
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


class _Walk:
    """The stages behind a layer with their nodes, whether softmax follows, and what reads that.

    `once` says that there is one answer for the sequence, `timed` that it still has an axis of
    time, and `picked` that it is what is given at the last timestep.
    """

    def __init__(
        self,
        file: HDF5File,
        network: Network,
        last: RecurrentNode,
        once: bool,
        when: Era,
        added: Node | None = None,
    ):
        """Begin at a layer, or at what adds to it."""
        self.file, self.network, self.when = file, network, when
        self.stages: list[Stage] = []
        self.nodes: list[Node] = []
        self.below, self.width = added or last.node, last.layers[-1].output_size
        self.softmax = self.picked = False
        self.once, self.timed = once, not once

    @property
    def readers(self) -> list[Node]:
        """What reads the last layer of those that are run."""
        return [reader.node for reader in self.network.readers(self.below)]

    def go_on(self) -> bool:
        """Take what reads the last layer, and return whether that can be run."""
        readers = self.readers
        if self.softmax or not readers:
            return False
        return (not self.once and self._over_time(readers)) or (
            len(readers) == 1 and (self._moves(readers[0]) or self._point(readers[0]))
        )

    def _over_time(self, readers: list[Node]) -> bool:
        """Take what reads other timesteps, too."""
        pooled = over_time_of(self.file, self.network, readers, self.width, self.when)
        if pooled is not None:
            self.once, self.timed = True, pooled.kept
        attention = self_attention(self.file, self.network, self.below, self.width)
        found = pooled or attention
        if found is not None:
            self._take(list(found.nodes), found.stage)
        return found is not None

    def _moves(self, node: Node) -> bool:
        """Take what picks the last timestep, and an axis off that has one place."""
        picked = None if self.once else picked_last(node)
        if picked is not None:
            self.once = self.picked = True
            self.timed = picked != "alone"
        elif not self.once or node.class_name != "Flatten" or node.within or node.uses > 1:
            return False
        else:
            self.timed = False
        self._take([node])
        return True

    def _point(self, node: Node) -> bool:
        """Take what changes one timestep at a time."""
        plain, softmax = _without_softmax(node)
        made = stage_of(self.file, plain, self.when, self.width, in_time=self.timed)
        if made is None or made.input_size != self.width or isinstance(made, Convolved | Pooled):
            return False
        self.softmax = softmax
        self._take([node], made)
        return True

    def _take(self, nodes: list[Node], stage: Stage | None = None) -> None:
        if stage is not None:
            self.stages.append(stage)
            self.width = stage.output_size
        self.nodes += nodes
        self.below = nodes[-1]


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


def _where_all_is_read(last: RecurrentNode, layer: Layer, attending: list[Node]) -> str:
    """What has read the whole sequence before a prediction reads it; "" where nothing has."""
    readers = [f"{shown(node.key)} has attended to all" for node in attending if _attends(node)]
    if layer.bidirectional:
        readers.insert(0, f"the second way of {shown(last.node.key)} has read all")
    return f", where {' of it and '.join(readers)} of it" if readers else ""


def _answers_from_all(last: RecurrentNode, where: str) -> list[str]:
    """Say that the model answers once, from all timesteps, and what the other predictions are."""
    return [
        f"The model answers once, from all timesteps of {shown(last.node.key)} together: that is "
        "the prediction at the last one. Those before it are what it makes of the timesteps so "
        f"far{where}."
    ]


def _answers_at_the_last(nodes: list[Node], where: str) -> list[str]:
    """Say that the model answers once, at the last timestep, and what the others are."""
    picks = next(node for node in nodes if picked_last(node))
    return [
        f"The model answers once: {shown(picks.key)} picks the last timestep. The predictions "
        f"before it are what it would answer there{where}."
    ]


def _attends(node: Node) -> bool:
    return node.class_name in MAKERS


def _attends_to_all(nodes: list[Node]) -> list[str]:
    """Say that predictions read what comes after them."""
    attention = next(node for node in nodes if _attends(node))
    return [
        f"{shown(attention.key)} attends to all timesteps from each of them: what is predicted at "
        "a timestep reads those after it, too."
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
