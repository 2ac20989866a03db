"""Parameters of the module around the layers: trained start states, and others.

PyTorch lists a module's own parameters before all its inner modules, so that their place says
nothing. `h0` and `c0` of the layers' sizes are asked about as trained start states; what any other
one does is not in the file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from ...model import Layer
from ...model.findings import Assumption
from ...record import Array, record
from ..door import Options
from .chains import Module
from .tensors import FLOATS, Tensor

TRAINED, ZERO = "trained", "zero"
STARTS = (TRAINED, ZERO)
_NAMES = {
    "hidden": re.compile(r"((learn\w*|init\w*|start\w*)_)?(h|hx|hidden)(_?0|_?state|_?init\w*)*"),
    "cell": re.compile(r"((learn\w*|init\w*|start\w*)_)?(c|cx|cell)(_?0|_?state|_?init\w*)*"),
}


@record
class Start:
    """The layers of a module with the start that was taken, the tensors used, and the question."""

    layers: tuple[Layer, ...]
    used: tuple[str, ...] = ()
    assumptions: tuple[Assumption, ...] = ()


def own_parameters(tensors: Mapping[str, Tensor], module: str) -> list[str]:
    """Return the parameters of the modules that a recurrent one stands in, by their names."""
    owners = ["", *(f"{path}." for path in _above(module))]
    return [
        name
        for name, tensor in tensors.items()
        if tensor.dtype in FLOATS
        and tensor.shape
        and any(name.startswith(o) and "." not in name[len(o) :] for o in owners)
        and name.rpartition(".")[2] not in ("weight", "bias")
    ]


def _above(module: str) -> list[str]:
    words = module.split(".")[:-1]
    return [".".join(words[: k + 1]) for k in range(len(words))]


def started(module: Module, tensors: Mapping[str, Tensor], options: Options) -> Start:
    """Return the layers of a module with the start states that stand beside it, as was asked."""
    found = {
        role: [
            name
            for name in own_parameters(tensors, module.name)
            if pattern.fullmatch(name.rpartition(".")[2]) and _states(tensors[name], module)
        ]
        for role, pattern in _NAMES.items()
    }
    used = tuple(names[0] for names in found.values() if len(names) == 1)
    if len(found["hidden"]) != 1 or len(found["cell"]) > 1:
        return Start(layers=module.layers)
    value = options.start or TRAINED
    question = Assumption(
        value=value,
        reason=f"The file holds {' and '.join(used)} beside {module.title}, of the size of its "
        "states; whether it starts from them or from zero is in code that the file does not hold.",
        keyword="start",
        choices=STARTS,
    )
    if value == ZERO:
        return Start(layers=module.layers, used=used, assumptions=(question,))
    hidden, cell = (
        tensors[names[0]].load().reshape(len(module.layers), -1) if names else None
        for names in (found["hidden"], found["cell"])
    )
    layers = tuple(
        replace(
            layer,
            initial_hidden=_of(hidden, k, layer),
            initial_cell=_of(cell, k, layer) if layer.kind == "lstm" else None,
        )
        for k, layer in enumerate(module.layers)
    )
    return Start(layers=layers, used=used, assumptions=(question,))


def _states(tensor: Tensor, module: Module) -> bool:
    """Whether a tensor holds a state for each layer and direction, and a batch of one at most."""
    layer = module.layers[0]
    rows = len(module.layers) * (1 + layer.bidirectional)
    shapes = [(rows, 1, layer.hidden_size), (rows, layer.hidden_size)]
    shapes += [(layer.hidden_size,), (1, layer.hidden_size)] if rows == 1 else []
    projected = layer.forward.output_size != layer.hidden_size
    return tuple(tensor.shape) in shapes and not projected


def _of(states: Array | None, k: int, layer: Layer) -> Array | None:
    """The start of one layer, ([2,] H)."""
    if states is None:
        return None
    start: Array = states[k].reshape(2, -1) if layer.bidirectional else states[k]
    return start
