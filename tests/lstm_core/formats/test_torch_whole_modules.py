"""Whole modules: what an object says that its tensors do not."""

from __future__ import annotations

import sys
import types
from typing import Any

import numpy as np
import pytest

from lstm_core import load_model

from .bad_files import checkpoint, pickled, refusal
from .test_checkpoints import linear, matrix, weights
from .test_quantised import File, Opcodes, global_name, spelled


def module_state(parameters: dict[str, Any], modules: dict[str, Any], **attributes: Any) -> Any:
    state = {"training": False, "_parameters": parameters, "_buffers": {}, "_modules": modules}
    return state | attributes


@pytest.fixture
def whole(monkeypatch):
    """Make an instance of a module class that pickles under any name, PyTorch's included."""

    def named_class(path: str) -> type:
        package, _, name = path.rpartition(".")
        parts = package.split(".")
        for k in range(1, len(parts) + 1):
            part = ".".join(parts[:k])
            if not isinstance(sys.modules.get(part), Package):
                monkeypatch.setitem(sys.modules, part, Package(part))
        kind = type(name, (), {"__module__": package})
        setattr(sys.modules[package], name, kind)
        return kind

    def make(path: str, parameters: dict[str, Any], modules: dict[str, Any], **more: Any) -> Any:
        made = named_class(path)() if path not in made_classes else made_classes[path]()
        made_classes[path] = type(made)
        made.__dict__.update(module_state(parameters, modules, **more))
        return made

    made_classes: dict[str, type] = {}
    return make


class Package(types.ModuleType):
    """A module that is there only while something is pickled."""


def rnn_module(whole: Any, state: dict[str, Any], **recorded: Any) -> Any:
    return whole("torch.nn.modules.rnn.RNN", state, {}, mode="RNN_RELU", **recorded)


def saved(root: Any) -> bytes:
    return checkpoint(pickled(root))


def test_a_whole_module_says_which_activation_its_rnn_has(whole):
    rnn = rnn_module(whole, weights("", 1, 3, 5), input_size=3, hidden_size=5, num_layers=1)
    head = whole(
        "torch.nn.modules.linear.Linear", {k[5:]: v for k, v in linear("head", 2, 5).items()}, {}
    )
    net = whole("my.models.Net", {}, {"rnn": rnn, "top": head})
    for root in (net, {"model": net, "epoch": 3}):
        model = load_model(saved(root))
        assert model.layers[0].forward.activation == "relu"
        assert model.readout.kernel.shape == (5, 2)
        assert {a.keyword for a in model.findings.assumptions} <= {"", "reads"}


@pytest.mark.parametrize(
    "recorded", [{"hidden_size": 6}, {"num_layers": 2}, {"bidirectional": True}]
)
def test_a_whole_module_that_contradicts_its_tensors_is_refused(recorded, whole):
    net = whole("my.models.Net", {}, {"rnn": rnn_module(whole, weights("", 1, 3, 5), **recorded)})
    assert f"records {next(iter(recorded))}" in refusal(saved(net))


def test_a_class_of_ones_own_with_the_tensors_of_an_lstm_is_named(whole):
    cell = whole("my.cells.FancyCell", weights("", 4, 3, 5, ""), {})
    notes = load_model(saved(whole("my.Net", {}, {"cell": cell}))).findings.notes
    assert any("'my.cells.FancyCell'" in note and "code is not read" in note for note in notes)


def test_classes_in_a_whole_module_say_what_is_an_embedding_and_what_is_linear(whole):
    def layer(kind: str, **parameters: Any) -> Any:
        return whole(f"torch.nn.modules.{kind}", parameters, {})

    lstm = whole("torch.nn.modules.rnn.LSTM", weights("", 4, 3, 5), {})
    words = layer("sparse.Embedding", weight=matrix(9, 3))
    odd = layer("linear.Linear", weight=matrix(9, 3))
    model = load_model(saved(whole("my.Net", {}, {"words": words, "lstm": lstm})))
    assert model.encoder.embedding.shape == (9, 3)
    model = load_model(saved(whole("my.Net", {}, {"embed": odd, "lstm": lstm})))
    assert model.encoder is None


def test_a_class_that_is_a_persistent_id_keeps_its_name():
    """Before PyTorch 1.6 torch.save(model) kept each class with its source."""
    file, state = File(), weights("", 4, 3, 5)
    parameters = {key: file.tensor("Float", array) for key, array in state.items()}
    attributes = {"_parameters": parameters, "_buffers": {}, "_modules": {}}
    identity = ("module", global_name("torch.nn.modules.rnn.LSTM"), "rnn.py", "source")
    module = Opcodes(spelled(identity) + b"Q)\x81" + spelled(attributes) + b"b")
    model = load_model(file.saved({"model": module}))
    np.testing.assert_array_equal(model.layers[0].forward.kernel, state["weight_ih_l0"].T)
    assert not any("code is not read" in note for note in model.findings.notes)


def test_a_module_that_contains_itself_is_refused(whole):
    net = whole("my.Net", weights("", 4, 3, 5), {})
    net.__dict__["_modules"]["again"] = net
    refusal(saved(net))
