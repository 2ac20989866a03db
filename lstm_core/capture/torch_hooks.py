"""PyTorch: forward hooks on every nn.LSTM, nn.GRU, nn.RNN and their cells."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn.utils.rnn import PackedSequence, pad_packed_sequence

from .recording import LIMIT, Recorder

CELLS = (nn.LSTMCell, nn.GRUCell, nn.RNNCell)
RECURRENT = (nn.LSTM, nn.GRU, nn.RNN, *CELLS)
RECORDED = (
    *("input_size", "hidden_size", "num_layers", "bias", "batch_first", "dropout"),
    *("bidirectional", "proj_size", "nonlinearity", "training"),
)
PARTS = ("weight_ih", "weight_hh", "bias_ih", "bias_hh", "weight_hr")


class TorchRecorder(Recorder):
    """Records the recurrent modules of an nn.Module while it is entered."""

    framework = "torch"

    def __init__(self, model: nn.Module, limit: int = LIMIT) -> None:
        super().__init__(limit)
        self.versions = {"torch": torch.__version__}
        named = model.named_modules()
        self.found = [(name, module) for name, module in named if isinstance(module, RECURRENT)]
        if not self.found:
            raise ValueError(
                "The model has no nn.LSTM, nn.GRU, nn.RNN or cell of theirs: expected at least one."
            )
        self.calls = [[] for _ in self.found]
        self.modules = [{} for _ in self.found]  # what is known of each once it was called
        self.hooks: list[Any] = []

    def _attach(self) -> None:
        for number, (name, module) in enumerate(self.found):

            def hook(
                module: nn.Module,
                args: Any,
                kwargs: Any,
                output: Any,
                number: int = number,
                name: str = name,
            ) -> None:
                self._record(number, name, module, args, kwargs, output)

            self.hooks.append(module.register_forward_hook(hook, with_kwargs=True))

    def _detach(self) -> None:
        while self.hooks:
            self.hooks.pop().remove()

    def _record(
        self, number: int, name: str, module: Any, args: Any, kwargs: Any, output: Any
    ) -> None:
        known = self.modules[number]
        if known and known["marks"] != marks_of(known["watched"]):
            self.left_out["the weights had changed by then"] += 1
            return
        given = {**dict(zip(("input", "hx"), args, strict=False)), **kwargs}
        tensors = [*flat(given["input"]), *flat(given.get("hx")), *flat(output)]
        size = sum(tensor.numel() * tensor.element_size() for tensor in tensors)
        if not self._has_room(size):
            return
        if not known:
            known |= described(name, module)
            known["weights"] = {n: number_array(w) for n, w in weights_of(module).items()}
            known["watched"] = list(module.parameters())
            known["marks"] = marks_of(known["watched"])
        kept = (copied(given["input"]), copied(given.get("hx")), copied(output))
        self._keep(number, kept, size)

    def _arrays(self, module: dict[str, Any], call: Any) -> dict[str, Any]:
        inputs, start, output = call
        is_cell = module["settings"].get("num_layers") is None
        answered, final = (None, output) if is_cell else output
        values, lengths = batch_first(inputs, module["settings"])
        rows = len(lengths)
        arrays = {"lengths": lengths, "inputs": valid_rows(values, lengths)}
        if answered is not None:
            values, _ = batch_first(answered, module["settings"])
            arrays["outputs"] = valid_rows(values, lengths)
        for when, states in (("final", final), ("start", start)):
            pair = states if isinstance(states, tuple) else (states,)
            for part, state in zip(("hidden", "cell"), pair, strict=False):
                if state is not None:
                    arrays[f"{when}_{part}"] = state_rows(state, rows, is_cell)
        if is_cell:
            arrays["outputs"] = arrays["final_hidden"][:, 0]
        for part in ("hidden", "cell"):  # without a start it is zero
            if f"final_{part}" in arrays:
                zero = np.zeros_like(arrays[f"final_{part}"])
                arrays.setdefault(f"start_{part}", zero)
        return arrays


def weights_of(module: Any) -> dict[str, Any]:
    """Return the tensors with which a module computes by PyTorch's names, norms applied."""
    layers = [""] if isinstance(module, CELLS) else [f"_l{k}" for k in range(module.num_layers)]
    ways = ("", "_reverse") if getattr(module, "bidirectional", False) else ("",)
    names = (f"{part}{layer}{way}" for layer in layers for way in ways for part in PARTS)
    return {
        name: getattr(module, name)
        for name in names
        if torch.is_tensor(getattr(module, name, None))
    }


def marks_of(parameters: Any) -> list[int]:
    """Return how often each parameter was changed in place."""
    return [0 if one.is_inference() else one._version for one in parameters]


def described(name: str, module: Any) -> dict[str, Any]:
    """Return what is to be known of a module beside its weights."""
    kind = type(module)
    settings = {key: getattr(module, key) for key in RECORDED if hasattr(module, key)}
    return {"name": name, "class": f"{kind.__module__}.{kind.__qualname__}", "settings": settings}


def flat(value: Any) -> list[Any]:
    """Return the tensors in nested tuples."""
    if torch.is_tensor(value):
        return [value]
    return [one for part in value or () for one in flat(part)]


def copied(value: Any) -> Any:
    """Return nested tuples with every tensor copied, off its graph and its device."""
    if torch.is_tensor(value):
        return value.detach().to("cpu", copy=True)
    if isinstance(value, PackedSequence):
        return PackedSequence(*map(copied, value))
    return tuple(map(copied, value)) if isinstance(value, tuple | list) else value


def number_array(tensor: Any) -> np.ndarray[Any, Any]:
    """Return a tensor as a NumPy array of its own, half precision as float32."""
    wide = tensor.detach().to(
        "cpu", torch.float64 if tensor.dtype == torch.float64 else torch.float32
    )
    return np.array(wide.numpy())


def batch_first(values: Any, settings: dict[str, Any]) -> tuple[Any, np.ndarray[Any, Any]]:
    """Return values as (B, T, ·), and how long each of the B sequences is."""
    if isinstance(values, PackedSequence):
        padded, lengths = pad_packed_sequence(values, batch_first=True)
        return number_array(padded), lengths.numpy()
    array = number_array(values)
    if settings.get("num_layers") is None:  # a cell reads one timestep
        array = array.reshape(-1, 1, array.shape[-1])
    elif array.ndim == 2:
        array = array[np.newaxis]
    elif not settings["batch_first"]:
        array = array.swapaxes(0, 1)
    return array, np.full(len(array), array.shape[1])


def valid_rows(values: Any, lengths: Any) -> np.ndarray[Any, Any]:
    """Return the timesteps (N, ·) of (B, T, ·) that lie within the lengths."""
    inside = np.arange(values.shape[1]) < lengths[:, np.newaxis]
    rows: np.ndarray[Any, Any] = values[inside]
    return rows


def state_rows(state: Any, rows: int, is_cell: bool) -> np.ndarray[Any, Any]:
    """Return a state (S, B, ·) as (B, S, ·)."""
    array = number_array(state)
    return (
        array.reshape(rows, 1, -1)
        if is_cell
        else array.reshape(-1, rows, array.shape[-1]).swapaxes(0, 1)
    )
