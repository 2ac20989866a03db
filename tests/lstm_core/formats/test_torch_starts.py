"""Trained start states beside recurrent modules: taken, asked about, or said not to be used.

`trained_starts.pt` holds a state dict for each way to keep them, and its archive what PyTorch
computed of each from these states.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lstm_core import Model, ModelFileError, load_model

from .test_checkpoints import linear, opened, weights

FOLDER = Path(__file__).parent / "cases"
FILE = FOLDER / "trained_starts.pt"
rng = np.random.default_rng(20261130)


def outputs(model: Model, x: np.ndarray) -> np.ndarray:
    """What the first chain of a model gives."""
    for k, layer in enumerate(model.layers):
        if k and not layer.follows:
            break
        x = layer.unroll(x).outputs
    return x


def question(model: Model) -> Any:
    (asked,) = (a for a in model.findings.assumptions if a.keyword == "start")
    return asked


def state(*shape: int) -> np.ndarray:
    return rng.normal(size=shape).astype(np.float32)


ONE = ["keras_names", "batch_first", "projected", "listed", "rows"]


@pytest.mark.parametrize("part", ["two", *ONE, "each_its_own"])
def test_layers_begin_with_the_states_that_pytorch_began_with(part):
    golden = np.load(FOLDER / "trained_starts.npz")
    x, y = golden[f"{part}/x"], golden[f"{part}/y"]
    np.testing.assert_allclose(outputs(load_model(FILE, part=part), x), y, rtol=0, atol=1e-6)
    zero = load_model(FILE, part=part, start="zero")
    assert np.abs(outputs(zero, x) - y).max() > 1e-2
    assert all(layer.initial_hidden is None for layer in zero.layers)


@pytest.mark.parametrize("part", ONE)
def test_of_one_module_it_is_asked_whether_it_starts_trained(part):
    model = load_model(FILE, part=part)
    assert (question(model).value, question(model).choices) == ("trained", ("trained", "zero"))
    assert not any("start" in note or "init" in note for note in model.findings.notes)


def starting(model: Model) -> list[bool]:
    return [layer.initial_hidden is not None for layer in model.layers]


def test_of_several_modules_that_one_start_fits_it_is_asked_which_have_it():
    asked = question(load_model(FILE, part="two"))
    assert (asked.value, asked.choices) == ("lstm1", ("lstm1", "lstm2", "lstm1, lstm2", "zero"))
    assert "'h0' and 'c0'" in asked.reason
    assert "'lstm1' and 'lstm2'" in asked.reason
    for start, which in {
        None: [True, False],
        "trained": [True, False],
        "lstm2": [False, True],
        "lstm1, lstm2": [True, True],
        "zero": [False, False],
    }.items():
        model = load_model(FILE, part="two", start=start)
        assert starting(model) == which
        assert question(model).value == {None: "lstm1", "trained": "lstm1"}.get(start, start)
    with pytest.raises(ModelFileError, match=r"'third' cannot be taken: expected one of 'lstm1'"):
        load_model(FILE, part="two", start="third")


def test_a_start_with_the_name_of_its_module_belongs_to_it():
    model = load_model(FILE, part="each_its_own")
    assert starting(model) == [True, True]
    asked = question(model)
    assert (asked.value, asked.choices) == ("trained", ("trained", "encoder", "decoder", "zero"))
    encoder, decoder = model.layers
    assert np.abs(encoder.initial_hidden - decoder.initial_hidden).max() > 1e-2
    assert starting(load_model(FILE, part="each_its_own", start="decoder")) == [False, True]


NAMES = ["h0", "_h0", "h0_", "h0_param", "prev_h", "state_h", "lstm_h0", "init_h", "learned_h0"]
NAMES += ["hx", "h_init", "hidden", "hidden_state", "initial_hidden_state", "hinit", "start_h"]


@pytest.mark.parametrize("name", NAMES)
def test_a_start_is_known_by_its_name(name):
    cell = name.replace("hidden", "cell").replace("h", "c") if "cell" not in name else name
    starts = {name: state(1, 1, 5), cell.replace("cidden", "cell"): state(1, 1, 5)}
    model = opened({**starts, **weights("lstm.", 4, 3, 5), **linear("head", 2, 5)})
    (layer,) = model.layers
    np.testing.assert_array_equal(layer.initial_hidden, starts[name][0, 0])
    assert layer.initial_cell is not None
    assert model.readout is not None


def notes_on(beside: dict[str, Any], rows: int = 4, **keywords: Any) -> list[str]:
    model = opened({**beside, **weights("rnn.", rows, 3, 5), **linear("head", 2, 5)}, **keywords)
    assert starting(model) == [False]
    assert not any(a.keyword == "start" for a in model.findings.assumptions)
    return [note for note in model.findings.notes if "begins at zero here" in note]


@pytest.mark.parametrize("beside", [{"v": state(5)}, {"memory.0": state(1, 1, 5)}])
def test_what_has_the_size_of_a_state_and_no_name_of_one_is_said(beside):
    (note,) = notes_on(beside)
    (name,) = beside
    assert f"'{name}' {beside[name].shape} may be a start of 'rnn' by its size" in note


def test_what_is_named_like_a_start_and_has_another_size_is_said():
    (note,) = notes_on({"h0": state(2, 1, 5)})
    assert "'h0' (2, 1, 5) is named like a start but has not the size" in note


def test_a_cell_state_beside_a_gru_is_said():
    (note,) = notes_on({"c0": state(1, 1, 5)}, rows=3)
    assert "'c0' (1, 1, 5)" in note


def test_a_row_that_is_a_layer_of_one_output_is_no_start():
    named = {"hidden.weight": state(1, 5)}
    model = opened({**weights("rnn.", 4, 3, 5), **named})
    assert starting(model) == [False]
    assert model.readout.kernel.shape == (5, 1)


def test_a_file_without_such_parameters_is_neither_asked_nor_noted():
    assert notes_on({}) == []
    assert notes_on({"scale": state(3)}) == []


def test_a_start_that_is_no_number_is_refused():
    with pytest.raises(ModelFileError, match="h0"):
        opened({"h0": np.full((1, 1, 5), np.nan, np.float32), **weights("rnn.", 4, 3, 5)})
