"""ONNX files: what we open computes what onnxruntime computes, for every option it knows."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from onnx import TensorProto, helper, numpy_helper

from lstm_core import ModelFileError, load_model

from .onnx_models import BLOCKS, draw, model, node, run, single, weights

H = {"rtol": 0, "atol": 2e-5}
C = {"rtol": 2e-6, "atol": 2e-5}


def opened(made: onnx.ModelProto, **options: Any):
    return load_model(made.SerializeToString(), **options)


def agrees(kind: str, constants: dict[str, np.ndarray], x: np.ndarray, lengths, **attributes):
    """Assert that the layer we open runs as the node does."""
    made = single(kind, constants, **attributes)
    y, y_h, *y_c = run(made, X=x, lengths=lengths.astype(np.int32))
    # activations without bounds can blow up, and with them the last digits
    assume(all(np.abs(states).max() < 4 for states in (y, *y_c)))
    layer = opened(made).layers[0]
    ours = layer.unroll(np.moveaxis(x, 0, 1), lengths=lengths)
    theirs = np.concatenate(np.moveaxis(y, 1, 0), axis=-1)
    np.testing.assert_allclose(np.moveaxis(ours.outputs, 1, 0), theirs, **H)
    hidden = ours.final_hidden if layer.bidirectional else ours.final_hidden[np.newaxis]
    np.testing.assert_allclose(hidden, y_h, **H)
    if y_c:
        cell = ours.final_cell if layer.bidirectional else ours.final_cell[np.newaxis]
        np.testing.assert_allclose(cell, y_c[0], **C)


@st.composite
def cases(
    draw_: st.DrawFn, kind: str
) -> tuple[dict[str, Any], np.ndarray, np.ndarray, dict[str, Any]]:
    """Weights, x (T >= 5, batch > 1), lengths and attributes of a node."""
    rng = np.random.default_rng(draw_(st.integers(0, 2**32 - 1)))
    hidden = draw_(st.integers(1, 5))
    inputs = draw_(st.just(hidden) | st.integers(1, 5))
    timesteps, batch = draw_(st.integers(5, 7)), draw_(st.integers(2, 3))
    direction = draw_(st.sampled_from(["forward", "reverse", "bidirectional"]))
    directions = 2 if direction == "bidirectional" else 1
    constants = weights(
        rng,
        kind,
        inputs,
        hidden,
        directions,
        peepholes=kind == "LSTM" and draw_(st.booleans()),
        batch=draw_(st.sampled_from([0, batch])),
    )
    if draw_(st.integers(0, 5)) == 0:
        del constants["B"]
    lengths = rng.integers(1, timesteps + 1, batch)
    lengths[0] = timesteps
    attributes: dict[str, Any] = {"direction": direction}
    if draw_(st.booleans()):
        attributes["clip"] = draw_(st.sampled_from([0.25, 0.5, 3.0]))
    attributes |= draw_(activations({"LSTM": 3, "GRU": 2, "RNN": 1}[kind] * directions))
    return constants, draw(rng, timesteps, batch, inputs), lengths, attributes


NUMBERS = {
    **dict.fromkeys(["Sigmoid", "Tanh", "Relu", "Softsign", "Softplus"], 0),
    "HardSigmoid": 2,
    "Affine": 2,
    "ScaledTanh": 2,
    "LeakyRelu": 1,
    "Elu": 1,
    "ThresholdedRelu": 1,
}


@st.composite
def activations(draw_: st.DrawFn, count: int) -> dict[str, Any]:
    """Names in any combination, with alphas and betas for those that take them, or none."""
    if draw_(st.booleans()):
        return {}
    names = draw_(st.lists(st.sampled_from(sorted(NUMBERS)), min_size=count, max_size=count))
    found: dict[str, Any] = {"activations": names}
    takes_alpha = [n for n in names if NUMBERS[n] > 0]
    takes_beta = [n for n in names if NUMBERS[n] > 1]
    number = st.sampled_from([0.125, 0.25, 0.5])
    if takes_alpha and draw_(st.booleans()):
        found["activation_alpha"] = [draw_(number) for _ in takes_alpha]
        if takes_beta:
            found["activation_beta"] = [draw_(number) for _ in takes_beta]
    return found


@settings(max_examples=80, deadline=None)
@given(cases("LSTM"), st.sampled_from([0, 0, 1]))
def test_an_lstm_node_runs_as_in_onnxruntime(case, coupled):
    constants, x, lengths, attributes = case
    agrees("LSTM", constants, x, lengths, input_forget=coupled, **attributes)


@settings(max_examples=60, deadline=None)
@given(cases("GRU"), st.booleans())
def test_a_gru_node_runs_as_in_onnxruntime(case, after):
    constants, x, lengths, attributes = case
    agrees("GRU", constants, x, lengths, linear_before_reset=int(after), **attributes)


@settings(max_examples=30, deadline=None)
@given(cases("RNN"))
def test_an_rnn_node_runs_as_in_onnxruntime(case):
    constants, x, lengths, attributes = case
    agrees("RNN", constants, x, lengths, **attributes)


def small(
    seed: int = 0, kind: str = "LSTM", hidden: int = 3, inputs: int = 4
) -> dict[str, np.ndarray]:
    return weights(np.random.default_rng(seed), kind, inputs, hidden)


X = draw(np.random.default_rng(99), 6, 2, 4)  # (T, N, D)
LENGTHS = np.full(2, 6, np.int32)


def outputs(layer, x: np.ndarray = X) -> np.ndarray:
    return layer.unroll(np.moveaxis(x, 0, 1)).outputs


def theirs(made: onnx.ModelProto, **feed: np.ndarray) -> np.ndarray:
    """onnxruntime's Y (T, 1, N, H), batch first as ours is."""
    return np.moveaxis(run(made, **({"X": X} | feed))[0][:, 0], 0, 1)


