"""What stands behind the last recurrent node of an ONNX graph is run, as onnxruntime runs it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from onnx import helper

from lstm_core import load_model
from tests.lstm_core.strategies import seeds

from .onnx_models import draw, model, node, run, weights

STEPS: dict[str, tuple[tuple[str, ...], dict[str, Any]]] = {
    "Add": (("value",), {}),
    "Mul": (("value",), {}),
    "Relu": ((), {}),
    "Tanh": ((), {}),
    "LeakyRelu": ((), {"alpha": 0.3}),
    "Clip": (("zero", "six"), {}),
    "Selu": ((), {}),
    "MatMul": (("square",), {}),
}


def behind(rng: Any, read: list[Any], steps: list[str], direction: str, last: str) -> Any:
    """A graph of an LSTM, `read` from Y or Y_h as "read", a dense layer and some steps."""
    both = 2 if direction == "bidirectional" else 1
    cell = weights(rng, "LSTM", 2, 3, both)
    constants = {**cell, "dense": draw(rng, 3 * both, 4), "value": draw(rng, 4)}
    constants |= {"square": draw(rng, 4, 4), "zero": np.zeros((), np.float32)}
    constants |= {"six": np.full((), 6, np.float32)}
    constants |= {"end": np.array(-1), "flat": np.array([0, 0, -1]), "first": np.array(0)}
    constants |= {"joined": np.array([0, -1]), "axis": np.array([1]), "way": np.array([0])}
    nodes = [node("LSTM", cell, 3, direction=direction), *read]
    nodes.append(helper.make_node("MatMul", ["read", "dense"], ["s"]))
    name = "s"
    for k, step in enumerate(steps):
        given, attributes = STEPS[step]
        nodes.append(helper.make_node(step, [name, *given], [f"s{k}"], **attributes))
        name = f"s{k}"
    nodes.append(helper.make_node(last, [name], ["out"]))
    return model(nodes, constants, ("out",))


EACH = [
    helper.make_node("Transpose", ["Y"], ["t"], perm=[0, 2, 1, 3]),
    helper.make_node("Reshape", ["t", "flat"], ["read"]),
]
LAST = [*EACH[:1], helper.make_node("Reshape", ["t", "flat"], ["all"])]
LAST.append(helper.make_node("Gather", ["all", "end"], ["read"], axis=0))
FINAL = [
    helper.make_node("Transpose", ["Y_h"], ["t"], perm=[1, 0, 2]),
    helper.make_node("Reshape", ["t", "joined"], ["read"]),
]
TAKEN = [
    helper.make_node("Gather", ["Y_h", "first"], ["ahead"], axis=0),
    helper.make_node("Gather", ["Y_h", "end"], ["back"], axis=0),
    helper.make_node("Concat", ["ahead", "back"], ["read"], axis=1),
]


@settings(max_examples=40)
@given(
    seed=seeds,
    read=st.sampled_from([EACH, LAST, FINAL, TAKEN]),
    steps=st.lists(st.sampled_from(sorted(STEPS)), max_size=4),
    both=st.booleans(),
    last=st.sampled_from(["Softmax", "Sigmoid", "Relu", "Identity"]),
)
def test_what_stands_behind_an_lstm_is_run_as_onnxruntime_runs_it(seed, read, steps, both, last):
    rng = np.random.default_rng(seed)
    direction = "bidirectional" if both or read is TAKEN else "forward"
    made = behind(rng, read, steps, direction, last)
    x = draw(rng, 5, 1, 2)
    (expected,) = run(made, X=x)
    ours = load_model(made.SerializeToString(), name="model.onnx")
    predictions = ours.run(x[:, 0]).predictions
    if read is EACH:
        np.testing.assert_allclose(predictions, expected[:, 0], atol=2e-5)
    else:
        np.testing.assert_allclose(predictions[-1], expected[0], atol=2e-5)
        assert any("answers once" in note for note in ours.findings.notes)


def readers(*more: Any, outputs: tuple[str, ...] = ("out",)) -> Any:
    """The model of a file whose LSTM's outputs go to a dense layer and further nodes."""
    rng = np.random.default_rng(0)
    made = behind(rng, EACH, [], "forward", "Identity")
    made.graph.node.extend(more)
    return load_model(made.SerializeToString(), name="model.onnx")


def test_x_times_its_sigmoid_is_one_activation():
    rng = np.random.default_rng(1)
    made = behind(rng, EACH, [], "forward", "Sigmoid")
    made.graph.node.append(helper.make_node("Mul", ["s", "out"], ["gated"]))
    made.graph.output[0].name = "gated"
    x = draw(rng, 5, 1, 2)
    (expected,) = run(made, X=x)
    ours = load_model(made.SerializeToString(), name="model.onnx")
    np.testing.assert_allclose(ours.run(x[:, 0]).predictions, expected[:, 0], atol=2e-5)


def test_a_softmax_over_timesteps_is_no_readout_of_probabilities():
    rng = np.random.default_rng(1)
    made = behind(rng, EACH, [], "forward", "Softmax")
    made.graph.node[-1].attribute.append(helper.make_attribute("axis", 0))
    ours = load_model(made.SerializeToString(), name="model.onnx")
    assert ours.readout.activation == "linear"
    assert any("goes on to Softmax" in note for note in ours.findings.notes)


def test_what_two_operators_read_is_no_answer_and_both_are_named():
    twice = helper.make_node("MatMul", ["read", "dense"], ["value_head"], name="value")
    model_of_two = readers(twice)
    assert model_of_two.readout is None
    (note,) = [n for n in model_of_two.findings.notes if n.startswith("No predictions")]
    assert "MatMul 's', MatMul 'value'" in note
    assert "capture" in note


@pytest.mark.parametrize("layer", [0, -1])
def test_the_final_state_of_the_last_of_several_layers_is_read_where_it_is_taken(layer):
    rng = np.random.default_rng(2)
    first, second = (weights(rng, "LSTM", size, 3) for size in (2, 3))
    constants = {
        f"{k}{name}": array for k, one in enumerate((first, second)) for name, array in one.items()
    }
    constants |= {"axis": np.array([1]), "dense": draw(rng, 3, 4), "at": np.array(layer)}
    nodes = [
        helper.make_node("LSTM", ["X", "0W", "0R", "0B"], ["y0", "h0"], name="a", hidden_size=3),
        helper.make_node("Squeeze", ["y0", "axis"], ["x1"]),
        helper.make_node("LSTM", ["x1", "1W", "1R", "1B"], ["y1", "h1"], name="b", hidden_size=3),
        helper.make_node("Concat", ["h0", "h1"], ["h"], axis=0),
        helper.make_node("Gather", ["h", "at"], ["read"], axis=0),
        helper.make_node("Gemm", ["read", "dense"], ["out"], alpha=0.5),
    ]
    made = model(nodes, constants, ("out", "h"))
    x = draw(rng, 5, 1, 2)
    expected, _ = run(made, X=x)
    ours = load_model(made.SerializeToString(), name="model.onnx")
    assert (ours.readout is None) == (layer == 0)
    if layer == -1:
        np.testing.assert_allclose(ours.run(x[:, 0]).predictions[-1], expected[0], atol=2e-5)
