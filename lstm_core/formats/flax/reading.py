"""Flax's cells under PyTorch's names, so that one reader finds layers, chains and what is around.

    LSTMCell, OptimizedLSTMCell   ii if ig io (no bias), hi hf hg ho
    GRUCell                       ir iz in (with bias), hr hz (without), hn
    SimpleCell                    i, h

Kernels are (inputs, units), a block each. Flax's GRU applies the reset gate after the product, as
PyTorch's does.

Source: `flax.linen.recurrent`, read as a description; verified by running it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from ...activations import HARD_SIGMOID_SIXTH
from ...model import Model
from ...model.findings import Assumption
from ...record import Array
from ..door import Options
from ..errors import ModelFileError
from ..pytorch.state_dicts import model_of_tensors
from ..pytorch.tensors import ArrayTensor, Tensor, TurnedTensor, as_floats
from ..source import Source
from .directions import directions_of, renamed, turned
from .msgpack import PackedArray, unpacked

BLOCKS = {"lstm": ("i", "f", "g", "o"), "gru": ("r", "z", "n")}
TITLE = "Flax parameters (MessagePack)"
OPTIMISER = ("opt_state", "step")
GATES = ("sigmoid", HARD_SIGMOID_SIXTH)
ALL = (
    *("tanh", "relu", "sigmoid", "elu(1.0)", "selu", "gelu", "gelu_tanh", "silu", "identity"),
    *("softsign", "softplus", "hard_silu", "leaky_relu(0.01)"),
)
ROLES = {"kernel": "weight", "embedding": "weight", "scale": "weight"}


def read(source: Source, options: Options) -> Model:
    """Return the recurrent layers of a file of Flax's parameters.

    Raises ModelFileError for a damaged file, and for one without recurrent cells.
    """
    root = unpacked(source.view)
    if not isinstance(root, dict):
        raise ModelFileError(f"The MessagePack file holds a {type(root).__name__}: expected a map.")
    tensors = dict(sorted(_named(root, "")))
    directions = directions_of(tensors, options.backwards)
    model = model_of_tensors(renamed(tensors, directions), TITLE, source, options)
    model = turned(model, directions)
    assert model.findings is not None
    layers = tuple(
        replace(layer, convention=f"Flax: {' '.join(BLOCKS.get(layer.kind, ('one block',)))}")
        for layer in model.layers
    )
    others = map(_of_flax, model.findings.assumptions)
    gated = any(layer.kind != "rnn" for layer in layers)
    asked = _activations(options) if gated else ()
    notes = tuple(note for note in model.findings.notes if "as asked for" not in note)
    findings = replace(
        model.findings, assumptions=(*asked, directions.question, *others), notes=notes
    )
    return replace(model, layers=layers, findings=findings)


def _activations(options: Options) -> Iterator[Assumption]:
    """Yield what was assumed of the functions that a cell was made with."""
    asked = (
        ("recurrent_activation", "gates", "gate_fn", options.recurrent_activation, GATES),
        ("activation", "candidate and of the cell state", "activation_fn", options.activation, ALL),
    )
    for keyword, whose, parameter, answer, choices in asked:
        value = answer or choices[0]
        yield Assumption(
            value=value,
            reason=f"A Flax file does not record the activation of the {whose} ({parameter}); "
            f"{choices[0]} is Flax's default. One answer is for all layers.",
            keyword=keyword,
            choices=tuple(dict.fromkeys((*choices, value))),
        )


def _of_flax(assumption: Assumption) -> Assumption:
    return replace(assumption, reason=assumption.reason.replace("A PyTorch file", "A Flax file"))


def _named(tree: Mapping[str, Any], path: str) -> Iterator[tuple[str, Tensor]]:
    """Yield every array by a name as PyTorch would give it, cells with their blocks joined."""
    kind = _kind(tree)
    if kind is not None:
        yield from _cell(tree, path, kind)
        return
    for key, value in tree.items():
        if isinstance(value, dict) and not (path == "" and key in OPTIMISER):
            yield from _named(value, path if path == "" and key == "params" else f"{path}{key}.")
        elif isinstance(value, PackedArray):
            tensor: Tensor = ArrayTensor(array=value.array, dtype=value.dtype)
            if key == "kernel" and value.array.ndim == 2:
                tensor = TurnedTensor(tensor=tensor)
            yield f"{path}{ROLES.get(key, key)}", tensor


def _kind(tree: Mapping[str, Any]) -> str | None:
    """Which cell a map holds: "lstm", "gru" or "rnn"; None for anything else."""
    keys = {key for key, value in tree.items() if isinstance(value, dict) and "kernel" in value}
    for kind, blocks in BLOCKS.items():
        if keys == {side + block for side in "ih" for block in blocks}:
            return kind
    return "rnn" if keys == {"i", "h"} else None


def _cell(tree: Mapping[str, Any], path: str, kind: str) -> Iterator[tuple[str, Tensor]]:
    blocks = BLOCKS.get(kind, ("",))
    for side, part in (("i", "ih"), ("h", "hh")):
        inner = [tree[side + block] for block in blocks]
        kernel = np.concatenate([_array(one, "kernel") for one in inner], axis=1).T
        yield f"{path}weight_{part}", _tensor(kernel)
        if any("bias" in one for one in inner):
            zeros = np.zeros(kernel.shape[0] // len(blocks), kernel.dtype)
            biases = [_array(one, "bias") if "bias" in one else zeros for one in inner]
            yield f"{path}bias_{part}", _tensor(np.concatenate(biases))


def _tensor(array: Array) -> ArrayTensor:
    return ArrayTensor(array=array, dtype=array.dtype.name)


def _array(module: Mapping[str, Any], name: str) -> Array:
    """An array of a cell; ModelFileError for something else under its name."""
    held = module[name]
    axes = 2 if name == "kernel" else 1
    if not isinstance(held, PackedArray) or held.array.ndim != axes:
        raise ModelFileError(f"A {name} of a cell is no array of {axes} axes.")
    return as_floats(held.array, held.dtype)
