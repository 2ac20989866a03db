"""What stands before the first recurrent node of an ONNX graph is run, as onnxruntime runs it."""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from onnx import TensorProto, helper

from lstm_core import load_model
from tests.lstm_core.strategies import seeds

from .onnx_models import draw, model, node, run, weights

STEPS = {
    "Add": ("value", {}),
    "Sub": ("value", {}),
    "Mul": ("value", {}),
    "Div": ("value", {}),
    "Relu": (None, {}),
    "Tanh": (None, {}),
    "LeakyRelu": (None, {"alpha": 0.3}),
    "Elu": (None, {}),
    "HardSigmoid": (None, {"alpha": 0.3}),
    "Identity": (None, {}),
}


def before_an_lstm(rng: Any, steps: list[str], sizes: tuple[int, ...], **inputs: Any) -> Any:
    """A graph of (B, T, D) through dense layers of these sizes and some steps, then an LSTM."""
    nodes, constants, name = [], {}, "x"
    for k, size in enumerate(sizes[1:]):
        constants[f"w{k}"] = draw(rng, sizes[k], size)
        nodes.append(helper.make_node("MatMul", [name, f"w{k}"], [f"m{k}"]))
        name = f"m{k}"
    for k, step in enumerate(steps):
        value, attributes = STEPS[step]
        given = [name]
        if value:
            constants[f"c{k}"] = 1 + 0.3 * draw(rng, sizes[-1])
            given.append(f"c{k}")
        nodes.append(helper.make_node(step, given, [f"s{k}"], **attributes))
        name = f"s{k}"
    nodes.append(helper.make_node("Transpose", [name], ["X"], perm=[1, 0, 2]))
    cell = weights(rng, "LSTM", sizes[-1], 4)
    nodes.append(node("LSTM", cell, 4))
    return model(nodes, {**constants, **cell}, ("Y",), {"x": TensorProto.FLOAT, **inputs})


@settings(max_examples=25)
@given(
    seed=seeds,
    steps=st.lists(st.sampled_from(sorted(STEPS)), max_size=4),
    sizes=st.lists(st.integers(2, 4), min_size=1, max_size=3).map(tuple),
)
def test_what_stands_before_an_lstm_is_run_as_onnxruntime_runs_it(seed, steps, sizes):
    rng = np.random.default_rng(seed)
    made = before_an_lstm(rng, steps, sizes)
    x = draw(rng, 1, 5, sizes[0])
    (expected,) = run(made, x=x)
    ours = load_model(made.SerializeToString(), name="model.onnx")
    assert ours.input_size == sizes[0]
    outputs = ours.run(x[0]).layers[0].outputs
    np.testing.assert_allclose(outputs, expected[:, 0, 0], atol=2e-5)


def test_an_embedding_below_a_dense_layer_is_found_and_read():
    rng = np.random.default_rng(0)
    made = before_an_lstm(rng, ["Tanh"], (3, 2))
    gather = helper.make_node("Gather", ["table", "ids"], ["x"])
    made.graph.node.insert(0, gather)
    made.graph.initializer.append(onnx.numpy_helper.from_array(draw(rng, 6, 3), "table"))
    del made.graph.input[:]
    made.graph.input.append(helper.make_tensor_value_info("ids", TensorProto.INT64, None))
    ids = np.array([[0, 5, 2, 3]])
    (expected,) = run(made, ids=ids)
    outputs = (
        load_model(made.SerializeToString(), name="m.onnx").run(list("0523")).layers[0].outputs
    )
    np.testing.assert_allclose(outputs, expected[:, 0, 0], atol=1e-6)


@pytest.mark.parametrize("step", ["Reshape", "Transpose"])
def test_nothing_is_run_beyond_what_may_mix_timesteps_and_numbers(step: str):
    rng = np.random.default_rng(1)
    made = before_an_lstm(rng, [], (3, 3))
    attributes = {"perm": [0, 2, 1]} if step == "Transpose" else {}
    shape = ["shape"] if step == "Reshape" else []
    made.graph.node[0].output[0] = "mixed"
    made.graph.node.insert(1, helper.make_node(step, ["mixed", *shape], ["m0"], **attributes))
    made.graph.initializer.append(onnx.numpy_helper.from_array(np.array([1, -1, 3]), "shape"))
    assert load_model(made.SerializeToString(), name="m.onnx").front == ()


