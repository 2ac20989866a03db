"""Pickles that mean harm: nothing in them is imported or called."""

from __future__ import annotations

import functools
import os
import pickle
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core import load_model

from .bad_files import Calls, checkpoint, opens_or_refuses, pickled, refusal
from .test_checkpoints import weights
from .torch_checkpoints import Built


def canaries(canary: Path) -> dict[str, Any]:
    """Values whose unpickling would make the file `canary`."""
    touch = f"open({str(canary)!r}, 'w')"
    return {
        "a call": Calls(os.system, f"touch {canary}"),
        "a call of a call": Calls(Calls, Calls(eval, touch)),
        "a state": Built((functools.partial, (eval, touch), (eval, (touch,), {}, {}))),
        "a key": {Calls(eval, touch): 1},
        "an item": Built((list, (), None, iter([Calls(eval, touch)]))),
        "a file": Calls(open, str(canary), "w"),
    }


@pytest.mark.parametrize("protocol", [2, 4, 5])
@pytest.mark.parametrize("name", list(canaries(Path("x"))))
def test_nothing_in_a_pickle_is_called_although_the_model_opens(name, protocol, tmp_path):
    canary = tmp_path / "canary"
    state = weights("lstm.", 4, 3, 5)
    content = pickle.dumps({"a": canaries(canary)[name], "model": state}, protocol)
    for given_file in (content, checkpoint(content)):
        assert load_model(given_file).layers[0].hidden_size == 5
    assert not canary.exists()


GLOBALS = ["os system", "builtins eval", "torch.nn Module", "__torch__.Net", "nobody knows"]
VALUES = [b"N", b"K\x01", b"X\x01\x00\x00\x00a", b"(t", b"]", b"}", b"(K\x01K\x02t", b"h\x00"]
MOVES = [b"R", b"\x81", b"b", b"s", b"a", b"\x85", b"\x86", b"0", b"2", b"q\x00", b"Q", b"\x92"]
MOVES += [b"(", b"o", b"e", b"u", b"\x90", b"\x82\x07"]
moves = st.lists(
    st.sampled_from(
        [*VALUES, *MOVES, *(f"c{name.replace(' ', chr(10))}\n".encode() for name in GLOBALS)]
    ),
    max_size=25,
)


@settings(max_examples=60, deadline=None)
@given(moves)
def test_a_pickle_of_foreign_names_imports_nothing(pieces):
    before = set(sys.modules)
    state = pickled(weights("lstm.", 4, 3, 5))[2:-1]
    opens_or_refuses(b"\x80\x02Nq\x00" + state + b"".join(pieces) + b".")
    assert "nobody" not in set(sys.modules) - before


def test_inert_values_stay_within_bounds():
    deep = b"\x80\x02" + b"cos\nsystem\nq\x00" + b"h\x00" * 20_000
    refusal(deep + b"\x85R" * 20_000 + b".")
    wide = b"\x80\x02cos\nsystem\nq\x00)R" + b"(" + b"K\x01" * 50_000 + b"e" + b"2" * 10 + b"."
    refusal(wide)
    laughs = b"\x80\x02cos\nf\nq\x00)Rq\x01" + b"".join(
        b"h\x00h" + bytes([k]) + b"h" + bytes([k]) + b"\x86Rq" + bytes([k + 1])
        for k in range(1, 200)
    )
    refusal(laughs + b".")
