"""What an ONNX file of ours says beside its graph: names, alphabets and scalings, in a property."""

from __future__ import annotations

import dataclasses

from ...model import Model
from ..errors import ModelFileError
from ..protobuf import LENGTH, fields
from ..pytorch.description import EMBEDDING, KEY, READOUT, READOUT_BIAS, restored
from ..source import Source
from .file import Tensor

MODEL_PROPERTY = 14
PROPERTY_KEY, PROPERTY_VALUE = 1, 2


def with_our_words(model: Model, initializers: list[Tensor], source: Source) -> Model:
    """Return the model as it was saved here; one from elsewhere as it is.

    Raises ModelFileError where the description does not fit the graph.
    """
    text = properties(source).get(KEY)
    if text is None:
        return model
    wanted = (EMBEDDING, READOUT, READOUT_BIAS)
    arrays = {t.name: t.array() for t in initializers if t.name in wanted}
    return restored(dataclasses.replace(model, back=(), readout=None), text, arrays)


def properties(source: Source) -> dict[str, str]:
    """Return the model's properties (metadata_props), text by text."""
    pairs = {}
    for number, wire, content in fields(source.view):
        if number == MODEL_PROPERTY and wire == LENGTH:
            parts = {n: bytes(part) for n, w, part in fields(content) if w == LENGTH}
            key, value = parts.get(PROPERTY_KEY, b""), parts.get(PROPERTY_VALUE, b"")
            try:
                pairs[key.decode()] = value.decode()
            except UnicodeDecodeError as error:
                raise ModelFileError("A property of the ONNX file is no text.") from error
    return pairs