@pytest.mark.parametrize(("inputs", "hidden"), [(4, 4), (4, 3)])
def test_only_the_right_one_of_24_gate_orders_computes_the_same(inputs, hidden):
    constants = small(hidden=hidden, inputs=inputs)
    expected = theirs(single("LSTM", constants), lengths=LENGTHS)

    def permuted(order: tuple[int, ...]) -> dict[str, Any]:
        return {
            name: np.concatenate(
                [
                    blocks
                    for half in np.split(array, 2 if name == "B" else 1, axis=1)
                    for blocks in [np.split(half, 4, axis=1)[k] for k in order]
                ],
                axis=1,
            )
            for name, array in constants.items()
        }

    right = [
        order
        for order in itertools.permutations(range(4))
        if np.allclose(
            outputs(opened(single("LSTM", permuted(order))).layers[0]), expected, atol=1e-3
        )
    ]
    assert right == [(0, 1, 2, 3)]


@pytest.mark.parametrize("batch", [1, 2])
def test_one_sequence_starts_as_the_first_of_the_batch_that_the_file_records(batch):
    made = single("LSTM", weights(np.random.default_rng(5), "LSTM", 4, 3, batch=batch))
    x = X[:, :batch]
    y = np.moveaxis(run(made, X=x, lengths=LENGTHS[:batch])[0][:, 0], 0, 1)
    layer = opened(made).layers[0]
    np.testing.assert_allclose(layer.unroll(np.moveaxis(x, 0, 1)).outputs, y, **H)
    np.testing.assert_allclose(layer.unroll(x[:, 0]).outputs, y[0], **H)


def test_states_recorded_for_a_batch_are_kept_unless_all_are_the_same():
    constants = weights(np.random.default_rng(5), "LSTM", 4, 3, batch=3)
    constants["initial_h"][:, 2] = constants["initial_h"][:, 0]  # but not the one between
    constants["initial_c"][:] = constants["initial_c"][:, :1]
    layer = opened(single("LSTM", constants)).layers[0]
    np.testing.assert_array_equal(layer.initial_hidden, constants["initial_h"][0])
    np.testing.assert_array_equal(layer.initial_cell, constants["initial_c"][0, 0])


