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


BATCHED = [
    helper.make_node("Squeeze", ["Y", "axis"], ["timed"]),
    helper.make_node("Transpose", ["timed"], ["h"], perm=[1, 0, 2]),
]
SCORED = [
    helper.make_node("MatMul", ["h", "hidden"], ["e0"]),
    helper.make_node("Tanh", ["e0"], ["e1"]),
    helper.make_node("MatMul", ["e1", "score"], ["e"]),
]
POOLS = {
    "mean": [helper.make_node("ReduceMean", ["h"], ["read"], axes=[1], keepdims=0)],
    "max": [helper.make_node("ReduceMax", ["h"], ["read"], axes=[-2], keepdims=0)],
    "global": [
        helper.make_node("Transpose", ["h"], ["turned"], perm=[0, 2, 1]),
        helper.make_node("GlobalAveragePool", ["turned"], ["one"]),
        helper.make_node("Flatten", ["one"], ["read"]),
    ],
    "weighed": [
        *SCORED,
        helper.make_node("Softmax", ["e"], ["a"], axis=1),
        helper.make_node("Mul", ["a", "h"], ["product"]),
        helper.make_node("ReduceSum", ["product", "axis"], ["read"], keepdims=0),
    ],
    "weighed by a product": [
        *SCORED,
        helper.make_node("Transpose", ["e"], ["turned"], perm=[0, 2, 1]),
        helper.make_node("Softmax", ["turned"], ["a"], axis=-1),
        helper.make_node("MatMul", ["a", "h"], ["row"]),
        helper.make_node("Squeeze", ["row", "axis"], ["read"]),
    ],
}


def read_by(nodes: list[Any], constants: dict[str, Any], behind_them: bool = True) -> Any:
    """A graph of an LSTM whose outputs "h" (batch, time, numbers) are read by some nodes."""
    rng = np.random.default_rng(7)
    known = {**weights(rng, "LSTM", 2, 3, 1), "dense": draw(rng, 3, 4), "axis": np.array([1])}
    known |= {"hidden": draw(rng, 3, 2), "score": draw(rng, 2, 1), **constants}
    ended = [helper.make_node("MatMul", ["read", "dense"], ["out"])] if behind_them else []
    return model([node("LSTM", known, 3), *BATCHED, *nodes, *ended], known, ("out",))


@pytest.mark.parametrize("way", POOLS)
def test_what_pools_over_all_timesteps_is_run_as_onnxruntime_runs_it(way):
    made, x = read_by(POOLS[way], {}), draw(np.random.default_rng(3), 6, 1, 2)
    ours = load_model(made.SerializeToString(), name="model.onnx")
    assert any("from all timesteps" in note for note in ours.findings.notes)
    for stop in (6, 3):
        (expected,) = run(made, X=x[:stop])
        predictions = ours.run(x[:, 0]).predictions
        np.testing.assert_allclose(predictions[stop - 1], expected[0], atol=2e-5)


@pytest.mark.parametrize(
    ("nodes", "said"),
    [
        ([helper.make_node("ReduceMean", ["timed"], ["read"], axes=[1], keepdims=0)], "ReduceMean"),
        ([helper.make_node("Gather", ["h", "first"], ["read"], axis=1)], "Gather"),
        ([helper.make_node("Gather", ["h", "first"], ["read"], axis=2)], "Gather"),
        ([helper.make_node("Slice", ["h", "end", "start", "axis", "end"], ["read"])], "Slice"),
        ([helper.make_node("Squeeze", ["Y_c", "one_way"], ["read"])], "MatMul"),
    ],
    ids=["over the batch", "the first timestep", "one number", "turned round", "the cell state"],
)
def test_what_reads_another_part_is_no_answer_and_is_named(nodes, said):
    constants = {"first": np.array(0), "end": np.array([-1]), "start": np.array([-(2**40)])}
    made = read_by(nodes, {**constants, "one_way": np.array([0])})
    if said == "MatMul":
        made.graph.node[0].output.extend(["Y_h", "Y_c"][len(made.graph.node[0].output) - 1 :])
    ours = load_model(made.SerializeToString(), name="model.onnx")
    assert ours.readout is None
    assert any(f"{said} '" in note and "behind" in note for note in ours.findings.notes)


ONE, HALF, THREE = (np.array(n, np.float32) for n in (1, 0.5, 3))
GELU = {"one": ONE, "half": HALF, "root": np.array(2**0.5, np.float32)}
BY_TANH = {**GELU, "three": THREE, "k": np.array(0.044715, np.float32)}
BY_TANH["c"] = np.array((2 / np.pi) ** 0.5, np.float32)
FUSED = {
    "gelu": (GELU, "Div d root > a, Erf a > b, Add b one > c1, Mul d c1 > e, Mul e half > out"),
    "gelu, halved first": (
        GELU,
        "Mul d half > a, Div d root > b, Erf b > c1, Add one c1 > e, Mul a e > out",
    ),
    "gelu_tanh": (
        BY_TANH,
        "Pow d three > a, Mul a k > b, Add d b > c1, Mul c1 c > e, Tanh e > f, Add f one > g, "
        "Mul half d > i, Mul i g > out",
    ),
    "silu": ({}, "Sigmoid d > a, Mul a d > out"),
    "mish": ({}, "Softplus d > a, Tanh a > b, Mul d b > out"),
}


@pytest.mark.parametrize("named", FUSED)
def test_an_activation_of_several_operators_is_one(named):
    constants, spelled = FUSED[named]
    nodes = [helper.make_node("MatMul", ["h", "dense"], ["d"])]
    for part in spelled.split(", "):
        kind, *names = part.replace(" >", "").split()
        nodes.append(helper.make_node(kind, names[:-1], names[-1:]))
    made = read_by(nodes, constants, behind_them=False)
    x = draw(np.random.default_rng(3), 6, 1, 2)
    (expected,) = run(made, X=x)
    ours = load_model(made.SerializeToString(), name="model.onnx")
    np.testing.assert_allclose(ours.run(x[:, 0]).predictions, expected[0], atol=2e-5)
    assert ours.back[-1].activation == named.split(",")[0]


def test_a_sum_beside_an_activation_is_no_part_of_it():
    nodes = [
        helper.make_node("MatMul", ["h", "dense"], ["d"]),
        helper.make_node("Sigmoid", ["d"], ["a"]),
        helper.make_node("Mul", ["a", "d"], ["b"]),
        helper.make_node("Add", ["b", "d"], ["out"]),
    ]
    ours = load_model(read_by(nodes, {}, behind_them=False).SerializeToString(), name="model.onnx")
    assert ours.back == ()
    assert any("The answer goes on to Add" in note for note in ours.findings.notes)