@settings(max_examples=20)
@given(
    seed=seeds,
    window=st.integers(1, 3),
    stride=st.integers(1, 2),
    pads=st.tuples(st.integers(0, 2), st.integers(0, 2)),
    groups=st.sampled_from([1, 2]),
)
def test_convolution_norm_and_pooling_over_time_are_run_as_onnxruntime_runs_them(
    seed, window, stride, pads, groups
):
    rng = np.random.default_rng(seed)
    cell = weights(rng, "GRU", 4, 3)
    constants = {
        **cell,
        "kernel": draw(rng, 4, 2 // groups, window),
        **{name: draw(rng, 4) for name in ("bias", "gamma", "beta", "mean")},
        "variance": np.abs(draw(rng, 4)) + 0.1,
    }
    norm = ["convolved", "gamma", "beta", "mean", "variance"]
    around = {"strides": [stride], "pads": list(pads)}
    nodes = [
        helper.make_node("Transpose", ["x"], ["first"], perm=[0, 2, 1]),
        helper.make_node(
            "Conv", ["first", "kernel", "bias"], ["convolved"], group=groups, **around
        ),
        helper.make_node("BatchNormalization", norm, ["normal"], epsilon=0.01),
        helper.make_node("Relu", ["normal"], ["cut"]),
        helper.make_node("MaxPool", ["cut"], ["pooled"], kernel_shape=[2], strides=[1]),
        helper.make_node("Transpose", ["pooled"], ["X"], perm=[2, 0, 1]),
        node("GRU", cell, 3),
    ]
    made = model(nodes, constants, ("Y",), {"x": TensorProto.FLOAT})
    x = draw(rng, 1, 9, 2)
    (expected,) = run(made, x=x)
    ours = load_model(made.SerializeToString(), name="model.onnx")
    outputs = ours.run(x[0]).layers[0].outputs
    np.testing.assert_allclose(outputs, expected[:, 0, 0], atol=2e-5)
    assert any("other timesteps" in note for note in ours.findings.notes)


@pytest.mark.parametrize("time_last", [True, False])
def test_a_flat_convolution_over_two_axes_is_one_over_time_as_tensorflow_writes_it(time_last):
    rng = np.random.default_rng(5)
    one, kernel = (2, draw(rng, 3, 2, 1, 3)) if time_last else (3, draw(rng, 3, 2, 3, 1))
    pads, window = ([0, 1, 0, 1], [1, 2]) if time_last else ([1, 0, 1, 0], [2, 1])
    cell = weights(rng, "LSTM", 3, 4)
    constants = {**cell, "kernel": kernel, "bias": draw(rng, 3), "one": np.array([one])}
    make = helper.make_node
    nodes = [
        make("Transpose", ["x"], ["first"], perm=[0, 2, 1]),
        make("Unsqueeze", ["first", "one"], ["flat"]),
        make("Conv", ["flat", "kernel", "bias"], ["conv"], pads=pads),
        make("Squeeze", ["conv", "one"], ["row"]),
        make("Relu", ["row"], ["relu"]),
        make("Unsqueeze", ["relu", "one"], ["again"]),
        make("MaxPool", ["again"], ["pool"], kernel_shape=window, strides=window),
        make("Squeeze", ["pool", "one"], ["less"]),
        make("Transpose", ["less"], ["X"], perm=[2, 0, 1]),
        node("LSTM", cell, 4),
    ]
    made = model(nodes, constants, ("Y",), {"x": TensorProto.FLOAT})
    x = draw(rng, 1, 8, 2)
    (expected,) = run(made, x=x)
    ours = load_model(made.SerializeToString(), name="model.onnx")
    assert (ours.input_size, len(ours.front)) == (2, 3)
    outputs = ours.run(x[0]).layers[0].outputs
    np.testing.assert_allclose(outputs, expected[:, 0, 0], atol=2e-5)
