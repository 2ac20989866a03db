"""Tensors that wait in a file: where they lie, what they claim to be, and their numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Literal, Protocol

import numpy as np

from ...record import Array, record
from ..errors import ModelFileError, shown

MAX_AXES = 32

DTYPES: Mapping[str, str] = {
    "float64": "f8",
    "float32": "f4",
    "float16": "f2",
    "bfloat16": "u2",  # the upper half of a float32; NumPy has no such dtype
    "int64": "i8",
    "int32": "i4",
    "int16": "i2",
    "int8": "i1",
    "uint8": "u1",
    "bool": "u1",
    "complex64": "c8",
    "complex128": "c16",
    # What nobody has asked to see as numbers yet: known by its size only.
    "uint64": "u8",
    "uint32": "u4",
    "uint16": "u2",
    "complex32": "u4",
    "float8_e4m3fn": "u1",
    "float8_e5m2": "u1",
}
FLOATS = ("float64", "float32", "float16", "bfloat16")


class Tensor(Protocol):
    """A named array in a file, not read yet."""

    @property
    def shape(self) -> tuple[int, ...]:
        """Its shape, already checked against the size of the file."""

    @property
    def dtype(self) -> str:
        """Its dtype by its usual name, "float32"."""

    def load(self, transposed: bool = False) -> Array:
        """Return its numbers, or their transpose, as a new contiguous array of floats."""


@record
class Storage:
    """A stretch of numbers in a file; several tensors may look into one."""

    dtype: str
    count: int  # numbers
    content: Callable[[], memoryview]  # their bytes
    byteorder: Literal["<", ">"] = "<"

    def numbers(self) -> Array:
        """Return all numbers as they are stored, without a copy."""
        width = np.dtype(DTYPES[self.dtype])
        content = self.content()
        if content.nbytes < self.count * width.itemsize:
            raise ModelFileError(
                f"A tensor claims {self.count} numbers of {self.dtype} but the file holds only "
                f"{content.nbytes} bytes for them."
            )
        return np.frombuffer(content, width.newbyteorder(self.byteorder), self.count)


@record
class StridedTensor:
    """A view into a storage; `offset` and `strides` count numbers, not bytes."""

    storage: Storage
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]

    def check(self) -> None:
        """Raise ModelFileError unless every element lies inside the storage, once or so."""
        counts = (self.offset, *self.shape, *self.strides)
        plain = all(isinstance(n, int) and not isinstance(n, bool) and n >= 0 for n in counts)
        if not plain or len(self.shape) != len(self.strides) or len(self.shape) > MAX_AXES:
            raise ModelFileError(
                f"A tensor has shape {shown(self.shape)} and strides {shown(self.strides)}: "
                "expected as many whole numbers in both."
            )
        last = self.offset + sum((n - 1) * s for n, s in zip(self.shape, self.strides, strict=True))
        size = math.prod(self.shape)
        if size and (last >= self.storage.count or size > self.storage.count):
            raise ModelFileError(
                f"A tensor of shape {shown(self.shape)} reaches past the end of its storage of "
                f"{self.storage.count} numbers."
            )

    @property
    def dtype(self) -> str:
        """The dtype of its storage."""
        return self.storage.dtype

    def load(self, transposed: bool = False) -> Array:
        """Return a contiguous copy, float32 or float64; half precision becomes float32 exactly."""
        if self.dtype not in FLOATS:
            raise ModelFileError(
                f"A weight is stored as {self.dtype}: expected {', '.join(FLOATS)}."
            )
        view = self.view()
        return as_floats(view.T if transposed else view, self.dtype)

    def view(self) -> Array:
        """Return its numbers as they are stored, of any dtype, without a copy."""
        numbers = self.storage.numbers()
        width = numbers.itemsize
        return np.lib.stride_tricks.as_strided(
            numbers[self.offset :] if math.prod(self.shape) else numbers[:0],
            self.shape,
            tuple(s * width for s in self.strides),
            writeable=False,
        )


@record
class ArrayTensor:
    """An array that a reader has at hand, under the name of its dtype in the file."""

    array: Array
    dtype: str

    @property
    def shape(self) -> tuple[int, ...]:
        """The array's shape."""
        return tuple(self.array.shape)

    def load(self, transposed: bool = False) -> Array:
        """Return a contiguous copy, float32 or float64."""
        expect_floats(self.dtype)
        return as_floats(self.array.T if transposed else self.array, self.dtype)


@record
class TurnedTensor:
    """A matrix that the file stores as columns where PyTorch has rows."""

    tensor: Tensor

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the transposed matrix."""
        return self.tensor.shape[::-1]

    @property
    def dtype(self) -> str:
        """The dtype of the matrix."""
        return self.tensor.dtype

    def load(self, transposed: bool = False) -> Array:
        """Return the transposed matrix, or with `transposed` the matrix as it is stored."""
        return self.tensor.load(not transposed)


def expect_floats(dtype: str) -> None:
    """Raise ModelFileError for numbers that cannot be weights."""
    if dtype not in FLOATS:
        raise ModelFileError(f"A weight is stored as {dtype}: expected {', '.join(FLOATS)}.")


def as_floats(values: Array, dtype: str) -> Array:
    """Return stored numbers as a new contiguous array: float64 stays, all else is float32.

    float16 and bfloat16 are parts of float32, so nothing is rounded.
    """
    if dtype == "bfloat16":
        bits = values.astype(np.uint32, order="C")
        bits <<= 16
        return bits.view(np.float32)
    return values.astype(np.float64 if dtype == "float64" else np.float32, order="C")
