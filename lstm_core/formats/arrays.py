"""NumPy archives: our own, captured runs, or arrays named as PyTorch or Keras names them."""

from __future__ import annotations

from collections.abc import Mapping

from ..model import Model
from ..record import Array
from .captured import CAPTURE, model_of_capture
from .door import Options
from .errors import ModelFileError, shown
from .keras.arrays import model_of_keras_arrays
from .keras.positional import in_order, model_of_unnamed_arrays
from .npz import DESCRIPTION, model_of, read_arrays
from .pytorch.modules import is_recurrent
from .pytorch.state_dicts import model_of_tensors
from .pytorch.tensors import DTYPES, ArrayTensor, Tensor
from .pytorch.weights import plain_weights
from .source import Source


def read(source: Source, options: Options) -> Model:
    """Return the model in a NumPy archive; nothing in it is unpickled.

    Raises ModelFileError where an entry is no plain array, and where no names are known.
    """
    arrays = read_arrays(source)
    if DESCRIPTION in arrays:
        return model_of(arrays)
    if CAPTURE in arrays:
        return model_of_capture(arrays, options)
    tensors = _tensors(arrays)
    if any(is_recurrent(name) for name in plain_weights(tensors)):
        return model_of_tensors(tensors, "NumPy archive with PyTorch's names", source, options)
    if any(_last(name) == "recurrent_kernel" for name in arrays):
        return model_of_keras_arrays(arrays, options)
    unnamed = in_order(arrays)
    if unnamed is not None:
        return model_of_unnamed_arrays(unnamed, options)
    named = ", ".join(shown(name) for name in list(arrays)[:5]) or "no arrays"
    raise ModelFileError(
        f"The archive holds {named}: expected arrays named as Gatescope, PyTorch "
        "(weight_ih_l0, weight_hh_l0) or Keras (kernel, recurrent_kernel) names them."
    )


def _tensors(arrays: Mapping[str, Array]) -> dict[str, Tensor]:
    """Return the arrays as tensors under PyTorch's names for their dtypes."""
    return {
        name: ArrayTensor(array=array, dtype=array.dtype.name)
        for name, array in arrays.items()
        if array.dtype.name in DTYPES
    }


def _last(name: str) -> str:
    """The last word of a Keras name: "kernel" of "lstm/lstm_cell/kernel:0"."""
    return name.replace(".", "/").rpartition("/")[2].partition(":")[0]
