"""ONNX files: what we open computes what onnxruntime computes, for every option it knows."""

from __future__ import annotations

import itertools
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
    assume(all(np.abs(states).max() < 20 for states in (y, *y_c)))
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
def cases(draw_: st.DrawFn, kind: str) -> tuple[dict, np.ndarray, np.ndarray, dict]:
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
    **{"HardSigmoid": 2, "Affine": 2, "ScaledTanh": 2},
    **{"LeakyRelu": 1, "Elu": 1, "ThresholdedRelu": 1},
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
