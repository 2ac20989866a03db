"""One buffer for text and numbers: a document in JSON, and arrays by name.

The layout is that of safetensors, so whatever reads safetensors opens it:

    length of the header (8 bytes) | header, JSON padded to 8·n bytes | the arrays' numbers

The header gives each array's dtype, shape and place behind the header ("data_offsets"), and keeps
the document as text in "__metadata__". Numbers are little-endian. Arrays of wider numbers come
first and leave no gaps, so each begins at a multiple of its own width and can be read where it
lies; in the browser components/shared/js/container.js does so.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import IO, Any

import numpy as np

from lstm_core.record import Array

DTYPES = {
    "F64": "<f8",
    "F32": "<f4",
    "F16": "<f2",
    "I64": "<i8",
    "I32": "<i4",
    "I16": "<i2",
    "I8": "i1",
    "U64": "<u8",
    "U32": "<u4",
    "U16": "<u2",
    "U8": "u1",
    "BOOL": "?",
}
NAMES = {np.dtype(spelled): name for name, spelled in DTYPES.items()}
ALIGNMENT = 8
LENGTH_BYTES = 8

Contents = tuple[dict[str, Any], dict[str, Array]]


def pack(
    document: Mapping[str, Any], arrays: Mapping[str, Array], *, allow_nan: bool = False
) -> bytes:
    """Return the whole buffer.

    With `allow_nan` the document may hold NaN and infinity, which Python reads and a browser does
    not. Raises ValueError for these otherwise, and for an array that is not of numbers or bool.
    """
    return b"".join(parts(document, arrays, allow_nan=allow_nan))


def parts(
    document: Mapping[str, Any], arrays: Mapping[str, Array], *, allow_nan: bool = False
) -> Iterator[bytes]:
    """Yield the buffer that `pack` returns, piece by piece: the header, then each array."""
    text = json.dumps(document, ensure_ascii=False, allow_nan=allow_nan)
    header: dict[str, Any] = {"__metadata__": {"document": text}}
    end, laid = 0, []
    for name, array in sorted(arrays.items(), key=lambda item: -item[1].itemsize):
        dtype = _dtype_name(name, array)
        data = np.ascontiguousarray(array, DTYPES[dtype])
        start, end = end, end + data.nbytes
        header[name] = {"dtype": dtype, "shape": list(array.shape), "data_offsets": [start, end]}
        laid.append(data)
    written = json.dumps(header, ensure_ascii=False).encode()
    written += b" " * (-len(written) % ALIGNMENT)
    yield len(written).to_bytes(LENGTH_BYTES, "little") + written
    for data in laid:
        yield data.tobytes()


def unpack(content: bytes) -> Contents:
    """Return the document and the arrays, which are read-only views of `content`.

    Raises ValueError for a buffer of another layout.
    """
    start = LENGTH_BYTES + int.from_bytes(content[:LENGTH_BYTES], "little")
    header = _read_header(content[LENGTH_BYTES:start])
    if len(content) < start + _size(header):
        raise ValueError(
            f"buffer ends after {len(content)} bytes: expected {start + _size(header)}"
        )
    return _document(header), _arrays(header, content, start)


def read(stream: IO[bytes]) -> Contents | None:
    """Return the next buffer of a stream; None where the stream ends, in its middle too."""
    length = _exactly(stream, LENGTH_BYTES)
    written = None if length is None else _exactly(stream, int.from_bytes(length, "little"))
    if written is None:
        return None
    header = _read_header(written)
    numbers = _exactly(stream, _size(header))
    return None if numbers is None else (_document(header), _arrays(header, numbers, 0))


def _dtype_name(name: str, array: Array) -> str:
    dtype = array.dtype.newbyteorder("<")
    if dtype not in NAMES:
        raise ValueError(f"array {name!r} is of {array.dtype}: expected numbers or bool")
    return NAMES[dtype]


def _read_header(written: bytes) -> dict[str, Any]:
    try:
        header = json.loads(written)
        header["__metadata__"]["document"]
    except (ValueError, KeyError, TypeError):
        raise ValueError(
            f"buffer begins with {written[:20]!r}: expected a header with a document"
        ) from None
    return dict(header)


def _document(header: dict[str, Any]) -> dict[str, Any]:
    return dict(json.loads(header["__metadata__"]["document"]))


def _size(header: dict[str, Any]) -> int:
    """How many bytes the arrays take."""
    ends = [place["data_offsets"][1] for name, place in header.items() if name != "__metadata__"]
    return max(ends, default=0)


def _arrays(header: dict[str, Any], content: bytes, start: int) -> dict[str, Array]:
    """The arrays of `content`, whose numbers begin at byte `start`."""
    arrays = {}
    for name, place in header.items():
        if name != "__metadata__":
            first, end = place["data_offsets"]
            numbers = memoryview(content)[start + first : start + end]
            arrays[name] = np.frombuffer(numbers, DTYPES[place["dtype"]]).reshape(place["shape"])
    return arrays


def _exactly(stream: IO[bytes], count: int) -> bytes | None:
    content = stream.read(count)
    return content if len(content) == count else None
