"""Agreement with onnxruntime, live: every option that the ONNX operators know.

ONNX's own order of blocks is i o f c, that of its peepholes i o f, and its GRU's z r h:
weights that differ in every block make any swap visible, and a test shows that they do.
Source: the ONNX operators LSTM, GRU and RNN, opset 14.
"""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import onnxruntime
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from onnx import TensorProto, helper

from lstm_core import (
    GRUParameters,
    LSTMParameters,
    LSTMState,
    LSTMVariant,
    RNNParameters,
    State,
    unroll,
)

ORDER = {
    "lstm": ("input_gate", "output_gate", "forget_gate", "candidate"),
    "gru": ("update_gate", "reset_gate", "candidate"),
    "rnn": ("hidden_state",),
}
STATES = ("initial_h", "initial_c")


def draw(rng: np.random.Generator, *shape: int) -> np.ndarray:
    return rng.normal(0, 0.7, shape).astype(np.float32)


def rows(parameters: Any, values: np.ndarray, order: tuple[str, ...]) -> np.ndarray:
    """Our columns (·, B·H) as ONNX's rows [1, B·H, ·] in the given order of blocks."""
    blocks = parameters.split(values)
    return np.concatenate([blocks[name] for name in order], axis=-1).T[np.newaxis]


def onnx_inputs(parameters: Any, order: tuple[str, ...]) -> dict[str, np.ndarray]:
    """W, R and B (and P) of the operator."""
    recurrent_bias = np.zeros_like(parameters.bias)
    if parameters.kind == "gru" and parameters.reset_after:
        recurrent_bias[-parameters.hidden_size :] = parameters.recurrent_bias
    biases = [rows(parameters, b[np.newaxis], order) for b in (parameters.bias, recurrent_bias)]
    tensors = {
        "W": rows(parameters, parameters.kernel, order),
        "R": rows(parameters, parameters.recurrent_kernel, order),
        "B": np.concatenate(biases, axis=1)[..., 0],
    }
    if getattr(parameters, "peephole", None) is not None:
        i, f, o = parameters.peephole
        tensors["P"] = np.concatenate([i, o, f])[np.newaxis]
    return {name: np.ascontiguousarray(t) for name, t in tensors.items()}


def run_onnx(
    parameters: Any,
    x: np.ndarray,
    state: Any,
    lengths: np.ndarray,
    attributes: dict[str, Any],
    order: tuple[str, ...] = (),
) -> list[np.ndarray]:
    """Y (T, N, H) and the final states (N, H) of one operator in onnxruntime."""
    kind = parameters.kind
    tensors = onnx_inputs(parameters, order or ORDER[kind])
    feed = {"X": x, **tensors, "lengths": lengths.astype(np.int32)}
    given = [state.hidden_state, getattr(state, "cell_state", None)]
    feed |= {n: s[np.newaxis] for n, s in zip(STATES, given, strict=True) if s is not None}
    slots = ["X", "W", "R", "B", "lengths", *STATES, "P"][: 8 if kind == "lstm" else 6]
    outputs = ["Y", "Y_h", "Y_c"][: 3 if kind == "lstm" else 2]
    node = helper.make_node(
        kind.upper(),
        [name if name in feed else "" for name in slots],
        outputs,
        hidden_size=parameters.hidden_size,
        **attributes,
    )
    types = {np.dtype("float32"): TensorProto.FLOAT, np.dtype("int32"): TensorProto.INT32}
    graph = helper.make_graph(
        [node],
        "agreement",
        [helper.make_tensor_value_info(n, types[v.dtype], v.shape) for n, v in feed.items()],
        [helper.make_tensor_value_info(n, TensorProto.FLOAT, None) for n in outputs],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 14)], ir_version=8)
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    y, *final = session.run(None, feed)
    return [y[:, 0], *(f[0] for f in final)]


def agrees(parameters: Any, x: np.ndarray, state: Any, lengths: np.ndarray, **attributes: Any):
    """Assert that our run is onnxruntime's run."""
    reverse = attributes.get("direction") == "reverse"
    y, *final = run_onnx(parameters, x, state, lengths, attributes)
    trace = unroll(parameters, np.moveaxis(x, 0, 1), state, lengths, reverse)
    ours = [np.moveaxis(trace.hidden_state, 1, 0), trace.final_state.hidden_state]
    if parameters.kind == "lstm":
        ours.append(trace.final_state.cell_state)
    for mine, theirs in zip(ours, [y, *final], strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=2e-6, atol=3e-6)


@st.composite
def sizes(draw_: st.DrawFn) -> tuple[np.random.Generator, int, int, np.ndarray, np.ndarray]:
    """A generator, D, H (often equal), x (T, N, D) with T >= 5 and N > 1, and ragged lengths."""
    rng = np.random.default_rng(draw_(st.integers(0, 2**32 - 1)))
    hidden = draw_(st.integers(1, 6))
    inputs = draw_(st.just(hidden) | st.integers(1, 6))
    timesteps, batch = draw_(st.integers(5, 8)), draw_(st.integers(2, 3))
    lengths = rng.integers(1, timesteps + 1, batch)
    lengths[0] = timesteps
    return rng, inputs, hidden, draw(rng, timesteps, batch, inputs), lengths


directions = st.sampled_from(["forward", "reverse"])
# Alphas and betas go, in order, to the functions that take them.
ACTIVATIONS: dict[tuple[str, str, str], dict[str, Any]] = {
    ("sigmoid", "tanh", "tanh"): {"activations": ["Sigmoid", "Tanh", "Tanh"]},
    ("tanh", "sigmoid", "sigmoid"): {"activations": ["Tanh", "Sigmoid", "Sigmoid"]},
    ("hard_sigmoid(0.2, 0.5)", "relu", "tanh"): {
        "activations": ["HardSigmoid", "Relu", "Tanh"],
        "activation_alpha": [0.2],
        "activation_beta": [0.5],
    },
    ("sigmoid", "softsign", "affine(0.75, -0.25)"): {
        "activations": ["Sigmoid", "Softsign", "Affine"],
        "activation_alpha": [0.75],
        "activation_beta": [-0.25],
    },
}


