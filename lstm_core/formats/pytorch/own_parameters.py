"""Parameters of the module around the layers: trained start states, and others.

PyTorch lists a module's own parameters before all its inner modules, so that their place says
nothing, and what they do is in code. Some may be the start of a layer: see `start_states`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from .tensors import FLOATS, Tensor


def own_parameters(tensors: Mapping[str, Tensor], module: str) -> list[str]:
    """Return the parameters of the modules that a recurrent one stands in, by their names."""
    return [
        name
        for name in _beside(tensors, module, r"[^.]+")
        if name.rpartition(".")[2] not in ("weight", "bias")
    ]


def listed_parameters(tensors: Mapping[str, Tensor], module: str) -> list[str]:
    """Return those that such modules keep in a list of parameters: `init.0`, `init.1`."""
    return _beside(tensors, module, r"[^.]+\.\d{1,4}")


def owners(module: str) -> list[str]:
    """Return what leads the names in each module that one stands in: "", "net."."""
    words = module.split(".")[:-1]
    return ["", *(f"{'.'.join(words[: k + 1])}." for k in range(len(words)))]


def _beside(tensors: Mapping[str, Tensor], module: str, pattern: str) -> list[str]:
    """Return tensors of floats whose names are as the pattern says behind those of an owner."""
    own = re.compile(pattern)
    return [
        name
        for name, tensor in tensors.items()
        if tensor.dtype in FLOATS
        and tensor.shape
        and any(name.startswith(o) and own.fullmatch(name, len(o)) for o in owners(module))
    ]
