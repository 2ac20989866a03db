"""Modules that look like PyTorch's by their names and compute something else.

A cell of somebody's own may keep its weights as `weight_ih` and `weight_hh` and have a layer
norm, peepholes or a learned start beside them. An nn.LSTM owns nothing else, so whatever more
a module owns says that it is no plain one; its equations are code, which no file holds.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..errors import shown
from .modules import is_recurrent, split_name
from .tensors import Tensor


def extra_tensors(plain: Mapping[str, Tensor]) -> dict[str, list[str]]:
    """Return by module the tensors that it owns and an nn.LSTM, nn.GRU or nn.RNN lacks."""
    modules: dict[str, bool] = {}  # by name, whether it is a cell
    rows: dict[str, int] = {}
    for name, tensor in plain.items():
        recurrent = split_name(name)
        if recurrent:
            module, _, layer, _ = recurrent
            modules[module] = modules.get(module, False) or layer is None
            rows[module] = max((rows.get(module, 0), *tensor.shape[:1]))
    extras: dict[str, list[str]] = {}
    for name, tensor in plain.items():
        if is_recurrent(name) or not tensor.shape:
            continue
        for module, is_cell in modules.items():
            if _belongs(name, module, tensor, is_cell, rows[module]):
                extras.setdefault(module, []).append(name)
    return extras


def _belongs(name: str, module: str, tensor: Tensor, is_cell: bool, rows: int) -> bool:
    """Whether a tensor is a module's own.

    A norm with one number for each row of all gates belongs to the cell that it stands beside.
    In the dict of a module that was saved by itself other modules stand beside its tensors: its
    own are those without a module's name, and such norms.
    """
    if module and name.startswith(f"{module}."):
        return True
    parent = f"{module.rpartition('.')[0]}.".lstrip(".")
    scales = len(tensor.shape) == 1 and name.endswith("weight") and name.startswith(parent)
    if module:
        return scales and is_cell and tensor.shape[0] == rows
    return "." not in name or (scales and (is_cell or tensor.shape[0] == rows))


def not_plain(module: str, extras: list[str]) -> str:
    """Say why a module is not opened, and what to do."""
    more = f" and {len(extras) - 3} more" if len(extras) > 3 else ""
    named = ", ".join(shown(name) for name in extras[:3]) + more
    return (
        f"{shown(module or 'the module')} is no plain LSTM, GRU or RNN: it also owns {named}, "
        "which those of PyTorch lack, so its equations are its own code and cannot be computed "
        "from the file; open a model whose recurrent layers are torch.nn's own."
    )
