"""Dynamically quantised modules, packed by hand as PyTorch packs them."""

from __future__ import annotations

import itertools
import struct
from typing import Any

import numpy as np
import pytest

from lstm_core import Layer, load_model

from .bad_files import checkpoint, refusal

rng = np.random.default_rng(20261128)


class Opcodes(bytes):
    """A value that is spelled already, in the opcodes of pickle."""


def spelled(value: Any) -> bytes:
    """A plain value in the opcodes of pickle."""
    if isinstance(value, Opcodes):
        return value
    if value is None or isinstance(value, bool):
        return {None: b"N", True: b"\x88", False: b"\x89"}[value]
    if isinstance(value, int | float):
        whole = isinstance(value, int)
        return b"J" + struct.pack("<i", value) if whole else b"G" + struct.pack(">d", value)
    if isinstance(value, str):
        return b"X" + struct.pack("<I", len(value)) + value.encode()
    items = b"".join(map(spelled, sum(value.items(), ()) if isinstance(value, dict) else value))
    if isinstance(value, dict):
        return b"}(" + items + b"u"
    return b"](" + items + b"e" if isinstance(value, list) else b"(" + items + b"t"


def global_name(path: str) -> Opcodes:
    module, _, last = path.rpartition(".")
    return Opcodes(f"c{module}\n{last}\n".encode())


def call(path: str, *arguments: Any) -> Opcodes:
    return Opcodes(global_name(path) + spelled(arguments) + b"R")


def built(path: str, state: Any) -> Opcodes:
    return Opcodes(global_name(path) + b")\x81" + spelled(state) + b"b")


