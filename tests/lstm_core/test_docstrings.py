"""The examples in the docstrings of lstm_core do what they say."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from types import ModuleType

import pytest

import lstm_core

NAMES = {module.name for module in pkgutil.walk_packages(lstm_core.__path__, "lstm_core.")}
MODULES = sorted(name for name in NAMES if not name.endswith("_hooks"))  # they need a framework
MOST_USED = ("LSTMParameters", "unroll", "step", "load_model", "save_model", "Sequence", "Clamp")


def examples(module: ModuleType) -> list[doctest.DocTest]:
    """The docstrings of a module that show examples."""
    return [test for test in doctest.DocTestFinder().find(module) if test.examples]


@pytest.mark.parametrize("name", ["lstm_core", *MODULES])
def test_every_example_of_a_module_prints_what_it_shows(name: str) -> None:
    module = importlib.import_module(name)
    said: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    for test in examples(module):
        runner.run(test, out=said.append)
    assert runner.failures == 0, "".join(said)


@pytest.mark.parametrize("name", MOST_USED)
def test_what_is_used_most_shows_an_example(name: str) -> None:
    assert ">>> " in (getattr(lstm_core, name).__doc__ or "")