def test_batch_first_files_hold_the_same_numbers_in_another_layout():
    constants = weights(np.random.default_rng(6), "GRU", 4, 3, batch=2)
    plain = opened(single("GRU", constants)).layers[0]
    constants["initial_h"] = np.moveaxis(constants["initial_h"], 1, 0).copy()
    batch_first = opened(single("GRU", constants, layout=1)).layers[0]
    np.testing.assert_array_equal(outputs(batch_first), outputs(plain))


def constant_node(name: str, array: np.ndarray) -> onnx.NodeProto:
    return helper.make_node("Constant", [], [name], value=numpy_helper.from_array(array))


def ways_to_compute_w(w: np.ndarray) -> dict[str, tuple[list[onnx.NodeProto], dict[str, Any]]]:
    """Graphs that end in "W" (1, 4H, D), as exporters build them."""
    rows, (first, second) = w[0], np.split(w[0], 2)
    whole = np.array([-1, *w.shape[1:]])
    shapes = {name: np.array(v) for name, v in {"a0": [0], "a1": [1], "whole": whole}.items()}
    return {
        "Constant": ([constant_node("W", w)], {}),
        "Unsqueeze": ([helper.make_node("Unsqueeze", ["w", "a0"], ["W"])], {"w": rows} | shapes),
        "Concat": (
            [
                helper.make_node("Concat", ["p", "q"], ["w"], axis=0),
                helper.make_node("Unsqueeze", ["w", "a0"], ["W"]),
            ],
            {"p": first, "q": second} | shapes,
        ),
        "Transpose": (
            [helper.make_node("Transpose", ["w"], ["W"], perm=[0, 2, 1])],
            {"w": w.transpose(0, 2, 1).copy()},
        ),
        "Reshape": ([helper.make_node("Reshape", ["w", "whole"], ["W"])], {"w": rows} | shapes),
        "Slice": (
            [helper.make_node("Slice", ["w", "a0", "end", "a1"], ["W"])],
            {"w": np.concatenate([w, w[:, :3]], axis=1), "end": np.array([w.shape[1]])} | shapes,
        ),
        "Slice backwards": (
            [helper.make_node("Slice", ["w", "last", "end", "a1", "step"], ["W"])],
            {
                "w": w[:, ::-1].copy(),
                "last": np.array([-1]),
                "end": np.array([np.iinfo(np.int64).min]),
                "step": np.array([-1]),
            }
            | shapes,
        ),
        "Split": (
            [helper.make_node("Split", ["w"], ["other", "W"], axis=0)],
            {"w": np.concatenate([w * 2, w])},
        ),
        "Squeeze": ([helper.make_node("Squeeze", ["w", "a1"], ["W"])], {"w": w[:, None]} | shapes),
        "Gather": (
            [helper.make_node("Gather", ["w", "a0"], ["W"], axis=0)],
            {"w": np.concatenate([w, w * 3])} | shapes,
        ),
        "Expand": (
            [helper.make_node("Expand", ["w", "shape"], ["W"])],
            {"w": rows, "shape": np.array(w.shape)},
        ),
        "Cast": (
            [helper.make_node("Cast", ["w"], ["W"], to=TensorProto.FLOAT)],
            {"w": w.astype(np.float64)},
        ),
        "Mul, Add and Identity": (
            [
                helper.make_node("Mul", ["w", "half"], ["v"]),
                helper.make_node("Add", ["v", "v"], ["u"]),
                helper.make_node("Identity", ["u"], ["W"]),
            ],
            {"w": w, "half": np.float32(0.5)},
        ),
    }


@pytest.mark.parametrize("way", ways_to_compute_w(small()["W"]))
def test_weights_that_the_graph_computes_from_constants_are_computed(way):
    constants = small()
    nodes, parts = ways_to_compute_w(constants.pop("W"))[way]
    made = model([*nodes, node("LSTM", {"W", *constants}, 3)], constants | parts)
    np.testing.assert_allclose(outputs(opened(made).layers[0]), theirs(made), **H)


