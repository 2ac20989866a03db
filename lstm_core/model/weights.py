"""A model's trained numbers by name, and a model with other numbers in their places.

    "encoder.embedding", "layers.0.forward.kernel", "layers.1.backward.peephole", "readout.bias"

Gradients carry the same names, so an optimiser needs to know nothing of models; so do files.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from ..record import Array
from .layer import CellParameters, Layer
from .model import Model


def weights(model: Model) -> dict[str, Array]:
    """Return every trained array of `model` by its name; an untrained scaling is not one."""
    by_name: dict[str, Array] = {}
    if model.encoder is not None:
        by_name |= {f"encoder.{name}": array for name, array in model.encoder.weights.items()}
    for prefix, parameters in directions(model):
        by_name |= {f"{prefix}.{name}": array for name, array in parameters.weights().items()}
    if model.readout is not None:
        by_name["readout.kernel"] = model.readout.kernel
        by_name["readout.bias"] = model.readout.bias
    return by_name


def directions(model: Model) -> list[tuple[str, CellParameters]]:
    """Return the parameters of every layer's directions with their names' beginnings."""
    return [
        (f"layers.{k}.{direction}", parameters)
        for k, layer in enumerate(model.layers)
        for direction in ("forward", "backward")
        if (parameters := getattr(layer, direction)) is not None
    ]


def with_weights(model: Model, arrays: Mapping[str, Array]) -> Model:
    """Return `model` with the arrays named in `arrays` in place of its own.

    Raises ValueError for a name that `model` does not have, and where shapes do not fit.
    """
    unknown = sorted(set(arrays) - set(weights(model)))
    if unknown:
        raise ValueError(f"weights have {unknown[0]!r}: the model has no such array")
    encoder, readout = model.encoder, model.readout
    if encoder is not None:
        encoder = dataclasses.replace(encoder, **_under("encoder.", arrays))
    if readout is not None:
        readout = dataclasses.replace(readout, **_under("readout.", arrays))
    layers = tuple(_layer(f"layers.{k}.", layer, arrays) for k, layer in enumerate(model.layers))
    return dataclasses.replace(model, encoder=encoder, layers=layers, readout=readout)


def _layer(prefix: str, layer: Layer, arrays: Mapping[str, Array]) -> Layer:
    forward = layer.forward.replace(**_under(prefix + "forward.", arrays))
    backward = layer.backward
    if backward is not None:
        backward = backward.replace(**_under(prefix + "backward.", arrays))
    return dataclasses.replace(layer, forward=forward, backward=backward)


def _under(prefix: str, arrays: Mapping[str, Array]) -> dict[str, Any]:
    return {n.removeprefix(prefix): array for n, array in arrays.items() if n.startswith(prefix)}
