"""Gradients and updates agree with PyTorch's: see tests/golden/make_torch_gradients.py."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lstm_core import (
    EmbeddingEncoder,
    GRUParameters,
    Layer,
    LSTMParameters,
    LSTMState,
    Model,
    Readout,
    RNNParameters,
    State,
    unroll,
)
from lstm_core.gradients import backward
from lstm_core.model.weights import weights
from lstm_core.training import SGD, Adam, Batch, loss_and_gradients
from lstm_core.training.optimisers import clipped

Numbers = dict[str, np.ndarray]
GOLDEN = Path(__file__).parents[2] / "golden" / "torch_gradients.npz"
PRECISION = {"rtol": 1e-10, "atol": 1e-12}


def golden() -> tuple[dict[str, Numbers], dict[str, Any]]:
    cases: dict[str, Numbers] = {}
    with np.load(GOLDEN, allow_pickle=False) as file:
        for key in set(file.files) - {"provenance"}:
            case, name = key.split("/")
            cases.setdefault(case, {})[name] = file[key]
        return cases, json.loads(str(file["provenance"]))


CASES, PROVENANCE = golden()
LENGTHS = np.array(PROVENANCE["lengths"])
LAYERS = sorted(name for name in CASES if name[:3] in ("lst", "gru", "rnn"))


def cell_arrays(kind: str, numbers: Numbers, prefix: str, suffix: str = "_l0") -> Numbers:
    """PyTorch's rows as our columns; `prefix` begins with "d_" where they are gradients.

    The sum of two biases has the gradient of either.
    """
    w, u, b, b_h = (
        numbers[f"{prefix}{name}{suffix}"]
        for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    )
    found = {"kernel": w.T, "recurrent_kernel": u.T, "bias": b}
    gates = len(b) if kind != "gru" else len(b) // 3 * 2
    if not prefix.startswith("d_"):
        found["bias"] = b + np.where(np.arange(len(b)) < gates, b_h, 0)
    if kind == "gru":
        found["recurrent_bias"] = b_h[gates:]
    if f"{prefix}weight_hr{suffix}" in numbers:
        found["projection"] = numbers[f"{prefix}weight_hr{suffix}"].T
    return found


def cell(case: str) -> Any:
    kind, arrays = case[:3], cell_arrays(case[:3], CASES[case], "")
    if kind == "rnn":
        return RNNParameters(**arrays, activation=case.removeprefix("rnn, "))
    return (GRUParameters if kind == "gru" else LSTMParameters)(**arrays)


def state(case: str, h: str, c: str) -> Any:
    numbers = CASES[case]
    if case.startswith("lstm"):
        return LSTMState(hidden_state=numbers[h][0], cell_state=numbers[c][0])
    return State(hidden_state=numbers[h][0])


@pytest.mark.parametrize("case", LAYERS)
def test_gradients_of_a_layer_agree_with_torch(case):
    numbers = CASES[case]
    trace = unroll(cell(case), numbers["x"], state(case, "h", "c"), LENGTHS)
    found = backward(trace, numbers["loss_y"], state(case, "loss_h", "loss_c"))

    for name, expected in cell_arrays(case[:3], numbers, "d_").items():
        np.testing.assert_allclose(getattr(found.parameters, name), expected, **PRECISION)
    np.testing.assert_allclose(found.inputs, numbers["d_x"], **PRECISION)
    expected_initial = state(case, "d_h", "d_c")
    for name, expected in vars(expected_initial).items():
        np.testing.assert_allclose(getattr(found.initial, name), expected, **PRECISION)


def whole_model(prefix: str) -> Model:
    """Embedding, two bidirectional layers, softmax; of weights, or of their gradients."""
    numbers = CASES["whole model"]
    direction = lambda suffix: LSTMParameters(  # noqa: E731
        **cell_arrays("lstm", numbers, f"{prefix}lstm.", suffix)
    )
    layers = tuple(
        Layer(name=f"{k}", forward=direction(f"_l{k}"), backward=direction(f"_l{k}_reverse"))
        for k in range(2)
    )
    return Model(
        layers=layers,
        encoder=EmbeddingEncoder(
            alphabet=tuple("abcdef"), embedding=numbers[f"{prefix}embedding.weight"]
        ),
        readout=Readout(
            kernel=numbers[f"{prefix}readout.weight"].T,
            bias=numbers[f"{prefix}readout.bias"],
            activation="softmax",
            labels=tuple("vwxyz"),
        ),
    )


def test_gradients_of_a_whole_model_agree_with_torch():
    numbers = CASES["whole model"]
    model = whole_model("")
    batch = Batch(inputs=numbers["x"], targets=numbers["targets"], lengths=LENGTHS)
    loss, found = loss_and_gradients(model, batch, "cross_entropy")

    assert loss == pytest.approx(float(numbers["loss"]), rel=1e-12)
    expected = weights(whole_model("d_"))
    assert set(found) == set(expected)
    for name, gradient in expected.items():
        np.testing.assert_allclose(found[name], gradient, err_msg=name, **PRECISION)


@pytest.mark.parametrize(
    ("case", "optimiser", "learning_rate"),
    [("sgd", SGD(), 0.1), ("momentum", SGD(momentum=0.9), 0.1), ("adam", Adam(), 0.01)],
)
def test_every_update_agrees_with_torch(case, optimiser, learning_rate):
    numbers = CASES[case]
    current = {"w": numbers["start"]}
    memory = optimiser.start(current)
    for gradient, expected in zip(numbers["gradients"], numbers["path"], strict=True):
        current, memory = optimiser.update(current, {"w": gradient}, memory, learning_rate)
        np.testing.assert_allclose(current["w"], expected, rtol=1e-10)


def test_gradients_clipped_by_norm_agree_with_torch():
    numbers = CASES["clipping"]
    before = {"a": numbers["before_0"], "b": numbers["before_1"]}
    shortened, length = clipped(before, PROVENANCE["longest"])
    assert length == pytest.approx(float(numbers["norm"]), rel=1e-12)
    assert length > PROVENANCE["longest"]
    # PyTorch divides by the norm + 1e-6
    np.testing.assert_allclose(shortened["a"], numbers["after_0"], rtol=1e-6)
    np.testing.assert_allclose(shortened["b"], numbers["after_1"], rtol=1e-6)
