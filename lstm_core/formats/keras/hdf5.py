"""HDF5 files from strangers, read in a process of their own.

The HDF5 library is written for files it wrote itself: a damaged one can crash it or send it
round for ever (fuzzing found both within minutes). So `hdf5_worker.py` reads it, with bounds on
time and memory and no other file in reach, and what it says is checked here.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

import numpy as np

from ...record import Array, record
from ..containers import not_written, scratch_folder
from ..errors import ModelFileError, shown
from ..source import Source

SECONDS = 9.0
BASE_MEMORY = 512 << 20  # bytes of addresses: Python, NumPy and HDF5 themselves
MAX_LISTING = 64 << 20  # bytes
KILLED = 9  # the signal that nobody can refuse
WORKER = Path(__file__).with_name("hdf5_worker.py")


@record
class Dataset:
    """An array in the file, not read yet; `address` grows in the order of writing."""

    path: str
    shape: tuple[int, ...]
    dtype: np.dtype[Any]
    address: int


class HDF5File:
    """The listing of one file, and its arrays on demand."""

    def __init__(self, worker: subprocess.Popen[bytes], source: Source):
        """Take the listing from the worker; ModelFileError where it has none to give."""
        self._worker, self._source = worker, source
        listing = _listing(_pipe(worker.stdout))
        self.groups: dict[str, dict[str, Any]] = listing["groups"]
        self._problems = {p: d["problem"] for p, d in listing["datasets"].items() if "problem" in d}
        self.texts = {p: d.get("texts", []) for p, d in listing["datasets"].items()}
        self.datasets = {
            path: Dataset(
                path=path,
                shape=tuple(d["shape"]),
                dtype=np.dtype(d["dtype"]),
                address=d["address"],
            )
            for path, d in listing["datasets"].items()
            if path not in self._problems
        }
        self._stored = {path: listing["datasets"][path]["stored"] for path in self.datasets}

    def names(self, group: str, attribute: str) -> list[str] | None:
        """The list of names in an attribute, joined where Keras cut it up; None without it."""
        attributes = self.groups.get(group, {})
        if attribute in attributes:
            return list(attributes[attribute])
        parts = [k for k in attributes if k.startswith(attribute)]
        if not parts:
            return None
        parts.sort(key=lambda name: int(name.removeprefix(attribute) or 0))
        return [name for part in parts for name in attributes[part]]

    def read(self, paths: Iterable[str]) -> dict[str, Array]:
        """Read arrays; ModelFileError where one is missing, elsewhere or absurdly large."""
        wanted = list(dict.fromkeys(paths))
        for path in wanted:
            self._check(path)
        total = sum(_bytes(self.datasets[path]) for path in wanted)
        if total > self._source.allowance:
            raise ModelFileError(
                f"The datasets claim {total} bytes in a file of {self._source.size}: "
                "that is refused."
            )
        requests = _pipe(self._worker.stdin)
        requests.write(json.dumps(wanted).encode() + b"\n")
        requests.flush()
        return {path: self._array(self.datasets[path]) for path in wanted}

    def _check(self, path: str) -> None:
        if path in self._problems:
            raise ModelFileError(
                f"The dataset {shown(path)} {self._problems[path]}: that is refused."
            )
        if path not in self.datasets:
            raise ModelFileError(f"The file has no dataset {shown(path)}.")
        claimed, stored = _bytes(self.datasets[path]), self._stored[path]
        if claimed > 1000 * max(stored, 1) or claimed > self._source.allowance:
            raise ModelFileError(
                f"The dataset {shown(path)} of shape {self.datasets[path].shape} claims {claimed} "
                f"bytes and stores {stored}: that is refused."
            )

    def _array(self, dataset: Dataset) -> Array:
        array = np.empty(dataset.shape, dataset.dtype)
        left = array.reshape(-1).view(np.uint8).data
        source = _pipe(self._worker.stdout)
        while len(left):
            count = source.readinto(left)  # type: ignore[attr-defined]
            if not count:
                raise ModelFileError(f"The dataset {shown(dataset.path)} is damaged.")
            left = left[count:]
        return array


@contextmanager
def open_hdf5(source: Source) -> Iterator[HDF5File]:
    """Open an HDF5 file for reading; ModelFileError where it is damaged.

    The worker ends with the context, at the latest after `SECONDS`.
    """
    with _path(source) as path:
        environment = {
            **os.environ,
            "OPENBLAS_NUM_THREADS": "1",
            "HDF5_WORKER_MEMORY": str(BASE_MEMORY + 3 * source.size),
        }
        worker = subprocess.Popen(
            # -P: the folder of the worker is not searched for modules
            [sys.executable, "-P", str(WORKER), str(path.resolve())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        late = threading.Event()

        def stop() -> None:
            late.set()
            worker.kill()

        timer = threading.Timer(SECONDS, stop)
        timer.start()
        try:
            yield HDF5File(worker, source)
        except (BrokenPipeError, ModelFileError) as error:
            if late.is_set():
                raise ModelFileError(
                    f"The HDF5 file takes longer than {SECONDS:g} seconds to read: it is refused."
                ) from None
            if _was_ended(worker):
                raise ModelFileError(
                    "The process that reads the HDF5 file was killed, as happens where memory or "
                    "time runs out: try again, or a smaller file."
                ) from None
            if isinstance(error, BrokenPipeError):
                raise ModelFileError("The HDF5 file is damaged and cannot be read.") from None
            raise
        finally:
            timer.cancel()
            worker.kill()
            worker.wait()
            for pipe in (worker.stdin, worker.stdout):
                _close(_pipe(pipe))


def _was_ended(worker: subprocess.Popen[bytes]) -> bool:
    """Whether a worker was killed: the system does so where memory or processor time is up."""
    with suppress(subprocess.TimeoutExpired):
        return worker.wait(0.05) == -KILLED
    return False


def _listing(output: IO[bytes]) -> dict[str, Any]:
    line = output.readline(MAX_LISTING)
    if not line.endswith(b"\n"):
        raise ModelFileError("The HDF5 file is damaged and cannot be listed.")
    listing: dict[str, Any] = json.loads(line)
    if "No module named" in listing.get("error", ""):
        raise ModelFileError("To open HDF5 files, install h5py.")
    if "error" in listing:
        raise ModelFileError(f"The HDF5 file is damaged: {shown(listing['error'])}.")
    return listing


@contextmanager
def _path(source: Source) -> Iterator[Path]:
    """The file's own path; bytes get one for as long as they are read.

    Raises ModelFileError where no temporary file can be written.
    """
    if source.path is not None:
        yield source.path
        return
    with scratch_folder() as folder:
        path = folder / "model.h5"
        try:
            path.write_bytes(source.view)
        except OSError as problem:
            raise not_written(problem) from None
        yield path


def _bytes(dataset: Dataset) -> int:
    return math.prod(dataset.shape) * dataset.dtype.itemsize


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None
    return pipe


def _close(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except BrokenPipeError:  # what was not sent yet has nobody to go to
        return
