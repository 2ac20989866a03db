"""The layers of one captured module, by its framework's names, orders and activations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ...model import Layer
from ...record import Array, record
from ..door import Options
from ..errors import ModelFileError, shown
from ..keras.cells import cell, era, parameters
from ..pytorch.modules import is_recurrent, read_layers
from ..pytorch.tensors import FLOATS, ArrayTensor


@record
class PlacedLayer:
    """A layer, and where in the user's model it stood."""

    layer: Layer
    place: str


def layers_of(
    framework: str,
    version: str,
    module: Mapping[str, Any],
    weights: Mapping[str, Array],
    options: Options,
) -> tuple[PlacedLayer, ...]:
    """Return the layers of one module from its weights and settings, at least one.

    Raises ModelFileError for weights that do not fit, or are no finite floating-point numbers.
    """
    for name, array in weights.items():
        if array.dtype.name not in FLOATS:
            raise ModelFileError(
                f"{shown(name)} of {shown(module['name'])} is {array.dtype}: expected "
                f"{', '.join(FLOATS)}."
            )
    if framework == "keras":
        return (_keras(version, module, weights),)
    return _torch(module, weights, options)


def _torch(
    module: Mapping[str, Any], weights: Mapping[str, Array], options: Options
) -> tuple[PlacedLayer, ...]:
    name, settings = module["name"], module["settings"]
    prefix = f"{name}." if name else ""
    tensors = {
        prefix + part: ArrayTensor(array=array, dtype=array.dtype.name)
        for part, array in weights.items()
        if is_recurrent(part)
    }
    nonlinearity = settings.get("nonlinearity")
    if nonlinearity in ("tanh", "relu"):
        options = replace(options, nonlinearity=nonlinearity)
    placed = read_layers(tensors, options)
    if not placed:
        raise ModelFileError(f"The captured run has no weights of {shown(name)}.")
    kind = module["class"].rpartition(".")[2]
    return tuple(
        PlacedLayer(layer=layer, place=f"{name or 'the module'}: {kind}") for layer, _, _ in placed
    )


def _keras(version: str, module: Mapping[str, Any], weights: Mapping[str, Array]) -> PlacedLayer:
    name, settings = module["name"], module["settings"]
    arrays = [weights[part] for part in ("kernel", "recurrent_kernel", "bias") if part in weights]
    how = cell(module["class"], settings, era(version))
    made, order = parameters(how, arrays, name)
    layer = Layer(
        name=name or how.kind,
        forward=made,
        reverse=bool(settings.get("go_backwards")),
        convention=f"Keras: {order}",
    )
    return PlacedLayer(layer=layer, place=f"{name}: {module['class']}")
