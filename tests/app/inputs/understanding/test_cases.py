"""Small files of every kind that readers brought: right, asked, or refused with the right cell."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.inputs import Understanding, UploadError, understand
from tests.app.inputs.understanding.networks import NETWORKS, asked, numbers, said, symbols, tokens

CASES = Path(__file__).parent / "cases"
TABLE: list[dict[str, Any]] = json.loads((CASES / "cases.json").read_text(encoding="utf-8"))


def is_right(found: Understanding | str, right: dict[str, Any]) -> bool:
    """Whether an understanding, or the sentence of a refusal, is one of the right ones."""
    (kind, wanted), *_ = right.items()
    if isinstance(found, str):
        return kind == "refused_naming" and any(word.lower() in found.lower() for word in wanted)
    verdicts = {
        "sequences": lambda: numbers(found) == wanted,
        "symbols": lambda: symbols(found) == wanted,
        "tokens": lambda: tokens(found) == [[str(token) for token in row] for row in wanted],
        "count": lambda: len(found.sequences) == wanted,
        "asked": lambda: bool(asked(found)),
        "gap_named": lambda: all(word in said(found) for word in wanted),
        "remarked": lambda: all(word in said(found).lower() for word in wanted),
        "refused_naming": lambda: False,
    }
    return bool(verdicts[kind]())


def result(case: dict[str, Any]) -> Understanding | str:
    """Return what a case is taken for, or the sentence with which it is refused."""
    data = (CASES / case["file"]).read_bytes()
    try:
        return understand(case["file"], data, NETWORKS[case["network"]])
    except UploadError as error:
        return str(error)


@pytest.mark.parametrize("case", TABLE, ids=lambda case: case["file"])
def test_a_file_that_readers_brought_is_never_misread(case: dict[str, Any]) -> None:
    found = result(case)
    assert any(is_right(found, right) for right in case["right"]), found


def test_every_file_has_a_case() -> None:
    assert {path.name for path in CASES.iterdir()} == {c["file"] for c in TABLE} | {"cases.json"}


TEXTS = [c for c in TABLE if c["file"].endswith((".csv", ".txt")) and c["file"][:2] != "07"]


@pytest.mark.parametrize("case", TEXTS, ids=lambda case: case["file"])
def test_the_same_content_means_the_same_under_every_name_and_pasted(case: dict[str, Any]) -> None:
    data = (CASES / case["file"]).read_bytes()
    encoder = NETWORKS[case["network"]]
    named = [understand(name, data, encoder) for name in ("a.txt", "a.csv", "a.dat")]
    pasted = understand("a paste", data.decode(), encoder)
    for found in (*named[1:], pasted):
        assert [s.id for s in found.sequences] == [s.id for s in named[0].sequences]
        assert asked(found) == asked(named[0])
