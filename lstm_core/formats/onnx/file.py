"""The bytes of an ONNX file: messages cut out of it one by one, weights left where they lie.

A file may be large, and what we want of it small. So its outer messages are split here (a
protobuf message is a row of tagged fields), and onnx reads those that are looked at.

Source: the protocol buffers' encoding, and the schema onnx.proto.
"""

from __future__ import annotations

import math
from pathlib import PurePosixPath
from typing import Any

import numpy as np
import onnx
import onnx.numpy_helper

from ...record import Array
from ..errors import ModelFileError, shown
from ..protobuf import BROKEN, LENGTH, fields
from ..source import Source

MODEL_GRAPH = 7
GRAPH_NODE, GRAPH_INITIALIZER = 1, 5
TENSOR_RAW_DATA = 9
MAX_MESSAGE = 512 << 20  # bytes of one node, with what is in it


def encoded(number: int, wire: int, content: memoryview) -> bytes:
    """Return one field as it stands in a message."""
    head = _as_varint(number << 3 | wire)
    if wire == LENGTH:
        head += _as_varint(len(content))
    return head + bytes(content)


def _as_varint(value: int) -> bytes:
    digits = []
    while value > 127:
        digits.append(value & 127 | 128)
        value >>= 7
    return bytes([*digits, value])


class Tensor:
    """A tensor of the file, not decoded yet."""

    def __init__(self, message: Any, raw: memoryview | None, source: Source):
        """Take a TensorProto, and its raw_data where that was left in the file."""
        self._message, self._raw, self._source = message, raw, source
        self.name = str(message.name)

    @property
    def shape(self) -> tuple[int, ...]:
        """Its shape, as the file claims it."""
        return tuple(self._message.dims)

    def array(self) -> Array:
        """Return its numbers, as a view where that is possible.

        Raises ModelFileError where shape and bytes differ, and for external data that is not
        beside the file.
        """
        message, raw = self._message, self._raw
        if message.data_location == onnx.TensorProto.EXTERNAL:
            raw = self._external()
        elif raw is None and message.HasField("raw_data"):
            raw = memoryview(message.raw_data)
        if min(self.shape, default=1) < 0 or len(self.shape) > 32:
            raise ModelFileError(f"The tensor {shown(self.name)} claims the shape {self.shape}.")
        if raw is None:
            return self._typed()
        try:
            dtype = onnx.helper.tensor_dtype_to_np_dtype(message.data_type)
        except KeyError:
            raise ModelFileError(f"The tensor {shown(self.name)} is of an unknown type.") from None
        if dtype == np.dtype(object) or math.prod(self.shape) * dtype.itemsize != len(raw):
            raise ModelFileError(
                f"The tensor {shown(self.name)} claims the shape {self.shape} and has "
                f"{len(raw)} bytes."
            )
        return np.frombuffer(raw, dtype.newbyteorder("<")).reshape(self.shape)

    def _typed(self) -> Array:
        """Numbers that stand one by one in a field of their type."""
        stored = max(len(field) for field in (
            self._message.float_data, self._message.int32_data, self._message.int64_data,
            self._message.double_data, self._message.uint64_data,
        ))  # fmt: skip
        if stored != math.prod(self.shape):
            raise ModelFileError(
                f"The tensor {shown(self.name)} claims the shape {self.shape} and has "
                f"{stored} numbers."
            )
        array: Array = onnx.numpy_helper.to_array(self._message)
        return array

    def _external(self) -> memoryview:
        """The bytes of a tensor that lies in a file beside the model, and nowhere else."""
        entries = {entry.key: entry.value for entry in self._message.external_data}
        beside = _beside(self._source, entries.get("location", ""))
        offset = int(entries.get("offset", 0))
        content = beside.view
        length = int(entries.get("length", len(content) - offset))
        if offset < 0 or length < 0 or offset + length > len(content):
            raise ModelFileError(
                f"The tensor {shown(self.name)} claims bytes beyond the end of "
                f"{shown(beside.name)}."
            )
        return content[offset : offset + length]


def _beside(source: Source, location: str) -> Source:
    """The file at `location` beside the model; ModelFileError for one anywhere else."""
    given = PurePosixPath(location).as_posix()
    if given in source.beside:
        return Source(source.beside[given], given)
    if source.folder is None:
        raise ModelFileError(
            f"The model keeps its weights in another file, {shown(location)}: open both files "
            "at once, or a zip of both."
        )
    parts = PurePosixPath(location).parts
    outside = not parts or location.startswith("/") or any(
        part == ".." or "\\" in part or ":" in part or "\0" in part for part in parts
    )  # fmt: skip
    path = source.folder
    for part in () if outside else parts:
        path /= part
        outside = outside or path.is_symlink()
    if outside:
        raise ModelFileError(
            f"The model keeps its weights in {shown(location)}: only a plain file beside it "
            "is opened."
        )
    if not path.is_file():
        raise ModelFileError(f"The model's weights are in {shown(location)}: it is not there.")
    return Source(path)


def tensor(view: memoryview, source: Source) -> Tensor:
    """Return the tensor in this message, with its raw data left in the file."""
    raw, rest = None, []
    for number, wire, content in fields(view):
        if number == TENSOR_RAW_DATA and wire == LENGTH:
            raw = content
        else:
            rest.append(encoded(number, wire, content))
    return Tensor(parsed(onnx.TensorProto, b"".join(rest)), raw, source)


def parsed(kind: Any, content: bytes | memoryview) -> Any:
    """Return the message of this kind; ModelFileError for bytes that are none."""
    if len(content) > MAX_MESSAGE:
        raise ModelFileError(f"The file has a part of {len(content)} bytes: that is refused.")
    try:
        return kind.FromString(bytes(content))
    except Exception:  # protobuf's DecodeError, of whichever of its implementations
        raise ModelFileError(BROKEN) from None


def main_graph(source: Source) -> tuple[list[Any], list[Tensor]]:
    """Return the nodes and the initializers of the model's graph."""
    graph = None
    for number, wire, content in fields(source.view):
        if number == MODEL_GRAPH and wire == LENGTH:
            graph = content
    if graph is None:
        raise ModelFileError(BROKEN)
    nodes, initializers = [], []
    for number, wire, content in fields(graph):
        if wire == LENGTH and number == GRAPH_NODE:
            nodes.append(parsed(onnx.NodeProto, content))
        elif wire == LENGTH and number == GRAPH_INITIALIZER:
            initializers.append(tensor(content, source))
    return nodes, initializers
