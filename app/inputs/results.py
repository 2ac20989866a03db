"""Somebody's own result for a layer, from a file or a pasted text, as named signals.

Pure: values in, values out. What cannot be read is told in one sentence by `ReferenceProblem`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from lstm_core import ModelFileError
from lstm_core.doctor import ResultError, named_signals
from lstm_core.formats import Source
from lstm_core.formats.npz import read_arrays
from lstm_core.record import Array

from .reference import ReferenceProblem, reference_from_file

NAMES = {
    "h": "hidden_state",
    "c": "cell_state",
    "i": "input_gate",
    "f": "forget_gate",
    "g": "candidate",
    "n": "candidate",
    "o": "output_gate",
    "r": "reset_gate",
    "z": "update_gate",
}
"""Letters of the equations that may name the arrays of an .npz file."""


def signals_from_file(name: str, data: bytes, parameters: Any, timesteps: int) -> dict[str, Array]:
    """Return the signals (T, ·) in an .npz file by their names, or in another by its shape.

    Raises ReferenceProblem in one sentence for everything that can be wrong.
    """
    if not name.lower().endswith(".npz"):
        return signals_from_array(reference_from_file(name, data), parameters, timesteps)
    try:
        arrays = read_arrays(Source(data, name))
    except ModelFileError as problem:
        raise ReferenceProblem(str(problem)) from None
    return {
        NAMES.get(key, key): np.atleast_2d(np.squeeze(np.asarray(array, np.float64)))
        for key, array in arrays.items()
        if array.dtype.kind in "biuf"
    }


def signals_from_array(values: Array, parameters: Any, timesteps: int) -> dict[str, Array]:
    """Return what an array without a name must be; ReferenceProblem where it can be nothing."""
    try:
        return dict(named_signals(parameters, timesteps, values))
    except ResultError as problem:
        raise ReferenceProblem(str(problem)) from None
