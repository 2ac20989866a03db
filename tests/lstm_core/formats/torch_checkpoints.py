"""Checkpoints of PyTorch made by hand, and classes that nobody has to pickle in them."""

from __future__ import annotations

import sys
import types
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from lstm_core import Model, load_model

from .bad_files import checkpoint, pickled


def opened(value: Any, **keywords: Any) -> Model:
    return load_model(checkpoint(pickled(value)), **keywords)


def kernel(state: dict[str, Any], module: str) -> np.ndarray:
    return state[f"{module}.weight_ih_l0"].T


@contextmanager
def foreign_classes(*names: str) -> Iterator[list[type]]:
    """Classes of a package that nobody has, for as long as they are pickled."""
    package = types.ModuleType("somebodys_package")
    for name in names:
        setattr(package, name, type(name, (), {"__module__": package.__name__}))
    sys.modules[package.__name__] = package
    try:
        yield [getattr(package, name) for name in names]
    finally:
        del sys.modules[package.__name__]


class Built:
    """Pickles as `function(*arguments)` with a state, items and entries, all of it foreign."""

    def __init__(self, reduced: tuple[Any, ...]):
        self.reduced = reduced

    def __reduce__(self) -> tuple[Any, ...]:
        return self.reduced
