"""Activation functions, each with its derivative and its range, found by their spelling.

A spelling is a name, with numbers in brackets where the function takes them:
`"tanh"`, `"hard_sigmoid(0.2, 0.5)"`. Strings keep models, files and URLs simple.
"""

from __future__ import annotations

import re
from functools import lru_cache

from . import dense, recurrent
from .common import Activation, Derivative, Function, sigmoid

__all__ = [
    "HARD_SIGMOID",
    "HARD_SIGMOID_SIXTH",
    "Activation",
    "Derivative",
    "Function",
    "activation",
    "sigmoid",
]

FIXED = {**recurrent.FIXED, **dense.FIXED}
FAMILIES = {**recurrent.FAMILIES, **dense.FAMILIES}

HARD_SIGMOID = "hard_sigmoid(0.2, 0.5)"
"""clip(0.2·z + 0.5, 0, 1): Keras up to 2, tf.keras and ONNX's default."""

HARD_SIGMOID_SIXTH = "hard_sigmoid(0.16666666666666666, 0.5)"
"""clip(z/6 + 0.5, 0, 1): Keras 3 and PyTorch."""


@lru_cache(maxsize=256)
def activation(spelling: str) -> Activation:
    """Return the activation spelled `spelling`.

    Names of recurrent cells: sigmoid, tanh, relu, identity, softsign, softplus, and with
    numbers (each has a default) hard_sigmoid(α, β), affine(α, β), scaled_tanh(α, β),
    leaky_relu(α), thresholded_relu(α), elu(α). These families and their defaults are those of
    the ONNX operators LSTM, GRU and RNN.

    Names of dense layers: gelu, gelu_tanh, silu, hard_silu, mish, selu, exponential,
    log_sigmoid, hard_tanh, tanh_shrink, sparse_plus, and with numbers celu(α),
    clipped_relu(α), squareplus(β), soft_shrink(α), hard_shrink(α), threshold(α, β). Their
    defaults are those of Keras 3.

    Raises ValueError for a spelling that names no activation.
    """
    match = re.fullmatch(r"\s*([a-z_]+)\s*(?:\(([^()]*)\))?\s*", spelling)
    if match:
        name, numbers = match.groups()
        if name in FIXED and numbers is None:
            return FIXED[name]
        if name in FAMILIES:
            try:
                return FAMILIES[name](*(float(n) for n in (numbers or "").split(",") if n.strip()))
            except (TypeError, ValueError):
                pass
    known = ", ".join([*FIXED, *FAMILIES])
    raise ValueError(f"activation is {spelling!r}: expected one of {known}")
