"""A single NumPy array (.npy): no model by itself, so the sentence says how to save one."""

from __future__ import annotations

import io

import numpy as np

from ..model import Model
from .door import Options
from .errors import ModelFileError, shown
from .npz import LONGEST_HEADER
from .source import Source

ADVICE = 'save all arrays in one file, as in np.savez("weights.npz", *model.get_weights()).'


def read(source: Source, options: Options) -> Model:
    """Raise ModelFileError: one array is no model, and pickled objects are not opened."""
    file = io.BytesIO(bytes(source.view[:LONGEST_HEADER]))
    try:
        version = np.lib.format.read_magic(file)
        header = np.lib.format.read_array_header_1_0 if version == (1, 0) else None
        shape, _, dtype = (header or np.lib.format.read_array_header_2_0)(file)
    except (ValueError, KeyError, TypeError, SyntaxError) as error:
        raise ModelFileError("The file starts like a NumPy array but is damaged.") from error
    if dtype.hasobject:
        raise ModelFileError(f"The NumPy file holds pickled objects, not numbers: {ADVICE}")
    raise ModelFileError(
        f"The NumPy file holds one array of shape {shape} ({shown(dtype)}), and a recurrent layer "
        f"has at least two: {ADVICE}"
    )
