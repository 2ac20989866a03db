"""The process that reads HDF5, apart from the rest: run by `hdf5.py`, never imported by it.

The HDF5 library can crash, loop or swell on a damaged file; it does so here, where nothing is
lost. After the start this process can open no other file. It answers on standard output: one
line of JSON that lists the file, then for each line of JSON it is given (dataset paths) their
bytes, one after the other, in C order and little-endian.
"""

from __future__ import annotations

import encodings.ascii  # noqa: F401  (h5py needs it later, when no file can be opened)
import json
import math
import os
import sys
from typing import Any

try:
    import h5py
    import numpy as np
except ImportError as missing:  # whoever asked says what to install
    print(json.dumps({"error": str(missing)}))
    sys.exit()

MAX_OBJECTS = 20_000
OPTIMIZERS = ("optimizer", "optimizer_weights")  # their state is of no use here, and large
MAX_DEPTH = 40
MAX_LETTERS = 4096  # of a list of names
MAX_ATTRIBUTE = 64 << 20  # bytes: a model's whole configuration is one attribute
ATTRIBUTES = ("model_config", "keras_version", "backend", "name", "dtype")
LISTS = ("layer_names", "weight_names")  # Keras cuts long ones up: layer_names0, layer_names1


def main() -> None:
    """List the file given as the only argument, then answer requests until input ends."""
    with h5py.File(sys.argv[1], "r", locking=False) as file:
        forbid_other_files()
        groups: dict[str, Any] = {}
        datasets: dict[str, Any] = {}
        walk(file, "", groups, datasets, set())
        answer({"groups": groups, "datasets": datasets})
        for line in sys.stdin:
            for path in json.loads(line):
                sys.stdout.buffer.write(values(file[path]).view(np.uint8).data)
            sys.stdout.buffer.flush()


def forbid_other_files() -> None:
    """Let no link, external storage or virtual dataset of the file open another one."""
    try:
        import resource

        opened = max(int(name) for name in os.listdir("/proc/self/fd"))
        resource.setrlimit(resource.RLIMIT_NOFILE, (opened, opened))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        bound = int(os.environ["HDF5_WORKER_MEMORY"])
        resource.setrlimit(resource.RLIMIT_AS, (bound, bound))
        resource.setrlimit(resource.RLIMIT_CPU, (8, 8))
    except (ImportError, OSError, ValueError):
        return  # the links are not followed anyway; see walk


def answer(listing: dict[str, Any]) -> None:
    """Write one line of JSON."""
    sys.stdout.buffer.write(json.dumps(listing).encode() + b"\n")
    sys.stdout.buffer.flush()


def walk(
    group: Any, at: str, groups: dict[str, Any], datasets: dict[str, Any], seen: set[int]
) -> None:
    """List a group and what is below it; links that lead away are named, not followed."""
    groups[at] = attributes(group)
    if len(groups) + len(datasets) + len(group) > MAX_OBJECTS or at.count("/") > MAX_DEPTH:
        raise ValueError("the file has more groups and datasets than any model")
    for name in group:
        path = f"{at}/{name}" if at else name
        if path in OPTIMIZERS:
            continue
        if not isinstance(group.get(name, getlink=True), h5py.HardLink):
            datasets[path] = {"problem": "is a link, maybe to another file"}
            continue
        item = group[name]
        if isinstance(item, h5py.Dataset):
            datasets[path] = described(item)
        elif isinstance(item, h5py.Group):
            address = h5py.h5o.get_info(item.id).addr
            if address not in seen:
                walk(item, path, groups, datasets, seen | {address})


def described(dataset: Any) -> dict[str, Any]:
    """Say what a dataset is, without reading it."""
    kind = number_type(dataset)
    if dataset.external:
        problem = "has its numbers in another file"
    elif dataset.is_virtual:
        problem = "is put together from other files"
    elif kind is None or dataset.shape is None:
        return {"problem": f"holds {dataset.dtype}, not numbers", "texts": texts(dataset)}
    else:
        return {
            "shape": dataset.shape,
            "dtype": kind,
            "stored": dataset.id.get_storage_size(),
            "address": h5py.h5o.get_info(dataset.id).addr,
        }
    return {"problem": problem}


def texts(dataset: Any) -> list[str]:
    """The words of a short list of text: names that stand beside the numbers of a NetCDF file."""
    shape = dataset.shape or ()
    if len(shape) not in (1, 2) or math.prod(shape) > MAX_LETTERS:
        return []
    if dataset.dtype.kind == "S" and len(shape) == 2:  # a letter each
        return [text(b"".join(row.tolist())).strip("\0 ") for row in dataset[()]]
    if len(shape) == 2 or (
        dataset.dtype.kind != "S" and h5py.check_string_dtype(dataset.dtype) is None
    ):
        return []
    return [text(word) for word in dataset[()].tolist()]


def number_type(dataset: Any) -> str | None:
    """The dtype in which a dataset is handed over; None where it holds no numbers."""
    if dataset.dtype.kind == "f" and dataset.dtype.itemsize <= 8:
        return "<f8" if dataset.dtype.itemsize == 8 else "<f4"
    if dataset.dtype.kind == "V" and dataset.dtype.itemsize == 2:
        return "<f4"  # Keras's bfloat16, for which HDF5 has no name
    return "<f8" if dataset.dtype.kind in "iu" else None


def values(dataset: Any) -> np.ndarray[Any, Any]:
    """The numbers of a dataset as float32 or float64, little-endian."""
    array = dataset[()]
    if array.dtype.kind not in "fiu":  # bfloat16 is the upper half of a float32
        array = (np.asarray(array).view("<u2").astype("<u4") << 16).view("<f4")
    return np.ascontiguousarray(array, number_type(dataset)).reshape(-1)


def attributes(group: Any) -> dict[str, Any]:
    """The attributes of a group that say something about a model, as text and lists of text."""
    values: dict[str, Any] = {}
    for name in group.attrs:
        stem = name.rstrip("0123456789")
        if stem not in (*ATTRIBUTES, *LISTS):
            continue
        identifier = group.attrs.get_id(name)
        if math.prod(identifier.shape) * identifier.dtype.itemsize > MAX_ATTRIBUTE:
            raise ValueError(f"the attribute {name!r} is larger than any model's")
        value = group.attrs[name]
        if stem in LISTS:
            values[name] = [text(item) for item in np.asarray(value).ravel().tolist()]
        else:
            values[name] = text(value)
    return values


def text(value: Any) -> str:
    """Text, however the file spells it."""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


if __name__ == "__main__":
    try:
        main()
    except Exception as error:
        answer({"error": f"{type(error).__name__}: {error}"[:200]})
