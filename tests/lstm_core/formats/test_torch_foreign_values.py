"""Values of classes that nobody has lie beside the weights: they are read, and never built."""

from __future__ import annotations

import collections
import functools
import pickle
import sys
from collections import deque
from typing import Any

import numpy as np
import pytest

from lstm_core import load_model

from .bad_files import checkpoint
from .test_checkpoints import weights
from .torch_checkpoints import Built, foreign_classes, kernel, opened


def foreign_values(kind: Any) -> dict[str, Any]:
    plain = kind()
    plain.rate, plain.parts = 0.1, [1, 2]
    return {
        "an object": plain,
        "its class": kind,
        "a call": Built((kind, ("a", 1))),
        "a state that is no dict": Built((kind, (), (1, {"slot": 2}))),
        "items and entries": Built((kind, (), None, iter([1, 2]), iter([("a", 1)]))),
        "a partial": functools.partial(kind, rate=0.1),
        "a deque": deque([0.5, 0.25], maxlen=5),
        "a counter": collections.Counter("abca"),
        "text": np.array(["cat", "dog"]),
        "objects": np.array([None, "a"], dtype=object),
        "a record array": np.zeros(2, [("a", "f4"), ("b", "i4")]),
        "a generator": np.random.default_rng(1),
        "a date": np.datetime64("2026-01-01"),
        "a complex number": 1 + 2j,
        "a range": range(5),
        "keys of any kind": {plain: 1, (1, ("a", plain)): 2, frozenset("ab"): 3, kind: 4},
    }


NAMES = list(foreign_values(type("Thing", (), {})))


@pytest.mark.parametrize("protocol", [2, 4, 5])
@pytest.mark.parametrize("name", NAMES)
def test_anything_may_lie_beside_the_weights(name, protocol):
    state = weights("lstm.", 4, 3, 5)
    with foreign_classes("Thing") as (kind,):
        value = {"before": foreign_values(kind)[name], "model": state}
        content = pickle.dumps({**value, "after": foreign_values(kind)[name]}, protocol)
    assert "somebodys_package" not in sys.modules
    (layer,) = load_model(checkpoint(content)).layers
    np.testing.assert_array_equal(layer.forward.kernel, kernel(state, "lstm"))


def test_a_state_dict_is_found_inside_an_object_that_is_not_known():
    state = weights("lstm.", 4, 3, 5)
    with foreign_classes("Trainer", "Result") as (trainer, result):
        holder, outer = trainer(), result()
        holder.best_state, outer.trainer = state, holder
        model = opened([outer, {"epoch": 1}])
        in_arguments = opened({"a": Built((trainer, (state,)))})
    for one in (model, in_arguments):
        np.testing.assert_array_equal(one.layers[0].forward.kernel, kernel(state, "lstm"))
    assert model.findings.places[0].startswith("0.trainer.best_state: lstm.")


@pytest.mark.parametrize("wrap", [tuple, list])
def test_state_dicts_in_tuples_and_lists_are_found_each(wrap):
    first, second = weights("lstm.", 4, 3, 5), weights("lstm.", 4, 3, 5)
    value = wrap([3, first, wrap([{"state": {0: {"step": 1}}}, second])])
    assert opened(value).findings.parts == ("1", "2.1")
    for part, state in (("1", first), ("2.1", second)):
        (layer,) = opened(value, part=part).layers
        np.testing.assert_array_equal(layer.forward.kernel, kernel(state, "lstm"))


@pytest.mark.parametrize(
    "prefix", ["module.", "model.", "net.", "_orig_mod.", "module.model._orig_mod.", "a.b.c."]
)
def test_a_prefix_changes_no_number(prefix):
    state = weights(f"{prefix}rnn.", 3, 3, 5)
    (layer,) = opened({"state_dict": state}).layers
    np.testing.assert_array_equal(layer.forward.kernel, state[f"{prefix}rnn.weight_ih_l0"].T)
    assert layer.name.endswith("rnn")
