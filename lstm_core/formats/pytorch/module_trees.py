"""Whole modules: the tensors of `torch.save(model)` and of TorchScript by their names.

A module that was pickled as a whole is an inert value whose state has `_parameters`, `_buffers`
and `_modules`; in a TorchScript archive tensors and modules are attributes side by side. Both
say of each module which class it is; the first also what nn.LSTM, nn.GRU and nn.RNN record
beside their tensors. Nothing of their code is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...record import record
from ..errors import ModelFileError
from .objects import NumPyArray
from .quantised import QuantisedTensor
from .tensors import StridedTensor
from .values import Inert

MAX_MODULES = 20_000
MAX_DEPTH = 64
MAX_OPTION = 40  # letters
RECURRENT = ("LSTM", "GRU", "RNN", "LSTMCell", "GRUCell", "RNNCell")
RECORDED = (
    *("mode", "nonlinearity", "input_size", "hidden_size", "num_layers", "bias"),
    *("batch_first", "bidirectional", "proj_size"),
)


@record
class ModuleRecord:
    """What a file says of one module: its class, and what it records beside its tensors."""

    class_name: str  # "torch.nn.modules.rnn.LSTM"
    settings: Mapping[str, Any]  # {"num_layers": 2, …}, of recurrent modules
    options: Mapping[str, Any]  # {"eps": 1e-5, …}, of PyTorch's others
    children: tuple[str, ...]  # the names of the modules directly below, in their order

    @property
    def kind(self) -> str:
        """The class without its module: "LSTM"."""
        return self.class_name.rpartition(".")[2]

    @property
    def is_own(self) -> bool:
        """Whether the class is none of PyTorch's own."""
        return not self.class_name.startswith("torch.nn.")

    @property
    def nonlinearity(self) -> str | None:
        """The activation that a standard RNN records: "tanh" or "relu"; None where it does not."""
        recorded = self.settings.get("nonlinearity")
        if recorded is None:
            mode = self.settings.get("mode")
            recorded = mode.removeprefix("RNN_").lower() if isinstance(mode, str) else None
        return recorded if recorded in ("tanh", "relu") else None


def is_module(value: Any) -> bool:
    """Whether a value is a module that was saved as a whole."""
    if not isinstance(value, Inert):
        return False
    if value.name.startswith("__torch__."):
        return True
    attributes = value.attributes
    return all(isinstance(attributes.get(key), dict) for key in ("_parameters", "_modules"))


def module_tree(root: Inert) -> tuple[dict[str, Any], dict[str, ModuleRecord]]:
    """Return what the modules below `root` own by its full name, and each module's record.

    Tensors stand in the order of `state_dict()`; packed weights of quantised modules are among
    them. Raises ModelFileError for a tree without end.
    """
    values: dict[str, Any] = {}
    modules: dict[str, ModuleRecord] = {}
    waiting: list[tuple[str, Inert, int]] = [("", root, 0)]
    while waiting:
        path, module, depth = waiting.pop()
        if len(modules) >= MAX_MODULES or depth > MAX_DEPTH:
            raise ModelFileError("The module in the file has more parts than any model needs.")
        owned, below = _owned(module)
        modules[path] = _record(module, tuple(name for name, _ in below))
        prefix = f"{path}." if path else ""
        values |= {prefix + name: value for name, value in owned}
        waiting.extend((prefix + name, inner, depth + 1) for name, inner in reversed(below))
    return values, modules


def _record(module: Inert, children: tuple[str, ...]) -> ModuleRecord:
    name = module.name.removeprefix("__torch__.")
    name = ".".join(part for part in name.split(".") if not part.startswith("___torch_mangle"))
    attributes = module.attributes
    settings = {key: attributes[key] for key in RECORDED if key in attributes}
    plain = {k: v for k, v in settings.items() if isinstance(v, str | int)}
    options = {k: v for k, v in attributes.items() if _is_option(k, v)}
    return ModuleRecord(
        class_name=name,
        settings=plain if _is_recurrent(name) else {},
        options=options if name.startswith("torch.nn.") and not _is_recurrent(name) else {},
        children=children,
    )


def _is_option(name: Any, value: Any) -> bool:
    """Whether a module's attribute is a single number or word that it was made with."""
    plain = isinstance(name, str) and not name.startswith("_")
    return plain and isinstance(value, str | int | float) and len(str(value)) <= MAX_OPTION


def _is_recurrent(class_name: str) -> bool:
    return class_name.rpartition(".")[2] in RECURRENT


def _owned(module: Inert) -> tuple[list[tuple[str, Any]], list[tuple[str, Inert]]]:
    """Return a module's own tensors, and the modules below it."""
    owned = [pair for pair in _entries(module) if _is_tensor(pair[1])]
    below = [
        (name, value)
        for name, value in _entries(module)
        if isinstance(value, Inert) and not _is_tensor(value) and is_module(value)
    ]
    return owned, below


def _entries(module: Inert) -> Iterator[tuple[str, Any]]:
    attributes = module.attributes
    groups = [attributes.get(key) for key in ("_parameters", "_buffers", "_modules")]
    plain = attributes.items() if not isinstance(groups[0], dict) else ()
    packed = ((k, v) for k, v in attributes.items() if _is_packed(v))
    for group in (*groups[:2], dict(plain), dict(packed), groups[2]):
        for name, value in group.items() if isinstance(group, dict) else ():
            if isinstance(name, str):
                yield name, value


def _is_tensor(value: Any) -> bool:
    return isinstance(value, StridedTensor | QuantisedTensor | NumPyArray) or _is_packed(value)


def _is_packed(value: Any) -> bool:
    return isinstance(value, Inert) and value.name == "torch.ScriptObject"
