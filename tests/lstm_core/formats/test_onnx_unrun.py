"""What stands before the recurrent nodes of an ONNX graph and is not run is named, every time."""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from lstm_core import ModelFileError, load_model

from .onnx_models import draw, model, node, run, weights

CLOSE = {"rtol": 0, "atol": 2e-6}
make = helper.make_node
NUMBERS = {
    "zero": np.array([0]),
    "one": np.array([1]),
    "two": np.array([2]),
    "back": np.array([-1]),
    "end": np.array([2**40]),
    "start": np.array([-(2**40)]),
    "order": np.array([2, 0, 1]),
    "low": np.array(-0.5, np.float32),
    "high": np.array(0.4, np.float32),
    "axis": np.array(1),
}
Step = tuple[str, list[str], str, dict[str, Any]]
UNRUN: dict[str, tuple[list[Step], int]] = {
    "the other way round": ([("Slice", ["x", "back", "start", "one", "back"], "v", {})], 3),
    "later timesteps": ([("Slice", ["x", "two", "end", "one"], "v", {})], 3),
    "some numbers": ([("Slice", ["x", "one", "end", "two"], "v", {})], 2),
    "numbers in another order": ([("Gather", ["x", "order"], "v", {"axis": 2})], 3),
    "sums so far": ([("CumSum", ["x", "axis"], "v", {})], 3),
    "shares": ([("Softmax", ["x"], "v", {"axis": -1})], 3),
    "cut off": ([("Clip", ["x", "low", "high"], "v", {})], 3),
    "squares beside them": (
        [("Mul", ["x", "x"], "s", {}), ("Concat", ["x", "s"], "v", {"axis": -1})],
        6,
    ),
    "differences": (
        [
            ("Slice", ["x", "one", "end", "one"], "later", {}),
            ("Slice", ["x", "zero", "back", "one"], "sooner", {}),
            ("Sub", ["later", "sooner"], "v", {}),
        ],
        3,
    ),
    "off their mean": (
        [("ReduceMean", ["x"], "m", {"axes": [1]}), ("Sub", ["x", "m"], "v", {})],
        3,
    ),
}


def steps(*listed: Step) -> list[Any]:
    return [make(op, i, [o], name=f"/{o}", **attributes) for op, i, o, attributes in listed]


def with_lstm(before: list[Any], width: int, reads: str = "v", **also: np.ndarray) -> Any:
    """A graph of x (B, T, D), some nodes, an LSTM of what `reads` (B, T, width) has, and `reads`"""
    cell = weights(np.random.default_rng(3), "LSTM", width, 4)
    turn = make("Transpose", [reads], ["X"], perm=[1, 0, 2])
    nodes = [*before, turn, node("LSTM", cell, 4)]
    return model(nodes, {**NUMBERS, **cell, **also}, ("Y", reads), {"x": TensorProto.FLOAT})


def opened(made: onnx.ModelProto) -> Any:
    return load_model(made.SerializeToString(), name="model.onnx")


@pytest.mark.parametrize("kind", sorted(UNRUN))
def test_what_cannot_be_run_before_a_layer_is_named_and_what_it_gives_is_read(kind):
    listed, width = UNRUN[kind]
    made = with_lstm(steps(*listed), width)
    y, given = run(made, x=draw(np.random.default_rng(1), 1, 6, 3))
    ours = opened(made)
    assert ours.input_size == width
    np.testing.assert_allclose(ours.run(given[0]).layers[0].outputs, y[:, 0, 0], **CLOSE)
    assert ours.findings.notes == (
        f"{listed[-1][0]} '/v' stands before 'recurrent' and is not run here: what it gives is "
        "what is read. A capture in your own process records that.",
    )


