"""Out again: a model as a file that other programs can run, or as our own archive."""

from __future__ import annotations

import dataclasses
import os
from importlib import import_module
from pathlib import Path

from ..model import Model
from .errors import ModelFileError, shown

WRITERS = {
    ".safetensors": ("pytorch.safetensors_writing", "write"),
    ".onnx": ("onnx.writing", "write"),
    ".npz": ("npz", "to_bytes"),
}
"""For each suffix the module and its function that returns the bytes of the file."""


def save_model(model: Model, path: str | os.PathLike[str]) -> None:
    """Write `model` as .safetensors (PyTorch's names), .onnx or .npz (our own names).

    What is read back with `load_model` has the same numbers, bit for bit; what stands between the
    encoder, the recurrent layers and the readout is kept by .npz alone. A file that stood at
    `path` is replaced only when the new one is complete. Raises ModelFileError with one
    sentence for a suffix that is not known, for what the format cannot express, and for a path
    that cannot be written.

    >>> import tempfile
    >>> from lstm_core import load_model
    >>> from lstm_core.experiment import model_of, recommended
    >>> model = model_of(recommended("adding"))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save_model(model, Path(folder) / "adding.onnx")
    ...     again = load_model(Path(folder) / "adding.onnx")
    >>> (again.layers[0].forward.kernel == model.layers[0].forward.kernel).all()
    np.True_
    """
    target = Path(path)
    content = model_bytes(model, target.suffix)
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        beside.write_bytes(content)
        beside.replace(target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        reason = error.strerror or type(error).__name__
        raise ModelFileError(f"{shown(target)} cannot be written: {reason}.") from error


def model_bytes(model: Model, suffix: str) -> bytes:
    """Return what `save_model` writes to a file with this suffix, ".onnx" for example."""
    if suffix.lower() not in WRITERS:
        known = ", ".join(WRITERS)
        raise ModelFileError(f"The suffix is {shown(suffix)}: expected one of {known}.")
    if suffix.lower() != ".npz":
        model = _alone(model)
    module, function = WRITERS[suffix.lower()]
    try:
        written: bytes = getattr(import_module(f"{__package__}.{module}"), function)(model)
    except ImportError as error:
        if error.name is None or error.name.startswith("lstm_core"):
            raise
        raise ModelFileError(f"To write {suffix} files, install {error.name}.") from error
    return written


def loses_parts(model: Model) -> bool:
    """Return whether a file in a format other than .npz leaves out parts of a model."""
    return bool(model.front or model.back or model.reads_ends or model.recorded)


def _alone(model: Model) -> Model:
    """The model without what stands around its layers, for which other formats have no names."""
    if model.front:
        model = dataclasses.replace(model, front=(), encoder=None)
    if model.back or model.reads_ends:
        model = dataclasses.replace(model, back=(), reads_ends=False, readout=None)
    return model
