"""Writing ONNX: one LSTM, GRU or RNN node for each layer, then the readout.

The graph reads `inputs` (timesteps, batch, input_size), or, with an embedding, `symbols`
(timesteps, batch) of whole numbers. It gives `outputs` of the last layer, `predictions` where
there is a readout, and each layer's final states. Blocks are turned into ONNX's order: i o f c
and z r h, peepholes i o f. Layers of several chains read inputs of their own.

Source: the ONNX operators LSTM, GRU and RNN, opset 14.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ...cells.gru import GRUParameters
from ...cells.lstm import LSTMParameters
from ...model import CellParameters, Layer, Model, Readout
from ...model.encoders import EmbeddingEncoder
from ...record import Array
from ..errors import ModelFileError, shown
from ..pytorch.description import EMBEDDING, KEY, READOUT, READOUT_BIAS, describe
from .activations import onnx_activations

OPSET, IR_VERSION = 14, 8
ORDER = {
    "lstm": ("input_gate", "output_gate", "forget_gate", "candidate"),
    "gru": ("update_gate", "reset_gate", "candidate"),
    "rnn": ("hidden_state",),
}
PEEPHOLES = ("input_gate", "output_gate", "forget_gate")


def write(model: Model) -> bytes:
    """Return the model as the bytes of an ONNX file.

    Raises ModelFileError for what the operators cannot compute: a projection, an LSTM without
    a forget gate, directions that differ in more than their weights.
    """
    graph = Graph()
    outputs, read = "", list[str]()
    for k, layer in enumerate(model.layers):
        if k == 0 or not layer.follows:
            outputs = _inputs(graph, model, k)
        read.append(outputs)
        outputs = _recurrent(graph, f"layer{k}", layer, outputs)
        if layer.residual:
            outputs = graph.node("Add", [outputs, read[-layer.residual]], f"layer{k}.sum")
    graph.nodes.append(("Identity", [outputs], ["outputs"], {}))
    graph.give("outputs", model.dtype, ("timesteps", "batch", model.layers[-1].output_size))
    if model.readout is not None:
        _readout(graph, model.readout, model.dtype)
    return graph.serialised(describe(model))


class Graph:
    """An ONNX graph as it grows: nodes, constants, what goes in and what comes out."""

    def __init__(self) -> None:
        self.nodes: list[tuple[str, list[str], list[str], dict[str, Any]]] = []
        self.constants: dict[str, Array] = {}
        self.inputs: dict[str, tuple[np.dtype[Any], tuple[Any, ...]]] = {}
        self.outputs: dict[str, tuple[np.dtype[Any], tuple[Any, ...]]] = {}

    def constant(self, name: str, values: Array) -> str:
        """Add a constant and return its name."""
        self.constants[name] = np.ascontiguousarray(values)
        return name

    def take(self, name: str, dtype: Any, shape: tuple[Any, ...]) -> str:
        """Add an input; axes are numbers or names."""
        self.inputs[name] = (np.dtype(dtype), shape)
        return name

    def give(self, name: str, dtype: Any, shape: tuple[Any, ...]) -> None:
        """Add an output; axes are numbers or names."""
        self.outputs[name] = (np.dtype(dtype), shape)

    def node(self, operator: str, inputs: list[str], output: str, **attributes: Any) -> str:
        """Add a node with one output and return the output's name."""
        self.nodes.append((operator, inputs, [output], attributes))
        return output

    def serialised(self, description: str) -> bytes:
        """Return the bytes of the model, checked by the library."""
        import onnx
        from onnx import helper, numpy_helper

        def values(named: Mapping[str, tuple[np.dtype[Any], tuple[Any, ...]]]) -> list[Any]:
            types = {
                name: helper.np_dtype_to_tensor_dtype(dtype) for name, (dtype, _) in named.items()
            }
            return [helper.make_tensor_value_info(n, types[n], s) for n, (_, s) in named.items()]

        nodes = [helper.make_node(op, i, o, **{"name": o[0], **a}) for op, i, o, a in self.nodes]
        constants = [numpy_helper.from_array(a, name) for name, a in self.constants.items()]
        graph = helper.make_graph(
            nodes, "gatescope", values(self.inputs), values(self.outputs), constants
        )
        opset = helper.make_opsetid("", OPSET)
        model = helper.make_model(
            graph, opset_imports=[opset], ir_version=IR_VERSION, producer_name="Gatescope"
        )
        helper.set_model_props(model, {KEY: description})
        onnx.checker.check_model(model)
        written: bytes = model.SerializeToString()
        return written


