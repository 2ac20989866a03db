"""Lists as NumPy, PyTorch and Python print them mean what the lists do."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.inputs.understanding.printed import as_json
from lstm_core import Encoder
from tests.app.inputs.understanding.networks import (
    REBER,
    SUNSPOTS,
    anonymous,
    asked,
    numbers,
    read,
    refused,
    said,
    settled,
    symbols,
)

TABLE = np.array([[1.5, 2.5, 3.5], [4.5, 5.5, 6.5]])
LONG = np.arange(80) * 1.25


@pytest.mark.parametrize(
    ("text", "encoder", "wanted"),
    [
        (str(TABLE), anonymous(3), [TABLE.tolist()]),
        (repr(TABLE), anonymous(3), [TABLE.tolist()]),
        (str(TABLE.astype(np.float32)), anonymous(3), [TABLE.tolist()]),
        (str(LONG), SUNSPOTS, [LONG.tolist()]),
        (repr(LONG), SUNSPOTS, [LONG.tolist()]),
        (str(LONG[:, np.newaxis]), SUNSPOTS, [LONG.tolist()]),
        (str(np.stack([TABLE, TABLE + 10])), anonymous(3), [TABLE.tolist(), (TABLE + 10).tolist()]),
        (f"{TABLE}\n{TABLE[:1]}", anonymous(3), [TABLE.tolist(), TABLE[:1].tolist()]),
        ("[1.5 2.5 3.5]\n[4.5 5.5 6.5]", anonymous(3), [TABLE.tolist()]),
        ("[1.5 2.5 3.5]\n[4.5 5.5]", SUNSPOTS, [[1.5, 2.5, 3.5], [4.5, 5.5]]),
        ("tensor([1.5000, 2.5000], dtype=torch.float64)", SUNSPOTS, [[1.5, 2.5]]),
        ("tensor([[1.5],\n        [2.]], grad_fn=<AddBackward0>)", SUNSPOTS, [[1.5, 2]]),
        ("array([1.5, 2.5], dtype=float32)", SUNSPOTS, [[1.5, 2.5]]),
        ("[np.float64(1.5), np.float64(2.5)]", SUNSPOTS, [[1.5, 2.5]]),
        ("[array([1.5, 2.5, 3.]), array([4.5, 5.5])]", SUNSPOTS, [[1.5, 2.5, 3], [4.5, 5.5]]),
        ("[(1.5, 2.5), (3.5, 4.5)]", anonymous(2), [[[1.5, 2.5], [3.5, 4.5]]]),
        ("((1.5, 2.5), (3.5, 4.5),)", anonymous(2), [[[1.5, 2.5], [3.5, 4.5]]]),
        ("{'sunspots': [80.9, 83.4]}", SUNSPOTS, [[80.9, 83.4]]),
        ("{'sunspots': {0: 80.9, 1: 83.4}}", SUNSPOTS, [[80.9, 83.4]]),
        ("[{'year': 2001, 'sunspots': 80.9},\n {'year': 2002, 'sunspots': 83.4}]", SUNSPOTS,
         [[80.9, 83.4]]),
        ("[1] 80.9 83.4 47.7\n[4] 47.8", SUNSPOTS, [[80.9, 83.4, 47.7, 47.8]]),
        (" [1] 80.9 83.4 47.7", SUNSPOTS, [[80.9, 83.4, 47.7]]),
        ("     [,1] [,2]\n[1,]  1.5  2.5\n[2,]  3.5  4.", anonymous(2), [[[1.5, 2.5], [3.5, 4]]]),
        ("(1.5, 2.5)\n(3.5, 4.0)\n", anonymous(2), [[[1.5, 2.5], [3.5, 4]]]),
        ("(1.5, 2.5), (3.5, 4.0)", anonymous(2), [[[1.5, 2.5], [3.5, 4]]]),
        ("[1.5 2.5 3.5]", SUNSPOTS, [[1.5, 2.5, 3.5]]),
        ("[1.5, 2.5, 3.5]", SUNSPOTS, [[1.5, 2.5, 3.5]]),
        ("[1,5; 2,5; 3,5]", SUNSPOTS, [[1.5, 2.5, 3.5]]),
    ],
)  # fmt: skip
def test_a_print_means_what_was_printed(text: str, encoder: Encoder, wanted: list[Any]) -> None:
    assert numbers(settled(text, encoder)) == wanted


@given(
    st.lists(st.floats(-1e6, 1e6, allow_nan=False), min_size=2, max_size=40),
    st.integers(10, 120),
)
def test_numpy_prints_are_read_number_by_number(values: list[float], width: int) -> None:
    array = np.array(values)
    with np.printoptions(linewidth=width, floatmode="unique"):
        for made in (array[np.newaxis], array[:, np.newaxis], np.stack([array, array])):
            assert json.loads(as_json("file", str(made)) or "") == made.tolist()


@pytest.mark.parametrize(
    "text",
    [
        str(np.arange(2000) * 0.5),
        repr(np.arange(2000) * 0.5),
        str(np.arange(4000).reshape(2000, 2)),
        "tensor([0.5, 1.5,  ..., 2.5, 3.5])",
        "[0.5, 1.5, ..., 3.5]",
    ],
)
def test_a_print_that_leaves_numbers_out_is_refused(text: str) -> None:
    sentence = refused(text)
    assert "'...' where numbers were left out" in sentence
    assert "numpy.save" in sentence


MASKED = "masked_array(data=[80.9, --, 47.7],\n             mask=[False,  True, False],\n"


@pytest.mark.parametrize(
    "text",
    [
        f"{MASKED}       fill_value=1e+20)",
        f"{MASKED}       fill_value=1e+20,\n            dtype=float32)",
        "[80.9 -- 47.7]",
        "[80.9 nan 47.7]",
        "array([80.9,  nan, 47.7])",
        "[[80.9]\n [--]\n [47.7]]",
        "[80.9, None, 47.7]",
        "[[80.9], [None], [47.7]]",
        "{'sunspots': [80.9, nan, 47.7]}",
    ],
)
def test_what_is_masked_or_nan_or_none_is_a_gap(text: str) -> None:
    found = read(text)
    assert asked(found) == ["gaps"]
    held = read(text, answers={"gaps": "Hold the last value"})
    assert numbers(held) == [[80.9, 80.9, 47.7]]


@pytest.mark.parametrize(
    "text",
    [
        "[['B', 'T', 'X'], ['B', 'P', 'V']]",
        '[["B", "T", "X"], ["B", "P", "V"]]',
        "[['B' 'T' 'X']\n ['B' 'P' 'V']]",
        "(('B', 'T', 'X'), ('B', 'P', 'V'))",
        "['BTX', 'BPV']",
        "['B', 'T', 'X']\n['B', 'P', 'V']",
    ],
)
def test_lists_of_symbols_in_any_quotes_are_a_sequence_each(text: str) -> None:
    assert symbols(settled(text, REBER)) == ["BTX", "BPV"]


@pytest.mark.parametrize(
    "text",
    [
        "[2024-01-01] 5\n[2024-01-02] 6",
        "[1, 2",
        "[1, 2)]",
        "(80.9)\n(83.4)",
        "(1,234)\n(2,345)",
        "(1,234), (2,345)",
        "[x for x in range(3)]",
        "__import__('os').system('x')",
        "[" * 1000 + "1" + "]" * 1000,
    ],
)
def test_what_no_program_prints_is_left_alone(text: str) -> None:
    assert as_json("file", text) is None


def test_that_a_print_is_read_is_said() -> None:
    assert "printed array" in said(read(str(LONG[:, np.newaxis])))
