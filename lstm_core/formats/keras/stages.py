"""Keras's layers around the recurrent ones as stages: dense, norms, activations, windows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from ...model import Convolved, Dense, FrontStage, Normalised, Pooled, Scaled, by_groups
from ...record import Array, record
from ..errors import ModelFileError
from .activations import spelling
from .cells import Era
from .hdf5 import HDF5File
from .network import Node
from .parts import load
from .weights import paths_of

ACTIVATIONS = ("Activation", "ReLU", "LeakyReLU", "ELU", "ThresholdedReLU")


@record
class Given:
    """What a layer's stage is made from; `axes` are the names of its input's last axis."""

    class_name: str
    config: Mapping[str, Any]
    arrays: tuple[Array, ...]
    when: Era
    axes: tuple[int, ...]
    width: int | None


def stage_of(
    file: HDF5File, node: Node, when: Era, width: int | None = None, in_time: bool = True
) -> FrontStage | None:
    """Return what a layer does at each timestep; None for one that cannot be run here.

    `width` is how many numbers its outputs have where the layer itself does not say, and
    `in_time` whether it reads timesteps, rather than one answer for the sequence.
    """
    if node.within or node.uses > 1 or len(node.inputs) > 1:
        return None
    class_name, config = node.class_name, node.config
    repeated = class_name == "TimeDistributed" and isinstance(config.get("layer"), dict)
    if repeated:
        class_name, config = config["layer"]["class_name"], node.wrapped
    if class_name in WINDOWS and (repeated or not in_time):
        return None
    make = MAKERS.get(class_name, WINDOWS.get(class_name))
    if make is None:
        return None
    paths = paths_of(file, node)
    return make(
        Given(
            class_name=class_name,
            config=config,
            arrays=tuple(load(file, paths)) if paths else (),
            when=when,
            axes=(-1, 2) if in_time and not repeated else (-1, 1),
            width=width,
        )
    )


def activation_of(value: Any, when: Era) -> str | None:
    """Return an activation of one number as we spell it; None for one that mixes several."""
    try:
        return spelling(value, when.hard_sigmoid)
    except ModelFileError:
        return None


def _activated(given: Given) -> Scaled | None:
    own = {"class_name": given.class_name, "config": given.config}
    value = given.config.get("activation") if given.class_name == "Activation" else own
    named = activation_of(value, given.when)
    if named is None or given.width is None:
        return None
    ones = np.ones(given.width, np.float32)
    return Scaled(scale=ones, offset=0 * ones, activation=named)


def _with_bias(given: Given, axes: int) -> tuple[Array, Array, str] | None:
    """The kernel of so many axes, the bias and the activation of a layer."""
    named = activation_of(given.config.get("activation"), given.when)
    biased = 1 + bool(given.config.get("use_bias", True))
    if named is None or len(given.arrays) != biased or given.arrays[0].ndim != axes:
        return None
    kernel = given.arrays[0]
    bias = given.arrays[1] if biased == 2 else np.zeros(kernel.shape[-1], kernel.dtype)
    return kernel, bias, named


def _dense(given: Given) -> Dense | None:
    parts = _with_bias(given, 2)
    if parts is None:
        return None
    kernel, bias, named = parts
    return Dense(kernel=kernel, bias=bias, activation=named)


def _trained(given: Given, rest: int) -> list[Array] | None:
    """Scale and center, one and zero where they are not trained, and `rest` further arrays."""
    config, arrays = given.config, given.arrays
    known = [bool(config.get("scale", True)), bool(config.get("center", True))]
    if len(arrays) != sum(known) + rest or not _last_axis(given) or not arrays:
        return None
    each = iter(arrays)
    scale = next(each) if known[0] else np.ones_like(arrays[0])
    center = next(each) if known[1] else np.zeros_like(arrays[0])
    return [scale, center, *each]


def _last_axis(given: Given) -> bool:
    axis = given.config.get("axis", -1)
    return (axis[0] if isinstance(axis, list) and len(axis) == 1 else axis) in given.axes


def _batch_norm(given: Given) -> Scaled | None:
    trained = _trained(given, 2)
    if trained is None:
        return None
    gamma, beta, mean, variance = trained
    epsilon = variance.dtype.type(given.config.get("epsilon", 1e-3))
    scale = gamma / np.sqrt(variance + epsilon)
    return Scaled(scale=scale, offset=beta - mean * scale)


def _layer_norm(given: Given) -> Normalised | None:
    trained = None if given.config.get("rms_scaling") else _trained(given, 0)
    if trained is None:
        return None
    epsilon = float(given.config.get("epsilon", 1e-3))
    return Normalised(scale=trained[0], offset=trained[1], epsilon=epsilon)


def _standardised(given: Given) -> Scaled | None:
    """Keras's Normalization: what adapt() measured, or what the configuration says."""
    if given.config.get("invert") or not _last_axis(given) or len(given.arrays) < 2:
        return None
    mean, variance = (part.ravel() for part in given.arrays[:2])
    scale = 1 / np.maximum(np.sqrt(variance), np.float32(1e-7))
    return Scaled(scale=scale, offset=-mean * scale)


