"""What a model is beside its tensors, in JSON: how it is kept where a format has no names for it.

Layers by PyTorch's module and number, in the model's order, with the activation of a standard
RNN; encoder and readout with their words and scalings. It travels in the metadata of a file
that otherwise reads like any other of its kind.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from ...cells.rnn import RNNParameters
from ...model import CellParameters, Layer, Model, Readout
from ...model.encoders import EmbeddingEncoder, Encoder, NumericEncoder, OneHotEncoder
from ...model.findings import Findings
from ...record import Array
from ..door import Options
from ..errors import ModelFileError, shown
from .modules import finite, read_layers
from .tensors import ArrayTensor, Tensor

KEY = "gatescope"
VERSION = 1
EMBEDDING, READOUT, READOUT_BIAS = "embedding.weight", "readout.weight", "readout.bias"
NUMBERED = re.compile(r"(?P<module>.+) layer (?P<number>\d+)", re.DOTALL)


def modules(layers: tuple[Layer, ...]) -> list[tuple[str, int]]:
    """Return PyTorch's module and number of each layer: stacks stay stacks, by their names."""
    matches = [NUMBERED.fullmatch(layer.name) for layer in layers]
    numbers: dict[str, list[int]] = {}
    for match in matches:
        if match:
            numbers.setdefault(match["module"], []).append(int(match["number"]))
    places: list[tuple[str, int]] = []
    for layer, match in zip(layers, matches, strict=True):
        if match and numbers[match["module"]] == list(range(len(numbers[match["module"]]))):
            places.append((match["module"], int(match["number"])))
        else:
            places.append((layer.name or layer.kind, 0))
    if len(set(places)) == len(places):
        return places
    return [(f"layers.{k}", 0) for k in range(len(layers))]


def describe(model: Model) -> str:
    """Return the description of a model as JSON."""
    layers = [
        {
            "module": module,
            "number": number,
            "name": layer.name,
            "follows": layer.follows,
            "merge": layer.merge,
            "activation": activation_of(layer.forward),
            "residual": layer.residual,
        }
        for layer, (module, number) in zip(model.layers, modules(model.layers), strict=True)
    ]
    return json.dumps(
        {
            "version": VERSION,
            "layers": layers,
            "encoder": _encoder_words(model.encoder),
            "readout": _readout_words(model.readout),
        }
    )


def activation_of(cell: CellParameters) -> str | None:
    """Return the activation of a standard RNN; None where PyTorch leaves no choice."""
    return cell.activation if isinstance(cell, RNNParameters) else None


def _encoder_words(encoder: Encoder | None) -> dict[str, Any] | None:
    if encoder is None:
        return None
    if isinstance(encoder, NumericEncoder):
        return {
            "kind": encoder.kind,
            "columns": encoder.columns,
            "offset": encoder.offset.tolist(),
            "scale": encoder.scale.tolist(),
        }
    return {"kind": encoder.kind, "alphabet": encoder.alphabet}


def _readout_words(readout: Readout | None) -> dict[str, Any] | None:
    if readout is None:
        return None
    return {
        "activation": readout.activation,
        "labels": readout.labels,
        "offset": None if readout.offset is None else readout.offset.tolist(),
        "scale": None if readout.scale is None else readout.scale.tolist(),
    }


def described_model(tensors: Mapping[str, Tensor], text: str, title: str) -> Model:
    """Return the model that `describe` has described, with its numbers from `tensors`.

    Raises ModelFileError where description and tensors do not fit together.
    """
    try:
        return _described_model(tensors, json.loads(text), title)
    except ModelFileError:
        raise
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise ModelFileError(
            f"The file's own description does not fit its tensors ({shown(error)})."
        ) from error


def _described_model(tensors: Mapping[str, Tensor], words: Any, title: str) -> Model:
    if words["version"] != VERSION:
        raise ModelFileError(f"The file is of version {shown(words['version'])}: expected 1.")
    layers_by_module = {
        (layer.name, module): (layer, place)
        for layer, module, place in read_layers(tensors, Options())
    }
    layers, places = [], []
    for described in words["layers"]:
        layer, place = _layer(layers_by_module, described)
        layers.append(layer)
        places.append(place)
    return Model(
        layers=tuple(layers),
        encoder=_encoder(tensors, words["encoder"]),
        readout=_readout(tensors, words["readout"]),
        findings=Findings(format=title, places=tuple(places)),
    )


def restored(model: Model, text: str, arrays: Mapping[str, Array]) -> Model:
    """Return a model that was read from a file of ours, with what its description adds.

    `arrays` are those of the file by their names: EMBEDDING, READOUT and READOUT_BIAS, turned
    as this package has them. Raises ModelFileError where description and model do not fit.
    """
    try:
        words = json.loads(text)
        layers = tuple(
            replace(
                layer,
                name=str(described["name"]),
                merge=described["merge"] if layer.bidirectional else layer.merge,
                follows=bool(described["follows"]),
                residual=int(described.get("residual", 0)),
            )
            for layer, described in zip(model.layers, words["layers"], strict=True)
        )
        tensors = {
            name: ArrayTensor(
                array=a if a.ndim < 2 or name == EMBEDDING else a.T, dtype=a.dtype.name
            )
            for name, a in arrays.items()
        }
        encoder, readout = _encoder(tensors, words["encoder"]), _readout(tensors, words["readout"])
        return replace(model, layers=layers, encoder=encoder, readout=readout)
    except ModelFileError:
        raise
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise ModelFileError(
            f"The file's own description does not fit its numbers ({shown(error)})."
        ) from error


def _layer(
    layers_by_module: Mapping[tuple[str, str], tuple[Layer, str]], words: Mapping[str, Any]
) -> tuple[Layer, str]:
    module, number = words["module"], words["number"]
    stacked = (f"{module} layer {number}", module)
    known = layers_by_module
    layer, place = known[stacked] if stacked in known else known[module, module]
    pair = {
        side: replace(cell, activation=words["activation"])
        for side, cell in (("forward", layer.forward), ("backward", layer.backward))
        if isinstance(cell, RNNParameters)
    }
    name, follows = str(words["name"]), bool(words["follows"])
    return Layer(**{**vars(layer), **pair, "name": name, "follows": follows}), place


def _numbers(values: Any) -> Array | None:
    return None if values is None else finite("the scaling", np.asarray(values, np.float64))


def _encoder(tensors: Mapping[str, Tensor], words: Any) -> Encoder | None:
    if words is None:
        return None
    if words["kind"] == "numeric":
        offset, scale = _numbers(words["offset"]), _numbers(words["scale"])
        assert offset is not None
        assert scale is not None
        return NumericEncoder(columns=tuple(map(str, words["columns"])), offset=offset, scale=scale)
    alphabet = tuple(map(str, words["alphabet"]))
    if words["kind"] == "one_hot":
        return OneHotEncoder(alphabet=alphabet)
    embedding = finite(EMBEDDING, tensors[EMBEDDING].load())
    return EmbeddingEncoder(alphabet=alphabet, embedding=embedding)


def _readout(tensors: Mapping[str, Tensor], words: Any) -> Readout | None:
    if words is None:
        return None
    kernel = finite(READOUT, tensors[READOUT].load(transposed=True), transposed=True)
    return Readout(
        kernel=kernel,
        bias=finite(READOUT_BIAS, tensors[READOUT_BIAS].load()),
        activation=words["activation"],
        labels=tuple(map(str, words["labels"])),
        offset=_numbers(words["offset"]),
        scale=_numbers(words["scale"]),
    )
