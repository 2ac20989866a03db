"""The check against another framework: what counts as the same, and what cannot be compared."""

from __future__ import annotations

import contextlib
import dataclasses
import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from app.inputs.arrays import csv_bytes, npy_bytes
from app.inputs.reference import (
    TOLERANCE,
    ReferenceProblem,
    compare,
    reference_from_file,
    reference_from_text,
)
from lstm_core import Layer, LSTMParameters, load_model

GOLDEN = Path(__file__).parents[2] / "golden" / "torch"
T, H = 7, 3


def layer(seed: int = 1, directions: int = 1) -> Layer:
    rng = np.random.default_rng(seed)
    forward, backward = (
        LSTMParameters(
            kernel=rng.normal(size=(2, 4 * H)),
            recurrent_kernel=rng.normal(size=(H, 4 * H)),
            bias=rng.normal(size=4 * H),
        )
        for _ in range(2)
    )
    return Layer(name="l", forward=forward, backward=backward if directions == 2 else None)


def run(directions: int = 1):
    return layer(directions=directions).unroll(np.random.default_rng(0).normal(size=(T, 2)))


@given(st.integers(0, T - 1), st.integers(0, H - 1), st.floats(1e-4, 3))
def test_the_largest_difference_is_found_where_it_is(t, unit, change):
    ours = run()
    theirs = np.array(ours.outputs)
    theirs[t, unit] += change
    found = compare(ours, "concat", theirs)
    assert (found.timestep, found.unit) == (t, unit)
    assert found.difference == pytest.approx(change, rel=1e-9)
    assert (found.ours, found.theirs) == (ours.outputs[t, unit], theirs[t, unit])
    assert not found.agrees


def test_what_is_within_the_tolerance_agrees_and_what_is_not_does_not():
    ours = run()
    assert compare(ours, "concat", ours.outputs + 0.99 * TOLERANCE).agrees
    assert not compare(ours, "concat", ours.outputs + 1.01 * TOLERANCE).agrees


@pytest.mark.parametrize("shape", [(T, H), (1, T, H), (T, 1, H), (T, H, 1), (1, 1, T, H)])
def test_axes_of_length_one_do_not_matter(shape):
    ours = run()
    assert compare(ours, "concat", ours.outputs.reshape(shape)).difference == 0


@pytest.mark.parametrize("shape", [(T, H + 1), (H, T), (T * H,), (T - 1, H), (0,), (2, T, H), ()])
def test_another_shape_is_told_and_never_compared(shape):
    with pytest.raises(ReferenceProblem, match=r"expected \(7, 3\)"):
        compare(run(), "concat", np.zeros(shape))


def test_the_final_output_alone_is_compared_with_the_final_output():
    ours = run()
    found = compare(ours, "concat", ours.outputs[-1])
    assert found.final
    assert found.difference == 0
    assert found.numbers == H


def test_the_final_output_of_two_directions_is_where_each_has_read_everything():
    ours = run(directions=2)
    final = np.concatenate([ours.forward.hidden_state[-1], ours.backward.hidden_state[0]])
    assert compare(ours, "concat", final).difference == 0


@pytest.mark.parametrize("strange", [np.nan, np.inf])
def test_numbers_that_are_not_finite_never_agree(strange):
    theirs = np.array(run().outputs)
    theirs[2, 1] = strange
    with pytest.raises(ReferenceProblem, match="timestep 2, unit 1"):
        compare(run(), "concat", theirs)


@pytest.mark.parametrize(
    "name", ["lstm.pt", "lstm_square.pt", "gru.pt", "lstm_stacked_bidirectional.pt"]
)
def test_what_pytorch_computed_agrees_and_swapped_gates_do_not(name):
    expected = np.load(GOLDEN / "expected.npz")
    inputs, outputs = expected[f"{name}/x"][0], expected[f"{name}/y"][0]
    layers = load_model(GOLDEN / name).layers
    for below in layers[:-1]:
        inputs = below.unroll(inputs).outputs
    last = layers[-1]
    assert compare(last.unroll(inputs), last.merge, outputs).agrees
    blocks = np.split(last.forward.kernel, last.forward.kernel.shape[1] // last.hidden_size, axis=1)
    swapped = np.concatenate([blocks[1], blocks[0], *blocks[2:]], axis=1)
    wrong = dataclasses.replace(last, forward=dataclasses.replace(last.forward, kernel=swapped))
    assert not compare(wrong.unroll(inputs), last.merge, outputs).agrees


finite = st.floats(-1e6, 1e6, width=32)


@given(arrays(np.float32, st.tuples(st.integers(1, 5), st.integers(1, 5)), elements=finite))
def test_what_is_written_as_text_or_as_npy_is_read_back_exactly(values):
    for name, data in (("a.csv", csv_bytes(values)), ("a.npy", npy_bytes(values))):
        np.testing.assert_array_equal(reference_from_file(name, data).astype(np.float32), values)


@given(arrays(np.float64, st.tuples(st.integers(1, 4), st.integers(2, 4)), elements=finite))
def test_what_numpy_prints_can_be_pasted(values):
    with np.printoptions(precision=17, floatmode="maxprec"):
        for text in (repr(values), str(values), repr(values[None]), repr(values.tolist())):
            np.testing.assert_allclose(reference_from_text(text), values, rtol=1e-12)


def test_what_pytorch_prints_can_be_pasted():
    text = (
        "tensor([[[ 0.1000, -0.2000],\n         [ 1e-3,  0.4000]]], grad_fn=<TransposeBackward0>)"
    )
    np.testing.assert_array_equal(reference_from_text(text), [[0.1, -0.2], [0.001, 0.4]])


def test_a_first_line_of_names_is_skipped():
    np.testing.assert_array_equal(reference_from_text("h0,h1\n1,2\n3,4\n"), [[1, 2], [3, 4]])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "is empty"),
        ("a,b\n", "is empty"),
        ("1,2\n3,x\n", "Line 2 holds 'x'"),
        ("1,2\n3\n", "Line 2 has 1 numbers: expected 2"),
        ("[[1, 2], [3, ...]]", r"holds '\.\.\.'"),
        ("<img src=x>\n1\n<b>", "Line 3 holds '<b>'"),
    ],
)
def test_a_text_that_is_no_table_of_numbers_is_told(text, told):
    with pytest.raises(ReferenceProblem, match=told):
        reference_from_text(text)


def pickled() -> bytes:
    stream = io.BytesIO()
    np.save(stream, np.array([{"a": 1}], dtype=object), allow_pickle=True)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.npy", pickled(), "holds object"),
        ("a.npy", b"", "not a .npy file"),
        ("a.npy", npy_bytes(np.zeros((9, 9)))[:-8], "is damaged"),
        ("a.npy", npy_bytes(np.zeros(3)).replace(b"(3,)", b"(9,)"), "is damaged"),
        ("a.npy", npy_bytes(np.zeros(3)).replace(b"(3,)", b"(-3,)"), "not a .npy file|is damaged"),
        ("a.npy", npy_bytes(np.array(["x"])), "expected an array of numbers"),
        ("a.csv", b"\xff\xfe\x00", "is not text"),
    ],
)
def test_a_bad_file_is_told_in_one_sentence(name, data, told):
    with pytest.raises(ReferenceProblem, match=told) as problem:
        reference_from_file(name, data)
    assert "\n" not in str(problem.value)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_told(data):
    for name, given_ in (
        ("a.npy", data),
        ("a.npy", npy_bytes(np.zeros(2)) + data),
        ("a.csv", data),
    ):
        with contextlib.suppress(ReferenceProblem):
            assert reference_from_file(name, given_).dtype.kind in "biuf"
