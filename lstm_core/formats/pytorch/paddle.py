"""What Paddle's checkpoints have that PyTorch's lack: classes of modules, and turned matrices.

`paddle.save(network.state_dict(), path)` pickles NumPy arrays under PyTorch's names, with a
table of each parameter's own name ("linear_0.w_0"), which says what kind of layer made it. A
Linear keeps its weight as (inputs, outputs), the transpose of PyTorch's; recurrent weights and
embeddings lie as PyTorch has them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .module_trees import ModuleRecord
from .modules import is_recurrent
from .tensors import Tensor, TurnedTensor

TABLE = "StructuredToParameterName@@"
KINDS = {"linear": "Linear", "embedding": "Embedding"}


def is_paddle(value: Any) -> bool:
    """Whether a value is a state dict that Paddle wrote."""
    return isinstance(value, dict) and isinstance(value.get(TABLE), dict)


def as_pytorch(
    tensors: Mapping[str, Tensor], table: Mapping[Any, Any]
) -> tuple[dict[str, Tensor], dict[str, ModuleRecord]]:
    """Return the tensors as PyTorch has them, and the classes of modules that the table tells."""
    modules = {}
    for name in tensors:
        kind = KINDS.get(str(table.get(name)).partition("_")[0])
        if kind is not None:
            path = name.rpartition(".")[0]
            modules[path] = ModuleRecord(
                class_name=f"paddle.nn.{kind}", settings={}, options={}, children=()
            )
    return {name: _turned(name, tensor, modules) for name, tensor in tensors.items()}, modules


def _turned(name: str, tensor: Tensor, modules: Mapping[str, ModuleRecord]) -> Tensor:
    record = modules.get(name.rpartition(".")[0])
    linear = record is not None and record.kind == "Linear"
    if is_recurrent(name) or not linear or len(tensor.shape) != 2:
        return tensor
    return TurnedTensor(tensor=tensor)
