"""Classic NetCDF files, as xarray writes them without further libraries.

    "CDF" version  records  dimensions  attributes  variables      big-endian, padded to 4 bytes

Version 2 has 64-bit offsets, and version 5 64-bit counts too. NetCDF 4 is HDF5, read elsewhere.

Source: the NetCDF classic format specification of Unidata, read as a description.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Mapping

import numpy as np

from ..record import Array
from .errors import ModelFileError, shown

MAGIC = b"CDF"
DIMENSIONS, VARIABLES, ATTRIBUTES = 10, 11, 12
CHAR = 2
DTYPES: Mapping[int, str] = {
    1: "i1", 2: "S1", 3: ">i2", 4: ">i4", 5: ">f4", 6: ">f8",
    7: "u1", 8: ">u2", 9: ">u4", 10: ">i8", 11: ">u8",
}  # fmt: skip
MAX_LISTED = 100_000  # dimensions, attributes or variables


class _Reader:
    """The bytes of a file from a place on; ModelFileError where they end too soon."""

    def __init__(self, content: memoryview):
        self.content, self.at = content, 4
        self.version = content[3]
        if self.version not in (1, 2, 5):
            raise ModelFileError(f"The NetCDF file is of version {self.version}: not known here.")

    def take(self, count: int) -> bytes:
        if count < 0 or self.at + count > len(self.content):
            raise ModelFileError("The NetCDF file is damaged or cut off.")
        taken = bytes(self.content[self.at : self.at + count])
        self.at += count
        return taken

    def whole(self, size: int) -> int:
        (number,) = struct.unpack(">q" if size == 8 else ">i", self.take(size))
        return int(number)

    def count(self) -> int:
        number = self.whole(8 if self.version == 5 else 4)
        if not 0 <= number <= len(self.content):
            raise ModelFileError("The NetCDF file is damaged or cut off.")
        return number

    def name(self) -> str:
        length = self.count()
        return self.take(-(-length // 4) * 4)[:length].decode("utf-8", "replace")

    def listed(self, expected: int) -> int:
        """How many there are in a list, which begins with what it lists."""
        tag, count = self.whole(4), self.count()
        if (count and tag != expected) or count > MAX_LISTED:
            raise ModelFileError("The NetCDF file is damaged or cut off.")
        return count

    def pass_attributes(self) -> None:
        for _ in range(self.listed(ATTRIBUTES)):
            self.name()
            kind = self.whole(4)
            self.take(-(-_width(kind) * self.count() // 4) * 4)


def variables(content: memoryview) -> dict[str, Array]:
    """Return the variables of a file of one record or none by name; text as arrays of str.

    Raises ModelFileError for a damaged file. Variables that grow with records are passed over.
    """
    reader = _Reader(content)
    reader.whole(8 if reader.version == 5 else 4)  # records
    lengths = [_dimension(reader) for _ in range(reader.listed(DIMENSIONS))]
    reader.pass_attributes()
    made: dict[str, Array] = {}
    left = len(content)  # variables that share their bytes could fill any memory
    for _ in range(reader.listed(VARIABLES)):
        name = reader.name()
        dimensions = [reader.count() for _ in range(reader.count())]
        reader.pass_attributes()
        kind = reader.whole(4)
        reader.count()  # bytes
        start = reader.whole(4 if reader.version == 1 else 8)
        if any(d >= len(lengths) for d in dimensions):
            raise ModelFileError(f"The NetCDF variable {shown(name)} has no such dimension.")
        shape = tuple(lengths[d] for d in dimensions)
        left -= math.prod(shape) * _width(kind)
        if left < 0:
            raise ModelFileError("The NetCDF variables claim more bytes than the file has.")
        if all(shape):
            made[name] = _values(content, start, shape, kind, name)
    return made


def _dimension(reader: _Reader) -> int:
    reader.name()
    return reader.count()


def _width(kind: int) -> int:
    if kind not in DTYPES:
        raise ModelFileError(f"The NetCDF file has a type {kind}, which there is not.")
    return np.dtype(DTYPES[kind]).itemsize


def _values(content: memoryview, start: int, shape: tuple[int, ...], kind: int, name: str) -> Array:
    size = math.prod(shape) * _width(kind)
    if start < 0 or start + size > len(content):
        raise ModelFileError(f"The NetCDF variable {shown(name)} is cut off.")
    array = np.frombuffer(content[start : start + size], DTYPES[kind]).reshape(shape)
    if kind != CHAR:
        return array.astype(np.float64)
    rows = array.reshape(-1, shape[-1]) if shape else array.reshape(1, 1)
    texts = [bytes(row).rstrip(b"\0").decode("utf-8", "replace").strip() for row in rows]
    return np.array(texts)
