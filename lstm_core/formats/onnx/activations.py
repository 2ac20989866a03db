"""Our spelling of activations as ONNX's names, with the alphas and betas they take.

ONNX lists the functions of a cell in an order of its own, and then, apart, the alphas and the
betas of those functions that take one, in the same order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ...cells.gru import GRUParameters
from ...cells.lstm import LSTMParameters
from ...model import CellParameters
from ..errors import ModelFileError, shown

NAMES = {
    "sigmoid": "Sigmoid",
    "tanh": "Tanh",
    "relu": "Relu",
    "softsign": "Softsign",
    "softplus": "Softplus",
    "hard_sigmoid": "HardSigmoid",
    "affine": "Affine",
    "scaled_tanh": "ScaledTanh",
    "leaky_relu": "LeakyRelu",
    "thresholded_relu": "ThresholdedRelu",
    "elu": "Elu",
}
DEFAULTS: dict[str, tuple[float, ...]] = {
    "HardSigmoid": (0.2, 0.5),
    "Affine": (1.0, 0.0),
    "ScaledTanh": (1.0, 1.0),
    "LeakyRelu": (0.01,),
    "ThresholdedRelu": (1.0,),
    "Elu": (1.0,),
}


def spellings(cell: CellParameters) -> tuple[str, ...]:
    """Return the activations of a cell in ONNX's order: f g h, f g, or f."""
    if isinstance(cell, LSTMParameters):
        variant = cell.variant
        return variant.recurrent_activation, variant.activation, variant.output_activation
    if isinstance(cell, GRUParameters):
        return cell.recurrent_activation, cell.activation
    return (cell.activation,)


def onnx_activations(cells: Sequence[CellParameters]) -> dict[str, Any]:
    """Return the attributes activations, activation_alpha and activation_beta, where needed.

    Raises ModelFileError for an activation that ONNX does not have.
    """
    named = [_named(spelling) for cell in cells for spelling in spellings(cell)]
    numbers = [values for _, values in named]
    attributes = {
        "activations": [name for name, _ in named],
        "activation_alpha": [values[0] for values in numbers if values],
        "activation_beta": [values[1] for values in numbers if len(values) > 1],
    }
    return {name: value for name, value in attributes.items() if value}


def _named(spelling: str) -> tuple[str, tuple[float, ...]]:
    """Return ONNX's name of an activation and its alpha and beta, given or default."""
    word, _, numbers = spelling.replace(" ", "").rstrip(")").partition("(")
    if word == "identity":
        return "Affine", (1.0, 0.0)
    if word not in NAMES:
        raise ModelFileError(f"The activation {shown(spelling)} has no name in ONNX.")
    name = NAMES[word]
    given = tuple(float(number) for number in re.findall(r"[^,]+", numbers))
    return name, (*given, *DEFAULTS.get(name, ())[len(given) :])
