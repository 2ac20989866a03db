"""TensorFlow Lite: its float LSTM, and the dense layers that read the last one.

    UNIDIRECTIONAL_SEQUENCE_LSTM   0 input, 1-4 kernels i f c o (units, inputs), 5-8 recurrent
                                   kernels, 9-11 peepholes i f o, 12-15 biases, 16 projection

Cells that the converter writes out as loops are not read: their equations stand in a graph.

Source: TensorFlow Lite's schema and the kernel's documentation; verified by its interpreter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from ...cells.lstm import LSTMParameters, LSTMVariant
from ...model import Dense, Layer, Model, Stage
from ...model.findings import Findings
from ...record import Array
from ..answers import CAPTURE, answer_of
from ..door import Options
from ..errors import ModelFileError
from ..source import Source
from .graph import (
    BOTH_WAYS,
    DENSE,
    LOGISTIC,
    LOOP,
    LSTM,
    PICKS,
    RELU,
    SAME_NUMBERS,
    SOFTMAX,
    TANH,
    Graph,
    Operator,
)
from .wiring import Wired, picks_last, wired

FUSED = {0: "identity", 1: "relu", 3: "clipped_relu(6.0)", 4: "tanh"}
ALONE = {LOGISTIC: "sigmoid", RELU: "relu", TANH: "tanh"}
CAPTURED = "A capture in your own process records what it reads."
ENDS = (
    "The model answers once, from what each of two ways ends with. Before the last timestep the "
    "predictions are what it answers with the first way stopped there."
)
ONCE = "The model answers once, at the last timestep; here it is asked at every one."


def read(source: Source, options: Options) -> Model:
    """Return the recurrent layers of a TensorFlow Lite file; it leaves nothing to settle.

    Raises ModelFileError for a damaged file, and where no layer can be read.
    """
    graph = Graph(source.view)
    recurrent = wired(graph)
    if not recurrent:
        raise ModelFileError(_nothing(graph))
    layers = [_layer(graph, one, f"lstm_{k}") for k, one in enumerate(recurrent)]
    for k in range(1, len(layers)):
        below = recurrent[k - 1]
        follows = recurrent[k].reads == graph.original(below.gives) and not below.ends
        layers[k] = replace(layers[k], follows=follows)
    stages, softmax, notes = _behind(graph, recurrent[-1], layers[-1].output_size)
    dense = any(isinstance(stage, Dense) for stage in stages)
    back, readout = answer_of(stages, softmax) if dense else ((), None)
    return Model(
        layers=tuple(layers),
        back=back,
        readout=readout,
        reads_ends=recurrent[-1].ends and readout is not None,
        findings=Findings(
            format="TensorFlow Lite",
            places=tuple(_place(graph, one) for one in recurrent),
            ignored=graph.counted(),
            notes=(
                *_others(graph),
                *(n for k, one in enumerate(recurrent) for n in _clipped(one, f"lstm_{k}")),
                *_read(graph, recurrent, layers),
                *notes,
            ),
        ),
    )


def _place(graph: Graph, one: Wired) -> str:
    """Where a layer stands: its operators, counted among the LSTMs of the graph."""
    every = [operator for operator in graph.operators if operator.code == LSTM]
    numbers = " and ".join(str(every.index(operator)) for operator in one.operators)
    return f"operator LSTM, number {numbers}"


def _layer(graph: Graph, one: Wired, name: str) -> Layer:
    ways = [_parameters(graph, operator, name) for operator in one.operators]
    try:
        return Layer(
            name=name,
            forward=ways[0],
            backward=ways[1] if len(ways) > 1 else None,
            reverse=one.reverse,
            running_order=not one.turned,
            convention="TensorFlow Lite: i f c o, apart",
        )
    except ValueError as error:
        raise ModelFileError(f"{name} has two ways that do not fit together: {error}.") from error


def _read(graph: Graph, recurrent: list[Wired], layers: list[Layer]) -> Iterator[str]:
    """Say what a layer reads that is not run here, and in which order it hands its outputs on."""
    for k, (one, layer) in enumerate(zip(recurrent, layers, strict=True)):
        maker = graph.maker(one.reads)
        if maker is not None and (k == 0 or not layer.follows):
            yield (
                f"{layer.name} reads what {maker.title} gives, which is not run here: it reads "
                f"numbers of its own. {CAPTURED}"
            )
        if layer.running_order:
            yield (
                f"{layer.name} runs from the end of what it reads and hands its outputs on in that "
                "order: the first is about the last timestep."
            )


def _parameters(graph: Graph, operator: Operator, name: str) -> LSTMParameters:
    given = [graph.constant(tensor) for tensor in operator.inputs]
    given += [None] * (24 - len(given))
    _check(operator, given, name)
    kernel, recurrent_kernel = (_blocks(given[at : at + 4], name) for at in (1, 5))
    biases = [np.zeros(len(kernel[0]), np.float32) if b is None else b for b in given[12:16]]
    peepholes = [p for p in given[9:12] if p is not None]
    projection = given[16]
    activation = FUSED[operator.options.whole(0, "<b") if operator.options else 4]
    try:
        return LSTMParameters(
            kernel=np.hstack([block.T for block in kernel]),
            recurrent_kernel=np.hstack([block.T for block in recurrent_kernel]),
            bias=np.concatenate(biases),
            peephole=np.stack(peepholes) if len(peepholes) == 3 else None,
            projection=None if projection is None else projection.T.copy(),
            variant=LSTMVariant(activation=activation, output_activation=activation),
        )
    except ValueError as error:
        raise ModelFileError(f"{name} has weights that do not fit together: {error}.") from error


def _check(operator: Operator, given: list[Array | None], name: str) -> None:
    """Raise ModelFileError for what the file's LSTM does and ours does not."""
    options = operator.options
    obstacle = ""
    if given[1] is None and given[2] is not None:
        obstacle = "couples its input gate to the forget gate"
    elif options is not None and options.number(2, "<f"):
        obstacle = "clips its projection"
    elif any(array is not None for array in given[20:24]):
        obstacle = "normalises its preactivations (layer normalisation)"
    elif given[17] is not None:
        obstacle = "adds a bias to its projection"
    elif options is not None and options.whole(0, "<b") not in FUSED:
        obstacle = "has an activation that is not known here"
    if obstacle:
        raise ModelFileError(f"{name} {obstacle}: it is not read here. {CAPTURE}")


