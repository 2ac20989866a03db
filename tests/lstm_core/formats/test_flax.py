"""Flax's parameters compute what Flax computed: see tests/golden/make_flax_files.py."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core import Model, ModelFileError, load_model

FOLDER = Path(__file__).parents[2] / "golden" / "flax"
with np.load(FOLDER / "expected.npz") as _file:
    EXPECTED = dict(_file)
CLOSE = {"rtol": 0, "atol": 2e-5}


def opened(name: str) -> tuple[Model, np.ndarray, np.ndarray]:
    """A model, the input that Flax read, and its answer."""
    x, y = EXPECTED[f"{name}/x"][0], EXPECTED[f"{name}/y"][0]
    return load_model(FOLDER / f"{name}.msgpack"), x, y


def test_stacked_cells_of_a_train_state_answer_as_in_flax():
    model, x, y = opened("stacked")
    np.testing.assert_allclose(model.run(x).predictions, y, **CLOSE)
    assert [layer.convention for layer in model.layers] == ["Flax: i f g o"] * 2
    assert any(a.value == "sigmoid and tanh" for a in model.findings.assumptions)


def test_an_embedding_and_a_gru_answer_as_in_flax():
    model, x, y = opened("symbols")
    run = model.run([str(place) for place in x])
    logits = model.readout.logits(model.read_off(run.layers))
    np.testing.assert_allclose(logits, y, **CLOSE)


def test_a_standard_rnn_computes_as_in_flax_and_its_activation_is_asked():
    model, x, y = opened("simple")
    np.testing.assert_allclose(model.run(x).layers[0].outputs, y, **CLOSE)
    (asked,) = [a for a in model.findings.assumptions if a.keyword == "nonlinearity"]
    assert asked.reason.startswith("A Flax file")


@pytest.mark.parametrize(
    ("name", "ways"),
    [
        ("bothways", "GRUCell_0 ⇄ GRUCell_1, OptimizedLSTMCell_0 ⇄ OptimizedLSTMCell_1"),
        ("alike", "OptimizedLSTMCell_0 ⇄ OptimizedLSTMCell_1"),
    ],
)
def test_two_ways_that_sizes_exclude_from_a_stack_are_one_layer_and_it_is_said(name, ways):
    x, y = EXPECTED[f"{name}/x"][0], EXPECTED[f"{name}/y"][0]
    chain = "GRUCell_0 → OptimizedLSTMCell_0" if name == "bothways" else None
    model = load_model(FOLDER / f"{name}.msgpack", chain=chain)
    np.testing.assert_allclose(model.run(x).predictions, y, **CLOSE)
    assert all(layer.bidirectional for layer in model.layers)
    (asked,) = [a for a in model.findings.assumptions if a.keyword == "backwards"]
    assert (asked.value, "none" in asked.choices) == (ways, True)


@pytest.mark.parametrize(
    ("name", "answer"), [("backwards", "GRUCell_0"), ("kept", "GRUCell_0 (order kept)")]
)
def test_whether_a_cell_reads_from_the_end_is_asked_and_answered(name, answer):
    alone, x, y = opened(name)
    (asked,) = [a for a in alone.findings.assumptions if a.keyword == "backwards"]
    assert asked.value == "none"
    assert answer in asked.choices
    model = load_model(FOLDER / f"{name}.msgpack", backwards=answer)
    np.testing.assert_allclose(model.run(x).predictions, y, **CLOSE)
    with pytest.raises(ModelFileError, match="expected 'none', or some of 'GRUCell_0'"):
        load_model(FOLDER / f"{name}.msgpack", backwards="GRUCell_7")


@settings(max_examples=40)
@given(at=st.integers(0, 2000), byte=st.integers(0, 255), cut=st.booleans())
def test_a_damaged_file_is_refused_in_a_sentence_or_opened(at, byte, cut):
    content = bytearray((FOLDER / "simple.msgpack").read_bytes())
    at %= len(content)
    content[at] = byte
    with suppress(ModelFileError):
        load_model(bytes(content[:at] if cut else content), name="m.msgpack")


HOSTILE = [b"\xdf\xff\xff\xff\xff", b"\x91" * 5000, b"\x81\xa6params\xc0"]


@pytest.mark.parametrize("content", HOSTILE)
def test_what_claims_too_much_or_holds_no_cells_is_refused(content):
    with pytest.raises(ModelFileError):
        load_model(content, name="m.msgpack")
