"""What a trainer and its worker processes say to one another: words and arrays, never code.

    message = length of the head (4 bytes), head (JSON), the arrays' numbers one after another

The head holds the words, and of each array its name, dtype and shape. Nothing is unpickled.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from typing import IO, Any

import numpy as np

from lstm_core.record import Array, record

LENGTH = struct.Struct(">I")


@record
class Message:
    """Words in JSON, and arrays by name."""

    words: dict[str, Any]
    arrays: Mapping[str, Array]


def write(pipe: IO[bytes], words: dict[str, Any], arrays: Mapping[str, Array]) -> None:
    """Write one message and flush; OSError where nobody reads any more."""
    laid = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    described = [[name, array.dtype.str, np.shape(arrays[name])] for name, array in laid.items()]
    head = json.dumps({"words": words, "arrays": described}).encode()
    pipe.write(LENGTH.pack(len(head)) + head)
    for array in laid.values():
        pipe.write(array.tobytes())
    pipe.flush()


def read(pipe: IO[bytes]) -> Message | None:
    """Return the next message; None where the other side has ended, in its middle too."""
    length = _exactly(pipe, LENGTH.size)
    head = None if length is None else _exactly(pipe, LENGTH.unpack(length)[0])
    if head is None:
        return None
    told = json.loads(head)
    arrays: dict[str, Array] = {}
    for name, dtype, shape in told["arrays"]:
        kind = np.dtype(dtype)
        content = _exactly(pipe, kind.itemsize * int(np.prod(shape, dtype=np.int64)))
        if content is None:
            return None
        arrays[name] = np.frombuffer(content, kind).reshape(shape)
    return Message(words=told["words"], arrays=arrays)


def _exactly(pipe: IO[bytes], count: int) -> bytes | None:
    content = pipe.read(count)
    return content if len(content) == count else None
