"""Which recurrent layer reads which."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from lstm_core import ModelFileError

from .test_checkpoints import linear, weights
from .torch_checkpoints import opened


def stack(template: str, count: int, size: int = 5) -> dict[str, Any]:
    state: dict[str, Any] = {}
    for k in range(count):
        state |= weights(template.format(k), 4, size, size)
    return state


@pytest.mark.parametrize(
    "template", ["layers.{}.", "blocks.{}.rnn.", "lstm{}.", "rnn_{}.", "net.{}."]
)
@pytest.mark.parametrize("alphabetical", [False, True])
def test_numbered_modules_follow_each_other_by_number(template, alphabetical):
    state = stack(template, 12)
    model = opened(dict(sorted(state.items())) if alphabetical else state)
    names = [template.format(k).rstrip(".") for k in range(12)]
    assert [layer.name for layer in model.layers] == names
    assert all(layer.follows for layer in model.layers)


@pytest.mark.parametrize(
    "between",
    [
        linear("mid", 5, 5),
        linear("layers.0.fc", 5, 5),
        {"norm.weight": np.ones(5, np.float32)},
        {"layers.0.conv.weight": np.ones((3, 5, 5), np.float32)},
    ],
)
@pytest.mark.parametrize("alphabetical", [False, True])
def test_what_may_stand_between_two_layers_breaks_their_chain(between, alphabetical):
    state = weights("layers.0.rnn.", 4, 5, 5) | between | weights("layers.1.rnn.", 4, 5, 5)
    model = opened(dict(sorted(state.items())) if alphabetical else state)
    assert [layer.follows for layer in model.layers] == [True, False]
    assert model.findings.assumptions[0].keyword == "chain"


@pytest.mark.parametrize("between", [(5,), (5, 5)])
def test_a_list_of_what_may_stand_behind_each_layer_breaks_their_chain(between: tuple[int, ...]):
    state = stack("rnns.{}.", 2)
    state |= {f"norms.{k}.weight": np.ones(between, np.float32) for k in range(2)}
    model = opened(state)
    assert [layer.follows for layer in model.layers] == [True, False]
    assert model.findings.assumptions[0].keyword == "chain"
    heads = stack("rnns.{}.", 2) | linear("heads.0", 2, 5) | linear("heads.1", 2, 5)
    assert opened(heads).layers[1].follows


@pytest.mark.parametrize(
    "template", ["heads.{}.", "branches.{}.lstm.", "models.{}.", "experts.{}."]
)
def test_parallel_modules_are_no_chain(template):
    assert not opened(stack(template, 2)).layers[1].follows


def test_a_decoder_that_is_listed_first_stands_last():
    state = {**weights("decoder.rnn.", 4, 5, 5), **weights("encoder.rnn.", 4, 5, 5)}
    model = opened(state)
    assert [layer.name for layer in model.layers] == ["encoder.rnn", "decoder.rnn"]
    assert not model.layers[1].follows


def test_a_file_of_one_module_has_no_other_chain():
    state = weights("lstm.", 4, 3, 5)
    assert opened(state, chain="apart").layers[0].hidden_size == 5
    with pytest.raises(ModelFileError, match="cannot be made"):
        opened(state, chain="lstm → gru")


def test_two_chains_can_be_settled_at_once():
    names = ("a", "b", "c", "d")
    state = {k: v for name in names for k, v in weights(f"{name}.", 4, 5, 5).items()}
    model = opened(state, chain="b → a, d → c")
    assert [layer.name for layer in model.layers] == ["b", "a", "d", "c"]
    assert [layer.follows for layer in model.layers] == [True, True, False, True]


@pytest.mark.parametrize(
    ("forward", "backward"),
    [("forward_lstm", "backward_lstm"), ("rnn.fwd", "rnn.bwd"), ("lstm", "lstm_reverse")],
)
def test_a_module_that_is_called_as_if_it_read_from_the_end_is_said_to_read_from_the_start(
    forward, backward
):
    model = opened(weights(f"{forward}.", 4, 3, 5) | weights(f"{backward}.", 4, 3, 5))
    (note,) = [note for note in model.findings.notes if "as if it read from the end" in note]
    assert note.startswith(f"'{backward}'")
    assert [layer.reverse for layer in model.layers] == [False, False]


def test_nothing_is_said_of_the_second_way_of_a_module_nor_of_other_words():
    ways = weights("rev.", 4, 3, 5) | weights("rev.", 4, 3, 5, "_l0_reverse")
    for state in (ways, weights("reviewer.", 4, 3, 5)):
        assert not any("as if it read" in note for note in opened(state).findings.notes)
