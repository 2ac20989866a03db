"""Keras's weights without a description: what tells a cell's kind and parts, what is assumed."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest

from lstm_core import ModelFileError, load_model
from lstm_core.cells.gru import GRUParameters

from .onnx_models import draw

CASES = Path(__file__).with_name("cases")
CLOSE = {"rtol": 0, "atol": 5e-6}
CELL = {"kernel": (3, 16), "recurrent_kernel": (4, 16), "bias": (16,)}


def saved(**shapes: tuple[int, ...]) -> tuple[bytes, dict[str, np.ndarray]]:
    """What np.savez writes of arrays by name, and the arrays."""
    rng, file = np.random.default_rng(0), io.BytesIO()
    arrays = {name: draw(rng, *shape) for name, shape in shapes.items()}
    np.savez(file, **arrays)
    return file.getvalue(), arrays


def lstm(x: np.ndarray, kernel: np.ndarray, recurrent: np.ndarray, bias: np.ndarray) -> np.ndarray:
    """What Keras's LSTM computes, block by block: i f c o."""
    h = c = np.zeros(len(recurrent))
    outputs = []
    for step in x:
        i, f, g, o = np.split(step @ kernel + h @ recurrent + bias, 4)
        c = c / (1 + np.exp(-f)) + np.tanh(g) / (1 + np.exp(-i))
        h = np.tanh(c) / (1 + np.exp(-o))
        outputs.append(h)
    return np.array(outputs)


@pytest.mark.parametrize(
    "names", [("dense_w", "dense_b"), ("W", "b"), ("out_weight", "out_bias"), ("fc_kernel", None)]
)
def test_a_dense_layer_in_the_same_group_as_a_cell_is_told_by_its_name_and_shape(names):
    kernel, bias = names
    head = {kernel: (4, 2)} | ({bias: (2,)} if bias else {})
    content, arrays = saved(**CELL, **head)
    model = load_model(content, name="weights.npz")
    x = draw(np.random.default_rng(1), 6, 3)
    h = lstm(x, *(arrays[name] for name in CELL))
    expected = h @ arrays[kernel] + (arrays[bias] if bias else 0)
    run = model.run(x)
    np.testing.assert_allclose(run.layers[0].outputs, h, **CLOSE)
    np.testing.assert_allclose(run.predictions, expected, **CLOSE)


def test_a_dense_layer_listed_first_stands_in_front_and_several_behind_are_named():
    first, _ = saved(in_w=(2, 3), in_b=(3,), **CELL)
    (note,) = load_model(first, name="weights.npz").findings.notes
    assert "the file lists 'arrays/in': not run here" in note
    several, _ = saved(**CELL, w1=(4, 6), b1=(6,), w2=(6, 2), b2=(2,))
    (note,) = load_model(several, name="weights.npz").findings.notes
    assert note.startswith("No predictions are shown")
    assert "'arrays/dense1', 'arrays/dense2'" in note


@pytest.mark.parametrize(
    "more",
    [
        {"peephole_w": (4,)},
        {"peephole_w": (4,), "dense_w": (4, 2), "dense_b": (2,)},
        {"gamma": (16,), "beta": (16,)},
        {"x": (4, 7, 2)},
    ],
)
def test_what_may_be_of_the_cell_is_not_taken_from_it(more):
    content, _ = saved(**CELL, **more)
    with pytest.raises(ModelFileError, match="holds no LSTM"):
        load_model(content, name="weights.npz")


def test_a_bias_under_another_name_is_still_the_cells():
    content, arrays = saved(kernel=(3, 16), recurrent_kernel=(4, 16), b=(16,))
    x = draw(np.random.default_rng(1), 6, 3)
    ours = load_model(content, name="weights.npz").run(x).layers[0].outputs
    np.testing.assert_allclose(ours, lstm(x, *arrays.values()), **CLOSE)


@pytest.mark.parametrize("bias", [(12,), (2, 12), None])
def test_which_way_a_gru_without_biases_resets_is_assumed_aloud(bias):
    given = {"bias": bias} if bias else {}
    content, _ = saved(kernel=(3, 12), recurrent_kernel=(4, 12), **given)
    model = load_model(content, name="weights.npz")
    cell = model.layers[0].forward
    assert isinstance(cell, GRUParameters)
    assert cell.reset_after is (bias != (12,))
    said = [a for a in model.findings.assumptions if "reset_after" in a.reason]
    assert [a.value for a in said] == ([] if bias else ["reset after the product"])


def test_an_lstm_without_biases_has_nothing_to_reset():
    content, _ = saved(kernel=(3, 16), recurrent_kernel=(4, 16))
    found = load_model(content, name="weights.npz").findings
    assert not any("reset" in assumption.value for assumption in found.assumptions)


def test_two_directions_of_different_kinds_are_each_of_their_own():
    model = load_model(CASES / "two_kinds_of_direction.weights.h5")
    with np.load(CASES / "two_kinds_of_direction.npz") as arrays:
        x, h, y = arrays["x"], arrays["h"], arrays["y"]
    before, forward, backward = model.layers
    kinds = [(layer.kind, layer.reverse, layer.follows) for layer in (forward, backward)]
    assert kinds == [("gru", False, True), ("lstm", True, False)]
    np.testing.assert_allclose(before.unroll(x).outputs, h, **CLOSE)
    ours = [layer.unroll(h).outputs for layer in (forward, backward)]
    np.testing.assert_allclose(np.concatenate(ours, axis=-1), y, **CLOSE)
    assert any("each way by itself" in note for note in model.findings.notes)


@pytest.mark.parametrize(("units", "together"), [(4, True), (5, False)])
def test_two_directions_of_different_sizes_are_each_of_their_own(units, together):
    content, _ = saved(
        **{f"two/forward_lstm/{name}": shape for name, shape in CELL.items()},
        **{
            "two/backward_lstm/kernel": (3, 4 * units),
            "two/backward_lstm/recurrent_kernel": (units, 4 * units),
            "two/backward_lstm/bias": (4 * units,),
        },
    )
    model = load_model(content, name="weights.npz")
    assert [layer.bidirectional for layer in model.layers] == (
        [True] if together else [False, False]
    )
    assert [layer.reverse for layer in model.layers] == ([False] if together else [False, True])
