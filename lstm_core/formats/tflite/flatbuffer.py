"""Tables of a flatbuffer, read where they lie; whatever points outside the bytes is refused.

A table begins with the way back to its vtable, which says where each field lies; vectors and
tables are fields that hold the way to them.

Source: the FlatBuffers internals document.
"""

from __future__ import annotations

import struct

import numpy as np

from ...record import Array, record
from ..errors import ModelFileError

MAX_ELEMENTS = 200_000  # of a vector of tables or numbers that describe


@record
class Table:
    """A table at a place in the bytes; fields are counted from 0 as the schema lists them."""

    view: memoryview
    at: int

    def number(self, field: int, layout: str, default: int | float = 0) -> int | float:
        """Return a field that is a number, laid out as `struct` says."""
        place = self._place(field)
        return default if place is None else _number(self.view, place, layout)

    def whole(self, field: int, layout: str, default: int = 0) -> int:
        """Return a field that is a whole number."""
        return int(self.number(field, layout, default))

    def table(self, field: int) -> Table | None:
        """Return a field that is a table; None where it is left out."""
        place = self._place(field)
        return None if place is None else _followed(self.view, place)

    def tables(self, field: int) -> list[Table]:
        """Return a field that is a vector of tables."""
        first, count = self._vector(field, 4, MAX_ELEMENTS)
        return [_followed(self.view, first + 4 * k) for k in range(count)]

    def array(self, field: int, dtype: str, limit: int | None = MAX_ELEMENTS) -> Array:
        """Return a field that is a vector of numbers, as a view."""
        width = np.dtype(dtype).itemsize
        first, count = self._vector(field, width, limit)
        return np.frombuffer(self.view[first : first + width * count], dtype)

    def text(self, field: int) -> str:
        """Return a field that is text; "" where it is left out."""
        return self.array(field, "u1").tobytes().decode("utf-8", "replace")

    def _vector(self, field: int, width: int, limit: int | None) -> tuple[int, int]:
        """Where a vector's elements begin, and how many there are."""
        place = self._place(field)
        if place is None:
            return 0, 0
        begin = place + int(_number(self.view, place, "<I"))
        count = int(_number(self.view, begin, "<I"))
        too_many = limit is not None and count > limit
        if too_many or begin + 4 + width * count > len(self.view):
            raise ModelFileError("The flatbuffer has a vector beyond its end: it is damaged.")
        return begin + 4, count

    def _place(self, field: int) -> int | None:
        vtable = self.at - int(_number(self.view, self.at, "<i"))
        if 4 + 2 * field >= _number(self.view, vtable, "<H"):
            return None
        offset = int(_number(self.view, vtable + 4 + 2 * field, "<H"))
        return self.at + offset if offset else None


def root(view: memoryview) -> Table:
    """Return the outermost table."""
    return _followed(view, 0)


def _followed(view: memoryview, place: int) -> Table:
    return Table(view=view, at=place + int(_number(view, place, "<I")))


def _number(view: memoryview, place: int, layout: str) -> int | float:
    size = struct.calcsize(layout)
    if place < 0 or place + size > len(view):
        raise ModelFileError("The flatbuffer points beyond its end: it is damaged.")
    value: int | float = struct.unpack(layout, view[place : place + size])[0]
    return value