def branch(nodes: list[onnx.NodeProto], constants: dict[str, Any], out: str) -> onnx.GraphProto:
    return helper.make_graph(
        nodes,
        f"branch_{out}",
        [],
        [helper.make_tensor_value_info(out, TensorProto.FLOAT, None)],
        [numpy_helper.from_array(array, name) for name, array in constants.items()],
    )


def test_nodes_in_nested_branches_are_found_with_weights_from_the_graphs_around():
    outer, inner, other = small(1), small(2), small(3)
    lstm_a = node("LSTM", {"W", "R", "B"}, 3)  # weights of the whole graph
    lstm_b = node("LSTM", {"W", "R", "B"}, 3)  # weights of its own branch
    lstm_c = node("LSTM", {"W", "R", "B"}, 3)
    for k, one in enumerate((lstm_a, lstm_b, lstm_c)):
        one.name = f"lstm_{k}"
    nested = helper.make_node(
        "If",
        ["flag_2"],
        ["Y"],
        name="inner",
        then_branch=branch([lstm_b], inner, "Y"),
        else_branch=branch([lstm_c], other, "Y"),
    )
    whole = helper.make_node(
        "If",
        ["flag_1"],
        ["out"],
        name="outer",
        then_branch=branch([lstm_a], {}, "Y"),
        else_branch=branch([nested], {}, "Y"),
    )
    flags = {"flag_1": TensorProto.BOOL, "flag_2": TensorProto.BOOL}
    made = model([whole], outer, ("out",), {"X": TensorProto.FLOAT} | flags)
    layers = opened(made).layers
    assert [layer.name for layer in layers] == [
        "outer/else_branch/inner/else_branch/lstm_2",
        "outer/else_branch/inner/then_branch/lstm_1",
        "outer/then_branch/lstm_0",
    ]
    assert not any(layer.follows for layer in layers)
    for layer, first, second in zip(
        layers, (False, False, True), (False, True, False), strict=True
    ):
        expected = theirs(made, flag_1=np.array(first), flag_2=np.array(second))
        np.testing.assert_allclose(outputs(layer), expected, **H)


@pytest.mark.parametrize("dtype", [np.float16, np.float64])
def test_weights_of_other_precisions_keep_their_values(dtype):
    constants = {name: array.astype(dtype) for name, array in small().items()}
    layer = opened(model([node("LSTM", set(constants), 3)], constants)).layers[0]
    assert layer.forward.dtype == (np.float64 if dtype == np.float64 else np.float32)
    np.testing.assert_array_equal(layer.forward.kernel[:, :3].T, constants["W"][0, :3])


def test_quantised_weights_are_labelled_as_inexact():
    constants = small()
    w = constants.pop("W")
    parts = {
        "q": np.round(w / 0.05).astype(np.int8),
        "scale": np.float32(0.05),
        "zero": np.int8(0),
    }
    nodes = [
        helper.make_node("DequantizeLinear", ["q", "scale", "zero"], ["W"]),
        node("LSTM", {"W", *constants}, 3),
    ]
    made = model(nodes, constants | parts)
    found = opened(made)
    np.testing.assert_allclose(outputs(found.layers[0]), theirs(made), **H)
    assert "few bits" in " ".join(found.findings.notes)


def test_embedding_and_readout_beside_the_layers_are_offered():
    rng = np.random.default_rng(7)
    constants = small(8, inputs=4) | {
        "matrix": draw(rng, 9, 4),
        "dense": draw(rng, 3, 5),
        "bias": draw(rng, 5),
        "axis": np.array([1]),
    }
    nodes = [
        helper.make_node("Gather", ["matrix", "symbols"], ["X"]),
        node("LSTM", {"W", "R", "B"}, 3),
        helper.make_node("Squeeze", ["Y", "axis"], ["y"]),
        helper.make_node("MatMul", ["y", "dense"], ["product"]),
        helper.make_node("Add", ["product", "bias"], ["logits"]),
        helper.make_node("Softmax", ["logits"], ["p"], axis=-1),
    ]
    made = model(nodes, constants, ("p",), {"symbols": TensorProto.INT64})
    symbols = np.array([[3, 1, 8, 0, 4, 4]]).T
    (p,) = run(made, symbols=symbols)
    ours = opened(made).run([str(k) for k in symbols[:, 0]])
    np.testing.assert_allclose(ours.predictions, p[:, 0], **H)


