"""Averaged copies inside one state dict: `model.` beside `ema_model.` are versions of one model.

A moving average of the weights has the names and shapes of the model that it averages, under a
name that says what it is. Two such are parts of a file, of which one is opened; any other modules
of the same shapes (towers, actor and critic) are left as they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from .contents import StateDict
from .tensors import FLOATS, Tensor
from .weights import WRAPPERS

T = TypeVar("T")
AVERAGED = re.compile(
    r"(^|_)(ema|swa|avg|averaged?|shadow|polyak)(_|$|model|net)|(model|net)_?(ema|swa)$",
    re.IGNORECASE,
)


def apart(state_dict: StateDict) -> list[StateDict]:
    """Return the versions of a model in a state dict, or the dict alone where it holds one."""
    prefix = _shared(list(state_dict.tensors))
    words = dict.fromkeys(name.removeprefix(prefix).split(".")[0] for name in state_dict.tensors)
    versions = {
        word: version
        for word in words
        if (version := _below(state_dict.tensors, f"{prefix}{word}."))
    }
    outside = [
        name
        for name, tensor in state_dict.tensors.items()
        if tensor.shape and name.removeprefix(prefix).split(".")[0] not in versions
    ]
    shapes = [_shapes(version) for version in versions.values()]
    alike = len(shapes) > 1 and all(one == shapes[0] for one in shapes[1:])
    if outside or not alike or not any(map(AVERAGED.search, versions)):
        return [state_dict]
    return [
        replace(
            state_dict,
            version=f"{prefix}{word}",
            tensors=version,
            modules=_below(state_dict.modules, f"{prefix}{word}."),
        )
        for word, version in versions.items()
    ]


def _shared(names: list[str]) -> str:
    """Return the words that all names begin with, with their dots: "trainer."."""
    prefix = ""
    while names and all("." in name for name in names):
        words = {name.split(".")[0] for name in names}
        if len(words) > 1:
            break
        prefix += f"{words.pop()}."
        names = [name.partition(".")[2] for name in names]
    return prefix


def _below(values: Mapping[str, T], prefix: str) -> dict[str, T]:
    return {n.removeprefix(prefix): v for n, v in values.items() if n.startswith(prefix)}


def _shapes(tensors: Mapping[str, Tensor]) -> set[tuple[str, tuple[int, ...]]]:
    """Return the names and shapes of weights, by their names without wrappers."""
    return {
        (WRAPPERS.sub("", name), tensor.shape)
        for name, tensor in tensors.items()
        if tensor.dtype in FLOATS and tensor.shape
    }
