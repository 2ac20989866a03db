"""Dynamically quantised modules: weights that are kept as whole numbers of 8 bits, or as halves.

    w = (code - zero point) · scale         one scale for the tensor, or one for each row

`torch.ao.quantization.quantize_dynamic` keeps a recurrent module as packed objects: for each
layer and direction `…_all_weight_values.{k}.param` (or `_packed_weight_ih` of a cell), for a
Linear `…_packed_params._packed_params`. While such a module runs, PyTorch also rounds what
each layer reads, which is not done here: its outputs differ a little from ours. Of a module
quantised to halves the packed weights are those that were rounded, as plain numbers.

Source: torch/ao/nn/quantized/dynamic/modules/rnn.py and the states of CellParamsBase and
LinearPackedParamsBase, as of PyTorch 2.13.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from ...record import Array, record
from ..errors import ModelFileError, shown
from .tensors import FLOATS, StridedTensor
from .values import Inert

LAYER = re.compile(r"(?P<module>.*?)_all_weight_values\.(?P<number>\d{1,4})\.param", re.DOTALL)
CELL = re.compile(r"(?P<module>.*?)_packed_weight_(?P<part>ih|hh)", re.DOTALL)
LINEAR = re.compile(r"(?P<module>.*?)_packed_params\._packed_params", re.DOTALL)


@record
class QuantisedTensor:
    """A tensor of whole numbers with its scale; its shape and numbers are those it stands for."""

    codes: StridedTensor
    scale: Any  # a number, or a tensor of one number for each index of `axis`
    zero_point: Any
    axis: int | None
    dtype: str = "float32"

    @property
    def shape(self) -> tuple[int, ...]:
        """The tensor's shape."""
        return self.codes.shape

    def load(self, transposed: bool = False) -> Array:
        """Return (code - zero point) · scale, float32."""
        codes = self.codes.view().astype(np.float64)
        scale, zero_point = (self._spread(value) for value in (self.scale, self.zero_point))
        weights = ((codes - zero_point) * scale).astype(np.float32)
        return np.ascontiguousarray(weights.T if transposed else weights)

    def _spread(self, value: Any) -> Array:
        """Return a scale or zero point so that it multiplies the codes."""
        numbers = value.view() if isinstance(value, StridedTensor) else np.asarray(value)
        if numbers.dtype.kind not in "fiu":
            raise ModelFileError("A quantised weight has a scale that is no number.")
        if self.axis is None:
            return numbers.astype(np.float64)
        shape = [1] * len(self.shape)
        shape[self.axis] = -1
        return numbers.astype(np.float64).reshape(shape)


@record
class RoundedTensor:
    """A tensor that was rounded to 16 bits before it was stored as plain numbers."""

    tensor: StridedTensor

    @property
    def shape(self) -> tuple[int, ...]:
        """The tensor's shape."""
        return self.tensor.shape

    @property
    def dtype(self) -> str:
        """The dtype that it is stored as."""
        return self.tensor.dtype

    def load(self, transposed: bool = False) -> Array:
        """Return its numbers as they are stored."""
        return self.tensor.load(transposed)