@pytest.mark.parametrize("direction", ["forward", "reverse", "bidirectional"])
@pytest.mark.parametrize("reads", ["Y", "Y_h"])
def test_what_reads_a_final_state_is_a_readout_only_where_that_is_the_last_timestep(
    direction, reads
):
    directions = 2 if direction == "bidirectional" else 1
    constants = weights(np.random.default_rng(3), "LSTM", 4, 3, directions)
    constants |= {"dense": draw(np.random.default_rng(4), 3 * directions, 5), "axis": np.array([0])}
    constants["shape"] = np.array([-1, 3 * directions])
    nodes = [
        node("LSTM", {"W", "R", "B"}, 3, direction=direction),
        helper.make_node("Reshape", [reads, "shape"], ["read"]),
        helper.make_node("MatMul", ["read", "dense"], ["out"]),
    ]
    found = opened(model(nodes, constants, ("out",)))
    assert (found.readout is not None) == (reads == "Y" or direction != "reverse")
    assert found.reads_ends == (reads == "Y_h" and direction == "bidirectional")


def test_stacked_nodes_follow_each_other_and_others_do_not():
    first, second = small(1), small(2, "GRU", hidden=4, inputs=3)
    constants = {f"{k}1": v for k, v in first.items()} | {f"{k}2": v for k, v in second.items()}
    nodes = [
        helper.make_node("LSTM", ["X", "W1", "R1", "B1"], ["Y1"], hidden_size=3),
        helper.make_node("Squeeze", ["Y1", "axis"], ["y1"]),
        helper.make_node("GRU", ["y1", "W2", "R2", "B2"], ["Y"], hidden_size=4),
        helper.make_node("LSTM", ["X", "W1", "R1", "B1"], ["Z"], hidden_size=3),
    ]
    made = model(nodes, constants | {"axis": np.array([1])}, ("Y", "Z"))
    found = opened(made)
    assert [layer.follows for layer in found.layers[1:]] == [True, False]
    ours = found.chain(0).run_inputs(np.moveaxis(X, 0, 1)).layers[-1].outputs
    np.testing.assert_allclose(ours, theirs(made), **H)


def test_a_start_of_zeros_of_a_size_known_only_at_run_time_is_zero():
    constants = small() | {"some": np.array([1, 2, 3]), "one": np.array([1])}
    nodes = [
        helper.make_node("Shape", ["X"], ["sizes"]),
        helper.make_node("Gather", ["sizes", "one"], ["batch"]),
        helper.make_node("Concat", ["one", "batch", "hidden"], ["shape"], axis=0),
        helper.make_node("ConstantOfShape", ["shape"], ["initial_h"]),
        node("LSTM", {"W", "R", "B", "initial_h"}, 3),
    ]
    made = model(nodes, constants | {"hidden": np.array([3])})
    found = opened(made)
    assert found.layers[0].initial_hidden is None
    assert not found.findings.notes
    np.testing.assert_allclose(outputs(found.layers[0]), theirs(made), **H)


def test_a_start_given_at_run_time_is_named_as_missing():
    made = model(
        [node("LSTM", {"W", "R", "B", "initial_h"}, 3)],
        small(),
        inputs={"X": TensorProto.FLOAT, "initial_h": TensorProto.FLOAT},
    )
    assert "initial hidden state" in " ".join(opened(made).findings.notes)


@pytest.mark.parametrize("kind", BLOCKS)
def test_the_convention_names_the_order_of_the_blocks(kind):
    layer = opened(single(kind, small(kind=kind))).layers[0]
    assert layer.convention.startswith("ONNX: " + {"LSTM": "i o f c", "GRU": "z r h"}.get(kind, ""))


