"""TensorFlow Lite's float LSTM computes as its interpreter: tests/golden/make_tflite_files.py."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core import ModelFileError, load_model

FOLDER = Path(__file__).parents[2] / "golden" / "tflite"
with np.load(FOLDER / "expected.npz") as _file:
    EXPECTED = dict(_file)
CLOSE = {"rtol": 0, "atol": 2e-5}


def test_stacked_layers_and_dense_ones_answer_as_in_the_interpreter():
    model = load_model(FOLDER / "stacked.tflite")
    run = model.run(EXPECTED["stacked/x"][0])
    np.testing.assert_allclose(run.predictions, EXPECTED["stacked/y"][0], **CLOSE)
    assert [layer.follows for layer in model.layers[1:]] == [True]


def test_a_model_that_answers_once_gives_the_interpreters_shares_at_its_end():
    model = load_model(FOLDER / "classifier.tflite")
    run = model.run(EXPECTED["classifier/x"][0])
    np.testing.assert_allclose(run.predictions[-1], EXPECTED["classifier/y"][0], **CLOSE)
    assert model.readout.activation == "softmax"
    clipped, once = model.findings.notes
    assert "within ±10" in clipped
    assert once.startswith("The model answers once")


def test_two_ways_are_one_layer_that_another_reads():
    model = load_model(FOLDER / "both.tflite")
    run = model.run(EXPECTED["both/x"][0])
    np.testing.assert_allclose(run.predictions, EXPECTED["both/y"][0], **CLOSE)
    assert [(one.bidirectional, one.follows) for one in model.layers] == [
        (True, True),
        (False, True),
    ]


@pytest.mark.parametrize("name", ["ends", "last"])
def test_what_is_read_at_the_end_answers_there_as_in_the_interpreter(name):
    model = load_model(FOLDER / f"{name}.tflite")
    run = model.run(EXPECTED[f"{name}/x"][0])
    np.testing.assert_allclose(run.predictions[-1], EXPECTED[f"{name}/y"].reshape(-1), **CLOSE)
    assert any(note.startswith("The model answers once") for note in model.findings.notes)


def test_a_layer_that_runs_from_the_end_does_so_here():
    model = load_model(FOLDER / "backwards.tflite")
    run = model.run(EXPECTED["backwards/x"][0])
    np.testing.assert_allclose(run.predictions, EXPECTED["backwards/y"][0], **CLOSE)
    assert any("the first is about the last timestep" in note for note in model.findings.notes)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("first", "goes on to STRIDED_SLICE, which is not run here"),
        ("added", "goes on to ADD, which is not run here"),
        ("dense_before", "lstm_0 reads what FULLY_CONNECTED gives, which is not run here"),
    ],
)
def test_what_is_not_run_is_named_and_capture_offered(name, said):
    model = load_model(FOLDER / f"{name}.tflite")
    (note,) = [note for note in model.findings.notes if said in note]
    assert "A capture in your own process records" in note
    assert model.readout is None


def test_layers_that_are_written_out_as_loops_are_refused_with_what_to_do():
    with pytest.raises(ModelFileError, match=r"as loops \(WHILE\).*open the Keras model"):
        load_model(FOLDER / "loop.tflite")


@settings(max_examples=40)
@given(at=st.integers(8, 4000), byte=st.integers(0, 255), cut=st.booleans())
def test_a_damaged_file_is_refused_in_a_sentence_or_opened(at, byte, cut):
    content = bytearray((FOLDER / "classifier.tflite").read_bytes())
    at %= len(content)
    content[at] = byte
    with suppress(ModelFileError):
        load_model(bytes(content[: max(at, 8)] if cut else content), name="m.tflite")
