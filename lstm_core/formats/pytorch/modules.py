"""Recurrent modules by PyTorch's names: which tensors belong together, and what they are.

PyTorch calls the tensors of a module `weight_ih_l{k}[_reverse]`, `weight_hh_...`, `bias_ih_...`,
`bias_hh_...` and `weight_hr_...` (a projection), those of a cell the same without `_l{k}`. LSTM,
GRU and RNN have the same names and differ in rows / hidden_size: 4, 3 or 1. Rows are blocks,
columns inputs; blocks stand in the order i f g o and r z n, which is ours too. The two biases
are summed, but for the GRU's candidate, whose recurrent bias is inside r∘(h·U + b).

Source: documentation of torch.nn.LSTM, GRU and RNN; verified by running them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import numpy as np

from ...cells.gru import GRUParameters
from ...cells.lstm import LSTMParameters, LSTMVariant
from ...cells.rnn import RNNParameters
from ...model import CellParameters, Layer
from ...record import Array, record
from ..door import Options
from ..errors import ModelFileError, shown
from .tensors import Tensor

PLAIN = re.compile(
    r"(?P<module>.*?)(?P<part>weight_ih|weight_hh|bias_ih|bias_hh|weight_hr)"
    r"(?:_l(?P<layer>\d{1,4})(?P<reverse>_reverse)?)?",
    re.DOTALL,
)
KINDS = {4: "lstm", 3: "gru", 1: "rnn"}
CONVENTIONS = {"lstm": "PyTorch: i f g o", "gru": "PyTorch: r z n", "rnn": "PyTorch: one block"}


@record
class Direction:
    """One direction of one layer of a module: its tensors by part ("weight_ih")."""

    module: str  # "encoder.lstm", "" for a module saved by itself
    layer: int | None  # None for a cell
    reverse: bool
    parts: Mapping[str, Tensor]
    names: tuple[str, ...]  # of the tensors, in the file's words

    @property
    def place(self) -> str:
        """The module and layer in words for messages."""
        return (
            f"{self.module or 'the module'}{'' if self.layer is None else f' layer {self.layer}'}"
        )

    def expect(self, part: str, shape: tuple[int, ...]) -> Tensor:
        """Return a part that must have this shape, or raise ModelFileError that names it."""
        tensor = self.parts.get(part)
        if tensor is None:
            raise ModelFileError(f"{shown(self.place)} has no {part}: the file is incomplete.")
        if tensor.shape != shape:
            raise ModelFileError(
                f"{part} of {shown(self.place)} is {tensor.shape}: expected {shape}."
            )
        return tensor


def is_recurrent(name: str) -> bool:
    """Whether this is the name of a recurrent tensor."""
    return split_name(name) is not None


def split_name(name: str) -> tuple[str, str, int | None, bool] | None:
    """Return module, part, layer and direction of a recurrent tensor's name; None for others."""
    match = PLAIN.fullmatch(name)
    if not match or not (match["module"] == "" or match["module"].endswith((".", "/"))):
        return None
    layer = None if match["layer"] is None else int(match["layer"])
    return match["module"][:-1], match["part"], layer, match["reverse"] is not None


def directions(tensors: Mapping[str, Tensor]) -> list[Direction]:
    """Gather recurrent tensors into directions, in the order of the file."""
    parts: dict[tuple[str, int | None, bool], dict[str, Tensor]] = {}
    names: dict[tuple[str, int | None, bool], list[str]] = {}
    for name, tensor in tensors.items():
        split = split_name(name)
        if split:
            module, part, layer, reverse = split
            parts.setdefault((module, layer, reverse), {})[part] = tensor
            names.setdefault((module, layer, reverse), []).append(name)
    return [
        Direction(module=m, layer=k, reverse=r, parts=p, names=tuple(names[m, k, r]))
        for (m, k, r), p in parts.items()
    ]


