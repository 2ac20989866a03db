"""Try a change: make it in a copy of the tree and see whether a test fails."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from .changes import Change, changes

ROOT = Path(__file__).parents[2]
NOT_COPIED = (".git", ".*_cache", ".hypothesis", ".venv", "venv", "__pycache__", "pictures")
OPTIONS = ("-n", "0", "-x", "-q", "--no-header", "-p", "no:cacheprovider", "--hypothesis-seed=0")

Stage = tuple[str, Sequence[str]]
"""A name, and the tests that run: paths from the root."""


def modules(paths: Sequence[str]) -> list[str]:
    """Return the modules that are named or stand in a named folder, each once."""
    found: dict[str, None] = {}
    for path in paths:
        files = sorted((ROOT / path).rglob("*.py")) if (ROOT / path).is_dir() else [ROOT / path]
        found |= dict.fromkeys(file.relative_to(ROOT).as_posix() for file in files)
    return list(found)


def chosen(sources: Mapping[str, str], count: int, seed: int) -> list[tuple[str, Change]]:
    """Return `count` changes, spread over the modules: none has a second before all have one.

    `sources` are texts by module. The same seed chooses the same changes.
    """
    rng = random.Random(seed)
    piles = [[(module, change) for change in changes(text)] for module, text in sources.items()]
    for pile in piles:
        rng.shuffle(pile)
    rng.shuffle(piles)
    rounds = range(max((len(pile) for pile in piles), default=0))
    return [pile[k] for k in rounds for pile in piles if k < len(pile)][:count]


def stages_of(module: str, everything: bool = False) -> list[Stage]:
    """Return the tests that are to notice a change of a module, nearest first.

    "mirror" are the files named after the module or, where there are none, after the nearest
    folder around it: for `lstm_core/formats/keras/cells.py` `tests/lstm_core/formats/test_keras*`.
    "folder" is the mirrored folder, and "all", with `everything`, all tests of the package.
    """
    parts = module.removesuffix(".py").removesuffix("/__init__").split("/")
    folders = [Path("tests", *parts[:k]) for k in range(len(parts) - 1, 0, -1)] or [Path("tests")]
    depth = {folder: len(folder.parts) - 1 for folder in folders}
    named = (sorted((ROOT / f).glob(f"test_{parts[depth[f]]}*.py")) for f in folders)
    mirror = next((files for files in named if files), [])
    folder = next(folder for folder in folders if (ROOT / folder).is_dir())
    stages = [("mirror", [file.relative_to(ROOT).as_posix() for file in mirror])]
    stages += [("folder", [folder.as_posix()])]
    stages += [("all", [folders[-1].as_posix()])] if everything else []
    paths = [tests for _, tests in stages]
    return [stage for k, stage in enumerate(stages) if stage[1] and stage[1] not in paths[:k]]


@contextmanager
def copied_tree() -> Iterator[Path]:
    """Copy the project into a temporary folder, which is removed at the end."""
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        shutil.copytree(ROOT, tree, ignore=shutil.ignore_patterns(*NOT_COPIED))
        yield tree


def noticed(
    tree: Path, module: str, source: str, stages: Sequence[Stage], limit: float
) -> tuple[str, str] | None:
    """Return which stage notices this source of a module, and by which test; None if none does."""
    file = tree / module
    original = file.read_text(encoding="utf-8")
    file.write_text(source, encoding="utf-8")
    try:
        for name, tests in stages:
            failed = first_failure(tree, tests, limit)
            if failed is not None:
                return name, failed
        return None
    finally:
        file.write_text(original, encoding="utf-8")


def first_failure(tree: Path, tests: Sequence[str], limit: float, *options: str) -> str | None:
    """Return the test that fails in this tree, or that time ran out; None where all pass.

    `options` are pytest's. Hypothesis draws the same examples each time, so that a second run
    says the same. Raises InterruptedError where somebody else ends pytest.
    """
    command = [sys.executable, "-m", "pytest", *OPTIONS, *options, *tests]
    with subprocess.Popen(
        command,
        cwd=tree,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            output, _ = process.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            return f"not done after {limit:g} s"
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # and all that it started
    if process.returncode == 0:
        return None
    if process.returncode == -signal.SIGTERM:
        raise InterruptedError("pytest was ended from outside: what it would have found is unknown")
    failures = re.findall(r"^(?:FAILED|ERROR) (?:\S*/)?(\S+)", output, re.MULTILINE)
    return failures[0] if failures else f"pytest ended with {process.returncode}"
