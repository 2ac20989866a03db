"""`python -m benchmarks`: what is asked wrongly or missing is said in one sentence."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WITHOUT_PLAYWRIGHT = (
    "import runpy, sys; sys.modules['playwright'] = None; "
    "sys.argv[1:] = ['pages']; runpy.run_module('benchmarks', run_name='__main__')"
)


@pytest.mark.parametrize(
    ("command", "environment", "said"),
    [
        (["-m", "benchmarks", "chess"], {}, "benchmark is 'chess': expected one of unroll, "),
        (
            ["-m", "benchmarks", "tasks", "chess"],
            {},
            "task is 'chess': expected one of first_letter, ",
        ),
        (["-m", "benchmarks", "long", "0"], {}, "units is '0': expected a whole number from 1 on"),
        (["-m", "benchmarks", "load", "ten"], {}, "sessions is 'ten': expected a whole number"),
        (
            ["-c", WITHOUT_PLAYWRIGHT],
            {},
            "`python -m benchmarks pages` needs playwright, which is not installed: pip install ",
        ),
        (
            ["-m", "benchmarks", "browser"],
            {"GATESCOPE_BROWSER": "nowhere/chrome"},
            "GATESCOPE_BROWSER is 'nowhere/chrome', which does not start: name a browser.",
        ),
    ],
    ids=lambda given: given[-1] if isinstance(given, list) else "",
)
def test_what_is_wrong_or_missing_is_one_sentence(
    command: list[str], environment: dict[str, str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith(said)
    assert done.stderr.count("\n") == 1