def unpacked_weights(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the entries of a state dict with packed modules under PyTorch's plain names.

    Raises ModelFileError where it cannot be told whether a module is stacked or bidirectional.
    """
    modules: dict[str, list[str]] = {}
    for name in values:
        if match := LAYER.fullmatch(name):
            modules.setdefault(match["module"], []).append(name)
    cells = {name: _cell_parts(values[name]) for names in modules.values() for name in names}
    places: dict[str, str] = {}
    for module, names in modules.items():
        names.sort(key=lambda name: int(name.split(".")[-2]))
        kernels = [cells[name] for name in names]
        places |= zip(names, _places(module, kernels, values), strict=True)
    entries: dict[str, Any] = {}
    for name, value in values.items():
        if name in cells:
            module = name[: name.rindex("_all_weight_values")]
            entries |= {f"{module}{part}{places[name]}": t for part, t in cells[name].items()}
        else:
            entries |= {name: value} | _unpacked_entry(name, value)
    return entries


def _unpacked_entry(name: str, value: Any) -> dict[str, Any]:
    """Return what a packed cell or Linear is under plain names; nothing for other entries."""
    cell, linear = CELL.fullmatch(name), LINEAR.fullmatch(name)
    if cell and isinstance(value, Inert):
        matrix, bias = _matrix_and_bias(value)
        parts = {"weight": matrix, "bias": bias}
        named = {f"{cell['module']}{part}_{cell['part']}": t for part, t in parts.items()}
        return {name: tensor for name, tensor in named.items() if tensor is not None}
    if linear and isinstance(value, tuple) and len(value) == 2:
        matrix = RoundedTensor(tensor=value[0]) if _is_plain(value[0]) else value[0]
        parts = {f"{linear['module']}weight": matrix, f"{linear['module']}bias": value[1]}
        return {part: tensor for part, tensor in parts.items() if tensor is not None}
    return {}


def _state(packed: Any) -> Any:
    """Return what a packed object keeps: the first of (state, name of its class)."""
    states = packed.states if isinstance(packed, Inert) else ()
    if not states or not isinstance(states[-1], tuple) or not states[-1]:
        raise ModelFileError("A quantised module has no weights: the file is damaged.")
    return states[-1][0]


def _cell_parts(packed: Any) -> dict[str, Any]:
    """Return the tensors of one direction by their part.

    The state is (kind, tensors, numbers, whole numbers, packed weights); the packed weights are
    those of the inputs and of the state. The biases are the tensors; modules of halves have
    none there, and each bias beside the weight that it was packed with.
    """
    state = _state(packed)
    if not isinstance(state, tuple) or len(state) < 5 or not isinstance(state[0], str):
        raise ModelFileError("A quantised module keeps its weights in a way not known here.")
    pairs = [_matrix_and_bias(value) for value in state[4]]
    if len(pairs) < 2:
        raise ModelFileError("A quantised module has no weights: the file is damaged.")
    biases = [value for value in state[1] if len(getattr(value, "shape", ())) == 1]
    biases = biases or [bias for _, bias in pairs]
    parts = dict(zip(("weight_ih", "weight_hh"), (kernel for kernel, _ in pairs), strict=False))
    parts |= zip(("bias_ih", "bias_hh"), biases, strict=False)
    return {part: tensor for part, tensor in parts.items() if tensor is not None}


def _matrix_and_bias(packed: Any) -> tuple[Any, Any]:
    """Return the matrix of packed weights and the bias beside it, None without one.

    The state is (weight, bias), or a list of them among other things.
    """
    inner = list(_flat(_state(packed)))
    matrix = next((part for part in inner if len(getattr(part, "shape", ())) == 2), None)
    if matrix is None:
        raise ModelFileError("A quantised module has no weights: the file is damaged.")
    bias = next((t for t in inner if _is_bias(t, matrix.shape[0])), None)
    return RoundedTensor(tensor=matrix) if _is_plain(matrix) else matrix, bias


def _is_plain(matrix: Any) -> bool:
    """Whether packed weights are plain numbers, as those that were rounded to 16 bits are."""
    return isinstance(matrix, StridedTensor)


def _is_bias(value: Any, rows: int) -> bool:
    return isinstance(value, StridedTensor) and value.shape == (rows,) and value.dtype in FLOATS


def _flat(value: Any, depth: int = 4) -> Iterator[Any]:
    """Yield what lies in nested tuples and lists, a few deep."""
    if isinstance(value, tuple | list) and depth:
        for part in value:
            yield from _flat(part, depth - 1)
    else:
        yield value


def _places(module: str, layers: list[dict[str, Any]], values: Mapping[str, Any]) -> list[str]:
    """Return "_l{k}" or "_l{k}_reverse" of each part: layers in a row, or pairs of directions."""
    hidden = layers[0]["weight_hh"].shape[1]
    widths = [parts["weight_ih"].shape[1] for parts in layers]
    stacked = widths[1:] == [hidden] * (len(widths) - 1)
    pairs = widths == [*widths[:1] * 2, *[2 * hidden] * (len(widths) - 2)]
    if stacked and pairs:  # two parts that both read `hidden` numbers
        linear = (_unpacked_entry(name, value) for name, value in values.items())
        readers = {t.shape[1] for entry in linear for t in entry.values() if len(t.shape) == 2}
        stacked, pairs = hidden in readers, 2 * hidden in readers
        if stacked == pairs:
            raise ModelFileError(
                f"{shown(module.rstrip('.'))} is quantised, and its file does not say whether "
                "it is two layers or one layer of two directions: save the state dict of the "
                "model from before quantize_dynamic."
            )
    if pairs:
        return [f"_l{k // 2}{'_reverse' * (k % 2)}" for k in range(len(widths))]
    return [f"_l{k}" for k in range(len(widths))]
