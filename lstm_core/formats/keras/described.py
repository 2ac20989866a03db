"""A Keras file that describes its model: every recurrent layer as the description says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ...model import Layer, Merge, Model, Readout
from ...model.encoders import EmbeddingEncoder
from ...model.findings import Findings
from ...record import Array, record
from ..errors import ModelFileError, shown
from .cells import KINDS, Cell, Era, cell, parameters
from .hdf5 import HDF5File
from .network import Network, Node
from .weights import paths_of

MERGES: dict[str | None, Merge] = {
    "concat": "concat",
    "sum": "sum",
    "mul": "mul",
    "ave": "ave",
    None: "concat",
}
READOUTS = {"softmax": "softmax", "sigmoid": "sigmoid", "linear": "linear", None: "linear"}


@record
class Found:
    """One recurrent node of the network as layers (several where cells are stacked)."""

    node: Node
    layers: tuple[Layer, ...]
    place: str
    every_timestep: bool  # return_sequences


def described_model(
    file: HDF5File, description: Mapping[str, Any], when: Era, title: str
) -> Model | None:
    """Return the model that a description describes; None where it names no recurrent layer.

    Raises ModelFileError where none of the recurrent layers can be read.
    """
    network = Network(description)
    found, problems = _recurrent_layers(file, network, when)
    if not found:
        if problems:
            raise ModelFileError(problems[0])
        return None
    encoder_node, encoder = _encoder(file, network, found[0])
    readout_nodes, readout, notes = _readout(file, network, found[-1])
    used = {f.node.key for f in found} | {n.key for n in (*readout_nodes, encoder_node) if n}
    return Model(
        layers=tuple(layer for f in found for layer in f.layers),
        encoder=encoder,
        readout=readout,
        findings=Findings(
            format=title,
            places=tuple(f.place for f in found for _ in f.layers),
            ignored=tuple(
                f"{node.key} ({node.class_name})" for node in network.nodes
                if node.key not in used and node.class_name != "InputLayer"
            ),
            notes=(*problems, *_notes(found), *notes),
        ),
    )  # fmt: skip


def _recurrent_layers(file: HDF5File, network: Network, when: Era) -> tuple[list[Found], list[str]]:
    found: list[Found] = []
    problems = []
    for node in network.nodes:
        wrapped = node.config.get("layer") if node.class_name == "Bidirectional" else None
        if (wrapped or {}).get("class_name", node.class_name) not in (*KINDS, "RNN"):
            continue
        below = found[-1] if found else None
        follows = below is not None and below.every_timestep and network.source(node) is below.node
        try:
            found.append(_found(file, node, when, follows))
        except ModelFileError as error:
            problems.append(str(error))
    return found, problems


def _found(file: HDF5File, node: Node, when: Era, follows: bool) -> Found:
    paths = paths_of(file, node)
    if not paths:
        raise ModelFileError(f"The file has no weights for its layer {shown(node.key)}.")
    arrays = load(file, paths)
    place = paths[0] if len(paths) == 1 else f"{paths[0]} and {len(paths) - 1} more"
    if node.class_name == "Bidirectional":
        layers = [_bidirectional(node, arrays, when, follows)]
        inner = node.wrapped
    else:
        layers = _unidirectional(node, arrays, when, follows)
        inner = node.config
    every_timestep = bool(inner.get("return_sequences", False))
    return Found(node=node, layers=tuple(layers), place=place, every_timestep=every_timestep)


def _unidirectional(node: Node, arrays: list[Array], when: Era, follows: bool) -> list[Layer]:
    """One layer, or one for each of stacked cells; only the last hands on backwards."""
    cells = _cells(node.class_name, node.config, when)
    reverse = bool(node.config.get("go_backwards", False))
    layers = []
    for k, (how, part) in enumerate(zip(cells, _parts(arrays, len(cells)), strict=True)):
        made, note = parameters(how, part, node.key)
        layers.append(
            Layer(
                name=node.key if len(cells) == 1 else f"{node.key}/cell_{k}",
                forward=made,
                reverse=reverse,
                running_order=reverse and k == len(cells) - 1,
                convention=f"Keras: {note}",
                follows=follows or k > 0,
            )
        )
    return layers


def _bidirectional(node: Node, arrays: list[Array], when: Era, follows: bool) -> Layer:
    wrapped = node.config["layer"]
    second = node.config.get("backward_layer") or wrapped
    directions = [_cells(w["class_name"], w["config"], when) for w in (wrapped, second)]
    if any(len(cells) != 1 for cells in directions):
        raise ModelFileError(f"The layer {shown(node.key)} runs stacked cells both ways: not here.")
    merge = node.config.get("merge_mode")
    if merge not in MERGES:
        raise ModelFileError(f"The layer {shown(node.key)} merges by {shown(merge)}: not known.")
    half = len(arrays) // 2
    forward, note = parameters(directions[0][0], arrays[:half], node.key)
    backward, _ = parameters(directions[1][0], arrays[half:], node.key)
    if forward.hidden_size != backward.hidden_size:
        raise ModelFileError(
            f"The layer {shown(node.key)} has {forward.hidden_size} units one way and "
            f"{backward.hidden_size} the other: only equal directions are shown here."
        )
    reverse = bool(wrapped["config"].get("go_backwards", False))
    return Layer(
        name=node.key,
        forward=forward,
        backward=backward,
        merge=MERGES[merge],
        reverse=reverse,
        running_order=reverse,
        convention=f"Keras: {note}",
        follows=follows,
    )


def _cells(class_name: str, config: Mapping[str, Any], when: Era) -> list[Cell]:
    """The cells of a layer: one, but where RNN has several stacked."""
    if class_name != "RNN":
        return [cell(class_name, config, when)]
    inner = config["cell"]
    if isinstance(inner, list):
        stacked = inner
    elif inner["class_name"] == "StackedRNNCells":
        stacked = inner["config"]["cells"]
    else:
        stacked = [inner]
    return [cell(one["class_name"], one["config"], when) for one in stacked]


def _parts(arrays: list[Array], count: int) -> list[list[Array]]:
    size = len(arrays) // max(count, 1)
    return [arrays[k * size : (k + 1) * size] for k in range(count)]


def load(file: HDF5File, paths: list[str]) -> list[Array]:
    """The arrays at these paths, all in one dtype; ModelFileError for one with NaN in it."""
    read = file.read(paths)
    for path, array in read.items():
        if array.size and not (np.isfinite(array.min()) and np.isfinite(array.max())):
            raise ModelFileError(f"The weights at {shown(path)} are not all finite numbers.")
    dtype = np.result_type(*read.values())
    return [read[path].astype(dtype, copy=False) for path in paths]


def _encoder(
    file: HDF5File, network: Network, first: Found
) -> tuple[Node | None, EmbeddingEncoder | None]:
    """The embedding that the first recurrent layer reads; symbols are numbered."""
    node = network.source(first.node)
    if node is None or node.class_name != "Embedding":
        return None, None
    paths = paths_of(file, node)
    if len(paths) != 1:
        return None, None
    (matrix,) = load(file, paths)
    if matrix.ndim != 2 or matrix.shape[1] != first.layers[0].input_size:
        return None, None
    return node, EmbeddingEncoder(alphabet=numbers(len(matrix)), embedding=matrix)


def _readout(
    file: HDF5File, network: Network, last: Found
) -> tuple[list[Node], Readout | None, list[str]]:
    """The Dense layer that alone reads the last recurrent layer, and its activation after it."""
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


def readout(kernel: Array, bias: Array, activation: Any) -> Readout:
    """A readout whose outputs are numbered, since the file does not name them."""
    return Readout(kernel=kernel, bias=bias, activation=activation, labels=numbers(bias.size))


def numbers(count: int) -> tuple[str, ...]:
    """Names for symbols or outputs that a file does not name: 0, 1, 2, ..."""
    return tuple(str(k) for k in range(count))


def _notes(found: list[Found]) -> list[str]:
    notes = []
    for f in found:
        if f.node.class_name == "Bidirectional" and f.node.config.get("merge_mode") is None:
            notes.append(f"{f.node.key} keeps its two directions apart; here they stand in a row.")
        if f.layers[-1].running_order:
            notes.append(
                f"{f.node.key} runs backwards: Keras hands its outputs on in that order, the "
                "sequence's last timestep first."
            )
        if f.node.starts_elsewhere:
            notes.append(f"{f.node.key} starts from a state that another layer gives: here, zero.")
    return notes
