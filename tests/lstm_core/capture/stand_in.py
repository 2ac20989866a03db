"""A PyTorch of NumPy arrays, as far as a recorder looks at it: modules, hooks, packed sequences.

It calls its hooks as PyTorch 2 does, with (module, args, kwargs, output). Its recurrent modules
compute with our own cells. That the recorder understands PyTorch itself is what the files show that
it recorded there, see tests/golden/make_captures.py.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np

from lstm_core import Layer


class Tensor:
    """An array that counts how often it was changed."""

    def __init__(self, array: Any) -> None:
        self.array, self._version = np.array(array, np.float32), 0
        self.dtype = self.array.dtype

    def detach(self) -> Tensor:
        return self

    def is_inference(self) -> bool:
        return False

    def numel(self) -> int:
        return self.array.size

    def element_size(self) -> int:
        return self.array.itemsize

    def to(self, *_: Any, copy: bool = False) -> Tensor:
        return Tensor(self.array.copy()) if copy else self

    def numpy(self) -> np.ndarray:
        return self.array

    def add_(self, number: float) -> None:
        self.array += number
        self._version += 1


class PackedSequence(NamedTuple):
    data: Tensor
    batch_sizes: Any
    sorted_indices: Any = None
    unsorted_indices: Any = None


class _Handle:
    def __init__(self, hooks: list[Any], hook: Any) -> None:
        self.hooks, self.hook = hooks, hook

    def remove(self) -> None:
        self.hooks.remove(self.hook)


class Module:
    """A module of named modules; `forward` is what its owner does with them."""

    def __init__(self, **children: Module) -> None:
        self.children, self.training = children, False
        self.hooks: list[Any] = []

    def named_modules(self, prefix: str = "") -> Iterator[tuple[str, Module]]:
        yield prefix, self
        for name, module in self.children.items():
            yield from module.named_modules(f"{prefix}.{name}" if prefix else name)

    def register_forward_hook(self, hook: Any, *, with_kwargs: bool) -> _Handle:
        assert with_kwargs
        self.hooks.append(hook)
        return _Handle(self.hooks, hook)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        output = self.forward(*args, **kwargs)
        for hook in list(self.hooks):
            hook(self, args, kwargs, output)
        return output

    def parameters(self) -> list[Tensor]:
        return [value for value in vars(self).values() if isinstance(value, Tensor)]

    def forward(self, *args: Any, **kwargs: Any) -> Any:
        raise NotImplementedError


class _Recurrent(Module):
    """One layer of our own, under PyTorch's names and with its answers."""

    def __init__(self, layer: Layer) -> None:
        super().__init__()
        self.layer, cell = layer, layer.forward
        self.input_size, self.hidden_size, self.num_layers = cell.input_size, cell.hidden_size, 1
        self.bidirectional, self.batch_first, self.dropout = False, True, 0.0
        zero = np.zeros(cell.kernel.shape[1])
        self.weight_ih_l0, self.weight_hh_l0 = (
            Tensor(cell.kernel.T),
            Tensor(cell.recurrent_kernel.T),
        )
        self.bias_ih_l0, self.bias_hh_l0 = Tensor(cell.bias), Tensor(zero)

    def forward(self, input: Tensor, hx: tuple[Tensor, Tensor] | None = None) -> Any:
        start = (None, None) if hx is None else tuple(state.array[0] for state in hx)
        run = self.layer.unroll(input.array, *start)
        states = (run.final_hidden, run.final_cell)
        return Tensor(run.outputs), tuple(Tensor(state[np.newaxis]) for state in states)


class LSTM(_Recurrent):
    """nn.LSTM, batch first."""


class _Absent(Module):
    """What no stand-in is of."""


def stand_in() -> dict[str, ModuleType]:
    """Return the modules of this PyTorch by the names under which a recorder imports them."""
    torch, nn, utils, rnn = (
        ModuleType(name) for name in ("torch", "torch.nn", "torch.nn.utils", "torch.nn.utils.rnn")
    )
    vars(rnn).update(PackedSequence=PackedSequence, pad_packed_sequence=None)
    names = ("GRU", "RNN", "LSTMCell", "GRUCell", "RNNCell")
    absent = {name: type(name, (_Absent,), {}) for name in names}
    vars(nn).update(Module=Module, LSTM=LSTM, utils=utils, **absent)
    vars(torch).update(
        nn=nn,
        __version__="2.0.0+stand.in",
        float32=np.dtype(np.float32),
        float64=np.dtype(np.float64),
        is_tensor=lambda value: isinstance(value, Tensor),
    )
    return {"torch": torch, "torch.nn": nn, "torch.nn.utils": utils, "torch.nn.utils.rnn": rnn}


@contextmanager
def installed() -> Iterator[ModuleType]:
    """Let this PyTorch be the one that is imported, and no recorder of another one be known."""
    modules = stand_in()
    with standing_in("torch", modules):
        yield modules["torch"]


@contextmanager
def standing_in(framework: str, modules: dict[str, ModuleType]) -> Iterator[None]:
    """Let these modules be those that are imported, and no recorder of others be known."""
    hooks = f"lstm_core.capture.{framework}_hooks"
    before = {name: sys.modules.get(name) for name in (*modules, hooks)}
    sys.modules.pop(hooks, None)
    sys.modules.update(modules)
    try:
        yield
    finally:
        for name, module in before.items():
            if module is None:
                sys.modules.pop(name, None)
            else:
                sys.modules[name] = module