def _inputs(graph: Graph, model: Model, k: int) -> str:
    """Add what layer k reads: an input of its own, through the embedding where there is one."""
    if k == 0 and isinstance(model.encoder, EmbeddingEncoder):
        symbols = graph.take("symbols", np.int64, ("timesteps", "batch"))
        embedding = graph.constant(EMBEDDING, model.encoder.embedding.astype(model.dtype))
        return graph.node("Gather", [embedding, symbols], "inputs", axis=0)
    name = "inputs" if k == 0 else f"inputs{k}"
    return graph.take(name, model.dtype, ("timesteps", "batch", model.layers[k].input_size))


def _recurrent(graph: Graph, name: str, layer: Layer, inputs: str) -> str:
    """Add the node of one layer and what merges its directions; return what it hands on."""
    cells = [cell for cell in (layer.forward, layer.backward) if cell is not None]
    _check(layer, cells)
    tensors = {slot: np.stack(parts) for slot, parts in _slots(cells).items()}
    slots = ["W", "R", "B", "lengths", "initial_h", "initial_c", "P"]
    slots = slots[: 7 if "P" in tensors else 3]
    operands = [graph.constant(f"{name}.{s}", tensors[s]) if s in tensors else "" for s in slots]
    states = ["Y_h", "Y_c"] if layer.kind == "lstm" else ["Y_h"]
    results = [f"{name}.{result}" for result in ("Y", *states)]
    attributes = {"name": layer.name, **_attributes(layer, cells)}
    graph.nodes.append((layer.kind.upper(), [inputs, *operands], results, attributes))
    for state in states:
        shape = (len(cells), "batch", layer.hidden_size)
        graph.give(f"{name}.{state}", layer.forward.dtype, shape)
    return _merged(graph, name, layer, results[0])


def _slots(cells: list[CellParameters]) -> dict[str, list[Array]]:
    """Return W, R, B and P of each direction, as ONNX wants them."""
    slots: dict[str, list[Array]] = {"W": [], "R": [], "B": []}
    for cell in cells:
        recurrent_bias = np.zeros_like(cell.bias)
        if isinstance(cell, GRUParameters) and cell.recurrent_bias is not None:
            recurrent_bias[2 * cell.hidden_size :] = cell.recurrent_bias
        slots["W"].append(_rows(cell, cell.kernel))
        slots["R"].append(_rows(cell, cell.recurrent_kernel))
        slots["B"].append(np.concatenate([_rows(cell, b) for b in (cell.bias, recurrent_bias)]))
    peepholes = [_peephole(cell) for cell in cells]
    if any(peephole.any() for peephole in peepholes):
        slots["P"] = peepholes
    return slots


def _rows(cell: CellParameters, values: Array) -> Array:
    """Return our columns (..., B·H) as rows (B·H, ...) in ONNX's order of blocks.

    Without a forget gate of its own (coupled), that gate's rows are zero and never used.
    """
    blocks = cell.split(values)
    none = np.zeros_like(next(iter(blocks.values())))
    return np.concatenate([blocks.get(name, none) for name in ORDER[cell.kind]], axis=-1).T


def _peephole(cell: CellParameters) -> Array:
    """Return P (3·H,), zero without peepholes."""
    none = np.zeros(cell.hidden_size, cell.dtype)
    given = cell.peepholes() if isinstance(cell, LSTMParameters) else {}
    return np.concatenate([given.get(gate, none) for gate in PEEPHOLES])


