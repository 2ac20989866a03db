"""Capture: hooks that record, copy, and are gone again, whatever happens meanwhile."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lstm_core import Layer, load_model
from lstm_core.capture import FRAMEWORKS, capture, snippet
from lstm_core.model import agreement
from lstm_core.training import initial_lstm

from .stand_in import LSTM, Module, Tensor, installed


@pytest.fixture(autouse=True)
def torch() -> Iterator[Any]:
    with installed() as made:
        yield made


class Network(Module):
    """A module with two LSTMs in it."""

    def __init__(self, cell: Any = LSTM) -> None:
        rng = np.random.default_rng(0)
        layers = {
            name: cell(Layer(name=name, forward=initial_lstm(rng, size, 3)))
            for name, size in (("encoder", 2), ("decoder", 3))
        }
        super().__init__(**layers)

    def forward(self, x: Tensor, state: Any = None) -> Any:
        read, state = self.children["encoder"](x, state)
        return self.children["decoder"](read, hx=None)[0], state


def values(*shape: int) -> Tensor:
    return Tensor(np.random.default_rng(sum(shape)).normal(size=shape))


def saved(run: Any) -> Any:
    content = io.BytesIO()
    run.save(content)
    return load_model(content.getvalue(), name="run.gatescope.npz")


def hooks(network: Module) -> int:
    return sum(len(module.hooks) for _, module in network.named_modules())


def test_what_every_layer_read_and_answered_is_in_the_file_and_agrees_with_our_own_run():
    network, x = Network(), values(2, 5, 2)
    with capture(network) as run:
        network(x)
    model = saved(run)
    assert [layer.name for layer in model.layers] == ["encoder", "decoder"]
    assert not model.layers[1].follows
    for k, inputs in ((0, x.array), (1, None)):
        chain = model.chain(k)
        assert len(chain.recorded) == 2
        assert agreement(chain.layers, chain.recorded).difference < 1e-6
        if inputs is not None:
            np.testing.assert_array_equal(chain.recorded[1].inputs, inputs[1])


def test_calls_that_carry_the_state_on_are_one_sequence_with_their_seams():
    network, state = Network(), None
    with capture(network) as run:
        for part in (values(1, 4, 2), values(1, 3, 2), values(1, 1, 2)):
            _, state = network(part, state)
    encoder, decoder = (saved(run).chain(k).recorded for k in (0, 1))
    assert [(len(one), one.seams) for one in encoder] == [(8, (4, 7))]
    assert [len(one) for one in decoder] == [4, 3, 1]  # it begins anew in each call


def test_copies_are_kept_and_what_changes_later_changes_nothing():
    network, x = Network(), values(1, 5, 2)
    before = x.array.copy()
    with capture(network) as run:
        network(x)
        x.array[:] = 7
    np.testing.assert_array_equal(saved(run).recorded[0].inputs, before[0])


def test_no_hook_is_left_even_where_the_model_fails():
    network = Network()
    run = capture(network)
    with pytest.raises(AttributeError), run:
        network("no tensor")
    assert run.held == 0
    assert hooks(network) == 0


def test_no_hook_is_left_where_listening_itself_fails():
    network = Network()
    vars(network.children["decoder"])["register_forward_hook"] = None
    with pytest.raises(TypeError), capture(network):
        pass
    assert hooks(network) == 0


def test_memory_is_bounded_and_what_was_left_out_is_said():
    network = Network()
    with capture(network, limit=400) as run:
        for _ in range(5):
            network(values(1, 5, 2))
    assert run.held <= 400
    (said,) = [note for note in saved(run).findings.notes if "left out" in note]
    assert "the memory was full (0 MB)" in said


def test_calls_after_the_weights_have_changed_are_left_out_and_counted():
    network = Network()
    with capture(network) as run:
        network(values(1, 5, 2))
        vars(network.children["encoder"])["weight_hh_l0"].add_(0.5)
        network(values(1, 5, 2))
    model = saved(run)
    assert len(model.chain(0).recorded) == 1
    assert "1 calls were left out: the weights had changed by then." in model.findings.notes


def test_where_nothing_was_called_there_is_nothing_to_save():
    with capture(Network()) as run:
        pass
    with pytest.raises(ValueError, match="none of its recurrent layers was called"):
        run.save(io.BytesIO())


def test_what_is_no_model_or_has_no_recurrent_layer_is_refused():
    with pytest.raises(TypeError, match="model is dict: expected a torch.nn.Module"):
        capture({})
    with pytest.raises(ValueError, match="expected at least one"):
        capture(Module())


def test_a_framework_that_nobody_imported_is_not_imported(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delitem(sys.modules, "torch")
    with pytest.raises(TypeError):
        capture(Network())
    assert "torch" not in sys.modules


def test_the_printed_text_writes_the_same_file_without_gatescope(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    text, network, batch = snippet("torch"), Network(), values(2, 5, 2)
    assert "lstm_core" not in text.replace("gatescope", "")
    exec(
        compile(text, "snippet", "exec"), {"__name__": "snippet", "model": network, "batch": batch}
    )
    with capture(network) as run:
        network(batch)
    run.save(tmp_path / "ours.npz")
    with np.load("run.gatescope.npz") as theirs, np.load("ours.npz") as ours:
        assert sorted(theirs) == sorted(ours)
        for name in ours:
            np.testing.assert_array_equal(theirs[name], ours[name])


@pytest.mark.parametrize("framework", sorted(FRAMEWORKS))
def test_the_printed_text_is_whole_python_of_one_framework_and_numpy(framework: str):
    text = snippet(framework)
    compile(text, "snippet", "exec")
    assert "\nfrom ." not in text
    assert text.count("from __future__ import annotations") == 1
