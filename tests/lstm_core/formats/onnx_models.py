"""Small ONNX models to open: one recurrent node with whichever options, run by onnxruntime."""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

BLOCKS = {"LSTM": 4, "GRU": 3, "RNN": 1}
SLOTS = ("X", "W", "R", "B", "lengths", "initial_h", "initial_c", "P")


def draw(rng: np.random.Generator, *shape: int) -> np.ndarray:
    return rng.normal(0, 0.7, shape).astype(np.float32)


def weights(
    rng: np.random.Generator, kind: str, inputs: int, hidden: int, directions: int = 1, **also: Any
) -> dict[str, np.ndarray]:
    """Random W, R and B that differ in every block; P and initial states for the asking."""
    rows = BLOCKS[kind] * hidden
    made = {
        "W": draw(rng, directions, rows, inputs),
        "R": draw(rng, directions, rows, hidden),
        "B": draw(rng, directions, 2 * rows),
    }
    if also.get("peepholes"):
        made["P"] = draw(rng, directions, 3 * hidden)
    if also.get("batch"):
        made["initial_h"] = draw(rng, directions, also["batch"], hidden)
        if kind == "LSTM":
            made["initial_c"] = draw(rng, directions, also["batch"], hidden)
    return made


def node(kind: str, names: Any, hidden: int, **attributes: Any) -> onnx.NodeProto:
    """The recurrent node; `names` are those of its inputs that are there."""
    slots = SLOTS if kind == "LSTM" else SLOTS[:6]
    return helper.make_node(
        kind,
        [name if name == "X" or name in names else "" for name in slots],
        ["Y", "Y_h", "Y_c"][: 3 if kind == "LSTM" else 2],
        name="recurrent",
        hidden_size=hidden,
        **attributes,
    )


def model(
    nodes: list[onnx.NodeProto],
    constants: dict[str, np.ndarray],
    outputs: tuple[str, ...] = ("Y", "Y_h"),
    inputs: dict[str, int] | None = None,
    output_type: int = TensorProto.FLOAT,
) -> onnx.ModelProto:
    """A model around some nodes, with constants as initializers."""
    inputs = inputs or {"X": TensorProto.FLOAT}
    graph = helper.make_graph(
        nodes,
        "small",
        [helper.make_tensor_value_info(name, kind, None) for name, kind in inputs.items()],
        [helper.make_tensor_value_info(name, output_type, None) for name in outputs],
        [numpy_helper.from_array(array, name) for name, array in constants.items()],
    )
    opsets = [helper.make_opsetid("", 14), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=8)


def run(made: onnx.ModelProto, **feed: np.ndarray) -> list[np.ndarray]:
    """What onnxruntime computes."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        made.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    return session.run(None, feed)


def single(kind: str, constants: dict[str, np.ndarray], **attributes: Any) -> onnx.ModelProto:
    """A model of one recurrent node whose weights are initializers; `lengths` is an input."""
    hidden = constants["R"].shape[-1]
    outputs = ("Y", "Y_h", "Y_c") if kind == "LSTM" else ("Y", "Y_h")
    return model(
        [node(kind, {*constants, "lengths"}, hidden, **attributes)],
        constants,
        outputs,
        {"X": TensorProto.FLOAT, "lengths": TensorProto.INT32},
    )