def _attributes(layer: Layer, cells: list[CellParameters]) -> dict[str, Any]:
    first = cells[0]
    direction = "bidirectional" if len(cells) > 1 else "reverse" if layer.reverse else "forward"
    attributes = {"hidden_size": layer.hidden_size, "direction": direction}
    attributes |= onnx_activations(cells)
    clip = first.variant.clip if isinstance(first, LSTMParameters) else first.clip
    if clip is not None:
        attributes["clip"] = float(clip)
    if isinstance(first, LSTMParameters) and first.variant.forget == "coupled":
        attributes["input_forget"] = 1
    if isinstance(first, GRUParameters):
        attributes["linear_before_reset"] = int(first.reset_after)
    return attributes


def _merged(graph: Graph, name: str, layer: Layer, y: str) -> str:
    """Add nodes that turn Y [T, directions, N, H] into what the layer hands on [T, N, D_out]."""
    if layer.backward is None:
        axis = graph.constant(f"{name}.axis", np.array([1]))
        return graph.node("Squeeze", [y, axis], f"{name}.outputs")
    if layer.merge == "concat":
        by_batch = graph.node("Transpose", [y], f"{name}.by_batch", perm=[0, 2, 1, 3])
        shape = graph.constant(f"{name}.shape", np.array([0, 0, layer.output_size]))
        return graph.node("Reshape", [by_batch, shape], f"{name}.outputs")
    if layer.merge == "sum":
        axis = graph.constant(f"{name}.axis", np.array([1]))
        return graph.node("ReduceSum", [y, axis], f"{name}.outputs", keepdims=0)
    operator = {"ave": "ReduceMean", "mul": "ReduceProd"}[layer.merge]
    return graph.node(operator, [y], f"{name}.outputs", axes=[1], keepdims=0)


def _readout(graph: Graph, readout: Readout, dtype: Any) -> None:
    """Add h·W + b, its activation and its scale."""
    kernel = graph.constant(READOUT, readout.kernel.astype(dtype))
    bias = graph.constant(READOUT_BIAS, readout.bias.astype(dtype))
    product = graph.node("MatMul", ["outputs", kernel], "readout.product")
    logits = graph.node("Add", [product, bias], "readout.logits")
    last = {"softmax": "Softmax", "sigmoid": "Sigmoid", "linear": "Identity"}[readout.activation]
    if readout.activation == "linear" and readout.scale is not None and readout.offset is not None:
        scale = graph.constant("readout.scale", readout.scale.astype(dtype))
        offset = graph.constant("readout.offset", readout.offset.astype(dtype))
        scaled = graph.node("Mul", [logits, scale], "readout.scaled")
        graph.node("Add", [scaled, offset], "predictions")
    else:
        graph.node(last, [logits], "predictions")
    graph.give("predictions", dtype, ("timesteps", "batch", len(readout.bias)))


def _check(layer: Layer, cells: list[CellParameters]) -> None:
    """Raise ModelFileError for what the operators cannot compute."""
    obstacle = ""
    if layer.running_order:
        obstacle = "hands its outputs on in the order in which they were computed"
    elif layer.initial_hidden is not None or layer.initial_cell is not None:
        obstacle = "begins in a state of its own"
    elif len(cells) > 1 and layer.reverse:
        obstacle = "runs its first direction from the end"
    elif len({cell.hidden_size for cell in cells}) > 1:
        obstacle = "has directions of different sizes"
    elif len({(_clip(cell), _kind(cell)) for cell in cells}) > 1:
        obstacle = "has directions of different kinds"
    for cell in cells:
        if isinstance(cell, LSTMParameters) and cell.projection is not None:
            obstacle = "projects its hidden state"
        if isinstance(cell, LSTMParameters) and cell.variant.forget == "none":
            obstacle = "has no forget gate"
    if obstacle:
        raise ModelFileError(
            f"{shown(layer.name)} {obstacle}, which ONNX has no operator for: save it as .npz."
        )


def _clip(cell: CellParameters) -> float | None:
    return cell.variant.clip if isinstance(cell, LSTMParameters) else cell.clip


def _kind(cell: CellParameters) -> object:
    if isinstance(cell, LSTMParameters):
        return cell.variant.forget
    return cell.reset_after if isinstance(cell, GRUParameters) else None