def _blocks(arrays: list[Array | None], name: str) -> list[Array]:
    """The four blocks of a kernel, matrices of one shape."""
    blocks = [array for array in arrays if array is not None and array.ndim == 2]
    if len(blocks) != 4 or len({array.shape for array in blocks}) != 1:
        raise ModelFileError(f"{name} has no four matrices of one shape for its gates.")
    return blocks


def _behind(graph: Graph, last: Wired, width: int) -> tuple[list[Stage], bool, list[str]]:
    """The stages behind a layer, whether softmax follows, and what is to be said."""
    stages: list[Stage] = []
    notes = [ENDS] if last.ends else []
    tensor = last.gives
    while len(readers := graph.readers(tensor)) == 1:
        (operator,) = readers
        if operator.code == SOFTMAX and stages:
            return stages, True, notes
        if operator.code in PICKS and not notes and picks_last(graph, operator):
            notes = [ONCE]
        elif operator.code not in SAME_NUMBERS:
            made = _stage(graph, operator, tensor, width)
            if made is None:
                break
            stages.append(made)
            width = made.output_size
        tensor = operator.outputs[0]
    if readers:
        named = ", ".join(operator.title for operator in readers)
        notes.append(f"What stands behind goes on to {named}, which is not run here. {CAPTURE}")
    return stages, False, notes


def _stage(graph: Graph, operator: Operator, tensor: int, width: int) -> Stage | None:
    """A dense layer or an activation as a stage; None for another operator."""
    if operator.code in ALONE:
        same = np.eye(width, dtype=np.float32)
        return Dense(kernel=same, bias=same[0] * 0, activation=ALONE[operator.code])
    if operator.code != DENSE or operator.inputs[0] != tensor:
        return None
    kernel, *biases = (graph.constant(one) for one in operator.inputs[1:])
    fused = FUSED.get(operator.options.whole(0, "<b") if operator.options else 0)
    if kernel is None or kernel.ndim != 2 or kernel.shape[1] != width or fused is None:
        return None
    bias = next((one for one in biases if one is not None), np.zeros(len(kernel), np.float32))
    return Dense(kernel=kernel.T, bias=bias, activation=fused)


def _clipped(one: Wired, name: str) -> list[str]:
    """Say where TensorFlow Lite keeps a cell state within bounds: its converter's are ±10."""
    options = one.operators[0].options
    clip = options.number(1, "<f") if options else 0
    if not clip:
        return []
    return [
        f"{name} keeps its cell state within ±{clip:g} in TensorFlow Lite; here it has no bounds: "
        "beyond them outputs differ."
    ]


def _others(graph: Graph) -> list[str]:
    """Say which recurrent layers are not read."""
    loops = [one.title for one in graph.operators if one.code in (LOOP, BOTH_WAYS)]
    return [f"{title} is not read here: {_advice()}" for title in dict.fromkeys(loops)]


def _advice() -> str:
    return (
        "open the Keras model that the file was converted from (.keras, .h5, or the zip of a "
        "SavedModel)."
    )


def _nothing(graph: Graph) -> str:
    codes = {one.code for one in graph.operators}
    held = ", ".join(graph.counted()[:8]) or "no operators"
    if LOOP in codes:
        return (
            "The TensorFlow Lite file writes its recurrent layers out as loops (WHILE), which are "
            f"not read here: {_advice()}"
        )
    return f"The TensorFlow Lite file has no LSTM that is read here; it has {held}: {_advice()}"