def test_what_stands_before_the_operators_that_are_run_is_named_too():
    rng = np.random.default_rng(2)
    before = steps(("CumSum", ["x", "axis"], "sums", {}), ("MatMul", ["sums", "w"], "v", {}))
    made = with_lstm(before, 2, w=draw(rng, 3, 2))
    x = draw(rng, 1, 5, 3)
    y, _ = run(made, x=x)
    ours = opened(made)
    outputs = ours.run(np.cumsum(x[0], axis=0)).layers[0].outputs
    np.testing.assert_allclose(outputs, y[:, 0, 0], **CLOSE)
    assert any(
        note.startswith("CumSum '/sums' stands before") and "is not run" in note
        for note in ours.findings.notes
    )


HANDED_ON: dict[str, list[Step]] = {
    "as it is": [("Identity", ["x"], "v", {})],
    "in other axes": [
        ("Transpose", ["x"], "t", {"perm": [2, 0, 1]}),
        ("Transpose", ["t"], "v", {"perm": [1, 2, 0]}),
    ],
    "through one more axis": [
        ("Unsqueeze", ["x", "two"], "u", {}),
        ("Squeeze", ["u", "two"], "v", {}),
    ],
    "all of it": [("Slice", ["x", "zero", "end", "one", "one"], "v", {})],
    "as float32": [("Cast", ["x"], "v", {"to": TensorProto.FLOAT})],
}


@pytest.mark.parametrize("kind", sorted(HANDED_ON))
def test_what_hands_numbers_on_as_they_are_is_nothing_to_speak_of(kind):
    made = with_lstm(steps(*HANDED_ON[kind]), 3)
    x = draw(np.random.default_rng(1), 1, 6, 3)
    y, _ = run(made, x=x)
    ours = opened(made)
    np.testing.assert_allclose(ours.run(x[0]).layers[0].outputs, y[:, 0, 0], **CLOSE)
    assert not ours.findings.notes


@pytest.mark.parametrize("turned", [False, True])
def test_symbols_that_are_moved_before_an_embedding_are_spoken_of(turned):
    table = draw(np.random.default_rng(4), 6, 3)
    listed: list[Step] = [("Cast", ["x"], "ids", {"to": TensorProto.INT64})]
    if turned:
        listed.append(("Slice", ["ids", "back", "start", "one", "back"], "other", {}))
    listed.append(("Gather", ["table", listed[-1][2]], "v", {}))
    made = with_lstm(steps(*listed), 3, table=table)
    y, _ = run(made, x=np.array([[0, 5, 2, 3, 1]], np.float32))
    ours = opened(made)
    outputs = ours.run(list("13250" if turned else "05231")).layers[0].outputs
    np.testing.assert_allclose(outputs, y[:, 0, 0], **CLOSE)
    notes = ours.findings.notes
    assert ["Slice '/other' stands before the embedding '/v'" in note for note in notes] == (
        [True] if turned else []
    )


def two_lstms(between: list[Any], directions: int = 1, units: int = 4) -> Any:
    """An LSTM of X (T, B, 3), some nodes from its Y to `middle`, and an LSTM of that."""
    rng = np.random.default_rng(5)
    first, second = (
        weights(rng, "LSTM", 3, units, directions),
        {f"{k}2": v for k, v in weights(rng, "LSTM", units * directions, 5).items()},
    )
    way = {"direction": "bidirectional"} if directions == 2 else {}
    nodes = [
        node("LSTM", first, units, **way),
        *between,
        make("LSTM", ["middle", "W2", "R2", "B2"], ["Y2"], name="second", hidden_size=5),
    ]
    return model(nodes, {**NUMBERS, **first, **second}, ("Y2",))


STRAIGHT: list[Step] = [("Squeeze", ["Y", "one"], "middle", {})]
EXCHANGED: list[Step] = [
    ("Squeeze", ["Y", "one"], "q", {}),
    ("Transpose", ["q"], "middle", {"perm": [1, 0, 2]}),
]
RESHAPED: list[Step] = [
    ("Transpose", ["Y"], "q", {"perm": [0, 2, 1, 3]}),
    ("Reshape", ["q", "joined"], "r", {}),
    ("Transpose", ["r"], "middle", {"perm": [1, 0, 2]}),
]
BACK_AGAIN: list[Step] = [
    *EXCHANGED[:1],
    ("Transpose", ["q"], "t", {"perm": [1, 0, 2]}),
    ("Transpose", ["t"], "middle", {"perm": [1, 0, 2]}),
]


