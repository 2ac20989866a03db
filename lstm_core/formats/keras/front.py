"""What stands before the first recurrent layer of a Keras model and can be run: dense, norms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from ...model import Dense, Normalised, Scaled, Stage
from ...record import Array, record
from ..errors import ModelFileError, shown
from .activations import spelling
from .cells import Era
from .hdf5 import HDF5File
from .network import Network, Node
from .parts import load
from .weights import paths_of

ACTIVATIONS = ("Activation", "ReLU", "LeakyReLU", "ELU", "ThresholdedReLU")


@record
class Front:
    """The stages before a recurrent layer, in the order in which they run.

    `width` is how many numbers the first of them reads, and `beneath` what gives them: a layer, or
    None for an input of the model.
    """

    width: int

    stages: tuple[Stage, ...]
    nodes: tuple[Node, ...]
    beneath: Node | None


def front_of(file: HDF5File, network: Network, first: Node, width: int, when: Era) -> Front:
    """Return what stands before a recurrent layer that reads `width` numbers.

    It ends where a layer is met that is not one of those that can be run.
    """
    stages: list[Stage] = []
    nodes: list[Node] = []
    node = network.source(first)
    while node is not None and (made := _stage(file, node, width, when)) is not None:
        stages.insert(0, made)
        nodes.insert(0, node)
        width = made.input_size
        node = network.source(node)
    return Front(width=width, stages=tuple(stages), nodes=tuple(nodes), beneath=node)


def _stage(file: HDF5File, node: Node, width: int, when: Era) -> Stage | None:
    """One layer as a stage that gives `width` numbers; None for one that cannot be run here."""
    class_name, config = node.class_name, node.config
    if class_name == "TimeDistributed" and isinstance(config.get("layer"), dict):
        class_name, config = config["layer"]["class_name"], node.wrapped
    if node.within or node.uses > 1 or len(node.inputs) > 1:
        return None
    if class_name in ACTIVATIONS:
        return _activated(class_name, config, width, when)
    make = MAKERS.get(class_name)
    if make is None:
        return None
    paths = paths_of(file, node)
    made = make(config, load(file, paths) if paths else [], when)
    return made if made is not None and made.output_size == width else None


def _spelled(value: Any, when: Era) -> str | None:
    """An activation of one number as we spell it; None for one that mixes several."""
    try:
        return spelling(value, when.hard_sigmoid)
    except ModelFileError:
        return None


def _activated(class_name: str, config: Mapping[str, Any], width: int, when: Era) -> Scaled | None:
    own = {"class_name": class_name, "config": config}
    named = _spelled(config.get("activation") if class_name == "Activation" else own, when)
    if named is None:
        return None
    ones = np.ones(width, np.float32)
    return Scaled(scale=ones, offset=0 * ones, activation=named)


def _dense(config: Mapping[str, Any], arrays: list[Array], when: Era) -> Dense | None:
    named = _spelled(config.get("activation"), when)
    biased = 1 + bool(config.get("use_bias", True))
    if named is None or len(arrays) != biased or arrays[0].ndim != 2:
        return None
    kernel = arrays[0]
    bias = arrays[1] if biased == 2 else np.zeros(kernel.shape[1], kernel.dtype)
    return Dense(kernel=kernel, bias=bias, activation=named)


def _named(config: Mapping[str, Any], arrays: list[Array], rest: int) -> list[Array] | None:
    """Scale and center, one and zero where they are not trained, and `rest` further arrays."""
    known = [bool(config.get("scale", True)), bool(config.get("center", True))]
    axis = config.get("axis", -1)
    last = axis[0] if isinstance(axis, list) and len(axis) == 1 else axis
    if len(arrays) != sum(known) + rest or last not in (-1, 2) or not arrays:
        return None
    given = iter(arrays)
    scale = next(given) if known[0] else np.ones_like(arrays[0])
    center = next(given) if known[1] else np.zeros_like(arrays[0])
    return [scale, center, *given]


def _batch_norm(config: Mapping[str, Any], arrays: list[Array], when: Era) -> Scaled | None:
    named = _named(config, arrays, 2)
    if named is None:
        return None
    gamma, beta, mean, variance = named
    scale = gamma / np.sqrt(variance + variance.dtype.type(config.get("epsilon", 1e-3)))
    return Scaled(scale=scale, offset=beta - mean * scale)


def _layer_norm(config: Mapping[str, Any], arrays: list[Array], when: Era) -> Normalised | None:
    named = None if config.get("rms_scaling") else _named(config, arrays, 0)
    if named is None:
        return None
    return Normalised(scale=named[0], offset=named[1], epsilon=float(config.get("epsilon", 1e-3)))


MAKERS: Mapping[str, Callable[[Mapping[str, Any], list[Array], Era], Stage | None]] = {
    "Dense": _dense,
    "BatchNormalization": _batch_norm,
    "LayerNormalization": _layer_norm,
}


def described(front: Front, first: Node) -> list[str]:
    """Say what stands before a recurrent layer and is run, and what is not."""
    beneath = front.beneath
    notes = []
    if front.nodes:
        named = ", ".join(f"{shown(node.key)} ({node.class_name})" for node in front.nodes)
        notes.append(f"{named} before {shown(first.key)} is run, too.")
    if beneath is not None and beneath.class_name != "Embedding":
        notes.append(
            f"{shown(beneath.key)} ({beneath.class_name}) stands before "
            f"{shown(front.nodes[0].key if front.nodes else first.key)} and is not run here: what "
            "it gives is what is read. A capture in your own process records that."
        )
    return notes
