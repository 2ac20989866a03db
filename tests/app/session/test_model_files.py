"""A model file is kept whole where it leaves something open, and refused where it does not fit."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import safetensors.numpy

from app.session import model_files
from app.session.model_files import (
    ModelGoneError,
    file_model,
    keep_model_file,
    questions,
    together,
    uploaded_chain,
    with_answer,
)
from app.session.shared_store import OPTION
from app.session.store import Store
from lstm_core import ModelFileError

GOLDEN = Path(__file__).parents[2] / "golden" / "torch"


@pytest.fixture(autouse=True)
def store(monkeypatch: pytest.MonkeyPatch) -> Store:
    """A store of our own, of a megabyte."""
    made = Store(2**20, idle=3600)
    monkeypatch.setattr(model_files, "store", made)
    return made


def kept(name: str) -> str:
    return keep_model_file(name, (GOLDEN / name).read_bytes())


def test_a_file_is_read_once_and_its_model_shared_by_all_who_open_it():
    first, second = kept("lstm.pt"), kept("lstm.pt")
    assert first == second
    assert file_model(first, "lstm.pt", {}) is file_model(second, "lstm.pt", {})


def test_the_id_depends_on_the_name_and_on_every_byte():
    data = (GOLDEN / "lstm_stacked_bidirectional.safetensors").read_bytes()
    changed = bytearray(data)
    changed[-1] ^= 1
    files = {
        keep_model_file("a.safetensors", data),
        keep_model_file("b.safetensors", data),
        keep_model_file("a.safetensors", bytes(changed)),
    }
    assert len(files) == 3


def test_the_bytes_are_kept_only_of_a_file_that_leaves_something_open(store: Store):
    settled, asking = kept("lstm.pt"), kept("rnn_relu.pt")
    assert store.get(("model file", settled)).content == b""
    assert store.get(("model file", asking)).content == (GOLDEN / "rnn_relu.pt").read_bytes()
    assert list(questions(asking, "rnn_relu.pt", {})) == ["nonlinearity"]
    assert not questions(settled, "lstm.pt", {})


def test_an_answer_is_another_model_and_another_subject_of_the_same_file():
    file = kept("rnn_relu.pt")
    names = set()
    for answer in ("tanh", "relu"):
        answers = {"nonlinearity": answer}
        assert file_model(file, "rnn_relu.pt", answers).layers[0].forward.activation == answer
        names.add(uploaded_chain(file, "rnn_relu.pt", 0, answers).name)
    assert len(names) == 2


def test_a_model_that_has_gone_is_read_again_from_bytes_that_are_there(store: Store):
    file = kept("rnn_relu.pt")
    before = file_model(file, "rnn_relu.pt", {})
    file_of_it = store.get(("model file", file))
    store.clear()
    store.put(("model file", file), file_of_it)
    again = file_model(file, "rnn_relu.pt", {})
    assert again is not before
    np.testing.assert_array_equal(again.layers[0].forward.kernel, before.layers[0].forward.kernel)


def test_a_file_that_has_gone_is_said_to_be_gone(store: Store):
    file = kept("rnn_relu.pt")
    store.clear()
    with pytest.raises(ModelGoneError, match=r"^rnn_relu.pt is no longer .*: open the file again"):
        file_model(file, "rnn_relu.pt", {})
    assert not questions(file, "rnn_relu.pt", {})


def test_a_model_that_does_not_fit_is_refused_in_a_sentence_and_pushes_nothing_out(
    store: Store, monkeypatch: pytest.MonkeyPatch
):
    file = kept("lstm.pt")
    monkeypatch.setattr(model_files, "store", small := Store(4000, idle=3600))
    with pytest.raises(ModelFileError, match=rf"rnn_relu.pt takes .* MB .* larger {OPTION}\.$"):
        kept("rnn_relu.pt")
    assert small.statistics().entries == 0
    assert store.get(("model", file)) is not None


def test_a_file_over_the_limit_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(model_files, "MODEL_MB", 0.001)
    with pytest.raises(ModelFileError, match="at most 0.001 MB can be opened here"):
        kept("lstm.pt")


def test_files_that_were_given_together_are_opened_together():
    cases = Path(__file__).parents[2] / "lstm_core" / "formats" / "cases"
    names = ("two_files.onnx", "two_files.onnx.data")
    files = {name: (cases / name).read_bytes() for name in names}
    name, data = together(files)
    assert (name, data) == together(dict(reversed(files.items())))
    assert name == "two_files.onnx and 1 more"
    model = file_model(keep_model_file(name, data), name, {})
    assert [layer.name for layer in model.layers] == ["node_LSTM_65", "node_LSTM_126"]
    assert together({"a.pt": b"x"}) == ("a.pt", b"x")


def test_the_activation_that_a_weights_only_file_leaves_open_can_be_answered():
    path = Path(__file__).parents[2] / "lstm_core" / "formats" / "cases"
    name = "relu_forecaster.weights.h5"
    file = keep_model_file(name, (path / name).read_bytes())
    assert questions(file, name, {})["activation"].value == "tanh"
    answered = file_model(file, name, {"activation": "relu"})
    assert {layer.forward.variant.activation for layer in answered.layers} == {"relu"}


def test_a_file_of_this_machine_may_be_of_any_size_and_is_asked_again_by_its_path(
    monkeypatch: pytest.MonkeyPatch, store: Store
):
    monkeypatch.setattr(model_files, "MODEL_MB", 0.001)
    path = GOLDEN / "rnn_relu.pt"
    with pytest.raises(ModelFileError, match="MB can be opened here"):
        keep_model_file(path.name, path.read_bytes())
    file = keep_model_file(path.name, path)
    assert store.get(("model file", file)).content == path
    model = file_model(file, path.name, {"nonlinearity": "relu"})
    assert model.layers[0].forward.activation == "relu"


def test_an_order_of_layers_asks_anew_what_is_added_to_them():
    state = {
        f"{module}.weight_{part}_l0": np.ones((16, 4), np.float32)
        for module in ("encoder", "decoder")
        for part in ("ih", "hh")
    }
    name = "two.safetensors"
    file = keep_model_file(name, safetensors.numpy.save(state))
    assert set(questions(file, name, {})) == {"chain"}
    answers = {"chain": "encoder → decoder", "residual": "encoder"}
    assert questions(file, name, answers)["residual"].choices == ("none", "encoder")
    assert file_model(file, name, answers).layers[0].residual == 1
    both = with_answer(file, name, answers, "chain", "decoder → encoder")
    assert both == {"chain": "decoder → encoder"}  # nothing is added any more, and no error
    again = with_answer(file, name, both, "residual", "decoder")
    assert again == {"chain": "decoder → encoder", "residual": "decoder"}
    with pytest.raises(ModelFileError, match="cannot be made"):
        with_answer(file, name, both, "residual", "encoder")