def test_a_file_without_recurrent_nodes_says_what_it_has():
    nodes = [helper.make_node("Gemm", ["X", "W"], ["a"]), helper.make_node("Tanh", ["a"], ["Y"])]
    with pytest.raises(ModelFileError, match=r"no LSTM, GRU or RNN .*Gemm \(1\), Tanh \(1\)"):
        opened(model(nodes, {"W": np.ones((3, 3), np.float32)}, ("Y",)))


def test_a_node_that_computes_in_eight_bits_is_refused():
    quantised = helper.make_node(
        "DynamicQuantizeLSTM", ["X", "W", "R"], ["Y"], domain="com.microsoft", hidden_size=3
    )
    with pytest.raises(ModelFileError, match="8-bit"):
        opened(model([quantised], small(), ("Y",)))


def directions_taken_apart(order: tuple[int, int]) -> onnx.ModelProto:
    """A bidirectional LSTM whose directions are sliced out and joined in an order, and a GRU."""
    first = weights(np.random.default_rng(1), "LSTM", 4, 3, directions=2)
    second = small(2, "GRU", hidden=4, inputs=6)
    constants = {f"{k}1": v for k, v in first.items()} | {f"{k}2": v for k, v in second.items()}
    constants |= {"n0": np.array([0]), "n1": np.array([1]), "n2": np.array([2])}
    nodes = [
        helper.make_node(
            "LSTM", ["X", "W1", "R1", "B1"], ["Z"], hidden_size=3, direction="bidirectional"
        )
    ]
    for k in (0, 1):
        nodes.append(helper.make_node("Slice", ["Z", f"n{k}", f"n{k + 1}", "n1"], [f"s{k}"]))
        nodes.append(helper.make_node("Squeeze", [f"s{k}", "n1"], [f"d{k}"]))
    nodes.append(helper.make_node("Concat", [f"d{k}" for k in order], ["y"], axis=2))
    nodes.append(helper.make_node("GRU", ["y", "W2", "R2", "B2"], ["Y"], hidden_size=4))
    return model(nodes, constants, ("Y",))


def test_directions_taken_apart_and_put_together_again_are_one_layers_outputs():
    made = directions_taken_apart((0, 1))
    ours = opened(made).run_inputs(np.moveaxis(X, 0, 1)).layers[-1].outputs
    np.testing.assert_allclose(ours, theirs(made), **H)


def test_directions_put_together_the_other_way_round_do_not_follow():
    assert not opened(directions_taken_apart((1, 0))).layers[1].follows


EXPORTED = Path(__file__).parents[2] / "golden" / "onnx"


@pytest.mark.parametrize("name", ["torch_script", "torch_dynamo", "tf2onnx"])
def test_what_exporters_write_predicts_what_their_framework_predicted(name):
    found = load_model(EXPORTED / f"{name}.onnx")
    with np.load(EXPORTED / f"{name}.npz") as numbers:
        symbols, predictions = numbers["symbols"], numbers["predictions"]
    assert [layer.kind for layer in found.layers] == ["lstm", "gru", "lstm"]
    for row, expected in zip(symbols, predictions, strict=True):
        ours = found.run([str(k) for k in row]).predictions
        np.testing.assert_allclose(ours if expected.ndim > 1 else ours[-1], expected, **H)


def test_lengths_are_spoken_of_and_so_are_weights_of_few_bits():
    constants = small() | {"lengths": np.array([2], np.int32)}
    slots = {"W", "R", "B", "lengths"}
    fixed = opened(model([node("LSTM", slots, 3)], constants))
    assert fixed.findings.notes[0].endswith(
        "the graph fixes the lengths [2]; here every timestep is read, to the last."
    )
    given = opened(single("LSTM", small()))
    assert "the graph is given lengths" in given.findings.notes[0]
    few = {name: array.astype(np.float16) for name, array in small().items()}
    (note,) = opened(model([node("LSTM", few, 3)], few)).findings.notes
    assert "weights have 16 bits" in note
