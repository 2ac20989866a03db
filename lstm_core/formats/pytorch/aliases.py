"""Modules that a file lists twice: tied in PyTorch, or stacked and taken apart by Paddle.

A Paddle network names the tensors of `rnn` also as those of its cells (`rnn.0.cell_fw`); a
PyTorch module that is reachable by two names has the same storage under both. Each is read
once.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..errors import shown
from .modules import Direction, directions
from .tensors import ArrayTensor, StridedTensor, Tensor


def without_aliases(weights: Mapping[str, Tensor]) -> tuple[dict[str, Tensor], list[str]]:
    """Return the recurrent tensors without second names, and a sentence for each second module."""
    modules: dict[str, list[Direction]] = {}
    for direction in directions(weights):
        modules.setdefault(direction.module, []).append(direction)
    dropped: dict[str, str] = {}
    for module, own in modules.items():
        for first, others in modules.items():
            if first == module or first in dropped or len(others) < len(own):
                continue
            if not _before(first, module, modules):
                continue
            if all(any(_same(mine, theirs) for theirs in others) for mine in own):
                dropped[module] = first
                break
    names = {name for module in dropped for d in modules[module] for name in d.names}
    kept = {name: tensor for name, tensor in weights.items() if name not in names}
    return kept, [
        f"{shown(module)} is another name for the weights of {shown(first)}."
        for module, first in dropped.items()
    ]


def _before(first: str, module: str, modules: Mapping[str, list[Direction]]) -> bool:
    """Whether `module` may be a second name of `first`: a part of it, or listed behind it."""
    if len(modules[first]) > len(modules[module]):
        return True
    order = list(modules)
    return order.index(first) < order.index(module)


def _same(one: Direction, other: Direction) -> bool:
    """Whether two directions are the same tensors, part by part."""
    nested = one.module.startswith(f"{other.module}.")
    return one.parts.keys() == other.parts.keys() and all(
        _same_tensor(tensor, other.parts[part], nested) for part, tensor in one.parts.items()
    )


def _same_tensor(one: Tensor, other: Tensor, nested: bool) -> bool:
    """Whether two tensors are one: the same place in the file, or inside a module equal numbers."""
    if one is other:
        return True
    if isinstance(one, StridedTensor) and isinstance(other, StridedTensor):
        places = [(t.storage, t.offset, t.shape, t.strides) for t in (one, other)]
        if places[0] == places[1]:
            return True
    if not nested or one.shape != other.shape or one.dtype != other.dtype:
        return False
    if isinstance(one, ArrayTensor) and isinstance(other, ArrayTensor):
        return bool((one.array == other.array).all())
    return bool((one.load() == other.load()).all())
