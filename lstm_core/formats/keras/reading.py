"""Keras's files: `.keras`, `.h5` and `.weights.h5`, of Keras 1 to 3 and tf.keras.

A file that describes its model is read as it says; one of weights only is read by the names
and shapes of its arrays, and the findings say what had to be assumed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import numpy as np

from ...model import Model
from ...record import record
from ..containers import open_zip, read_entry, unpacked
from ..door import Options
from ..errors import ModelFileError, shown
from ..source import Source
from .cells import Era, era
from .described import described_model
from .hdf5 import HDF5File, open_hdf5
from .undescribed import undescribed_model

WEIGHTS = "model.weights.h5"


@record
class Opened:
    """A Keras file: its arrays, its model's description if it has one, and who wrote it."""

    file: HDF5File
    description: Mapping[str, Any] | None
    when: Era
    title: str


def read(source: Source, options: Options) -> Model:
    """Return the model of a Keras file; ModelFileError where there is none to be had."""
    with np.errstate(all="ignore"), _opened(source) as opened:
        if opened.description is not None:
            model = described_model(
                opened.file, opened.description, options, opened.when, opened.title
            )
            if model is not None:
                return model
        return undescribed_model(opened.file, options, opened.when, opened.title)


@contextmanager
def _opened(source: Source) -> Iterator[Opened]:
    if source.head(2) == b"PK":
        with _archive(source) as opened:
            yield opened
        return
    with open_hdf5(source) as file:
        attributes = file.groups[""]
        version = attributes.get("keras_version")
        if version is None:
            version = file.groups.get("model_weights", {}).get("keras_version")
        if version is None and file.names("", "layer_names") is not None:
            version = "1"  # later versions of this layout sign it
        description = attributes.get("model_config")
        what = "HDF5 model" if description else "HDF5 file of weights only"
        yield Opened(
            file=file,
            description=_description(description) if description else None,
            when=era(version),
            title=f"Keras {version} {what}" if version else f"Keras {what}",
        )


@contextmanager
def _archive(source: Source) -> Iterator[Opened]:
    with open_zip(source) as archive:
        names = archive.namelist()
        folder = _folder(names)
        metadata, description = (
            _description(read_entry(source, archive, folder + name))
            if folder + name in names
            else None
            for name in ("metadata.json", "config.json")
        )
        version = str((metadata or {}).get("keras_version", "3"))
        with unpacked(archive, folder + WEIGHTS) as path, open_hdf5(Source(path)) as file:
            yield Opened(
                file=file,
                description=description,
                when=era(version),
                title=f"Keras {version[:20]} archive (.keras)",
            )


def _folder(names: list[str]) -> str:
    """The folder of the model in its archive: "" but where a folder was zipped again.

    Raises ModelFileError where there is no model, or more than one.
    """
    weights = [name for name in names if name.rpartition("/")[2] == WEIGHTS]
    if WEIGHTS in weights:
        return ""
    if not weights:
        raise ModelFileError(f"The Keras archive has no {WEIGHTS}: expected its weights there.")
    if len(weights) > 1:
        held = ", ".join(shown(name) for name in weights[:3])
        raise ModelFileError(
            f"The archive holds {len(weights)} models ({held}): zip the folder of one of them."
        )
    return weights[0].removesuffix(WEIGHTS)


def _description(text: str | bytes) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise ModelFileError("The model's description is no JSON.") from None
    if not isinstance(value, dict):
        raise ModelFileError(f"The model's description is {shown(value)}: expected an object.")
    return value
