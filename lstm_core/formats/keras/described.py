"""A Keras file that describes its model: every recurrent layer as the description says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ...model import Model, Readout
from ...model.encoders import EmbeddingEncoder
from ...model.findings import Assumption, Findings
from ..door import Options
from ..errors import ModelFileError
from .cells import Era
from .front import Front, described, front_of
from .hdf5 import HDF5File
from .network import RECURRENT, Network, Node
from .own_layers import layers_inside, other_cells
from .parts import load, numbers, readout
from .recurrent_nodes import RecurrentNode, recurrent_node
from .weights import Places, paths_of

READOUTS = {"softmax": "softmax", "sigmoid": "sigmoid", "linear": "linear", None: "linear"}


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
    front = _front(file, network, recurrent[0], when)
    encoder = _encoder(file, front)
    readout_nodes, readout, notes = _readout(file, network, recurrent[-1])
    used = {one.node.key for one in recurrent} | {
        node.key for node in (*readout_nodes, *front.nodes)
    }
    if encoder is not None and front.beneath is not None:
        used.add(front.beneath.key)
    return Model(
        layers=tuple(layer for one in recurrent for layer in one.layers),
        encoder=encoder,
        front=front.stages,
        readout=readout,
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
                *described(front, recurrent[0].node),
                *notes,
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
                follows = bool(recurrent) and _reads(network, node, recurrent[-1])
                recurrent.append(recurrent_node(file, node, when, follows))
            elif inside := layers_inside(file, node, places.below(node), options, when):
                recurrent.append(inside)
            else:
                problems += other_cells(file, places.below(node))
        except ModelFileError as error:
            problems.append(str(error))
    return recurrent, problems


def _reads(network: Network, node: Node, below: RecurrentNode) -> bool:
    """Whether a node reads every timestep of the layers before it."""
    if not (below.joined and below.every_timestep and network.source(node) is below.node):
        return False
    same = node.within == below.node.within
    repeated = node.repeated and below.node.repeated
    return same or (repeated and len(node.within) == len(below.node.within))


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


def _readout(
    file: HDF5File, network: Network, last: RecurrentNode
) -> tuple[list[Node], Readout | None, list[str]]:
    """The Dense layer that alone reads the last recurrent layer, and its activation after it."""
    if not last.joined or not last.node.repeated:
        return [], None, []
    readers = network.readers(last.node)
    if len(readers) != 1 or _dense(readers[0]) is None:
        return [], None, []
    dense, config = readers[0], _dense(readers[0]) or {}
    layer = last.layers[-1]
    if layer.running_order or (layer.bidirectional and not last.every_timestep):
        return [], None, [
            f"{dense.key} reads what {last.node.key} hands on at the end of both ways or last "
            "first, not timestep by timestep, so it is not offered as a readout."
        ]  # fmt: skip
    nodes, activation = [dense], config.get("activation")
    after = network.readers(dense)
    if activation in ("linear", None) and len(after) == 1:
        following = _activation(after[0])
        if following is not None:
            nodes, activation = [dense, after[0]], following
    paths = paths_of(file, dense)
    arrays = load(file, paths) if paths else []
    fits = arrays and arrays[0].ndim == 2 and len(arrays[0]) == layer.output_size
    if not fits or not isinstance(activation, str | None) or activation not in READOUTS:
        return [], None, [f"{dense.key} is not offered as a readout."]
    kernel = arrays[0]
    bias = arrays[1] if len(arrays) > 1 else np.zeros(kernel.shape[1], kernel.dtype)
    return nodes, readout(kernel, bias, READOUTS[activation]), []


def _dense(node: Node) -> Mapping[str, Any] | None:
    """The configuration of a Dense layer, wrapped in TimeDistributed or not."""
    if node.class_name == "TimeDistributed" and node.config["layer"]["class_name"] == "Dense":
        return node.wrapped
    return node.config if node.class_name == "Dense" else None


def _activation(node: Node) -> Any:
    """The name of the activation that a layer of its own applies; None for another layer."""
    if node.class_name == "TimeDistributed" and node.config["layer"]["class_name"] == "Activation":
        return node.wrapped.get("activation")
    if node.class_name == "Activation":
        return node.config.get("activation")
    return "softmax" if node.class_name == "Softmax" else None


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
    return f"{node.key} reads {read}: here it begins a chain of its own."