def _rescaled(given: Given) -> Scaled | None:
    scale, offset = given.config.get("scale", 1.0), given.config.get("offset", 0.0)
    if given.width is None or not all(isinstance(n, int | float) for n in (scale, offset)):
        return None
    ones = np.ones(given.width, np.float32)
    return Scaled(scale=ones * np.float32(scale), offset=ones * np.float32(offset))


def _convolved(given: Given) -> Convolved | None:
    parts, config = _with_bias(given, 3), given.config
    if parts is None or config.get("data_format", "channels_last") != "channels_last":
        return None
    kernel, bias, named = parts
    stride, dilation = (_single(config.get(key, 1)) for key in ("strides", "dilation_rate"))
    named_padding = config.get("padding", "valid")
    if stride is None or dilation is None or named_padding not in ("valid", "causal", "same"):
        return None
    return Convolved(
        kernel=by_groups(kernel, config.get("groups", 1)),
        bias=bias,
        activation=named,
        stride=stride,
        dilation=dilation,
        padding=_padding(named_padding, (len(kernel) - 1) * dilation),
    )


def _pooled(given: Given) -> Pooled | None:
    config, width = given.config, given.width
    window = _single(config.get("pool_size", 2))
    stride = _single(config.get("strides") or config.get("pool_size", 2))
    known = config.get("padding", "valid") in ("valid", "same")
    if config.get("data_format", "channels_last") != "channels_last" or not known:
        return None
    if window is None or stride is None or width is None:
        return None
    return Pooled(
        size=width,
        window=window,
        of="max" if given.class_name.startswith("Max") else "mean",
        stride=stride,
        padding=_padding(config.get("padding", "valid"), 0),
    )


def _single(value: Any) -> int | None:
    one = value[0] if isinstance(value, list) and len(value) == 1 else value
    return one if isinstance(one, int) and one > 0 else None


def _padding(named: str, reach: int) -> tuple[int, int] | None:
    """Timesteps before and after; None for as many as keep the time."""
    return {"valid": (0, 0), "causal": (reach, 0)}.get(named)


MAKERS: Mapping[str, Callable[[Given], FrontStage | None]] = {
    "Dense": _dense,
    "BatchNormalization": _batch_norm,
    "LayerNormalization": _layer_norm,
    "Normalization": _standardised,
    "Rescaling": _rescaled,
    **dict.fromkeys(ACTIVATIONS, _activated),
}
WINDOWS: Mapping[str, Callable[[Given], FrontStage | None]] = {
    "Conv1D": _convolved,
    "MaxPooling1D": _pooled,
    "AveragePooling1D": _pooled,
}