@pytest.mark.parametrize(
    ("listed", "follows"),
    [(STRAIGHT, True), (BACK_AGAIN, True), (EXCHANGED, False), (RESHAPED, False)],
)
def test_a_layer_that_runs_over_the_batch_of_the_one_before_it_does_not_follow_it(listed, follows):
    made = two_lstms(steps(*listed))
    joined = onnx.numpy_helper.from_array(np.array([0, 0, -1]), "joined")
    made.graph.initializer.append(joined)
    x = draw(np.random.default_rng(1), 6, 2, 3)
    (expected,) = run(made, X=x)
    ours = opened(made)
    assert ours.layers[1].follows is follows
    first = ours.layers[0].unroll(np.moveaxis(x, 0, 1)).outputs  # (B, T, H)
    read = first if follows else np.moveaxis(first, 0, 1)
    outputs = ours.layers[1].unroll(read).outputs
    np.testing.assert_allclose(np.moveaxis(outputs, 0, 1), expected[:, 0], **CLOSE)
    assert ours.findings.notes == (
        ()
        if follows
        else (
            "'second' reads what LSTM 'recurrent' gives, with time and batch in each other's "
            "place: here it begins a chain of its own. A capture in your own process records what "
            "it reads.",
        )
    )


@pytest.mark.parametrize("batch", [1, 2])
def test_two_directions_are_joined_by_a_reshape_only_in_a_batch_of_one(batch):
    made = two_lstms(steps(("Reshape", ["Y", "to"], "middle", {})), directions=2)
    shape = onnx.numpy_helper.from_array(np.array([6, batch, 8]), "to")
    made.graph.initializer.append(shape)
    x = draw(np.random.default_rng(1), 6, batch, 3)
    (expected,) = run(made, X=x)
    ours = opened(made)
    assert ours.layers[1].follows is (batch == 1)
    if batch == 1:
        outputs = ours.run_inputs(np.moveaxis(x, 0, 1)).layers[-1].outputs
        np.testing.assert_allclose(np.moveaxis(outputs, 0, 1), expected[:, 0], **CLOSE)
    else:
        (note,) = ours.findings.notes
        assert note.startswith("'second' reads what Reshape '/middle' gives: here it begins")


@pytest.mark.parametrize("kind", ["Slice", "Relu"])
def test_a_layer_says_what_it_reads_where_that_is_not_run(kind):
    inputs = ["q", "back", "start", "zero", "back"] if kind == "Slice" else ["q"]
    made = two_lstms(steps(("Squeeze", ["Y", "one"], "q", {}), (kind, inputs, "middle", {})))
    ours = opened(made)
    assert not ours.layers[1].follows
    assert ours.findings.notes == (
        f"'second' reads what {kind} '/middle' gives: here it begins a chain of its own. "
        "A capture in your own process records what it reads.",
    )


@pytest.mark.parametrize("state", ["initial_h", "initial_c"])
def test_a_start_of_zeros_of_another_size_is_refused_as_onnxruntime_refuses_it(state):
    cell = weights(np.random.default_rng(6), "LSTM", 3, 2)
    cell[state] = np.zeros((1, 1, 5), np.float32)
    made = model([node("LSTM", cell, 2)], cell, ("Y",))
    with pytest.raises(Exception, match=r"initial_[hc]"):
        run(made, X=draw(np.random.default_rng(1), 6, 1, 3))
    with pytest.raises(ModelFileError, match=r"'recurrent': an initial state is \(1, 1, 5\)"):
        opened(made)


