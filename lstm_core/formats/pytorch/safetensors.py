"""safetensors files: a header that names tensors, and their numbers behind it.

The library checks the header: offsets inside the file, without holes or overlaps, shapes that
fit. Then the numbers are read where they lie, which the library's NumPy side cannot do for
bfloat16. Names are PyTorch's. A file of ours says in its metadata what PyTorch has no names for.

Source: the safetensors format description.
"""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Mapping
from typing import Any

from ...model import Model
from ..door import Options
from ..errors import ModelFileError, shown
from ..shards import Together, merged, parts_of
from ..source import Source
from .checkpoint_parts import model_of_checkpoint
from .description import KEY, described_model
from .tensors import Storage, StridedTensor, Tensor

MAX_HEADER = 32 << 20  # bytes
NAMES = {
    "F64": "float64",
    "F32": "float32",
    "F16": "float16",
    "BF16": "bfloat16",
    "I64": "int64",
    "I32": "int32",
    "I16": "int16",
    "I8": "int8",
    "U8": "uint8",
    "BOOL": "bool",
}


def read(source: Source, options: Options) -> Model:
    """Return the recurrent layers of a safetensors file with PyTorch's names.

    Raises ModelFileError for a header that lies, and for a file without recurrent layers.
    """
    parts = parts_of(source)
    metadata: dict[str, Any] = {}
    named: list[tuple[Source, dict[str, Tensor]]] = []
    for part in parts:
        start, header = _header(part)
        _check(part)
        metadata |= header.pop("__metadata__", None) or {}
        named.append((part, {n: _tensor(part, start, entry) for n, entry in header.items()}))
    tensors: dict[str, Tensor] = merged(named)
    if KEY in metadata:
        return described_model(tensors, metadata[KEY], "safetensors, written by Gatescope")
    whole = source if len(parts) == 1 else Together(parts)
    return model_of_checkpoint(_in_order(tensors, metadata), "safetensors", whole, options)


def _in_order(tensors: Mapping[str, Tensor], metadata: Mapping[str, Any]) -> dict[str, Tensor]:
    """Return the tensors under all their names, in alphabetical order.

    A tensor that two modules share is stored once, and the metadata says under which name
    ("out.weight": "emb.weight"). The library sorts by dtype and name, so that the order of the
    file says nothing of that in which modules were made.
    """
    shared = {name: tensors[kept] for name, kept in metadata.items() if kept in tensors}
    return dict(sorted((shared | {**tensors}).items()))


def _header(source: Source) -> tuple[int, dict[str, Any]]:
    """Return where the numbers start, and the header as JSON."""
    (length,) = struct.unpack("<Q", source.head(8))
    if length > min(MAX_HEADER, source.size - 8):
        raise ModelFileError(
            f"The header claims {length} bytes in a file of {source.size}: the file is damaged."
        )
    try:
        header = json.loads(bytes(source.view[8 : 8 + length]))
    except (ValueError, RecursionError) as error:
        raise ModelFileError("The header of the safetensors file is no JSON.") from error
    if not isinstance(header, dict):
        raise ModelFileError("The header of the safetensors file names no tensors.")
    return 8 + length, header


def _check(source: Source) -> None:
    """Let the library judge the header; bytes without a path cost it a copy."""
    import safetensors

    try:
        if source.path is not None:
            with safetensors.safe_open(source.path, framework="numpy"):
                pass
        else:
            safetensors.deserialize(source.content)  # type: ignore[no-untyped-call]
    except safetensors.SafetensorError as error:
        raise ModelFileError(f"The safetensors file is damaged: {shown(error, 160)}.") from error


def _tensor(source: Source, start: int, entry: Any) -> Tensor:
    """Return one tensor where it lies; the library has checked the entry."""
    begin, end = (start + offset for offset in entry["data_offsets"])
    shape = tuple(entry["shape"])
    strides = tuple(math.prod(shape[k + 1 :]) for k in range(len(shape)))
    storage = Storage(
        dtype=NAMES.get(entry["dtype"], entry["dtype"]),
        count=math.prod(shape),
        content=lambda: source.view[begin:end],
    )
    return StridedTensor(storage=storage, offset=0, shape=shape, strides=strides)
