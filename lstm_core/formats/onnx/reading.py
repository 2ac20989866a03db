"""ONNX files: every LSTM, GRU and RNN node, also inside the branches and loops of a graph."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np
import onnx

from ...model import Layer, Model, Readout, ReadoutActivation
from ...model.encoders import EmbeddingEncoder
from ...model.findings import Findings
from ...record import record
from ..door import Options
from ..errors import ModelFileError, shown
from ..protobuf import BROKEN
from ..source import Source
from .constants import Budget, Scope, key_of
from .file import Tensor, main_graph
from .front import Front, front_of
from .loops import is_written_out, written_out
from .nodes import BLOCKS, INITIAL_C, INITIAL_H, SEQUENCE_LENS, B, P, R, W, X, given, layer
from .words import with_our_words

MAX_NESTING = 20
SAME_NUMBERS = (
    *("Transpose", "Reshape", "Squeeze", "Unsqueeze", "Identity", "Dropout", "Cast", "Flatten"),
)
"""Operators that hand on the numbers that they get, in another shape."""
PICKS = ("Slice", "Gather")  # some of the timesteps
READOUTS: dict[str, ReadoutActivation] = {"Softmax": "softmax", "Sigmoid": "sigmoid"}


@record
class Place:
    """A recurrent node, the graph it stands in, and the layer that it is."""

    node: Any
    scope: Scope
    name: str
    layer: Layer


def read(source: Source, options: Options) -> Model:
    """Return the model of an ONNX file; an ONNX file leaves nothing for `options` to settle.

    Raises ModelFileError where it is damaged, or has no recurrent node that can be read.
    """
    with np.errstate(all="ignore"):  # what overflows is found and named below
        return _read(source)


def _read(source: Source) -> Model:
    nodes, initializers = main_graph(source)
    budget = Budget(source.size)
    scope = Scope(nodes, initializers, budget)
    scopes = list(_scopes(scope, "", 0, source))
    places, problems = _places(scopes)
    if not places:
        raise ModelFileError(problems[0] if problems else _nothing(scopes))
    first = places[0]
    front = front_of(
        given(first.node, X), first.scope, first.layer.input_size, first.layer.forward.dtype
    )
    encoder = _encoder(first, front)
    readout, notes = _readout(places[-1])
    model = Model(
        layers=tuple(place.layer for place in places),
        encoder=encoder,
        front=front.stages,
        readout=readout,
        findings=Findings(
            format="ONNX",
            places=tuple(f"graph: node {place.name}" for place in places),
            ignored=_others(scopes),
            notes=(
                *problems,
                *_run_before(front, first),
                *notes,
                *(note for place in places for note in _notes(place)),
            ),
        ),
    )
    return with_our_words(model, initializers, source)


def _scopes(scope: Scope, path: str, depth: int, source: Source) -> Iterator[tuple[str, Scope]]:
    """The graph and those inside its nodes, each with the path of names that leads there."""
    yield path, scope
    if depth > MAX_NESTING:
        raise ModelFileError("The graph has graphs in graphs beyond reason.")
    for node in scope.nodes:
        if not isinstance(node.op_type, str):  # bytes that are no text
            raise ModelFileError(BROKEN)
        for attribute in node.attribute:
            graphs = [attribute.g] if attribute.HasField("g") else list(attribute.graphs)
            for graph in graphs:
                tensors = [Tensor(message, None, source) for message in graph.initializer]
                inner = Scope(list(graph.node), tensors, scope.budget, scope)
                where = f"{path}{key_of(node)}/{attribute.name}/"
                yield from _scopes(inner, where, depth + 1, source)


def _recurrent(node: Any) -> bool:
    return node.op_type in BLOCKS and node.domain in ("", "ai.onnx")


def _places(scopes: list[tuple[str, Scope]]) -> tuple[list[Place], list[str]]:
    """Every recurrent node that can be read, and what is wrong with the others."""
    places: list[Place] = []
    problems: list[str] = []
    loops: list[tuple[str, Any]] = []
    names: Counter[str] = Counter()
    for path, scope in scopes:
        for node in scope.nodes:
            if "LSTM" in node.op_type and node.op_type != "LSTM":
                problems.append(
                    f"{shown(path + key_of(node))} is a {shown(node.op_type)}, which computes "
                    "with 8-bit or other numbers of its own: it is not shown."
                )
            if is_written_out(node):
                loops.append((path, node))
            if not _recurrent(node):
                continue
            name = path + key_of(node)
            names[name] += 1
            name += f" ({names[name]})" if names[name] > 1 else ""
            try:
                made = layer(node, scope, name)
            except ModelFileError as error:
                problems.append(str(error))
                continue
            except (AttributeError, TypeError, ValueError) as error:
                problems.append(
                    f"{shown(name)} ({node.op_type}) breaks the rules of its operator "
                    f"({shown(error)})."
                )
                continue
            maker, k = _source(given(node, X), scope)
            follows = bool(places) and maker is places[-1].node and k == 0
            if not follows or places[-1].layer.output_size != made.input_size:
                made = dataclasses.replace(made, follows=False)
            places.append(Place(node=node, scope=scope, name=name, layer=made))
    return places, problems + ([written_out(loops)] if loops else [])


def _source(name: str, scope: Scope, through: tuple[str, ...] = SAME_NUMBERS) -> tuple[Any, int]:
    """The node that makes the numbers of `name`, in whichever shape, and as which output.

    Two directions that were taken apart and put side by side again are their node's output.
    """
    maker, k = _maker(name, scope, through)
    if maker is not None and maker.op_type == "Concat":
        return _put_together(maker, scope) or maker, 0
    return maker, k


def _maker(name: str, scope: Scope, through: tuple[str, ...]) -> tuple[Any, int]:
    """The first node, going back from `name`, that does more than the operators in `through`."""
    for _ in range(100):
        maker, k = scope.producer(name) or (None, 0)
        if maker is None or maker.op_type not in through or not maker.input:
            return maker, k
        name = maker.input[0]
    return None, 0


def _put_together(concat: Any, scope: Scope) -> Any:
    """The bidirectional node whose two directions are joined here, in order; None otherwise."""
    found = []
    for name in concat.input:
        maker, k = _maker(name, scope, SAME_NUMBERS)
        if maker is None or maker.op_type not in ("Slice", "Split", "Gather"):
            return None
        taken, output = scope.producer(maker.input[0]) or (None, 0)
        if taken is None or not _recurrent(taken) or output != 0:
            return None
        found.append((taken, k if maker.op_type == "Split" else _taken(maker, scope)))
    if len(found) != 2 or found[0][0] is not found[1][0]:
        return None
    return found[0][0] if [k for _, k in found] == [0, 1] else None


def _taken(node: Any, scope: Scope) -> int | None:
    """Which direction a Slice or a Gather takes; None where that is not to be known."""
    value = scope.constant(node.input[1]) if len(node.input) > 1 else None
    return int(value.ravel()[0]) if isinstance(value, np.ndarray) and value.size == 1 else None


def _encoder(first: Place, front: Front) -> EmbeddingEncoder | None:
    """The rows of a constant matrix that are gathered for what stands below; symbols are numbered.

    Between a first layer and its embedding numbers may be handed on in another shape.
    """
    maker, _ = _source(front.reads, first.scope, () if front.stages else SAME_NUMBERS)
    if maker is None or maker.op_type != "Gather":
        return None
    matrix = first.scope.constant(maker.input[0])
    axis = [a.i for a in maker.attribute if a.name == "axis"]
    if not isinstance(matrix, np.ndarray) or matrix.ndim != 2 or axis not in ([], [0]):
        return None
    if matrix.shape[1] != front.width or not np.isfinite(matrix).all():
        return None
    dtype = first.layer.forward.dtype
    alphabet = tuple(str(k) for k in range(len(matrix)))
    return EmbeddingEncoder(alphabet=alphabet, embedding=matrix.astype(dtype))


def _run_before(front: Front, first: Place) -> list[str]:
    """Say what stands before the first layer and is run."""
    if not front.stages:
        return []
    return [
        f"{len(front.stages)} operators before {shown(first.name)} are run, too: what is read goes "
        f"in at {shown(front.reads)}."
    ]


def _readers(scope: Scope, name: str) -> list[Any]:
    """The nodes that read `name`, seen through those that hand it on in another shape."""
    found, waiting, seen = [], [name], {name}
    while waiting:
        read_name = waiting.pop()
        for node in scope.nodes:
            if read_name not in node.input or node.op_type == "Shape":
                continue
            if node.op_type in SAME_NUMBERS:
                fresh = [n for n in node.output if n not in seen]
                seen.update(fresh)
                waiting += fresh
            else:
                found.append(node)
    return found


def _readout(last: Place) -> tuple[Readout | None, list[str]]:
    """The matrix product that alone reads the last layer, with what is added and applied to it.

    What reads the final state reads, of a layer that runs forward, the last timestep.
    """
    final_too = not (last.layer.bidirectional or last.layer.reverse)
    readers = []
    for one in last.scope.nodes:
        if one.op_type in ("MatMul", "Gemm") and one.input:
            maker, k = _source(one.input[0], last.scope, SAME_NUMBERS + PICKS)
            if maker is last.node and (k == 0 or (k == 1 and final_too)):
                readers.append(one)
    if len(readers) != 1:
        return None, []
    (node,) = readers
    kernel, bias = _product(node, last.scope)
    if kernel is None or kernel.shape[0] != last.layer.output_size or not kernel.size:
        return None, []
    after = _readers(last.scope, node.output[0])
    if bias is None and len(after) == 1 and after[0].op_type == "Add":
        added = [last.scope.constant(name) for name in after[0].input]
        bias = next((a for a in added if isinstance(a, np.ndarray)), None)
        after = _readers(last.scope, after[0].output[0])
    bias = np.zeros(kernel.shape[1]) if bias is None else bias
    if bias.size != kernel.shape[1] or not np.isfinite(kernel).all():
        return None, []
    activation = READOUTS.get(after[0].op_type) if len(after) == 1 else None
    dtype = last.layer.forward.dtype
    made = Readout(
        kernel=kernel.astype(dtype),
        bias=bias.ravel().astype(dtype),
        activation=activation or "linear",
        labels=tuple(str(k) for k in range(bias.size)),
    )
    further = sorted({n.op_type for n in after}) if not activation else []
    note = [f"The readout's numbers go on to {', '.join(further)}; they are shown as they are."]
    return made, note if further else []


def _product(node: Any, scope: Scope) -> tuple[Any, Any]:
    """The constant kernel (D, K) of a matrix product, and the bias of a Gemm."""
    kernel = scope.constant(node.input[1]) if len(node.input) > 1 else None
    if not isinstance(kernel, np.ndarray) or kernel.ndim != 2:
        return None, None
    if node.op_type == "MatMul":
        return kernel, None
    attributes = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
    if (
        attributes.get("alpha", 1) != 1
        or attributes.get("beta", 1) != 1
        or attributes.get("transA")
    ):
        return None, None
    bias = scope.constant(node.input[2]) if len(node.input) > 2 else None
    kernel = kernel.T if attributes.get("transB") else kernel
    return kernel, bias if isinstance(bias, np.ndarray) else None


def _notes(place: Place) -> Iterator[str]:
    """What a reader should know about a layer beyond its numbers."""
    node, scope = place.node, place.scope
    if scope.budget.inexact & {given(node, slot) for slot in (W, R, B, P)}:
        yield (
            f"{place.name}: the weights are stored in few bits (DequantizeLinear); a runtime that "
            "computes in those bits differs a little."
        )
    for slot, words in ((INITIAL_H, "initial hidden state"), (INITIAL_C, "initial cell state")):
        if given(node, slot) and scope.constant(given(node, slot)) is None:
            maker = scope.producer(given(node, slot))
            whence = f"computed by {shown(maker[0].op_type)}" if maker else "given"
            yield f"{place.name}: the {words} is {whence} when the model runs; here it is zero."
    if given(node, SEQUENCE_LENS):
        lengths = scope.constant(given(node, SEQUENCE_LENS))
        if isinstance(lengths, np.ndarray):
            yield f"{place.name}: the graph fixes the lengths {lengths.ravel()[:8].tolist()}."


def _others(scopes: list[tuple[str, Scope]]) -> tuple[str, ...]:
    """The operators that no layer shows, with how often they are there."""
    counted = Counter(
        node.op_type for _, scope in scopes for node in scope.nodes
        if not _recurrent(node) and node.op_type not in ("Constant", "Identity")
    )  # fmt: skip
    return tuple(f"{name} ({count})" for name, count in counted.most_common(30))


def _nothing(scopes: list[tuple[str, Scope]]) -> str:
    held = _others(scopes)
    instead = ", ".join(held[:12]) if held else "no operators at all"
    return f"The ONNX file has no LSTM, GRU or RNN node; it has {instead}."
