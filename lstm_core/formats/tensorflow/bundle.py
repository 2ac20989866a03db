"""TensorFlow's TensorBundle: an index of names, and the arrays in files beside it.

    variables.index                    a sorted table: key to (dtype, shape, shard, offset, size)
    variables.data-00000-of-00001      the arrays, one after the other

The table is LevelDB's: blocks of keys that share their beginnings, an index block of blocks,
and a footer that says where that one lies. TensorFlow writes it uncompressed.

Sources: tensorflow/core/util/tensor_bundle, tensorflow/core/protobuf/tensor_bundle.proto and
LevelDB's table_format.md.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator, Mapping

import numpy as np

from ...record import Array, record
from ..errors import ModelFileError, shown
from ..protobuf import LENGTH, fields, varint

MAGIC = struct.pack("<Q", 0xDB4775248B80FB57)
FOOTER = 48  # bytes
TRAILER = 5  # bytes after each block: its compression and a checksum
MAX_ENTRIES = 100_000
DTYPES = {
    1: "<f4",
    2: "<f8",
    3: "<i4",
    4: "|u1",
    5: "<i2",
    6: "|i1",
    9: "<i8",
    10: "|b1",
    17: "<u2",
    19: "<f2",
    22: "<u4",
    23: "<u8",
}
STRING, BFLOAT16 = 7, 14
GRAPH = "_CHECKPOINTABLE_OBJECT_GRAPH"
BROKEN = "The index of the TensorFlow variables is damaged or cut off."


@record
class Entry:
    """Where an array lies: in which file, from which byte on."""

    dtype: int
    shape: tuple[int, ...]
    shard: int
    offset: int
    size: int


def is_index(view: memoryview) -> bool:
    """Return whether a file is the index of a bundle."""
    return len(view) > FOOTER and bytes(view[-8:]) == MAGIC


def entries(view: memoryview) -> dict[str, Entry]:
    """Return every array of an index by its key; ModelFileError for a damaged index."""
    try:
        return dict(_entries(view))
    except (IndexError, ValueError, struct.error) as error:
        if isinstance(error, ModelFileError):
            raise
        raise ModelFileError(BROKEN) from error


def _entries(view: memoryview) -> Iterator[tuple[str, Entry]]:
    if not is_index(view):
        raise ModelFileError(BROKEN)
    footer = view[-FOOTER:]
    at = 0
    handle = []
    for _ in range(4):  # where the blocks of meta data and of the index lie
        number, at = varint(footer, at)
        handle.append(number)
    count = 0
    for _, place in _block(view, handle[2], handle[3]):
        offset, after = varint(memoryview(place), 0)
        size, _ = varint(memoryview(place), after)
        for key, value in _block(view, offset, size):
            count += 1
            if count > MAX_ENTRIES:
                raise ModelFileError(f"The index lists more than {MAX_ENTRIES} arrays.")
            if key:  # the empty key is the header
                yield key.decode("utf-8", "replace"), _entry(memoryview(value))


def _block(view: memoryview, offset: int, size: int) -> Iterator[tuple[bytes, bytes]]:
    """Yield the keys and values of one block; each key repeats the beginning of the last."""
    if offset + size + TRAILER > len(view) or size < 4:
        raise ModelFileError(BROKEN)
    if view[offset + size] != 0:
        raise ModelFileError("The index of the TensorFlow variables is compressed: not read here.")
    block = view[offset : offset + size]
    (restarts,) = struct.unpack("<I", block[-4:])
    end = len(block) - 4 - 4 * restarts
    at, key = 0, b""
    while at < end:
        shared, at = varint(block, at)
        fresh, at = varint(block, at)
        length, at = varint(block, at)
        if at + fresh + length > end or shared > len(key):
            raise ModelFileError(BROKEN)
        key = key[:shared] + bytes(block[at : at + fresh])
        yield key, bytes(block[at + fresh : at + fresh + length])
        at += fresh + length


def _entry(value: memoryview) -> Entry:
    numbers = {1: 0, 3: 0, 4: 0, 5: 0}  # dtype, shard_id, offset, size
    shape: tuple[int, ...] = ()
    for number, wire, content in fields(value):
        if number == 2 and wire == LENGTH:
            shape = tuple(_dimensions(content))
        elif number in numbers:
            numbers[number], _ = varint(content, 0)
    return Entry(
        dtype=numbers[1], shape=shape, shard=numbers[3], offset=numbers[4], size=numbers[5]
    )


def _dimensions(shape: memoryview) -> Iterator[int]:
    for number, wire, dimension in fields(shape):
        if number == 2 and wire == LENGTH:
            sizes = [varint(c, 0)[0] for n, _, c in fields(dimension) if n == 1]
            yield sizes[0] if sizes else 0


def array(key: str, entry: Entry, shards: Mapping[int, memoryview]) -> Array | None:
    """Return one array; None for text and other things that are no numbers.

    Raises ModelFileError where its file is missing, or its shape and bytes differ.
    """
    if entry.dtype not in DTYPES and entry.dtype != BFLOAT16:
        return None
    dtype = np.dtype(DTYPES.get(entry.dtype, "<u2"))
    raw = raw_bytes(key, entry, shards)
    if math.prod(entry.shape) * dtype.itemsize != len(raw):
        raise ModelFileError(
            f"The variable {shown(key)} claims the shape {entry.shape} and has {len(raw)} bytes."
        )
    values = np.frombuffer(raw, dtype).reshape(entry.shape)
    if entry.dtype == BFLOAT16:  # the upper half of a float32
        return (values.astype("<u4") << 16).view("<f4")
    native: Array = values.astype(dtype.newbyteorder("="))
    return native


def raw_bytes(key: str, entry: Entry, shards: Mapping[int, memoryview]) -> memoryview:
    """Return the bytes of one entry; ModelFileError where they are not there."""
    if entry.shard not in shards:
        raise ModelFileError(
            f"The variable {shown(key)} lies in a .data file that is missing: give the .index and "
            ".data files together, at once or as a zip."
        )
    content = shards[entry.shard]
    if entry.offset + entry.size > len(content):
        raise ModelFileError(f"The variable {shown(key)} lies beyond the end of its file.")
    return content[entry.offset : entry.offset + entry.size]
