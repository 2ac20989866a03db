"""ONNX files: every LSTM, GRU and RNN node, also inside the branches and loops of a graph."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np

from ...model import Layer, Model, keeps_time
from ...model.encoders import EmbeddingEncoder
from ...model.findings import Findings
from ..door import Options
from ..errors import ModelFileError, shown
from ..protobuf import BROKEN
from ..source import Source
from .axes import axes_of
from .back import Back, back_of
from .before import apart, unrun_before
from .constants import Budget, Scope, key_of
from .file import Tensor, main_graph
from .front import Front, front_of
from .loops import begins, is_written_out, written_out
from .nodes import INITIAL_C, INITIAL_H, SEQUENCE_LENS, B, P, R, W, X, given, is_batch_first, layer
from .sums import residual_sum, with_sum
from .wires import SAME_NUMBERS, Place, is_recurrent, order_of, source_of
from .words import with_our_words

MAX_NESTING = 20


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
    first, back = places[0], _back(places)
    front = front_of(
        given(first.node, X),
        first.scope,
        first.layer.input_size,
        first.layer.forward.dtype,
        batch_first=is_batch_first(first.node),
    )
    encoder = _encoder(first, front)
    model = Model(
        layers=tuple(place.layer for place in places),
        encoder=encoder,
        front=front.stages,
        back=back.stages,
        readout=back.readout,
        reads_ends=back.reads_ends,
        findings=Findings(
            format="ONNX",
            places=tuple(f"graph: node {place.name}" for place in places),
            ignored=_others(scopes),
            notes=(
                *problems,
                *_run_before(front, first),
                *unrun_before(front, first, encoder is not None),
                *(note for place in places[1:] for note in apart(place)),
                *back.notes,
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
                inner = Scope(list(graph.node), tensors, scope.budget, scope, (node, graph))
                where = f"{path}{key_of(node)}/{attribute.name}/"
                yield from _scopes(inner, where, depth + 1, source)


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
            if not is_recurrent(node):
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
            if not _follows(places, made, node, scope):
                made = dataclasses.replace(made, follows=False)
            places.append(Place(node=node, scope=scope, name=name, layer=made))
    return places, problems + ([written_out(loops)] if loops else [])


def _follows(places: list[Place], made: Layer, node: Any, scope: Scope) -> bool:
    """Whether a layer reads the last of some places, or the sum behind it, which is put to it.

    It does where it has time and batch where the place has them.
    """
    if not places or places[-1].layer.output_size != made.input_size:
        return False
    last, reads = places[-1], given(node, X)
    maker, k = source_of(reads, scope)
    if k or maker is None or axes_of(reads, last.node, scope) != order_of(node):
        return False
    if maker is last.node:
        return True
    added = residual_sum(places)
    if added is None or maker is not added.node:
        return False
    places[-1] = with_sum(last, added)
    return True


def _back(places: list[Place]) -> Back:
    """What stands behind the last place, or behind a sum that is then put to it in the list."""
    if added := residual_sum(places):
        behind = back_of(places[-1], added.gives)
        if behind.readout is not None:
            places[-1] = with_sum(places[-1], added)
            return behind
    return back_of(places[-1])


def _encoder(first: Place, front: Front) -> EmbeddingEncoder | None:
    """The rows of a constant matrix that are gathered for what stands below; symbols are numbered.

    Between a first layer and its embedding numbers may be handed on in another shape.
    """
    maker, _ = source_of(front.reads, first.scope, () if front.stages else SAME_NUMBERS)
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
    notes = []
    if not all(keeps_time(stage) for stage in front.stages):
        notes.append(
            f"{shown(first.name)} has other timesteps than what is read: what stands before it "
            "makes one of several. On the page the layer reads what that gives."
        )
    count = len(front.stages)
    return [
        *notes,
        f"{count} operator{'s' * (count > 1)} before {shown(first.name)} "
        f"{'are' if count > 1 else 'is'} run, too: what is read goes in at {shown(front.reads)}.",
    ]


def _notes(place: Place) -> Iterator[str]:
    """What a reader should know about a layer beyond its numbers."""
    node, scope = place.node, place.scope
    yield from place.notes
    if scope.budget.inexact & {given(node, slot) for slot in (W, R, B, P)}:
        yield (
            f"{place.name}: the weights are stored in few bits (DequantizeLinear); a runtime that "
            "computes in those bits differs a little."
        )
    for slot, words in ((INITIAL_H, "initial hidden state"), (INITIAL_C, "initial cell state")):
        start = begins(place, slot)
        if start is not None:
            yield f"{place.name}: a loop hands its state on; the {words} is {start}."
        elif given(node, slot) and scope.constant(given(node, slot)) is None:
            maker = scope.producer(given(node, slot))
            whence = f"computed by {shown(maker[0].op_type)}" if maker else "given"
            yield f"{place.name}: the {words} is {whence} when the model runs; here it is zero."
    if given(node, SEQUENCE_LENS):
        lengths = scope.constant(given(node, SEQUENCE_LENS))
        which = "is given lengths"
        if isinstance(lengths, np.ndarray):
            which = f"fixes the lengths {lengths.ravel()[:8].tolist()}"
        yield f"{place.name}: the graph {which}; here every timestep is read, to the last."
    weights = scope.constant(given(node, R))
    if isinstance(weights, np.ndarray) and weights.dtype.itemsize == 2:
        yield (
            f"{place.name}: the weights have 16 bits, and a runtime computes in as many; here it "
            "is more, so that outputs differ a little."
        )


def _others(scopes: list[tuple[str, Scope]]) -> tuple[str, ...]:
    """The operators that no layer shows, with how often they are there."""
    counted = Counter(
        node.op_type for _, scope in scopes for node in scope.nodes
        if not is_recurrent(node) and node.op_type not in ("Constant", "Identity")
    )  # fmt: skip
    return tuple(f"{name} ({count})" for name, count in counted.most_common(30))


def _nothing(scopes: list[tuple[str, Scope]]) -> str:
    held = _others(scopes)
    instead = ", ".join(held[:12]) if held else "no operators at all"
    return f"The ONNX file has no LSTM, GRU or RNN node; it has {instead}."
