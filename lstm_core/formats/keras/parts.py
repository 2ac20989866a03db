"""What files with and without a description have in common: arrays, numbered names, readouts."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...model import Readout
from ...record import Array
from ..errors import ModelFileError, shown
from .hdf5 import HDF5File


def load(file: HDF5File, paths: list[str]) -> list[Array]:
    """Return the arrays at these paths, all in one dtype; ModelFileError for one with NaN in it."""
    read = file.read(paths)
    for path, array in read.items():
        if array.size and not (np.isfinite(array.min()) and np.isfinite(array.max())):
            raise ModelFileError(f"The weights at {shown(path)} are not all finite numbers.")
    dtype = np.result_type(*read.values())
    return [read[path].astype(dtype, copy=False) for path in paths]


def readout(kernel: Array, bias: Array, activation: Any) -> Readout:
    """Return a readout whose outputs are numbered, since the file does not name them."""
    return Readout(kernel=kernel, bias=bias, activation=activation, labels=numbers(bias.size))


def numbers(count: int) -> tuple[str, ...]:
    """Return names for symbols or outputs that a file does not name: 0, 1, 2, ..."""
    return tuple(str(k) for k in range(count))
