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

    What is read back with `load_model` has the same numbers, bit for bit; what stands before the
    recurrent layers is kept by .npz alone. A file that stood at
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
    if suffix.lower() != ".npz":  # no names are known for what stands before the layers
        model = dataclasses.replace(model, front=(), encoder=None) if model.front else model
    module, function = WRITERS[suffix.lower()]
    try:
        written: bytes = getattr(import_module(f"{__package__}.{module}"), function)(model)
    except ImportError as error:
        if error.name is None or error.name.startswith("lstm_core"):
            raise
        raise ModelFileError(f"To write {suffix} files, install {error.name}.") from error
    return written
