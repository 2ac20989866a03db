"""What stands before the first recurrent layer of a Keras model and can be run."""

from __future__ import annotations

from ...model import FrontStage, keeps_time
from ...record import record
from ..errors import shown
from .cells import Era
from .hdf5 import HDF5File
from .network import Network, Node
from .stages import stage_of


@record
class Front:
    """The stages before a recurrent layer, in the order in which they run.

    `width` is how many numbers the first of them reads, and `beneath` what gives them: a layer, or
    None for an input of the model.
    """

    width: int

    stages: tuple[FrontStage, ...]
    nodes: tuple[Node, ...]
    beneath: Node | None


def front_of(file: HDF5File, network: Network, first: Node, width: int, when: Era) -> Front:
    """Return what stands before a recurrent layer that reads `width` numbers.

    It ends where a layer is met that is not one of those that can be run.
    """
    stages: list[FrontStage] = []
    nodes: list[Node] = []
    node = network.source(first)
    while node is not None:
        made = stage_of(file, node, when, width)
        if made is None or made.output_size != width:
            break
        stages.insert(0, made)
        nodes.insert(0, node)
        width = made.input_size
        node = network.source(node)
    return Front(width=width, stages=tuple(stages), nodes=tuple(nodes), beneath=node)


def described(front: Front, first: Node) -> list[str]:
    """Say what stands before a recurrent layer and is run, and what is not."""
    beneath = front.beneath
    notes = []
    if front.nodes:
        named = ", ".join(f"{shown(node.key)} ({node.class_name})" for node in front.nodes)
        are = "is" if len(front.nodes) == 1 else "are"
        notes.append(f"{named} before {shown(first.key)} {are} run, too.")
    if not all(keeps_time(stage) for stage in front.stages):
        notes.append(
            f"{shown(first.key)} has other timesteps than what is read: what stands before it "
            "makes one of several. On the page the layer reads what that gives."
        )
    if beneath is not None and beneath.class_name != "Embedding":
        notes.append(
            f"{shown(beneath.key)} ({beneath.class_name}) stands before "
            f"{shown(front.nodes[0].key if front.nodes else first.key)} and is not run here: what "
            "it gives is what is read. A capture in your own process records that."
        )
    return notes
