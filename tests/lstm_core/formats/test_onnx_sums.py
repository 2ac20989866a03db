"""Residual connections of an ONNX graph are run as onnxruntime runs them, or named as not run."""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from onnx import helper

from lstm_core import load_model
from lstm_core.formats import model_bytes
from tests.lstm_core.strategies import seeds

from .onnx_models import draw, model, run, weights

SIZE, TIMESTEPS = 4, 5
AXES = {"one": np.array([1]), "joined": np.array([0, 0, -1])}


def stack(rng: Any, sums: list[int], both: list[bool], batch_first: bool, adds: str) -> Any:
    """A graph of layers of which layer k adds what the layer `sums[k]` from there down reads.

    The layers are of both ways where `both` says so; 0 in `sums` is no sum.
    """
    constants: dict[str, Any] = {**AXES, "dense": draw(rng, SIZE, 2)}
    nodes, read = [], ["X"]
    for k, (steps, two) in enumerate(zip(sums, both, strict=True)):
        kind = ("LSTM", "GRU", "RNN")[k % 3]
        cell = weights(rng, kind, SIZE, SIZE // (1 + two), 1 + two)
        constants |= {f"{name}{k}": array for name, array in cell.items()}
        name = read[-1]
        if batch_first:
            nodes.append(helper.make_node("Transpose", [name], [f"x{k}"], perm=[1, 0, 2]))
            name = f"x{k}"
        nodes.append(
            helper.make_node(
                kind,
                [name, f"W{k}", f"R{k}", f"B{k}"],
                [f"y{k}"],
                name=f"layer{k}",
                hidden_size=SIZE // (1 + two),
                direction="bidirectional" if two else "forward",
            )
        )
        if two:
            nodes.append(helper.make_node("Transpose", [f"y{k}"], [f"t{k}"], perm=[0, 2, 1, 3]))
            nodes.append(helper.make_node("Reshape", [f"t{k}", "joined"], [f"s{k}"]))
        else:
            nodes.append(helper.make_node("Squeeze", [f"y{k}", "one"], [f"s{k}"]))
        name = f"s{k}"
        if batch_first:
            nodes.append(helper.make_node("Transpose", [name], [f"b{k}"], perm=[1, 0, 2]))
            name = f"b{k}"
        if steps:
            pair = [name, read[-steps]]
            ordered = pair if rng.random() < 0.5 else pair[::-1]
            nodes.append(helper.make_node(adds, ordered, [f"sum{k}"], name=f"add{k}"))
            name = f"sum{k}"
        read.append(name)
    nodes.append(helper.make_node("MatMul", [read[-1], "dense"], ["out"]))
    return model(nodes, constants, ("out",))


def answered(made: Any, batch_first: bool, seed: int) -> tuple[Any, Any, Any]:
    """Our model, its run over a drawn sequence, and onnxruntime's answer."""
    x = draw(np.random.default_rng(seed), TIMESTEPS, 1, SIZE)
    (expected,) = run(made, X=x.swapaxes(0, 1) if batch_first else x)
    ours = load_model(made.SerializeToString(), name="model.onnx")
    return ours, ours.run(x[:, 0]), expected.reshape(TIMESTEPS, 2)


@st.composite
def sums_of(draw_: Any) -> list[int]:
    count = draw_(st.integers(1, 4))
    return [draw_(st.integers(0, k + 1)) for k in range(count)]


@settings(max_examples=40)
@given(
    seed=seeds,
    sums=sums_of(),
    both=st.lists(st.booleans(), min_size=4, max_size=4),
    batch_first=st.booleans(),
    adds=st.sampled_from(["Add", "Sum"]),
)
def test_sums_around_layers_are_run_as_onnxruntime_runs_them(seed, sums, both, batch_first, adds):
    made = stack(np.random.default_rng(seed), sums, both[: len(sums)], batch_first, adds)
    ours, ran, expected = answered(made, batch_first, seed)
    assert [layer.residual for layer in ours.layers] == sums
    np.testing.assert_allclose(ran.predictions, expected, atol=2e-5)
    told = [note for note in ours.findings.notes if "a residual connection, which is run" in note]
    assert len(told) == sum(steps > 0 for steps in sums)


def altered(nodes: list[str], batch_first: bool = False) -> Any:
    """The model of one layer with other nodes between its outputs and the dense layer.

    A node is spelled "Mul X two > a"; `sum0` is what the dense layer reads.
    """
    made = stack(np.random.default_rng(3), [1], [False], batch_first, "Add")
    kept = [one for one in made.graph.node if one.op_type not in ("Add", "MatMul")]
    more = []
    for spelled in nodes:
        kind, *names, _, output = spelled.split()
        axes = {"perm": [1, 0, 2]} if kind == "Transpose" else {}
        more.append(helper.make_node(kind, names, [output], name=output, **axes))
    more.append(helper.make_node("MatMul", ["sum0", "dense"], ["out"], name="dense"))
    outputs = [one.name for one in made.graph.output]
    two = {"two": np.full(SIZE, 2, np.float32)}
    constants = {t.name: onnx.numpy_helper.to_array(t) for t in made.graph.initializer} | two
    return model([*kept, *more], constants, tuple(outputs))


@pytest.mark.parametrize(
    ("nodes", "batch_first", "named"),
    [
        (["Mul X two > a", "Add a s0 > sum0"], False, "Add 'sum0'"),
        (["Add s0 s0 > sum0"], False, "Add 'sum0'"),
        (["Sub X s0 > sum0"], False, "Sub 'sum0'"),
        (["Sum X s0 X > sum0"], False, "Sum 'sum0'"),
        (["Transpose X > a", "Add a s0 > sum0"], False, "Add 'sum0'"),
        (["Add X s0 > sum0"], True, "Add 'sum0'"),
        (["Add X y0 > sum0"], False, "Add 'sum0'"),
        (["Add X s0 > sum0", "Tanh s0 > a"], False, "Add 'sum0', Tanh 'a'"),
    ],
)
def test_a_sum_of_something_else_is_not_run_and_named(nodes, batch_first, named):
    ours = load_model(altered(nodes, batch_first).SerializeToString(), name="model.onnx")
    assert (ours.readout, [layer.residual for layer in ours.layers]) == (None, [0])
    (note,) = [note for note in ours.findings.notes if note.startswith("No predictions")]
    assert f"{named} behind 'layer0' is not run here" in note


def test_a_term_of_constants_is_no_residual_connection():
    made = altered(["Add s0 two > sum0"])
    ours, ran, expected = answered(made, False, 5)
    assert ours.layers[0].residual == 0
    np.testing.assert_allclose(ran.predictions, expected, atol=2e-5)


def test_what_a_sum_hands_on_to_the_last_timestep_is_read_there():
    made = altered(["Add s0 X > all", "Gather all end > sum0"])
    made.graph.initializer.append(onnx.numpy_helper.from_array(np.array(-1), "end"))
    x = draw(np.random.default_rng(6), TIMESTEPS, 1, SIZE)
    (expected,) = run(made, X=x)
    ours = load_model(made.SerializeToString(), name="model.onnx")
    assert ours.layers[0].residual == 1
    np.testing.assert_allclose(ours.run(x[:, 0]).predictions[-1], expected[0], atol=2e-5)


def test_the_sums_of_a_file_of_ours_are_in_its_graph_as_well_as_in_its_words():
    made = stack(np.random.default_rng(7), [0, 1, 2], [True, False, False], True, "Add")
    ours = load_model(made.SerializeToString(), name="model.onnx")
    saved = onnx.load_from_string(model_bytes(ours, ".onnx"))
    del saved.metadata_props[:]
    again = load_model(saved.SerializeToString(), name="model.onnx")
    assert [layer.residual for layer in again.layers] == [0, 1, 2]
    x = draw(np.random.default_rng(8), TIMESTEPS, SIZE)
    np.testing.assert_allclose(again.run(x).predictions, ours.run(x).predictions, atol=2e-5)


def test_names_that_lead_nowhere_are_followed_once():
    """Each doubles the ways up from the sum; without memory the file would not open in a year."""
    rows, doubled = 60, ["Add X X > a0", *(f"Add a{k} a{k} > a{k + 1}" for k in range(60))]
    made = altered(["Add a60 s0 > sum0", *doubled])
    lstm, *rest = made.graph.node
    lstm.input[0] = f"a{rows}"
    mean = helper.make_node("ReduceMean", ["out"], ["mean"], axes=[0], keepdims=0)
    del made.graph.node[:]
    made.graph.node.extend([*rest[-rows - 2 : -1], lstm, *rest[: -rows - 2], rest[-1], mean])
    made.graph.output[0].name = "mean"
    ours = load_model(made.SerializeToString(), name="model.onnx")
    assert ours.layers[0].residual == 1
    assert ours.answers_from_all
