"""No text of ours is smaller than 12 pixels, in stylesheets and on canvases."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app import theme

APP = Path(theme.__file__).parent
SMALLEST = 12  # pixels
REM = 16

FONT = re.compile(r"\bfont(?:-size)?(?:\s*=\s*|:)[^;\n]*?(?<![\w.])(\d*\.?\d+)(px|rem)\b")


@pytest.mark.parametrize("kind", ["css", "js"])
def test_no_font_of_the_pages_and_components_is_too_small(kind: str) -> None:
    files = sorted(APP.rglob(f"*.{kind}"))
    assert files
    for path in files:
        for declared in FONT.finditer(path.read_text("utf-8")):
            size = float(declared[1]) * (REM if declared[2] == "rem" else 1)
            assert size >= SMALLEST, (path.name, declared[0])


@pytest.mark.parametrize(
    ("declared", "size"),
    [
        ("font-size: 11px;", 11.0),
        ("font: 500 11.5px/1 var(--code)", 11.5),
        ("font-size: 0.7rem", 0.7),
        ("pen.font = `600 10px ${font}`", 10.0),
        ("font-size: clamp(1.4rem, 2.4vw, 2.1rem)", 1.4),
    ],
)
def test_a_size_is_found_however_it_is_declared(declared: str, size: float) -> None:
    found = FONT.search(declared)
    assert found is not None
    assert float(found[1]) == size
