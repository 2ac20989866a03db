"""MessagePack, as far as Flax writes it: maps, lists, numbers, text, bytes and arrays.

Nothing in it is code. An array is an extension of type 1: its shape, the name of its dtype and its
bytes, packed again.

Source: the MessagePack specification, and `flax.serialization` read as a description.
"""

from __future__ import annotations

import math
import struct
from typing import Any

import numpy as np

from ...record import Array, record
from ..errors import ModelFileError, shown

ARRAY = 1
MAX_DEPTH = 60
MAX_ITEMS = 200_000
DTYPES = ("float64", "float32", "float16", "bfloat16", "int64", "int32", "int16", "int8", "uint8")
SIZES = {0xC4: ">B", 0xC5: ">H", 0xC6: ">I", 0xD9: ">B", 0xDA: ">H", 0xDB: ">I"}
COUNTS = {0xDC: ">H", 0xDD: ">I", 0xDE: ">H", 0xDF: ">I"}
NUMBERS = {
    0xCA: ">f",
    0xCB: ">d",
    0xCC: ">B",
    0xCD: ">H",
    0xCE: ">I",
    0xCF: ">Q",
    0xD0: ">b",
    0xD1: ">h",
    0xD2: ">i",
    0xD3: ">q",
}
EXTENSIONS = {0xC7: ">B", 0xC8: ">H", 0xC9: ">I"}


@record
class PackedArray:
    """An array as the file holds it: bfloat16 as whole numbers of 16 bits."""

    array: Array
    dtype: str


def unpacked(view: memoryview) -> Any:
    """Return what the bytes hold; ModelFileError where they are damaged or go too deep."""
    reader = _Reader(view)
    value = reader.value(0)
    if reader.at != len(view):
        raise ModelFileError("The MessagePack file has bytes behind its end: it is damaged.")
    return value


class _Reader:
    """A place in the bytes, and how many values were read."""

    def __init__(self, view: memoryview):
        self._view, self.at, self._items = view, 0, 0

    def _take(self, count: int) -> memoryview:
        if count < 0 or self.at + count > len(self._view):
            raise ModelFileError("The MessagePack file is cut off.")
        self.at += count
        return self._view[self.at - count : self.at]

    def _number(self, layout: str) -> Any:
        return struct.unpack(layout, self._take(struct.calcsize(layout)))[0]

    def value(self, depth: int) -> Any:
        """The next value."""
        self._items += 1
        if depth > MAX_DEPTH or self._items > MAX_ITEMS:
            raise ModelFileError("The MessagePack file holds more than any model.")
        head = self._number(">B")
        if head < 0x80 or head >= 0xE0:
            return head if head < 0x80 else head - 0x100
        if head < 0xA0:
            count = head & 15
            return self._map(count, depth) if head < 0x90 else self._list(count, depth)
        if head < 0xC0:
            return self._text(head & 31)
        if head in (0xC0, 0xC2, 0xC3):
            return {0xC0: None, 0xC2: False, 0xC3: True}[head]
        return self._long(head, depth)

    def _long(self, head: int, depth: int) -> Any:
        """A value whose size stands in bytes of its own."""
        if head in NUMBERS:
            return self._number(NUMBERS[head])
        if head in SIZES:
            size = self._number(SIZES[head])
            return bytes(self._take(size)) if head < 0xD0 else self._text(size)
        if head in COUNTS:
            count = self._number(COUNTS[head])
            return self._list(count, depth) if head < 0xDE else self._map(count, depth)
        if head in EXTENSIONS or 0xD4 <= head <= 0xD8:
            size = self._number(EXTENSIONS[head]) if head in EXTENSIONS else 1 << (head - 0xD4)
            return self._extension(size, depth)
        raise ModelFileError(f"The MessagePack file has the byte {head:#x}, which means nothing.")

    def _text(self, size: int) -> str:
        return bytes(self._take(size)).decode("utf-8", "replace")

    def _list(self, count: int, depth: int) -> list[Any]:
        return [self.value(depth + 1) for _ in range(count)]

    def _map(self, count: int, depth: int) -> dict[str, Any]:
        entries: dict[str, Any] = {}
        for _ in range(count):
            key = self.value(depth + 1)
            entries[key if isinstance(key, str) else shown(key)] = self.value(depth + 1)
        return entries

    def _extension(self, size: int, depth: int) -> Any:
        kind = self._number(">b")
        content = self._take(size)
        if kind != ARRAY:
            return None  # a number of NumPy's, or a complex one
        packed = _Reader(content).value(depth + 1)
        return _array(packed)


def _array(packed: Any) -> PackedArray:
    if not isinstance(packed, list) or len(packed) != 3 or packed[1] not in DTYPES:
        raise ModelFileError(f"An array in the file is of {shown(packed)[:60]}: expected numbers.")
    shape, dtype, content = packed
    width = np.dtype("uint16" if dtype == "bfloat16" else dtype).newbyteorder("<")
    plain = isinstance(shape, list) and all(isinstance(n, int) and n >= 0 for n in shape)
    if not plain or math.prod(shape) * width.itemsize != len(content):
        raise ModelFileError(
            f"An array in the file claims the shape {shown(shape)}: it is damaged."
        )
    return PackedArray(array=np.frombuffer(content, width).reshape(shape), dtype=dtype)
