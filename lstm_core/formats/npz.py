"""Our own model file: a NumPy archive that holds a whole model, exactly.

    "gatescope"                    the description, JSON: every record of the model by its name,
                                   and `{"array": name}` where an array belongs
    "layers.0.forward.kernel", …   the arrays, under the names of `lstm_core.weights`

Nothing is pickled. The same model makes the same bytes, so a checksum names it.
"""

from __future__ import annotations

import dataclasses
import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np

from ..cells.gru import GRUParameters
from ..cells.lstm import LSTMParameters, LSTMVariant
from ..cells.rnn import RNNParameters
from ..model import (
    Attended,
    Convolved,
    Dense,
    Gathered,
    Layer,
    LayerState,
    Model,
    Normalised,
    Pooled,
    Readout,
    RecordedSequence,
    Scaled,
    SelfAttended,
)
from ..model.encoders import EmbeddingEncoder, NumericEncoder, OneHotEncoder
from ..model.findings import Assumption, Findings
from ..record import Array
from .containers import entry_view, open_zip
from .errors import ModelFileError, shown
from .source import Readable, Source

DESCRIPTION = "gatescope"
VERSION = 1
WHERE_ANY = (
    "chain_encoders",
    "chain_readouts",
    "inexact",
    "entry",
    "parts",
    "recorded",
    "front",
    "back",
    "reads_ends",
    "residual",
)  # written unless empty
LONGEST_HEADER = 70_000  # bytes of an array's own header, which is 65,535 at most

RECORDS: dict[str, type[Any]] = {
    kind.__name__: kind
    for kind in (
        *(Model, Layer, Readout, Findings, Assumption, RecordedSequence, LayerState),
        *(Dense, Scaled, Normalised, Convolved, Pooled, Gathered, Attended),
        SelfAttended,
        *(OneHotEncoder, EmbeddingEncoder, NumericEncoder),
        *(LSTMParameters, LSTMVariant, GRUParameters, RNNParameters),
    )
}
"""The only types that a file can ask for."""


def to_bytes(model: Model) -> bytes:
    """Return the file that holds `model`."""
    arrays: dict[str, Array] = {}
    described = _described(model, (), arrays)
    text = json.dumps({"version": VERSION, "model": described}, ensure_ascii=False, sort_keys=True)
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, **{DESCRIPTION: np.array(text)}, **arrays)
    return file.getvalue()


def save(model: Model, path: str | PathLike[str]) -> None:
    """Write `model` to `path`, which should end in .npz."""
    Path(path).write_bytes(to_bytes(model))


def load(path_or_bytes: Readable) -> Model:
    """Return the model in a file of ours: equal to what was saved, bit by bit.

    Raises ModelFileError (a ValueError) with one sentence where it is not such a file.
    """
    return model_of(read_arrays(Source(path_or_bytes)))


def model_of(arrays: Mapping[str, Array]) -> Model:
    """Return the model that the arrays of a file of ours hold.

    Raises ModelFileError where they hold none, or where its parts do not fit together.
    """
    if DESCRIPTION not in arrays:
        raise ModelFileError(
            f"The archive has no {DESCRIPTION!r} entry: expected a model that Gatescope saved."
        )
    try:
        words = json.loads(str(arrays[DESCRIPTION]))
        version = words["version"]
        model = _made(words["model"], arrays) if version == VERSION else None
    except ModelFileError:
        raise
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ModelFileError(f"The model in the archive does not fit: {error}.") from error
    if model is None:
        raise ModelFileError(f"The archive is of version {shown(version)}: expected {VERSION}.")
    if not isinstance(model, Model):
        raise ModelFileError(f"The archive describes a {type(model).__name__}: expected a Model.")
    return model


def _described(value: Any, path: tuple[str, ...], arrays: dict[str, Array]) -> Any:
    """A value in JSON's words; its arrays go into `arrays` under their dotted paths."""
    if isinstance(value, np.ndarray):
        name = ".".join(path)
        arrays[name] = value
        return {"array": name}
    if isinstance(value, tuple):
        return [_described(item, (*path, str(k)), arrays) for k, item in enumerate(value)]
    if dataclasses.is_dataclass(value):
        names = [
            f.name
            for f in dataclasses.fields(value)
            if f.name not in WHERE_ANY or getattr(value, f.name)
        ]
        fields = {n: _described(getattr(value, n), (*path, n), arrays) for n in names}
        return {"record": type(value).__name__, **fields}
    return value


def _made(words: Any, arrays: Mapping[str, Array]) -> Any:
    """The value that the words describe."""
    if isinstance(words, list):
        return tuple(_made(item, arrays) for item in words)
    if not isinstance(words, dict):
        return words
    if "array" in words:
        return _array(words["array"], arrays)
    kind = RECORDS.get(words.get("record", ""))
    if kind is None:
        raise ModelFileError(
            f"The archive describes {shown(words.get('record'))}: expected a part of a model."
        )
    fields = {name: _made(value, arrays) for name, value in words.items() if name != "record"}
    return kind(**fields)


def _array(name: Any, arrays: Mapping[str, Array]) -> Array:
    if name not in arrays:
        raise ModelFileError(f"The archive has no array {shown(name)}.")
    array = arrays[name]
    if array.dtype.kind != "f" or not np.isfinite(array).all():
        raise ModelFileError(f"The array {shown(name)} has something other than finite numbers.")
    return array


def read_arrays(source: Source) -> dict[str, Array]:
    """Return every array of a NumPy archive by its name; nothing in it is unpickled.

    Raises ModelFileError for an entry that is no plain array, or not as large as it claims.
    """
    with open_zip(source) as archive:
        return {
            entry.filename.removesuffix(".npy"): _read_array(source, entry)
            for entry in archive.infolist()
        }


def _read_array(source: Source, entry: zipfile.ZipInfo) -> Array:
    """One entry as an array of its own, believed only once its header fits its size."""
    name, content = entry.filename, entry_view(source, entry)
    if zlib.crc32(content) != entry.CRC:
        raise ModelFileError(f"The entry {shown(name)} of the archive is damaged.")
    file = io.BytesIO(content[:LONGEST_HEADER])
    try:
        version = np.lib.format.read_magic(file)
        read_header = {
            (1, 0): np.lib.format.read_array_header_1_0,
            (2, 0): np.lib.format.read_array_header_2_0,
        }[version]
        shape, fortran_order, dtype = read_header(file)
    except (ValueError, KeyError, TypeError, SyntaxError) as error:
        raise ModelFileError(f"The entry {shown(name)} of the archive is no array.") from error
    count = int(np.prod(shape, dtype=object))
    if dtype.hasobject or count < 0 or count * dtype.itemsize != len(content) - file.tell():
        raise ModelFileError(
            f"The entry {shown(name)} claims to be {shape} of {dtype}, which its size is not."
        )
    array = np.frombuffer(content, dtype, count, file.tell()).copy()
    return array.reshape(shape, order="F" if fortran_order else "C")
