"""TensorFlow's SavedModels and checkpoints: Keras's recurrent layers among their variables.

The graph in `saved_model.pb` is code and is never run; the weights lie beside it in
`variables/`. So a SavedModel opens as a zip of its folder, or as its files given together.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from ...model import Model
from ...record import Array
from ..containers import entry_view, open_zip
from ..door import Options
from ..errors import ModelFileError, shown
from ..keras.arrays import model_of_keras_arrays
from ..keras.weights import is_backward
from ..source import Source
from .bundle import GRAPH, array, entries, is_index, raw_bytes
from .names import is_state, name_of, natural, object_graph

DATA = re.compile(r"\.data-(\d{5})-of-\d{5}$")
RECURRENT = re.compile(r"recurrent_kernel(?=(:\d+)?$)")
NOTHING = np.zeros(())
GRAPH_ONLY = (
    "The file is the graph of a TensorFlow SavedModel; its weights are in the folder variables "
    "beside it. Zip the whole folder of the model and open the zip, or save the model in Keras as "
    ".keras."
)


def read(source: Source, options: Options) -> Model:
    """Return the model of a SavedModel's zip or files, or of a checkpoint.

    Raises ModelFileError where the weights are not there, or none are of a recurrent layer
    as Keras names them.
    """
    arrays = _variables(_files(source))
    if not any(name.rpartition("/")[2].startswith("recurrent_kernel") for name in arrays):
        raise ModelFileError(_nothing(arrays))
    model = model_of_keras_arrays(arrays, options)
    assert model.findings is not None
    return replace(
        model, findings=replace(model.findings, format="TensorFlow variables, weights only")
    )


def _files(source: Source) -> dict[str, memoryview]:
    """The files of a bundle by name: of a zip, given together, or in the same folder."""
    if source.head(2) == b"PK":
        with open_zip(source) as archive:
            return {
                info.filename: entry_view(source, info)
                for info in archive.infolist()
                if is_part(info.filename)
            }
    files = {name: Source(given).view for name, given in source.beside.items() if is_part(name)}
    if source.folder is not None:
        for folder in (source.folder, source.folder / "variables"):
            beside = sorted(folder.iterdir()) if folder.is_dir() else []
            files |= {p.name: Source(p).view for p in beside if is_part(p.name) and p.is_file()}
    if is_part(source.name) or is_index(source.view):
        files[source.name] = source.view
    return files


def is_part(name: str) -> bool:
    """Return whether a file of this name belongs to a bundle."""
    return name.endswith(".index") or DATA.search(name) is not None


def _variables(files: Mapping[str, memoryview]) -> dict[str, Array]:
    """The variables of the first bundle among some files, each once, by name."""
    index = next((name for name, view in files.items() if is_index(view)), None)
    if index is None:
        raise ModelFileError(GRAPH_ONLY)
    stem = index.removesuffix(".index")
    shards = {
        int(match[1]): view
        for name, view in files.items()
        if (match := DATA.search(name)) and name[: match.start()] == stem
    }
    records = entries(files[index])
    graph = object_graph(raw_bytes(GRAPH, records[GRAPH], shards)) if GRAPH in records else None
    named = graph.names() if graph else {}
    in_order = [key for key in graph.variables() if key in records] if graph else []
    arrays: dict[str, Array] = {}
    for key in dict.fromkeys((*in_order, *sorted(records, key=natural))):
        name = name_of(key, named)
        if is_state(key) or name in arrays:
            continue
        values = array(key, records[key], shards)
        if values is not None and values.dtype.kind == "f":
            arrays[name] = values
    return arrays if graph else dense_behind(arrays)


def dense_behind(arrays: Mapping[str, Array]) -> dict[str, Array]:
    """Return arrays by name with the dense layers that fit only behind the recurrent ones there.

    Without a graph of objects names are all there is, and "dense" stands before "lstm" in them.
    """
    cells = [name for name in arrays if RECURRENT.search(name)]
    if not cells:
        return dict(arrays)
    reads = arrays.get(RECURRENT.sub("kernel", cells[0]), NOTHING)
    both = is_backward(cells[-1])
    gives = arrays[cells[-1]].shape[0] * (2 if both else 1)
    recurrent = {name.rpartition("/")[0] for name in cells}
    before = list(arrays)[: list(arrays).index(cells[0])]
    behind = [
        owner
        for owner in dict.fromkeys(name.rpartition("/")[0] for name in before)
        if owner not in recurrent
        and _fits(arrays.get(f"{owner}/kernel", NOTHING).shape, reads.shape[:1], gives)
    ]
    moved = {name: a for name, a in arrays.items() if name.rpartition("/")[0] in behind}
    return {name: a for name, a in arrays.items() if name not in moved} | moved


def _fits(kernel: tuple[int, ...], reads: tuple[int, ...], gives: int) -> bool:
    """Whether a dense layer may read what the layers give, and may not give what they read."""
    return len(kernel) == 2 and kernel[0] == gives and kernel[1:] != reads


def _nothing(arrays: Mapping[str, Array]) -> str:
    held = ", ".join(f"{shown(name)} {a.shape}" for name, a in list(arrays.items())[:4])
    return (
        f"The TensorFlow variables ({held or 'none are numbers'}) have no recurrent layer as Keras "
        "names them (kernel, recurrent_kernel): save the model in Keras as .keras, or its "
        "weights as .npz with those names."
    )