def lstm(rng: np.random.Generator, inputs: int, hidden: int, **options: Any) -> LSTMParameters:
    return LSTMParameters(
        kernel=draw(rng, inputs, 4 * hidden),
        recurrent_kernel=draw(rng, hidden, 4 * hidden),
        bias=draw(rng, 4 * hidden),
        **options,
    )


def lstm_state(rng: np.random.Generator, batch: int, hidden: int) -> LSTMState:
    return LSTMState(hidden_state=draw(rng, batch, hidden), cell_state=draw(rng, batch, hidden))


@settings(max_examples=60, deadline=None)
@given(sizes(), directions, st.booleans(), st.sampled_from([None, 0.5]))
def test_lstm_with_peepholes_clip_direction_and_ragged_lengths(size, direction, peepholes, clip):
    rng, inputs, hidden, x, lengths = size
    parameters = lstm(
        rng,
        inputs,
        hidden,
        peephole=draw(rng, 3, hidden) if peepholes else None,
        variant=LSTMVariant(clip=clip),
    )
    attributes = {"direction": direction} | ({"clip": clip} if clip else {})
    agrees(parameters, x, lstm_state(rng, x.shape[1], hidden), lengths, **attributes)


@settings(max_examples=30, deadline=None)
@given(sizes(), st.sampled_from(sorted(ACTIVATIONS)))
def test_lstm_with_other_activations(size, names):
    rng, inputs, hidden, x, lengths = size
    gate, candidate, shown = names
    variant = LSTMVariant(recurrent_activation=gate, activation=candidate, output_activation=shown)
    agrees(
        lstm(rng, inputs, hidden, variant=variant),
        x,
        lstm_state(rng, x.shape[1], hidden),
        lengths,
        **ACTIVATIONS[names],
    )


@settings(max_examples=30, deadline=None)
@given(sizes())
def test_lstm_with_coupled_gates(size):
    rng, inputs, hidden, x, lengths = size
    full = lstm(rng, inputs, hidden)
    state = lstm_state(rng, x.shape[1], hidden)
    y, *final = run_onnx(full, x, state, lengths, {"input_forget": 1})

    def without_forget(values: np.ndarray) -> np.ndarray:
        return np.delete(values, np.s_[hidden : 2 * hidden], axis=-1)

    coupled = LSTMParameters(
        kernel=without_forget(full.kernel),
        recurrent_kernel=without_forget(full.recurrent_kernel),
        bias=without_forget(full.bias),
        variant=LSTMVariant(forget="coupled"),
    )
    trace = unroll(coupled, np.moveaxis(x, 0, 1), state, lengths)
    np.testing.assert_allclose(np.moveaxis(trace.hidden_state, 1, 0), y, rtol=2e-6, atol=3e-6)
    np.testing.assert_allclose(trace.final_state.cell_state, final[1], rtol=2e-6, atol=3e-6)


@settings(max_examples=40, deadline=None)
@given(sizes(), directions, st.booleans())
def test_gru_with_the_reset_before_and_after(size, direction, reset_after):
    rng, inputs, hidden, x, lengths = size
    parameters = GRUParameters(
        kernel=draw(rng, inputs, 3 * hidden),
        recurrent_kernel=draw(rng, hidden, 3 * hidden),
        bias=draw(rng, 3 * hidden),
        recurrent_bias=draw(rng, hidden) if reset_after else None,
    )
    state = State(hidden_state=draw(rng, x.shape[1], hidden))
    attributes = {"direction": direction, "linear_before_reset": int(reset_after)}
    agrees(parameters, x, state, lengths, **attributes)


@settings(max_examples=20, deadline=None)
@given(sizes(), directions, st.sampled_from([("tanh", "Tanh"), ("relu", "Relu")]))
def test_standard_rnn(size, direction, names):
    rng, inputs, hidden, x, lengths = size
    parameters = RNNParameters(
        kernel=draw(rng, inputs, hidden),
        recurrent_kernel=draw(rng, hidden, hidden),
        bias=draw(rng, hidden),
        activation=names[0],
    )
    state = State(hidden_state=draw(rng, x.shape[1], hidden))
    agrees(parameters, x, state, lengths, direction=direction, activations=[names[1]])


def how_many_orders_agree(parameters: Any, x: np.ndarray, state: Any) -> list[tuple[str, ...]]:
    """The orders of blocks in which onnxruntime computes what we compute."""
    lengths = np.full(x.shape[1], len(x))
    ours = unroll(parameters, np.moveaxis(x, 0, 1), state).hidden_state
    orders = itertools.permutations(ORDER[parameters.kind])
    runs = {order: run_onnx(parameters, x, state, lengths, {}, order)[0] for order in orders}
    return [o for o, y in runs.items() if np.allclose(np.moveaxis(y, 0, 1), ours, atol=1e-3)]


@pytest.mark.parametrize(("inputs", "hidden"), [(4, 4), (3, 5)])
def test_only_the_right_one_of_24_gate_orders_agrees(inputs, hidden):
    rng = np.random.default_rng(24)
    parameters, state = lstm(rng, inputs, hidden), lstm_state(rng, 2, hidden)
    assert how_many_orders_agree(parameters, draw(rng, 6, 2, inputs), state) == [ORDER["lstm"]]
