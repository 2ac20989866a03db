"""A Keras file that describes its model: every recurrent layer as the description says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...model import Model
from ...model.encoders import EmbeddingEncoder
from ...model.findings import Assumption, Findings
from ..door import Options
from ..errors import ModelFileError
from .back import Back, back_of
from .cells import Era
from .front import Front, described, front_of
from .hdf5 import HDF5File
from .network import RECURRENT, Network, Node
from .own_layers import layers_inside, other_cells
from .parts import load, numbers
from .policies import spoken_of
from .recurrent_nodes import RecurrentNode, recurrent_node
from .sums import ResidualSum, residual_sum, with_sum
from .weights import Places, paths_of

CAPTURED = "A capture in your own process records what it reads."


def described_model(
    file: HDF5File, description: Mapping[str, Any], options: Options, when: Era, title: str
) -> Model | None:
    """Return the model that a description describes; None where it names no recurrent layer.

    Raises ModelFileError where none of the recurrent layers can be read.
    """
    network = Network(description)
    recurrent, problems = _recurrent_layers(file, network, options, when)
    if not recurrent:
        if problems:
            raise ModelFileError(problems[0])
        return None
    back = _back(file, network, recurrent, when)
    front = _front(file, network, recurrent[0], when)
    encoder = _encoder(file, front)
    sums = [one.added for one in recurrent if one.added]
    used = {one.node.key for one in recurrent}
    used |= {node.key for node in (*sums, *back.nodes, *front.nodes)}
    if encoder is not None and front.beneath is not None:
        used.add(front.beneath.key)
    return Model(
        layers=tuple(layer for one in recurrent for layer in one.layers),
        encoder=encoder,
        front=front.stages,
        back=back.stages,
        readout=back.readout,
        reads_ends=back.reads_ends,
        findings=Findings(
            format=title,
            places=tuple(place for one in recurrent for place in one.places),
            assumptions=_distinct_assumptions(recurrent),
            ignored=tuple(
                f"{node.key} ({node.class_name})" for node in network.nodes
                if node.key not in used and node.class_name != "InputLayer"
            ),
            notes=(
                *problems,
                *_notes(network, recurrent),
                *spoken_of(network),
                *described(front, recurrent[0].node),
                *back.notes,
            ),
        ),
    )  # fmt: skip


def _recurrent_layers(
    file: HDF5File, network: Network, options: Options, when: Era
) -> tuple[list[RecurrentNode], list[str]]:
    """Every recurrent layer in the model's order, and what is wrong with the others."""
    recurrent: list[RecurrentNode] = []
    problems: list[str] = []
    places = Places(file)
    for node in network.nodes:
        try:
            if node.class_name in RECURRENT:
                below = recurrent[-1] if recurrent else None
                added = residual_sum(network, recurrent) if recurrent else None
                follows = below is not None and _reads(network, node, below, added)
                made = recurrent_node(file, node, when, follows)
                if below is not None and added is not None and follows:
                    recurrent[-1] = with_sum(below, added)
                recurrent.append(made)
            elif inside := layers_inside(file, node, places.below(node), options, when):
                recurrent.append(inside)
            else:
                problems += other_cells(file, places.below(node))
        except ModelFileError as error:
            problems.append(str(error))
    return recurrent, problems


def _reads(network: Network, node: Node, below: RecurrentNode, added: ResidualSum | None) -> bool:
    """Whether a node reads every timestep of the layers before it, or of the sum behind them."""
    given = added.node if added else below.node
    if not (below.joined and below.every_timestep and network.source(node) is given):
        return False
    same = node.within == below.node.within
    repeated = node.repeated and below.node.repeated
    return same or (repeated and len(node.within) == len(below.node.within))


def _back(file: HDF5File, network: Network, recurrent: list[RecurrentNode], when: Era) -> Back:
    """What stands behind the last layer, or behind a sum that is then put to it in the list."""
    last = recurrent[-1]
    if added := residual_sum(network, recurrent):
        behind = back_of(file, network, last, when, added.node)
        if behind.readout is not None:
            recurrent[-1] = with_sum(last, added)
            return behind
    return back_of(file, network, last, when)


def _front(file: HDF5File, network: Network, first: RecurrentNode, when: Era) -> Front:
    """What stands before the first recurrent layer; in a wrapper only what it reads itself."""
    width = first.layers[0].input_size
    if first.node.within:
        beneath = network.source(first.node) if first.node.repeated else None
        return Front(width=width, stages=(), nodes=(), beneath=beneath)
    return front_of(file, network, first.node, width, when)


def _encoder(file: HDF5File, front: Front) -> EmbeddingEncoder | None:
    """The embedding below what stands before the first layer; symbols are numbered."""
    node = front.beneath
    if node is None or node.class_name != "Embedding":
        return None
    paths = paths_of(file, node)
    if len(paths) != 1:
        return None
    (matrix,) = load(file, paths)
    if matrix.ndim != 2 or matrix.shape[1] != front.width:
        return None
    return EmbeddingEncoder(alphabet=numbers(len(matrix)), embedding=matrix)


def _distinct_assumptions(recurrent: list[RecurrentNode]) -> tuple[Assumption, ...]:
    """The assumptions of all layers, one for each keyword: an answer holds for all."""
    asked = [assumption for one in recurrent for assumption in one.assumptions]
    return tuple(
        one
        for k, one in enumerate(asked)
        if not one.keyword or one.keyword not in [before.keyword for before in asked[:k]]
    )


def _notes(network: Network, recurrent: list[RecurrentNode]) -> list[str]:
    notes: list[str] = []
    for k, one in enumerate(recurrent):
        notes += one.notes
        if k and not one.layers[0].follows and one.joined:
            notes.append(_broken(network, one.node))
        if one.node.within:
            wrappers = ", ".join(f"{key} ({name})" for key, name in one.node.within)
            does = (
                "which runs it over and over on sequences of its own: here it reads one of them"
                if one.node.repeated
                else "whose code is not in the file: it is shown by itself"
            )
            notes.append(f"{one.node.key} stands in {wrappers}, {does}.")
        if one.node.uses > 1:
            notes.append(
                f"{one.node.key} is used at {one.node.uses} places of the model: it is shown at "
                "the first."
            )
        if one.node.class_name == "Bidirectional" and one.node.config.get("merge_mode") is None:
            notes.append(
                f"{one.node.key} keeps its two directions apart; here they stand in a row."
            )
        if one.layers[-1].running_order:
            notes.append(
                f"{one.node.key} runs backwards: Keras hands its outputs on in that order, the "
                "sequence's last timestep first."
            )
        if one.node.starts_elsewhere:
            notes.append(
                f"{one.node.key} starts from a state that another layer gives: here, zero."
            )
    return notes


def _broken(network: Network, node: Node) -> str:
    """Say why a layer begins a chain of its own."""
    source = network.source(node)
    read = f"{source.key} ({source.class_name})" if source else "an input of the model"
    return f"{node.key} reads {read}: here it begins a chain of its own. {CAPTURED}"
