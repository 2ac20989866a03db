"""PyTorch checkpoints: the zip container, the one before it, and plain pickles of tensors.

A zip container holds one pickle, `<folder>/data.pkl`, and a file `<folder>/data/<key>` for
each storage. Before PyTorch 1.6 a file was a row of pickles (a magic number, the protocol, the
writing system, the object, the keys of the storages) with the storages behind them, each led
by its count. `pickle.dump` of a state dict wraps such a file in bytes for every storage.

Source: `torch.serialization`, as of 2.13, read as a description of the format.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from ...model import Model
from ..containers import entry_view, open_zip
from ..door import Options
from ..errors import ModelFileError, shown
from ..shards import Together, merged, parts_of
from ..source import Source
from .checkpoint_parts import model_of_checkpoint
from .objects import NAMES, STORAGES
from .paddle import is_paddle
from .pickles import Stream, read_pickle
from .tensors import DTYPES, Storage
from .values import Name

MAGIC_NUMBER = 0x1950A86A20F9469CFC6C
PROTOCOL = 1001


def read(source: Source, options: Options) -> Model:
    """Return the recurrent layers of a PyTorch checkpoint.

    Raises ModelFileError for a damaged file, and for one without recurrent layers.
    """
    parts = parts_of(source)
    if len(parts) == 1:
        return model_of_checkpoint(*_content(source), source, options)
    contents = [(part, _content(part)[0]) for part in parts]
    for part, content in contents:
        if not isinstance(content, dict):
            raise ModelFileError(f"{shown(part.name)} is a part of a model and no state dict.")
    return model_of_checkpoint(merged(contents), "PyTorch checkpoint", Together(parts), options)


def _content(source: Source) -> tuple[Any, str]:
    """Return the object in a checkpoint, and what it is."""
    return _from_zip(source) if source.head(2) == b"PK" else _from_pickles(source.view)


def unpickled(source: Source) -> Any:
    """Return what a plain pickle holds, with inert values for all that is not known.

    Raises ModelFileError for a damaged one.
    """
    return _from_pickles(source.view)[0]


def _from_zip(source: Source) -> tuple[Any, str]:
    """Return the object in a zip container and what it is; its storages stay where they are.

    A TorchScript archive is such a container with code beside it, which is not looked at.
    """
    with open_zip(source) as archive:
        entries = {info.filename: info for info in archive.infolist()}
    pickled = [n for n in entries if n == "data.pkl" or n.endswith("/data.pkl")]
    if len(pickled) != 1:
        raise ModelFileError(f"The archive has {len(pickled)} entries data.pkl: expected one.")
    folder = pickled[0].removesuffix("data.pkl")
    big = f"{folder}byteorder" in entries and (
        bytes(entry_view(source, entries[f"{folder}byteorder"])) == b"big"
    )

    def storage(dtype: str, key: str, count: int) -> Storage:
        name = f"{folder}data/{key}"
        if name not in entries:
            raise ModelFileError(f"The archive has no entry {shown(name)} for a tensor.")
        return Storage(
            dtype=dtype,
            count=count,
            byteorder=">" if big else "<",
            content=lambda: entry_view(source, entries[name]),
        )

    stream = Stream(entry_view(source, entries[pickled[0]]))
    scripted = f"{folder}constants.pkl" in entries
    title = "TorchScript archive" if scripted else "PyTorch checkpoint (zip container)"
    return read_pickle(stream, NAMES, _storages(storage)), title


def _storages(make: Callable[[str, str, int], Storage]) -> Callable[[Any], Any]:
    """Return the meaning of a persistent id: ("storage", type, key, device, count, ...).

    Before PyTorch 1.6 a class of a module was one too: ("module", class, file, source).
    """
    known: dict[tuple[str, str], Storage] = {}

    def load(pid: Any) -> Any:
        if isinstance(pid, tuple) and len(pid) > 1 and pid[0] == "module":
            return pid[1]  # the class of a module that was saved as a whole, with its source
        if not isinstance(pid, tuple) or len(pid) < 5 or pid[0] != "storage":
            raise ModelFileError(f"The pickle points to {shown(pid)}: expected a storage.")
        _, kind, key, _, count = pid[:5]
        words = kind.name.split(".") if isinstance(kind, Name) else [""]
        dtype = STORAGES.get(words[-1].removesuffix("Storage"))
        if dtype is None or not isinstance(key, str) or not isinstance(count, int) or count < 0:
            raise ModelFileError(f"The pickle points to {shown(pid)}: expected a storage.")
        if len(pid) > 5 and pid[5] is not None:
            raise ModelFileError("A storage is a part of another one: save it again in PyTorch.")
        if (key, dtype) not in known:
            known[key, dtype] = make(dtype, key, count)
        return known[key, dtype]

    return load


def _from_pickles(view: memoryview, nested: bool = False) -> tuple[Any, str]:
    """Return the object in a file from before the zip container, or in a plain pickle."""
    stream = Stream(view)
    names = dict(NAMES)
    if not nested:
        names["torch.storage._load_from_bytes"] = _nested_storage
    first = read_pickle(stream, names)
    if first != MAGIC_NUMBER:
        return first, "Paddle checkpoint" if is_paddle(first) else "pickle of tensors"
    protocol, system = read_pickle(stream, NAMES), read_pickle(stream, NAMES)
    if protocol != PROTOCOL:
        raise ModelFileError(f"The checkpoint is of protocol {shown(protocol)}: expected 1001.")
    big = isinstance(system, dict) and system.get("little_endian") is False
    behind: dict[str, memoryview] = {}
    widths: dict[str, int] = {}

    def storage(dtype: str, key: str, count: int) -> Storage:
        widths[key] = np.dtype(DTYPES[dtype]).itemsize
        return Storage(
            dtype=dtype,
            count=count,
            byteorder=">" if big else "<",
            content=lambda: behind.get(key, memoryview(b"")),
        )

    root = read_pickle(stream, names, _storages(storage))
    _find_storages(stream, read_pickle(stream, NAMES), widths, behind)
    return root, "PyTorch checkpoint (before PyTorch 1.6)"


def _find_storages(
    stream: Stream, keys: Any, widths: Mapping[str, int], behind: dict[str, memoryview]
) -> None:
    """Find the storages behind the pickles: each is its count, 8 bytes, and its numbers."""
    if not isinstance(keys, list) or not all(isinstance(key, str) for key in keys):
        raise ModelFileError("The checkpoint has no list of its storages: it is damaged.")
    at = stream.position
    for key in keys:
        head = bytes(stream.view[at : at + 8])
        if len(head) < 8:
            raise ModelFileError("The checkpoint is cut off: storages are missing at its end.")
        (count,) = struct.unpack("<q", head)
        size = count * widths.get(key, 1)
        if count < 0 or at + 8 + size > len(stream.view):
            raise ModelFileError("The checkpoint is cut off: storages are missing at its end.")
        behind[key] = stream.view[at + 8 : at + 8 + size]
        at += 8 + size


def _nested_storage(content: Any) -> Storage:
    """Stand in for torch.storage._load_from_bytes: a whole checkpoint of just one storage."""
    if not isinstance(content, bytes):
        raise ModelFileError("A storage in the pickle has no bytes: the file is damaged.")
    storage, _ = _from_pickles(memoryview(content), nested=True)
    if not isinstance(storage, Storage):
        raise ModelFileError("A storage in the pickle is none: the file is damaged.")
    return storage
