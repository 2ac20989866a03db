"""Keras's names of activations, and its layers that are activations, as we spell them.

Source: `keras.activations` and `keras.layers` of Keras 1 to 3.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from ..errors import ModelFileError, shown

SPELLINGS = {
    "linear": "identity",
    **{name: name for name in ("sigmoid", "tanh", "relu", "softsign", "softplus")},
    "elu": "elu(1.0)",
    "leaky_relu": "leaky_relu(0.2)",
    "relu6": "clipped_relu(6.0)",
    **{name: name for name in ("selu", "gelu", "silu", "mish", "exponential", "log_sigmoid")},
    "swish": "silu",
    "hard_silu": "hard_silu",
    "hard_swish": "hard_silu",
    "hard_tanh": "hard_tanh",
    "tanh_shrink": "tanh_shrink",
    "soft_shrink": "soft_shrink(0.5)",
    "hard_shrink": "hard_shrink(0.5)",
    "celu": "celu(1.0)",
    "squareplus": "squareplus(4.0)",
    "sparse_plus": "sparse_plus",
    "sparse_sigmoid": "hard_sigmoid(0.5, 0.5)",
}
"""By the name in a configuration; hard_sigmoid depends on the era."""

MIX_UNITS = ("softmax", "log_softmax", "sparsemax", "glu", "softmin")
Settings = Mapping[str, Any]


def spelling(value: Any, hard_sigmoid: str) -> str:
    """Return a configuration's activation as `activations.activation` spells it.

    `value` is a name, None (linear), or what Keras serialises: a function or a layer with its
    configuration. `hard_sigmoid` is what the file's Keras means by that name.

    Raises ModelFileError for an activation that is not known here.
    """
    settings: Settings = {}
    if isinstance(value, dict):
        class_name, config = value.get("class_name"), value.get("config")
        settings = config if isinstance(config, dict) else {}
        value = config if class_name == "function" else class_name
        if class_name == "Activation":
            return spelling(settings.get("activation"), hard_sigmoid)
    name = _snake("linear" if value is None else str(value))
    if name == "hard_sigmoid":
        return hard_sigmoid
    if settings and name in _LAYERS:
        return _LAYERS[name](settings)
    if name not in SPELLINGS:
        raise ModelFileError(_unknown(name, value))
    return SPELLINGS[name]


def _snake(name: str) -> str:
    """LeakyReLU as leaky_relu."""
    snake = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()
    return snake.replace("re_lu", "relu")


def _unknown(name: str, value: Any) -> str:
    if name in MIX_UNITS:
        return (
            f"The activation {shown(value)} of a recurrent layer mixes the units of a timestep: "
            "only activations of one number at a time are shown here."
        )
    return (
        f"The activation {shown(value)} of a recurrent layer is not known here: "
        f"{', '.join(SPELLINGS)} and hard_sigmoid are."
    )


def _relu(settings: Settings) -> str:
    """Keras's layer ReLU: an upper bound, a slope below zero, or a threshold."""
    bound = settings.get("max_value")
    slope = float(settings.get("negative_slope") or 0.0)
    threshold = float(settings.get("threshold") or 0.0)
    if bound is None and not threshold:
        return f"leaky_relu({slope!r})" if slope else "relu"
    if bound is None and not slope:
        return f"thresholded_relu({threshold!r})"
    if bound is not None and not slope and not threshold:
        return f"clipped_relu({float(bound)!r})"
    raise ModelFileError(
        f"The activation ReLU of a recurrent layer has max_value {shown(bound)}, negative_slope "
        f"{slope:g} and threshold {threshold:g}: only one of them at a time is known here."
    )


def _leaky_relu(settings: Settings) -> str:
    return f"leaky_relu({float(settings.get('negative_slope', settings.get('alpha', 0.3)))!r})"


_LAYERS: dict[str, Callable[[Settings], str]] = {
    "relu": _relu,
    "leaky_relu": _leaky_relu,
    "elu": lambda settings: f"elu({float(settings.get('alpha', 1.0))!r})",
    "thresholded_relu": lambda settings: f"thresholded_relu({float(settings.get('theta', 1.0))!r})",
}