def in_a_loop(start: np.ndarray) -> Any:
    """x (B, 6, 3), and an LSTM of one timestep in the body of a loop that hands its h and c on."""
    cell = weights(np.random.default_rng(7), "LSTM", 3, 4)
    body = [
        make("Gather", ["x", "t"], ["step"], axis=1),
        make("Unsqueeze", ["step", "zero"], ["X"]),
        make("Unsqueeze", ["h", "zero"], ["initial_h"]),
        make("Unsqueeze", ["c", "zero"], ["initial_c"]),
        node("LSTM", {*cell, "initial_h", "initial_c"}, 4),
        make("Squeeze", ["Y_h", "zero"], ["h_next"]),
        make("Squeeze", ["Y_c", "zero"], ["c_next"]),
        make("Identity", ["go"], ["go_on"]),
    ]
    types = {"t": TensorProto.INT64, "go": TensorProto.BOOL}
    ins = [
        helper.make_tensor_value_info(name, types.get(name, TensorProto.FLOAT), shape)
        for name, shape in (("t", []), ("go", []), ("h", [1, 4]), ("c", [1, 4]))
    ]
    outs = [
        helper.make_tensor_value_info(name, kind, shape)
        for name, kind, shape in (
            ("go_on", TensorProto.BOOL, []),
            ("h_next", TensorProto.FLOAT, [1, 4]),
            ("c_next", TensorProto.FLOAT, [1, 4]),
        )
    ]
    graph = helper.make_graph(body, "body", ins, outs)
    loop = make("Loop", ["count", "yes", "h0", "c0"], ["last", "c_last"], name="loop", body=graph)
    constants = {
        **NUMBERS,
        **cell,
        "count": np.array(6),
        "yes": np.array(True),
        "h0": start,
        "c0": np.zeros((1, 4), np.float32),
    }
    return model([loop], constants, ("last",), {"x": TensorProto.FLOAT})


def test_a_state_that_a_loop_hands_on_is_no_state_of_every_timestep():
    made = in_a_loop(np.zeros((1, 4), np.float32))
    x = draw(np.random.default_rng(1), 1, 6, 3)
    (last,) = run(made, x=x)
    ours = opened(made)
    np.testing.assert_allclose(ours.run(x[0]).layers[0].outputs[-1:], last, **CLOSE)
    assert [note.partition(": ")[2] for note in ours.findings.notes] == [
        f"a loop hands its state on; the initial {words} is zero at the first timestep."
        for words in ("hidden state", "cell state")
    ]


def test_a_loop_that_begins_with_numbers_of_its_own_says_so():
    notes = opened(in_a_loop(np.ones((1, 4), np.float32))).findings.notes
    assert "given when the model runs; here it is zero" in notes[0]
    assert "zero at the first timestep" in notes[1]


def test_a_second_layer_of_an_input_in_another_shape_says_what_it_reads():
    made = two_lstms(steps(("Reshape", ["X", "to"], "middle", {})), units=3)
    made.graph.initializer.append(onnx.numpy_helper.from_array(np.array([2, 6, 3]), "to"))
    ours = opened(made)
    assert [layer.follows for layer in ours.layers[1:]] == [False]
    (note,) = ours.findings.notes
    assert note.startswith("'second' reads what Reshape '/middle' gives: here it begins")


def test_a_second_layer_of_the_same_input_is_nothing_to_speak_of():
    ours = opened(two_lstms(steps(("Identity", ["X"], "middle", {})), units=3))
    assert [layer.follows for layer in ours.layers[1:]] == [False]
    assert not ours.findings.notes


def test_an_operator_with_no_plain_name_is_shown_as_what_it_is_called():
    strange = make("My\nop", ["x"], ["v"], name="/v", domain="own")
    (note,) = opened(with_lstm([strange], 3)).findings.notes
    assert note.startswith("'My")
    assert "\n" not in note


@pytest.mark.parametrize(("count", "are"), [(1, "1 operator before"), (2, "2 operators before")])
def test_what_is_run_before_a_layer_is_counted(count, are):
    listed: list[Step] = [("Tanh", ["x"], "v", {}), ("Relu", ["v"], "w", {})]
    made = with_lstm(steps(*listed[:count]), 3, reads="vw"[count - 1])
    (note,) = opened(made).findings.notes
    assert note.startswith(f"{are} 'recurrent' {'is' if count == 1 else 'are'} run, too")