class File:
    """A zip container in the making: what its storages hold."""

    def __init__(self) -> None:
        self.storages: dict[str, bytes] = {}

    def stored(self, kind: str, array: np.ndarray) -> Opcodes:
        key = str(len(self.storages))
        self.storages[key] = array.tobytes()
        storage = ("storage", global_name(f"torch.{kind}Storage"), key, "cpu", array.size)
        return Opcodes(spelled(storage) + b"Q")

    def tensor(self, kind: str, array: np.ndarray) -> Opcodes:
        strides = tuple(s // array.itemsize for s in array.strides)
        arguments: Any = (self.stored(kind, array), 0, array.shape, strides, False, {})
        return call("torch._utils._rebuild_tensor_v2", *arguments)

    def quantised(self, rows: int, columns: int, per_row: bool) -> tuple[Opcodes, np.ndarray]:
        """A quantised matrix, and the numbers that it stands for."""
        codes = rng.integers(-128, 128, (rows, columns)).astype(np.int8)
        scale = rng.uniform(0.001, 0.01, (rows, 1) if per_row else (1, 1))
        zero = rng.integers(-3, 4, scale.shape)
        if per_row:
            scales, zeros = self.tensor("Double", scale[:, 0]), self.tensor("Long", zero[:, 0])
            scheme: tuple[Any, ...] = (global_name("torch.per_channel_affine"), scales, zeros, 0)
        else:
            scheme = (global_name("torch.per_tensor_affine"), float(scale[0, 0]), int(zero[0, 0]))
        arguments: Any = (
            self.stored("QInt8", codes),
            0,
            codes.shape,
            (columns, 1),
            scheme,
            False,
            {},
        )
        made = call("torch._utils._rebuild_qtensor", *arguments)
        return made, ((codes.astype(float) - zero) * scale).astype(np.float32)

    def packed(self, weight: Opcodes) -> Opcodes:
        return built("torch.ScriptObject", ((weight, None), "LinearPackedParamsBase"))

    def direction(self, rows: int, inputs: int, hidden: int, per_row: bool) -> tuple[Any, Any]:
        """One direction of a layer, packed, and its two matrices."""
        pairs = [self.quantised(rows * hidden, n, per_row) for n in (inputs, hidden)]
        biases = [self.tensor("Float", np.zeros(rows * hidden, np.float32)) for _ in range(2)]
        packed = [self.packed(weight) for weight, _ in pairs]
        state: Any = ("quantized_dynamic", biases, [], [1], packed)
        object_ = built("torch.ScriptObject", (state, "CellParamsBase"))
        return object_, [numbers for _, numbers in pairs]

    def module(self, sizes: list[int], hidden: int, rows: int = 4, per_row: bool = False) -> Any:
        """A quantised module: its entries in a state dict, and the numbers of each part."""
        made = [self.direction(rows, size, hidden, per_row) for size in sizes]
        entries = {f"rnn._all_weight_values.{k}.param": one for k, (one, _) in enumerate(made)}
        return entries, [numbers for _, numbers in made]

    def linear(self, outputs: int, inputs: int) -> dict[str, Any]:
        weight, _ = self.quantised(outputs, inputs, per_row=True)
        bias = self.tensor("Float", np.ones(outputs, np.float32))
        return {"fc._packed_params._packed_params": (weight, bias)}

    def saved(self, state: dict[str, Any]) -> bytes:
        return checkpoint(b"\x80\x02" + spelled(state) + b".", **self.storages)


def kernels(layer: Layer) -> list[np.ndarray]:
    cells = [layer.forward, *([layer.backward] if layer.backward else [])]
    return [matrix for cell in cells for matrix in (cell.kernel.T, cell.recurrent_kernel.T)]


@pytest.mark.parametrize("per_row", [False, True])
@pytest.mark.parametrize(("rows", "kind"), [(4, "lstm"), (3, "gru")])
@pytest.mark.parametrize(
    ("sizes", "directions"),
    [([3], 1), ([3, 5, 5], 1), ([3, 3], 2), ([3, 3, 10, 10], 2)],
)
def test_quantised_weights_are_code_minus_zero_point_times_scale(
    sizes, directions, rows, kind, per_row
):
    file = File()
    entries, numbers = file.module(sizes, 5, rows, per_row)
    model = load_model(file.saved(entries))
    assert [layer.kind for layer in model.layers] == [kind] * (len(sizes) // directions)
    assert all(layer.bidirectional == (directions == 2) for layer in model.layers)
    found = [matrix for layer in model.layers for matrix in kernels(layer)]
    for mine, theirs in zip(found, itertools.chain(*numbers), strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=0, atol=1e-7)
    assert model.findings.inexact
    assert model.findings.assumptions[0].value == "inexact"


@pytest.mark.parametrize(("reads", "directions"), [(5, 1), (10, 2)])
def test_two_parts_of_one_size_are_told_apart_by_what_reads_them(reads, directions):
    file = File()
    entries, _ = file.module([5, 5], 5)
    model = load_model(file.saved(entries | file.linear(2, reads)))
    assert len(model.layers) == 2 // directions
    assert model.readout.kernel.shape == (reads, 2)


def test_two_parts_of_one_size_that_nothing_reads_are_refused():
    file = File()
    entries, _ = file.module([5, 5], 5)
    assert "does not say whether it is two layers" in refusal(file.saved(entries))


def test_a_quantised_cell_is_read():
    file = File()
    weights = [file.quantised(20, columns, per_row=True) for columns in (3, 5)]
    parts = dict(zip(("ih", "hh"), weights, strict=True))
    entries = {f"cell._packed_weight_{k}": file.packed(w) for k, (w, _) in parts.items()}
    entries |= {f"cell.bias_{k}": file.tensor("Float", np.ones(20, np.float32)) for k in parts}
    (layer,) = load_model(file.saved(entries)).layers
    np.testing.assert_allclose(layer.forward.kernel.T, weights[0][1], rtol=0, atol=1e-7)
    np.testing.assert_array_equal(layer.forward.bias, np.full(20, 2.0))


@pytest.mark.parametrize(("halves", "value"), [(True, "rounded"), (False, "inexact")])
def test_a_readout_that_was_quantised_alone_is_said_to_be(halves, value):
    file = File()
    shapes = {"weight_ih_l0": (20, 3), "weight_hh_l0": (20, 5), "bias_ih_l0": (20,)}
    entries: dict[str, Any] = {
        f"rnn.{name}": file.tensor("Float", rng.normal(size=shape).astype(np.float32))
        for name, shape in shapes.items()
    }
    plain = load_model(file.saved(entries))
    assert not {a.value for a in plain.findings.assumptions} & {"rounded", "inexact"}
    weight = file.tensor("Float", np.ones((2, 5), np.float32))
    head = {"fc._packed_params._packed_params": (weight, None)} if halves else file.linear(2, 5)
    model = load_model(file.saved(entries | head))
    assert model.readout.kernel.shape == (5, 2)
    assert value in {a.value for a in model.findings.assumptions}
    assert not model.findings.inexact  # of the layers
