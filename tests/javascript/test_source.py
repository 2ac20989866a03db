"""The JavaScript is clean: formatted, linted, and true to its types."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from .tools import ROOT, NoToolsError, provide_tools

LONGEST_LINE = 100


@pytest.fixture(scope="module")
def node() -> str:
    """The Node.js that runs the tools; where there is none every check fails and says so."""
    try:
        return provide_tools()
    except NoToolsError as problem:
        pytest.fail(str(problem), pytrace=False)


@pytest.mark.parametrize(
    "arguments",
    [
        ("@biomejs/biome/bin/biome", "ci", "--error-on-warnings", "."),
        ("typescript/bin/tsc", "--project", "."),
    ],
    ids=["biome", "tsc"],
)
def test_the_scripts_are_clean(node: str, arguments: tuple[str, ...]) -> None:
    tool, *rest = arguments
    command = [node, f"node_modules/{tool}", *rest]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def scripts() -> list[Path]:
    """Every script and declaration of ours."""
    folders = [ROOT / "app" / "components", ROOT / "tests" / "browser" / "unit"]
    return sorted(
        p for folder in folders for kind in ("js", "ts") for p in folder.rglob(f"*.{kind}")
    )


def test_no_line_is_longer_than_a_hundred_characters() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in scripts()
        for number, line in enumerate(path.read_text("utf-8").split("\n"), start=1)
        if len(line) > LONGEST_LINE
    ]
    assert long == []