def read_direction(direction: Direction, options: Options) -> CellParameters:
    """Return the cell of one direction; `options` settle its activations.

    Raises ModelFileError where shapes do not fit together or a weight is not a number.
    """
    rows, hidden, projected = _sizes(direction)
    kind = KINDS[rows // hidden]
    recurrent = direction.expect("weight_hh", (rows, projected or hidden))
    inputs = direction.parts.get("weight_ih")
    columns = inputs.shape[1] if inputs is not None and len(inputs.shape) == 2 else 1
    columns = max(columns, 1)
    kernel = _transposed(direction, "weight_ih", direction.expect("weight_ih", (rows, columns)))
    recurrent_kernel = _transposed(direction, "weight_hh", recurrent)
    given, recurrent_bias = (_bias(direction, part, rows, kernel.dtype) for part in ("ih", "hh"))
    arrays: dict[str, Any] = {"kernel": kernel, "recurrent_kernel": recurrent_kernel}
    gates = options.recurrent_activation or "sigmoid"
    squash = options.activation or "tanh"
    how: dict[str, Any] = {"recurrent_activation": gates, "activation": squash}
    if kind == "gru":
        inner = recurrent_bias[2 * hidden :].copy()
        recurrent_bias[2 * hidden :] = 0
        bias = _sum(given, recurrent_bias)
        return GRUParameters(**arrays, bias=bias, recurrent_bias=inner, **how)
    arrays["bias"] = _sum(given, recurrent_bias)
    if kind == "rnn":
        return RNNParameters(**arrays, activation=options.nonlinearity or squash)
    if projected:
        projection = direction.expect("weight_hr", (projected, hidden))
        arrays["projection"] = _transposed(direction, "weight_hr", projection)
    return LSTMParameters(**arrays, variant=LSTMVariant(**how, output_activation=squash))


def _sizes(direction: Direction) -> tuple[int, int, int]:
    """Return rows, hidden_size and the size of the projection (0 without one)."""
    tensor = direction.parts.get("weight_hh")
    if tensor is None:
        raise ModelFileError(f"{shown(direction.place)} has no weight_hh: the file is incomplete.")
    shape = tensor.shape
    projection = direction.parts.get("weight_hr")
    projected = 0
    hidden = shape[1] if len(shape) == 2 else 0
    if projection is not None and len(projection.shape) == 2:
        projected, hidden = projection.shape
    rows = shape[0] if shape else 0
    if not hidden or rows % hidden or rows // hidden not in ((4,) if projected else KINDS):
        raise ModelFileError(
            f"weight_hh of {shown(direction.place)} is {shape}: expected rows that are 4 (LSTM), "
            "3 (GRU) or 1 (RNN) times the hidden size."
        )
    return rows, hidden, projected


def _transposed(direction: Direction, part: str, tensor: Tensor) -> Array:
    """Return PyTorch's rows as our columns, all finite."""
    return finite(f"{part} of {direction.place}", tensor.load(transposed=True), transposed=True)


def finite(name: str, values: Array, transposed: bool = False) -> Array:
    """Return the values, or raise ModelFileError that names one that is no number.

    `transposed` says that the file has rows where `values` has columns.
    """
    if not np.isfinite(values).all():
        at = tuple(int(k) for k in np.argwhere(~np.isfinite(values))[0])
        place = list(at[::-1] if transposed else at)
        raise ModelFileError(
            f"{shown(name)} is {values[at]} at {place}: expected finite numbers; "
            "the training that wrote it has diverged, or the file is damaged."
        )
    return values


def _bias(direction: Direction, which: str, rows: int, dtype: np.dtype[np.generic]) -> Array:
    part = f"bias_{which}"
    if part not in direction.parts:
        return np.zeros(rows, dtype)
    return finite(f"{part} of {direction.place}", direction.expect(part, (rows,)).load())


def _sum(one: Array, two: Array) -> Array:
    """Add two biases; where one is zero the other stays as it is, bit for bit."""
    if not two.any():
        return one
    with np.errstate(over="ignore"):
        return finite("the sum of the biases", one + two)


def read_layers(
    tensors: Mapping[str, Tensor],
    options: Options,
    nonlinearities: Mapping[str, str] = MappingProxyType({}),
) -> list[tuple[Layer, str, str]]:
    """Return every layer, with its module and its place in the file, in the file's order.

    `nonlinearities` are those that modules record, by their names.
    """
    every = directions(tensors)
    modules = dict.fromkeys(direction.module for direction in every)
    return [
        layer
        for module in modules
        for layer in _module_layers(
            [d for d in every if d.module == module],
            replace(options, nonlinearity=nonlinearities.get(module, options.nonlinearity)),
        )
    ]


def _module_layers(members: list[Direction], options: Options) -> list[tuple[Layer, str, str]]:
    """Return the layers of one module, from the first one up."""
    numbered = sorted({d.layer for d in members if d.layer is not None})
    if numbered and numbered != list(range(len(numbered))):
        missing = next(k for k in range(numbered[-1]) if k not in numbered)
        raise ModelFileError(
            f"{shown(members[0].module or 'the module')} has no layer {missing} below its layer "
            f"{numbered[-1]}: the file is incomplete."
        )
    layers = []
    cells = [None] if any(d.layer is None for d in members) else []
    for number in (*cells, *numbered):
        pair = {d.reverse: d for d in members if d.layer == number}
        if False not in pair or len(pair) < len({d.reverse for d in members}):
            raise ModelFileError(
                f"{shown(members[0].place)} has a direction that another layer lacks: "
                "the file is incomplete."
            )
        layers.append(_layer(pair, len(numbered) > 1, options))
    return layers


def _layer(
    pair: Mapping[bool, Direction], stacked: bool, options: Options
) -> tuple[Layer, str, str]:
    first = pair[False]
    cells = {reverse: read_direction(d, options) for reverse, d in pair.items()}
    sizes = {(cell.kind, cell.input_size, cell.hidden_size) for cell in cells.values()}
    if len(sizes) > 1:
        raise ModelFileError(f"The two directions of {shown(first.place)} differ in size.")
    kind = cells[False].kind
    name = first.module or kind
    layer = Layer(
        name=f"{name} layer {first.layer}" if stacked else name,
        forward=cells[False],
        backward=cells.get(True),
        convention=CONVENTIONS[kind],
    )
    names = [name for direction in pair.values() for name in direction.names]
    return layer, first.module, f"{names[0]} and {len(names) - 1} more tensors"
