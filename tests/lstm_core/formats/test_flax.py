"""Flax's parameters compute what Flax computed: see tests/golden/make_flax_files.py."""

from __future__ import annotations

from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core import Model, ModelFileError, load_model
from lstm_core.activations import HARD_SIGMOID_SIXTH
from lstm_core.formats.flax.directions import directions_of
from lstm_core.formats.pytorch.tensors import ArrayTensor

FOLDER = Path(__file__).parents[2] / "golden" / "flax"
CASES = Path(__file__).parent / "cases"
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
    asked = {a.keyword: a.value for a in model.findings.assumptions}
    assert (asked["recurrent_activation"], asked["activation"]) == ("sigmoid", "tanh")


def test_the_functions_that_cells_were_made_with_are_asked_and_answered():
    file = CASES / "flax_activations.msgpack"
    with np.load(CASES / "flax_activations.npz") as golden:
        x, y = golden["x"][0], golden["y"][0]
    answers = {"recurrent_activation": HARD_SIGMOID_SIXTH, "activation": "relu"}
    chain = "LSTMCell_0 → GRUCell_0"
    assumed = load_model(file, chain=chain)
    assert np.abs(assumed.run(x).predictions - y).max() > 1e-2
    for keyword, answer in answers.items():
        (asked,) = (a for a in assumed.findings.assumptions if a.keyword == keyword)
        assert answer in asked.choices
        assert "A Flax file does not record the activation of the" in asked.reason
    model = load_model(file, chain=chain, **answers)
    np.testing.assert_allclose(model.run(x).predictions, y, **CLOSE)
    told = {a.keyword: a.value for a in model.findings.assumptions}
    assert told | answers == told
    assert not any("PyTorch" in note for note in model.findings.notes)


def test_of_standard_rnns_alone_no_gates_are_asked_about():
    model, _, _ = opened("simple")
    keywords = {a.keyword for a in model.findings.assumptions}
    assert "nonlinearity" in keywords
    assert not keywords & {"recurrent_activation", "activation"}


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


def question(model: Model):
    return next(a for a in model.findings.assumptions if a.keyword == "backwards")


def test_of_three_cells_alike_any_two_neighbours_may_be_the_ways_of_one_layer():
    model, x, y = opened("three")
    np.testing.assert_allclose(model.run(x).predictions, y, **CLOSE)
    asked = question(model)
    assert asked.value == "none"
    for ways in ("GRUCell_0 ⇄ GRUCell_1", "GRUCell_1 ⇄ GRUCell_2"):
        assert ways in asked.choices
        answered = load_model(FOLDER / "three.msgpack", backwards=ways)
        first, _, second = ways.partition(" ⇄ ")
        (both,) = [layer for layer in answered.layers if layer.bidirectional]
        alone = {layer.name: layer.forward for layer in model.layers}
        np.testing.assert_array_equal(both.forward.kernel, alone[first].kernel)
        np.testing.assert_array_equal(both.backward.kernel, alone[second].kernel)
    with pytest.raises(ModelFileError, match="'GRUCell_1' stands twice"):
        load_model(
            FOLDER / "three.msgpack",
            backwards="GRUCell_0 ⇄ GRUCell_1, GRUCell_1 ⇄ GRUCell_2",
        )


def test_the_second_and_third_of_three_cells_alike_are_the_ways_where_what_reads_them_says_so():
    model, x, y = opened("above")
    assert question(model).value == "GRUCell_1 ⇄ GRUCell_2"
    np.testing.assert_allclose(model.run(x).predictions, y, **CLOSE)


@pytest.mark.parametrize("count", [2, 3, 4, 5, 6, 9, 40])
def test_every_pair_of_neighbours_is_offered_and_of_few_cells_every_reading(count):
    cells = [f"GRUCell_{k}" for k in range(count)]
    shapes = {"weight_ih": (9, 3), "weight_hh": (9, 3), "bias_ih": (9,), "bias_hh": (9,)}
    tensors = {
        f"{cell}.{part}": ArrayTensor(array=np.zeros(shape, np.float32), dtype="float32")
        for cell in cells
        for part, shape in shapes.items()
    }
    choices = directions_of(tensors, None).question.choices
    pairs = [f"{a} ⇄ {b}" for a, b in pairwise(cells)]
    assert {"none", *pairs} <= set(choices)
    assert any(choice.count("⇄") == count // 2 for choice in choices)
    readings = [choice for choice in choices if choice == "none" or "⇄" in choice]
    fibonacci = [1, 1, 2, 3, 5, 8, 13]
    assert count > 6 or len(readings) == fibonacci[count]
    for choice in choices:
        assert directions_of(tensors, choice).question.choices == choices


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
