"""Agreement with PyTorch and Keras: their numbers, kept small, with the scripts that made them.

Each framework's own order of blocks is written out here, once; the files hold weights as the
framework keeps them. See tests/golden/make_torch_cells.py and make_keras_cells.py.
"""

from __future__ import annotations

import itertools
import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lstm_core import (
    GRUParameters,
    LSTMParameters,
    LSTMState,
    LSTMVariant,
    RNNParameters,
    State,
    unroll,
)
from lstm_core.activations import HARD_SIGMOID_SIXTH

GOLDEN = Path(__file__).parents[1] / "golden"
TORCH = {"lstm": "ifgo", "gru": "rzn", "rnn": "h"}
KERAS = {"lstm": "ifgo", "gru": "zrn", "rnn": "h"}
OURS = {"lstm": "ifgo", "gru": "rzn", "rnn": "h"}


@cache
def load(framework: str) -> tuple[dict[str, dict[str, np.ndarray]], dict[str, Any]]:
    """Every case's numbers by name, and the file's provenance."""
    cases: dict[str, dict[str, np.ndarray]] = {}
    with np.load(GOLDEN / f"{framework}_cells.npz", allow_pickle=False) as file:
        for key in set(file.files) - {"provenance"}:
            case, name = key.split("/")
            cases.setdefault(case, {})[name] = file[key]
        return cases, json.loads(str(file["provenance"]))


def reordered(columns: np.ndarray, theirs: str, ours: str) -> np.ndarray:
    """The blocks along the last axis, put from their order into ours."""
    blocks = dict(zip(theirs, np.split(columns, len(theirs), axis=-1), strict=True))
    return np.concatenate([blocks[b] for b in ours], axis=-1)


def from_torch(kind: str, case: str, numbers: dict[str, np.ndarray], order: str) -> Any:
    """PyTorch keeps rows, two biases, and b_hn of the GRU inside the reset."""
    w, u, bw, bu = (
        reordered(numbers[f"{name}_l0"].T, order, OURS[kind])
        for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    )
    if kind == "lstm":
        projection = numbers.get("weight_hr_l0")
        return LSTMParameters(
            kernel=w,
            recurrent_kernel=u,
            bias=bw + bu,
            projection=None if projection is None else projection.T,
        )
    if kind == "rnn":
        activation = "relu" if "relu" in case else "tanh"
        return RNNParameters(kernel=w, recurrent_kernel=u, bias=bw + bu, activation=activation)
    return with_reset_after(w, u, bw, bu)


def from_keras(kind: str, case: str, numbers: dict[str, np.ndarray], order: str) -> Any:
    """Keras keeps columns; a GRU with reset_after has two biases."""
    w, u, b = (
        reordered(numbers[name], order, OURS[kind])
        for name in ("kernel", "recurrent_kernel", "bias")
    )
    if kind == "lstm":
        hard = LSTMVariant(
            recurrent_activation=HARD_SIGMOID_SIXTH, activation="relu", output_activation="relu"
        )
        variant = hard if "hard" in case else LSTMVariant()
        return LSTMParameters(kernel=w, recurrent_kernel=u, bias=b, variant=variant)
    if kind == "rnn":
        return RNNParameters(kernel=w, recurrent_kernel=u, bias=b)
    return (
        with_reset_after(w, u, b[0], b[1])
        if b.ndim == 2
        else GRUParameters(kernel=w, recurrent_kernel=u, bias=b)
    )


def with_reset_after(w: np.ndarray, u: np.ndarray, bw: np.ndarray, bu: np.ndarray) -> GRUParameters:
    """Sum the biases of the gates; keep the candidate's recurrent one inside the reset."""
    both = 2 * len(u)
    return GRUParameters(
        kernel=w,
        recurrent_kernel=u,
        bias=np.concatenate([bw[:both] + bu[:both], bw[both:]]),
        recurrent_bias=bu[both:],
    )


READERS = {"torch": (from_torch, TORCH), "keras": (from_keras, KERAS)}
CASES = [(framework, case) for framework in READERS for case in sorted(load(framework)[0])]


def worst_difference(framework: str, case: str, order: str | None = None) -> float:
    """The largest deviation of our outputs and final states from theirs, |c| relative."""
    cases, provenance = load(framework)
    numbers, kind = cases[case], case.split(",", maxsplit=1)[0]
    read, orders = READERS[framework]
    parameters = read(kind, case, numbers, order or orders[kind])
    state: Any = State(hidden_state=numbers["h"])
    if kind == "lstm":
        state = LSTMState(hidden_state=numbers["h"], cell_state=numbers["c"])
    trace = unroll(parameters, numbers["x"], state, np.array(provenance["lengths"]))
    pairs = [(trace.hidden_state, "y"), (trace.final_state.hidden_state, "final_h")]
    if kind == "lstm":
        pairs.append((trace.final_state.cell_state, "final_c"))
    return max(
        float(np.max(np.abs(mine - numbers[name]) / np.maximum(1, np.abs(numbers[name]))))
        for mine, name in pairs
    )


@pytest.mark.parametrize(("framework", "case"), CASES)
def test_our_run_is_their_run(framework, case):
    assert worst_difference(framework, case) < 1e-6


@pytest.mark.parametrize(("framework", "case"), [c for c in CASES if c[1].startswith("lstm")])
def test_only_one_of_24_gate_orders_is_theirs(framework, case):
    orders = ("".join(order) for order in itertools.permutations("ifgo"))
    right = [order for order in orders if worst_difference(framework, case, order) < 1e-3]
    assert right == ["ifgo"]


@pytest.mark.parametrize(("framework", "case"), [c for c in CASES if c[1].startswith("gru")])
def test_only_one_of_6_gate_orders_is_theirs(framework, case):
    orders = ("".join(order) for order in itertools.permutations("rzn"))
    right = [order for order in orders if worst_difference(framework, case, order) < 1e-3]
    assert right == [READERS[framework][1]["gru"]]


@pytest.mark.parametrize("framework", READERS)
def test_the_golden_numbers_say_where_they_come_from(framework):
    provenance = load(framework)[1]
    assert provenance[framework]
    assert (GOLDEN / provenance["made by"]).exists()
