"""Protocol buffers' encoding: a message is a row of tagged fields, cut up without a schema.

Source: protobuf.dev, "Encoding".
"""

from __future__ import annotations

from collections.abc import Iterator

from .errors import ModelFileError

VARINT, FIXED64, LENGTH, FIXED32 = 0, 1, 2, 5  # wire types
MAX_FIELDS = 2_000_000
BROKEN = "The file does not hold together as ONNX: it is damaged, cut off or something else."


def fields(view: memoryview) -> Iterator[tuple[int, int, memoryview]]:
    """Yield number, wire type and content of every field of a message.

    The content of a number is its bytes as they stand. Raises ModelFileError where fields do
    not fit into the message.
    """
    at = 0
    for _ in range(MAX_FIELDS):
        if at == len(view):
            return
        tag, at = varint(view, at)
        number, wire = tag >> 3, tag & 7
        start = at
        if wire == VARINT:
            _, at = varint(view, at)
        elif wire == LENGTH:
            length, start = varint(view, at)
            at = start + length
        elif wire in (FIXED64, FIXED32):
            at += 8 if wire == FIXED64 else 4
        else:
            raise ModelFileError(BROKEN)
        if at > len(view) or not number:
            raise ModelFileError(BROKEN)
        yield number, wire, view[start:at]
    raise ModelFileError(BROKEN)


def varint(view: memoryview, at: int) -> tuple[int, int]:
    """Return the number at `at`, seven bits a byte, and where it ends."""
    value = 0
    for shift in range(0, 70, 7):
        if at >= len(view):
            break
        byte = view[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at
    raise ModelFileError(BROKEN)
