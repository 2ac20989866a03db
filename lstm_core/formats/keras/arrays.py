"""Arrays with Keras's names outside HDF5: shown to the reader of weights as if they were in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from ...model import Model
from ...record import Array
from ..door import Options
from ..errors import ModelFileError, shown
from .cells import era
from .hdf5 import Dataset, HDF5File
from .undescribed import undescribed_model

GROUP = "arrays"
DENSE = re.compile(
    r"(?P<stem>[^/]*?)_?(?P<role>weights?|kernel|w|biases|bias|b)(?P<number>\d*)", re.I
)
ROLES = ("embeddings", "kernel", "recurrent_kernel", "bias")


class ArraysAsFile(HDF5File):
    """Named arrays in memory that answer like a weights-only file of one group."""

    def __init__(self, arrays: Mapping[str, Array]):
        """Take arrays by Keras's names, "lstm/lstm_cell/kernel:0"."""
        ordered = _in_order(arrays)
        self.groups: dict[str, dict[str, Any]] = {
            "": {"layer_names": [GROUP]},
            GROUP: {"weight_names": list(ordered)},
        }
        self._arrays = {f"{GROUP}/{name}": array for name, array in ordered.items()}
        self.datasets = {
            path: Dataset(path=path, shape=array.shape, dtype=array.dtype, address=k)
            for k, (path, array) in enumerate(self._arrays.items())
        }

    def read(self, paths: Iterable[str]) -> dict[str, Array]:
        """Return arrays by their paths; ModelFileError for one that holds no numbers."""
        for path in paths:
            if self._arrays[path].dtype.kind != "f":
                raise ModelFileError(
                    f"The array {shown(path)} is {self._arrays[path].dtype}: expected weights."
                )
        return {path: self._arrays[path] for path in paths}


def _in_order(arrays: Mapping[str, Array]) -> dict[str, Array]:
    """Arrays by Keras's names with slashes, layers as they come, kernels before biases."""
    named = _apart({name.replace(".", "/"): array for name, array in arrays.items()})
    owners = list(dict.fromkeys(name.rpartition("/")[0] for name in named))

    def place(name: str) -> tuple[int, int]:
        owner, _, last = name.rpartition("/")
        role = last.partition(":")[0]
        return owners.index(owner), ROLES.index(role) if role in ROLES else len(ROLES)

    return {name: named[name] for name in sorted(named, key=place)}


def _apart(arrays: Mapping[str, Array]) -> dict[str, Array]:
    """Arrays without groups, of which dense layers beside one cell are given groups of their own.

    As in np.savez(kernel=..., recurrent_kernel=..., bias=..., dense_w=..., dense_b=...). What
    stands there and is no such pair may be of the cell, and stays.
    """
    words = {name: name.partition(":")[0] for name in arrays}
    if not set(words.values()) >= {"kernel", "recurrent_kernel", "bias"}:
        return dict(arrays)
    renamed = {
        name: f"{(dense['stem'] or 'dense') + dense['number']}/{_role(dense)}"
        for name, word in words.items()
        if word not in ROLES and (dense := DENSE.fullmatch(word))
    }
    taken = {new: arrays[name] for name, new in renamed.items()}
    if len(taken) < len(renamed) or set(taken) & set(arrays):  # two of one name
        return dict(arrays)
    return {
        new if (new := renamed.get(name)) and _is_dense(new.rpartition("/")[0], taken) else name: a
        for name, a in arrays.items()
    }


def _role(dense: re.Match[str]) -> str:
    return "bias" if dense["role"].lower().startswith("b") else "kernel"


def _is_dense(owner: str, arrays: Mapping[str, Array]) -> bool:
    kernel, bias = arrays.get(f"{owner}/kernel"), arrays.get(f"{owner}/bias")
    if kernel is None or kernel.ndim != 2:
        return False
    return bias is None or bias.shape == kernel.shape[1:]


def model_of_keras_arrays(arrays: Mapping[str, Array], options: Options) -> Model:
    """Return the model whose arrays have Keras's names.

    Raises ModelFileError where none are recurrent, and for weights that are not finite.
    """
    title = "NumPy archive with Keras's names, weights only"
    model = undescribed_model(ArraysAsFile(arrays), options, era(None), title)
    layers = tuple(
        replace(layer, name=layer.name.removeprefix(GROUP).removeprefix("/") or layer.kind)
        for layer in model.layers
    )
    return replace(model, layers=layers)
